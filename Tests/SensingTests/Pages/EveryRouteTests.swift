import District
import Foundation
import HTTPTypes
import Record
import TestKit
import Testing
import Web

@testable import Access
@testable import Sensing

@Suite("Every route states its permission and keeps firms apart")
struct EveryRouteTests {
    /// What stands in for a route's parameters.
    private static func fill(_ path: String, _ side: TwoFirms.Side, command: String = "sensing.alarm.acknowledge")
        -> [String]
    {
        var paths = [path]
        func put(_ name: String, _ values: [String]) {
            paths = paths.flatMap { path in
                path.contains("{\(name)}") ? values.map { path.replacing("{\(name)}", with: $0) } : [path]
            }
        }
        put("alarm", [side.alarm])
        put("thing", [side.thing, "site-\(side.firm)", "replay-\(side.mark.lowercased())-file"])
        put("property", ["vibration"])
        put("id", [side.correlation, side.event])
        put("token", [side.token.id])
        put("replay", [side.replay])
        put("leaf", ["\(side.leaf)"])
        put("command", [command])
        put("hash", [String(repeating: "0", count: 64)])
        put("link", ["no-such-link"])
        put("language", ["en"])
        return paths.map { $0.replacing("**", with: $0.hasPrefix("/tile") ? "0/000.p/1" : "app.css") }
    }

    @Test("who is not known is sent to sign in, and told so as problem+json where a program asks")
    func anonymous() async throws {
        try await withHouse { house in
            let firms = try await TwoFirms(house)
            var tried = 0
            for route in house.routes where route.permission.audience != .anyone {
                for path in Self.fill(route.path, firms.alfa) {
                    #expect(!path.contains("{"), "teach this test what stands for \(route.path)")
                    let answer = try await house.client.send(route.method.rawValue, path)
                    tried += 1
                    if path.hasPrefix("/api/") {
                        #expect(answer.status == 401, "\(route.method) \(path)")
                        #expect(answer["content-type"] == "application/problem+json", "\(route.method) \(path)")
                    } else if route.method == .get {
                        #expect(answer.status == 303, "\(route.method) \(path)")
                        #expect(answer["location"]?.hasPrefix("/signin?next=") == true, "\(route.method) \(path)")
                    } else {
                        #expect(answer.status == 401, "\(route.method) \(path)")
                    }
                    #expect(!answer.text.contains(firms.alfa.mark), "\(route.method) \(path)")
                }
            }
            #expect(tried > 20)
        }
    }

    @Test("a token without a route's scope is refused there")
    func scopes() async throws {
        try await withHouse { house in
            let firms = try await TwoFirms(house)
            let (key, _) = try await house.token(
                "nothing", scopes: ["nothing:at-all"], firm: firms.alfa.firm, roles: [.safetyManager])
            for route in house.routes where route.permission.audience != .anyone {
                for path in Self.fill(route.path, firms.alfa) {
                    let answer = try await house.client.send(
                        route.method.rawValue, path, [("Authorization", "Bearer \(key)")])
                    #expect(answer.status == 403, "\(route.method) \(path)")
                    #expect(!answer.text.contains(firms.alfa.mark), "\(route.method) \(path)")
                }
            }
        }
    }

    @Test("no page and no call shows a firm what is another's")
    func reading() async throws {
        try await withHouse { house in
            let firms = try await TwoFirms(house)
            let (own, other) = (firms.alfa, firms.bravo)
            let person = try await house.signIn(own.person).headers
            let program = [("Authorization", "Token \(own.key)")]
            var shown = 0
            for route in house.routes where route.method == .get && route.path != "/live" {
                let commands = route.path.contains("{command}") ? Array(house.district.forms.keys) : [""]
                for path in commands.flatMap({ Self.fill(route.path, other, command: $0) }) {
                    for (who, headers) in [("person", person), ("program", program)] {
                        for query in ["", "?view=table", "?view=all", "?view=all&q=\(other.mark)", "?last=3600"] {
                            let answer = try await house.client.send("GET", path + query, headers)
                            let text = answer.text
                            let place = "\(who) GET \(path)\(query) → \(answer.status)"
                            shown += answer.status == 200 ? 1 : 0
                            #expect(answer.status < 500, "\(place)")
                            // What the address itself says may be said back; a mark looked for stands in its box.
                            let echoes = ["value=\"\(other.mark)\"", "q=\(other.mark)", "q%3D\(other.mark)"]
                            let seen = query.contains("q=") ? echoes.reduce(text) { $0.replacing($1, with: "") } : text
                            let asked = path.lowercased().contains(other.mark.lowercased())
                            #expect(asked || !seen.contains(other.mark), "\(place)")
                            for value in ["98,765.5", "98765.5", "\(other.firm)-"] {
                                #expect(!text.contains(value), "\(place) shows \(value)")
                            }
                            for identifier in other.identifiers where !path.contains(identifier) {
                                #expect(!text.contains(identifier), "\(place) shows \(identifier)")
                            }
                            let isOthers =
                                route.path.contains { $0 == "{" }
                                && !["{command}", "{link}", "{language}", "{leaf}"].contains { route.path.contains($0) }
                            if isOthers { #expect(answer.status == 404 || answer.status == 403, "\(place)") }
                        }
                    }
                }
            }
            #expect(shown > 50)
        }
    }

    @Test("each firm and the zone do see what is theirs")
    func ownRows() async throws {
        try await withHouse { house in
            let firms = try await TwoFirms(house)
            try await house.add("p-zone", name: "Officer", roles: [.zoneOfficer])
            for side in [firms.alfa, firms.bravo] {
                for person in [side.person, "p-zone"] {
                    let headers = try await house.signIn(person).headers
                    for path in [
                        "/things?view=table", "/alarms?view=all", "/readings", "/machines/\(side.thing)",
                        "/alarms/\(side.alarm)", "/trace/\(side.correlation)", "/tokens", "/audit",
                        "/api/v1/alarms?view=all", "/api/v1/things", "/api/v1/replays/\(side.replay)",
                    ] {
                        let answer = try await house.client.send("GET", path, headers)
                        #expect(answer.status == 200, "\(person) \(path)")
                        let word =
                            path.contains("replays")
                            ? side.mark.lowercased() : path == "/audit" ? "firm:\(side.firm)" : side.mark
                        #expect(answer.text.contains(word), "\(person) \(path)")
                    }
                }
            }
        }
    }

    @Test("the things page counts the reporting things of who asks, not of all")
    func counts() async throws {
        try await withHouse { house in
            let firms = try await TwoFirms(house)
            let headers = try await house.signIn(firms.alfa.person).headers + [("Accept-Language", "en")]
            for path in ["/things", "/things?view=table"] {
                let page = try await house.client.send("GET", path, headers)
                #expect(page.text.contains("of which 1 report"), "\(path)")
            }
        }
    }

    @Test("a number at the end of its range stops nothing")
    func furthest() async throws {
        try await withHouse { house in
            let firms = try await TwoFirms(house)
            let program = [("Authorization", "Token \(firms.alfa.key)")]
            let series = "/api/v1/series/\(firms.alfa.thing)/vibration"
            let (least, most) = (Int64.min, Int64.max)
            for query in [
                "from=\(least)&to=5", "from=\(least)&to=\(most)", "from=0&to=\(most)", "last=nan", "last=inf",
                "last=-1e300",
                "last=1e300", "limit=\(least)", "limit=\(most)", "limit=x",
            ] {
                for path in [series, series + "/chart"] {
                    let answer = try await house.client.send("GET", "\(path)?\(query)", program)
                    #expect(answer.status == 200, "\(path)?\(query)")
                }
            }
            let table = Array("time,flow\n2026-01-01T00:00:00Z,1\n2026-01-01T00:00:01Z,2\n".utf8)
            for speed in ["inf", "nan", "1e300", "-1e300", "0", "x"] {
                let answer = try await house.client.send(
                    "POST", "/api/v1/import?mode=replay&name=fast&speed=\(speed)", program, body: table)
                #expect(answer.status == 202, "\(speed)")
            }
            let times = ["5.9e21", "-5.9e21", "9.9e20", "-9.9e20", "1e300", "-1e300"]
            for time in times {
                let body = "[{\"thing\":\"\(firms.alfa.thing)\",\"property\":\"far\",\"value\":1,\"time\":\(time)}]"
                let answer = try await house.client.send("POST", "/api/v1/readings", program, body: Array(body.utf8))
                #expect([200, 207].contains(answer.status), "\(time)")
            }
            for leaf in ["\(least)", "\(most)", "-1", "99999999999999999999"] {
                let answer = try await house.client.send("GET", "/api/v1/record/proof/\(leaf)", program)
                #expect(answer.status == 404, "\(leaf)")
            }
            #expect(try await house.client.send("GET", "/health/live").status == 200)
        }
    }

    @Test("nothing that a firm sends changes what is another's")
    func writing() async throws {
        try await withHouse { house in
            let firms = try await TwoFirms(house)
            let (own, other) = (firms.alfa, firms.bravo)
            // The other's replay is still being written to until it is over.
            _ = try await eventually {
                try await house.client.send(
                    "GET", "/api/v1/replays/\(other.replay)", [("Authorization", "Token \(other.key)")]
                )
                .text.contains("\"over\":true")
            }
            let before = try await firms.dump(other)
            #expect(before["sensing_alarms"]?.count == 1)
            #expect(before["access_tokens"]?.count == 1)
            for route in house.routes where route.method == .post {
                let commands = route.path.contains("{command}") ? Array(house.district.forms.keys) : [""]
                for path in commands.flatMap({ Self.fill(route.path, other, command: $0) }) {
                    for (path, headers, body) in try await Self.attempts(path, own, other, house) {
                        let answer = try await house.client.send("POST", path, headers, body: body)
                        #expect(answer.status < 500, "POST \(path) → \(answer.status) \(answer.text.prefix(300))")
                    }
                }
            }
            let after = try await firms.dump(other)
            #expect(Set(before.keys) == Set(after.keys))
            for (table, rows) in before {
                #expect(after[table] == rows, "\(table) changed")
            }
        }
    }

    /// The same words as a person's form, a program's JSON, lines and a table.
    private static func attempts(
        _ path: String, _ own: TwoFirms.Side, _ other: TwoFirms.Side, _ house: StandingHouse
    ) async throws -> [(String, [(String, String)], [UInt8])] {
        let session = try await house.signIn(own.person)
        let fields = [
            "alarm": other.alarm, "thing": other.thing, "property": "vibration", "high": "1", "low": "0", "note": "x",
            "reason": "x", "use": "sensing.tail", "on": "false", "request": other.correlation, "token": other.token.id,
            "name": "\(other.mark)-gateway", "scope": "command", "firm": other.firm, "upload": other.replay,
            "confirmed": "yes", "csrf": session.csrf,
        ]
        let form = fields.map { "\($0)=\(Table.encoded($1))" }.sorted().joined(separator: "&")
        let names = ["alarm", "thing", "property", "note", "reason", "use", "request"]
        var json: [String: JSON] = ["confirmed": true]
        for name in names
        where house.district.forms[path.split(separator: "/").last.map(String.init) ?? ""]?
            .fields.contains(where: { $0.name == name }) == true
        {
            json[name] = fields[name].map { .string($0) }
        }
        if path.hasSuffix("limit.set") { json["high"] = 1 }
        let program = [("Authorization", "Token \(own.key)")]
        let readings = "[{\"thing\":\"\(other.thing)\",\"property\":\"vibration\",\"value\":5}]"
        let table = "time,vibration\n2026-11-01T00:00:00Z,5\n2026-11-01T00:00:01Z,6\n"
        return [
            (path, session.headers + [("Content-Type", "application/x-www-form-urlencoded")], Array(form.utf8)),
            (path, program, Array(JSON.object(json).canonicalText.utf8)),
            (path, program, Array(readings.utf8)),
            (path, program, Array("\(other.thing) vibration=5\n".utf8)),
            ("\(path)?thing=\(other.thing)", program, Array(table.utf8)),
            ("\(path)?mode=replay&name=\(other.mark)-file", program, Array(table.utf8)),
        ]
    }
}
