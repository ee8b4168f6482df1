import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Safety

/// What the tests about assessments do again and again.
extension Yard {
    var tomorrow: String { clock.read().advanced(bySeconds: 86_400).description }

    /// Opens an assessment; its identifier.
    func openAssessment(
        _ firm: String = "alfa", at thing: String = "shop", method: String = "frequency-severity",
        _ change: [String: JSON] = [:]
    ) async throws -> String {
        let values: [String: JSON] = [
            "thing": .string("\(firm)-\(thing)"), "process": "금형 교체", "kind": "yearly", "method": .string(method),
            "planned": .string(tomorrow),
        ]
        let outcome = try await perform(
            "safety.assessment.open", values.merging(change) { $1 }, by: .manager(firm))
        return String(outcome.events[0].stream.dropFirst("assessment/".count))
    }

    /// The value under a key of the last event of a type.
    func last(_ type: String, _ key: String) async throws -> String? {
        try await last(type)?.payload[key]?.text
    }

    @discardableResult
    func addHazard(
        _ assessment: String, _ description: String, likelihood: Double = 4, severity: Double = 4,
        _ firm: String = "alfa"
    ) async throws -> String {
        try await perform(
            "safety.assessment.add-hazard",
            [
                "assessment": .string(assessment), "method": "frequency-severity", "thing": .string("\(firm)-press"),
                "description": .string(description), "accident": "caught", "likelihood": .number(likelihood),
                "severity": .number(severity),
            ], by: .worker(firm))
        return try await last(AssessmentEvent.hazardAdded, "hazard") ?? ""
    }

    @discardableResult
    func addControl(
        _ hazard: String, _ step: String, likelihood: Double = 1, _ change: [String: JSON] = [:]
    ) async throws -> String {
        let values: [String: JSON] = [
            "hazard": .string(hazard), "step": .string(step), "description": "양수조작식 방호장치", "owner": "alfa-manager",
            "due": .string(tomorrow), "likelihood_steps": .number(likelihood),
        ]
        try await perform(
            "safety.assessment.add-control", values.merging(change) { $1 }, by: .manager("alfa"))
        return try await last(AssessmentEvent.controlAdded, "control") ?? ""
    }

    func walk(
        _ assessment: String, with people: [String] = ["alfa-worker-1", "alfa-manager"], way: String = "walk",
        _ firm: String = "alfa"
    ) async throws {
        try await perform(
            "safety.assessment.walk-round",
            [
                "assessment": .string(assessment), "at": .string(clock.read().description), "way": .string(way),
                "participants": .array(people.map { ["person": .string($0)] }), "seen": "방호덮개가 열려 있었다",
            ], by: .manager(firm))
    }

    func submitting(_ assessment: String, _ firm: String = "alfa") async throws -> Refusal? {
        try await refusal("safety.assessment.submit", ["assessment": .string(assessment)], by: .manager(firm))
    }

    func hazards(_ assessment: String, _ firm: String = "alfa") async throws -> [AssessedHazard] {
        let tenant = try Caller.manager(firm).tenant
        return try await store.read { try AssessmentRegister.hazards(of: assessment, for: tenant, in: $0) }
    }
}

@Suite("Risk assessments")
struct AssessmentTests {
    @Test(
        "one goes from its opening to its end, and the tables come back from the Record", arguments: StoreUnderTest.all)
    func life(kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let id = try await yard.openAssessment()
            let hazard = try await yard.addHazard(id, "금형을 바꾸는 중 슬라이드가 내려와 손이 끼인다")
            let control = try await yard.addControl(hazard, "engineering", likelihood: 2)
            try await yard.walk(id)
            #expect(try await yard.submitting(id)?.code == nil)
            let reported = try await yard.last(AssessmentEvent.reported, "keep_until")
            #expect(reported == "2029-11-21", "three years")
            #expect(try await yard.last(AssessmentEvent.reported, "next_due") == "2027-11-21")
            #expect(try await yard.last(AssessmentEvent.reported, "duty") == "D4(3)")

            try await yard.perform(
                "safety.assessment.share",
                ["assessment": .string(id), "languages": [["language": "ko"], ["language": "vi"]]],
                by: .manager("alfa"))
            let tenant = try Caller.manager("alfa").tenant
            let readers = try await yard.store.read { try AssessmentRegister.readers(of: id, for: tenant, in: $0) }
            #expect(readers.map(\.person) == ["alfa-worker-1", "alfa-worker-2"])

            let early = try await yard.refusal(
                "safety.assessment.close", ["assessment": .string(id)], by: .manager("alfa"))
            #expect(early?.code == "assessment.unread")
            try await yard.perform(
                "safety.assessment.read", ["assessment": .string(id), "language": "vi"], by: .worker("alfa", 2))
            let after = try await yard.store.read { try AssessmentRegister.readers(of: id, for: tenant, in: $0) }
            #expect(after.map(\.person) == ["alfa-worker-1", "alfa-worker-2"], "who has not read comes first")
            #expect(after.map(\.language) == [nil, "vi"])

            yard.clock.advance(by: 2 * 86_400)
            let late = try await yard.refusal(
                "safety.assessment.close", ["assessment": .string(id)], by: .manager("alfa"))
            #expect(late?.code == "assessment.overdue-control")
            try await yard.verify(control, "the photo")
            try await yard.perform("safety.assessment.close", ["assessment": .string(id)], by: .manager("alfa"))
            let closed = try await yard.store.read { try AssessmentRegister.find(id, for: tenant, in: $0) }
            #expect(closed?.state == .closed)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("story 2: one copied from another site is rejected with its reason until it was confirmed on the spot")
    func copied() async throws {
        try await Yard.with { yard in
            let source = try await yard.openAssessment(at: "shop")
            for text in ["슬라이드가 내려와 손이 끼인다", "날카로운 소재에 손을 벤다", "소음으로 귀가 상한다"] {
                let hazard = try await yard.addHazard(source, text, likelihood: 2, severity: 2)
                try await yard.addControl(hazard, "engineering")
            }
            let outcome = try await yard.perform(
                "safety.assessment.copy",
                [
                    "source": .string(source), "thing": "alfa-plant", "process": "금형 교체", "kind": "yearly",
                    "planned": .string(yard.tomorrow),
                ], by: .manager("alfa"))
            let copy = String(outcome.events[0].stream.dropFirst("assessment/".count))
            let hazards = try await yard.hazards(copy)
            let originals = try await yard.hazards(source)
            #expect(hazards.map(\.copiedFrom) == originals.map { Optional($0.id) })
            #expect(hazards.allSatisfy { $0.controls.isEmpty }, "what was done there was not done here")

            let unwalked = try await yard.submitting(copy)
            #expect(unwalked?.code == "assessment.copied")
            #expect(unwalked?.words.ko.contains("순회점검") == true)
            let confirmed = try await yard.refusal(
                "safety.assessment.confirm-hazard", ["hazard": .string(hazards[0].id), "is_there": true],
                by: .manager("alfa"))
            #expect(confirmed?.code == "assessment.no-walk-round", "nobody confirms from a desk")

            try await yard.walk(copy, with: ["alfa-manager", "alfa-executive"])
            #expect(try await yard.submitting(copy)?.code == "assessment.copied", "no worker was there")
            try await yard.walk(copy)
            let unconfirmed = try await yard.submitting(copy)
            #expect(unconfirmed?.code == "assessment.copy-unconfirmed")
            #expect(unconfirmed?.faults.count == 3, "each hazard is named")
            for (index, hazard) in hazards.enumerated() {
                try await yard.perform(
                    "safety.assessment.confirm-hazard",
                    ["hazard": .string(hazard.id), "is_there": .bool(index > 0)], by: .worker("alfa"))
            }
            #expect(try await yard.submitting(copy)?.code == nil)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("one written off another place's is found by its texts, though nobody said so; a repeated one is not")
    func writtenOff() async throws {
        try await Yard.with { yard in
            let texts = ["슬라이드가 내려와 손이 끼인다", "날카로운 소재에 손을 벤다", "소음으로 귀가 상한다"]
            let source = try await yard.openAssessment(at: "shop")
            for text in texts { try await yard.addHazard(source, text, likelihood: 1, severity: 1) }
            yard.clock.advance(by: 60)
            let silent = try await yard.openAssessment(at: "plant")
            for text in texts { try await yard.addHazard(silent, text + " ", likelihood: 1, severity: 1) }
            #expect(try await yard.submitting(silent)?.code == "assessment.copied")
            try await yard.walk(silent)
            #expect(try await yard.submitting(silent)?.code == "assessment.copy-unconfirmed")

            let again = try await yard.openAssessment(at: "shop")
            for text in texts { try await yard.addHazard(again, text, likelihood: 1, severity: 1) }
            try await yard.walk(again)
            #expect(try await yard.submitting(again)?.code == "assessment.copy-unconfirmed", "the plant has them too")
            let bravo = try await yard.openAssessment("bravo")
            for text in texts { try await yard.addHazard(bravo, text, likelihood: 1, severity: 1, "bravo") }
            try await yard.walk(bravo, with: ["bravo-worker-1"], "bravo")
            #expect(try await yard.submitting(bravo, "bravo")?.code == nil, "nobody is judged by what they cannot see")
        }
    }

    @Test("story 3: protective equipment alone for a lethal press needs reasons, and stays high")
    func equipmentOnly() async throws {
        try await Yard.with { yard in
            let id = try await yard.openAssessment()
            let hazard = try await yard.addHazard(id, "프레스 슬라이드에 손이 끼여 죽을 수 있다")
            let control = try await yard.addControl(hazard, "ppe")
            try await yard.walk(id)
            let refused = try await yard.submitting(id)
            #expect(refused?.code == "assessment.ppe-only")
            #expect(refused?.faults.first?.words.ko.contains("제거, 대체, 공학적 대책, 관리적 대책") == true)

            let reasons: [String: JSON] = [
                "hazard": .string(hazard), "elimination": "이 공정 없이는 제품을 만들 수 없다", "substitution": "대신할 설비가 아직 시장에 없다",
                "engineering": "구형 설비라 광전자식을 달 수 없다", "administrative": "짧다",
            ]
            let short = try await yard.refusal(
                "safety.assessment.reject-higher-steps", reasons, by: .manager("alfa"))
            #expect(short?.code == "control.reason")
            #expect(short?.faults.map(\.field) == ["administrative"])
            let same = try await yard.refusal(
                "safety.assessment.reject-higher-steps",
                reasons.merging(["administrative": "구형 설비라 광전자식을 달 수 없다"]) { $1 }, by: .manager("alfa"))
            #expect(same?.code == "control.same-reason")
            try await yard.perform(
                "safety.assessment.reject-higher-steps",
                reasons.merging(["administrative": "혼자 일하는 작업이라 감시자를 둘 수 없다"]) { $1 }, by: .manager("alfa"))
            try await yard.verify(control, "gloves")
            let judged = try await yard.hazards(id)[0]
            let band = judged.residual(on: .fiveByFour, at: yard.clock.read()).band
            #expect(band >= .high)
            #expect(try await yard.submitting(id)?.code == nil)
        }
    }

    @Test("a failed or expired verification brings the inherent risk back; a photo used before is flagged")
    func verification() async throws {
        try await Yard.with { yard in
            let id = try await yard.openAssessment()
            let hazard = try await yard.addHazard(id, "슬라이드에 끼인다")
            let control = try await yard.addControl(hazard, "engineering", likelihood: 2)
            let other = try await yard.addControl(hazard, "administrative")
            func band() async throws -> RiskBand {
                try await yard.hazards(id)[0].residual(on: .fiveByFour, at: yard.clock.read()).band
            }
            #expect(try await band() == .severe)
            try await yard.verify(control, "photo 1")
            #expect(try await band() == .medium)
            try await yard.verify(control, "photo 2", result: "failed")
            #expect(try await band() == .severe)
            try await yard.verify(control, "photo 3")
            yard.clock.advance(by: 31 * 86_400)
            #expect(try await band() == .severe, "it was valid for thirty days")
            try await yard.verify(other, "photo 3")
            let controls = try await yard.hazards(id)[0].controls
            #expect(controls.map(\.isReused) == [false, true])
            #expect(controls.map { $0.state(at: yard.clock.read()) } == [.expired, .verified])

            let past = try await yard.refusal(
                "safety.assessment.verify-control",
                [
                    "control": .string(control), "result": "ok", "evidence": .string(try await yard.attach("p")),
                    "valid_until": .string(yard.clock.read().advanced(bySeconds: -1).description),
                ], by: .manager("alfa"))
            #expect(past?.code == "control.validity")
            let unseen = try await yard.refusal(
                "safety.assessment.verify-control",
                [
                    "control": .string(control), "result": "failed",
                    "evidence": .string(String(repeating: "0", count: 64)),
                ],
                by: .manager("alfa"))
            #expect(unseen?.code == "control.evidence")
        }
    }

    @Test("is refused where its rules are broken, with the rule's name")
    func refused() async throws {
        try await Yard.with { yard in
            func opening(_ change: [String: JSON]) async throws -> String? {
                let values: [String: JSON] = [
                    "thing": "alfa-shop", "process": "용접", "kind": "yearly", "method": "three-step",
                    "planned": .string(yard.tomorrow),
                ]
                return try await yard.refusal(
                    "safety.assessment.open", values.merging(change) { $1 }, by: .manager("alfa"))?.code
            }
            let openings: [([String: JSON], String?)] = [
                (["planned": "2026-11-20T09:00:00+09:00"], "assessment.not-announced"),
                (["kind": "changed"], "assessment.work-start"),
                (["kind": "initial", "work_starts": "2026-11-21T10:00:00+09:00"], "assessment.too-late"),
                (["method": "frequency-severity", "likelihoods": 5], "assessment.scale"),
                (["thing": "bravo-shop"], "thing.unknown"), ([:], nil),
            ]
            for (change, code) in openings {
                let refused = try await opening(change)
                #expect(refused == code)
            }
            let id = try await yard.openAssessment()
            #expect(try await yard.submitting(id)?.code == "assessment.no-walk-round")
            try await yard.walk(id, with: ["alfa-manager"])
            #expect(try await yard.submitting(id)?.code == "assessment.no-worker")
            try await yard.walk(id, way: "interview")
            #expect(try await yard.submitting(id)?.code == "assessment.no-worker", "an interview is no walk-round")
            try await yard.walk(id)
            #expect(try await yard.submitting(id)?.code == "assessment.no-hazard")
            let hazard = try await yard.addHazard(id, "슬라이드에 끼인다")
            #expect(try await yard.submitting(id)?.code == "assessment.no-control")

            let additions: [(String, [String: JSON], String)] = [
                ("add-hazard", ["likelihood": 6], "assessment.off-scale"),
                ("add-hazard", ["severity": 5], "assessment.off-scale"),
                ("add-hazard", ["method": "checklist", "is_adequate": true], "assessment.method"),
                ("add-control", ["step": "ppe", "severity_steps": 1], "control.severity"),
                ("add-control", ["likelihood_steps": 3], "control.likelihood"),
                ("add-control", ["owner": "bravo-worker-1"], "control.owner"),
                ("add-control", ["due": "2026-11-20T09:00:00+09:00"], "control.due"),
                ("walk-round", ["at": .string(yard.tomorrow)], "walk-round.future"),
                ("walk-round", ["photo": .string(String(repeating: "a", count: 64))], "walk-round.photo"),
            ]
            let usual: [String: [String: JSON]] = [
                "add-hazard": [
                    "assessment": .string(id), "method": "frequency-severity", "thing": "alfa-press",
                    "description": "끼임", "accident": "caught", "likelihood": 2, "severity": 2,
                ],
                "add-control": [
                    "hazard": .string(hazard), "step": "engineering", "description": "덮개", "owner": "alfa-manager",
                    "due": .string(yard.tomorrow), "likelihood_steps": 1,
                ],
                "walk-round": [
                    "assessment": .string(id), "at": .string(yard.clock.read().description), "way": "walk",
                    "participants": [["person": "alfa-worker-1"]], "seen": "덮개",
                ],
            ]
            for (command, change, code) in additions {
                var values = (usual[command] ?? [:]).merging(change) { $1 }
                if values["method"] == "checklist" {
                    values["likelihood"] = nil
                    values["severity"] = nil
                }
                let refused = try await yard.refusal("safety.assessment.\(command)", values, by: .manager("alfa"))
                #expect(refused?.code == code, "\(command) \(change)")
            }
            let unshared = try await yard.refusal(
                "safety.assessment.read", ["assessment": .string(id), "language": "ko"], by: .worker("alfa"))
            #expect(unshared?.code == "assessment.state")
        }
    }

    @Test("another firm neither sees nor changes one")
    func tenancy() async throws {
        try await Yard.with { yard in
            let id = try await yard.openAssessment()
            let hazard = try await yard.addHazard(id, "슬라이드에 끼인다")
            let control = try await yard.addControl(hazard, "engineering")
            let asks: [(String, [String: JSON])] = [
                ("submit", ["assessment": .string(id)]), ("close", ["assessment": .string(id)]),
                ("share", ["assessment": .string(id), "languages": [["language": "ko"]]]),
                ("confirm-hazard", ["hazard": .string(hazard), "is_there": true]),
                (
                    "verify-control",
                    [
                        "control": .string(control), "result": "failed",
                        "evidence": .string(String(repeating: "0", count: 64)),
                    ]
                ),
                (
                    "copy",
                    [
                        "source": .string(id), "thing": "bravo-shop", "process": "x", "kind": "yearly",
                        "planned": .string(yard.tomorrow),
                    ]
                ),
            ]
            for (command, values) in asks {
                let refused = try await yard.refusal("safety.assessment.\(command)", values, by: .manager("bravo"))
                #expect(refused?.kind == .notFound, "\(command)")
            }
            let seen = try await yard.hazards(id, "bravo")
            #expect(seen.isEmpty)
            let worker = try await yard.refusal(
                "safety.assessment.submit", ["assessment": .string(id)], by: .worker("alfa"))
            #expect(worker?.kind == .forbidden)
        }
    }
}

extension Yard {
    func verify(_ control: String, _ photo: String, result: String = "ok") async throws {
        var values: [String: JSON] = [
            "control": .string(control), "result": .string(result), "evidence": .string(try await attach(photo)),
        ]
        if result == "ok" { values["valid_until"] = .string(clock.read().advanced(bySeconds: 30 * 86_400).description) }
        try await perform("safety.assessment.verify-control", values, by: .manager("alfa"))
    }
}
