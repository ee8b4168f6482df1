import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// An order is found again by its number and the last figures of the telephone number that was left with it: for who has
/// lost the link. Which of the two is wrong is never said.
struct FindOrderRoutes {
    static let path = "/shop/find"
    private let bound = LookUpBound()

    var routes: [Route] {
        [.get(Self.path, .anyone) { page($0) }, .post(Self.path, .anyone) { try await find($0) }]
    }

    private func page(_ visit: Visit, refused: String? = nil, status: HTTPResponse.Status = .ok) -> Reply {
        let entered = visit.method == .post ? visit.form : [:]
        var context: [String: JSON] = [
            "action": .string(Self.path), "number": .string(entered["number"] ?? visit.query["number"] ?? ""),
        ]
        if let refused { context["refusal"] = .string(visit.word(refused)) }
        return .page("shop-find", title: visit.word("shop_find_title"), .object(context), status: status)
    }

    private func find(_ visit: Visit) async throws -> Reply {
        let (number, phone) = (visit.form["number"] ?? "", visit.form["phone"] ?? "")
        guard number.utf8.count <= 40, phone.utf8.count <= 30,
            bound.admits(OrderNumber.read(number), from: visit.address, at: visit.now)
        else { return page(visit, refused: "shop_find_often", status: .tooManyRequests) }
        let code = try await visit.spine.district.store.read {
            try OrderTable.code(called: number, phone: phone, in: $0)
        }
        guard let code, !code.isEmpty else { return page(visit, refused: "shop_find_none", status: .notFound) }
        return .redirect("/shop/orders/\(code)")
    }
}
