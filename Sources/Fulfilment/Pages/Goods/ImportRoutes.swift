import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// The page that takes lists: looked at first, done afterwards, wrong rows named.
struct ImportRoutes {
    /// The largest list taken, in bytes.
    private static let largest = 1 << 20
    private static let path = "/fulfilment/import"

    var routes: [Route] {
        [
            .get(Self.path, .roles(GoodsAsk.leads)) { page($0) },
            .post(Self.path, .roles(GoodsAsk.leads), bodyLimit: Self.largest * 4) { try await look($0) },
            .post("\(Self.path)/do", .roles(GoodsAsk.leads), bodyLimit: Self.largest * 4) { try await take($0) },
        ]
    }

    private func page(_ visit: Visit, _ more: [String: JSON] = [:], error: Refusal? = nil) -> Reply {
        var context = more
        context["kinds"] = .array(
            GoodsListing.Kind.allCases.map { kind in
                [
                    "value": .string(kind.rawValue), "label": .string(visit.word("floor_import_\(kind.rawValue)")),
                    "columns": .string(kind.columns.joined(separator: ", ")),
                ]
            })
        if let error {
            context["errors"] = [
                "refused": .string(visit.word("form_refused")),
                "items": [["text": .string(error.words[visit.language])]],
            ]
        }
        return .page(
            "floor-import", title: visit.word("floor_import_title"), .object(context),
            status: error == nil ? .ok : .unprocessableContent)
    }

    private func look(_ visit: Visit) async throws -> Reply {
        let (tenant, form) = (try visit.tenant, visit.multipart)
        let kind = GoodsListing.Kind(rawValue: form?.fields["kind"] ?? "") ?? .items
        do throws(any Error) {
            guard let file = form?.files["file"], !file.bytes.isEmpty, file.bytes.count <= Self.largest else {
                throw GoodsAsk.invalid(
                    "file.missing", "file",
                    Words("1 MB까지의 CSV 파일을 골라 주세요.", "Please choose a CSV file of at most 1 MB."))
            }
            let text = try CommaText.text(file.bytes)
            let (taken, faults) = try await visit.spine.district.store.read { reader in
                let centre = try Self.centre(visit, reader)
                let plan = try ImportGoods.Plan(text, kind, centre, for: tenant, reader)
                return (plan.taken, plan.faults)
            }
            return page(
                visit,
                [
                    "look": [
                        "kind": .string(kind.rawValue),
                        "label": .string(visit.word("floor_import_\(kind.rawValue)")), "list": .string(text),
                        "good": .string(Show.count(taken)), "bad": .string(Show.count(faults.count)),
                        "any": .bool(taken > 0), "key": .string(Identifier(at: visit.now).description),
                        "faults": .array(
                            faults.prefix(200).map {
                                [
                                    "line": .string("\($0.line ?? 0)"), "field": .string($0.field),
                                    "text": .string($0.words[visit.language]),
                                ]
                            }),
                    ]
                ])
        } catch let refusal as Refusal where refusal.kind == .invalid {
            return page(visit, error: refusal)
        }
    }

    private func take(_ visit: Visit) async throws -> Reply {
        let form = visit.form
        do {
            let centre = try await visit.spine.district.store.read { try Self.centre(visit, $0).id }
            _ = try await visit.spine.district.perform(
                ImportGoods.name,
                [
                    "centre": .string(centre), "kind": .string(form["kind"] ?? ""), "list": .string(form["list"] ?? ""),
                ], by: visit.caller, key: form["key"], confirmed: true)
            return .redirect(
                form["kind"] == "places"
                    ? "/fulfilment/places" : form["kind"] == "stock" ? "/fulfilment/stock" : "/fulfilment/items",
                flash: visit.word("floor_import_done"))
        } catch let refusal as Refusal where refusal.kind == .invalid {
            return page(visit, error: refusal)
        }
    }

    private static func centre(_ visit: Visit, _ reader: any Reader) throws -> GoodsAsk.Centre {
        try GoodsAsk.centre(try Station.centre(visit, reader) ?? "", for: visit.tenant, reader)
    }
}
