import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Citizen

struct HandoverTests {
    private static let colleague = Caller.person("colleague", [.zoneOfficer])

    private func ask(_ yard: Yard, _ id: String, isOpen: Bool = true, phone: String? = nil) async throws {
        let content = HandoverRequested.Content(
            transcript: [.init(who: "citizen", text: "기계 말고 사람")],
            slots: [.init(name: "place", label: Words("어디", "Where"), value: Words("물결로 12", "Mulgyeol-ro 12"))],
            phone: phone, time: phone == nil ? nil : "내일 오전")
        try await yard.district.record(
            [
                HandoverRequested(
                    id: id, dialogue: id, reason: .asked, intent: "citizen.pothole.report", isOpen: isOpen,
                    language: .ko, channel: "voice", subject: PersonID("caller-\(id)")
                ).draft(content)
            ], origin: Origin(author: .system("citizen.talk")))
        yard.clock.advance(by: 60)
    }

    private func find(_ yard: Yard, _ id: String) async throws -> Handover {
        let tenant = try Caller.officer.tenant
        return try #require(
            try await yard.store.read { try HandoverTable.find(id, for: tenant, in: $0) }, "hand-over \(id)")
    }

    @Test(
        "from the queue to the end: taken, talked, noted, finished; and rebuilt alike",
        arguments: StoreUnderTest.all)
    func whole(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            try await ask(yard, "one")
            try await ask(yard, "two")
            let tenant = try Caller.officer.tenant
            let queue = try await yard.store.read { try HandoverTable.all(.waiting, for: tenant, in: $0) }
            #expect(queue.map(\.id) == ["one", "two"])
            #expect(queue.first?.content?.slots.first?.value == Words("물결로 12", "Mulgyeol-ro 12"))
            let two = try await find(yard, "two")
            #expect(try await yard.store.read { try HandoverTable.ahead(of: two, in: $0) } == 1)

            try await yard.perform("citizen.handover.take", ["handover": "one"], by: .officer)
            try await yard.perform("citizen.handover.say", ["handover": "one", "text": "무엇을 도와드릴까요"], by: .officer)
            try await yard.perform("citizen.handover.note", ["handover": "one", "text": "귀가 어두우심"], by: .officer)
            let lines = try await yard.store.read { try HandoverTable.lines(of: "one", in: $0) }
            #expect(lines.map(\.who) == ["staff", "note"])
            #expect(lines.map(\.text) == ["무엇을 도와드릴까요", "귀가 어두우심"])
            #expect(try await yard.store.read { try HandoverTable.ahead(of: two, in: $0) } == 0)

            try await yard.perform(
                "citizen.handover.finish", ["handover": "one", "outcome": "solved", "failure": "dialect"], by: .officer)
            let one = try await find(yard, "one")
            #expect(one.state == .finished && one.outcome == .solved && one.failure == .dialect)
            let why = try await yard.store.read {
                try HandoverTable.failures(since: Timestamp(microseconds: 0), for: tenant, in: $0)
            }
            #expect(why.map(\.failure) == ["dialect"] && why.first?.intent == "citizen.pothole.report")

            // What was said stands nowhere but in the vault.
            for event in try await yard.events() where event.stream.hasPrefix("handover/") {
                let text = JSON.object(event.payload).canonicalText
                #expect(!text.contains("도와드릴까요") && !text.contains("귀가") && !text.contains("물결로"), "\(event.type)")
            }
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("who may do what: each refusal by its name")
    func refusals() async throws {
        try await Yard.with { yard in
            try await yard.enrol(Self.colleague)
            try await ask(yard, "one")
            let one: [String: JSON] = ["handover": "one"]
            let said = one.merging(["text": "여보세요"]) { $1 }
            let end = one.merging(["outcome": "solved", "failure": "none"]) { $1 }

            for caller in [Caller.resident, .manager("alfa"), .anonymous(.ko)] {
                #expect(try await yard.refusal("citizen.handover.take", one, by: caller) != nil, "\(caller)")
            }
            #expect(
                try await yard.refusal("citizen.handover.take", ["handover": "none"], by: .officer)?.code
                    == "handover.unknown")
            #expect(try await yard.refusal("citizen.handover.say", said, by: .officer)?.code == "handover.waiting")
            #expect(try await yard.refusal("citizen.handover.finish", end, by: .officer)?.code == "handover.waiting")
            try await yard.perform("citizen.handover.take", one, by: .officer)
            #expect(try await yard.refusal("citizen.handover.take", one, by: Self.colleague)?.code == "handover.taken")
            #expect(try await yard.refusal("citizen.handover.say", said, by: Self.colleague)?.code == "handover.others")
            #expect(
                try await yard.refusal("citizen.handover.note", said, by: Self.colleague)?.code == "handover.others")
            try await yard.perform("citizen.handover.finish", end, by: .officer)
            #expect(try await yard.refusal("citizen.handover.say", said, by: .officer)?.code == "handover.finished")
            #expect(try await yard.refusal("citizen.handover.take", one, by: .officer)?.code == "handover.finished")
        }
    }

    @Test("whoever is away is stood in for by a colleague, who says why; nobody takes from themself")
    func standIn() async throws {
        try await Yard.with { yard in
            try await yard.enrol(Self.colleague)
            try await ask(yard, "one")
            let one: [String: JSON] = ["handover": "one"]
            try await yard.perform("citizen.handover.take", one, by: .officer)
            let why = one.merging(["reason": "away"]) { $1 }
            #expect(try await yard.refusal("citizen.handover.take", why, by: .officer)?.code == "handover.own")
            #expect(try await yard.refusal("citizen.handover.take", one, by: Self.colleague)?.code == "handover.taken")
            try await yard.perform("citizen.handover.take", why, by: Self.colleague)
            #expect(try await find(yard, "one").taker == PersonID("colleague"))
            let taken = try #require(try await yard.last(DeskEvents.taken))
            #expect(taken.payload["reason"] == "away" && taken.payload["from"] == "officer")
            // Who had it has it no more.
            let said = one.merging(["text": "여보세요"]) { $1 }
            #expect(try await yard.refusal("citizen.handover.say", said, by: .officer)?.code == "handover.others")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("when the desk closes, whoever still waits is put on the list of calls")
    func closing() async throws {
        try await Yard.with { yard in
            let hours = try DeskHours(yard.citizen.handbook)
            let sweep = DeskSweep(spine: yard.spine, hours: hours)
            yard.clock.set("2026-11-23T10:00:00+09:00")
            try await ask(yard, "one")
            try await ask(yard, "two")
            try await yard.perform("citizen.handover.take", ["handover": "two"], by: .officer)
            await sweep.sweep()
            #expect(try await find(yard, "one").state == .waiting)
            yard.clock.set("2026-11-23T22:00:00+09:00")
            await sweep.sweep()
            await sweep.sweep()
            #expect(try await find(yard, "one").state == .callback)
            #expect(try await find(yard, "two").state == .taken)
            #expect(try await yard.events().count { $0.type == DeskEvents.deferred } == 1)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "what was said at the desk is forgotten thirty days after it was finished, also by the vault",
        arguments: StoreUnderTest.all)
    func forgotten(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            try await ask(yard, "one", phone: "01055501234")
            let one: [String: JSON] = ["handover": "one"]
            try await yard.perform("citizen.handover.take", one, by: .officer)
            try await yard.perform("citizen.handover.say", one.merging(["text": "여보세요"]) { $1 }, by: .officer)
            try await yard.perform(
                "citizen.handover.finish", one.merging(["outcome": "solved", "failure": "none"]) { $1 }, by: .officer)
            let sweep = DeskSweep(spine: yard.spine, hours: try DeskHours(yard.citizen.handbook))
            yard.clock.advance(by: DeskSweep.memory - 60)
            await sweep.sweep()
            #expect(try await find(yard, "one").content != nil)
            yard.clock.advance(by: 120)
            await sweep.sweep()
            await sweep.sweep()
            let after = try await find(yard, "one")
            #expect(after.content == nil && after.phone == nil && after.wish == nil && after.outcome == .solved)
            #expect(try await yard.store.read { try HandoverTable.lines(of: "one", in: $0) }.isEmpty)
            let vault = try await yard.store.read {
                try $0.query("SELECT 1 AS one FROM record_vault WHERE subject = 'caller-one'").count
            }
            #expect(vault == 0)
            #expect(try await yard.events().count { $0.type == DeskEvents.forgotten } == 1)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("that the machine filed what nobody wanted is told at once to whoever watches over it")
    func wrong() async throws {
        try await Yard.with { yard in
            let dialogue = Identifier()
            try await ask(yard, dialogue.description)
            let act = Identifier()
            try await yard.district.record(
                [AIUseActed(Conversations.useID, act: act).draft],
                origin: Origin(author: .system("test"), correlation: dialogue))
            let one: [String: JSON] = ["handover": .string(dialogue.description)]
            try await yard.perform("citizen.handover.take", one, by: .officer)
            try await yard.perform(
                "citizen.handover.finish",
                one.merging(["outcome": "solved", "failure": "wrong-commit"]) { $1 }, by: .officer)
            let judged = try #require(try await yard.events().compactMap { AIUseJudged($0) }.last)
            #expect(judged.use == Conversations.useID && judged.verdict == .wrong && judged.act == act)
            #expect(judged.groups == ["language": "ko", "channel": "voice"])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a call is promised for a time to come, and not given up before the third try")
    func calls() async throws {
        try await Yard.with { yard in
            try await ask(yard, "late", isOpen: false, phone: "01055501234")
            #expect(try await find(yard, "late").state == .callback)
            #expect(try await find(yard, "late").phone == "01055501234")
            try await yard.perform("citizen.handover.take", ["handover": "late"], by: .officer)
            let finish: [String: JSON] = ["handover": "late", "outcome": "unreached", "failure": "none"]
            for _ in 0..<Handover.patience {
                #expect(
                    try await yard.refusal("citizen.handover.finish", finish, by: .officer)?.code == "callback.too-few")
                try await yard.perform(
                    "citizen.callback.try", ["handover": "late", "result": "no-answer"], by: .officer)
            }
            let again: [String: JSON] = [
                "handover": "late", "phone": "02-123-4567", "due": "2026-11-21T15:00:00+09:00",
            ]
            for (field, wrong, code) in [
                ("phone", "12", "callback.phone"), ("due", "2026-11-20T15:00:00+09:00", "callback.past"),
            ] {
                let values = again.merging([field: .string(wrong)]) { $1 }
                #expect(try await yard.refusal("citizen.callback.arrange", values, by: .officer)?.code == code)
            }
            try await yard.perform("citizen.callback.arrange", again, by: .officer)
            let late = try await find(yard, "late")
            #expect(late.state == .callback && late.phone == "021234567" && late.tries == Handover.patience)
            #expect(late.due == Timestamp(iso8601: "2026-11-21T15:00:00+09:00"))
            try await yard.perform("citizen.handover.take", ["handover": "late"], by: .officer)
            try await yard.perform("citizen.handover.finish", finish, by: .officer)
            #expect(try await find(yard, "late").outcome == .unreached)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("the zone's desk is the zone's: no firm sees who waits")
    func tenancy() async throws {
        try await Yard.with { yard in
            try await ask(yard, "one")
            let firm = try Caller.manager("alfa").tenant
            #expect(try await yard.store.read { try HandoverTable.find("one", for: firm, in: $0) } == nil)
            #expect(try await yard.store.read { try HandoverTable.all(.waiting, for: firm, in: $0) }.isEmpty)
            #expect(try await yard.store.read { try HandoverTable.count(.waiting, for: firm, in: $0) } == 0)
        }
    }

    @Test("the sample is founded once, and says nothing of anybody who lives")
    func sample() async throws {
        try await Yard.with(isSample: true) { yard in
            try await DeskSample.found(yard.spine, seed: 1)
            let before = try await yard.events().count
            try await DeskSample.found(yard.spine, seed: 1)
            #expect(try await yard.events().count == before)
            let tenant = try Caller.officer.tenant
            #expect(try await yard.store.read { try HandoverTable.count(.waiting, for: tenant, in: $0) } == 2)
            #expect(try await yard.store.read { try HandoverTable.count(.callback, for: tenant, in: $0) } == 1)
            let ends = try await yard.store.read {
                try EndingTable.since(Timestamp(microseconds: 0), for: tenant, in: $0)
            }
            #expect(ends.count == 40 && DeskFigures(ends: ends).completion.count > 20)
            #expect(try await yard.rebuildsAlike())
        }
    }
}
