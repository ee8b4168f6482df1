import Record

/// A fulfilment centre's floor, laid out from a few numbers: goods come in below, stand in racks along one-way aisles, are
/// packed above and leave at the docks. The same numbers and seed give the same floor.
struct WarehousePlan: Sendable, Hashable {
    let id: String
    let name: Words
    /// The radius of a vehicle, in metres.
    let footprint: Double
    /// Decides which rack faces vehicles are sent to.
    let seed: UInt64
    /// How many aisles stand beside each other, and how far apart, in metres.
    let aisles: Int, pitch: Double
    /// How many racks stand along an aisle, and how long each is, in metres.
    let bays: Int, bay: Double
    let receiving: Int, packing: Int, docks: Int, chargers: Int
    /// How many rack faces are stations.
    let faces: Int
    /// Who puts goods aboard at its stations.
    let loading: Mission.Stop.Loading

    /// The plan of the floor.
    var plan: SitePlan {
        var floor = Floor(plan: self)
        return floor.laidOut()
    }

    /// The numbers as a file says them.
    /// - Throws: ``PlanFaults`` with every field that cannot be.
    init(_ json: JSON) throws(PlanFaults) {
        var reader = PlanReader()
        id = reader.text(json, "id", "")
        name = reader.words(json, "name", "")
        footprint = reader.number(json, "footprint", "")
        seed = UInt64(max(0, min(1e15, reader.number(json, "seed", ""))))
        aisles = reader.count(json, "aisles", 2...100)
        bays = reader.count(json, "bays", 2...100)
        receiving = reader.count(json, "receiving", 1...20)
        packing = reader.count(json, "packing", 1...50)
        docks = reader.count(json, "docks", 1...50)
        chargers = reader.count(json, "chargers", 1...50)
        faces = reader.count(json, "faces", 1...2_000)
        pitch = reader.number(json, "pitch", "")
        bay = reader.number(json, "bay", "")
        loading = reader.one(reader.optional(json, "loading", ""), usual: .person, "loading") {
            Mission.Stop.Loading(rawValue: $0)
        }
        let isWide = footprint > 0 && pitch >= footprint * 4 && bay >= footprint * 4 && max(pitch, bay) <= 50
        if reader.faults.isEmpty, !isWide {
            reader.add(
                "pitch", "minimum", Words("통로와 랙 간격이 로봇 크기에 견주어 좁습니다.", "The aisles are too narrow for the vehicle."))
        }
        guard reader.faults.isEmpty else { throw PlanFaults(faults: reader.faults) }
    }

    /// The floor being laid out. South is below: y grows towards packing.
    private struct Floor {
        let plan: WarehousePlan
        var nodes: [SitePlan.Node] = []
        var edges: [SitePlan.Edge] = []
        static let map = "floor"

        mutating func laidOut() -> SitePlan {
            let top = Double(plan.bays + 1) * plan.bay
            // Two main ways below and two above, each driven one way, so that a way round leads everywhere.
            let south = way("south", y: 0), low = way("low", y: -plan.pitch)
            let north = way("north", y: top), high = way("high", y: top + plan.pitch)
            chain(south, isTwoWay: false)
            chain(Array(low.reversed()), isTwoWay: false)
            chain(Array(north.reversed()), isTwoWay: false)
            chain(high, isTwoWay: false)
            for index in south.indices {
                edge(low[index], south[index])
                edge(north[index], high[index])
            }
            for aisle in 0..<plan.aisles { lay(aisle: aisle, from: south[aisle], to: north[aisle]) }
            side("receiving", Words("입고장", "Receiving"), plan.receiving, along: low, dy: -plan.bay, .station)
            side("dock", Words("출고 도크", "Dock"), plan.docks, along: low.reversed(), dy: -plan.bay, .station)
            side("packing", Words("포장대", "Packing"), plan.packing, along: high, dy: plan.bay, .station)
            side("charger", Words("충전기", "Charger"), plan.chargers, along: high.reversed(), dy: plan.bay, .charger)
            for (index, at) in [low, high].flatMap({ [$0[0], $0[$0.count - 1]] }).enumerated() {
                let sign = at.hasSuffix("-0") ? -1.0 : 1.0
                branch(
                    "escape-\(index + 1)", at, dx: sign * plan.bay, dy: 0,
                    Words("비켜서는 곳 \(index + 1)", "Lay-by \(index + 1)"), .escape)
            }
            return site(top: top)
        }

        private func site(top: Double) -> SitePlan {
            let width = Double(plan.aisles - 1) * plan.pitch
            let zone = { (id: String, name: Words, y: ClosedRange<Double>, rule: SitePlan.Zone.Rule) in
                SitePlan.Zone(
                    id: id, name: name, map: Floor.map,
                    corners: [
                        .init(x: -1, y: y.lowerBound), .init(x: width + 1, y: y.lowerBound),
                        .init(x: width + 1, y: y.upperBound), .init(x: -1, y: y.upperBound),
                    ], rule: rule, thing: ThingID("\(plan.id)-\(id)"))
            }
            return SitePlan(
                id: plan.id, name: plan.name, maps: [.init(id: Floor.map, name: Words("작업장", "Floor"))], nodes: nodes,
                edges: edges,
                zones: [
                    zone("racks", Words("랙 구역", "Racks"), 1.5...(top - 1.5), .speed(1.5)),
                    zone(
                        "inbound", Words("입출고 구역", "Receiving and docks"), (-plan.pitch - plan.bay - 1)...(-1.5), .named
                    ),
                    zone("packers", Words("포장 구역", "Packing"), (top + 1.5)...(top + plan.pitch + plan.bay + 1), .named),
                ], lifts: [], doors: [], footprint: plan.footprint)
        }

        /// A main way with a node before each aisle.
        private mutating func way(_ name: String, y: Double) -> [String] {
            (0..<plan.aisles).map { add("\(name)-\($0)", x: Double($0) * plan.pitch, y: y) }
        }

        /// An aisle: even ones are driven up, odd ones down.
        private mutating func lay(aisle: Int, from south: String, to north: String) {
            var draw = Dice(seed: plan.seed &+ UInt64(aisle))
            let share = (plan.faces - aisle + plan.aisles - 1) / plan.aisles
            let faces = Set((1...plan.bays).shuffled(using: &draw).prefix(share))
            let letter = aisle < 26 ? String(UnicodeScalar(UInt8(65 + aisle))) : "Z\(aisle - 25)"
            var ids = [south]
            for bay in 1...plan.bays {
                let isFace = faces.contains(bay)
                let name = "\(letter)-\(bay < 10 ? "0" : "")\(bay)"
                ids.append(
                    add(
                        "rack-\(name)", x: Double(aisle) * plan.pitch, y: Double(bay) * plan.bay,
                        name: isFace ? Words("\(name) 랙", "Rack \(name)") : nil, kind: isFace ? .station : .way))
            }
            ids.append(north)
            chain(aisle.isMultiple(of: 2) ? ids : ids.reversed(), isTwoWay: false)
        }

        /// Places beside a main way, one beside each of its nodes.
        private mutating func side(
            _ id: String, _ name: Words, _ count: Int, along way: [String], dy: Double, _ kind: SitePlan.Kind
        ) {
            for index in 0..<min(count, way.count) {
                branch(
                    "\(id)-\(index + 1)", way[index], dx: 0, dy: dy,
                    Words("\(name.ko) \(index + 1)", "\(name.en) \(index + 1)"), kind)
            }
        }

        private mutating func branch(
            _ id: String, _ at: String, dx: Double, dy: Double, _ name: Words, _ kind: SitePlan.Kind
        ) {
            guard let node = nodes.first(where: { $0.id == at }), !nodes.contains(where: { $0.id == id }) else {
                return
            }
            add(id, x: node.x + dx, y: node.y + dy, name: name, kind: kind)
            edge(at, id)
        }

        @discardableResult private mutating func add(
            _ id: String, x: Double, y: Double, name: Words? = nil, kind: SitePlan.Kind = .way
        ) -> String {
            nodes.append(
                SitePlan.Node(
                    id: id, map: Floor.map, x: x, y: y, name: name, kind: kind,
                    loading: kind == .station ? plan.loading : .person))
            return id
        }

        private mutating func chain(_ ids: [String], isTwoWay: Bool) {
            for (from, to) in zip(ids, ids.dropFirst()) { edge(from, to, isTwoWay: isTwoWay) }
        }

        private mutating func edge(_ from: String, _ to: String, isTwoWay: Bool = true) {
            edges.append(SitePlan.Edge(id: "\(from).\(to)", from: from, to: to, isTwoWay: isTwoWay, speed: 1.8))
        }
    }
}
