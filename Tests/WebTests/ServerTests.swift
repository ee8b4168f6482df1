import District
import Foundation
import Record
import Series
import Store
import TestKit
import Testing
import Twin

@testable import Access
@testable import Web

@Suite("The server's frame")
struct ServerTests {
    private static let statuses: [Refusal.Kind: Int] = [
        .invalid: 422, .unauthenticated: 401, .forbidden: 403, .notFound: 404, .conflict: 409, .needsConfirmation: 428,
        .tooLarge: 413, .tooOften: 429, .unavailable: 503,
    ]

    @Test("every refusal is a page for people and problem+json for programs, in both languages")
    func refusals() async throws {
        try await withToyHouse { house in
            for kind in ToyRoom.kinds {
                let status = Self.statuses[kind] ?? 0
                let path = "/toy/\(kind.rawValue)"
                let page = try await house.client.send("GET", path, [("Accept-Language", "en-GB, ko;q=0.5")])
                if kind == .unauthenticated {
                    #expect(page.status == 303)
                    #expect(page["location"] == "/signin?next=%2Ftoy%2Funauthenticated")
                } else {
                    #expect(page.status == status, "\(kind)")
                    #expect(page["content-type"] == "text/html; charset=utf-8")
                    #expect(page["content-language"] == "en")
                    #expect(page.text.contains("No &lt;b&gt;"), "\(kind)")
                    #expect(page.text.contains("toy.\(kind.rawValue)"))
                }
                let problem = try await house.client.send("GET", path, [("Accept", "application/json")])
                #expect(problem.status == status)
                #expect(problem["content-type"] == "application/problem+json")
                let json = try JSON(parsing: problem.body)
                #expect(json["title"]?.text == "안 됩니다 <b>")
                #expect(json["status"]?.double == Double(status))
                #expect(json["instance"]?.text == path)
                #expect(json["errors"]?.elements?.first?["line"]?.double == 3)
            }
            let broken = try await house.client.send("GET", "/toy/broken")
            #expect(broken.status == 503)
            #expect(!broken.text.contains("secret"))
            let nowhere = try await house.client.send("GET", "/no/such/page")
            #expect(nowhere.status == 404)
            #expect(nowhere["content-type"] == "text/html; charset=utf-8")
            #expect(try await house.client.send("DELETE", "/health/live").status == 404)
        }
    }

    @Test("every answer carries the headers that keep a browser safe: pages, errors, assets, calls, redirects")
    func headers() async throws {
        try await withToyHouse { house in
            let person = try await house.signIn().headers
            for (path, headers) in [
                ("/signin", []), ("/assets/slipway.css", []), ("/favicon.ico", []), ("/no/such", []),
                ("/toy/conflict", []),
                ("/toy/broken", []), ("/api/v1/commands", []), ("/things", []), ("/things", person),
                ("/assets/../slipway.css", []), ("/checkpoint", []),
            ] {
                let answer = try await house.client.send("GET", path, headers)
                #expect(answer["content-security-policy"]?.contains("default-src 'none'") == true, "\(path)")
                #expect(answer["content-security-policy"]?.contains("frame-ancestors 'none'") == true, "\(path)")
                #expect(answer["content-security-policy"]?.contains("unsafe") == false, "\(path)")
                #expect(answer["x-content-type-options"] == "nosniff", "\(path)")
                #expect(answer["referrer-policy"] == "same-origin", "\(path)")
                #expect(answer["strict-transport-security"] == nil, "\(path)")
                let isAsset = answer.status == 200 && (path.hasPrefix("/assets") || path == "/favicon.ico")
                #expect((answer["cache-control"] == "no-store") == !isAsset, "\(path)")
            }
        }
        var settings = WebSettings(port: 0, version: "test")
        settings.publicURL = "https://district.example"
        try await withToyHouse(settings: settings) { house in
            let answer = try await house.client.send("GET", "/signin")
            #expect(answer["strict-transport-security"] != nil)
        }
    }

    @Test("pages hold nothing that the policy would refuse, and escape what people wrote")
    func pages() async throws {
        try await withToyHouse { house in
            let person = try await house.signIn(roles: [.safetyManager, .zoneOfficer]).headers
            for path in [
                "/things", "/things?view=table", "/record", "/tokens", "/audit", "/ai-uses", "/do/toy.bell.ring",
                "/signin",
            ] {
                let answer = try await house.client.send("GET", path, person)
                #expect(answer.status == 200, "\(path)")
                #expect(!answer.text.contains("<i>"), "\(path)")
                #expect(!answer.text.contains(" style=\""), "\(path)")
                #expect(!answer.text.contains(" onclick="), "\(path)")
                #expect(!answer.text.contains("<script>"), "\(path)")
                #expect(answer.text.contains("Kim &lt;i&gt;") || path == "/signin", "\(path)")
            }
        }
    }

    @Test(
        "the language is Korean unless English is asked for first, and the cookie decides",
        arguments: [
            ("", "", "ko"), ("en", "", "en"), ("en-US,ko", "", "en"), ("ko,en", "", "ko"), ("fr, en;q=0.5", "", "en"),
            ("de", "", "ko"),
            ("en", "slipway_language=ko", "ko"), ("ko", "slipway_language=en", "en"),
            ("en", "slipway_language=xx", "en"),
        ])
    func languages(_ accept: String, _ cookie: String, _ language: String) async throws {
        try await withToyHouse { house in
            var headers = [(String, String)]()
            if !accept.isEmpty { headers.append(("Accept-Language", accept)) }
            if !cookie.isEmpty { headers.append(("Cookie", cookie)) }
            let answer = try await house.client.send("GET", "/signin", headers)
            #expect(answer["content-language"] == language)
            #expect(answer.text.contains("lang=\"\(language)\""))
        }
    }

    @Test("a body past the route's limit is refused with 413, packed or not")
    func limits() async throws {
        try await withToyHouse { house in
            let fits = try await house.client.send("POST", "/toy/echo", body: [UInt8](repeating: 65, count: 1000))
            #expect(fits.status == 200)
            let large = try await house.client.send(
                "POST", "/toy/echo", [("Accept", "application/json")], body: [UInt8](repeating: 65, count: 1001))
            #expect(large.status == 413)
            let bomb = try GzipTests.compressed([UInt8](repeating: 65, count: 100_000))
            #expect(bomb.count < 1000)
            let packed = try await house.client.send("POST", "/toy/echo", [("Content-Encoding", "gzip")], body: bomb)
            #expect([413, 422].contains(packed.status))
            let small = try GzipTests.compressed([UInt8](repeating: 65, count: 500))
            let unpacked = try await house.client.send("POST", "/toy/echo", [("Content-Encoding", "gzip")], body: small)
            #expect(try JSON(parsing: unpacked.body)["bytes"]?.double == 500)
        }
    }

    @Test("what a session sends needs the session's own secret; a token's call needs none")
    func forged() async throws {
        try await withToyHouse { house in
            let (headers, csrf) = try await house.signIn()
            let other = try await house.signIn("q").csrf
            for wrong in [[:], ["csrf": ""], ["csrf": "x"], ["csrf": other]] {
                let answer = try await house.post("/toy/echo", headers, wrong)
                #expect(answer.status == 403)
                #expect(answer.text.contains("csrf.missing"))
            }
            #expect(try await house.post("/toy/echo", headers, ["csrf": csrf]).status == 200)
            #expect(try await house.post("/toy/echo", headers + [("X-CSRF-Token", csrf)], [:]).status == 200)
            #expect(try await house.post("/toy/echo", headers + [("X-CSRF-Token", "x")], ["csrf": csrf]).status == 403)
            let multipart = "--B\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\(csrf)\r\n--B--\r\n"
            let sent = try await house.client.send(
                "POST", "/toy/echo", headers + [("Content-Type", "multipart/form-data; boundary=B")],
                body: Array(multipart.utf8))
            #expect(sent.status == 200)
            #expect(try await house.post("/toy/echo", try await house.token(["x"]), [:]).status == 200)
            // A forged command does nothing at all.
            let ring = ["times": "3", "confirmed": "yes"]
            #expect(try await house.post("/do/toy.bell.ring", headers, ring).status == 403)
            #expect(try await house.rung() == 0)
        }
    }

    @Test("a credential that is wrong is refused, not taken for nobody's")
    func credentials() async throws {
        try await withToyHouse { house in
            for header in ["Bearer slw_nothing", "Basic eDp5", "Bearer", ""] {
                let answer = try await house.client.send("GET", "/api/v1/things", [("Authorization", header)])
                #expect(answer.status == 401, "\(header)")
                #expect(answer["content-type"] == "application/problem+json")
            }
            let stale = try await house.client.send("GET", "/things", [("Cookie", "slipway_session=nothing")])
            #expect(stale.status == 303)
        }
    }

    @Test("signing in leads to the asked place, of this site only")
    func signingIn() async throws {
        try await withToyHouse { house in
            let now = house.district.clock()
            let link = try await house.district.store.write {
                try SetupLink.issue(roles: SetupLink.firstRoles, at: now, in: $0)
            }
            let password = "a long enough pass phrase 71"
            #expect(try await house.client.send("GET", "/setup/\(link)").status == 200)
            let made = try await house.post(
                "/setup/\(link)", [], ["name": "chief", "password": password, "again": password])
            #expect(made.status == 303)
            #expect(made["set-cookie"]?.contains("HttpOnly") == true)
            #expect(try await house.client.send("GET", "/setup/\(link)").status == 404)
            for (next, place) in [
                ("/things?view=table", "/things?view=table"), ("//evil.example", "/"), ("/\t/evil.example", "/"),
            ] {
                let answer = try await house.post("/signin", [], ["name": "chief", "password": password, "next": next])
                #expect(answer.status == 303)
                #expect(answer["location"] == place)
                let language = try await house.client.send("GET", "/language/en?next=\(Table.encoded(next))")
                #expect(language["location"] == place)
            }
            let wrong = try await house.post(
                "/signin", [], ["name": "chief", "password": "wrong", "next": "//evil.example"])
            #expect(wrong.status == 422)
            #expect(wrong["set-cookie"] == nil)
            #expect(!wrong.text.contains("evil.example"))
        }
    }
}

@Suite("Commands through plain forms and calls")
struct CommandPageTests {
    /// The hidden inputs of a page.
    private static func hidden(_ page: String) -> [String: String] {
        var fields: [String: String] = [:]
        for input in page.components(separatedBy: "<input type=\"hidden\" ").dropFirst() {
            let parts = input.components(separatedBy: "\"")
            if parts.count > 3 { fields[parts[1]] = parts[3] }
        }
        return fields
    }

    @Test("a form is filled in, read back, confirmed and done by plain posts, once however often it is sent")
    func formToDone() async throws {
        try await withToyHouse { house in
            let headers = try await house.signIn().headers
            let form = try await house.client.send("GET", "/do/toy.bell.ring?next=/things&note=hello", headers)
            #expect(form.status == 200)
            #expect(form.text.contains("value=\"hello\""))
            let fields = Self.hidden(form.text)
            #expect(fields["next"] == "/things")
            let key = try #require(fields["idempotency"])
            let wrong = try await house.post("/do/toy.bell.ring", headers, fields.merging(["times": "11"]) { $1 })
            #expect(wrong.status == 422)
            #expect(Self.hidden(wrong.text)["idempotency"] == key)
            #expect(wrong.text.contains("value=\"11\""))
            let asked = fields.merging(["times": "3", "note": "<b>hello"]) { $1 }
            let readBack = try await house.post("/do/toy.bell.ring", headers, asked)
            #expect(readBack.status == 200)
            #expect(readBack.text.contains("&lt;b&gt;hello"))
            #expect(try await house.rung() == 0)
            var confirmed = Self.hidden(readBack.text)
            #expect(confirmed["confirmed"] == "yes")
            #expect(confirmed["times"] == "3")
            #expect(confirmed["idempotency"] == key)
            confirmed["note"] = "<b>hello"
            for _ in 0..<3 {
                let done = try await house.post("/do/toy.bell.ring", headers, confirmed)
                #expect(done.status == 303)
                #expect(done["location"] == "/things")
            }
            #expect(try await house.rung() == 1)
            confirmed["times"] = "4"
            #expect(try await house.post("/do/toy.bell.ring", headers, confirmed).status == 409)
            #expect(try await house.rung() == 1)
        }
    }

    @Test("what is read back has names for identifiers, says what is assumed, and shows no secret")
    func readBack() async throws {
        try await withToyHouse { house in
            let (headers, csrf) = try await house.signIn()
            func ask(_ fields: [String: String]) async throws -> HTTPClient.Answer {
                try await house.post("/do/toy.key.hand", headers, fields.merging(["csrf": csrf]) { $1 })
            }
            // A name that one room alone has is enough, and stands there whether it was picked or typed.
            for room in ["hall", "큰 방", "r-1"] {
                let page = try await ask(["room": room, "number": "12345678", "warm": "4"])
                #expect(page.status == 200)
                #expect(page.text.contains("<dd>큰 방") && !page.text.contains("<dd>r-1"))
                #expect(Self.hidden(page.text)["room"] == "r-1")
                #expect(page.text.contains("손으로 (고르지 않아 이렇게 정함)") && page.text.contains("4 °C"))
                // The number goes along unseen, and into no address.
                #expect(page.text.components(separatedBy: "12345678").count == 2)
                #expect(Self.hidden(page.text)["number"] == "12345678" && page.text.contains("••••••••"))
            }
            let chosen = try await ask(["room": "r-1", "number": "1", "how": "post"])
            #expect(chosen.text.contains("우편") && !chosen.text.contains("이렇게 정함"))
            // Neither a name of two nor one of none is asked to be confirmed.
            for room in ["방", "없는 방"] {
                let page = try await ask(["room": room, "number": "12345678"])
                #expect(page.status == 422 && page.text.contains("그런 방이 없습니다"))
                #expect(page.text.contains("type=\"password\"") && !page.text.contains("12345678"))
                #expect(page.text.contains("value=\"\(room)\""))
            }
        }
    }

    @Test("a form's next place never leaves the site")
    func next() async throws {
        try await withToyHouse { house in
            let (headers, csrf) = try await house.signIn()
            let done = try await house.post(
                "/do/toy.bell.ring", headers,
                ["csrf": csrf, "times": "1", "confirmed": "yes", "next": "//evil.example", "idempotency": "k"])
            #expect(done.status == 303)
            #expect(done["location"]?.hasPrefix("/trace/") == true)
        }
    }

    @Test("the same command as a call: schema, read-back, idempotency key, scope")
    func call() async throws {
        try await withToyHouse { house in
            let headers = try await house.token(["command:toy.bell.ring"])
            let schema = try await house.client.send("GET", "/api/v1/commands/toy.bell.ring", headers)
            #expect(schema.status == 200)
            let path = "/api/v1/commands/toy.bell.ring"
            let unread = try await house.client.send("POST", path, headers, body: Array(#"{"times":2}"#.utf8))
            #expect(unread.status == 428)
            let key = headers + [("Idempotency-Key", "k-1")]
            let body = Array(#"{"times":2,"confirmed":true}"#.utf8)
            #expect(try await house.client.send("POST", path, key, body: body).status == 201)
            #expect(try await house.client.send("POST", path, key, body: body).status == 200)
            #expect(try await house.rung() == 1)
            for (text, status) in [
                ("[]", 422), ("{", 422), (#"{"times":99,"confirmed":true}"#, 422),
                (#"{"times":1,"other":1,"confirmed":true}"#, 422),
            ] {
                let answer = try await house.client.send("POST", path, headers, body: Array(text.utf8))
                #expect(answer.status == status, "\(text)")
                #expect(answer["content-type"] == "application/problem+json", "\(text)")
            }
            #expect(
                try await house.client.send("POST", path, try await house.token(["read"]), body: body).status == 403)
            #expect(try await house.client.send("POST", path, body: body).status == 401)
            #expect(
                try await house.client.send("POST", "/api/v1/commands/no.such.one", headers, body: body).status == 404)
            #expect(try await house.rung() == 1)
        }
    }

    @Test("ten thousand things sort, filter and page on the server, each row once")
    func tenThousand() async throws {
        try await withToyHouse { house in
            let headers = try await house.signIn(roles: [.zoneOfficer]).headers
            let zone = try Caller.system("test").tenant
            for batch in 0..<10 {
                try await house.district.transact { transaction in
                    let things = (0..<1000).map { index in
                        let number = batch * 1000 + index
                        return Thing(
                            id: ThingID("thing-\(10_000 + number)"), kind: .machine,
                            name: Words("기계 \(10_000 + number)", "Machine \(10_000 + number)"), scope: .zone)
                    }
                    try transaction.record(
                        try TwinEvents.declared(things, for: zone, in: transaction.writer),
                        origin: Origin(author: .system("test")))
                }
            }
            func names(_ query: String) async throws -> [String] {
                let answer = try await house.client.send("GET", "/things?view=table&\(query)", headers)
                #expect(answer.status == 200)
                return answer.text.components(separatedBy: "/machines/thing-").dropFirst().map { String($0.prefix(5)) }
            }
            let start = ContinuousClock.now
            #expect(try await names("size=500") == (10_000..<10_500).map(String.init))
            #expect(try await names("size=500&page=20") == (19_500..<20_000).map(String.init))
            #expect(try await names("sort=-name&size=3") == ["19999", "19998", "19997"])
            #expect(try await names("q=1999&size=50") == (["11999"] + (19_990..<20_000).map(String.init)))
            #expect(try await names("page=9999").isEmpty)
            #expect(try await names("q=%27%20OR%201=1--").isEmpty)
            #expect(try await names("q=%25").isEmpty)
            #expect(start.duration(to: .now) < .seconds(20))
        }
    }
}

@Suite("Live updates")
struct LiveTests {
    @Test("a page is told of its own firm's changes and of nobody else's, and let go when the house closes")
    func live() async throws {
        try await withToyHouse { house in
            let own = try await house.signIn("p").headers
            let other = try await house.signIn("q", firm: "bravo").headers
            let key = SeriesKey("press-1", "x")
            try await house.district.transact { transaction in
                let zone = try Caller.system("test").tenant
                let thing = Thing(
                    id: key.thing, kind: .machine, name: Words("가", "A"), firm: "alfa", scope: .firm("alfa"))
                try transaction.record(
                    try TwinEvents.declared([thing], for: zone, in: transaction.writer),
                    origin: Origin(author: .system("test")))
            }
            let (heard, feed) = AsyncStream.makeStream(of: String.self)
            async let mine = house.client.listen("/live", own, seconds: 60) { feed.yield($0) }
            async let theirs = house.client.listen("/live", other, seconds: 60) { _ in }
            while house.district.committed.listeners < 2 || house.spine.arrivals.listeners < 2 {
                try await Task.sleep(for: .milliseconds(20))
            }
            let caller = Caller(.person("p"), roles: [.safetyManager], firm: "alfa")
            _ = try await house.district.perform("toy.bell.ring", ["times": 1], by: caller, confirmed: true)
            house.spine.arrivals.send([Sample(key, Reading(time: .now(), value: 1))])
            for await text in heard where text.contains("event: readings") && text.contains("event: alarms") { break }
            // Longer than the second after which the other would have been told.
            try await Task.sleep(for: .seconds(2.5))
            await house.close()
            let (told, others) = (try await mine, try await theirs)
            #expect(told.text.contains("event: alarms"))
            #expect(told.text.contains("event: record"))
            #expect(told.text.contains("event: readings"))
            #expect(told.text.contains("text/event-stream"))
            #expect(!others.text.contains("event: alarms"))
            #expect(!others.text.contains("event: record"))
            #expect(!others.text.contains("event: readings"))
            #expect(told.ended && others.ended)
        }
    }

    @Test("nobody listens unknown, and a token without a person's rights does not")
    func strangers() async throws {
        try await withToyHouse { house in
            let program = try await house.token(["*"])
            #expect(try await house.client.send("GET", "/live").status == 303)
            #expect(try await house.client.send("GET", "/live", program).status == 403)
        }
    }
}
