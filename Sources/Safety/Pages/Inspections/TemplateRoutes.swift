import Access
import District
import Record
import Store
import Web

/// Inspection templates: those of the library, a firm's own, one version to read, and a page to make the next.
struct TemplateRoutes {
    let library: InspectionLibrary

    var routes: [Route] {
        [
            .get("/safety/inspections/templates", .signedIn) { try await list($0) },
            .get("/safety/inspections/templates/{template}", .signedIn) { try await one($0) },
            .get("/safety/inspections/templates/{template}/edit", .roles(InspectionRoutes.overseers)) {
                try await edit($0)
            },
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let found = try await visit.spine.district.store.read { try InspectionTables.templates(for: tenant, in: $0) }
        let mayEdit = tenant.firm != nil && !visit.caller.roles.isDisjoint(with: InspectionRoutes.overseers)
        func entry(_ template: InspectionTemplate, isOwn: Bool?) -> JSON {
            let path = "/safety/inspections/templates/\(template.id)"
            let industry = InspectionLibrary.industries.first { $0.id == template.industry }?.words[visit.language]
            var members: [String: JSON] = [
                "title": .string(template.title[visit.language]), "industry": .string(industry ?? template.industry),
                "count": .string(
                    visit.language == .ko
                        ? "\(template.questions.count)개 항목" : "\(template.questions.count) questions"),
                "href": .string(path), "id": .string(template.id),
                "version": .string("\(template.version)"),
            ]
            if let isOwn {
                members["badge"] = Show.badge(
                    isOwn ? "info" : "neutral", visit.word(isOwn ? "inspections_own" : "inspections_adopted"))
            }
            if mayEdit {
                members["edit"] = .string("\(path)/edit")
                members["use"] = .string(
                    "/do/safety.inspection.schedule?template=\(template.id)&next=/safety/inspections")
            }
            return .object(members)
        }
        let held = Set(found.map(\.template.id))
        let view = InspectionView(visit: visit, names: try await Self.noNames(visit, tenant))
        return .page(
            "inspections-templates", title: visit.word("inspections_templates"),
            [
                "views": view.tabs("templates"),
                "own": .array(found.map { entry($0.template, isOwn: $0.isOwn) }),
                "library": .array(library.templates.filter { !held.contains($0.id) }.map { entry($0, isOwn: nil) }),
            ], live: true)
    }

    private static func noNames(_ visit: Visit, _ tenant: Tenant) async throws -> InspectionNames {
        try await visit.spine.district.store.read {
            try InspectionNames([InspectionSchedule](), for: tenant, in: $0)
        }
    }

    /// A firm's version, or the library's where the firm has none of that name.
    private func find(_ visit: Visit) async throws -> (template: InspectionTemplate, isHeld: Bool) {
        let (tenant, id) = (try visit.tenant, visit.parameters["template"] ?? "")
        let version = visit.query["version"].flatMap { Int64($0) }
        let held = try await visit.spine.district.store.read { reader -> FirmTemplate? in
            guard let firm = tenant.firm else {
                return try InspectionTables.templates(for: tenant, in: reader).first { $0.template.id == id }
            }
            return try InspectionTables.template(id, version: version, of: firm, for: tenant, in: reader)
        }
        if let held { return (held.template, true) }
        guard version == nil, let shipped = library[id] else { throw InspectionRefusals.noTemplate(id) }
        return (shipped, false)
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let (template, isHeld) = try await find(visit)
        let view = InspectionView(visit: visit, names: try await Self.noNames(visit, try visit.tenant))
        let path = "/safety/inspections/templates/\(template.id)"
        var context: [String: JSON] = [
            "id": .string(template.id), "revision": .string("\(template.version)"),
            "edition": .string(String(template.edition.prefix(16))), "held": .bool(isHeld),
            "questions": .array(template.questions.map { question($0, template, view, visit) }),
        ]
        if isHeld, template.version > 1 {
            context["before"] = .string("\(path)?version=\(template.version - 1)")
        }
        if visit.caller.firm != nil, !visit.caller.roles.isDisjoint(with: InspectionRoutes.overseers) {
            context["edit"] = .string("\(path)/edit")
            context["use"] = .string("/do/safety.inspection.schedule?template=\(template.id)&next=/safety/inspections")
        }
        return .page("inspections-template", title: template.title[visit.language], .object(context))
    }

    private func question(
        _ question: Question, _ template: InspectionTemplate, _ view: InspectionView, _ visit: Visit
    ) -> JSON {
        let language = visit.language
        var members: [String: JSON] = [
            "text": .string(question.words[language]),
            "badge": Show.badge(question.severity.badge, question.severity.words[language]),
        ]
        var details: [String] = []
        switch question.kind {
        case .number(let bounds): details.append("\(view.bounds(bounds)) \(bounds.unit)")
        case .choice(let options):
            details.append(options.map { $0.words[language] + ($0.fails ? "!" : "") }.joined(separator: " | "))
        case .text: details.append(visit.word("inspections_in_words"))
        case .check: break
        }
        if question.needsPhoto { details.append(visit.word("inspections_photo_needed")) }
        if !question.isRequired { details.append(visit.word("inspections_optional")) }
        if let condition = question.condition, let other = template[condition.question] {
            details.append("\(visit.word("inspections_when")): \(other.words[language]) = \(condition.answer)")
        }
        if !details.isEmpty { members["detail"] = .string(details.joined(separator: " · ")) }
        if let citation = question.citation { members["cite"] = .string(view.cite(citation)) }
        return .object(members)
    }

    private func edit(_ visit: Visit) async throws -> Reply {
        let (template, isHeld) = try await find(visit)
        let rows = template.questions.enumerated().map { index, question in
            TemplateRow(index: index, question: question, language: visit.language).json
        }
        let blank = TemplateRow(index: rows.count, question: nil, language: visit.language).json
        return .page(
            "inspections-edit", title: visit.word("inspections_edit"),
            [
                "id": .string(template.id), "title_ko": .string(template.title.ko),
                "title_en": .string(template.title.en), "industry": .string(template.industry),
                "industries": .array(
                    InspectionLibrary.industries.map {
                        [
                            "value": .string($0.id), "label": .string($0.words[visit.language]),
                            "selected": .bool($0.id == template.industry),
                        ]
                    }),
                "rows": .array(rows + [blank]), "most": .string("\(InspectionTemplate.most)"),
                "key": .string(Identifier(at: visit.now).description),
                "next": .string(isHeld ? "\(template.version + 1)" : "1"),
            ])
    }
}
