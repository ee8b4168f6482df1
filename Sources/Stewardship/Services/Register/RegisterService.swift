import District
import Record
import ServiceLifecycle
import Store

/// Keeps the register true to the house: takes in what the rooms declare, and says when a permit came to its end.
struct RegisterService: Service {
    let district: District

    func run() async throws {
        await beat(every: .seconds(15), in: district, failing: "the end of a permit could not be recorded") {
            try await expire()
        }
    }

    /// Enters what the rooms declare and reopens what changed. Idempotent: what is known as it is leads to nothing.
    static func adopt(_ district: District) async throws {
        let uses = district.aiUses
        let origin = Origin(author: .system("stewardship.adoption"))
        try await district.transact { transaction in
            let kept = Dictionary(
                try RegisterTable.all(in: transaction.writer).map { ($0.id, $0) },
                uniquingKeysWith: { first, _ in first })
            let drafts = Adoption.drafts(uses, kept, at: district.clock())
            if !drafts.isEmpty { try transaction.record(drafts, origin: origin) }
        }
    }

    /// Says once of each permit that it ended; that it no longer lets anything run needs no one to say so.
    func expire() async throws {
        let (now, origin) = (district.clock(), Origin(author: .system("stewardship.register")))
        try await district.transact { transaction in
            let drafts = try RegisterTable.ended(by: now, in: transaction.writer).map { entry in
                UseEvents.draft(
                    UseEvents.expired, entry.id,
                    [
                        "until": .string(entry.permit?.until.description ?? ""),
                        "basis": .string(entry.permit?.basis.rawValue ?? ""),
                    ])
            }
            if !drafts.isEmpty { try transaction.record(drafts, origin: origin) }
        }
    }
}
