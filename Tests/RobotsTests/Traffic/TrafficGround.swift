@testable import Robots

/// Sites to drive on, made from a seed.
enum Ground {
    /// A grid of so many cells with some of them walls, connected.
    static func grid(_ width: Int, _ height: Int, walls: Double, seed: UInt64) throws -> Roadmap {
        var dice = Dice(seed: seed)
        while true {
            var text = "type octile\nheight \(height)\nwidth \(width)\nmap\n"
            for _ in 0..<height {
                for _ in 0..<width { text += Double.random(in: 0..<1, using: &dice) < walls ? "@" : "." }
                text += "\n"
            }
            let roadmap = try Grid(text).roadmap
            if isConnected(roadmap) { return roadmap }
        }
    }

    /// Corridors two ways, with rooms at their sides, a crossing whose nodes conflict, a lift's cabin on two floors, a road one
    /// way, and refuges: what a building has and a grid has not.
    static func building() -> Roadmap {
        var next = [[Int32]](repeating: [], count: 40)
        var conflicts = [[Int32]](repeating: [], count: 40)
        func both(_ one: Int, _ other: Int) {
            next[one].append(Int32(other))
            next[other].append(Int32(one))
        }
        func clash(_ one: Int, _ other: Int) {
            conflicts[one].append(Int32(other))
            conflicts[other].append(Int32(one))
        }
        // Two floors, each a corridor 0…9 with rooms 10…17 at nodes 1…8, and a ring that leads back one way.
        for floor in [0, 20] {
            for node in 0..<9 { both(floor + node, floor + node + 1) }
            for room in 0..<8 { both(floor + 10 + room, floor + 1 + room) }
            next[floor + 9].append(Int32(floor + 18))
            next[floor + 18].append(Int32(floor + 19))
            next[floor + 19].append(Int32(floor))
            // Nodes 4 and 5 are close to each other's rooms.
            clash(floor + 13, floor + 14)
            clash(floor + 4, floor + 14)
        }
        // The lift: cabin nodes 10 and 30 are one cabin.
        both(10, 30)
        clash(10, 30)
        return Roadmap(
            next: next.map { $0.sorted() }, conflicts: conflicts.map { $0.sorted() },
            refuges: [11, 12, 15, 16, 17, 31, 32, 35, 36, 37])
    }

    static func isConnected(_ roadmap: Roadmap) -> Bool {
        guard roadmap.count > 0 else { return false }
        var seen: Set<Int32> = [0]
        var queue: [Int32] = [0]
        while let node = queue.popLast() {
            for next in roadmap.next[Int(node)] where seen.insert(next).inserted { queue.append(next) }
        }
        return seen.count == roadmap.count
    }

    /// Distinct nodes of which no two conflict.
    static func places(_ roadmap: Roadmap, _ count: Int, _ dice: inout Dice) -> [Int32] {
        var found: [Int32] = []
        for node in (0..<Int32(roadmap.count)).shuffled(using: &dice) where found.count < count {
            if !found.contains(where: { clash(roadmap, $0, node) }) { found.append(node) }
        }
        return found
    }

    static func clash(_ roadmap: Roadmap, _ one: Int32, _ other: Int32) -> Bool {
        one == other || !roadmap.conflicts.isEmpty && roadmap.conflicts[Int(one)].contains(other)
    }

    /// What is wrong with paths of one length, judged without anything of the planner's; nil where nothing is.
    static func wrong(_ roadmap: Roadmap, _ paths: [[Int32]], rotation: Bool) -> String? {
        guard let length = paths.first?.count else { return nil }
        for step in 0..<length {
            for (one, path) in paths.enumerated() {
                if step > 0, path[step] != path[step - 1], !roadmap.next[Int(path[step - 1])].contains(path[step]) {
                    return "\(one) leaves the roads at \(step)"
                }
                for other in 0..<one {
                    if clash(roadmap, path[step], paths[other][step]) { return "\(one) and \(other) meet at \(step)" }
                    guard step > 0, path[step] != path[step - 1], paths[other][step] != paths[other][step - 1] else {
                        continue
                    }
                    if clash(roadmap, path[step], paths[other][step - 1]),
                        clash(roadmap, path[step - 1], paths[other][step])
                    {
                        return "\(one) and \(other) change places at \(step)"
                    }
                }
            }
        }
        return nil
    }
}
