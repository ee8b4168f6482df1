extension TrafficFigures {
    /// Vehicles that drive for simulated hours, each step late one time in ten; new goals as soon as old ones are reached. What
    /// is released is held against a table of its own, so that a fault of ``Execution`` cannot hide itself.
    func execution(_ map: String, _ vehicles: Int, _ hours: Double) throws -> [Row] {
        say("… execution, \(map), \(vehicles) vehicles, \(hours) simulated hours")
        guard let picture = text("\(map).map") else { return [] }
        var roadmap = try Grid(picture).roadmap
        let (starts, places) = Self.draw(Ways(roadmap), max(vehicles, 400), seed: 5)
        roadmap = Roadmap(next: roadmap.next, refuges: Set(places.suffix(200)))
        var execution = Execution(roadmap: roadmap)
        let planner = Planner(execution.ways)
        var dice = Dice(seed: 11)
        var goals = (0..<vehicles).map { _ in places.randomElement(using: &dice) ?? 0 }
        for vehicle in 0..<vehicles { execution.place(Int32(vehicle), at: starts[vehicle]) }
        var held: [Int32: Int32] = [:]
        for vehicle in 0..<vehicles { held[starts[vehicle]] = Int32(vehicle) }
        let order = (0..<Int32(vehicles)).map(\.self)
        var since = [Int](repeating: 0, count: vehicles)
        var (twice, arrivals, plans, rescues, longest) = (0, 0, 0, 0, 0)
        var (extensions, whole): ([Double], [Double]) = ([], [])
        var isWhole = false
        let begin = cpu()
        let ticks = Int(hours * 3_600)
        for tick in 0..<ticks {
            var isNew = false
            for vehicle in order where execution.released(vehicle).first == goals[Int(vehicle)] {
                arrivals += 1
                longest = max(longest, tick - since[Int(vehicle)])
                since[Int(vehicle)] = tick
                goals[Int(vehicle)] = places.randomElement(using: &dice) ?? 0
                isNew = true
            }
            let before = cpu()
            let due = isWhole ? execution.isExhausted : tick % 10 == 0 || isNew && tick % 5 == 0
            if due || execution.needsPlan {
                let plan = try planner.window(
                    starts: order.compactMap { execution.end(of: $0) }, goals: goals,
                    priorities: order.map { Int32(since[Int($0)]) }, steps: 16)
                try execution.adopt(Dictionary(uniqueKeysWithValues: zip(order, plan.paths)))
                plans += 1
                isWhole = plan.isWhole
                if isWhole { rescues += 1 }
            }
            let planned = cpu()
            let released = execution.release(upTo: 4)
            let after = cpu()
            extensions.append(after - planned)
            whole.append(after - before)
            for (vehicle, nodes) in released {
                for node in nodes {
                    if let other = held[node], other != vehicle { twice += 1 }
                    held[node] = vehicle
                }
            }
            for vehicle in order where Double.random(in: 0..<1, using: &dice) >= 0.1 {
                guard let hold = execution.holds[vehicle], hold.nodes.count > 1 else { continue }
                execution.reached(vehicle, steps: hold.steps + 1)
                if !hold.nodes.dropFirst().contains(hold.nodes[0]) { held[hold.nodes[0]] = nil }
            }
        }
        longest = since.reduce(longest) { max($0, ticks - $1) }
        extensions.sort()
        whole.sort()
        let stuck = since.filter { ticks - $0 > 3_600 }.count
        let name = "execution, \(map), \(vehicles), \(Int(hours)) h"
        func p99(_ times: [Double]) -> Double { times.isEmpty ? .nan : times[times.count * 99 / 100] * 1000 }
        return [
            Row(
                name: "\(name): double releases", value: Double(twice), unit: "",
                how: "10 % of all steps late; wanted 0"),
            Row(
                name: "\(name): deadlocks", value: Double(stuck), unit: "vehicles",
                how: "an hour at the end without an arrival; the longest journey of all took \(longest) s; wanted 0"),
            Row(
                name: "\(name): arrivals", value: Double(arrivals) / max(hours, 1e-9), unit: "1/h",
                how: "one node a second; \(plans) plans, \(rescues) manoeuvres out of a jam"),
            Row(
                name: "\(name): base extension p99", value: p99(extensions), unit: "ms",
                how: "release alone; wanted < 100"),
            Row(
                name: "\(name): base extension with planning p99", value: p99(whole), unit: "ms",
                how: "plan, adopt and release in one tick; slowest \(Int((whole.last ?? 0) * 1000)) ms"),
            Row(
                name: "\(name): processor", value: (cpu() - begin) / max(hours, 1e-9), unit: "CPU-s/h",
                how: "of an hour simulated"),
        ]
    }
}
