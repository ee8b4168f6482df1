import Access
import District
import Record
import Store
import Web

/// “Which robots need help?”: those with a grave fault, those that nobody hears any more, and the missions to which a person was called.
struct RobotsInNeed: Sendable {
    let places: Places
    let floor: FloorSource

    /// So many are said one after the other.
    private static let told = 4

    var inquiry: Inquiry {
        Inquiry(
            "robots.vehicle.needing", title: Words("도움이 필요한 로봇", "Robots that need help"),
            help: Words(
                "고장 났거나 연락이 끊긴 로봇과, 사람을 부른 미션을 알려 드립니다.",
                "Says which robots have a grave fault or are not heard any more, and which missions have called a person."
            ),
            permission: .roles([.operator, .safetyManager, .zoneOfficer]).orToken("read")
        ) { ask, spine in try await answer(ask, spine) }
    }

    private func answer(_ ask: Ask, _ spine: Spine) async throws -> Words {
        let (tenant, places) = (try ask.tenant, places)
        let (vehicles, faults, called, laden, names) = try await spine.district.store.read { reader in
            (
                try VehicleTable.all(for: tenant, in: reader), try VehicleTable.open(for: tenant, in: reader),
                try MissionTable.open(for: tenant, in: reader).filter { $0.called != nil },
                try MissionTable.laden(for: tenant, in: reader),
                try places.names(for: tenant, in: reader)
            )
        }
        var needs: [Words] = []
        let grave = Dictionary(grouping: faults.filter { $0.level != "WARNING" }, by: \.thing)
        for vehicle in vehicles {
            guard let fault = grave[vehicle.thing]?.max(by: { Self.rank($0.level) < Self.rank($1.level) }) else {
                continue
            }
            let what = FaultWords.of(fault.fault)
            needs.append(Words("\(vehicle.name.ko): \(what.ko).", "\(vehicle.name.en): \(what.en)."))
        }
        for site in Set(vehicles.map(\.site.rawValue)).sorted() {
            // One that was never heard is not running here at all.
            for lost in try await floor.vehicles(site, tenant, spine)
            where lost.state == .lost && lost.seen != nil && grave[lost.thing] == nil {
                needs.append(Words("\(lost.name.ko): 연락이 끊겼습니다.", "\(lost.name.en): it is not heard any more."))
            }
        }
        for kept in called {
            let goal = kept.mission.stop.flatMap { names["\(kept.mission.site)/\($0.node)"]?.name }
            let what =
                kept.mission.items.isEmpty
                ? kept.mission.kind.words : Words(kept.mission.items, kept.mission.items)
            let why = kept.callReason.map { MissionReason.words($0) } ?? Words("사람을 불렀습니다.", "A person was called.")
            needs.append(
                Words(
                    "\(goal.map { "\($0.ko), " } ?? "")\(what.ko) 미션: \(why.ko)",
                    "\(goal.map { "\($0.en), " } ?? "")mission \(what.en): \(why.en)"))
        }
        for one in laden {
            let name = vehicles.first { $0.vehicle == one.vehicle }?.name
            let thing = one.vehicle.thing.rawValue
            needs.append(
                Words(
                    "\(name?.ko ?? thing): 끝나지 못한 미션의 물건을 꺼내야 합니다.",
                    "\(name?.en ?? thing): goods of a mission that is over must be taken out."))
        }
        return Self.words(needs)
    }

    /// The answer.
    static func words(_ needs: [Words]) -> Words {
        guard !needs.isEmpty else { return Words("도움이 필요한 로봇이 없습니다.", "No robot needs help.") }
        let (many, told) = (needs.count, needs.prefix(Self.told))
        var (ko, en) = (
            ["도와야 할 일이 \(many)건 있습니다."], [many == 1 ? "One thing needs help." : "\(many) things need help."]
        )
        ko += told.map(\.ko)
        en += told.map(\.en)
        if many > told.count {
            ko.append("그 밖에 \(many - told.count)건이 더 있습니다.")
            en.append("There are \(many - told.count) more.")
        }
        return Words(ko.joined(separator: " "), en.joined(separator: " "))
    }

    private static func rank(_ level: String) -> Int {
        ["WARNING", "URGENT", "CRITICAL", "FATAL"].firstIndex(of: level) ?? 0
    }
}
