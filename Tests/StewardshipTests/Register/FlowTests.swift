import Access
import Record
import Store
import TestKit
import Testing
import Web

@testable import District
@testable import Stewardship

/// An entry's way through the register, as commands.
extension Yard {
    static let use = "mill.grain"

    func entry(_ use: String = Self.use) async throws -> RegisterEntry {
        try #require(try await store.read { try RegisterTable.find(use, in: $0) })
    }

    func step(_ step: UseStep, _ values: [String: JSON] = [:], by caller: Caller = .owner) async throws {
        try await perform(step.command, try await filled(step, values), by: caller)
    }

    /// The code of the refusal that a step meets; nil where it is done.
    func refused(_ step: UseStep, _ values: [String: JSON] = [:], by caller: Caller = .owner) async throws -> String? {
        try await refusal(step.command, try await filled(step, values), by: caller)?.code
    }

    /// Whoever approves says what they have read; where tests fail, an answer to them.
    private func filled(_ step: UseStep, _ values: [String: JSON]) async throws -> [String: JSON] {
        var values = values
        values["use"] = .string(Self.use)
        if step == .approve, values["signed"] == nil {
            values["signed"] = .string(try await entry().signed)
            if values["answer"] == nil { values["answer"] = "고쳐 가며 시범 운영만 합니다." }
        }
        return values
    }

    static let described: [String: JSON] = [
        "version": "1", "owner": "owner", "department": "산업과", "officer": "산업국장", "supplier": "직접 개발",
        "contact": "02-120", "legal_basis": "조례 제3조", "affected": "제분소 사람", "alternatives": "손으로 고름",
        "data": "사진", "personal": "none", "retention": "30일", "notice": "곡식을 인공지능이 제안합니다.", "appeal": "/ai/appeal",
        "kpis": "맞은 비율",
    ]

    /// The answers of a triage: no to everything but what is named.
    static func answers(_ yes: String...) throws -> [String: JSON] {
        let room = try Stewardship()
        let triage = room.commands.map(\.form).filter { $0.name == "stewardship.use.triage" }
        let fields = try #require(triage.first).fields.map(\.name).filter { $0 != "use" }
        return Dictionary(uniqueKeysWithValues: fields.map { ($0, yes.contains($0) ? "yes" : "no") })
    }

    func assessed() async throws {
        try await step(.describe, Self.described)
        try await step(.triage, try Self.answers("talks"))
        for kind in ["privacy", "inclusion"] {
            try await step(.assess, ["kind": .string(kind), "outcome": "acceptable", "summary": "괜찮음"])
        }
    }

    func approved() async throws {
        try await assessed()
        try await step(.approve, by: .first)
        try await step(.approve, by: .second)
    }

    var tomorrow: JSON { .string(clock.read().advanced(bySeconds: 86_400).description) }

    func act() async throws {
        try await district.record(
            [Draft("mill.sorted", stream: "grain/1", scope: .zone)], origin: Origin(author: .model(Self.use)))
    }
}

struct FlowTests {
    @Test("from draft to retired, step by step", arguments: StoreUnderTest.all)
    func whole(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            #expect(try await yard.entry().state == .draft)
            try await yard.assessed()
            #expect(try await yard.entry().state == .assessed)
            #expect(try await yard.entry().tier == .limited)
            try await yard.step(.approve, by: .first)
            #expect(try await yard.entry().state == .assessed)
            try await yard.step(.approve, by: .second)
            #expect(try await yard.entry().state == .approved)
            try await yard.step(.pilot, ["cap": 2, "until": yard.tomorrow])
            for _ in 1...2 { try await yard.act() }
            #expect(try await yard.district.standing(of: MillRoom.grain()) == .capped)
            await #expect(throws: Refusal.self) { try await yard.act() }
            try await yard.step(.golive, ["review": yard.tomorrow])
            #expect(try await yard.district.standing(of: MillRoom.grain()) == .runs)
            try await yard.act()
            try await yard.step(.review, ["findings": "잘 됨"])
            #expect(try await yard.district.standing(of: MillRoom.grain()) == .runs)
            yard.clock.advance(by: 86_400)
            #expect(try await yard.district.standing(of: MillRoom.grain()) == .expired)
            try await yard.step(.golive, ["review": yard.tomorrow])
            #expect(try await yard.district.standing(of: MillRoom.grain()) == .runs)
            try await yard.step(.retire, ["reason": "더 쓰지 않음", "data": "지움"])
            #expect(try await yard.entry().state == .retired)
            #expect(try await yard.district.standing(of: MillRoom.grain()) == .unregistered)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("an approval is of what was read, and answers for the groups that fall short")
    func readFirst() async throws {
        try await Yard.with { yard in
            try await yard.assessed()
            try await yard.step(.test, ["dimension": "age", "group": "70세 이상", "cases": 100, "right": 10])
            let read = JSON.string(try await yard.entry().signed)
            #expect(try await yard.refused(.approve, ["signed": ""], by: .first) == "use.unread")
            #expect(try await yard.refused(.approve, ["signed": "0"], by: .first) == "use.unread")
            let failing = try await yard.refusal(
                UseStep.approve.command, ["use": "mill.grain", "signed": read], by: .first)
            #expect(failing?.code == "use.failing-tests" && failing?.faults.map(\.field) == ["answer"])
            #expect(failing?.words.ko.contains("70세 이상 10/100") == true)
            try await yard.step(.approve, ["signed": read, "answer": "70세 이상은 사람이 처리"], by: .first)
            let event = try #require(try await yard.last(UseEvents.seconded))
            #expect(event.payload["answer"] == "70세 이상은 사람이 처리")
            try await yard.step(.test, ["dimension": "age", "group": "40대", "cases": 100, "right": 99])
            #expect(try await yard.refused(.approve, ["signed": read, "answer": "…"], by: .second) == "use.unread")
        }
    }

    @Test("a use that no room declares is switched off and on by the register's own switch")
    func switchedByHand() async throws {
        try await Yard.with { yard in
            let use = "welfare.chatbot"
            try await yard.perform(RegisterUse.form.name, ["id": .string(use), "name": "복지 상담 챗봇"], by: .owner)
            func turn(_ on: JSON, of use: String = use) async throws -> String? {
                try await yard.refusal(
                    SwitchUse.name, ["use": .string(use), "on": on, "reason": "오답"], by: .first)?.code
            }
            var code = try await turn(false)
            #expect(code == "use.not-running")
            code = try await turn(false, of: "mill.grain")
            #expect(code == "use.runs-here")
            let until = yard.clock.read().advanced(bySeconds: 86_400)
            let entry = try await yard.entry(use)
            try await yard.district.record(
                [UseEvents.permitted(entry, until: until, cap: nil, basis: .live)],
                origin: Origin(author: .system("test")))
            let page = Shown(yard)
            #expect(try await page.of("/stewardship/uses/{use}", use).contains("use.switch?use=\(use)&amp;on=false"))
            code = try await turn(true)
            #expect(code == "use.switched")
            code = try await turn(false)
            #expect(code == nil)
            #expect(try await UseNow.find(use, yard.district)?.standing == .off)
            let off = try await page.of("/stewardship/uses/{use}", use)
            #expect(off.contains("use.switch?use=\(use)&amp;on=true") && !off.contains("on=false"))
            #expect(try await yard.rebuildsAlike())
            code = try await turn(true)
            #expect(code == nil)
            #expect(try await UseNow.find(use, yard.district)?.standing == .runs)
        }
    }

    @Test(
        "the house's own switch holds what was entered by hand too, and the list of uses is whole",
        arguments: StoreUnderTest.all)
    func switchedByHouse(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let (use, name) = ("welfare.chatbot", "district.ai.switch")
            func turn(_ on: JSON, of use: String = use) async throws -> String? {
                try await yard.refusal(name, ["use": .string(use), "on": on, "reason": "오답"], by: .first)?.code
            }
            func choices() async throws -> [String] {
                guard case .choice(let choices)? = try await yard.district.offered(name)?.fields.first?.kind else {
                    return []
                }
                return choices.map(\.value)
            }
            try await yard.perform(RegisterUse.form.name, ["id": .string(use), "name": "복지 상담 챗봇"], by: .owner)
            // What nobody has let run is not shown to anybody, and there is nothing to switch.
            #expect(try await yard.district.usesElsewhere().isEmpty)
            #expect(try await choices() == ["mill.grain", "mill.outside"])
            #expect(try await turn(false) == "form.invalid")
            let until = yard.clock.read().advanced(bySeconds: 86_400)
            try await yard.district.record(
                [UseEvents.permitted(try await yard.entry(use), until: until, cap: nil, basis: .live)],
                origin: Origin(author: .system("test")))
            let elsewhere = try #require(try await yard.district.usesElsewhere().first)
            #expect(elsewhere.id == use && elsewhere.title.ko == "복지 상담 챗봇" && elsewhere.standing == .runs)
            #expect(try await choices() == ["mill.grain", "mill.outside", use])
            #expect(try await turn(true) == "use.switched")
            #expect(try await turn(false) == nil)
            #expect(try await UseNow.find(use, yard.district)?.standing == .off)
            #expect(try await yard.district.usesElsewhere().first?.standing == .off)
            #expect(try await turn(false, of: "mill.stranger") == "form.invalid")
            #expect(try await yard.rebuildsAlike())
            #expect(try await turn(true) == nil)
            #expect(try await UseNow.find(use, yard.district)?.standing == .runs)
        }
    }

    @Test("neither its owner nor whoever has signed is led through a page that they may not sign")
    func notLedOn() async throws {
        try await Yard.with { yard in
            try await yard.assessed()
            let page = Shown(yard)
            func refused(_ caller: Caller) async throws -> String? {
                do {
                    _ = try await page.of("/stewardship/uses/{use}/approve", Yard.use, by: caller)
                    return nil
                } catch let refusal as Refusal {
                    return refusal.code
                }
            }
            #expect(try await refused(.owner) == "use.owner")
            #expect(try await refused(.first) == nil)
            try await yard.step(.approve, by: .first)
            #expect(try await refused(.first) == "use.same-person")
            #expect(try await refused(.second) == nil)
            for caller in [Caller.owner, .first] {
                let entry = try await page.of("/stewardship/uses/{use}", Yard.use, by: caller)
                #expect(!entry.contains("/approve\""), "\(caller)")
            }
            #expect(try await page.of("/stewardship/uses/{use}", Yard.use, by: .second).contains("/approve\""))
        }
    }

    @Test("neither its owner nor one person twice approves, nor a program, nor a citizen")
    func signatures() async throws {
        try await Yard.with { yard in
            try await yard.assessed()
            #expect(try await yard.refused(.approve, by: .owner) == "use.owner")
            #expect(try await yard.refused(.approve, by: .citizen) == "access.forbidden")
            #expect(try await yard.refused(.approve, by: .system("console")) == "use.person-needed")
            try await yard.step(.approve, by: .first)
            #expect(try await yard.refused(.approve, by: .first) == "use.same-person")
            #expect(try await yard.entry().state == .assessed)
        }
    }

    @Test("the first signature falls with what it was for")
    func firstFalls() async throws {
        try await Yard.with { yard in
            try await yard.assessed()
            try await yard.step(.approve, by: .first)
            try await yard.step(.describe, ["version": "2"])
            #expect(try await yard.entry().first == nil)
            try await yard.step(.approve, by: .second)
            #expect(try await yard.entry().state == .assessed)
        }
    }

    @Test("whoever was its owner since it was last reopened approves nothing, whoever owns it now")
    func ownersBefore() async throws {
        try await Yard.with { yard in
            try await yard.assessed()
            try await yard.step(.describe, ["owner": "first"])
            #expect(try await yard.refused(.approve, by: .owner) == "use.owner")
            #expect(try await yard.refused(.approve, by: .first) == "use.owner")
            try await yard.step(.describe, ["owner": "citizen"])
            #expect(try await yard.refused(.approve, by: .first) == "use.owner")
            #expect(try await yard.entry().owners == ["owner", "first", "citizen"])
            #expect(try await yard.rebuildsAlike())
            let entry = try await yard.entry()
            #expect(RegisterEntry(entry.json) == entry)
        }
    }

    @Test("the first signature falls with the tier, an assessment, a test or the owner", arguments: 0...3)
    func firstFallsWith(_ change: Int) async throws {
        try await Yard.with { yard in
            try await yard.assessed()
            try await yard.step(.approve, by: .first)
            #expect(try await yard.entry().first?.signed.isEmpty == false)
            switch change {
            case 0:
                try await yard.step(.triage, try Yard.answers("talks", "rights"))
                #expect(try await yard.entry().first == nil)
                try await yard.step(.triage, try Yard.answers("talks"))
                try await yard.step(.assess, ["kind": "privacy", "outcome": "acceptable", "summary": "괜찮음"])
            case 1:
                try await yard.step(
                    .assess, ["kind": "privacy", "outcome": "conditions", "summary": "다름", "measures": "가림"])
            case 2: try await yard.step(.test, ["dimension": "age", "group": "70+", "cases": 10, "right": 1])
            default: try await yard.step(.describe, ["owner": "citizen"])
            }
            #expect(try await yard.entry().first == nil)
            try await yard.step(.approve, by: .second)
            #expect(try await yard.entry().state == .assessed)
            try await yard.step(.approve, by: .first)
            #expect(try await yard.entry().state == .approved)
            #expect(try await yard.entry().approval.map(\.person) == ["second", "first"])
        }
    }

    @Test("approvals from before, which did not say what they were for, replay as they were")
    func oldSignatures() async throws {
        try await Yard.with { yard in
            try await yard.assessed()
            let material = JSON.string(try await yard.entry().material)
            func give(_ type: String, _ person: String, _ more: [String: JSON] = [:]) async throws {
                try await yard.district.record(
                    [
                        UseEvents.draft(
                            type, Yard.use, ["approver": .string(person), "material": material].merging(more) { $1 })
                    ], origin: Origin(author: .person(PersonID(person))))
            }
            try await give(UseEvents.seconded, "first")
            try await give(UseEvents.tested, "x", ["dimension": "age", "group": "70+", "cases": 1, "right": 1])
            #expect(try await yard.entry().first?.person == "first")
            // Of a signature that does not say what it was for, nothing is made good: another one is asked for.
            try await yard.step(.approve, by: .second)
            #expect(try await yard.entry().state == .assessed)
            try await give(UseEvents.seconded, "first")
            try await give(UseEvents.tested, "x", ["dimension": "age", "group": "40", "cases": 1, "right": 1])
            try await give(UseEvents.approved, "second")
            #expect(try await yard.entry().approval.map(\.person) == ["first", "second"])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what was found after the approval keeps it from running as well")
    func foundLater() async throws {
        try await Yard.with { yard in
            try await yard.approved()
            try await yard.judge(.wrong)
            #expect(try await yard.refused(.pilot, ["cap": 5, "until": yard.tomorrow]) == "use.wrong")
            let flag = try #require(try await yard.flags().first)
            try await yard.perform(
                "stewardship.watch.resolve", ["flag": .string(flag.id), "outcome": "mended", "note": "고침"],
                by: .first)
            try await yard.step(.pilot, ["cap": 5, "until": yard.tomorrow])
            try await yard.step(.golive, ["review": yard.tomorrow])
            try await yard.step(.review, ["findings": "나쁨"])
            try await yard.step(.assess, ["kind": "impact", "outcome": "unacceptable", "summary": "해로움"])
            #expect(try await yard.refused(.golive, ["review": yard.tomorrow]) == "use.unacceptable")
            try await yard.step(.assess, ["kind": "impact", "outcome": "acceptable", "summary": "고쳐서 괜찮음"])
            try await yard.judge(.wrong)
            #expect(try await yard.refused(.golive, ["review": yard.tomorrow]) == "use.wrong")
        }
    }

    @Test("what was put into the prohibited tier after its approval does not run")
    func prohibitedLater() async throws {
        try await Yard.with { yard in
            try await yard.approved()
            try await yard.district.record(
                [UseEvents.draft(UseEvents.piloted, Yard.use)], origin: Origin(author: .system("test")))
            try await yard.district.record(
                [
                    UseEvents.draft(UseEvents.triaged, Yard.use, ["tier": "prohibited", "reasons": []]),
                    UseEvents.draft(UseEvents.piloted, Yard.use),
                ], origin: Origin(author: .system("test")))
            #expect(try await yard.refused(.golive, ["review": yard.tomorrow]) == "use.prohibited")
            #expect(try await yard.refused(.pilot, ["cap": 5, "until": yard.tomorrow]) == "use.prohibited")
        }
    }

    @Test("pilots of one approval end together, however often they are begun")
    func pilotsEnd() async throws {
        try await Yard.with { yard in
            func ahead(_ days: Double) -> JSON {
                .string(yard.clock.read().advanced(bySeconds: days * 86_400).description)
            }
            try await yard.approved()
            try await yard.step(.pilot, ["cap": 5, "until": ahead(30)])
            yard.clock.advance(by: 100 * 86_400)
            #expect(try await yard.refused(.pilot, ["cap": 5, "until": ahead(81)]) == "use.pilot-days")
            try await yard.step(.pilot, ["cap": 5, "until": ahead(79)])
            yard.clock.advance(by: 81 * 86_400)
            #expect(try await yard.refused(.pilot, ["cap": 5, "until": ahead(1)]) == "use.pilot-days")
            #expect(try await yard.rebuildsAlike())
            // Another approval, another pilot.
            try await yard.step(.reopen, ["reason": "다시 검토"], by: .first)
            for person in [Caller.first, .second] { try await yard.step(.approve, by: person) }
            try await yard.step(.pilot, ["cap": 5, "until": ahead(179)])
        }
    }

    @Test("switching on asks for the certificate of operating, switching off for nothing")
    func switchGate() async throws {
        try await Yard.with(areCertified: false) { yard in
            func turn(_ on: JSON, _ caller: Caller = .first) async throws -> String? {
                try await yard.refusal(
                    "district.ai.switch", ["use": "mill.grain", "on": on, "reason": "시험"], by: caller)?.code
            }
            let (off, on) = (try await turn(false), try await turn(true))
            #expect(off == nil && on == "use.certificate")
            #expect(try await yard.district.standing(of: MillRoom.grain()) == .off)
            try await yard.certify()
            let again = try await turn(true)
            #expect(again == nil)
            #expect(try await yard.district.standing(of: MillRoom.grain()) == .runs)
        }
    }

    @Test("a triage with a question left blank is refused, naming each question that is")
    func blankTriage() async throws {
        try await Yard.with { yard in
            try await yard.step(.describe, Yard.described)
            let answers = try Yard.answers("talks")
            let all = try await yard.refusal(UseStep.triage.command, ["use": "mill.grain"], by: .owner)
            #expect(all?.kind == .invalid && Set(all?.faults.map(\.field) ?? []) == Set(answers.keys))
            let one = try await yard.refusal(
                UseStep.triage.command, answers.merging(["use": "mill.grain", "talks": ""]) { $1 }, by: .owner)
            #expect(one?.faults.map(\.field) == ["talks"])
            #expect(try await yard.entry().tier == nil)
            try await yard.step(.triage, answers)
            #expect(try await yard.entry().tier == .limited)
        }
    }

    @Test("what is missing is named before a step")
    func missing() async throws {
        try await Yard.with { yard in
            let refusal = try await yard.refusal(
                UseStep.triage.command, try Yard.answers().merging(["use": "mill.grain"]) { $1 }, by: .owner)
            #expect(refusal?.code == "use.incomplete")
            #expect(Set(refusal?.faults.map(\.field) ?? []) == ["owner", "department", "affected"])
            try await yard.step(.describe, Yard.described.filter { $0.key != "kpis" })
            try await yard.step(.triage, try Yard.answers("rights"))
            for kind in ["impact", "privacy", "inclusion"] {
                try await yard.step(.assess, ["kind": .string(kind), "outcome": "acceptable", "summary": "괜찮음"])
            }
            let next = try await yard.refusal(UseStep.approve.command, ["use": "mill.grain"], by: .first)
            #expect(next?.faults.map(\.field) == ["kpis", "tests"])
            try await yard.step(.describe, ["kpis": "맞은 비율"])
            try await yard.step(.test, ["dimension": "age", "group": "70+", "cases": 10, "right": 9])
            #expect(try await yard.refused(.approve, by: .first) == nil)
        }
    }

    @Test(
        "a step from where it cannot be taken is refused by name",
        arguments: [UseStep.assess, .approve, .pilot, .golive, .review, .reopen])
    func illegal(_ step: UseStep) async throws {
        try await Yard.with { yard in
            let values: [String: JSON] =
                switch step {
                case .assess: ["kind": "impact", "outcome": "acceptable", "summary": "…"]
                case .pilot: ["cap": 1, "until": yard.tomorrow]
                case .golive: ["review": yard.tomorrow]
                case .review: ["findings": "…"]
                case .reopen: ["reason": "…"]
                default: [:]
                }
            let refusal = try await yard.refusal(
                step.command, values.merging(["use": "mill.grain"]) { $1 }, by: .first)
            #expect(refusal?.code == "use.step")
            #expect(refusal?.words.ko.contains(step.words.ko) == true)
        }
    }

    @Test("the prohibited goes no further, and the unacceptable is not approved")
    func stopped() async throws {
        try await Yard.with { yard in
            try await yard.step(.describe, Yard.described)
            try await yard.step(.triage, try Yard.answers("social_scoring"))
            #expect(
                try await yard.refused(.assess, ["kind": "impact", "outcome": "acceptable", "summary": "…"])
                    == "use.prohibited")
            try await yard.step(.triage, try Yard.answers())
            #expect(try await yard.entry().tier == .minimal)
            try await yard.step(.assess, ["kind": "privacy", "outcome": "unacceptable", "summary": "…"])
            #expect(try await yard.refused(.approve, by: .first) == "use.unacceptable")
        }
    }

    @Test("the approval's page shows what is signed; the history names who did what; nothing contradicts itself")
    func approvalPage() async throws {
        try await Yard.with { yard in
            try await yard.assessed()
            try await yard.step(.test, ["dimension": "age", "group": "70세 이상", "cases": 100, "right": 10])
            let (page, entry) = (Shown(yard), try await yard.entry())
            let shown = try await page.of("/stewardship/uses/{use}/approve", Yard.use)
            for text in [entry.signed, entry.running, "제한", "곡식 구분", "70세 이상 10/100 (10 %)", "개인정보 평가", "f-answer"] {
                #expect(shown.contains(text), "\(text)")
            }
            for person in [Caller.first, .second] { try await yard.step(.approve, by: person) }
            let after = try await page.of("/stewardship/uses/{use}", Yard.use)
            #expect(after.contains("<span>\(Caller.owner.name ?? "?")</span>"))
            #expect(after.contains("고쳐 가며 시범 운영만 합니다."))
            try await yard.district.record(
                [UseEvents.withdrawn(Yard.use, "wrong-act")], origin: Origin(author: .system("test")))
            let waiting = try await page.of("/stewardship/uses/{use}", Yard.use)
            #expect(waiting.contains("‘예’로 답함: "))
            #expect(waiting.contains("/ai#use-mill.grain") && waiting.contains("법령 공포일"))
            let draft = try await page.of("/stewardship/uses/{use}", "mill.outside")
            #expect(!draft.contains("/ai#use-"), "nobody is shown a draft")
            let rules = try WatchRules(Handbook(shipped: "\(try #require(try Stewardship().templates))/../Data"))
            for channel in ["text", "voice", "phone", "cli"] {
                #expect(rules.name(channel, in: "channel").ko != channel)
            }
            #expect(rules.name(ofDimension: "channel").ko == "이용 방법")
            #expect(waiting.contains("승인되었지만 아직") && !waiting.contains("승인되지 않은"))
        }
    }

    @Test("another hash reopens what was approved, whether it is described or declared")
    func reopened() async throws {
        try await Yard.with { yard in
            try await yard.approved()
            try await yard.step(.pilot, ["cap": 5, "until": yard.tomorrow])
            try await yard.step(.describe, ["summary": "말만 바꿈"])
            #expect(try await yard.entry().state == .pilot)
            let hash = String(repeating: "ab", count: 32)
            #expect(try await yard.refused(.describe, ["prompt_hash": .string(hash)]) == "use.would-stop")
            #expect(try await yard.entry().state == .pilot)
            try await yard.step(.describe, ["prompt_hash": .string(hash), "stops": true])
            #expect(try await yard.entry().state == .assessed)
            #expect(try await yard.district.standing(of: MillRoom.grain()) == .unregistered)
            for person in [Caller.first, .second] { try await yard.step(.approve, by: person) }
            try await yard.step(.pilot, ["cap": 5, "until": yard.tomorrow])
            let after = try await yard.released([MillRoom.grain(model: "grain/2"), MillRoom.outside])
            #expect(try await after.entry().state == .assessed)
            await #expect(throws: Refusal.self) { try await after.act() }
        }
    }

    @Test("switched off, it is refused at the very next act")
    func switched() async throws {
        try await Yard.with { yard in
            try await yard.act()
            try await yard.perform(
                "district.ai.switch", ["use": "mill.grain", "on": false, "reason": "이상함"], by: .first)
            await #expect(throws: Refusal.self) { try await yard.act() }
            #expect(try await yard.entry().toggle?.reason == "이상함")
        }
    }

    @Test("without a valid certificate nobody approves or operates")
    func certificates() async throws {
        let gate = ApprovalGate { person, module, _, _ in module == .approve && person == "first" }
        let book = Handbook(shipped: "\(try #require(try Stewardship().templates))/../Data")
        let gaps = UseGaps(rules: try TierRules(book))
        try await Yard.with { yard in
            try await yard.assessed()
            let now = yard.clock.read()
            func decide(_ command: Command, _ values: [String: JSON], _ caller: Caller) async throws -> String? {
                var values = values
                if command.form.name == UseStep.approve.command {
                    values["signed"] = .string(try await yard.entry().signed)
                }
                let checked = try command.form.check(values)
                let ask = Ask(values: checked, caller: caller, now: now, cosigner: nil, offline: nil)
                do {
                    _ = try await yard.store.read { try command.decide(ask, $0) }
                    return nil
                } catch let refusal as Refusal {
                    return refusal.code
                }
            }
            let approve = ApproveUse(gaps: gaps, gate: gate).command
            #expect(try await decide(approve, ["use": "mill.grain"], .first) == nil)
            #expect(try await decide(approve, ["use": "mill.grain"], .second) == "use.certificate")
            for person in [Caller.first, .second] { try await yard.step(.approve, by: person) }
            let pilot = try #require(RunUse(gaps: gaps, gate: gate).commands.first)
            #expect(
                try await decide(pilot, ["use": "mill.grain", "cap": 1, "until": yard.tomorrow], .first)
                    == "use.certificate")
        }
    }

    @Test("a department's own AI is entered, described and held against the same rules")
    func entered() async throws {
        try await Yard.with { yard in
            let values: [String: JSON] = ["id": "welfare.chatbot", "name": "복지 상담 챗봇"]
            try await yard.perform(RegisterUse.form.name, values, by: .owner)
            #expect(try await yard.refusal(RegisterUse.form.name, values, by: .owner)?.code == "use.known")
            #expect(
                try await yard.refusal(RegisterUse.form.name, ["id": "Ä", "name": "x"], by: .owner)?.code == "use.id")
            #expect(
                try await yard.refusal(
                    RegisterUse.form.name, ["id": "a.b", "name": "x", "owner": "nobody"], by: .owner)?.code
                    == "use.field")
            let entry = try await yard.entry("welfare.chatbot")
            #expect(!entry.isDeclared && entry.isOutside && entry.permit == nil)
            #expect(try await yard.refused(.describe, ["model": "다른 모델"]) == "use.declared")
        }
    }

    @Test("people are told the register's notice, else the declaration's")
    func notice() async throws {
        try await Yard.with { yard in
            #expect(try await yard.district.notice(of: MillRoom.grain()).ko.contains("곡식의 종류를 제안합니다."))
            try await yard.step(.describe, ["notice": "인공지능이 골라 드립니다.", "notice_en": "AI sorts."])
            #expect(try await yard.district.notice(of: MillRoom.grain()) == Words("인공지능이 골라 드립니다.", "AI sorts."))
            #expect(try await yard.rebuildsAlike())
        }
    }
}
