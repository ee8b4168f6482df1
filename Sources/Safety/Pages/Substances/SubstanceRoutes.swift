import Access
import District
import Record
import Store
import Twin
import Web

/// The chemicals of a firm, and the page that a QR code on a drum opens.
struct SubstanceRoutes {
    let statements: HazardStatements

    var routes: [Route] {
        [
            .get("/safety/substances", .signedIn) { try await list($0) },
            .get("/safety/substances/{substance}/label", .roles(RegisterSubstance.roles)) { try await label($0) },
            // Whoever stands before the drum may read what is in it: OSH 114 wants it at hand, account or none.
            .get("/m/{code}", .anyone) { try await sheet($0) },
            .get("/m/{code}/file", .anyone) { try await file($0) },
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let (tenant, language) = (try visit.tenant, visit.language)
        let (substances, names) = try await visit.spine.district.store.read { reader in
            let all = try SubstanceTable.list(for: tenant, in: reader)
            var names: [ThingID: String] = [:]
            for thing in Set(all.map(\.thing)) {
                names[thing] = try Things.find(thing, for: tenant, in: reader)?.name[language]
            }
            return (all, names)
        }
        let places = Dictionary(grouping: substances, by: \.thing).sorted { $0.key < $1.key }
        return .page(
            "substances", title: visit.word("substances_title"),
            [
                "may_add": .bool(!RegisterSubstance.roles.isDisjoint(with: visit.caller.roles)),
                "places": .array(
                    places.map { thing, list in
                        [
                            "name": .string(names[thing] ?? thing.rawValue),
                            "items": .array(list.map { item($0, beside: list, visit) }),
                        ]
                    }),
            ], live: true)
    }

    private func item(_ substance: Substance, beside others: [Substance], _ visit: Visit) -> JSON {
        let clashes = others.filter { $0.id != substance.id && $0.clashes(with: substance) }.map(\.name)
        var members = view(substance, visit)
        if !clashes.isEmpty { members["clash"] = .string(clashes.joined(separator: ", ")) }
        if !RegisterSubstance.roles.isDisjoint(with: visit.caller.roles) {
            members["label_href"] = .string("/safety/substances/\(substance.id)/label")
            members["revise_href"] = .string(
                "/do/safety.substance.revise?substance=\(substance.id)&next=/safety/substances")
            members["remove_href"] = .string(
                "/do/safety.substance.remove?substance=\(substance.id)&next=/safety/substances")
        }
        return .object(members)
    }

    /// A chemical as every page shows it.
    private func view(_ substance: Substance, _ visit: Visit) -> [String: JSON] {
        let language = visit.language
        let known = substance.hazards.compactMap { statements[$0] }
        var members: [String: JSON] = [
            "name": .string(substance.name), "supplier": .string(substance.supplier),
            "revised": .string(substance.revised.description), "href": .string("/m/\(substance.code)"),
            "signal": .string(
                visit.word(known.contains(where: \.isDanger) ? "substances_danger" : "substances_warning")),
            "kind": known.contains(where: \.isDanger) ? "danger" : "warn",
            "pictograms": .array(
                Set(known.map(\.pictogram)).sorted().map {
                    ["name": .string($0), "label": .string(visit.word("substances_ghs_\($0)"))]
                }),
            "statements": .array(
                known.map { ["code": .string($0.code), "text": .string($0.words[language])] }),
        ]
        if let cas = substance.cas { members["cas"] = .string(cas) }
        if substance.sheet != nil { members["file_href"] = .string("/m/\(substance.code)/file") }
        return members
    }

    private func sheet(_ visit: Visit) async throws -> Reply {
        let substance = try await coded(visit)
        return .page("substance", title: substance.name, .object(view(substance, visit)))
    }

    private func file(_ visit: Visit) async throws -> Reply {
        let substance = try await coded(visit)
        guard let sheet = substance.sheet, case .firm(let firm) = substance.scope else { throw Self.unknown }
        let found = try await visit.spine.district.store.read {
            try Attachments.find(sheet, for: Tenant.firm(firm), in: $0)
        }
        guard let found else { throw Self.unknown }
        return .bytes(found.bytes, type: found.media.rawValue, download: "msds-\(sheet.prefix(12))")
    }

    private func label(_ visit: Visit) async throws -> Reply {
        let (tenant, id) = (try visit.tenant, visit.parameters["substance"] ?? "")
        let found = try await visit.spine.district.store.read {
            try SubstanceTable.find(id, for: tenant, in: $0)
        }
        guard let substance = found else { throw Self.unknown }
        var members = view(substance, visit)
        members["address"] = .string("\(visit.site)/m/\(substance.code)")
        members["qr"] = .string(try QR.svg("\(visit.site)/m/\(substance.code)", label: substance.name))
        return .page("substance-label", title: substance.name, .object(members))
    }

    private func coded(_ visit: Visit) async throws -> Substance {
        let code = visit.parameters["code"] ?? ""
        guard
            let found = try await visit.spine.district.store.read({ try SubstanceTable.coded(code, in: $0) })
        else { throw Self.unknown }
        return found
    }

    private static let unknown = Refusal(
        .notFound, "substance.unknown", Words("그런 화학물질이 없습니다.", "There is no such chemical."))
}
