import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// What learners did, for a learning record store that fetches it (xAPI 1.0.3, 2.1.3, GET Statements).
struct StatementRoutes {
    static let path = "/api/v1/xapi/statements"

    /// Whose people's it may be: the zone's officer for all, the head of a firm for its own.
    private static let readers = Permission.roles([.zoneOfficer, .executive]).orToken("read")

    var routes: [Route] { [.get(Self.path, Self.readers) { try await answer($0) }] }

    private func answer(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let single = visit.query["statementId"] ?? visit.query["voidedStatementId"]
        if let single {
            guard visit.query.keys.filter({ $0 != "format" && $0 != "attachments" }).count == 1 else {
                throw Self.refusal("statementId")
            }
            let isVoided = visit.query["voidedStatementId"] != nil
            let found = try await visit.spine.district.store.read { reader in
                try StatementTable.find(single.lowercased(), isVoided: isVoided, for: tenant, in: reader).map {
                    ($0, try TrainingTable.programme($0.programme, in: reader))
                }
            }
            guard let (statement, programme) = found else {
                throw Refusal(.notFound, "statement.unknown", Words("그런 기록이 없습니다.", "There is no such statement."))
            }
            return .answer(
                statement.json(programme, site: try await Self.home(visit)), status: .ok,
                headers: Self.headers(visit.now))
        }
        let query = try Self.query(visit.query)
        var asked = query
        asked.limit += 1
        let question = asked
        let (statements, programmes) = try await visit.spine.district.store.read { reader in
            let statements = try StatementTable.page(question, for: tenant, in: reader)
            var programmes: [String: TrainingProgramme] = [:]
            for id in Set(statements.map(\.programme)) {
                programmes[id] = try TrainingTable.programme(id, in: reader)
            }
            return (statements, programmes)
        }
        let (page, home) = (statements.prefix(query.limit), try await Self.home(visit))
        let more = statements.count > query.limit ? page.last.map { Self.more(visit.query, after: $0) } ?? "" : ""
        return .answer(
            [
                "statements": .array(page.map { $0.json(programmes[$0.programme], site: home) }),
                "more": .string(more),
            ], status: .ok, headers: Self.headers(visit.now))
    }

    /// The address that accounts and activities belong to: always the same once it was named, whoever asks by whatever name.
    private static func home(_ visit: Visit) async throws -> String {
        try await visit.spine.district.store.read { try BadgeTable.issuer(in: $0)?.address } ?? visit.site
    }

    /// What is asked for. What this resource does not know is refused rather than left out.
    static func query(_ given: [String: String]) throws -> StatementTable.Query {
        var query = StatementTable.Query()
        for (name, value) in given {
            switch name {
            case "since", "until":
                guard let moment = Timestamp(iso8601: value) else { throw refusal(name) }
                if name == "since" { query.since = moment } else { query.until = moment }
            case "ascending":
                guard value == "true" || value == "false" else { throw refusal(name) }
                query.isAscending = value == "true"
            case "limit":
                guard let limit = Int(value), limit >= 0 else { throw refusal(name) }
                query.limit = limit == 0 ? StatementTable.most : min(limit, StatementTable.most)
            case "verb":
                guard let verb = TrainingStatement.Verb.allCases.first(where: { $0.iri == value }) else {
                    throw refusal(name)
                }
                query.verb = verb
            case "from":
                let parts = value.split(separator: ".", maxSplits: 1)
                guard parts.count == 2, let stored = Int64(parts[0]) else { throw refusal(name) }
                query.place = StatementTable.Place(stored: stored, id: String(parts[1]))
            case "attachments" where value == "false", "format" where value == "exact": break
            default: throw refusal(name)
            }
        }
        return query
    }

    /// Where the next page is: the same question, from after the last statement on.
    private static func more(_ given: [String: String], after last: TrainingStatement) -> String {
        var next = given
        next["from"] = "\(last.stored.microseconds).\(last.id)"
        let query = next.sorted { $0.key < $1.key }.map { "\($0.key)=\(Table.encoded($0.value))" }
        return "\(path)?\(query.joined(separator: "&"))"
    }

    private static func headers(_ now: Timestamp) -> HTTPFields {
        var headers = HTTPFields()
        for (name, value) in [
            ("X-Experience-API-Version", "1.0.3"), ("X-Experience-API-Consistent-Through", now.description),
        ] {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return headers
    }

    private static func refusal(_ field: String) -> Refusal {
        let words = Words("이 값은 쓸 수 없습니다.", "This parameter or its value cannot be used.")
        return Refusal(.invalid, "statements.\(field)", of: field, "xapi", words)
    }
}
