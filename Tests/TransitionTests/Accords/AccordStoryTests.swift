import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Transition

/// A house with an accord of two undertakings: a project, and an exchange of two places.
struct AccordYard: Sendable {
    let yard: Yard
    let accord: String, project: String, exchange: String

    static let owner = Caller.person("owner", [.zoneOfficer])
    static let stranger = Caller.executive("firm-a")

    static func with(_ kind: StoreUnderTest = .sqlite, _ body: (AccordYard) async throws -> Void) async throws {
        try await Yard.with([try Transition()], on: kind) { yard in
            try await yard.register("firm-a")
            for caller in [Caller.officer, owner, stranger] { try await yard.enrol(caller) }
            let accord = try await stream(yard, "transition.accord.sign", signing())
            func undertake(_ kind: String, _ more: [String: JSON] = [:]) async throws -> String {
                let values: [String: JSON] = [
                    "accord": .string(accord), "kind": .string(kind), "title_ko": "사업", "title_en": "Undertaking",
                    "about_ko": "내용", "about_en": "About", "office": "정책팀",
                ]
                _ = try await yard.perform(
                    "transition.accord.undertake", values.merging(more) { $1 }, by: .officer)
                return try #require(try await yard.last(AccordEvents.undertaken)?.payload["undertaking"]?.text)
            }
            let (project, exchange) = (try await undertake("project"), try await undertake("talent", ["places": 2]))
            try await body(AccordYard(yard: yard, accord: accord, project: project, exchange: exchange))
        }
    }

    static func signing(_ more: [String: JSON] = [:]) -> [String: JSON] {
        [
            "title_ko": "두 도시 협약", "title_en": "An accord", "parties": [["city": "하나"], ["city": "둘"]],
            "signed": "2026-01-10", "source": "협약서", "fields": [["field": "로봇"]],
        ].merging(more) { $1 }
    }

    static func stream(_ yard: Yard, _ name: String, _ values: [String: JSON], by caller: Caller = .officer)
        async throws
        -> String
    {
        let outcome = try await yard.perform(name, values, by: caller)
        return String((outcome.events.first?.stream ?? "").split(separator: "/").last ?? "")
    }

    func milestone(due: String, owner: Caller = owner) async throws -> String {
        try await Self.stream(
            yard, "transition.accord.milestone.set",
            [
                "undertaking": .string(project), "title_ko": "첫 시험", "title_en": "First trial", "due": .string(due),
                "owner": .string(owner.person?.rawValue ?? ""),
            ])
    }

    func send(_ name: String, from: String = "2026-02-01", until: String = "2026-05-01") async throws -> String {
        try await Self.stream(yard, "transition.accord.send", sending(name, from: from, until: until))
    }

    func sending(
        _ name: String, from: String = "2026-02-01", until: String = "2026-05-01", in undertaking: String? = nil
    ) -> [String: JSON] {
        [
            "undertaking": .string(undertaking ?? exchange), "name": .string(name), "direction": "out",
            "field": "협동로봇", "from": .string(from), "until": .string(until),
        ]
    }

    func refused(_ name: String, _ values: [String: JSON], by caller: Caller = .officer) async throws -> String? {
        try await yard.refusal("transition.accord.\(name)", values, by: caller)?.code
    }
}

@Suite("Accords, from a signature to what came of it", .serialized)
struct AccordStoryTests {
    @Test("a milestone slips, is moved with a reason, and is reached", arguments: StoreUnderTest.all)
    func milestones(on kind: StoreUnderTest) async throws {
        try await AccordYard.with(kind) { house in
            let milestone = try await house.milestone(due: "2026-11-10")
            let given = try await house.milestone(due: "2026-11-30")
            for event in try await house.yard.events() where event.type == AccordEvents.set {
                #expect(event.payload["owner"]?.text == nil, "everybody reads the milestone, not whose task it is")
            }
            let (person, today) = (try #require(AccordYard.owner.person), try #require(KoreanDay("2026-11-21")))
            func open() async throws -> [String] {
                try await house.yard.store.read {
                    try AccordTable.milestones(of: person, by: today + AccordMilestone.notice, in: $0).map(\.id)
                }
            }
            #expect(try await open() == [milestone, given])
            try await house.yard.perform(
                "transition.accord.milestone.move",
                ["milestone": .string(milestone), "due": "2027-02-01", "reason": "부품 지연"], by: AccordYard.owner)
            #expect(try await open() == [given])
            try await house.yard.perform(
                "transition.accord.milestone.drop", ["milestone": .string(given), "reason": "중복"], by: AccordYard.owner)
            #expect(try await open().isEmpty)
            try await house.yard.perform(
                "transition.accord.milestone.reach", ["milestone": .string(milestone), "day": "2026-11-20"],
                by: AccordYard.owner)
            let found = try #require(
                try await house.yard.store.read { try AccordTable.milestone(milestone, in: $0) })
            #expect(found.moves == 1 && found.reason == "부품 지연" && found.state(on: today) == .reached(late: 0))
            #expect(
                try await house.refused("milestone.reach", ["milestone": .string(milestone), "day": "2026-11-20"])
                    == "accord.closed")
            #expect(try await house.yard.rebuildsAlike())
        }
    }

    @Test(
        "who takes part in an exchange is in the vault; what came of it is for everybody", arguments: StoreUnderTest.all
    )
    func exchange(on kind: StoreUnderTest) async throws {
        try await AccordYard.with(kind) { house in
            let first = try await house.send("홍길동")
            _ = try await house.send("성춘향", from: "2026-11-01", until: "2027-01-31")
            #expect(try await house.refused("send", house.sending("이몽룡")) == "accord.full")
            try await house.yard.perform(
                "transition.accord.return", ["traveller": .string(first), "result": "절차를 고침"], by: .officer)
            try await house.yard.perform(
                "transition.accord.measure",
                [
                    "undertaking": .string(house.exchange), "metric_ko": "새 과제", "metric_en": "New projects",
                    "value": 2,
                    "unit": "건", "day": "2026-11-01", "source": "조사",
                ], by: .officer)
            let events = try await house.yard.events().map { JSON.object($0.payload).canonicalText }.joined()
            #expect(!events.contains("홍길동") && events.contains("절차를 고침"))
            let accord = house.accord
            let (people, outcomes) = try await house.yard.store.read {
                (try AccordTable.travellers(of: accord, in: $0), try AccordTable.outcomes(of: accord, in: $0))
            }
            #expect(people.map(\.name) == ["홍길동", "성춘향"] && people.map(\.result) == ["절차를 고침", nil])
            #expect(outcomes.map(\.value) == [2])
            #expect(try await house.yard.rebuildsAlike())
        }
    }

    @Test("a name is erased from the table and from the vault at once", arguments: StoreUnderTest.all)
    func erases(on kind: StoreUnderTest) async throws {
        try await AccordYard.with(kind) { house in
            let (gone, stays) = (try await house.send("홍길동"), try await house.send("성춘향"))
            try await house.yard.perform(
                "transition.accord.erase", ["traveller": .string(gone), "reason": "본인 요청"], by: .officer)
            let accord = house.accord
            func names() async throws -> [String: String?] {
                let all = try await house.yard.store.read { try AccordTable.travellers(of: accord, in: $0) }
                return Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.name) })
            }
            #expect(try await names() == [gone: nil, stays: "성춘향"])
            let (log, yard) = (house.yard.spine.district.log, house.yard)
            for event in try await yard.events() where event.type == AccordEvents.sent {
                let told = try await yard.store.read { try log.disclosed(event, in: $0) }
                let isGone = event.payload["traveller"]?.text == gone
                #expect(told["name"] == (isGone ? ["erased": true] : "성춘향"))
            }
            let kept = try await yard.store.read {
                try $0.first(
                    "SELECT COUNT(*) AS many FROM record_vault_keys WHERE subject = ?",
                    [.text(AccordTraveller.subject(gone).rawValue)])?.integer("many")
            }
            #expect(kept == 0)
            #expect(try await house.refused("erase", ["traveller": .string(gone), "reason": "또"]) == "accord.erased")
            #expect(try await house.refused("erase", ["traveller": "none", "reason": "또"]) == "accord.traveller")
            #expect(try await yard.rebuildsAlike())
            #expect(try await names() == [gone: nil, stays: "성춘향"])
        }
    }

    @Test("each rule refuses by its name, and only keepers and owners act")
    func refusals() async throws {
        try await AccordYard.with { house in
            let one = try await house.refused("sign", AccordYard.signing(["parties": [["city": "하나"]]]))
            #expect(one == "accord.parties")
            let twice = try await house.refused(
                "sign", AccordYard.signing(["parties": [["city": "하나"], ["city": "하나"]]]))
            #expect(twice == "accord.parties")
            #expect(try await house.refused("sign", AccordYard.signing(["signed": "2027-01-01"])) == "accord.future")
            #expect(try await house.refused("sign", AccordYard.signing(["signed": "어제"])) == "accord.day")
            #expect(try await house.refused("sign", AccordYard.signing(["until": "2025-01-01"])) == "accord.order")
            #expect(try await house.refused("sign", AccordYard.signing(["url": "javascript:1"])) == "accord.url")
            let none: [String: JSON] = [
                "accord": "none", "kind": "policy", "title_ko": "가", "title_en": "A", "about_ko": "나", "about_en": "B",
                "office": "팀",
            ]
            #expect(try await house.refused("undertake", none) == "accord.accord")
            let set: [String: JSON] = [
                "undertaking": .string(house.project), "title_ko": "가", "title_en": "A", "due": "2026-12-01",
                "owner": "nobody",
            ]
            #expect(try await house.refused("milestone.set", set) == "accord.person")
            #expect(
                try await house.refused("milestone.set", set.merging(["undertaking": "none"]) { $1 })
                    == "accord.undertaking")
            let milestone = JSON.string(try await house.milestone(due: "2026-12-01"))
            let move: [String: JSON] = ["milestone": milestone, "due": "2026-11-01", "reason": "왜"]
            #expect(try await house.refused("milestone.move", move) == "accord.past")
            #expect(try await house.refused("milestone.move", move, by: AccordYard.stranger) == "accord.milestone")
            #expect(
                try await house.refused("milestone.reach", ["milestone": milestone, "day": "2026-12-01"])
                    == "accord.future")
            #expect(try await house.refused("send", house.sending("가", in: house.project)) == "accord.talent")
            #expect(
                try await house.refused("send", house.sending("가", from: "2026-05-02", until: "2026-05-01"))
                    == "accord.order")
            #expect(try await house.refused("return", ["traveller": "none", "result": "끝"]) == "accord.traveller")
            let away = try await house.send("가", from: "2026-11-01", until: "2026-12-01")
            #expect(try await house.refused("return", ["traveller": .string(away), "result": "끝"]) == "accord.early")
            for name in ["sign", "undertake", "milestone.set", "measure", "send", "return", "erase"] {
                let refusal = try await house.yard.refusal("transition.accord.\(name)", [:], by: AccordYard.stranger)
                #expect(refusal?.kind == .forbidden, "\(name)")
            }
        }
    }

    @Test("everybody sees what is late; names are for the zone alone; the owner has it among the tasks")
    func pages() async throws {
        try await AccordYard.with { house in
            _ = try await house.milestone(due: "2026-11-10")
            _ = try await house.send("홍길동")
            let (officer, owner) = (
                try await Self.signIn(.officer, house.yard), try await Self.signIn(AccordYard.owner, house.yard)
            )
            let (firm, accord) = (try await Self.signIn(AccordYard.stranger, house.yard), house.accord)
            let room = try Transition()
            try await serving(house.yard.spine, rooms: [room]) { served in
                func get(_ path: String, _ who: [(String, String)] = []) async throws -> HTTPClient.Answer {
                    try await served.client.send("GET", path, who + [("Accept-Language", "ko")])
                }
                let list = try await get("/transition/accords")
                #expect(list.status == 200 && list.text.contains("지연 1") && list.text.contains("서울–오덴세"))
                let page = try await get("/transition/accords/\(accord)")
                #expect(page.text.contains("11일 지남") && page.text.contains("협동로봇"))
                #expect(!page.text.contains("홍길동") && !page.text.contains("milestone.reach"))
                #expect(try await get("/transition/accords/\(accord)", firm).text.contains("홍길동") == false)
                #expect(try await get("/transition/accords/\(accord)", officer).text.contains("홍길동"))
                #expect(try await get("/transition/accords/\(accord)", owner).text.contains("milestone.reach"))
                #expect(try await get("/transition/accords/none").status == 404)
                #expect(try await get("/", owner).text.contains("기한이 지난 협약 이정표"))
                #expect(try await get("/", officer).text.contains("기한이 지난 협약 이정표") == false)
            }
        }
    }

    @Test("the sample's accord says that it is fictitious, is founded once, and rebuilds alike")
    func sample() async throws {
        try await AccordYard.with { house in
            let sample = try AccordSample(Handbook(shipped: Transition.shippedData))
            try await sample.found(house.yard.spine)
            let before = try await house.yard.events().count
            try await sample.found(house.yard.spine)
            #expect(try await house.yard.events().count == before)
            let (accord, kinds, late) = try await house.yard.store.read { reader in
                (
                    try AccordTable.accord("sample-odense", in: reader),
                    try AccordTable.undertakings(of: "sample-odense", in: reader).map(\.kind),
                    try AccordTable.milestones(of: "sample-odense", in: reader).filter {
                        if case .slipped = $0.state(on: KoreanDay("2026-11-21")!) { true } else { false }
                    }
                )
            }
            #expect(accord?.isSample == true && Set(kinds) == Set(AccordUndertaking.Kind.allCases))
            #expect(late.count == 2 && late.contains { $0.moves == 1 })
            #expect(try await house.yard.rebuildsAlike())
        }
    }

    private static func signIn(_ caller: Caller, _ yard: Yard) async throws -> [(String, String)] {
        let (person, now) = (try #require(caller.person), yard.clock.read())
        let opened = try await yard.store.write {
            try Sessions.open(person, address: "127.0.0.1", agent: "test", at: now, in: $0)
        }
        return [("Cookie", "slipway_session=\(opened.token)")]
    }
}
