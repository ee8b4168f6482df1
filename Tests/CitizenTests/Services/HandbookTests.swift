import District
import Record
import Testing
import Web

@testable import Citizen

/// What `services.json`, `apps.json` and their phrasings must keep.
struct CityHandbookTests {
    private func book() throws -> CityServices { try CityServices(try Citizen().handbook) }

    @Test("there are services of every kind, each with a department, a period and a form that its own sample passes")
    func services() throws {
        let services = try book().services
        #expect(services.count >= 38)
        for kind in CityService.Kind.allCases { #expect(services.count { $0.kind == kind } >= 6, "\(kind)") }
        for service in services.filter({ $0.command != nil }) {
            let command = try #require(SubmitRequest.command(service))
            #expect(command.form.surfaces.contains(.voice) && command.form.surfaces.contains(.mcp), "\(service.code)")
            #expect(command.form.confirmation == .readBack, "\(service.code)")
            #expect(!service.fields.isEmpty && service.days != nil, "\(service.code)")
            // What names a person or where they live never stands in the open.
            for entry in service.fields
            where ["name", "phone", "reply", "home", "birth", "plate"].contains(entry.field.name) {
                #expect(entry.field.isPersonal, "\(service.code).\(entry.field.name)")
            }
            let values = try command.form.check(Self.filled(service))
            _ = try RequestCheck(now: Self.now).checked(values.members, of: service)
        }
    }

    @Test("every command that may be spoken has enough sentences, and they name its fields alone")
    func phrasings() throws {
        let services = try book().services.filter { $0.command != nil }
        let phrasings = Dictionary(uniqueKeysWithValues: try Citizen().phrasings.map { ($0.command, $0) })
        for service in services {
            let phrasing = try #require(phrasings[service.command ?? ""], "\(service.code)")
            #expect((phrasing.sentences[.ko] ?? []).count >= 5, "\(service.code)")
            #expect((phrasing.sentences[.en] ?? []).count >= 3, "\(service.code)")
            let names = Set(service.fields.map(\.field.name))
            for sentence in phrasing.sentences.values.joined() {
                for mark in sentence.matches(of: /\{([a-z_]+)\}/) {
                    #expect(names.contains(String(mark.1)), "\(service.code): \(sentence)")
                }
            }
            for entry in service.fields where entry.field.required {
                #expect(phrasing.questions[entry.field.name] != nil, "\(service.code) asks for \(entry.field.name)")
            }
            for (field, choices) in phrasing.synonyms {
                let kind = service.fields.first { $0.field.name == field }?.field.kind
                guard case .choice(let offered) = kind else {
                    Issue.record("\(service.code).\(field) is no choice")
                    continue
                }
                #expect(Set(choices.keys) == Set(offered.map(\.value)), "\(service.code).\(field)")
            }
        }
    }

    @Test("look-ups and apps are intents with sentences; a link takes what was said, and its front door otherwise")
    func intents() throws {
        let book = try book()
        #expect(book.lookups.count >= 7 && book.launches.count >= 12)
        for intent in book.lookups.map(\.intent) + book.launches.map(\.intent) {
            #expect(
                (intent.sentences[.ko] ?? []).count >= 5 && (intent.sentences[.en] ?? []).count >= 3, "\(intent.name)")
        }
        #expect(book.lookups.first { $0.intent.name == "lookup:bus" }?.intent.slots.map(\.name) == ["line", "stop"])
        let korail = try #require(book.launches.first { $0.intent.name == "launch:korail" })
        let full = korail.link(["from": "서울", "to": "부산&x=1"]).url
        #expect(full.hasSuffix("depStn=%EC%84%9C%EC%9A%B8&arrStn=%EB%B6%80%EC%82%B0%26x%3D1"))
        #expect(korail.link(["from": "서울"]).url == "https://www.korail.com")
    }

    @Test(
        "a file that cannot be used is named with the place",
        arguments: [
            (
                #"{"services": [{"code": "Bad Code", "kind": "report"}]}"#,
                "code has lower-case letters, digits and hyphens"
            ),
            (#"{"services": [{"code": "a", "kind": "wish"}]}"#, "kind is report, application, booking or lookup"),
            (#"{"services": [{"code": "a", "kind": "report", "days": 0}]}"#, "is from 1 to 365"),
            (#"{"services": []}"#, "each code stands here once"),
        ])
    func faults(_ text: String, _ rule: String) async throws {
        do {
            try await Yard.with(files: ["services.json": text]) { _ in }
            Issue.record("it was taken")
        } catch let error as HandbookError {
            #expect(error.rule == rule)
        }
    }

    static let now = Timestamp(iso8601: "2026-11-21T09:00:00+09:00") ?? .now()

    /// A value for each field of a service.
    static func filled(_ service: CityService) -> [String: JSON] {
        var values: [String: JSON] = [:]
        for entry in service.fields {
            let field = entry.field
            switch (field.spoken, field.kind) {
            case (.phone, _): values[field.name] = "010-1234-5678"
            case (.day, _), (.birth, _): values[field.name] = entry.range == .past ? "1948-03-02" : "2026-12-03"
            case (.time, _): values[field.name] = "14:00"
            case (_, .choice(let choices)): values[field.name] = .string(choices[0].value)
            case (_, .integer(let range, _)): values[field.name] = .number(Double(range.lowerBound))
            case (_, .flag): values[field.name] = true
            case (_, .place): values[field.name] = ["longitude": 127.1, "latitude": 36.4]
            default: values[field.name] = "바다로 12"
            }
        }
        return values
    }
}
