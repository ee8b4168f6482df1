import Access
import District
@_exported import HouseKit
import Record
import TestKit

@testable import Citizen

/// Two firms, their people, and two who live here.
extension Yard {
    var citizen: Citizen { room() }

    /// Runs a test on a fresh yard with Citizen in it (and, where asked, other rooms), founded.
    static func with(
        _ kind: StoreUnderTest = .sqlite, corrections: String? = nil, rooms more: [any Capability] = [],
        isSample: Bool = false, _ body: (Yard) async throws -> Void
    ) async throws {
        try await with([try Citizen(corrections: corrections)] + more, on: kind, isSample: isSample) { yard in
            try await yard.found()
            try await body(yard)
        }
    }

    private func found() async throws {
        for firm in ["alfa", "bravo"] {
            try await register(firm)
            for caller in [Caller.manager(firm), .worker(firm)] { try await enrol(caller) }
        }
        for caller in [Caller.officer, .resident, .neighbour] { try await enrol(caller) }
    }
}

extension Caller {
    /// Somebody who lives here, with an account.
    static let resident = person("resident", [.citizen])
    /// Somebody else who lives here.
    static let neighbour = person("neighbour", [.citizen])
}
