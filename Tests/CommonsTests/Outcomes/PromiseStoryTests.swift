import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Commons

@Suite("Promises, and the milestones that keep them", .serialized)
struct PromiseStoryTests {
    private static let office = Origin(author: .system("test"))

    /// A proposal that was found feasible, and the process it belongs to.
    private func accepted(_ one: CommonsYard) async throws -> String {
        let proposal = try await one.propose(in: try await one.open())
        _ = try await one.perform(
            JudgeProposal.name, ["proposal": proposal, "verdict": "feasible", "reason": "관제에서 바꿀 수 있습니다."],
            by: .officer)
        return proposal
    }

    private func promise(_ one: CommonsYard, _ more: [String: JSON]) async throws -> String {
        let values: [String: JSON] = ["title": "건널목 앞 정지", "summary": "로봇이 건널목 앞에서 멈춥니다."]
        return one.id(try await one.yard.perform(MakePromise.name, values.merging(more) { $1 }, by: .officer))
    }

    private func item(_ id: String, _ one: CommonsYard) async throws -> Promise {
        try #require(try await one.yard.store.read { try OutcomeTable.item(id, in: $0) })
    }

    /// What Alliance tells, as it tells it.
    private func tell(
        _ change: MilestoneChanged.Change, of promise: String?, due: String, milestone: String = "m-1",
        reason: String? = nil, _ one: CommonsYard
    ) async throws -> [Event] {
        var payload: [String: JSON] = [
            "milestone": .string(milestone), "title": Words("정지", "Stop").json, "group": "g-1", "due": .string(due),
        ]
        payload["promise"] = promise.map { .string($0) }
        payload["reason"] = reason.map { .string($0) }
        return try await one.yard.district.record(
            [Draft(change.type, stream: "milestone/\(milestone)", scope: .everyone, payload: payload)],
            origin: Self.office)
    }

    private func form(_ one: CommonsYard) async throws {
        try await one.yard.district.record(
            [
                Draft(
                    WorkingGroupFormed.type, stream: "working-group/g-1", scope: .everyone,
                    payload: ["group": "g-1", "title": Words("로봇 분과", "Robots group").json])
            ], origin: Self.office)
    }

    @Test(
        "a milestone keeps the promise: its day moves there alone, citizens read why, and an officer ends it",
        arguments: StoreUnderTest.all)
    func story(on kind: StoreUnderTest) async throws {
        try await CommonsYard.with(kind) { one in
            let proposal = try await accepted(one)
            let id = try await promise(
                one, ["proposal": .string(proposal), "group": "g-1", "due": "2027-03-01", "planned": "500"])
            let made = try #require(try await one.yard.last(PromiseMade.type).flatMap { PromiseMade($0) })
            #expect(made.promise == id && made.group == "g-1" && made.due == "2027-03-01" && made.proposal == proposal)
            #expect(try await item(id, one).lacksMilestone, "no group has answered yet")
            _ = try await tell(.set, of: id, due: "2027-03-01", one)
            let kept = try await item(id, one)
            #expect(kept.milestone == "m-1" && kept.isGroups && !kept.lacksMilestone && kept.percent == nil)
            for (name, more) in [
                ("slip", ["due": "2027-04-01", "said": "?"]), ("end", ["state": "done", "said": "?"]),
                ("entrust", ["group": "g-2"]),
            ] as [(String, [String: JSON])] {
                #expect(
                    try await one.code(
                        "commons.outcome.\(name)", more.merging(["item": .string(id)]) { $1 }, by: .officer)
                        == "outcome.milestone", "\(name)")
            }
            let told = try await tell(.moved, of: id, due: "2027-05-01", reason: "부품이 늦습니다.", one)
            #expect(told.map(\.type) == [MilestoneChanged.Change.moved.type, OutcomeTable.slipped], "and nothing more")
            #expect(told.last?.cause == told.first?.id && told.last?.correlation == told.first?.correlation)
            let moved = try await item(id, one)
            #expect(moved.due == "2027-05-01" && moved.firstDue == "2027-03-01" && moved.moves == 1)
            #expect(
                try await tell(.slipped, of: id, due: "2027-05-01", one).last?.type == OutcomeTable.late)
            // Another milestone, and one that keeps no promise, tell nothing.
            #expect(
                try await tell(.moved, of: id, due: "2028-01-01", milestone: "m-9", reason: "?", one).count == 1)
            #expect(try await tell(.moved, of: nil, due: "2028-01-01", reason: "?", one).count == 1)
            #expect(try await tell(.moved, of: "none", due: "2028-01-01", reason: "?", one).count == 1)
            #expect(try await item(id, one) == moved.later(try await item(id, one).changed))
            #expect(try await tell(.reached, of: id, due: "2027-05-01", one).last?.type == OutcomeTable.reached)
            let done = try await item(id, one)
            #expect(done.step == .reached && done.isGoing && !done.canBeEntrusted, "the officer says how it ended")
            #expect(
                try await one.code(EntrustPromise.name, ["item": .string(id), "group": "g-2"], by: .officer)
                    == "outcome.reached")
            #expect(
                try await one.code(
                    "commons.outcome.end", ["item": .string(id), "state": "done", "said": "다 했습니다."], by: .officer)
                    == nil)
            #expect(try await tell(.moved, of: id, due: "2029-01-01", reason: "?", one).count == 1, "it is over")
            let kinds = try await one.yard.store.read { try OutcomeTable.news(of: id, in: $0) }.map(\.kind)
            #expect(
                Set(kinds) == [
                    OutcomeTable.promised, MilestoneChanged.Change.set.type, OutcomeTable.slipped, OutcomeTable.late,
                    OutcomeTable.reached, OutcomeTable.ended,
                ])
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("one that the group gave up is given to another; one that a vote chose is given to a group with its day")
    func entrusted() async throws {
        try await CommonsYard.with { one in
            let id = try await promise(one, ["group": "g-1", "due": "2027-03-01"])
            _ = try await tell(.set, of: id, due: "2027-03-01", one)
            let told = try await tell(.dropped, of: id, due: "2027-03-01", reason: "예산이 없습니다.", one)
            #expect(told.last?.type == OutcomeTable.abandoned && told.last?.payload["said"] == "예산이 없습니다.")
            #expect(try await item(id, one).canBeEntrusted)
            func entrust(_ more: [String: JSON]) async throws -> String? {
                try await one.code(
                    EntrustPromise.name, ["item": .string(id), "group": "g-2"].merging(more) { $1 }, by: .officer)
            }
            #expect(try await entrust(["due": "2027-09-01"]) == "due.told", "its day changes with a reason alone")
            #expect(try await entrust([:]) == nil)
            let again = try #require(try await one.yard.last(PromiseMade.type).flatMap { PromiseMade($0) })
            #expect(again.promise == id && again.group == "g-2" && again.due == "2027-03-01")
            let now = try await item(id, one)
            #expect(now.group == "g-2" && now.lacksMilestone && now.firstDue == "2027-03-01")
            _ = try await tell(.set, of: id, due: "2027-03-01", milestone: "m-2", one)
            #expect(
                try await tell(.moved, of: id, due: "2028-01-01", reason: "?", one).count == 1, "the first is no more")
            let free = try await promise(one, [:])
            #expect(
                try await one.code(EntrustPromise.name, ["item": .string(free), "group": "g-1"], by: .officer)
                    == "due.required")
            #expect(
                try await one.code(
                    EntrustPromise.name, ["item": .string(free), "group": "g-1", "due": "2027-01-01"], by: .officer)
                    == nil)
            one.yard.clock.set("2027-02-01T09:00:00+09:00")
            #expect(
                try await one.code(EntrustPromise.name, ["item": .string(free), "group": "g-2"], by: .officer)
                    == "due.over")
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("what is refused: no proposal, one not found feasible or promised already, a group without a day, a day gone")
    func refused() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open()
            let proposal = try await one.propose(in: process)
            func code(_ more: [String: JSON], by caller: Caller = .officer) async throws -> String? {
                try await one.code(
                    MakePromise.name, ["title": "쉼터", "summary": "그늘"].merging(more) { $1 }, by: caller)
            }
            #expect(try await code([:], by: CommonsYard.ann) == "access.forbidden")
            #expect(try await code(["vote": "none"]) == "vote.unknown")
            #expect(try await code(["proposal": "none"]) == "proposal.unknown")
            #expect(try await code(["proposal": .string(proposal)]) == "proposal.unaccepted")
            #expect(try await code(["group": "g-1"]) == "due.required")
            #expect(try await code(["due": "곧"]) == "outcome.day")
            #expect(try await code(["due": "2026-11-20"]) == "due.past")
            _ = try await one.perform(
                JudgeProposal.name, ["proposal": proposal, "verdict": "feasible", "reason": "됩니다."], by: .officer)
            #expect(try await code(["proposal": .string(proposal)]) == nil)
            #expect(try await code(["proposal": .string(proposal)]) == "proposal.promised")
            #expect(
                try await one.code(
                    EntrustPromise.name, ["item": "none", "group": "g-1", "due": "2027-01-01"], by: .officer)
                    == "outcome.unknown")
            #expect(
                try await one.code(EntrustPromise.name, ["item": "none", "group": "g-1"], by: CommonsYard.ann)
                    == "access.forbidden")
        }
    }

    @Test("what became of a proposal stands on its page, on its author's and followers' page, in every kind of data")
    func pages() async throws {
        try await CommonsYard.with { one in
            let (yard, room) = (one.yard, try Commons())
            let proposal = try await accepted(one)
            _ = try await one.perform(SupportProposal.follow, ["proposal": proposal], by: CommonsYard.bo)
            try await form(one)
            var cookies: [String: [(String, String)]] = [:]
            for caller in [Caller.officer, CommonsYard.ann, CommonsYard.bo, CommonsYard.cho] {
                let (person, now) = (try #require(caller.person), yard.clock.read())
                let opened = try await yard.store.write {
                    try Sessions.open(person, address: "127.0.0.1", agent: "test", at: now, in: $0)
                }
                cookies[person.rawValue] = [("Cookie", "slipway_session=\(opened.token)")]
            }
            let officer = cookies[try #require(Caller.officer.person).rawValue] ?? []
            let known = cookies
            let page = "/commons/proposals/\(proposal)"
            try await serving(yard.spine, rooms: [room]) { served in
                func text(_ path: String, _ cookie: [(String, String)] = []) async throws -> String {
                    try await served.client.send("GET", path, cookie + [("Accept-Language", "ko")]).text
                }
                #expect(try await text(page, officer).contains("/do/commons.outcome.promise?"), "the form, filled in")
                #expect(!(try await text(page).contains("/do/commons.outcome.promise")))
                let id = try await promise(
                    one, ["proposal": .string(proposal), "group": "g-1", "due": "2027-03-01", "planned": "7000"])
                #expect(try await text("/", officer).contains("분과 로드맵에 올라가지 않은 약속"))
                #expect(try await text("/commons/outcomes/\(id)", officer).contains("이정표가 올라가지 않았습니다"))
                #expect(!(try await text("/commons/outcomes/\(id)").contains("이정표가 올라가지 않았습니다")))
                _ = try await tell(.set, of: id, due: "2027-03-01", one)
                _ = try await tell(.moved, of: id, due: "2027-03-31", reason: "부품이 늦습니다.", one)
                let open = try await text(page)
                for said in ["2027-03-31", "2027-03-01", "30일 늦음", "7,000원", "아직 알리지 않음", "/alliance/milestones/m-1"] {
                    #expect(open.contains(said), "\(said)")
                }
                #expect(open.contains("로봇 분과") && !open.contains("알 수 없는 분과"))
                #expect(!(try await text(page, officer).contains("/do/commons.outcome.promise?")), "it is promised")
                for (who, sees) in [("ann", true), ("bo", true), ("cho", false)] {
                    let mine = try await text("/commons/mine", known[who] ?? [])
                    #expect(mine.contains("/commons/outcomes/\(id)") == sees, "\(who)")
                }
                let single = try await text("/commons/outcomes/\(id)")
                #expect(single.contains("로봇 분과") && single.contains("부품이 늦습니다."))
                #expect(single.contains("href=\"/trace/"))
                let list = try await text("/commons/outcomes")
                #expect(list.contains("0 % (1개 가운데 0개)") && list.contains("부품이 늦습니다.") && list.contains("30일"))
                let json = try JSON(parsing: try await served.client.send("GET", "/api/v1/commons/outcomes").body)
                let entry = try #require(json["outcomes"]?.elements?.first)
                #expect(entry["group"] == "g-1" && entry["milestone"] == "m-1" && entry["days_late"] == 30)
                #expect(entry["percent"] == .null && entry["spent"] == .null && entry["planned"] == "7000")
                #expect(json["kept"]?["judged"] == 1 && json["kept"]?["on_time_percent"] == 0)
                let story = try JSON(
                    parsing: try await served.client.send("GET", "/api/v1/commons/outcomes/\(id)").body)
                #expect(story["news"]?.elements?.count == 3)
                let csv = try await text("/api/v1/commons/outcomes?format=csv")
                #expect(csv.contains("days_late") && csv.contains("2027-03-31") && csv.contains("m-1"))
                let feed = try await text("/commons/outcomes/feed.atom")
                #expect(feed.contains("부품이 늦습니다.") && feed.contains("rel=\"via\"") && feed.contains("/trace/"))
                let choices = try await text("\(OutcomeAsk.choices)/proposal?q=\(proposal)", officer)
                #expect(choices.contains("건널목 앞에서 멈추기"))
                #expect(try await served.client.send("GET", "\(OutcomeAsk.choices)/none", officer).status == 404)
                #expect(try await served.client.send("GET", "/api/v1/commons/outcomes/none").status == 404)
                _ = try await tell(.reached, of: id, due: "2027-03-31", one)
                #expect(try await text("/", officer).contains("어떻게 끝났는지 알려 주세요"))
            }
        }
    }
}

extension Promise {
    /// The same, changed at another time.
    fileprivate func later(_ changed: Timestamp) -> Promise {
        Promise(
            id: id, title: title, summary: summary, vote: vote, option: option, proposal: proposal, planned: planned,
            spent: spent, percent: percent, due: due, firstDue: firstDue, state: state, ended: ended, group: group,
            groupName: groupName, milestone: milestone, step: step, moves: moves, promised: promised, changed: changed,
            isSample: isSample)
    }
}
