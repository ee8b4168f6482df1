import Access
import District
import Foundation
import Record
import Store
import TestKit
import Testing

@testable import Safety

@Suite("Models outside the house")
struct OutsideModelTests {
    private static let good = #"{"candidates":[{"type":"caught","probability":0.8},{"type":"fall","probability":0.1}]}"#

    private static func model(
        _ server: LoopbackModel, task: OutsideModel.Task = .text, timeout: Double = 5, personal: Bool = true
    ) throws -> OutsideModel {
        OutsideModel(
            task: task, url: try #require(URL(string: "http://127.0.0.1:\(server.port)/propose")), name: "시험 모델",
            timeout: timeout, mayTakePersonal: personal)
    }

    @Test("none is configured in the shipped handbook, so nothing is ever sent")
    func off() throws {
        #expect(try OutsideModel.configured(ShippedBook.handbook).isEmpty)
    }

    @Test(
        "only https, or http on this machine, and no password in the address",
        arguments: [
            ("https://model.example/ask", true), ("http://127.0.0.1:9/x", true), ("http://localhost/x", true),
            ("http://model.example/ask", false), ("https://user:secret@model.example/", false),
            ("ftp://127.0.0.1/", false),
            ("http://127.0.0.1.example/", false), ("https:///x", false),
        ])
    func addresses(_ text: String, _ safe: Bool) throws {
        #expect(OutsideModel.isSafe(try #require(URL(string: text))) == safe)
    }

    @Test("a handbook that names another address is refused by name")
    func refused() async throws {
        try await withTemporaryFolder { folder in
            try #"{"text":{"on":true,"url":"http://model.example/","timeout_seconds":5}}"#.write(
                to: folder.appendingPathComponent("proposals-endpoints.json"), atomically: true, encoding: .utf8)
            #expect {
                try OutsideModel.configured(Handbook(shipped: folder.path))
            } throws: {
                ($0 as? HandbookError)?.place == "text.url"
            }
        }
    }

    @Test("its answer is a proposal: known types only, the likeliest first, without its own words")
    func answers() async throws {
        let server = try #require(
            LoopbackModel(
                answering:
                    #"{"candidates":[{"type":"fall","probability":0.1},{"type":"ghost","probability":0.9},{"type":"caught","probability":0.8},{"type":"caught","probability":0.7},{"type":"cut","probability":7}],"evidence":["김철수"]}"#
            ))
        let proposal = try await OutsideAsking(model: Self.model(server)).ask(text: "손이 끼었다")
        #expect(proposal.candidates.map(\.type) == [.caught, .fall])
        #expect(proposal.evidence.isEmpty)
        let asked = try #require(server.asked.first)
        #expect(asked.hasPrefix("POST /propose "))
        #expect(asked.contains("손이 끼었다"))
        #expect(asked.contains(#""task":"accident-type""#))
    }

    @Test("silence, errors, redirections and nonsense are no proposals")
    func failures() async throws {
        func failure(_ server: LoopbackModel?, timeout: Double = 5) async throws -> OutsideAsking.Failure? {
            let asking = OutsideAsking(model: try Self.model(try #require(server), timeout: timeout))
            do throws(OutsideAsking.Failure) {
                _ = try await asking.ask(text: "x")
                return nil
            } catch {
                return error
            }
        }
        guard case .unreachable = try await failure(LoopbackModel(answering: "", silent: true), timeout: 1) else {
            Issue.record("a silent model must time out")
            return
        }
        #expect(
            try await failure(LoopbackModel(answering: "{}", status: "500 Oops")) == .unreachable("status 500"))
        let elsewhere = try #require(LoopbackModel(answering: Self.good))
        let moved = LoopbackModel(
            answering: "", status: "307 Moved", headers: ["Location: http://127.0.0.1:\(elsewhere.port)/"])
        #expect(try await failure(moved) == .unreachable("status 307"))
        #expect(elsewhere.asked.isEmpty)
        #expect(try await failure(LoopbackModel(answering: #"{"candidates":[]}"#)) == .strange("no candidates"))
        guard case .strange = try await failure(LoopbackModel(answering: "<html>")) else {
            Issue.record("what is no JSON is no answer")
            return
        }
    }

    @Test("a person's words go out only where that is allowed; the proposal stands on the Record as that model's")
    func recorded() async throws {
        try await Yard.with { yard in
            let server = try #require(LoopbackModel(answering: Self.good))
            let event = try await TypeFlowTests.report(yard)
            let payload = try await yard.store.read { try yard.district.payload(of: event, in: $0) }
            let careful = OutsideDesk(district: yard.district, models: [try Self.model(server, personal: false)])
            try await careful.ask(event, payload)
            #expect(server.asked.isEmpty)
            let allowed = OutsideDesk(district: yard.district, models: [try Self.model(server)])
            try await allowed.ask(event, payload)
            try await allowed.ask(event, payload)
            #expect(server.asked.count == 1)
            let proposed = try #require(try await yard.last("safety.type.proposed"))
            #expect(proposed.author == .model("safety.outside-text"))
            #expect(proposed.payload["edition"] == "시험 모델")
            #expect(proposed.cause == event.id)
        }
    }

    @Test("a photo goes out only where that is allowed, and what comes back is a proposal that closes nothing")
    func photo() async throws {
        try await Yard.with { yard in
            let server = try #require(LoopbackModel(answering: Self.good))
            let photo = try await yard.attach("a photo")
            let event = try await TypeFlowTests.report(yard, text: "", photo: photo)
            let payload = try await yard.store.read { try yard.district.payload(of: event, in: $0) }
            let closed = OutsideDesk(
                district: yard.district, models: [try Self.model(server, task: .photo, personal: false)])
            try await closed.ask(event, payload)
            #expect(server.asked.isEmpty)
            let open = OutsideDesk(district: yard.district, models: [try Self.model(server, task: .photo)])
            try await open.ask(event, payload)
            #expect(server.asked.first?.contains(Data("a photo".utf8).base64EncodedString()) == true)
            #expect(
                try await yard.types().filter { $0.hasPrefix("safety.") } == [
                    HazardReport.type, "safety.type.proposed",
                ])
        }
    }
}
