import Record

/// What a learner did, as learning record stores take it (xAPI 1.0.3, IEEE 9274.1.1).
struct TrainingStatement: Sendable, Hashable {
    /// From which it is derived: the event, and what was done in it.
    let event: String
    let verb: Verb
    let person: PersonID
    let enrolment: String, session: String, programme: String
    /// The module that it is about; nil where it is about the whole session.
    let module: String?
    /// Points out of 100.
    let score: Int64?
    /// The statement that it takes back.
    let voids: String?
    let at: Timestamp, stored: Timestamp

    enum Verb: String, Sendable, CaseIterable {
        case registered, attended, completed, passed, failed, voided

        /// As ADL names it.
        var iri: String { "http://adlnet.gov/expapi/verbs/\(rawValue)" }

        var words: Words {
            switch self {
            case .registered: Words("등록함", "registered")
            case .attended: Words("출석함", "attended")
            case .completed: Words("수료함", "completed")
            case .passed: Words("합격함", "passed")
            case .failed: Words("불합격함", "failed")
            case .voided: Words("취소함", "voided")
            }
        }
    }

    /// A UUID that the event and the verb give, always the same: whoever is told twice has it once.
    static func id(_ event: String, _ verb: Verb) -> String {
        NameUUID.of("https://slipway.dev/xapi/\(event)/\(verb.rawValue)")
    }
    var id: String { Self.id(event, verb) }

    static func words(_ words: Words) -> JSON { ["ko-KR": .string(words.ko), "en-US": .string(words.en)] }

    /// The statement. People are named by their account in the house, never by an address or their name.
    /// - Parameter site: the house's address, which the accounts and activities belong to.
    func json(_ programme: TrainingProgramme?, site: String) -> JSON {
        let course = "\(site)/alliance/training/p/\(self.programme)"
        let run = "\(site)/alliance/training/s/\(session)"
        var members: [String: JSON] = [
            "id": .string(id), "verb": ["id": .string(verb.iri), "display": Self.words(verb.words)],
            "actor": Self.account(person.rawValue, site), "timestamp": .string(at.description),
            "stored": .string(stored.description), "version": "1.0.0", "authority": Self.account("slipway", site),
        ]
        if let voids {
            members["actor"] = Self.account("slipway", site)
            members["object"] = ["objectType": "StatementRef", "id": .string(voids)]
            return .object(members)
        }
        let title = programme?.title ?? Words(self.programme, self.programme)
        if let module {
            let name = programme?.module(module)?.title ?? Words(module, module)
            members["object"] = Self.activity("\(course)/\(module)", "module", name)
        } else if verb == .registered {
            members["object"] = Self.activity(run, "meeting", title)
        } else {
            members["object"] = Self.activity(course, "course", title)
        }
        var activities: [String: JSON] = ["grouping": [Self.activity(run, "meeting", title)]]
        if module != nil || verb == .registered { activities["parent"] = [Self.activity(course, "course", title)] }
        members["context"] = [
            "registration": .string(NameUUID.of("https://slipway.dev/enrolment/\(enrolment)")), "platform": "Slipway",
            "contextActivities": .object(activities),
        ]
        var result: [String: JSON] = [:]
        if let score {
            result["score"] = [
                "scaled": .number(Double(score) / 100), "raw": .number(Double(score)), "min": 0, "max": 100,
            ]
        }
        switch verb {
        case .passed: result["success"] = true
        case .failed: result["success"] = false
        case .completed: result["completion"] = true
        case .registered, .attended, .voided: break
        }
        if !result.isEmpty { members["result"] = .object(result) }
        return .object(members)
    }

    private static func account(_ name: String, _ site: String) -> JSON {
        ["objectType": "Agent", "account": ["homePage": .string(site), "name": .string(name)]]
    }

    private static func activity(_ id: String, _ type: String, _ name: Words) -> JSON {
        [
            "objectType": "Activity", "id": .string(id),
            "definition": ["type": .string("http://adlnet.gov/expapi/activities/\(type)"), "name": words(name)],
        ]
    }
}
