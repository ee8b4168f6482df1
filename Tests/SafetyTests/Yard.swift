import Access
import District
@_exported import HouseKit
import Record
import Store
import TestKit
import Twin

@testable import Safety

/// Two firms, their people and a plant each (`alfa-plant` with the area `alfa-shop` and the machine `alfa-press`, and the
/// same for bravo).
extension Yard {
    var safety: Safety { room() }

    /// Runs a test on a fresh yard with Safety in it, founded.
    static func with(
        _ kind: StoreUnderTest = .sqlite, corrections: String? = nil, _ body: (Yard) async throws -> Void
    ) async throws {
        try await with([try Safety(corrections: corrections)], on: kind) { yard in
            try await yard.found()
            try await body(yard)
        }
    }

    private func found() async throws {
        for firm in ["alfa", "bravo"] {
            try await register(firm)
            let id = FirmID(firm)
            let things = [("plant", ThingKind.site, nil), ("shop", .area, "plant"), ("press", .machine, "shop")].map {
                Thing(
                    id: ThingID("\(firm)-\($0.0)"), kind: $0.1, parent: $0.2.map { ThingID("\(firm)-\($0)") },
                    name: Words("\(firm) \($0.0)", "\(firm) \($0.0)"), firm: id, scope: .firm(id))
            }
            let zone = try Caller.system("test").tenant
            let drafts = try await store.read { try TwinEvents.declared(things, for: zone, in: $0) }
            try await district.record(drafts, origin: Origin(author: .system("test")))
            for caller in [Caller.executive(firm), .manager(firm), .worker(firm), .worker(firm, 2)] {
                try await enrol(caller)
            }
        }
        try await enrol(.officer)
    }

    /// Keeps a file for a firm; its hash.
    func attach(_ text: String, firm: String = "alfa") async throws -> String {
        let now = clock.read()
        return try await store.write {
            try Attachments.keep(Array(text.utf8), scope: .firm(FirmID(firm)), author: .system("test"), at: now, in: $0)
        }
    }
}
