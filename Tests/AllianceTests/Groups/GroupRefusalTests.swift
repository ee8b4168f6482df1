import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Alliance

@Suite("What working groups refuse", .serialized)
struct GroupRefusalTests {
    @Test("each refusal names its rule")
    func refused() async throws {
        try await GroupYard.with { one in
            let first = try await one.set()
            let second = try await one.set(["needs": [["milestone": .string(first)]], "title": "시제품"])
            let (chairman, worker, stranger) = (GroupYard.chairman, GroupYard.worker, GroupYard.stranger)
            func on(_ id: String, _ more: [String: JSON] = [:]) -> [String: JSON] {
                ["milestone": .string(id), "reason": "사유"].merging(more) { $1 }
            }
            let (group, member) = (
                JSON.string(one.group), { (id: String) -> [String: JSON] in ["member": .string(id)] }
            )
            let meeting: [String: JSON] = ["group": group, "day": "2026-11-20", "title": "회의", "minutes": "내용"]
            let cases: [(String, [String: JSON], Caller, String)] = [
                (FormGroup.name, GroupYard.form(["name": "누구"]), .officer, "person.one"),
                (FormGroup.name, GroupYard.form(["person": "nobody"]), .officer, "person.unknown"),
                (FormGroup.name, GroupYard.form(["opportunity": "o9"]), .officer, "opportunity.unknown"),
                (
                    JoinGroup.name, ["group": group, "sector": "industry", "organisation": "가온", "person": "chair"],
                    chairman, "person.member"
                ),
                (
                    JoinGroup.name, ["group": group, "sector": "industry", "organisation": "가온", "name": "누구"], worker,
                    "group.chair"
                ),
                (
                    JoinGroup.name, ["group": "no", "sector": "industry", "organisation": "가온", "name": "누구"], chairman,
                    "group.unknown"
                ),
                (LeaveGroup.name, member(one.owner), chairman, "member.owner"),
                (LeaveGroup.name, member(one.chair), .officer, "member.owner"),
                (LeaveGroup.name, member("nobody"), .officer, "member.unknown"),
                (LeaveGroup.name, member(one.outsider), stranger, "group.chair"),
                (NameChair.name, member(one.chair), .officer, "member.chair"),
                (NameChair.name, member("nobody"), .officer, "member.unknown"),
                (EndGroup.name, ["group": group, "reason": "끝"], .officer, "group.open"),
                (HoldMeeting.name, meeting, chairman, "attendees.required"),
                (
                    HoldMeeting.name, meeting.merging(["day": "2026-11-29", "everyone": true]) { $1 }, chairman,
                    "day.future"
                ),
                (
                    HoldMeeting.name, meeting.merging(["attendees": [["member": "nobody"]]]) { $1 }, chairman,
                    "attendees.member"
                ),
                (
                    HoldMeeting.name,
                    meeting.merging(["everyone": true, "decisions": [["decision": "x", "for": 3]]]) { $1 }, chairman,
                    "decisions.votes"
                ),
                (
                    HoldMeeting.name,
                    meeting.merging(["everyone": true, "decisions": [["decision": "x", "for": 3, "against": 1]]]) {
                        $1
                    },
                    chairman, "decisions.more-votes"
                ),
                (
                    HoldMeeting.name,
                    meeting.merging(["everyone": true, "decisions": [["decision": "x", "milestone": "no"]]]) { $1 },
                    chairman, "decisions.milestone"
                ),
                (SetMilestone.name, one.values(), worker, "group.chair"),
                (SetMilestone.name, one.values(["due": "2026-11-20"]), chairman, "due.past"),
                (SetMilestone.name, one.values(["due": "2026-11-20", "agreed": "2026-11-21"]), chairman, "due.past"),
                (SetMilestone.name, one.values(["due": "내일"]), chairman, "due.day"),
                (SetMilestone.name, one.values(["owner": "nobody"]), chairman, "owner.member"),
                (SetMilestone.name, one.values(["needs": [["milestone": "no"]]]), chairman, "needs.unknown"),
                (
                    SetMilestone.name, one.values(["due": "2026-12-01", "needs": [["milestone": .string(first)]]]),
                    chairman, "needs.later"
                ),
                (LinkMilestone.name, on(first, ["needs": [["milestone": .string(second)]]]), chairman, "needs.cycle"),
                (LinkMilestone.name, on(first, ["needs": [["milestone": .string(first)]]]), chairman, "needs.cycle"),
                (LinkMilestone.name, on(second), worker, "group.chair"),
                (MoveMilestone.name, on(first, ["due": "2026-11-20"]), worker, "due.past"),
                (MoveMilestone.name, on(first, ["due": "2026-12-31"]), worker, "due.past"),
                (MoveMilestone.name, on(second, ["due": "2026-12-01"]), worker, "needs.later"),
                (MoveMilestone.name, on("no", ["due": "2027-12-01"]), worker, "milestone.unknown"),
                (MoveMilestone.name, on(first, ["due": "2027-12-01"]), stranger, "milestone.owner"),
                (ExplainSlip.name, on(first), worker, "milestone.in-time"),
                (HandMilestone.name, on(first, ["owner": .string(one.owner)]), chairman, "owner.same"),
                (HandMilestone.name, on(first, ["owner": .string(one.chair)]), worker, "group.chair"),
                (ReachMilestone.name, ["milestone": .string(second), "evidence": "x"], worker, "milestone.needs"),
                (
                    ReachMilestone.name, ["milestone": .string(first), "evidence": "x", "day": "2026-11-29"], worker,
                    "day.future"
                ),
                (DropMilestone.name, on(first), stranger, "milestone.owner"),
            ]
            for (name, values, caller, code) in cases {
                #expect(try await one.yard.refusal(name, values, by: caller)?.code == code, "\(name) \(code)")
            }
            for name in [FormGroup.name, NameChair.name, EndGroup.name] {
                let values =
                    name == FormGroup.name
                    ? GroupYard.form() : name == EndGroup.name ? ["group": group, "reason": "x"] : member(one.owner)
                #expect(try await one.yard.refusal(name, values, by: chairman)?.kind == .forbidden, "\(name)")
            }
            try await one.yard.perform(DropMilestone.name, on(second), by: worker)
            for name in [MoveMilestone.name, DropMilestone.name] {
                let values = on(second, name == MoveMilestone.name ? ["due": "2027-12-01"] : [:])
                #expect(try await one.yard.refusal(name, values, by: worker)?.code == "milestone.closed")
            }
            let outcome: [String: JSON] = [
                "milestone": .string(second), "metric": "x", "unit": "곳", "value": 1, "source": "x", "level": "1",
            ]
            #expect(try await one.yard.refusal(MeasureOutcome.name, outcome, by: worker)?.code == "milestone.dropped")
        }
    }

    @Test("a group whose milestones are over ends, and takes nothing in after that")
    func ended() async throws {
        try await GroupYard.with { one in
            try await one.yard.perform(EndGroup.name, ["group": .string(one.group), "reason": "목표 달성"], by: .officer)
            let group = try await one.yard.store.read { try GroupTable.find(one.group, in: $0) }
            #expect(group?.ended?.description == "2026-11-21" && group?.endReason == "목표 달성")
            #expect(try await one.yard.refusal(SetMilestone.name, one.values(), by: .officer)?.code == "group.ended")
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("the chair hands over, a member leaves, and a milestone goes to another owner")
    func handing() async throws {
        try await GroupYard.with { one in
            let id = try await one.set()
            try await one.yard.perform(
                HandMilestone.name, ["milestone": .string(id), "owner": .string(one.chair), "reason": "휴직"],
                by: GroupYard.chairman)
            #expect(try await one.milestone(id)?.owner == one.chair)
            try await one.yard.perform(NameChair.name, ["member": .string(one.owner)], by: .officer)
            #expect(
                try await one.yard.refusal(SetMilestone.name, one.values(), by: GroupYard.chairman)?.code
                    == "group.chair")
            try await one.set(by: GroupYard.worker)
            try await one.yard.perform(LeaveGroup.name, ["member": .string(one.outsider)], by: GroupYard.worker)
            let balance = try await one.yard.store.read { try GroupTable.balances(in: $0)[one.group] }
            #expect(balance?.total == 2 && balance?.missing == [.academia, .government])
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("what the house hands out it takes in again, and one wrong line sets nothing")
    func imported() async throws {
        try await GroupYard.with { one in
            let first = try await one.set()
            try await one.set(["needs": [["milestone": .string(first)]], "work_days": 20, "title": "=시제품"])
            let today = KoreanDay(one.yard.clock.read())
            let book = try await one.yard.store.read { try RoadmapBook(on: today, in: $0) }
            let table = RoadmapDataRoutes.table(book.milestones, book, book.roadmap.expected(on: today))
            let now = one.yard.clock.read()
            func keep(_ text: String) async throws -> JSON {
                .string(
                    try await one.yard.store.write {
                        try Attachments.keep(
                            Array(text.utf8), scope: .firm("firm-a"), author: .system("test"), at: now, in: $0)
                    })
            }
            let (group, chairman) = (JSON.string(one.group), GroupYard.chairman)
            let file = try await keep(table)
            let done = try await one.yard.perform(ImportRoadmap.name, ["group": group, "file": file], by: chairman)
            #expect(done.events.count == 2)
            let after = try await one.yard.store.read { try MilestoneTable.all(in: $0) }
            #expect(after.count == 4 && after.count { $0.title.ko == "=시제품" && $0.work == 20 } == 2)
            let ids = Set(after.map(\.id)).subtracting(book.milestones.map(\.id))
            #expect(after.filter { ids.contains($0.id) }.flatMap(\.needs).allSatisfy { ids.contains($0) })
            for (text, code) in [
                ("title_ko,layer,due\nx,기술,2026-01-01\n", "past"),
                ("title_ko,layer,due,owner\nx,기술,2027-01-01,\ny,기술,2027-01-01,없는 곳\n", "owner"),
            ] {
                let file = try await keep(text)
                let refusal = try await one.yard.refusal(
                    ImportRoadmap.name, ["group": group, "file": file], by: chairman)
                #expect(refusal?.faults.first?.rule == code)
            }
            let circle = try await keep("id,title_ko,layer,due,needs\na,x,기술,2027-01-01,b\nb,y,기술,2027-01-01,a\n")
            #expect(
                try await one.yard.refusal(ImportRoadmap.name, ["group": group, "file": circle], by: chairman)?.code
                    == "file.cycle")
            let old = try await keep("title_ko,layer,due\n옛 이정표,기술,2026-11-10\n")
            try await one.yard.perform(
                ImportRoadmap.name, ["group": group, "file": old, "agreed": "2026-10-01"], by: chairman)
            #expect(try await SlipService(district: one.yard.district).look() == 1)
            #expect(
                try await one.yard.refusal(
                    ImportRoadmap.name, ["group": group, "file": .string(String(repeating: "0", count: 64))],
                    by: chairman)?.code == "file.unknown")
        }
    }

    @Test("what is late and what is mine is said in both languages")
    func answers() async throws {
        try await GroupYard.with { one in
            let none = try await one.yard.spine.answer("alliance.roadmap.late", [:], by: .anonymous())
            #expect(none.en == "Nothing on the roadmap is late.")
            try await one.set(["agreed": "2026-11-01", "due": "2026-11-18"])
            let late = try await one.yard.spine.answer("alliance.roadmap.late", [:], by: .anonymous())
            #expect(late.ko.contains("시험장 개소 3일") && late.en.contains("Test site opens by 3 days"))
            let mine = try await one.yard.spine.answer("alliance.milestones.mine", [:], by: GroupYard.worker)
            #expect(mine.ko.contains("3일 늦음") && mine.en.contains("due 2026-11-18"))
            let theirs = try await one.yard.spine.answer("alliance.milestones.mine", [:], by: GroupYard.stranger)
            #expect(theirs.en == "No open milestone is yours.")
            await #expect(throws: Refusal.self) {
                try await one.yard.spine.answer("alliance.milestones.mine", [:], by: .anonymous())
            }
        }
    }
}
