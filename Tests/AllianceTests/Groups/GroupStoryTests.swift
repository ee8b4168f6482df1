import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Alliance

/// A yard with a group: its chair and an owner are people, a third member is from outside.
struct GroupYard {
    let yard: Yard
    let group: String, chair: String, owner: String, outsider: String

    static let chairman = Caller.person("chair", [.executive], firm: "firm-a")
    static let worker = Caller.person("owner", [.worker], firm: "firm-a")
    static let stranger = Caller.executive("firm-b")

    /// Runs a body beside a group that has just been formed.
    static func with(_ kind: StoreUnderTest = .sqlite, _ body: (GroupYard) async throws -> Void) async throws {
        try await Yard.with([try Alliance()], on: kind) { yard in
            for firm in ["firm-a", "firm-b"] { try await yard.register(firm) }
            for caller in [.officer, chairman, worker, stranger] { try await yard.enrol(caller) }
            let formed = try await yard.perform(FormGroup.name, Self.form(), by: .officer)
            let group = Self.id(formed, GroupEvents.formed)
            let chair = try await yard.last(GroupEvents.joined)?.payload["member"]?.text ?? ""
            func join(_ more: [String: JSON]) async throws -> String {
                try await yard.perform(
                    JoinGroup.name,
                    ["group": .string(group), "sector": "academia", "organisation": "남해대"].merging(more) { $1 },
                    by: chairman)
                return try await yard.last(GroupEvents.joined)?.payload["member"]?.text ?? ""
            }
            // The chair's tenancy is a firm's: they take in people of their own.
            let owner = try await join(["person": "owner", "sector": "research"])
            let outsider = try await join(["name": "홍길동"])
            try await body(GroupYard(yard: yard, group: group, chair: chair, owner: owner, outsider: outsider))
        }
    }

    static func form(_ more: [String: JSON] = [:]) -> [String: JSON] {
        [
            "title": "로봇 분과", "title_en": "Robots group", "field": "robots", "purpose": "로봇을 들인다",
            "sector": "industry", "organisation": "가온", "person": "chair",
        ].merging(more) { $1 }
    }

    static func id(_ outcome: Outcome, _ type: String) -> String {
        let stream = outcome.events.first { $0.type == type }?.stream ?? ""
        return String(stream[(stream.firstIndex(of: "/").map { stream.index(after: $0) } ?? stream.startIndex)...])
    }

    func values(_ more: [String: JSON] = [:]) -> [String: JSON] {
        [
            "group": .string(group), "title": "시험장 개소", "title_en": "Test site opens", "layer": "resources",
            "owner": .string(owner), "due": "2026-12-31",
        ].merging(more) { $1 }
    }

    @discardableResult
    func set(_ more: [String: JSON] = [:], by caller: Caller = chairman) async throws -> String {
        Self.id(try await yard.perform(SetMilestone.name, values(more), by: caller), MilestoneChanged.Change.set.type)
    }

    func milestone(_ id: String) async throws -> Milestone? {
        try await yard.store.read { try MilestoneTable.find(id, in: $0) }
    }
}

@Suite("Working groups and their milestones", .serialized)
struct GroupStoryTests {
    @Test("each event is read back by its fact, and a rebuild gives the same tables", arguments: StoreUnderTest.all)
    func facts(on kind: StoreUnderTest) async throws {
        try await GroupYard.with(kind) { one in
            let yard = one.yard
            let formed = try #require(try await yard.last(GroupEvents.formed).flatMap { WorkingGroupFormed($0) })
            #expect(formed.group == one.group && formed.title == Words("로봇 분과", "Robots group"))
            #expect(formed.opportunity == nil)
            func fact(_ change: MilestoneChanged.Change) async throws -> MilestoneChanged {
                let fact = try #require(try await yard.last(change.type).flatMap { MilestoneChanged($0) })
                #expect(fact.change == change && fact.group == one.group)
                return fact
            }
            let id = try await one.set(["agreed": "2026-11-01", "due": "2026-11-20"])
            #expect(try await fact(.set).milestone == id)
            #expect(try await SlipService(district: yard.district).look() == 1)
            #expect(try await fact(.slipped).due == "2026-11-20")
            #expect(
                try await yard.last(MilestoneChanged.Change.slipped.type)?.author == .rule("alliance.milestone-slip"))
            try await yard.perform(
                ExplainSlip.name, ["milestone": .string(id), "reason": "전기 공사"], by: GroupYard.worker)
            #expect(try await one.milestone(id)?.why == "전기 공사")
            try await yard.perform(
                MoveMilestone.name, ["milestone": .string(id), "due": "2026-12-20", "reason": "납기"],
                by: GroupYard.worker)
            let moved = try await fact(.moved)
            #expect(moved.due == "2026-12-20" && moved.reason == "납기")
            let after = try #require(try await one.milestone(id))
            #expect(after.firstDue.description == "2026-11-20" && after.why == nil && after.slipped == nil)
            try await yard.perform(
                ReachMilestone.name, ["milestone": .string(id), "evidence": "개소식"], by: GroupYard.worker)
            #expect(try await fact(.reached).title == Words("시험장 개소", "Test site opens"))
            try await yard.perform(
                MeasureOutcome.name,
                [
                    "milestone": .string(id), "metric": "이용 기업", "unit": "곳", "before": 0, "value": 7.5,
                    "day": "2026-11-21", "source": "집계", "level": "1",
                ], by: GroupYard.worker)
            let outcome = try #require(try await yard.last(OutcomeMeasured.type).flatMap { OutcomeMeasured($0) })
            #expect(outcome.milestone == id && outcome.before == 0 && outcome.value == 7.5 && outcome.unit == "곳")
            #expect(outcome.day == "2026-11-21" && outcome.source == "집계" && !outcome.outcome.isEmpty)
            #expect(outcome.level == 1)
            let second = try await one.set()
            try await yard.perform(
                DropMilestone.name, ["milestone": .string(second), "reason": "예산"], by: GroupYard.chairman)
            let dropped = try await fact(.dropped)
            #expect(dropped.reason == "예산" && dropped.milestone == second)
            let log = try await yard.store.read { try MilestoneTable.changes(of: one.group, limit: 50, in: $0) }
            #expect(
                Set(log.map(\.kind)) == ["set", "slipped", "explained", "moved", "reached", "measured", "dropped"])
            #expect(log.first { $0.kind == "moved" }?.was?.description == "2026-11-20")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a milestone slips once for each due day, and its owner has it on the list", arguments: StoreUnderTest.all)
    func slips(on kind: StoreUnderTest) async throws {
        try await GroupYard.with(kind) { one in
            let service = SlipService(district: one.yard.district)
            let id = try await one.set(["due": "2026-11-22"])
            let outside = try await one.set(["due": "2026-11-22", "owner": .string(one.outsider)])
            #expect(try await service.look() == 0, "its day has not passed")
            one.yard.clock.set("2026-11-22T23:59:00+09:00")
            #expect(try await service.look() == 0, "it is late only when the day is over")
            one.yard.clock.set("2026-11-23T00:01:00+09:00")
            #expect(try await service.look() == 2)
            #expect(try await service.look() == 0)
            let told = try await one.yard.store.read { reader in
                (
                    try GroupTasks.milestones(of: "owner", in: reader).map(\.id),
                    try GroupTasks.milestones(of: "chair", in: reader).map(\.id)
                )
            }
            #expect(told.0 == [id])
            #expect(told.1 == [outside], "the chair answers for an owner who cannot sign in")
            try await one.yard.perform(
                MoveMilestone.name, ["milestone": .string(id), "due": "2026-11-30", "reason": "장비"],
                by: GroupYard.worker)
            one.yard.clock.set("2026-12-02T09:00:00+09:00")
            #expect(try await service.look() == 1, "the new day passed too")
            let slips = try await one.yard.events().filter { $0.type == MilestoneChanged.Change.slipped.type }
            #expect(slips.count == 3 && slips.allSatisfy { $0.scope == .everyone })
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("minutes and decisions are read by members and the zone, and by nobody else")
    func minutes() async throws {
        try await GroupYard.with { one in
            let id = try await one.set()
            try await one.yard.perform(
                HoldMeeting.name,
                [
                    "group": .string(one.group), "day": "2026-11-20", "title": "첫 회의", "minutes": "비밀스러운 이야기",
                    "everyone": true,
                    "decisions": [
                        ["decision": "장비를 산다", "for": 2, "against": 1, "milestone": .string(id)],
                        ["decision": "다음 달에 만난다"],
                    ],
                ], by: GroupYard.chairman)
            func read(_ caller: Caller) async throws -> [GroupMeeting] {
                try await one.yard.store.read { reader in
                    let group = try #require(try GroupTable.find(one.group, in: reader))
                    let members = try GroupTable.members(of: one.group, in: reader)
                    return try MeetingTable.meetings(
                        for: GroupStanding(of: caller, in: group, members), in: reader)
                }
            }
            for caller in [Caller.officer, GroupYard.chairman, GroupYard.worker] {
                let meeting = try #require(try await read(caller).first)
                #expect(meeting.attendees.count == 3 && meeting.decisions.map(\.votesFor) == [2, nil])
                #expect(meeting.decisions[0].milestone == id)
            }
            #expect(try await read(GroupYard.stranger).isEmpty)
            #expect(try await read(.anonymous()).isEmpty)
            let events = try await one.yard.events().filter {
                [GroupEvents.held, GroupEvents.decided].contains($0.type)
            }
            #expect(events.count == 3 && events.allSatisfy { $0.scope == .zone })
        }
    }

    @Test("the name of somebody from outside is not on the Record, and a person's is what the house calls them")
    func names() async throws {
        try await GroupYard.with { one in
            let event = try #require(try await one.yard.last(GroupEvents.joined))
            #expect(!JSON.object(event.payload).canonicalText.contains("홍길동"))
            let members = try await one.yard.store.read { try GroupTable.members(of: one.group, in: $0) }
            #expect(members.first { $0.id == one.outsider }?.name == "홍길동")
            #expect(members.first { $0.id == one.owner }?.name == "owner")
            let offered = try await one.yard.store.read { reader in
                (
                    try GroupNames.members(GroupYard.chairman, reader).count,
                    try GroupNames.members(GroupYard.stranger, reader).count
                )
            }
            #expect(offered.0 == 3 && offered.1 == 0)
        }
    }

    @Test("an opportunity and its cases are offered by name, to whom they concern")
    func opportunities() async throws {
        try await GroupYard.with { one in
            try await one.yard.district.record(
                [
                    Draft(
                        OpportunityOpened.type, stream: "opportunity/o1", scope: .everyone,
                        payload: ["opportunity": "o1", "title": ["ko": "협동 로봇", "en": "Cobots"]]),
                    Draft(
                        OpportunityOpened.type, stream: "opportunity/o2", scope: .zone,
                        payload: ["opportunity": "o2", "title": "내부 검토"]),
                    Draft(
                        CaseLinked.type, stream: "opportunity/o1", scope: .everyone,
                        payload: [
                            "opportunity": "o1", "case": "odense", "title": ["ko": "오덴세", "en": "Odense"], "level": "1",
                        ]),
                ], origin: Origin(author: .system("test")))
            let tenant = try GroupYard.stranger.tenant
            let found = try await one.yard.store.read { try GroupOpportunities.all(for: tenant, in: $0) }
            #expect(found.map(\.id) == ["o1"] && found[0].cases.map(\.title.en) == ["Odense"])
            try await one.yard.perform(FormGroup.name, GroupYard.form(["opportunity": "o1"]), by: .officer)
            let formed = try await one.yard.last(GroupEvents.formed).flatMap { WorkingGroupFormed($0) }
            #expect(formed?.opportunity == "o1")
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("the sample has ten groups of 155 people, and one milestone that slips")
    func sample() async throws {
        try await Yard.with([try Alliance()], on: .sqlite, isSample: true) { yard in
            let sample = try GroupSample(Handbook(shipped: Alliance.shippedData))
            try await sample.found(yard.district)
            try await sample.found(yard.district)
            let today = KoreanDay(yard.clock.read())
            let book = try await yard.store.read { try RoadmapBook(on: today, in: $0) }
            #expect(book.groups.count == 10 && book.balances.values.map(\.total).reduce(0, +) == 155)
            #expect(book.balances.values.allSatisfy { $0.missing.isEmpty })
            #expect(book.milestones.count == 12 && Set(book.milestones.map(\.group)).count == 2)
            #expect(book.late.count == 1 && !book.roadmap.pushed(by: book.late[0].id, on: today).isEmpty)
            #expect(try await SlipService(district: yard.district).look() == 1)
            let names = try await yard.store.read { reader in
                try book.groups.flatMap { try GroupTable.members(of: $0.id, in: reader).compactMap(\.name) }
            }
            #expect(Set(names).count == 155 && names.allSatisfy { $0.hasSuffix("(예시)") })
            #expect(try await yard.rebuildsAlike())
        }
    }
}
