import Access
import District
import Record
import Store
import Web

/// Assessments of the sample district: one at the stamping shop that was reported and shared, a copied draft beside it
/// that waits for its walk-round, one under way at the foundry, and the tool-box meetings of the last week.
enum AssessmentSample {
    static func found(_ spine: Spine, seeds: HazardSeeds) async throws {
        let district = spine.district
        let zone = try Caller.system("sample").tenant
        let isThere = try await district.store.read {
            try AssessmentLists.page(.init(limit: 1), at: Timestamp(microseconds: 0), for: zone, in: $0).total > 0
        }
        guard !isThere else { return }
        let now = district.clock()
        try await meet(district, now)
        let press = try await open(
            district, by: "gaon", at: "gaon-stamping", "프레스 금형 교체(예시)", "frequency-severity", now)
        try await addHazards(district, seeds, "press", to: press, by: "gaon", at: "gaon-stamping")
        try await walk(district, press, by: "gaon")
        try await perform(district, "submit", ["assessment": .string(press)], by: "gaon")
        try await perform(
            district, "share", ["assessment": .string(press), "languages": [["language": "ko"], ["language": "vi"]]],
            by: "gaon")
        for (worker, language) in [(1, "ko"), (2, "vi"), (3, "ne")] {
            _ = try await district.perform(
                "safety.assessment.read", ["assessment": .string(press), "language": .string(language)],
                by: person("gaon-worker-\(worker)", district))
        }
        try await perform(
            district, "copy",
            [
                "source": .string(press), "thing": "gaon-line-1", "process": "브래킷 라인 금형 교체(예시)", "kind": "yearly",
                "planned": .string(now.advanced(bySeconds: 3 * 86_400).description),
            ], by: "gaon")
        let melting = try await open(district, by: "nuri", at: "nuri-melting", "용해와 주입(예시)", "three-step", now)
        try await addHazards(district, seeds, "casting", to: melting, by: "nuri", at: "nuri-melting")
    }

    /// Someone of the sample district, as they would be signed in.
    private static func person(_ id: String, _ district: District) async throws -> Caller {
        let caller = try await district.store.read { try Directory.caller(PersonID(id), in: $0) }
        guard let caller else {
            throw AssessmentAsk.unknown("person", Words("예시 인물이 없습니다: \(id)", "No sample person \(id)."))
        }
        return caller
    }

    @discardableResult
    private static func perform(
        _ district: District, _ command: String, _ values: [String: JSON], by stem: String
    ) async throws -> Outcome {
        let manager = try await person("\(stem)-manager-1", district)
        return try await district.perform("safety.assessment.\(command)", values, by: manager, confirmed: true)
    }

    private static func open(
        _ district: District, by stem: String, at thing: String, _ process: String, _ method: String, _ now: Timestamp
    ) async throws -> String {
        let done = try await perform(
            district, "open",
            [
                "thing": .string(thing), "process": .string(process), "kind": "yearly", "method": .string(method),
                "planned": .string(now.description),
            ], by: stem)
        return String(done.events.first?.stream.dropFirst("assessment/".count) ?? "")
    }

    /// The first hazards of the handbook, each with its best control and its engineering one.
    private static func addHazards(
        _ district: District, _ seeds: HazardSeeds, _ place: String, to assessment: String, by stem: String,
        at thing: String
    ) async throws {
        let list = seeds.places.first { $0.key == place }?.hazards ?? []
        for (index, seed) in list.prefix(6).enumerated() {
            var values: [String: JSON] = [
                "assessment": .string(assessment), "thing": .string(thing), "description": .string(seed.words.ko),
                "accident": .string(seed.accident.rawValue),
            ]
            if stem == "gaon" {
                values["method"] = "frequency-severity"
                values["likelihood"] = .number(Double(2 + index % 3))
                values["severity"] = .number(index < 3 ? 4 : 2)
            } else {
                values["method"] = "three-step"
                values["level"] = .string(["high", "medium", "high", "low"][index % 4])
                values["could_kill"] = .bool(index < 2)
            }
            let added = try await perform(district, "add-hazard", values, by: stem)
            guard let hazard = try await value("hazard", of: added, district) else { continue }
            for control in seed.controls.prefix(2) {
                let planned = try await perform(
                    district, "add-control",
                    [
                        "hazard": .string(hazard), "step": .string(control.step.rawValue),
                        "description": .string(control.words.ko), "owner": .string("\(stem)-manager-1"),
                        "due": .string(district.clock().advanced(bySeconds: Double(14 + index) * 86_400).description),
                        "likelihood_steps": 1,
                    ], by: stem)
                // Every second hazard has a control that somebody went to see.
                guard index % 2 == 1, control == seed.controls.first,
                    let planned = try await value("control", of: planned, district)
                else { continue }
                try await verify(district, planned, by: stem)
            }
        }
    }

    private static func verify(_ district: District, _ control: String, by stem: String) async throws {
        let now = district.clock()
        let evidence = try await district.store.write {
            try Attachments.keep(
                Array("작동 확인 기록 \(control) (예시)".utf8), scope: .firm(FirmID("firm-\(stem)")),
                author: .system("sample"), at: now, in: $0)
        }
        try await perform(
            district, "verify-control",
            [
                "control": .string(control), "result": "ok", "evidence": .string(evidence),
                "valid_until": .string(now.advanced(bySeconds: 180 * 86_400).description),
            ], by: stem)
    }

    private static func value(_ key: String, of outcome: Outcome, _ district: District) async throws -> String? {
        guard let event = outcome.events.first else { return nil }
        return try await district.store.read { reader in
            try district.log.events(inStream: event.stream, in: reader).first { $0.id == event.id }?.payload[key]?.text
        }
    }

    private static func walk(_ district: District, _ assessment: String, by stem: String) async throws {
        let people = ["manager-1", "worker-1", "worker-2"].map { "\(stem)-\($0)" }
        try await perform(
            district, "walk-round",
            [
                "assessment": .string(assessment), "at": .string(district.clock().description), "way": "walk",
                "participants": .array(people.map { ["person": .string($0)] }),
                "seen": "2호기 광전자식 방호장치의 반응이 늦고, 안전블록이 제자리에 없었습니다. (예시)",
            ], by: stem)
    }

    /// The meetings of the last seven days, without the third last one, so that a gap is seen.
    private static func meet(_ district: District, _ now: Timestamp) async throws {
        let today = KoreanDay(now)
        for (stem, place) in [("gaon", "gaon-stamping"), ("nuri", "nuri-melting")] {
            let drafts = (0..<7).reversed().compactMap { back -> Draft? in
                let day = today - Int64(back)
                let held = day.start.advanced(bySeconds: 8 * 3600)
                guard !day.isWeekend, back != 2, held <= now else { return nil }
                return Draft(
                    "safety.tbm.held", stream: "tbm/\(Identifier(at: held))", scope: .firm(FirmID("firm-\(stem)")),
                    observed: held,
                    payload: [
                        "thing": .string(place), "site": .string("\(stem)-plant"), "day": .string(day.description),
                        "participants": .array(
                            (1...8).map { .string("\(stem)-worker-\($0)") } + [.string("\(stem)-manager-1")]),
                        "topics": ["금형 교체 순서와 안전블록(예시)", "통로의 기름때(예시)"], "rights_read": true,
                        "language": "ko", "leader": .string("\(stem)-manager-1"),
                    ])
            }
            try await district.record(drafts, origin: Origin(author: .system("sample")))
        }
    }
}
