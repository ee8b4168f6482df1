import Access
import District
import Record
import Store
import Web

/// Receipts: looked up by a ballot's number, and as a file that any tool can verify.
///
/// A number alone tells whether the ballot is in the box and, once the vote is counted, what became of it. Where it stands on the
/// Record, and so when it was cast, is told to whoever has the receipt: number and event.
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
        let both = "number=\(receipt.number)&event=\(receipt.event)"
        return [
            "vote_title": .string(vote.title), "path": .string(path), "ballot": .string(receipt.number),
            "commitment": .string(receipt.commitment), "event": .string(receipt.event),
            "signature": file["signature"] ?? .null, "repeated": .bool(repeated),
            "ends": VoteView.until(vote.ends, visit.language), "file_href": .string("\(path)/receipt.json?\(both)"),
            "look_href": .string("\(path)/receipt?\(both)"),
        ]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let (found, _) = try await VoteRoutes.find(visit)
        let typed = visit.query["number"] ?? ""
        var context: [String: JSON] = [
            "vote_title": .string(found.vote.title), "path": .string(VoteView.path(found.vote.id)),
            "typed": .string(typed), "typed_event": .string(visit.query["event"] ?? ""),
            "action": .string("\(VoteView.path(found.vote.id))/receipt"),
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

    /// Whether whoever asks has the receipt: a number alone may have been seen or heard by somebody else.
    private func hasReceipt(_ cast: CastTable.Cast, _ visit: Visit) -> Bool {
        visit.query["event"]?.lowercased() == cast.event
    }

    private func proof(_ cast: CastTable.Cast, _ visit: Visit) async throws -> ReceiptProof? {
        let (district, key) = (visit.spine.district, visit.spine.signer.verifier)
        return try await district.store.read { try CastTable.proof(of: cast.event, district, key: key, in: $0) }
    }

    /// Where a ballot stands: on the Record, in the count, and after the count what it says.
    private func state(
        _ cast: CastTable.Cast, _ found: VoteTable.Found, _ visit: Visit
    ) async throws -> [String: JSON] {
        let district = visit.spine.district
        var members: [String: JSON] = [
            "ballot": .string(cast.number), "commitment": .string(cast.commitment),
            "ends": VoteView.until(found.vote.ends, visit.language),
        ]
        if hasReceipt(cast, visit) {
            members.merge(try Self.context(cast.receipt, found.vote, visit)) { $1 }
            members["proof"] = Self.words(try await proof(cast, visit), visit)
        } else {
            members["hidden"] = true
        }
        guard found.vote.state == .counted else { return members }
        let opened: SealedBallot? = try await district.store.read { reader in
            do {
                return try CastTable.open(cast, district, in: reader)
            } catch is BallotLost {
                return nil
            }
        }
        guard let sealed = opened else {
            members["broken"] = true
            return members
        }
        members["counted"] = [
            "names": .array(
                sealed.ballot.options.enumerated().map { place, id in
                    let name = found.vote.options.first { $0.id == id }?.name ?? id
                    let points = sealed.ballot.points.indices.contains(place) ? " – \(sealed.ballot.points[place])" : ""
                    return ["name": .string("\(name)\(points)")]
                })
        ]
        return members
    }

    /// A proof as people read it.
    private static func words(_ proof: ReceiptProof?, _ visit: Visit) -> JSON {
        guard let proof else { return ["soon": true] }
        guard proof.holds else { return ["false": true] }
        return [
            "holds": [
                "leaf": .string(Show.count(proof.proof.leaf)), "size": .string(Show.count(proof.proof.size)),
                "key": .string(proof.key.description),
                "command": .string("slipway verify --receipt receipt.json --key '\(proof.key)'"),
            ]
        ]
    }

    private func file(_ visit: Visit) async throws -> Reply {
        let (found, _) = try await VoteRoutes.find(visit)
        guard let cast = try await find(visit.query["number"] ?? "", found.vote, visit) else {
            throw Refusal(.notFound, "ballot.unknown", Words("그런 투표지가 없습니다.", "There is no such ballot."))
        }
        guard hasReceipt(cast, visit) else {
            throw Refusal(
                .forbidden, "receipt.event",
                Words(
                    "투표지 번호와 영수증의 기록 번호가 함께 있어야 합니다(number, event).",
                    "Both the ballot's number and the event on its receipt are asked for (number, event)."))
        }
        let proof = try await proof(cast, visit)
        return .bytes(
            try cast.receipt.file(signedBy: visit.spine.issuer, proof: proof).canonical, type: "application/json",
            download: "receipt-\(cast.number).json")
    }
}
