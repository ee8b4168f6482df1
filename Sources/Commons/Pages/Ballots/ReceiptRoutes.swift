import Access
import District
import Record
import Store
import Web

/// Receipts: looked up by a ballot's number, and as a file that any tool can verify.
struct ReceiptRoutes {
    var routes: [Web.Route] {
        [
            .get("/commons/votes/{vote}/receipt", .anyone) { try await page($0) },
            .get("/commons/votes/{vote}/receipt.json", .anyone) { try await file($0) },
        ]
    }

    /// What a receipt says, on the page after casting and on its own.
    static func context(
        _ receipt: Receipt, _ vote: Vote, repeated: Bool = false, _ visit: Visit
    ) throws -> [String: JSON] {
        let path = VoteView.path(vote.id)
        let file = try receipt.file(signedBy: visit.spine.issuer)
        return [
            "vote_title": .string(vote.title), "path": .string(path), "ballot": .string(receipt.number),
            "commitment": .string(receipt.commitment), "event": .string(receipt.event),
            "signature": file["signature"] ?? .null, "repeated": .bool(repeated),
            "ends": Show.time(vote.ends, visit.language),
            "file_href": .string("\(path)/receipt.json?number=\(receipt.number)"),
            "look_href": .string("\(path)/receipt"),
        ]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let (found, _) = try await VoteRoutes.find(visit)
        let typed = visit.query["number"] ?? ""
        var context: [String: JSON] = [
            "vote_title": .string(found.vote.title), "path": .string(VoteView.path(found.vote.id)),
            "typed": .string(typed), "action": .string("\(VoteView.path(found.vote.id))/receipt"),
        ]
        if !typed.isEmpty {
            if let cast = try await find(typed, found.vote, visit) {
                context["found"] = .object(try await state(cast, found, visit))
            } else {
                context["missing"] = true
            }
        }
        return .page("ballots-look", title: visit.word("ballots_look_title"), .object(context))
    }

    private func find(_ typed: String, _ vote: Vote, _ visit: Visit) async throws -> CastTable.Cast? {
        guard let number = BallotNumber.typed(typed) else { return nil }
        return try await visit.spine.district.store.read {
            try CastTable.find(number, in: $0).flatMap { $0.vote == vote.id ? $0 : nil }
        }
    }

    /// Where a ballot stands: on the Record, in the count, and after the count what it says.
    private func state(
        _ cast: CastTable.Cast, _ found: VoteTable.Found, _ visit: Visit
    ) async throws -> [String: JSON] {
        let district = visit.spine.district
        var members = try Self.context(cast.receipt, found.vote, visit)
        let isCounted = found.vote.state == .counted
        let (leaf, sealed) = try await district.store.read { reader in
            (
                try Identifier(cast.event).flatMap { try district.log.event($0, in: reader)?.leaf },
                isCounted ? try? CastTable.open(cast, district, in: reader) : nil
            )
        }
        if let leaf { members["leaf"] = .string(Show.count(leaf)) }
        guard isCounted else { return members }
        if let sealed {
            members["counted"] = [
                "names": .array(
                    sealed.ballot.options.enumerated().map { place, id in
                        let name = found.vote.options.first { $0.id == id }?.name ?? id
                        let points =
                            sealed.ballot.points.indices.contains(place) ? " – \(sealed.ballot.points[place])" : ""
                        return ["name": .string("\(name)\(points)")]
                    })
            ]
        } else {
            members["broken"] = true
        }
        return members
    }

    private func file(_ visit: Visit) async throws -> Reply {
        let (found, _) = try await VoteRoutes.find(visit)
        guard let cast = try await find(visit.query["number"] ?? "", found.vote, visit) else {
            throw Refusal(.notFound, "ballot.unknown", Words("그런 투표지가 없습니다.", "There is no such ballot."))
        }
        return .bytes(
            try cast.receipt.file(signedBy: visit.spine.issuer).canonical, type: "application/json",
            download: "receipt-\(cast.number).json")
    }
}
