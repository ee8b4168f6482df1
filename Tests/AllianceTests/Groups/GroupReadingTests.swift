import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Alliance

@Suite("Who reads names, how much a page shows, and whom a slip is told", .serialized)
struct GroupReadingTests {
    private static func signIn(_ caller: Caller, _ yard: Yard) async throws -> [(String, String)] {
        let (person, now) = (try #require(caller.person), yard.clock.read())
        let opened = try await yard.store.write {
            try Sessions.open(person, address: "127.0.0.1", agent: "test", at: now, in: $0)
        }
        return [("Cookie", "slipway_session=\(opened.token)")]
    }

    private static func count(_ part: String, in text: String) -> Int {
        text.split(separator: part, omittingEmptySubsequences: false).count - 1
    }

    @Test("names are read by the zone, by firms' people and by members; by no citizen, no guest and no token")
    func names() async throws {
        try await GroupYard.with { one in
            let yard = one.yard
            let (citizen, guest, member) = (
                Caller.person("citizen", [.citizen]), Caller.person("guest", [.guest], firm: "firm-b"),
                Caller.person("professor", [.citizen])
            )
            for caller in [citizen, guest, member] { try await yard.enrol(caller) }
            try await yard.perform(
                JoinGroup.name,
                ["group": .string(one.group), "sector": "academia", "organisation": "남해대", "person": "professor"],
                by: .officer)
            let late = try await one.set(["agreed": "2026-11-01", "due": "2026-11-18", "owner": .string(one.outsider)])
            let readers = [Caller.officer, GroupYard.chairman, GroupYard.stranger, member]
            var cookies: [(Caller?, [(String, String)], Bool)] = [(nil, [], false)]
            for caller in readers { cookies.append((caller, try await Self.signIn(caller, yard), true)) }
            for caller in [citizen, guest] { cookies.append((caller, try await Self.signIn(caller, yard), false)) }
            let visits = cookies
            try await serving(yard.spine, rooms: [try Alliance()]) { served in
                for (caller, cookie, reads) in visits {
                    for path in ["groups/\(one.group)", "milestones/\(late)", "roadmap"] {
                        let page = try await served.client.send("GET", "/alliance/\(path)", cookie)
                        let who = caller?.name ?? "nobody"
                        #expect(page.status == 200 && page.text.contains("남해대"), "\(path) \(who)")
                        #expect(page.text.contains("홍길동") == reads, "\(path) \(who)")
                    }
                }
            }
            let token = Caller.system("token")
            #expect(!NameReading(token, []).reads(one.group), "a program reads no names")
        }
    }

    @Test("a page shows so many late milestones and rows, and the rest on the next")
    func bounds() async throws {
        try await GroupYard.with { one in
            let drafts = (0..<60).map { index in
                RoadmapTests.milestone(
                    "m\(index)", due: Int64(index) - 19_000, needs: index > 0 && index < 30 ? ["m0"] : [], work: 1,
                    group: one.group
                ).setting(agreed: nil)
            }
            try await one.yard.district.record(drafts, origin: Origin(author: .system("test")))
            try await serving(one.yard.spine, rooms: [try Alliance()]) { served in
                for path in ["/alliance/roadmap", "/alliance/groups/\(one.group)"] {
                    let first = try await served.client.send("GET", path).text
                    #expect(Self.count("panel groups-late", in: first) == 20, "\(path)")
                    #expect(Self.count("<th scope=\"row\"><a href=\"/alliance/milestones/", in: first) == 50, "\(path)")
                    #expect(first.contains("page=2") && first.contains("40"))
                    let second = try await served.client.send("GET", "\(path)?page=2").text
                    #expect(
                        Self.count("<th scope=\"row\"><a href=\"/alliance/milestones/", in: second) == 10, "\(path)")
                    #expect(second.contains(">60 m59<"))
                }
            }
        }
    }

    @Test("the plan is kept until a milestone changes or the day does")
    func shelf() async throws {
        try await GroupYard.with { one in
            let id = try await one.set()
            let (shelf, today) = (RoadmapShelf(), KoreanDay(one.yard.clock.read()))
            func due(on day: KoreanDay) async throws -> String? {
                try await one.yard.store.read {
                    try RoadmapBook(on: day, shelf: shelf, in: $0).milestones.first?.due.description
                }
            }
            #expect(try await due(on: today) == "2026-12-31")
            // Behind the log's back: what is kept is not read again.
            try await one.yard.store.write {
                _ = try $0.execute("UPDATE alliance_groups_milestones SET due = due + 1 WHERE id = ?", [.text(id)])
            }
            #expect(try await due(on: today) == "2026-12-31")
            #expect(try await due(on: today + 1) == "2027-01-01", "another day is worked out anew")
            try await one.yard.perform(
                MoveMilestone.name, ["milestone": .string(id), "due": "2027-02-01", "reason": "납기"],
                by: GroupYard.worker)
            let book = try await one.yard.store.read { try RoadmapBook(on: today, shelf: shelf, in: $0) }
            #expect(book.milestones.first?.due.description == "2027-02-01")
            #expect(book.expected == book.roadmap.expected(on: today) && book.expected.count == 1)
        }
    }

    @Test("what nobody else can be told of is told to the zone's officers")
    func unheard() async throws {
        try await GroupYard.with { one in
            let yard = one.yard
            let owned = try await one.set(["agreed": "2026-11-01", "due": "2026-11-18"])
            let outside = try await one.set(
                ["agreed": "2026-11-01", "due": "2026-11-19", "owner": .string(one.outsider)])
            func told() async throws -> (owner: [String], chair: [String], officer: [String]) {
                let today = KoreanDay(yard.clock.read())
                return try await yard.store.read { reader in
                    (
                        try GroupTasks.milestones(of: "owner", in: reader).map(\.id),
                        try GroupTasks.milestones(of: "chair", in: reader).map(\.id),
                        try GroupTasks.unheard(by: .officer, on: today, in: reader).map(\.id)
                    )
                }
            }
            var now = try await told()
            #expect(now.owner == [owned] && now.chair == [outside] && now.officer.isEmpty)
            func leave(_ caller: Caller) async throws {
                let person = Person(
                    id: try #require(caller.person), name: "x", firm: caller.firm, roles: caller.roles)
                try await yard.district.record(
                    [AccessEvents.personLeft(person)], origin: Origin(author: .system("test")))
            }
            try await leave(GroupYard.worker)
            now = try await told()
            #expect(now.chair == [owned, outside] && now.officer.isEmpty, "the chair has what an owner left behind")
            try await leave(GroupYard.chairman)
            now = try await told()
            #expect(now.officer == [owned, outside])
            let today = KoreanDay(yard.clock.read())
            let others = try await yard.store.read { reader in
                try [GroupYard.stranger, .system("test"), .anonymous()].flatMap {
                    try GroupTasks.unheard(by: $0, on: today, in: reader)
                }
            }
            #expect(others.isEmpty)
            let officer = try await Self.signIn(.officer, yard)
            try await serving(yard.spine, rooms: [try Alliance()]) { served in
                let home = try await served.client.send("GET", "/", officer).text
                #expect(home.contains("알릴 수 없는 이정표가 늦어졌습니다"))
                let list = try await served.client.send("GET", "/alliance/milestones", officer).text
                #expect(
                    list.contains("/alliance/milestones/\(owned)") && list.contains("/alliance/milestones/\(outside)"))
            }
        }
    }

    @Test(
        "an outsider's name is erased from vault and table when they leave or ask for it", arguments: StoreUnderTest.all
    )
    func erased(on kind: StoreUnderTest) async throws {
        try await GroupYard.with(kind) { one in
            let yard = one.yard
            try await yard.perform(
                JoinGroup.name,
                ["group": .string(one.group), "sector": "research", "organisation": "연구원", "name": "김외부"],
                by: GroupYard.chairman)
            let second = try await yard.last(GroupEvents.joined)?.payload["member"]?.text ?? ""
            func kept(_ member: String) async throws -> (name: String?, vault: Int64, isActive: Bool?) {
                try await yard.store.read { reader in
                    let vault = try reader.first(
                        "SELECT COUNT(*) AS many FROM record_vault WHERE subject = ?",
                        [.text(GroupEvents.subject(member).rawValue)])
                    let found = try GroupTable.member(member, in: reader)
                    return (found?.name, try vault?.integer("many") ?? 0, found?.isActive)
                }
            }
            var now = try await kept(second)
            #expect(now.name == "김외부" && now.vault == 1)
            let member = { (id: String) -> [String: JSON] in ["member": .string(id)] }
            for (id, caller, code) in [
                ("nobody", GroupYard.chairman, "member.unknown"), (second, GroupYard.worker, "group.chair"),
                (one.owner, GroupYard.chairman, "member.nameless"),
            ] { #expect(try await yard.refusal(EraseMember.name, member(id), by: caller)?.code == code) }
            try await yard.perform(EraseMember.name, member(second), by: GroupYard.chairman)
            now = try await kept(second)
            #expect(now.name == nil && now.vault == 0 && now.isActive == true)
            #expect(
                try await yard.refusal(EraseMember.name, member(second), by: GroupYard.chairman)?.code
                    == "member.nameless")
            try await yard.perform(LeaveGroup.name, member(one.outsider), by: GroupYard.chairman)
            now = try await kept(one.outsider)
            #expect(now.name == nil && now.vault == 0 && now.isActive == false)
            #expect(try await yard.rebuildsAlike())
        }
    }
}
