import Access
import District
import Record
import Store
import Web

extension MaturityOffers {
    /// As the other subjects of the room answer.
    static let room = MaturityOffers(
        suppliers: { firm, kinds, now, reader in
            let standing = try MatchingUse.use.standing(in: reader, at: now)
            guard standing == .runs else { return ([], standing.words) }
            let found = try OfferTable.suppliers(for: firm, kinds: kinds, limit: 3, in: reader)
            return (
                found.map { supplier in
                    Offer(
                        name: Words("\(supplier.name) – \(supplier.title)", "\(supplier.name) – \(supplier.title)"),
                        address: "/alliance/firms/\(supplier.supplier)", reasons: supplier.reasons)
                }, nil
            )
        },
        grants: { firm, tenant, kinds, day, reader in
            let people = try Directory.firm(firm, for: tenant, in: reader)?.headcount
            let open = try GrantTable.programmes(in: reader).filter { programme in
                guard programme.hindrance(headcount: people, on: day) == nil else { return false }
                return programme.solutions.isEmpty || !programme.solutions.isDisjoint(with: kinds)
            }
            return open.sorted { $0.closes < $1.closes }.prefix(1).map { programme in
                Offer(
                    name: programme.title, address: "/alliance/grants/programme/\(programme.id)",
                    reasons: [
                        Words("\(programme.closes)까지 신청", "open until \(programme.closes)"),
                        Words(
                            "한 건 한도 \(Show.count(programme.most))원", "at most \(Show.count(programme.most)) won"),
                    ])
            }
        },
        courses: { kinds, now, reader in
            try TrainingTable.courses(for: kinds, limit: 1, after: now, in: reader).map { course in
                let when =
                    course.next.map { next in
                        Words("다음 교육 \(KoreanDay(next))", "next on \(KoreanDay(next))")
                    } ?? Words("일정 미정", "no day set yet")
                return Offer(
                    name: course.title, address: course.path,
                    reasons: [when, Words("\(course.minutes)분", "\(course.minutes) minutes")])
            }
        })
}
