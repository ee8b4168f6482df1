import District
import Record

/// A command's form as the `form` and `confirm` templates take it.
enum FormPage {
    /// What the pages themselves put beside a command's fields.
    static let ownNames = ["csrf", "idempotency", "confirmed", "next", "correlation"]

    static func context(
        _ form: Form, _ visit: Visit, entered: [String: String], key: String? = nil, refusal: Refusal? = nil,
        next: String? = nil, correlation: Identifier? = nil
    ) -> JSON {
        let language = visit.language
        let faults = (refusal?.faults ?? []).map { (field: $0.field, text: $0.words[language]) }
        var groups: [(legend: String, fields: [JSON])] = []
        var chosen: [(String, String)] = []
        for field in form.fields {
            let legend = field.group?[language] ?? ""
            if groups.last?.legend != legend || groups.isEmpty { groups.append((legend, [])) }
            // What a link has chosen already is carried along unseen: nobody reads an identifier.
            if case .reference(_, nil) = field.kind, let given = entered[field.name], !given.isEmpty {
                chosen.append((field.name, given))
                continue
            }
            groups[groups.count - 1].fields.append(
                FieldView.json(
                    field, visit, value: entered[field.name] ?? "",
                    error: faults.first { $0.field == field.name }?.text, entered: entered,
                    faults: refusal?.faults ?? [], isAssent: form.assents.contains(field.name)))
        }
        let place = next ?? SignInRoutes.next(entered["next"] ?? visit.query["next"])
        var context: [String: JSON] = [
            "action": .string("/do/\(form.name)"), "lead": .string(form.help[language]),
            "submit": .string(form.title[language]), "back_href": .string(Self.before(place)),
            "hidden": Show.hidden(
                [("idempotency", key ?? Identifier(at: visit.now).description), ("next", place)]
                    + belonging(correlation) + chosen),
            "groups": .array(
                groups.filter { !$0.fields.isEmpty }.map { group in
                    var members: [String: JSON] = ["fields": .array(group.fields)]
                    if !group.legend.isEmpty { members["legend"] = .string(group.legend) }
                    return .object(members)
                }),
        ]
        if form.fields.contains(where: \.isFile) { context["multipart"] = true }
        if form.confirmation != .none { context["read_back"] = true }
        if let refusal {
            // What no field is to blame for leads to none.
            context["errors"] =
                faults.isEmpty
                ? [
                    "refused": .string(visit.word("form_refused")),
                    "items": [["text": .string(refusal.words[language])]],
                ]
                : Show.errors(
                    faults.map { fault in
                        // A fault inside a field is led to that field; what is no field's has no name that people know.
                        let field = form.fields.first { $0.name == fault.field || fault.field.hasPrefix("\($0.name).") }
                        guard let field else { return (fault.field, fault.text) }
                        return (
                            field.name == fault.field ? fault.field : field.name,
                            "\(field.label[language]): \(fault.text)"
                        )
                    })
        }
        return .object(context)
    }

    private static func belonging(_ correlation: Identifier?) -> [(String, String)] {
        correlation.map { [("correlation", $0.description)] } ?? []
    }

    /// Where one comes from: what `{it}` will stand for has not come to be yet.
    private static func before(_ place: String) -> String {
        guard let mark = place.firstRange(of: "/{it}") else { return place }
        return String(place[..<mark.lowerBound])
    }

    /// What stands for what nobody is to read: as many dots whatever it is.
    private static let masked = "••••••••"

    /// The values read back before anything is done.
    /// - Parameters:
    ///   - names: what references are called, by kind and identifier.
    ///   - assumed: what the fields are taken to be that were left out.
    static func readBack(
        _ form: Form, _ visit: Visit, entered: [String: String], names: ReferenceNames, assumed: [String: JSON],
        key: String?, next: String, correlation: Identifier?
    ) -> JSON {
        let language = visit.language
        let values = form.fields.flatMap { field -> [(Field, String, String)] in
            if case .list(let inner, _) = field.kind {
                return ListView.rows(of: field.name, in: entered).sorted { $0.key < $1.key }.flatMap { row, fields in
                    inner.compactMap { one in
                        fields[one.name].map { (one, "\(field.name)[\(row)].\(one.name)", $0) }
                    }
                }
            }
            let value = entered[field.name] ?? ""
            return value.isEmpty && !field.required ? [] : [(field, field.name, value)]
        }
        func item(_ field: Field, _ value: String) -> String {
            if field.isSecret { return masked }
            if case .reference(let kind, _) = field.kind { return names.shown(value, kind, language) }
            return FieldView.shown(value, field.kind, visit)
        }
        let left = form.fields.compactMap { field -> JSON? in
            guard let value = assumed[field.name], values.allSatisfy({ $0.1 != field.name }) else { return nil }
            let text = item(field, value.text ?? value.canonicalText)
            return [
                "label": .string(field.label[language]),
                "text": .string(visit.word("confirm_assumed").replacing("{text}", with: text)),
            ]
        }
        return [
            "action": .string("/do/\(form.name)"), "back_href": .string("/do/\(form.name)?\(again(values, next))"),
            "sentence": .string(form.title[language] + visit.word("confirm_sentence")),
            "submit": .string(visit.word("confirm_submit")),
            "hidden": Show.hidden(
                values.map { ($0.1, $0.2) }
                    + [("idempotency", key ?? Identifier(at: visit.now).description), ("next", next)]
                    + belonging(correlation)),
            "items": .array(
                values.compactMap { field, _, value in
                    if case .reference(_, nil) = field.kind { return nil }
                    return ["label": .string(field.label[language]), "text": .string(item(field, value))]
                } + left),
        ]
    }

    /// What a web form sent, as the frame's check takes it: an unticked box is a no, a blank is left out.
    static func values(_ fields: [Field], _ entered: [String: String]) -> [String: JSON] {
        let lists = fields.filter(\.isList).map { "\($0.name)[" }
        var values: [String: JSON] = entered.filter { name, value in
            !value.isEmpty && !lists.contains { name.hasPrefix($0) }
        }.mapValues { .string($0) }
        for field in fields {
            switch field.kind {
            case .list(let inner, _):
                let rows = ListView.values(of: field.name, inner, in: entered)
                if rows.elements?.isEmpty == false { values[field.name] = rows }
            case .flag where values[field.name] == nil: values[field.name] = false
            case .place:
                let longitude = values.removeValue(forKey: field.name + ".lon")?.double
                let latitude = values.removeValue(forKey: field.name + ".lat")?.double
                if let longitude, let latitude {
                    values[field.name] = ["longitude": .number(longitude), "latitude": .number(latitude)]
                }
            default: break
            }
        }
        return values
    }

    private static func again(_ values: [(Field, String, String)], _ next: String) -> String {
        (values.filter { !$0.0.isSecret }.map { ($0.1, $0.2) } + [("next", next)])
            .map { "\($0.0)=\(Table.encoded($0.1))" }.joined(separator: "&")
    }
}

extension Field {
    /// Whether it has several entries.
    fileprivate var isList: Bool {
        if case .list = kind { true } else { false }
    }

    /// Whether a file is sent with it.
    fileprivate var isFile: Bool {
        if case .attachment = kind { true } else { false }
    }
}
