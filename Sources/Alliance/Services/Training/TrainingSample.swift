import Access
import District
import Record
import Store

/// The sample district's training: four programmes, one session of the past with credentials, sessions ahead with a waiting
/// list. All of it is invented (`Data/training-curricula.json`).
struct TrainingSample: Sendable {
    private static let file = "training-curricula.json"
    private let programmes: [[String: JSON]]

    init(_ book: Handbook) throws(HandbookError) {
        programmes = (try book.read(Self.file).json["programmes"]?.elements ?? []).compactMap(\.members)
        guard !programmes.isEmpty, programmes.allSatisfy({ TrainingEvents.programme($0)?.modules.isEmpty == false })
        else {
            throw HandbookError(file: Self.file, place: "programmes", rule: "each needs a name and modules")
        }
    }

    /// Founds nothing twice.
    func found(_ spine: Spine) async throws {
        let (district, programmes) = (spine.district, programmes)
        let now = district.clock()
        try await district.transact { transaction in
            guard let first = programmes.first?["programme"]?.text,
                try TrainingTable.programme(first, in: transaction.writer) == nil
            else { return }
            var places = BadgePlaces(issued: 0)
            var drafts: [Draft] = []
            for programme in programmes { drafts += Self.drafts(programme, &places, transaction.writer, at: now) }
            try transaction.record(drafts, origin: Origin(author: .system("sample")))
        }
    }

    private static func drafts(
        _ entry: [String: JSON], _ places: inout BadgePlaces, _ reader: any Reader, at now: Timestamp
    ) -> [Draft] {
        guard let programme = TrainingEvents.programme(entry) else { return [] }
        let scope: Scope = programme.audience == .staff ? .zone : .everyone
        var payload = entry.filter { !["sessions", "past"].contains($0.key) }
        payload["sample"] = true
        var drafts = [
            Draft(
                TrainingEvents.opened, stream: "training-programme/\(programme.id)", scope: scope, payload: payload)
        ]
        if let past = entry["past"] { drafts += Self.past(past, programme, &places, at: now) }
        for coming in entry["sessions"]?.elements ?? [] {
            let day = KoreanDay(now) + (coming["in"]?.integer ?? 7)
            let (session, draft) = plan(coming, programme, day, scope, at: now)
            drafts.append(draft)
            for (place, person) in (coming["people"]?.elements ?? []).compactMap(\.text).enumerated() {
                let hasPlace = Int64(place) < coming["places"]?.integer ?? 1
                let asked = now.advanced(bySeconds: Double(place - 600))
                var enrolled = enrol(person, session, programme, hasPlace ? "placed" : "waiting", at: asked).draft
                enrolled.payload["renewal"] = .bool((coming["renewals"]?.elements ?? []).contains(.string(person)))
                drafts.append(enrolled)
            }
        }
        return drafts
    }

    private static func plan(
        _ entry: JSON, _ programme: TrainingProgramme, _ day: KoreanDay, _ scope: Scope, at now: Timestamp
    ) -> (String, Draft) {
        let id = Identifier(at: now).description
        let (starts, ends) = (
            day.start.advanced(bySeconds: 9 * 3600),
            (day + ((entry["days"]?.integer ?? 1) - 1)).start.advanced(bySeconds: 18 * 3600)
        )
        return (
            id,
            Draft(
                TrainingEvents.planned, stream: "training-session/\(id)", scope: scope,
                payload: [
                    "session": .string(id), "programme": .string(programme.id), "starts": .string(starts.description),
                    "ends": .string(ends.description), "place": entry["place"] ?? "",
                    "places": .decimal(entry["places"]?.integer ?? 1), "sample": true,
                ])
        )
    }

    private static func enrol(
        _ person: String, _ session: String, _ programme: TrainingProgramme, _ state: String, at asked: Timestamp
    ) -> (id: String, draft: Draft) {
        let id = Identifier(at: asked).description
        return (
            id,
            Draft(
                TrainingEvents.enrolled, stream: "training-enrolment/\(id)", scope: .firm("firm-gaon"), observed: asked,
                payload: [
                    "enrolment": .string(id), "session": .string(session), "programme": .string(programme.id),
                    "person": .string(person), "firm": "firm-gaon", "state": .string(state), "renewal": false,
                    "sample": true,
                ])
        )
    }

    /// A session that is over: marked, settled, with its credentials.
    private static func past(
        _ past: JSON, _ programme: TrainingProgramme, _ places: inout BadgePlaces, at now: Timestamp
    ) -> [Draft] {
        let day = KoreanDay(now) - (past["ago"]?.integer ?? 30)
        let (session, draft) = plan(past, programme, day, .everyone, at: day.start)
        var drafts = [draft]
        let over = day.start.advanced(bySeconds: 18 * 3600)
        for entry in past["people"]?.elements ?? [] {
            let person = entry["person"]?.text ?? ""
            let (enrolment, enrolled) = enrol(person, session, programme, "placed", at: (day - 14).start)
            drafts.append(enrolled)
            var marks: [String: CompletionRule.Mark] = [:]
            for (module, mark) in zip(programme.modules, entry["marks"]?.elements ?? []) {
                let pair = mark.elements ?? []
                let (present, score) = (pair.first?.bool ?? false, pair.last?.integer)
                marks[module.id] = .init(present: present, score: score)
                drafts.append(
                    Draft(
                        TrainingEvents.marked, stream: "training-enrolment/\(enrolment)", scope: .firm("firm-gaon"),
                        observed: over,
                        payload: [
                            "enrolment": .string(enrolment), "session": .string(session), "module": .string(module.id),
                            "sample": true,
                        ],
                        personal: TrainingEvents.mark(.init(present: present, score: score), of: PersonID(person))))
            }
            drafts += settle(enrolment, person, session, programme, marks, &places, at: over)
        }
        return drafts
    }

    private static func settle(
        _ enrolment: String, _ person: String, _ session: String, _ programme: TrainingProgramme,
        _ marks: [String: CompletionRule.Mark], _ places: inout BadgePlaces, at over: Timestamp
    ) -> [Draft] {
        let payload: [String: JSON] = [
            "enrolment": .string(enrolment), "session": .string(session), "programme": .string(programme.id),
            "sample": true,
        ]
        let learner = PersonID(person)
        func draft(_ type: String, _ share: Int64, _ score: Int64?) -> Draft {
            Draft(
                type, stream: "training-enrolment/\(enrolment)", scope: .firm("firm-gaon"), observed: over,
                payload: payload, personal: TrainingEvents.result(of: learner, share, score))
        }
        switch programme.rule.verdict(programme.modules, marks) {
        case .unknown: return []
        case .failed(let share, let score): return [draft(TrainingEvents.failed, share, score)]
        case .passed(let share, let score):
            let completed = draft(TrainingEvents.completed, share, score)
            let badge = Secret.code()
            let place = places.next { _, _ in false }
            var issued = payload
            issued["person"] = .string(person)
            issued["list"] = .decimal(place.list)
            issued["index"] = .decimal(place.index)
            issued["certificates"] = []
            if let through = programme.through(from: KoreanDay(over)) {
                issued["through"] = .string(through.description)
            }
            return [
                completed,
                Draft(
                    TrainingEvents.issued, stream: TrainingEvents.stream(ofBadge: enrolment), scope: .firm("firm-gaon"),
                    observed: over, payload: issued,
                    personal: TrainingEvents.badge(badge, of: learner, share, score)),
            ]
        }
    }
}
