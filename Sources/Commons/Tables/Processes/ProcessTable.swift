import District
import Record
import Store

/// The events of processes.
enum ProcessEvents {
    static let opened = "commons.process.opened"
    static let moved = "commons.process.moved"
    static let stopped = "commons.process.stopped"
    static let began = "commons.process.phase-began"
    static let explained = "commons.process.explained"
    static let all = [opened, moved, stopped, began, explained]

    static func stream(_ process: String) -> String { "commons-process/\(process)" }
}

/// Processes and what changed in them; everybody may read them.
enum ProcessTable {
    static let migration = Migration(
        "commons.processes.001",
        [
            """
            CREATE TABLE commons_processes (
                id TEXT PRIMARY KEY, opened BIGINT NOT NULL, begins BIGINT NOT NULL, ends BIGINT NOT NULL,
                content TEXT NOT NULL, told TEXT, stopped TEXT)
            """,
            "CREATE INDEX commons_processes_ends ON commons_processes (ends, id)",
            """
            CREATE TABLE commons_process_changes (
                id TEXT PRIMARY KEY, process TEXT NOT NULL, type TEXT NOT NULL, at BIGINT NOT NULL,
                content TEXT NOT NULL)
            """,
            "CREATE INDEX commons_process_changes_process ON commons_process_changes (process, at)",
        ])

    /// What changed anywhere is found by its time, and processes by their first day.
    static let byTime = Migration(
        "commons.processes.time",
        [
            "CREATE INDEX commons_process_changes_at ON commons_process_changes (at, id)",
            "CREATE INDEX commons_processes_begins ON commons_processes (begins, id)",
        ])

    static let projection = Projection(
        tables: ["commons_processes", "commons_process_changes"], types: ProcessEvents.all
    ) { event, payload, writer in
        let id = payload["process"]?.text ?? ""
        switch event.type {
        case ProcessEvents.opened:
            let days = payload["phases"]?.elements?.compactMap(PhaseDays.init) ?? []
            try writer.execute(
                "INSERT INTO commons_processes (id, opened, begins, ends, content) VALUES (?, ?, ?, ?, ?)",
                [
                    .text(id), .integer(event.observed.microseconds), .integer(days.first?.begins.number ?? 0),
                    .integer(days.last?.ends.number ?? 0), .text(JSON.object(payload).canonicalText),
                ])
        case ProcessEvents.moved: try move(id, payload, writer)
        case ProcessEvents.explained:
            try change(id, writer) { $0["summary"] = payload["summary"] }
        case ProcessEvents.stopped:
            try writer.execute(
                "UPDATE commons_processes SET stopped = ? WHERE id = ?",
                [.text(payload["reason"]?.text ?? ""), .text(id)])
        default:
            try writer.execute(
                "UPDATE commons_processes SET told = ? WHERE id = ?", [.text(payload["phase"]?.text ?? ""), .text(id)])
        }
        try writer.execute(
            "INSERT INTO commons_process_changes (id, process, type, at, content) VALUES (?, ?, ?, ?, ?)",
            [
                .text(event.id.description), .text(id), .text(event.type), .integer(event.observed.microseconds),
                .text(JSON.object(event.type == ProcessEvents.opened ? [:] : payload).canonicalText),
            ])
    }

    private static func move(_ id: String, _ payload: [String: JSON], _ writer: any Writer) throws {
        guard let moved = PhaseDays(.object(payload)) else { return }
        try change(id, writer) { members in
            let days = (members["phases"]?.elements ?? []).compactMap(PhaseDays.init)
            members["phases"] = .array(days.map { ($0.phase == moved.phase ? moved : $0).json })
        }
    }

    /// Writes a process's content anew, and the days that follow from it.
    private static func change(
        _ id: String, _ writer: any Writer, _ change: (inout [String: JSON]) -> Void
    ) throws {
        guard let row = try writer.first("SELECT content FROM commons_processes WHERE id = ?", [.text(id)]),
            var members = try JSON(parsing: try row.text("content")).members
        else { return }
        change(&members)
        let days = (members["phases"]?.elements ?? []).compactMap(PhaseDays.init)
        try writer.execute(
            "UPDATE commons_processes SET begins = ?, ends = ?, content = ? WHERE id = ?",
            [
                .integer(days.first?.begins.number ?? 0), .integer(days.last?.ends.number ?? 0),
                .text(JSON.object(members).canonicalText), .text(id),
            ])
    }

    /// A process; nil where there is none.
    static func find(_ id: String, in reader: any Reader) throws -> CivicProcess? {
        try reader.first("SELECT * FROM commons_processes WHERE id = ?", [.text(id)]).flatMap(process)
    }

    /// All processes, the newest first: as many as pages show.
    static func all(in reader: any Reader) throws -> [CivicProcess] {
        try reader.query("SELECT * FROM commons_processes ORDER BY begins DESC, id DESC LIMIT 300").compactMap(process)
    }

    /// Those that are not over on a day.
    static func open(on day: KoreanDay, in reader: any Reader) throws -> [CivicProcess] {
        try reader.query(
            "SELECT * FROM commons_processes WHERE ends >= ? AND stopped IS NULL ORDER BY ends, id LIMIT 300",
            [.integer(day.number)]
        ).compactMap(process)
    }

    /// Those whose present phase stands on the Record no more than as its days: what began since is to be told.
    static func untold(on day: KoreanDay, in reader: any Reader) throws -> [(process: CivicProcess, phase: PhaseDays)] {
        try reader.query(
            "SELECT * FROM commons_processes WHERE ends >= ? AND begins <= ? AND stopped IS NULL ORDER BY id",
            [.integer(day.number), .integer(day.number)]
        ).compactMap { row in
            guard let process = try process(row), let phase = process.plan.phase(on: day),
                try row.optionalText("told") != phase.phase.rawValue
            else { return nil }
            return (process, phase)
        }
    }

    /// What changed, the latest first.
    static func changes(of id: String, in reader: any Reader) throws -> [ProcessChange] {
        try reader.query(
            "SELECT * FROM commons_process_changes WHERE process = ? ORDER BY at DESC, id DESC LIMIT 100", [.text(id)]
        ).map(change)
    }

    /// What changed in any process, the latest first.
    static func latest(limit: Int, in reader: any Reader) throws -> [(process: String, change: ProcessChange)] {
        try reader.query(
            "SELECT * FROM commons_process_changes ORDER BY at DESC, id DESC LIMIT ?", [.integer(Int64(limit))]
        ).map { (try $0.text("process"), try change($0)) }
    }

    private static func change(_ row: Row) throws -> ProcessChange {
        ProcessChange(
            id: try row.text("id"), type: try row.text("type"), at: Timestamp(microseconds: try row.integer("at")),
            content: try JSON(parsing: try row.text("content")))
    }

    private static func process(_ row: Row) throws -> CivicProcess? {
        CivicProcess(
            try row.text("id"), try JSON(parsing: try row.text("content")), stopped: try row.optionalText("stopped"))
    }
}

/// Something that changed in a process or a proposal, as its log shows it.
struct ProcessChange: Sendable, Hashable {
    let id: String
    let type: String
    let at: Timestamp
    let content: JSON
}
