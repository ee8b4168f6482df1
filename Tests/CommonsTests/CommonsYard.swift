import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

/// A house with the room Commons, and people in it: an officer, another one, citizens, somebody who works in a firm, a guest.
struct CommonsYard: Sendable {
    let yard: Yard

    static let second = Caller.person("officer-2", [.zoneOfficer])
    static let ann = Caller.person("ann", [.citizen])
    static let bo = Caller.person("bo", [.citizen])
    static let cho = Caller.person("cho", [.citizen])
    static let worker = Caller.worker("firm-a")
    static let guest = Caller.person("guest", [.guest])
    static let everybody = [Caller.officer, second, ann, bo, cho, worker, guest]

    static func with(_ kind: StoreUnderTest = .sqlite, _ body: (CommonsYard) async throws -> Void) async throws {
        try await Yard.with([try Commons()], on: kind) { yard in
            try await yard.register("firm-a")
            for caller in everybody { try await yard.enrol(caller) }
            try await body(CommonsYard(yard: yard))
        }
    }

    /// What the officer fills in; the clock stands at 2026-11-21.
    static func opening(_ more: [String: JSON] = [:]) -> [String: JSON] {
        var values: [String: JSON] = [
            "title": "로봇 길", "question": "로봇은 어디로 다녀야 하나요?", "kind": "rules", "support_needed": 1,
            "phases": [
                ["phase": "proposals", "begins": "2026-11-21", "ends": "2026-11-30"],
                ["phase": "amendment", "begins": "2026-12-01", "ends": "2026-12-10"],
                ["phase": "vote", "begins": "2026-12-15", "ends": "2026-12-20"],
                ["phase": "accountability", "begins": "2026-12-21", "ends": "2027-12-31"],
            ],
        ]
        values.merge(more) { $1 }
        return values
    }

    func id(_ outcome: Outcome) -> String {
        outcome.events.first?.stream.split(separator: "/").last.map(String.init) ?? ""
    }

    func open(_ more: [String: JSON] = [:]) async throws -> String {
        id(try await yard.perform(OpenProcess.name, Self.opening(more), by: .officer))
    }

    /// The day's proposal text never repeats another: what is alike is asked for by its own words.
    func propose(
        in process: String, _ title: String = "건널목 앞에서 멈추기", _ body: String = "병원 앞 건널목에서 로봇이 멈췄다 가게 합시다.",
        by caller: Caller = ann, _ more: [String: JSON] = [:]
    ) async throws -> String {
        let values: [String: JSON] = ["process": .string(process), "title": .string(title), "body": .string(body)]
        return id(try await yard.perform(MakeProposal.name, values.merging(more) { $1 }, by: caller))
    }

    func perform(_ name: String, _ values: [String: String], by caller: Caller) async throws -> Outcome {
        try await yard.perform(name, values.mapValues { .string($0) }, by: caller)
    }

    func code(_ name: String, _ values: [String: JSON], by caller: Caller) async throws -> String? {
        try await yard.refusal(name, values, by: caller)?.code
    }

    func proposal(_ id: String) async throws -> Proposal {
        try #require(try await yard.store.read { try ProposalTable.find(id, in: $0) })
    }

    func text(_ id: String) async throws -> CivicText {
        try #require(try await yard.store.read { try TextTable.find(id, in: $0) })
    }
}
