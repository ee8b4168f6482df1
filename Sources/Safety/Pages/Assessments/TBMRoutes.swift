import Access
import District
import Record
import Store
import Twin
import Web

/// Today's tool-box meeting on one page: tick who is there and what was spoken about, read out the right to stop work.
/// Works without a connection.
struct TBMRoutes {
    let phrases: Phrases

    private static let path = "/safety/tbm"

    var routes: [Route] { [.get(Self.path, HoldTBM.form.permission) { try await page($0) }] }

    /// The page as phones keep it, for those who may hold a meeting.
    static func kept(_ visit: Visit) async throws -> [OfflinePage] {
        guard HoldTBM.form.permission.allows(visit.caller), visit.caller.firm != nil else { return [] }
        let read = try await read(visit)
        let words = read.topics + read.people.map(\.id.rawValue) + read.places.map(\.id.rawValue)
        let tag = ContentHash.sha256(Array(words.joined(separator: "\n").utf8)).prefix(16)
        return [OfflinePage(path, title: visit.word("tbm_title"), tag: "\(KoreanDay(visit.now))-\(tag)")]
    }

    private struct Read: Sendable {
        let places: [Thing]
        let place: Thing?
        let people: [Person]
        let topics: [String]
    }

    private static func read(_ visit: Visit) async throws -> Read {
        let (tenant, now, wanted) = (try visit.tenant, visit.now, visit.query["thing"].map { ThingID($0) })
        return try await visit.spine.district.store.read { reader in
            let places = try Things.list(
                ThingFilter(kinds: [.site, .building, .area, .line]), for: tenant, limit: 200, in: reader
            ).rows.filter { $0.firm != nil && (tenant.firm == nil || $0.firm == tenant.firm) }
            var people = try Directory.people(for: tenant, limit: 300, in: reader).rows.filter { person in
                person.active && person.firm != nil
                    && !person.roles.isDisjoint(with: [.worker, .operator, .safetyManager, .executive])
            }
            let place = places.first { $0.id == wanted } ?? places.first
            guard let place else { return Read(places: [], place: nil, people: people, topics: []) }
            let site = try AssessmentAsk.site(of: place, for: tenant, in: reader)
            // Of a contractor's people only those whom a permit of today names: the host needs to know no others.
            for permit in try TodaysTopics.open(site, on: KoreanDay(now), for: tenant, in: reader) {
                for member in try PermitTable.people(of: permit.id, in: reader) {
                    guard !people.contains(where: { $0.id == member.person }),
                        let person = try permit.firms.person(member.person, in: reader)
                    else { continue }
                    people.append(person)
                }
            }
            return Read(
                places: places, place: place, people: people,
                topics: try TodaysTopics.of(site, at: now, for: tenant, in: reader))
        }
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let read = try await Self.read(visit)
        let title = visit.word("tbm_title")
        guard read.place != nil else { return .page("assessments-tbm", title: title, [:]) }
        let topics = Array(read.topics.prefix(10))
        return .page(
            "assessments-tbm", title: title,
            [
                "form": [
                    "edition": .string(KoreanDay(visit.now).description),
                    "hidden": Show.hidden([
                        ("idempotency", Identifier(at: visit.now).description), ("next", "/safety/cycle"),
                    ]),
                    "places": .array(
                        read.places.map { place in
                            var members: [String: JSON] = [
                                "id": .string(place.id.rawValue), "name": .string(place.name[visit.language]),
                            ]
                            if place.id == read.place?.id { members["selected"] = true }
                            return .object(members)
                        }),
                    "people": .array(
                        read.people.enumerated().map { index, person in
                            var members: [String: JSON] = [
                                "id": .string(person.id.rawValue), "index": .string("\(index)"),
                                "name": .string(person.name ?? person.id.rawValue),
                            ]
                            if person.id == visit.caller.person { members["self"] = true }
                            return .object(members)
                        }),
                    "topics": .array(
                        topics.enumerated().map { ["index": .string("\($0.offset)"), "text": .string($0.element)] }),
                    "blanks": .array((0..<3).map { ["index": .string("\(topics.count + $0)")] }),
                    "rights": .array(
                        WorkerLanguage.allCases.map { language in
                            [
                                "code": .string(language.tag), "name": .string(language.ownName),
                                "value": .string(language.rawValue),
                                "text": .string(
                                    phrases.text("stop_right", language) + " · "
                                        + phrases.text("stop_no_penalty", language)),
                            ]
                        }),
                    "right": .string(
                        phrases.text("stop_right", .ko) + " · " + phrases.text("stop_no_penalty", .ko)),
                ]
            ])
    }
}
