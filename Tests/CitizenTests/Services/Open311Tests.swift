import District
import Foundation
import Record
import Store
import TestKit
import Testing
import Web

@testable import Access
@testable import Citizen

/// GeoReport v2 as a program sees it, over HTTP.
struct Open311Tests {
    private func post(
        _ client: HTTPClient, _ path: String, _ fields: [String: String], _ headers: [(String, String)] = []
    ) async throws -> HTTPClient.Answer {
        let body = fields.map { "\(Table.encoded($0))=\(Table.encoded($1))" }.sorted().joined(separator: "&")
        return try await client.send(
            "POST", path, headers + [("Content-Type", "application/x-www-form-urlencoded")], body: Array(body.utf8))
    }

    private func get(_ client: HTTPClient, _ path: String) async throws -> HTTPClient.Answer {
        try await client.send("GET", path, [])
    }

    @Test("services and definitions say the same in XML and JSON")
    func services() async throws {
        try await Yard.with { yard in
            try await yard.serve { client in
                let json = try await get(client, "/open311/v2/services.json")
                let list = try #require(try JSON(parsing: json.body).elements)
                let services = try CityServices(yard.citizen.handbook).offered
                #expect(list.count == services.count && json["content-type"] == "application/json; charset=utf-8")
                let noise = try #require(list.first { $0["service_code"]?.text == "noise" })
                #expect(noise["metadata"]?.bool == true && noise["type"]?.text == "realtime")
                #expect(list.first { $0["service_code"]?.text == "pothole" }?["metadata"]?.bool == false)
                let xml = try await get(client, "/open311/v2/services.xml")
                #expect(xml["content-type"] == "text/xml; charset=utf-8")
                #expect(
                    xml.text.hasPrefix("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<services><service><service_code>"))
                #expect(xml.text.matches(of: /<service>/).count == services.count)
                let definition = try JSON(parsing: try await get(client, "/open311/v2/services/noise.json").body)
                let source = try #require(definition["attributes"]?.elements?.first)
                #expect(source["code"]?.text == "source" && source["datatype"]?.text == "singlevaluelist")
                #expect(source["required"]?.bool == true && source["values"]?.elements?.count == 5)
                for path in ["services/none.xml", "services/bus.json", "requests/1.xml", "tokens/1.json", "other.xml"] {
                    let answer = try await get(client, "/open311/v2/\(path)")
                    #expect(answer.status == 404, "\(path)")
                    #expect(answer.text.contains("404") && answer.text.contains("description"), "\(path)")
                }
            }
        }
    }

    @Test("a request is posted by a token, found again by number and token, and tells nothing about the person")
    func posted() async throws {
        try await Yard.with { yard in
            let key = try await yard.token("app", scopes: ["command:citizen.*"])
            try await yard.serve { client in
                let answer = try await post(
                    client, "/open311/v2/requests.json",
                    [
                        "api_key": key, "service_code": "pothole",
                        "address_string": "바다구 바다로 <12> & 행복아파트 101동 1203호", "lat": "36.40049",
                        "long": "127.1", "description": "김가상 집 앞이 시끄러워요",
                        "phone": "010-1234-5678", "first_name": "가상", "last_name": "김", "email": "a@b.c",
                    ], [("Idempotency-Key", "k-1")])
                #expect(answer.status == 200, "\(answer.text)")
                let told = try #require(try JSON(parsing: answer.body).elements?.first)
                let (number, token) = (told["service_request_id"]?.text ?? "", told["token"]?.text ?? "")
                #expect(number.hasPrefix("261121-") && token.utf8.count == 22)
                let xml = try await get(client, "/open311/v2/requests/\(number).xml")
                // The road, and a hundred metres: the house is nobody's to read.
                #expect(xml.text.contains("<address>바다구 바다로</address>"))
                #expect(xml.text.contains("<status>open</status>") && xml.text.contains("<lat>36.4</lat>"))
                #expect(xml.text.contains("<requested_datetime>2026-11-21T09:00:00+09:00</requested_datetime>"))
                let all = try await get(client, "/open311/v2/requests.json")
                for text in [xml.text, all.text] {
                    #expect(!text.contains("김가상") && !text.contains("5678") && !text.contains(token))
                    #expect(!text.contains("101동") && !text.contains("1203") && !text.contains("40049"))
                }
                let found = try JSON(parsing: try await get(client, "/open311/v2/tokens/\(token).json").body)
                #expect(found.elements?.first?["service_request_id"]?.text == number)
                let request = try await yard.store.read { try RequestTable.find(code: token, in: $0) }
                #expect(request?.personal?["reply"] == "010-1234-5678")
            }
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what is wrong is an error document with its status, and nothing is recorded")
    func faults() async throws {
        try await Yard.with { yard in
            let key = try await yard.token("app", scopes: ["command:citizen.*"])
            let other = try await yard.token("other", scopes: ["command:safety.*", "read"])
            try await yard.serve { client in
                let cases: [([String: String], Int, String)] = [
                    (["service_code": "pothole", "address_string": "가"], 403, "api_key is missing"),
                    (
                        ["service_code": "pothole", "address_string": "가", "api_key": "slip_x"], 403,
                        "api_key is missing"
                    ),
                    (["service_code": "pothole", "address_string": "가", "api_key": other], 403, "lacks the scope"),
                    (["api_key": key, "address_string": "가"], 400, "service_code is required"),
                    (["api_key": key, "service_code": "none", "address_string": "가"], 404, "was not found"),
                    (["api_key": key, "service_code": "bus", "attribute[line]": "1"], 404, "was not found"),
                    (["api_key": key, "service_code": "pothole"], 400, "address_string"),
                    (["api_key": key, "service_code": "pothole", "lat": "91", "long": "1"], 400, "degrees"),
                    (["api_key": key, "service_code": "pothole", "lat": "x", "long": "1"], 400, "degrees"),
                    (["api_key": key, "service_code": "noise", "address_string": "가"], 400, "source"),
                    (
                        ["api_key": key, "service_code": "noise", "address_string": "가", "attribute[other]": "1"], 400,
                        "attribute other"
                    ),
                    (
                        ["api_key": key, "service_code": "pothole", "address_string": "900101-1234567"], 400, "where"
                    ),
                ]
                for (fields, status, words) in cases {
                    for format in ["xml", "json"] {
                        let answer = try await post(client, "/open311/v2/requests.\(format)", fields)
                        #expect(answer.status == status, "\(fields)")
                        #expect(answer.text.contains(words), "\(answer.text)")
                        #expect(
                            answer.text.contains(
                                format == "xml" ? "<errors><error><code>\(status)" : "\"code\":\(status)"))
                    }
                }
                for query in [
                    "start_date=yesterday", "status=wild",
                    "start_date=2026-11-20T00:00:00Z&end_date=2026-11-19T00:00:00Z",
                ] {
                    #expect(try await get(client, "/open311/v2/requests.xml?\(query)").status == 400, "\(query)")
                }
                #expect(try await get(client, "/open311/v2/requests.xml?service_code=none").status == 404)
            }
            #expect(try await yard.count(RequestEvents.submitted) == 0)
        }
    }

    @Test(
        "what lies elsewhere, names another jurisdiction or asks for no page is refused; pages go on where they ended")
    func bounds() async throws {
        try await Yard.with { yard in
            let key = try await yard.token("app", scopes: ["command:citizen.*"])
            for number in 1...3 {
                try await yard.perform("citizen.pothole.report", ["where": .string("바다로 \(number)")])
                yard.clock.advance(by: 60)
            }
            try await yard.serve { client in
                let place = ["api_key": key, "service_code": "pothole", "lat": "51.5", "long": "-0.12"]
                let london = try await post(client, "/open311/v2/requests.json", place)
                #expect(london.status == 400 && london.text.contains("outside the area"), "\(london.text)")
                let here = place.merging(["lat": "36.4", "long": "127.1"]) { $1 }
                let other = here.merging(["jurisdiction_id": "nowhere"]) { $1 }
                #expect(try await post(client, "/open311/v2/requests.json", other).status == 404)
                let known = here.merging(["jurisdiction_id": "slipway"]) { $1 }
                #expect(try await post(client, "/open311/v2/requests.json", known).status == 200)
                for (query, status) in [
                    ("jurisdiction_id=nowhere", 404), ("jurisdiction_id=slipway", 200), ("page_size=abc", 400),
                    ("page_size=0", 400), ("page_size=1001", 400), ("page=0", 400), ("page_size=2&page=1", 200),
                ] {
                    let answer = try await get(client, "/open311/v2/requests.json?\(query)")
                    #expect(answer.status == status, "\(query)")
                    if status != 200 { #expect(answer.text.contains("\"code\":\(status)"), "\(query)") }
                }
                func numbers(_ query: String) async throws -> [String] {
                    let answer = try await get(client, "/open311/v2/requests.json?\(query)")
                    return (try JSON(parsing: answer.body).elements ?? []).compactMap {
                        $0["service_request_id"]?.text
                    }
                }
                let (first, second) = (try await numbers("page_size=3"), try await numbers("page_size=3&page=2"))
                #expect(first.count == 3 && second.count == 1)
                #expect(first + second == (try await numbers("")))
            }
        }
    }

    @Test("whatever is asked in a format is answered in it: other methods, other places, and in one language")
    func format() async throws {
        try await Yard.with { yard in
            let key = try await yard.token("app", scopes: ["command:citizen.*"])
            try await yard.serve { client in
                let asked: [(String, String, Int)] = [
                    ("DELETE", "requests", 405), ("PUT", "services", 405), ("DELETE", "requests/1", 405),
                    ("POST", "services/noise", 405), ("PATCH", "tokens/1", 405), ("GET", "services/noise/more", 404),
                    ("GET", "none", 404), ("GET", "none/1", 404), ("POST", "none/1", 404), ("DELETE", "none/1/2", 404),
                ]
                for (method, path, status) in asked {
                    for format in ["json", "xml"] {
                        let answer = try await client.send(method, "/open311/v2/\(path).\(format)", [])
                        let what = "\(method) \(path).\(format): \(answer.text.prefix(200))"
                        #expect(answer.status == status, "\(what)")
                        #expect(answer["content-type"]?.contains(format) == true, "\(what)")
                        #expect(
                            answer.text.contains(format == "xml" ? "<code>\(status)" : "\"code\":\(status)"), "\(what)")
                    }
                }
                for root in ["/open311", "/open311/v2"] {
                    let json = try JSON(parsing: try await get(client, "\(root)/discovery.json").body)
                    let endpoint = try #require(json["endpoints"]?.elements?.first)
                    #expect(endpoint["url"]?.text?.hasSuffix("/open311/v2") == true)
                    #expect(endpoint["formats"]?.elements?.count == 2)
                    let xml = try await get(client, "\(root)/discovery.xml").text
                    #expect(
                        xml.contains("<discovery><changeset>") && xml.contains("<endpoints><endpoint><specification>"))
                }
                // An error is said in one language, whoever asks.
                let wrong = [
                    "api_key": key, "service_code": "noise", "address_string": "가", "attribute[source]": "x",
                    "phone": "abc",
                ]
                let fault = try await post(client, "/open311/v2/requests.json", wrong, [("Accept-Language", "ko")])
                #expect(fault.status == 400)
                #expect(!fault.text.contains { ("가"..."힣").contains($0) }, "\(fault.text)")
            }
        }
    }

    @Test("requests are filtered by number, service, state and days, of which at most 90 are shown")
    func filtered() async throws {
        try await Yard.with { yard in
            yard.clock.set("2026-08-01T09:00:00+09:00")
            try await yard.perform("citizen.pothole.report", ["where": "옛날로 1"])
            yard.clock.set("2026-11-01T09:00:00+09:00")
            try await yard.perform("citizen.pothole.report", ["where": "요즘로 2"])
            try await yard.perform("citizen.odour.report", ["where": "냄새길 3"])
            try await yard.perform(
                "citizen.meal-delivery.apply", ["name": "김가상", "home": "바다로 12", "phone": "010-1234-5678"])
            yard.clock.set("2026-11-21T09:00:00+09:00")
            let zone = try Caller.officer.tenant
            let numbers = try await yard.store.read { reader in
                try RequestTable.desk(
                    state: nil, service: nil, limit: 9, offset: 0, at: yard.clock.read(), for: zone, in: reader
                ).rows
            }
            let odour = try #require(numbers.first { $0.service == "odour" }?.number)
            let meal = try #require(numbers.first { $0.service == "meal-delivery" }?.number)
            try await yard.perform(
                "citizen.request.close", ["request": .string(odour), "result": "done"], by: .officer)
            try await yard.serve { client in
                func places(_ query: String) async throws -> [String] {
                    let answer = try await get(client, "/open311/v2/requests.json\(query)")
                    return (try JSON(parsing: answer.body).elements ?? []).compactMap { $0["address"]?.text }.sorted()
                }
                #expect(try await places("") == ["냄새길", "요즘로"])
                #expect(try await places("?status=open") == ["요즘로"])
                #expect(try await places("?status=closed") == ["냄새길"])
                #expect(try await places("?service_code=pothole,odour") == ["냄새길", "요즘로"])
                #expect(try await places("?service_request_id=\(odour)") == ["냄새길"])
                #expect(try await places("?start_date=2026-07-20T00:00:00Z&end_date=2026-08-20T00:00:00Z") == ["옛날로"])
                // A span that is too long is cut at its older end.
                #expect(
                    try await places("?start_date=2026-07-20T00:00:00Z&end_date=2026-11-21T00:00:00Z") == [
                        "냄새길", "요즘로",
                    ])
                // What is no report of a public place is in no list, and tells only its state by its number.
                #expect(try await places("?service_code=meal-delivery") == [])
                let one = try await get(client, "/open311/v2/requests/\(meal).json")
                #expect(one.text.contains("meal-delivery") && !one.text.contains("바다로") && !one.text.contains("김가상"))
            }
        }
    }

    @Test(
        "XML holds no sign that is not allowed, and reads back as what was meant",
        arguments: [
            ("a < b & \"c\" 'd' >", "a &lt; b &amp; &quot;c&quot; &apos;d&apos; &gt;"), ("]]>", "]]&gt;"),
            ("한\u{0}\u{8}글\u{FFFE}", "한글"), ("줄\r\n바꿈\t", "줄&#13;\n바꿈\t"), ("😀", "😀"),
        ])
    func escaped(_ text: String, _ written: String) {
        #expect(XMLText.escaped(text) == written)
    }
}
