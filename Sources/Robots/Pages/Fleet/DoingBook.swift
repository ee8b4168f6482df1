import Access
import District
import Record
import Store
import Web

/// What there is in the tables about what vehicles do: what keeps them, their missions, what a person is called for. The same
/// for the map, the lists and the page of one vehicle.
struct DoingBook: Sendable {
    private let still: Standstill
    private let missions: [VehicleID: MissionCase]
    private let calls: [String: Words]
    private let laden: Set<VehicleID>
    private let sites: [String: CompiledSite]

    /// - Parameter sites: those of the vehicles that are asked about.
    static func read(_ tenant: Tenant, sites: Set<String>, in reader: any Reader) throws -> DoingBook {
        var missions: [VehicleID: MissionCase] = [:]
        for kept in try MissionTable.open(for: tenant, in: reader) {
            guard let vehicle = kept.mission.vehicle, sites.contains(kept.mission.site) else { continue }
            // The one that it drives, before those that wait for their turn.
            if let known = missions[vehicle], known.isBegun || !kept.isBegun { continue }
            missions[vehicle] = kept
        }
        return DoingBook(
            still: try Standstill.read(reader, only: sites), missions: missions,
            calls: Dictionary(
                try CallTable.open(for: tenant, in: reader).filter { $0.kind != .gate }.map {
                    ($0.thing, $0.kind.title)
                },
                uniquingKeysWith: { first, _ in first }),
            laden: Set(try MissionTable.laden(for: tenant, in: reader).map(\.vehicle)),
            sites: Dictionary(
                uniqueKeysWithValues: try sites.compactMap { id in
                    try SiteTable.compiled(id, in: reader).map { (id, $0) }
                }))
    }

    /// What a vehicle does.
    func doing(_ vehicle: VehicleID, at site: String, _ signs: VehicleSigns) -> VehicleDoing {
        let compiled = sites[site]
        let kept = missions[vehicle]
        let laden = laden.contains(vehicle) ? Words("물건을 꺼내야 함", "goods must be taken out") : nil
        let called = kept.flatMap { $0.called == nil ? nil : $0 }.map { kept in
            kept.callReason.map { MissionReason.words($0) } ?? Words("사람을 부름", "a person was called")
        }
        return VehicleDoing(
            signs, halt: still.halt(vehicle, of: site, at: signs.node, next: signs.next),
            errand: kept.map { errand($0, compiled) }, call: calls[vehicle.thing.rawValue] ?? called ?? laden,
            gate: compiled?.gate(from: signs.node, to: signs.next), cabin: compiled?.cabin(at: signs.node))
    }

    private func errand(_ kept: MissionCase, _ site: CompiledSite?) -> VehicleDoing.Errand {
        let mission = kept.mission
        let node = site?.plan.nodes.first { $0.id == mission.stop?.node }
        return VehicleDoing.Errand(
            number: kept.number,
            what: mission.items.isEmpty ? mission.kind.words : Words(mission.items, mission.items),
            place: node?.name ?? Words(mission.stop?.node ?? "", mission.stop?.node ?? ""),
            task: mission.stop?.task ?? .drop, isBegun: kept.isBegun, waits: mission.isAtStop && !mission.isServed)
    }
}

extension MissionCase {
    /// Whether its vehicle drives it, and not another one before it.
    fileprivate var isBegun: Bool { mission.state == .underway || mission.state == .waiting }
}

extension CompiledSite {
    /// The lift or the door that must come before a vehicle can drive from one node to another.
    fileprivate func gate(from: String, to: String) -> Words? {
        guard let from = number(from), let to = number(to), let gate = gates(from, to).first?.gate else { return nil }
        return plan.lifts.first { $0.id == gate }?.name ?? plan.doors.first { $0.id == gate }?.name
    }

    /// The lift in whose cabin a node is.
    fileprivate func cabin(at node: String) -> Words? {
        guard let number = number(node), let lift = spots[Int(number)].lift else { return nil }
        return plan.lifts.first { $0.id == lift }?.name
    }
}

extension VehicleDoing {
    /// As rows, badges and the map show it.
    func members(_ visit: Visit) -> [String: JSON] {
        let language = visit.language
        var members: [String: JSON] = [
            "state": .string(kind.rawValue), "says": .string(words[language]), "badge": .string(kind.badge),
        ]
        if let short = kind.short { members["short"] = .string(short[language]) }
        if let mission {
            let key = mission.isBegun ? "doing_mission" : "doing_mission_next"
            members["mission"] = .string(
                visit.word(key).replacing("{what}", with: mission.what[language])
                    .replacing("{place}", with: mission.place[language]))
            members["mission_href"] = .string("/robots/missions/\(mission.number)")
        }
        if let call {
            members["call"] = .string(visit.word("doing_call").replacing("{why}", with: call[language]))
        }
        return members
    }
}
