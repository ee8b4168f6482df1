import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Stewardship

@Suite("Appeals and incidents")
struct AppealTests {
    static let text = "우리 어머니 김복순 씨의 신청이 거절되었습니다"

    func submit(_ yard: Yard, _ values: [String: JSON] = [:], by caller: Caller = .anonymous()) async throws -> Appeal {
        let outcome = try await yard.perform(
            "stewardship.appeal.submit",
            ["text": .string(Self.text), "use": "mill.grain", "wish": "person"].merging(values) { $1 }, by: caller)
        let id = Appeal.id(try #require(outcome.events.first).stream)
        return try #require(try await yard.store.read { try AppealTable.find(id: id, in: $0) })
    }

    /// The code that whoever objected is told.
    func code(_ yard: Yard, _ event: Event) async throws -> String? {
        try await yard.store.read { try yard.district.payload(of: event, in: $0)["code"]?.text }
    }

    @Test("anybody objects; the words stand in the vault alone, and are forgotten with their key")
    func vault() async throws {
        try await Yard.with { yard in
            let appeal = try await submit(yard, ["contact": "010-1234-5678"])
            #expect(appeal.text == Self.text && appeal.contact == "010-1234-5678")
            #expect(appeal.due.description == "2026-12-05")
            let event = try #require(try await yard.events().last { $0.type == AppealEvents.submitted })
            let shown = JSON.object(event.payload).canonicalText
            #expect(!shown.contains("김복순") && !shown.contains("1234"))
            let code = try #require(try await code(yard, event))
            #expect(code.utf8.count >= 22)
            let log = yard.district.log
            _ = try await yard.store.write { try log.erase(Appeal.subject(appeal.id), in: $0) }
            _ = try await yard.district.rebuild()
            let after = try #require(try await yard.store.read { try AppealTable.find(code: code, in: $0) })
            #expect(after.text == nil && after.contact == nil && after.wish == .person)
        }
    }

    @Test("a resident number is taken out before anything is kept, however it is written")
    func resident() async throws {
        for number in ["480305-2123456", "4803052123456", "480305 – 2123456", "４８０３０５-２１２３４５６"] {
            #expect(ResidentNumber.masked("제 번호 \(number)입니다") == "제 번호 [주민등록번호]입니다", "\(number)")
        }
        for other in ["010-1234-5678", "2026-11-21 09:00", "489905-2123456", "14803052123456", "접수 261121-613939"] {
            #expect(ResidentNumber.masked(other) == other)
        }
        try await Yard.with { yard in
            let appeal = try await submit(
                yard, ["text": "주민번호 480305-2123456로 신청했어요", "contact": "480305-2123456"])
            #expect(appeal.text == "주민번호 [주민등록번호]로 신청했어요" && appeal.contact == "[주민등록번호]")
            try await yard.perform(
                "stewardship.appeal.answer",
                ["appeal": .string(appeal.id), "outcome": "upheld", "answer": "4803052123456 확인"], by: .first)
            #expect(try await yard.store.read { try AppealTable.find(id: appeal.id, in: $0)?.answer } == "[주민등록번호] 확인")
        }
    }

    @Test(
        "whoever answers reads what they answer; the owner is offered no answer; citizens choose among what /ai shows")
    func pages() async throws {
        try await Yard.with { yard in
            try await yard.step(.describe, Yard.described)
            let (appeal, page) = (try await submit(yard, ["contact": "010-1234-5678"]), Shown(yard))
            let form = try await page.of("/stewardship/appeals/{appeal}/answer", appeal.id)
            #expect(form.contains(Self.text) && form.contains("010-1234-5678") && form.contains("value=\"partly\""))
            let list = try await page.of("/stewardship/appeals")
            #expect(
                list.contains("/stewardship/appeals/\(appeal.id)/answer") && !list.contains("\(appeal.id.suffix(6)) ·"))
            let owned = try await page.of("/stewardship/appeals", by: .owner)
            #expect(!owned.contains("/answer\"") && owned.contains("담당자가 아닌 사람이 답합니다"))
            await #expect { try await page.of("/stewardship/appeals/{appeal}/answer", appeal.id, by: .owner) } throws: {
                ($0 as? Refusal)?.code == "appeal.owner"
            }
            let offered = try await page.of("/ai/appeal", by: .anonymous())
            #expect(offered.contains("value=\"mill.grain\"") && !offered.contains("value=\"mill.outside\""))
        }
    }

    @Test("answered by a person who is not the owner, once; counted for the register", arguments: StoreUnderTest.all)
    func answer(kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            try await yard.step(.describe, Yard.described)
            let appeal = try await submit(yard)
            let answer = "stewardship.appeal.answer"
            let values: [String: JSON] = [
                "appeal": .string(appeal.id), "outcome": "partly", "answer": "사람이 다시 살펴보았습니다.",
            ]
            #expect(try await yard.refusal(answer, values, by: .citizen)?.kind == .forbidden)
            #expect(try await yard.refusal(answer, values, by: .owner)?.code == "appeal.owner")
            let today = KoreanDay(yard.clock.read())
            let waiting = try await yard.store.read { try AppealTable.counts(of: "mill.grain", on: today, in: $0) }
            #expect(waiting == AppealTable.Counts(all: 1, answered: 0, upheld: 0, overdue: 0))
            let late = try await yard.store.read { try AppealTable.counts(on: today + 15, in: $0) }
            #expect(late.overdue == 1)
            try await yard.perform(answer, values, by: .first)
            #expect(try await yard.refusal(answer, values, by: .second)?.code == "appeal.answered")
            let after = try await yard.store.read { try AppealTable.find(id: appeal.id, in: $0) }
            #expect(after?.outcome == .partly && after?.answer == "사람이 다시 살펴보았습니다.")
            let counts = try await yard.store.read { try AppealTable.counts(of: "mill.grain", on: today + 30, in: $0) }
            #expect(counts == AppealTable.Counts(all: 1, answered: 1, upheld: 1, overdue: 0))
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("overdue ones stand first")
    func order() async throws {
        try await Yard.with { yard in
            let first = try await submit(yard)
            yard.clock.advance(by: 86_400 * 3)
            let second = try await submit(yard)
            try await yard.perform(
                "stewardship.appeal.answer",
                ["appeal": .string(first.id), "outcome": "upheld", "answer": "네"], by: .first)
            let third = try await submit(yard)
            let page = try await yard.store.read { try AppealTable.page(limit: 10, offset: 0, in: $0) }
            #expect(Set(page.rows.prefix(2).map(\.id)) == [second.id, third.id])
            #expect(page.rows.last?.id == first.id)
        }
    }

    @Test("a use that nobody knows is refused; none at all is not")
    func use() async throws {
        try await Yard.with { yard in
            let values: [String: JSON] = ["text": "이상합니다", "use": "nobody.knows"]
            let refusal = try await yard.refusal("stewardship.appeal.submit", values, by: .anonymous())
            #expect(refusal?.code == "appeal.use")
            let other = try await yard.refusal("stewardship.appeal.submit", ["text": "이상합니다"], by: .anonymous())
            #expect(other == nil)
        }
    }

    @Test("an incident is reported on a day that was, closed once, and counted", arguments: StoreUnderTest.all)
    func incident(kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let (report, close) = ("stewardship.incident.report", "stewardship.incident.close")
            let values: [String: JSON] = [
                "use": "mill.grain", "happened": "2026-11-20", "harm": "nuisance", "text": "두 번 접수됨",
            ]
            #expect(
                try await yard.refusal(report, values.merging(["happened": "2026-11-22"]) { $1 }, by: .first)?.code
                    == "incident.day")
            #expect(
                try await yard.refusal(report, values.merging(["use": "no.use"]) { $1 }, by: .first)?.code
                    == "use.unknown")
            #expect(try await yard.refusal(report, values, by: .citizen)?.kind == .forbidden)
            try await yard.perform(report, values, by: .first)
            let incidents = try await yard.store.read { try AIIncidentTable.list(of: "mill.grain", in: $0) }
            let incident = try #require(incidents.first)
            #expect(incident.text == "두 번 접수됨" && incident.closed == nil)
            let closing: [String: JSON] = ["incident": .string(incident.id), "measures": "하나를 취소함"]
            try await yard.perform(close, closing, by: .second)
            #expect(try await yard.refusal(close, closing, by: .second)?.code == "incident.closed")
            let counts = try await yard.store.read { try AIIncidentTable.counts(of: "mill.grain", in: $0) }
            #expect(counts.all == 1 && counts.open == 0)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "the code stands nowhere but in the vault, and whoever objects is named nowhere at all",
        arguments: StoreUnderTest.all)
    func secret(kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let appeal = try await submit(yard, by: .citizen)
            let event = try #require(try await yard.last(AppealEvents.submitted))
            let code = try #require(try await code(yard, event))
            #expect(event.author == .system("confidential"))
            let dump = try await yard.district.dump()
            #expect(!"\(dump)".contains(code) && !"\(event)".contains(code))
            let rows = "\(dump["stewardship_appeals"] ?? [])"
            #expect(rows.contains(appeal.id) && !rows.contains("citizen") && !"\(event)".contains("citizen"))
            let requests = try await yard.store.read { try $0.query("SELECT * FROM district_requests").map(\.values) }
            #expect(!"\(requests)".contains(code) && !"\(requests)".contains("citizen"))
            let (opened, named) = try await yard.store.read {
                (try AppealTable.find(code: code, in: $0), try AppealTable.find(code: appeal.id, in: $0))
            }
            #expect(opened?.id == appeal.id && named == nil)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("an objection from before still opens with its code, and is answered", arguments: StoreUnderTest.all)
    func old(kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let code = Secret.code()
            try await yard.district.record(
                [
                    Draft(
                        AppealEvents.submitted, stream: "appeal/\(code)", scope: .zone,
                        payload: ["wish": "person", "due": "2026-12-05", "edition": "x", "use": "mill.grain"],
                        personal: ["text": PersonalContent(of: PersonID("appeal-\(code)"), "옛 이의")])
                ], origin: Origin(author: .system("anonymous")))
            try await yard.perform(
                "stewardship.appeal.answer", ["appeal": .string(code), "outcome": "rejected", "answer": "아니오"],
                by: .first)
            let appeal = try await yard.store.read { try AppealTable.find(code: code, in: $0) }
            #expect(appeal?.text == "옛 이의" && appeal?.answer == "아니오")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("an upheld objection and an incident name the act that was wrong; it is judged once, with its groups")
    func wrongAct() async throws {
        try await Yard.with { yard in
            let acts = try await yard.district.record(
                [
                    Draft("mill.sorted", stream: "grain/1", scope: .zone),
                    AIUseJudged("mill.grain", .kept, groups: ["age": "70+"]).draft,
                ], origin: Origin(author: .model("mill.grain")))
            let act = try #require(acts.first)
            let other = try await yard.district.record(
                [Draft("mill.swept", stream: "floor/1", scope: .zone)], origin: Origin(author: .system("mill")))
            let appeal = try await submit(yard)
            func answer(_ act: String, _ outcome: JSON = "upheld") async throws -> Refusal? {
                try await yard.refusal(
                    "stewardship.appeal.answer",
                    ["appeal": .string(appeal.id), "outcome": outcome, "answer": "맞습니다", "act": .string(act)],
                    by: .first)
            }
            for wrong in ["nonsense", "\(Identifier())", "\(try #require(other.first).id)"] {
                let refused = try await answer(wrong)
                #expect(refused?.code == "act.unknown" && refused?.faults.first?.field == "act", "\(wrong)")
            }
            #expect(try await yard.flags().isEmpty)
            // The address of its trace is as good as its number.
            #expect(try await answer("https://city.example/trace/\(act.correlation)?x=1") == nil)
            let judged = try #require(try await yard.last(AIUseJudged.type).flatMap { AIUseJudged($0) })
            #expect(judged.verdict == .wrong && judged.act == act.id && judged.groups == ["age": "70+"])
            #expect(try await yard.last(AIUseJudged.type)?.cause == act.id)
            #expect(try await yard.flags().map(\.rule) == [.wrong])
            let incident: [String: JSON] = [
                "use": "mill.grain", "happened": "2026-11-20", "harm": "nuisance", "text": "두 번 접수됨",
                "act": .string(act.id.description),
            ]
            try await yard.perform("stewardship.incident.report", incident, by: .first)
            let wrong = try await yard.events().compactMap { AIUseJudged($0) }.filter { $0.verdict == .wrong }
            #expect(wrong.count == 1)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what was done by its help is its act too; an incident without one judges nothing")
    func helped() async throws {
        try await Yard.with { yard in
            let done = try #require(
                try await yard.district.record(
                    [Draft("mill.ordered", stream: "order/1", scope: .zone)], origin: Origin(author: .system("desk"))
                ).first)
            try await yard.district.record(
                [AIUseActed("mill.grain", act: done.id).draft],
                origin: Origin(author: .system("desk"), correlation: done.correlation, cause: done.id))
            var incident: [String: JSON] = [
                "use": "mill.grain", "happened": "2026-11-20", "harm": "nuisance", "text": "두 번 접수됨",
            ]
            try await yard.perform("stewardship.incident.report", incident, by: .first)
            #expect(try await yard.flags().isEmpty)
            incident["act"] = .string(done.id.description)
            try await yard.perform("stewardship.incident.report", incident, by: .first)
            #expect(try await yard.flags().map(\.rule) == [.wrong])
            let judged = try await yard.events().compactMap { AIUseJudged($0) }
            #expect(judged.map(\.act) == [done.id])
        }
    }
}
