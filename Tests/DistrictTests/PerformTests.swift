import Access
import Record
import Store
import TestKit
import Testing

@testable import District

@Suite("Asking for something, on every store")
struct PerformTests {
    @Test("what is asked is recorded and projected in the name of who asked", arguments: StoreUnderTest.all)
    func done(_ kind: StoreUnderTest) async throws {
        try await Quay.with(kind, rooms: [Boats.room]) { quay in
            let correlation = Identifier()
            let outcome = try await quay.district.perform(
                "shed.boat.launch", ["name": "Ark"], by: .worker, correlation: correlation)
            #expect(outcome.correlation == correlation)
            #expect(outcome.events.map(\.type) == ["shed.boat.launched"])
            #expect(!outcome.repeated)
            let event = try #require(try await quay.events().first)
            #expect(event.id == outcome.events.first?.id)
            #expect(event.author == .person("worker"))
            #expect(event.correlation == correlation)
            let dump = try await quay.district.dump()
            #expect(dump["shed_boats"]?.count == 1)
        }
    }

    @Test(
        "the same key with the same values gives the first answer and does nothing twice", arguments: StoreUnderTest.all
    )
    func idempotent(_ kind: StoreUnderTest) async throws {
        try await Quay.with(kind, rooms: [Boats.room]) { quay in
            let answers = try await withThrowingTaskGroup(of: Outcome.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        try await quay.district.perform("shed.boat.launch", ["name": " Ark "], by: .worker, key: "k1")
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(answers.map(\.correlation)).count == 1)
            #expect(Set(answers.map(\.events)).count == 1)
            #expect(answers.filter { !$0.repeated }.count == 1)
            #expect(try await quay.types() == ["shed.boat.launched"])
            try await expectRefusal(.conflict, "key.reused") {
                _ = try await quay.district.perform("shed.boat.launch", ["name": "Other"], by: .worker, key: "k1")
            }
            // Another caller's key is another key; a refused request leaves its key free.
            _ = try await quay.district.perform("shed.boat.launch", ["name": "Other"], by: .officer, key: "k1")
            try await expectRefusal(.conflict, "boat.state") {
                _ = try await quay.district.perform("shed.boat.launch", ["name": "taken"], by: .worker, key: "k2")
            }
            _ = try await quay.district.perform("shed.boat.launch", ["name": "Third"], by: .worker, key: "k2")
            #expect(try await quay.types().count == 3)
            for key in ["", String(repeating: "k", count: 201)] {
                try await expectRefusal(.invalid, "key.length") {
                    _ = try await quay.district.perform("shed.boat.launch", ["name": "X"], by: .worker, key: key)
                }
            }
        }
    }

    @Test("what must be read back is done only after a yes", arguments: StoreUnderTest.all)
    func readBack(_ kind: StoreUnderTest) async throws {
        try await Quay.with(kind, rooms: [Boats.room]) { quay in
            _ = try await quay.district.perform("shed.boat.launch", ["name": "Ark"], by: .worker)
            try await expectRefusal(.needsConfirmation, "command.read-back") {
                _ = try await quay.district.perform("shed.boat.sink", ["name": "Ark"], by: .officer)
            }
            try await expectRefusal(.invalid, "form.invalid") {
                _ = try await quay.district.perform("shed.boat.sink", [:], by: .officer)
            }
            #expect(try await quay.types() == ["shed.boat.launched"])
            _ = try await quay.district.perform("shed.boat.sink", ["name": "Ark"], by: .officer, confirmed: true)
            #expect(try await quay.types().last == "shed.boat.sunk")
        }
    }

    @Test("what would be refused is refused before it is read back, and nothing is recorded for it")
    func foreseen() async throws {
        try await Quay.with(.sqlite, rooms: [Boats.room]) { quay in
            try await expectRefusal(.conflict, "boat.state") {
                _ = try await quay.district.perform("shed.boat.sink", ["name": "Nowhere"], by: .officer)
            }
            #expect(try await quay.events().isEmpty)
        }
    }

    @Test("who may not is refused before anything is read", arguments: StoreUnderTest.all)
    func refused(_ kind: StoreUnderTest) async throws {
        try await Quay.with(kind, rooms: [Boats.room]) { quay in
            let cases: [(String, Caller, Refusal.Kind, String)] = [
                ("shed.boat.launch", .anonymous(), .unauthenticated, "access.signInRequired"),
                ("shed.boat.sink", .anonymous(), .unauthenticated, "access.signInRequired"),
                ("shed.boat.sink", .worker, .forbidden, "access.forbidden"),
                ("shed.boat.burn", .officer, .notFound, "command.unknown"),
            ]
            for (name, caller, kind, code) in cases {
                let refusal = try await quay.refusal(name, [:], by: caller, confirmed: true)
                #expect(refusal?.kind == kind)
                #expect(refusal?.code == code)
            }
            #expect(try await quay.events().isEmpty)
        }
    }

    @Test("a second person signs once, and it is done in the name of who asked", arguments: StoreUnderTest.all)
    func secondPerson(_ kind: StoreUnderTest) async throws {
        try await Quay.with(kind, rooms: [Boats.room]) { quay in
            let district = quay.district
            try await quay.enrol(.officer)
            _ = try await district.perform("shed.boat.launch", ["name": "Ark"], by: .worker)
            try await expectRefusal(.conflict, "boat.state") {
                _ = try await district.perform("shed.boat.sell", ["name": "Nowhere"], by: .officer)
            }
            let asked = try await district.perform("shed.boat.sell", ["name": "Ark"], by: .officer)
            #expect(asked.events.map(\.type) == ["district.request.opened"])
            let stream = try #require(asked.events.first?.stream)
            let request: [String: JSON] = ["request": .string(String(stream.dropFirst("request/".count)))]
            let sign = "district.request.sign"
            try await expectRefusal(.conflict, "request.same-person") {
                _ = try await district.perform(sign, request, by: .officer, confirmed: true)
            }
            // Whoever may not see the request is not told that there is one.
            try await expectRefusal(.notFound, "request.unknown") {
                _ = try await district.perform(sign, request, by: .worker, confirmed: true)
            }
            try await expectRefusal(.needsConfirmation, "command.read-back") {
                _ = try await district.perform(sign, request, by: .colleague)
            }
            #expect(try await quay.types().contains("shed.boat.sold") == false)
            let signers = ["s1", "s2", "s3", "s4"].map { Caller.person(PersonID($0), [.zoneOfficer]) }
            let done = try await withThrowingTaskGroup(of: Outcome?.self) { group in
                for signer in signers {
                    group.addTask {
                        do {
                            return try await district.perform(sign, request, by: signer, confirmed: true)
                        } catch let refusal as Refusal {
                            #expect(refusal.code == "request.unknown")
                            return nil
                        }
                    }
                }
                return try await group.reduce(into: [Outcome?]()) { $0.append($1) }.compactMap { $0 }
            }
            #expect(done.map { $0.events.map(\.type) } == [["district.request.signed", "shed.boat.sold"]])
            let sold = try #require(try await quay.events().filter { $0.type == "shed.boat.sold" }.only)
            #expect(sold.author == .person("officer"))
            #expect(sold.correlation == asked.correlation)
            #expect(sold.cause == done.first?.events.first?.id)
            #expect(signers.contains { $0.person?.rawValue == sold.payload["cosigner"]?.text })
        }
    }

    @Test(
        "a request is refused by who could sign it, or taken back by who asked: nothing is done",
        arguments: StoreUnderTest.all)
    func requestRefused(_ kind: StoreUnderTest) async throws {
        try await Quay.with(kind, rooms: [Boats.room]) { quay in
            let (district, refuse) = (quay.district, "district.request.refuse")
            try await quay.enrol(.officer)
            _ = try await district.perform("shed.boat.launch", ["name": "Ark"], by: .worker)
            for caller in [Caller.colleague, .officer] {
                let asked = try await district.perform("shed.boat.sell", ["name": "Ark"], by: .officer)
                let request = JSON.string(String((asked.events.first?.stream ?? "").dropFirst("request/".count)))
                #expect(try await district.requestsWaiting(seenBy: .officer).map(\.standing) == [.own])
                #expect(try await district.requestsWaiting(seenBy: .colleague).map(\.standing) == [.sign])
                try await expectRefusal(.notFound, "request.unknown") {
                    _ = try await district.perform(refuse, ["request": request, "why": "-"], by: .worker)
                }
                _ = try await district.perform(refuse, ["request": request, "why": "no"], by: caller)
                #expect(try await district.requestsWaiting(seenBy: .officer).isEmpty)
                try await expectRefusal(.notFound, "request.unknown") {
                    _ = try await district.perform(
                        "district.request.sign", ["request": request], by: .colleague, confirmed: true)
                }
            }
            #expect(try await quay.types().contains("shed.boat.sold") == false)
        }
    }

    @Test("who lost the right to ask meanwhile asks for nothing any more", arguments: StoreUnderTest.all)
    func askerChanged(_ kind: StoreUnderTest) async throws {
        try await Quay.with(kind, rooms: [Boats.room]) { quay in
            let officer = Person(id: "officer", name: "Kim", roles: [.zoneOfficer])
            try await quay.enrol(.officer)
            _ = try await quay.district.perform("shed.boat.launch", ["name": "Ark"], by: .worker)
            let asked = try await quay.district.perform("shed.boat.sell", ["name": "Ark"], by: .officer)
            let request = JSON.string(String((asked.events.first?.stream ?? "").dropFirst("request/".count)))
            for (draft, kind, code) in [
                (AccessEvents.roleRevoked(.zoneOfficer, from: officer), Refusal.Kind.forbidden, "access.forbidden"),
                (AccessEvents.personLeft(officer), .conflict, "request.asker-gone"),
            ] {
                try await quay.district.record([draft], origin: Origin(author: .system("test")))
                try await expectRefusal(kind, code) {
                    _ = try await quay.district.perform(
                        "district.request.sign", ["request": request], by: .colleague, confirmed: true)
                }
            }
            #expect(try await quay.types().contains("shed.boat.sold") == false)
        }
    }

    @Test(
        "what is said about a person waits for its signature in the vault, never on the Record",
        arguments: StoreUnderTest.all)
    func personalRequest(_ kind: StoreUnderTest) async throws {
        try await Quay.with(kind, rooms: [Boats.room]) { quay in
            let district = quay.district
            try await quay.enrol(.worker)
            func ask(_ boat: String) async throws -> [String: JSON] {
                let asked = try await district.perform(
                    "shed.boat.name", ["name": .string(boat), "owner": "Hong"], by: .worker, key: boat)
                let stream = try #require(asked.events.first?.stream)
                return ["request": .string(String(stream.dropFirst("request/".count)))]
            }
            let (first, second) = (try await ask("Ark"), try await ask("Bee"))
            for event in try await quay.events() { #expect(!JSON.object(event.payload).canonicalText.contains("Hong")) }
            let requests = try await quay.store.read { try $0.query("SELECT * FROM district_requests").map(\.values) }
            #expect(requests.count == 2)
            #expect(!"\(requests)".contains("Hong"))
            #expect(!"\(try await district.dump())".contains("Hong"))
            _ = try await district.perform("district.request.sign", first, by: .officer, confirmed: true)
            #expect(try await district.dump()["shed_boats"]?.contains { $0.contains("Hong") } == true)
            _ = try await quay.store.write { try district.log.erase("worker", in: $0) }
            try await expectRefusal(.conflict, "request.erased") {
                _ = try await district.perform("district.request.sign", second, by: .officer, confirmed: true)
            }
        }
    }

    @Test("a use of AI acts only while it is registered and on", arguments: StoreUnderTest.all)
    func uses(_ kind: StoreUnderTest) async throws {
        let use = AIUse(
            "shed.guess", title: Words("추측", "Guess"), purpose: Words("시험", "Test"), model: "coin 1",
            evidence: Words("없음", "None"), override: Words("무시", "Ignore"))
        let stranger = AIUse(
            "shed.stranger", title: Words("추측", "Guess"), purpose: Words("시험", "Test"), model: "coin 1",
            evidence: Words("없음", "None"), override: Words("무시", "Ignore"))
        var room = Boats.room
        room.aiUses = [use]
        try await Quay.with(kind, rooms: [room]) { quay in
            let district = quay.district
            func act(_ id: String) async throws {
                try await district.record(
                    [Draft("shed.guess.made", stream: "guess/1", scope: .zone)], origin: Origin(author: .model(id)))
            }
            func turn(_ on: JSON, _ key: String) async throws {
                _ = try await district.perform(
                    "district.ai.switch", ["use": "shed.guess", "on": on, "reason": "test"], by: .officer, key: key,
                    confirmed: true)
            }
            try await act("shed.guess")
            try await expectRefusal(.forbidden, "ai.unregistered") { try await act("shed.stranger") }
            #expect(try await district.mayRun(use))
            #expect(try await !district.mayRun(stranger))
            try await turn(false, "1")
            #expect(try await !district.mayRun(use))
            try await expectRefusal(.forbidden, "ai.switched-off") { try await act("shed.guess") }
            // Off stays off over a rebuild and a restart.
            _ = try await district.rebuild()
            try await expectRefusal(.forbidden, "ai.switched-off") { try await act("shed.guess") }
            let again = try await quay.reopened(rooms: [room])
            #expect(try await !again.district.mayRun(use))
            try await turn("on", "2")
            try await act("shed.guess")
            #expect(try await quay.types().filter { $0 == "shed.guess.made" }.count == 2)
            try await expectRefusal(.invalid, "form.invalid") {
                _ = try await district.perform(
                    "district.ai.switch", ["use": "shed.stranger", "on": true, "reason": "test"], by: .officer,
                    confirmed: true)
            }
        }
    }

    @Test("a hundred people who ask at once on one stream are all answered", arguments: StoreUnderTest.all)
    func contention(_ kind: StoreUnderTest) async throws {
        try await Quay.with(kind, rooms: [Boats.room]) { quay in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        _ = try await quay.district.perform(
                            "shed.boat.launch", ["name": "Ark"], by: .worker, key: "\(number)")
                    }
                }
                try await group.waitForAll()
            }
            let versions = try await quay.events().map(\.streamVersion)
            #expect(versions == Array(1...100))
        }
    }
}

extension Collection {
    /// The one element, nil where there are none or several.
    var only: Element? { count == 1 ? first : nil }
}
