import Access
import District
import Record
import Store
import Twin
import Web

/// The sample district's emergencies: a manual, duties, people on site, and a drill of half a year ago with its report.
enum EmergencySample {
    static func found(_ spine: Spine, _ scenarios: Scenarios) async throws {
        let district = spine.district
        let zone = try Caller.system("sample").tenant
        let (now, plant) = (district.clock(), ThingID("gaon-plant"))
        let ready = try await district.store.read { reader in
            try Things.find(plant, for: zone, in: reader) != nil
                && Directory.person("gaon-manager-1", for: zone, in: reader) != nil
                && ManualTable.manuals(of: plant, for: zone, in: reader).isEmpty
        }
        guard ready else { return }
        let yard = Thing(
            id: "gaon-yard", kind: .area, parent: plant, name: Words("정문 앞 마당", "Yard at the main gate"),
            firm: "firm-gaon", scope: .firm("firm-gaon"),
            geometry: Geometry(.point(.init(128.8197, 35.0964)), frame: .wgs84), sample: true)
        let declared = try await district.store.read { try TwinEvents.declared([yard], for: zone, in: $0) }
        try await district.record(declared, origin: Origin(author: .system("sample")))
        let system = Caller.system("sample")
        for scenario in ["fire", "gas", "confined"] {
            _ = try await district.perform(
                "safety.manual.publish",
                [
                    "site": "gaon-plant", "scenario": .string(scenario), "assembly": [["thing": "gaon-yard"]],
                    "contacts": [
                        ["who": "소방서", "number": "119"], ["who": "방재실(예시)", "number": "000-000-0000"],
                    ],
                ], by: system)
        }
        for (role, person, deputy) in [
            ("commander", "gaon-executive-1", "gaon-manager-1"), ("warden", "gaon-worker-1", "gaon-worker-2"),
            ("first-aid", "gaon-worker-3", "gaon-worker-4"), ("liaison", "gaon-manager-1", "gaon-worker-5"),
        ] {
            _ = try await district.perform(
                "safety.emergency-role.assign",
                ["site": "gaon-plant", "role": .string(role), "person": .string(person), "deputy": .string(deputy)],
                by: system)
        }
        for number in 1...8 {
            _ = try await district.perform(
                "safety.presence.check",
                ["site": "gaon-plant", "direction": "in", "person": .string("gaon-worker-\(number)")], by: system)
        }
        _ = try await district.perform(
            "safety.presence.check",
            ["site": "gaon-plant", "direction": "in", "name": "방문자 1(예시)", "company": "예시 상사"], by: system)
        try await district.record(
            drill(scenarios, at: now.advanced(bySeconds: -60 * 86_400)), origin: Origin(author: .system("sample")))
        _ = try await district.perform(
            "safety.drill.schedule",
            [
                "site": "gaon-plant", "scenario": "confined",
                "due": .string(now.advanced(bySeconds: 20 * 86_400).description),
            ], by: system)
    }

    /// A drill as it was: everyone seen within seven minutes, one gap.
    private static func drill(_ scenarios: Scenarios, at start: Timestamp) -> [Draft] {
        let id = Identifier(at: start).description
        let scope = Scope.firm("firm-gaon")
        let people = (1...12).map { "gaon-worker-\($0)" }
        func draft(_ type: String, _ stream: String, _ seconds: Double, _ payload: [String: JSON]) -> Draft {
            Draft(
                type, stream: "\(stream)/\(id)", scope: scope, observed: start.advanced(bySeconds: seconds),
                payload: payload.merging(["emergency": .string(id), "sample": true]) { $1 })
        }
        var drafts = [
            draft(
                EmergencyDeclared.type, "emergency", 0,
                [
                    "thing": "gaon-stamping", "site": "gaon-plant", "firm": "firm-gaon", "scenario": "fire",
                    "drill": true, "commander": "gaon-executive-1", "edition": .string(scenarios.edition),
                    "roster": .array(
                        people.map { ["entry": .string("p-\($0)"), "kind": "worker", "person": .string($0)] }),
                ])
        ]
        for (index, person) in people.enumerated() {
            drafts.append(
                draft(
                    "safety.muster.marked", "muster", 60 + Double(index) * 30,
                    [
                        "entry": .string("p-\(person)"), "person": .string(person), "kind": "worker", "status": "safe",
                        "self": false,
                    ]))
        }
        drafts.append(
            draft("safety.emergency.cleared", "emergency", 600, ["heads": 12, "excepted": [], "seconds": 390]))
        drafts.append(
            draft(
                "safety.drill.completed", "drill", 3600,
                [
                    "drill": .string(id), "site": "gaon-plant", "scenario": "fire",
                    "day": .string(KoreanDay(start).description), "heads": 12, "gaps": 1, "unaccounted": 0,
                    "seconds": 390,
                ]))
        drafts.append(
            ActionDrafts.open(
                "도장 부스에서 비상벨이 들리지 않음(예시): 경광등 추가", at: "gaon-plant", scope: scope,
                source: .init(kind: "drill", id: id), band: .medium, owner: "gaon-worker-1",
                due: KoreanDay(start) + 90, now: start))
        return drafts
    }
}
