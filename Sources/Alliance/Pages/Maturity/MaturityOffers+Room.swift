import Access
import District
import Record
import Store

extension MaturityOffers {
    /// As the other subjects of the room answer.
    static let room = MaturityOffers(grants: { tenant, kinds, day, reader in
        let people = try tenant.firm.flatMap { try Directory.firm($0, for: tenant, in: reader)?.headcount }
        let open = try GrantTable.programmes(in: reader).filter { programme in
            guard programme.hindrance(headcount: people, on: day) == nil else { return false }
            return programme.solutions.isEmpty || !programme.solutions.isDisjoint(with: kinds)
        }
        return open.sorted { $0.closes < $1.closes }.prefix(1).map { programme in
            Offer(
                name: programme.title, address: "/alliance/grants/programme/\(programme.id)",
                reasons: [
                    Words("\(programme.closes)까지 신청", "open until \(programme.closes)"),
                    Words("한 건 한도 \(programme.most)원", "at most \(programme.most) won"),
                ])
        }
    })
}
