import Access
import District
import Record
import Store

/// The sample district's packs: one firm's half-year, asked for once.
enum PackSample {
    static func found(_ spine: Spine) async throws {
        let zone = try Caller.system("safety.sample").tenant
        let district = spine.district
        try await district.transact { transaction in
            guard try Directory.firm("firm-gaon", for: zone, in: transaction.writer) != nil,
                try PackTable.list(for: zone, limit: 1, in: transaction.writer).rows.isEmpty
            else { return }
            try transaction.record(
                [
                    Draft(
                        "safety.pack.asked", stream: "pack/\(Identifier(at: district.clock()))",
                        scope: .firm("firm-gaon"),
                        payload: [
                            "firm": "firm-gaon", "period": .string(HalfYear(district.clock()).description),
                            "recipient": "own", "personal": false, "sample": true,
                        ])
                ], origin: Origin(author: .person("gaon-executive-1")))
        }
    }
}
