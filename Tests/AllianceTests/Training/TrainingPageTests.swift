import Access
import District
import Foundation
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Alliance

@Suite("Credentials and statements, as they leave the house", .serialized)
struct TrainingPageTests {
    private typealias House = TrainingYard

    private static func signIn(_ caller: Caller, _ yard: Yard) async throws -> [(String, String)] {
        let (person, now) = (try #require(caller.person), yard.clock.read())
        let opened = try await yard.store.write {
            try Sessions.open(person, address: "127.0.0.1", agent: "test", at: now, in: $0)
        }
        return [("Cookie", "slipway_session=\(opened.token)")]
    }

    private static func claims(_ jwt: String) throws -> JSON {
        let part = jwt.split(separator: ".")[1].replacing("-", with: "+").replacing("_", with: "/")
        let padded = part + String(repeating: "=", count: (4 - part.count % 4) % 4)
        return try JSON(parsing: [UInt8](try #require(Data(base64Encoded: String(padded)))))
    }

    @Test("its holder alone carries a credential away; the page for everybody shows what the holder chose")
    func credential() async throws {
        try await House.with { house in
            _ = try await house.settled(try await house.plan(try await house.open()), email: "kim@example.org")
            let badge = try #require(try await house.badges(House.workers[0]).first)
            let (holder, other) = (
                try await Self.signIn(House.workers[0], house.yard), try await Self.signIn(House.officer, house.yard)
            )
            let yard = house.yard
            try await serving(yard.spine, rooms: [try Alliance()]) { served in
                let path = "/alliance/training/badge/\(badge.id)"
                #expect(try await served.client.send("GET", "\(path)/jwt", other).status == 404)
                #expect(try await served.client.send("GET", "\(path)/jwt").status != 200)
                let answer = try await served.client.send("GET", "\(path)/jwt", holder)
                #expect(answer.status == 200 && answer["content-type"] == "application/vc+jwt")
                let claims = try Self.claims(answer.text)
                #expect(!answer.text.contains("kim@example.org") && claims["credentialSubject"] != nil)
                #expect(claims["validFrom"]?.text == "2026-11-23T09:30:00Z" && claims["nbf"]?.integer == 1_795_426_200)
                #expect(claims["validUntil"]?.text == "2027-11-22T15:00:00Z")
                let identities = claims["credentialSubject"]?["identifier"]?.elements ?? []
                #expect(identities.map { $0["identityType"]?.text } == ["accountId", "emailAddress"])
                let salt = try #require(badge.salt)
                #expect(
                    identities.last?["identityHash"]?.text
                        == "sha256$" + ContentHash.sha256(Array("kim@example.org\(salt)".utf8)))
                let plain = try await served.client.send("GET", "\(path)/json", holder)
                #expect(try JSON(parsing: plain.body)["iss"] == nil)

                let hidden = try await served.client.send("GET", "/alliance/badges/c/\(badge.id)")
                #expect(hidden.status == 200 && !hidden.text.contains("firm-a-worker-1") && !hidden.text.contains("87"))
                try await yard.perform(
                    "alliance.training.badge.show", ["badge": .string(badge.id), "name": true, "score": true],
                    by: House.workers[0])
                let shown = try await served.client.send("GET", "/alliance/badges/c/\(badge.id)")
                #expect(shown.text.contains("firm-a-worker-1") && shown.text.contains("87"))
                #expect(try await served.client.send("GET", "/alliance/badges/c/guessed").status == 404)
                for path in ["issuer", "did.json", "key", "keys", "status/0", "a/\(badge.programme)"] {
                    #expect(try await served.client.send("GET", "/alliance/badges/\(path)").status == 200, "\(path)")
                }
                #expect(try await served.client.send("GET", "/alliance/badges/status/1").status == 404)
            }
        }
    }

    @Test("under an address that only the asker has said nothing is signed")
    func address() async throws {
        try await House.with { house in
            _ = try await house.settled(try await house.plan(try await house.open()))
            let badge = try #require(try await house.badges(House.workers[0]).first)
            let holder = try await Self.signIn(House.workers[0], house.yard)
            let yard = house.yard
            let settings = WebSettings(port: 0, publicURL: "https://zone.example", version: "test")
            try await serving(yard.spine, rooms: [try Alliance()], settings: settings) { served in
                let path = "/alliance/training/badge/\(badge.id)/jwt"
                #expect(try await served.client.send("GET", path, holder).status == 503)
                #expect(try await served.client.send("GET", "/alliance/badges/did.json").status == 503)
                try await yard.perform(
                    "alliance.training.issuer.name",
                    ["name_ko": "구역청", "name_en": "Zone", "address": "https://zone.example"], by: House.officer)
                let claims = try Self.claims(try await served.client.send("GET", path, holder).text)
                #expect(claims["iss"]?.text == "did:web:zone.example:alliance:badges")
                let document = try JSON(parsing: try await served.client.send("GET", "/alliance/badges/did.json").body)
                #expect(document["id"] == claims["iss"])
            }
        }
    }

    @Test("statements keep the standard's rules, come in pages, and take back what was corrected")
    func statements() async throws {
        try await House.with { house in
            let session = try await house.plan(try await house.open())
            let enrolment = try await house.enrol(session, House.workers[0])
            house.yard.clock.set("2026-11-23T12:00:00+09:00")
            try await house.mark(session, "m1", [(enrolment, "present", nil)])
            house.yard.clock.advance(by: 1)
            try await house.mark(session, "m2", [(enrolment, "present", 40)])
            house.yard.clock.advance(by: 1)
            try await house.mark(session, "m2", [(enrolment, nil, 80)])
            house.yard.clock.set("2026-11-23T18:30:00+09:00")
            try await house.yard.perform("alliance.training.settle", ["session": .string(session)], by: House.officer)
            let (zone, firm, stranger) = (
                try await Self.signIn(House.officer, house.yard), try await Self.signIn(House.head, house.yard),
                try await Self.signIn(.executive("firm-b"), house.yard)
            )
            let yard = house.yard
            try await serving(yard.spine, rooms: [try Alliance()]) { served in
                func get(_ query: String, _ who: [(String, String)]) async throws -> JSON {
                    let answer = try await served.client.send("GET", "\(StatementRoutes.path)\(query)", who)
                    #expect(answer.status == 200, "\(query) \(answer.text)")
                    #expect(answer["x-experience-api-consistent-through"] != nil)
                    return try JSON(parsing: answer.body)
                }
                let all = try await get("?ascending=true", firm)["statements"]?.elements ?? []
                let verbs = all.map {
                    ($0["verb"]?["id"]?.text ?? "").split(separator: "/").last.map(String.init) ?? ""
                }
                #expect(verbs.sorted() == ["attended", "attended", "completed", "passed", "registered", "voided"])
                #expect(verbs.first == "registered" && verbs.last == "completed")
                for statement in all { StatementRules.hold(statement) }
                let passed = try #require(all.first { $0["verb"]?["id"]?.text?.hasSuffix("passed") == true })
                #expect(passed["result"]?["score"]?["scaled"]?.double == 0.8)
                // What was taken back is found by its own name alone.
                let voiding = try #require(all.first { $0["verb"]?["id"]?.text?.hasSuffix("voided") == true })
                let gone = try #require(voiding["object"]?["id"]?.text)
                #expect(try await get("?voidedStatementId=\(gone)", firm)["result"]?["success"] == false)
                let absent = try await served.client.send("GET", "\(StatementRoutes.path)?statementId=\(gone)", firm)
                #expect(absent.status == 404)
                // In pages, from either end, everything once.
                for order in ["true", "false"] {
                    var (path, seen) = ("?limit=4&ascending=\(order)", [String]())
                    while !path.isEmpty {
                        let page = try await get(path, zone)
                        seen += (page["statements"]?.elements ?? []).compactMap { $0["id"]?.text }
                        path = String((page["more"]?.text ?? "").dropFirst(StatementRoutes.path.count))
                    }
                    #expect(seen.count == 6 && Set(seen) == Set(all.compactMap { $0["id"]?.text }))
                }
                let since = try await get("?since=2026-11-23T03:00:01Z", zone)["statements"]?.elements ?? []
                #expect(since.count == 3, "what was stored at the moment itself is left out")
                #expect(try await get("", stranger)["statements"]?.elements == [])
                for wrong in [
                    "limit=-1", "ascending=yes", "since=yesterday", "agent=%7B%7D", "verb=http://x/y", "from=x",
                ] {
                    let answer = try await served.client.send("GET", "\(StatementRoutes.path)?\(wrong)", zone)
                    #expect(answer.status == 422, "\(wrong)")
                }
                #expect(try await served.client.send("GET", StatementRoutes.path).status == 401)
            }
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("pages: everybody sees what is open, staff see theirs, a firm its own people, a learner theirs")
    func pages() async throws {
        try await House.with { house in
            let (programme, staff) = (try await house.open(), try await house.open(["audience": "staff"]))
            let session = try await house.plan(programme)
            _ = try await house.settled(session)
            let (zone, head, other, learner) = (
                try await Self.signIn(House.officer, house.yard), try await Self.signIn(House.head, house.yard),
                try await Self.signIn(.executive("firm-b"), house.yard),
                try await Self.signIn(House.workers[0], house.yard)
            )
            try await serving(house.yard.spine, rooms: [try Alliance()]) { served in
                func get(_ path: String, _ who: [(String, String)] = []) async throws -> HTTPClient.Answer {
                    try await served.client.send("GET", "/alliance/training\(path)", who + [("Accept-Language", "ko")])
                }
                let anyone = try await get("")
                #expect(anyone.text.contains("비전 검사") && !anyone.text.contains(staff))
                #expect(try await get("/p/\(staff)").status == 404)
                #expect(try await get("/p/\(staff)", zone).status == 200)
                #expect(try await get("/p/\(programme)").status == 200)
                let (told, hidden) = (
                    try await served.client.send("GET", "/alliance/badges/a/\(programme)"),
                    try await served.client.send("GET", "/alliance/badges/a/\(staff)")
                )
                #expect(told.status == 200 && hidden.status == 404)
                let mine = try await get("", learner)
                #expect(mine.text.contains("수료증 내려받기") && mine.text.contains("87점"))
                let roster = try await get("/s/\(session)", head)
                #expect(roster.text.contains("firm-a-worker-1") && !roster.text.contains("alliance.training.settle"))
                #expect(try await get("/s/\(session)", other).text.contains("firm-a-worker-1") == false)
                #expect(try await get("/s/\(session)", learner).status == 403)
                #expect(try await get("/s/\(session)", zone).text.contains("badge.revoke"))
                #expect(try await get("/sessions", zone).status == 200)
            }
        }
    }
}

@Suite("What training tells of itself, unasked and asked", .serialized)
struct TrainingTellsTests {
    private typealias House = TrainingYard

    @Test(
        "a credential that ends stands among the tasks of its holder and of the head of the firm, an unsettled session of staff"
    )
    func tasks() async throws {
        try await House.with { house in
            let programme = try await house.open(["months": 2])
            _ = try await house.settled(try await house.plan(programme))
            let waiting = try await house.yard.perform(
                "alliance.training.session.plan",
                [
                    "programme": .string(programme), "starts": "2026-11-25T09:00:00+09:00",
                    "ends": "2026-11-25T18:00:00+09:00", "place": "교육장", "places": 5,
                ], by: House.officer)
            let session = String((waiting.events.first?.stream ?? "").dropFirst("training-session/".count))
            try await house.enrol(session, House.workers[2])
            func home(_ caller: Caller) async throws -> String {
                let (person, now) = (try #require(caller.person), house.yard.clock.read())
                let opened = try await house.yard.store.write {
                    try Sessions.open(person, address: "127.0.0.1", agent: "test", at: now, in: $0)
                }
                let said = Said()
                try await serving(house.yard.spine, rooms: [try Alliance()]) { served in
                    let headers = [("Cookie", "slipway_session=\(opened.token)"), ("Accept-Language", "ko")]
                    await said.keep(try await served.client.send("GET", "/", headers).text)
                }
                return await said.text
            }
            let learner = try await home(House.workers[2])
            #expect(learner.contains("7일 안에 있는 내 교육") && !learner.contains("곧 만료되는"))
            house.yard.clock.set("2026-12-01T09:00:00+09:00")
            #expect(try await home(House.workers[0]).contains("곧 만료되는 내 수료증"))
            #expect(try await home(House.head).contains("직원의 곧 만료되는 수료증"))
            #expect(try await home(.executive("firm-b")).contains("곧 만료되는") == false)
            #expect(try await home(House.officer).contains("마감할 교육"))
        }
    }

    @Test("asked for one's training the house says when and where, and what is open to whoever asks")
    func answers() async throws {
        try await House.with { house in
            func ask(_ question: String, _ caller: Caller) async throws -> Words {
                try await house.yard.spine.answer("alliance.training.\(question)", [:], by: caller)
            }
            #expect(try await ask("mine", House.workers[0]).ko == "예정된 교육이 없습니다.")
            #expect(try await ask("open", House.workers[0]).en == "No training is open to you now.")
            let session = try await house.plan(try await house.open(), places: 1)
            #expect(try await ask("open", House.workers[0]).ko == "비전 검사, 11월 23일 09:00, 1자리 남음입니다.")
            #expect(try await ask("open", House.officer).en == "No training is open to you now.")
            try await house.enrol(session, House.workers[0])
            #expect(try await ask("mine", House.workers[0]).ko == "비전 검사, 11월 23일 09:00, 교육장, 참석 확정입니다.")
            #expect(try await ask("open", House.workers[1]).en == "Vision inspection, 23 Nov 09:00, 0 waiting.")
            #expect(try await ask("mine", House.workers[1]).en == "You have no training ahead.")
        }
    }
}

/// What a page said, carried out of the place that read it.
private actor Said {
    private(set) var text = ""
    func keep(_ text: String) { self.text = text }
}

/// What xAPI 1.0.3 demands of a statement (Data, 2.4), as far as ours go.
enum StatementRules {
    static func hold(_ statement: JSON) {
        let known: Set<String> = [
            "id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority", "version",
            "attachments",
        ]
        let members = statement.members ?? [:]
        #expect(Set(members.keys).isSubset(of: known))
        #expect((members["id"]?.text ?? "").wholeMatch(of: uuid) != nil)
        #expect(members["version"]?.text?.hasPrefix("1.0") == true)
        for agent in ["actor", "authority"].compactMap({ members[$0]?.members }) {
            #expect(agent["mbox"] == nil && agent["name"] == nil)
            let account = agent["account"]?.members ?? [:]
            #expect(Set(account.keys) == ["homePage", "name"])
            #expect(account["homePage"]?.text?.hasPrefix("http") == true && account["name"]?.text?.isEmpty == false)
        }
        for moment in ["timestamp", "stored"] { #expect(Timestamp(iso8601: members[moment]?.text ?? "") != nil) }
        #expect(members["verb"]?["id"]?.text?.hasPrefix("http://adlnet.gov/expapi/verbs/") == true)
        #expect(members["verb"]?["display"]?["ko-KR"]?.text?.isEmpty == false)
        if members["object"]?["objectType"] == "StatementRef" {
            #expect((members["object"]?["id"]?.text ?? "").wholeMatch(of: uuid) != nil && members["context"] == nil)
        } else {
            activity(members["object"])
            #expect((members["context"]?["registration"]?.text ?? "").wholeMatch(of: uuid) != nil)
            for (kind, list) in members["context"]?["contextActivities"]?.members ?? [:] {
                #expect(["parent", "grouping", "category", "other"].contains(kind))
                for one in list.elements ?? [] { activity(one) }
            }
        }
        guard let score = members["result"]?["score"]?.members else { return }
        let (low, high) = (score["min"]?.double ?? 0, score["max"]?.double ?? 0)
        #expect((-1...1).contains(score["scaled"]?.double ?? 9) && low < high)
        #expect((low...high).contains(score["raw"]?.double ?? -1))
    }

    nonisolated(unsafe) private static let uuid =
        /[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/

    private static func activity(_ activity: JSON?) {
        #expect(activity?["id"]?.text?.hasPrefix("http") == true)
        #expect(activity?["definition"]?["type"]?.text?.hasPrefix("http://adlnet.gov/expapi/activities/") == true)
        #expect(activity?["definition"]?["name"]?["en-US"]?.text?.isEmpty == false)
    }
}
