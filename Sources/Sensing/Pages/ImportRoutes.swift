import Access
import District
import HTTPTypes
import Record
import Series
import Web

/// CSV files: looked at first, then imported as a thing's past, or replayed on a virtual clock.
struct ImportRoutes {
    let desks: Desks
    private let uploads = Uploads()

    /// The largest file taken, in bytes.
    private static let largest = 64 << 20
    private static let people = Permission.roles([.zoneOfficer, .administrator, .safetyManager, .executive])
    private static let korea: Int64 = 32_400

    init(desks: Desks) { self.desks = desks }

    var routes: [Route] {
        [
            .get("/import", Self.people) { visit in uploadPage(visit) },
            Route(.post, "/import", Self.people, bodyLimit: Self.largest) { try await rehearse($0) },
            .post("/import/store", Self.people) { try await store($0) },
            Route(.post, "/api/v1/import", .tokenScope("readings:write"), bodyLimit: Self.largest) {
                try await call($0)
            },
            .get("/api/v1/replays/{replay}", .signedIn.orToken("readings:write")) { visit in
                let id = visit.parameters["replay"] ?? ""
                guard let progress = try await desks.desk(visit.spine).replays.progress(id, for: visit.caller) else {
                    throw Refusal(.notFound, "replay.unknown", Words("그런 재생이 없습니다.", "There is no such replay."))
                }
                return .json(progress.json)
            },
        ]
    }

    // MARK: For programs

    private func call(_ visit: Visit) async throws -> Reply {
        let table = try read(visit.body)
        let desk = desks.desk(visit.spine)
        let name = visit.query["name"] ?? visit.query["thing"] ?? "import"
        switch visit.query["mode"] ?? "store" {
        case "dry-run": return .json(Importer(desk: desk).rehearse(table).json(visit.language))
        case "replay":
            let speed = visit.query["speed"].flatMap { Double($0) }.map { max(0.1, min(1e6, $0)) }
            let id = try await desk.replays.begin(table, name: name, speed: speed, by: visit.caller)
            return .json(
                [
                    "replay": .string(id), "rejected": .number(Double(table.rejections.count)),
                    "rows": .number(Double(table.rows.count)),
                ], status: .accepted)
        default:
            let thing = try thing(visit.query["thing"] ?? "")
            return .json(
                try await Importer(desk: desk).store(table, of: thing, name: name, by: visit.caller).json(
                    visit.language))
        }
    }

    private func read(_ bytes: [UInt8]) throws -> CSVReadings {
        do throws(Rejection) {
            return try CSVReadings(bytes, offsetSeconds: Self.korea)
        } catch {
            throw Refusal(
                .invalid, "csv.heading", Words("첫 줄에서 열 이름을 읽을 수 없습니다.", "The first line does not name columns."),
                faults: [error.fault])
        }
    }

    private func thing(_ text: String) throws -> ThingID {
        guard SeriesName.isSound(text) else {
            throw Refusal(
                .invalid, "thing.name", Words("설비 이름을 확인해 주세요.", "Please check the name of the thing."),
                faults: [
                    .init(
                        field: "thing", rule: "name",
                        words: Words(
                            "글자, 숫자, -, _, .만 100바이트까지 쓸 수 있습니다.", "Letters, digits, -, _ and ., at most 100 bytes."))
                ])
        }
        return ThingID(text)
    }

    // MARK: For people

    private func uploadPage(_ visit: Visit, error: Refusal? = nil) -> Reply {
        var upload: [String: JSON] = [
            "action": "/import", "limit": .string(visit.word("import_limit")), "hidden": [],
            "fields": [
                WebField.text(
                    "thing", Words("설비", "Thing"), visit,
                    help: Words(
                        "값이 속한 설비의 식별자입니다. 예: press-1",
                        "The identifier of the thing the values belong to, for example press-1"))
            ],
        ]
        if let error {
            upload["errors"] = [
                "items": [
                    [
                        "href": "#f-file",
                        "text": .string(error.faults.first?.words[visit.language] ?? error.words[visit.language]),
                    ]
                ]
            ]
        }
        return .page(
            "import", title: visit.word("import_title"), ["upload": .object(upload)],
            status: error == nil ? .ok : .unprocessableContent)
    }

    private func rehearse(_ visit: Visit) async throws -> Reply {
        guard let form = visit.multipart, let file = form.files["file"] else {
            return uploadPage(
                visit, error: Refusal(.invalid, "file.missing", Words("CSV 파일을 골라 주세요.", "Please choose a CSV file.")))
        }
        let table: CSVReadings
        let thing: ThingID
        do {
            thing = try self.thing(form.fields["thing"] ?? "")
            table = try read(file.bytes)
        } catch let refusal as Refusal {
            return uploadPage(visit, error: refusal)
        }
        let report = Importer(desk: desks.desk(visit.spine)).rehearse(table)
        let id = await uploads.keep(file.bytes, name: file.name, owner: visit.caller.author)
        let ko = visit.language == .ko
        let verdict =
            report.rejections.isEmpty
            ? (ko ? "모든 줄을 가져올 수 있습니다." : "Every line can be imported.")
            : (ko
                ? "\(report.rejections.count)줄을 빼고 가져올 수 있습니다."
                : "All but \(report.rejections.count) lines can be imported.")
        var result: [String: JSON] = [
            "file": .string(file.name), "rows": .string(Show.count(report.rows)),
            "verdict": ["kind": report.rejections.isEmpty ? "ok" : "warn", "text": .string(verdict)],
            "stored": .string(Show.count(report.readings)), "rejected": .string(Show.count(report.rejections.count)),
            "series": .string(Show.count(report.properties.count)), "back_href": "/import",
            "rejects": .array(
                report.rejections.prefix(50).map { rejection in
                    [
                        "line": .string(Show.count(rejection.line)), "field": .string(rejection.field),
                        "rule": .string(rejection.words[visit.language]), "text": .string(rejection.text),
                    ]
                }),
        ]
        if let span = report.span {
            result["span"] = ["from": Show.time(span.from, visit.language), "to": Show.time(span.to, visit.language)]
        }
        if report.rejections.count > 50 {
            result["rejects_more"] = .string(
                ko ? "외 \(report.rejections.count - 50)줄" : "and \(report.rejections.count - 50) more")
        }
        if report.readings > 0 {
            result["confirm"] = [
                "action": "/import/store", "submit": .string(visit.word("import_submit")),
                "hidden": Show.hidden([("upload", id), ("thing", thing.rawValue)]),
            ]
        }
        if !report.findings.isEmpty { result["findings"] = findings(report, visit).json }
        return .page("import", title: visit.word("import_title"), ["result": .object(result)])
    }

    private func store(_ visit: Visit) async throws -> Reply {
        let form = visit.form
        let thing = try thing(form["thing"] ?? "")
        guard let file = await uploads.take(form["upload"] ?? "", owner: visit.caller.author) else {
            return uploadPage(
                visit, error: Refusal(.conflict, "file.gone", Words("파일을 다시 골라 주세요.", "Please choose the file again.")))
        }
        let report = try await Importer(desk: desks.desk(visit.spine)).store(
            try read(file.bytes), of: thing, name: file.name, by: visit.caller)
        let text =
            visit.language == .ko
            ? "측정값 \(Show.count(report.stored))건을 가져왔습니다. 이미 있던 값은 \(Show.count(report.duplicates))건입니다."
            : "\(Show.count(report.stored)) readings imported; \(Show.count(report.duplicates)) were there already."
        var done: [String: JSON] = ["text": .string(text), "readings_href": .string("/machines/\(thing)?period=week")]
        if !report.findings.isEmpty { done["findings"] = findings(report, visit).json }
        return .page("import", title: visit.word("import_title"), ["done": .object(done)])
    }

    private func findings(_ report: Importer.Report, _ visit: Visit) -> Table {
        Table(
            "findings", caption: visit.word("import_findings"), path: "/import",
            TableQuery([:], columns: ["time"], sortedBy: "time", size: 500),
            columns: [
                .init(nil, visit.word("import_column_time")), .init(nil, visit.word("import_column_sensor")),
                .init(nil, visit.word("import_column_finding")),
            ],
            rows: report.findings.map { finding in
                [
                    Table.Cell(time: Show.time(finding.time, visit.language)),
                    Table.Cell(PropertyName.words(finding.property)[visit.language], isHead: true),
                    Table.Cell("\(finding.reason.words[visit.language]) (\(Show.number(finding.value)))"),
                ]
            }, total: Int64(report.findings.count), empty: "")
    }
}

/// A single text field outside a command's form.
enum WebField {
    static func text(_ name: String, _ label: Words, _ visit: Visit, help: Words) -> JSON {
        [
            "name": .string(name), "id": .string("f-\(name)"), "label": .string(label[visit.language]),
            "help": .string(help[visit.language]), "required": true, "text": ["maxlength": "100"],
        ]
    }
}
