import District
import Foundation
import HouseKit
import Record
import ServiceLifecycle
import Store
import TestKit
import Testing
import Web

@testable import Access
@testable import Citizen

extension Yard {
    /// A yard whose own handbook has these files, by name.
    static func with(files: [String: String], _ body: (Yard) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let folder = folder.path
            for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
            try await with(corrections: folder, body)
        }
    }

    /// Serves the yard on a free port of this machine while the body runs, with the room's own services where asked.
    func serve(withServices: Bool = false, _ body: @escaping @Sendable (HTTPClient) async throws -> Void) async throws {
        let more: [any Service] =
            withServices
            ? [RecordService(district: district, signer: spine.signer, holder: "test")] + citizen.services(in: spine)
            : []
        try await serving(spine, rooms: [citizen], services: more) { try await body($0.client) }
    }

    /// Does what somebody unknown asks.
    @discardableResult
    func perform(_ name: String, _ values: [String: JSON], key: String? = nil) async throws -> Outcome {
        try await perform(name, values, by: .anonymous(), key: key)
    }

    /// The refusal that somebody unknown meets.
    func refusal(_ name: String, _ values: [String: JSON]) async throws -> Refusal? {
        try await refusal(name, values, by: .anonymous())
    }

    /// How many events of a type there are.
    func count(_ type: String) async throws -> Int { try await events().count { $0.type == type } }

    /// The cookie of somebody signed in.
    func signIn(_ caller: Caller) async throws -> [(String, String)] {
        let (person, now) = (caller.person ?? PersonID("nobody"), district.clock())
        let opened = try await store.write {
            try Sessions.open(person, address: "127.0.0.1", agent: "test", at: now, in: $0)
        }
        return [("Cookie", "slipway_session=\(opened.token)")]
    }

    /// The key of a new API token of the zone's.
    func token(_ name: String, scopes: Set<String>, roles: Set<Role> = []) async throws -> String {
        let now = district.clock()
        let request = APITokenRequest(name: name, scopes: scopes, firm: nil, roles: roles)
        return try await store.write { try APITokens.issue(request, by: .system("test"), at: now, in: $0).key }
    }
}

/// Waits until something is so.
func comesAbout(_ seconds: Double = 10, _ condition: () async throws -> Bool) async throws -> Bool {
    let start = ContinuousClock.now
    while start.duration(to: .now) < .seconds(seconds) {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(30))
    }
    return false
}
