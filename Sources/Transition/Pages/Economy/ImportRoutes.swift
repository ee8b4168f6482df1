import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// Brings in statistics: looked at first, then done; and the same as one call for programs.
struct ImportRoutes {
    let intake: EconomyIntake

    /// The largest file taken, as it comes; as an attachment it is UTF-8 and has a bound of its own.
    private static let largest = 40 << 20
    private static let path = "/transition/import"
    private static let words = [
        "economy", "title", "measure", "source", "licence", "audience", "published", "suppression",
    ]
    private static let columns = ["missing", "dash", "year", "region", "industry", "value", "year_column", "item"]

    var routes: [Web.Route] {
        [
            .get(Self.path, .roles(ImportEconomy.people)) { page($0) },
            Route(.post, Self.path, .roles(ImportEconomy.people), bodyLimit: Self.largest) { try await look($0) },
            .post("\(Self.path)/do", .roles(ImportEconomy.people)) { try await take($0) },
            Route(.post, "/api/v1/economy", ImportEconomy.permission, bodyLimit: Self.largest) { try await call($0) },
        ]
    }

    // MARK: For programs

    private func call(_ visit: Visit) async throws -> Reply {
        let values = Self.values(visit.query)
        let reading = ImportEconomy.reading(try Self.check(values))
        if visit.query["mode"] == "dry-run" {
            let body = visit.body
            let file = try await intake.lane.run { try EconomyFile(try EconomyText.text(body), reading) }
            return .json(.object(Self.report(file, visit.language)))
        }
        let read = try await intake.look(visit.body, reading, by: visit.caller, at: visit.now, in: visit.spine)
        var answer = Self.report(read.file, visit.language)
        var entered = values
        entered["file"] = .string(read.hash)
        let outcome = try await intake.take(
            entered, by: visit.caller, key: visit.headers[.init("Idempotency-Key") ?? .ifMatch], at: visit.now,
            in: visit.spine)
        answer["version"] = .string(outcome.events.first?.id.description ?? "")
        answer["path"] = .string(EconomyView.path(values["economy"]?.text ?? ""))
        return .json(.object(answer), status: .created)
    }

    /// What a form or an address says, without what it leaves empty.
    private static func values(_ pairs: [String: String]) -> [String: JSON] {
        var values: [String: JSON] = [:]
        for name in words + columns {
            if let value = pairs[name], !value.isEmpty { values[name] = .string(value) }
        }
        return values
    }

    /// Holds what is said of the file against the form before the file is read.
    private static func check(_ values: [String: JSON]) throws(Refusal) -> FormValues {
        var whole = values
        whole["file"] = .string(String(repeating: "0", count: 64))
        let checked = try ImportEconomy.form.check(whole)
        try ImportEconomy.check(checked)
        return checked
    }

    private static func report(_ file: EconomyFile, _ language: Language) -> [String: JSON] {
        let matrix = file.years.first?.matrix
        return [
            "years": .array(file.years.map { .number(Double($0.year)) }),
            "regions": .number(Double(matrix?.regions.count ?? 0)),
            "industries": .number(Double(matrix?.industries.count ?? 0)), "known": .number(Double(file.known)),
            "marked": .number(Double(file.marked)), "totals": .number(Double(file.totals)),
            "refused": .number(Double(file.refused)),
            "errors": .array(
                file.faults.map {
                    [
                        "line": .number(Double($0.line ?? 0)), "field": .string($0.field), "rule": .string($0.rule),
                        "detail": .string($0.words[language]),
                    ]
                }),
        ]
    }

    // MARK: For people

    private func page(_ visit: Visit, _ more: [String: JSON] = [:], error: Refusal? = nil) -> Reply {
        var context = more
        let said = visit.method == .get ? [:] : visit.form
        context["fields"] = .array(
            ImportEconomy.form.fields.dropFirst().map { field in
                var members: [String: JSON] = [
                    "name": .string(field.name), "label": .string(field.label[visit.language]),
                    "value": .string(said[field.name] ?? ""),
                ]
                if field.required { members["required"] = true }
                if let help = field.help { members["help"] = .string(help[visit.language]) }
                if case .choice(let choices) = field.kind {
                    members["choices"] = .array(
                        choices.map { ["value": .string($0.value), "label": .string($0.label[visit.language])] })
                } else {
                    members["plain"] = true
                }
                return .object(members)
            })
        if let error {
            let faults = error.faults.isEmpty ? [.init(field: "file", rule: "", words: error.words)] : error.faults
            context["errors"] = [
                "refused": .string(error.words[visit.language]),
                "items": .array(
                    faults.prefix(20).map { fault in
                        let line = fault.line.map { "\(visit.word("import_line")) \($0): " } ?? ""
                        return [
                            "href": .string("#f-\(fault.field)"), "text": .string(line + fault.words[visit.language]),
                        ]
                    }),
            ]
        }
        return .page(
            "economy-import", title: visit.word("economy_import_title"), .object(context),
            status: error == nil ? .ok : .unprocessableContent)
    }

    private func look(_ visit: Visit) async throws -> Reply {
        do throws(any Error) {
            guard let form = visit.multipart, let upload = form.files["file"], !upload.bytes.isEmpty else {
                throw EconomyText.refusal("missing", Words("CSV 파일을 골라 주세요.", "Please choose a CSV file."))
            }
            let values = Self.values(form.fields)
            let checked = try Self.check(values)
            let read = try await intake.look(
                Array(upload.bytes), ImportEconomy.reading(checked), by: visit.caller, at: visit.now, in: visit.spine)
            let (file, hash) = (read.file, read.hash)
            var look: [String: JSON] = [
                "known": .string(Show.count(file.known)), "marked": .string(Show.count(file.marked)),
                "totals": .string(Show.count(file.totals)), "refused": .string(Show.count(file.refused)),
                "years": .string(file.years.map { "\($0.year)" }.joined(separator: ", ")),
                "size": .string(
                    "\(Show.count(file.years.first?.matrix.regions.count ?? 0)) × \(Show.count(file.years.first?.matrix.industries.count ?? 0))"
                ),
                "faults": .array(
                    file.faults.prefix(50).map {
                        ["line": .string("\($0.line ?? 0)"), "text": .string($0.words[visit.language])]
                    }),
            ]
            let hidden = values.map { ($0.key, $0.value.text ?? "") }.sorted { $0.0 < $1.0 }
            look["hidden"] = Show.hidden(
                hidden + [("file", hash), ("key", Identifier(at: visit.now).description)])
            return page(visit, ["look": .object(look)])
        } catch let refusal as Refusal where refusal.kind == .invalid || refusal.kind == .tooLarge {
            return page(visit, error: refusal)
        }
    }

    private func take(_ visit: Visit) async throws -> Reply {
        var values = Self.values(visit.form)
        values["file"] = .string(visit.form["file"] ?? "")
        do {
            _ = try await intake.take(
                values, by: visit.caller, key: visit.form["key"], at: visit.now, in: visit.spine)
            return .redirect(
                EconomyView.path(visit.form["economy"] ?? ""), flash: visit.word("economy_import_done"))
        } catch let refusal as Refusal where refusal.kind == .invalid {
            return page(visit, error: refusal)
        }
    }
}
