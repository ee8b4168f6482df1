import Access
import District
import Record
import Store
import Web

/// Topics, their statements, and the map of opinions.
struct OpinionRoutes {
    var routes: [Web.Route] {
        [
            .get("/commons/opinions", .anyone) { try await list($0) },
            .get("/commons/opinions/{topic}", .anyone) { try await one($0) },
            .get("/api/v1/commons/opinions/{topic}", .anyone) { try await call($0) },
        ]
    }

    static func path(_ topic: String) -> String { "/commons/opinions/\(topic)" }

    private func list(_ visit: Visit) async throws -> Reply {
        let topics = try await visit.spine.district.store.read { try OpinionTable.topics(in: $0) }
        var context: [String: JSON] = [
            "topics": .array(
                topics.map {
                    let isOpen = $0.takesAnswers(at: visit.now)
                    return [
                        "href": .string(Self.path($0.id)), "title": .string($0.title),
                        "ends": Show.time($0.ends, visit.language),
                        "badge": Show.badge(
                            isOpen ? "ok" : "stale", visit.word(isOpen ? "opinions_open" : "opinions_over")),
                    ]
                })
        ]
        if visit.caller.roles.contains(.zoneOfficer) { context["may_open"] = true }
        return .page("opinions-list", title: visit.word("opinions_title"), .object(context))
    }

    /// The process that a topic belongs to, and what stands in the way of whoever looks: phase or people.
    private func place(_ topic: OpinionTable.Topic, _ visit: Visit) async throws -> (CivicProcess, Refusal?)? {
        let (caller, today) = (visit.caller, KoreanDay(visit.now))
        return try await visit.spine.district.store.read { reader in
            guard let process = try ProcessTable.find(topic.process, in: reader) else { return nil }
            return (process, try Eligibility.obstacle(.answerStatement, process, caller, on: today, in: reader))
        }
    }

    private func find(_ visit: Visit) async throws -> (OpinionTable.Topic, OpinionMatrix, [OpinionTable.Statement]) {
        let id = visit.parameters["topic"] ?? ""
        return try await visit.spine.district.store.read { reader in
            guard let topic = try OpinionTable.topic(id, in: reader) else {
                throw Refusal(.notFound, "opinion.topic", Words("그런 주제가 없습니다.", "There is no such topic."))
            }
            let (matrix, statements) = try OpinionTable.matrix(id, in: reader)
            return (topic, matrix, statements)
        }
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let (topic, matrix, statements) = try await find(visit)
        let view = OpinionView(topic: topic, matrix: matrix, statements: statements, visit: visit)
        var context = view.context
        let placed = try await place(topic, visit)
        if let (process, obstacle) = placed {
            context["process"] = [
                "title": .string(process.title[visit.language]), "href": .string(CivicView.href(process)),
            ]
            if let obstacle, visit.caller.person != nil || obstacle.kind == .conflict {
                context["barred"] = .string(obstacle.words[visit.language])
            }
        }
        if let person = visit.caller.person, topic.takesAnswers(at: visit.now), placed?.1 == nil {
            let mine = try await visit.spine.district.store.read {
                try OpinionTable.answers(topic.id, of: person.rawValue, in: $0)
            }
            context["mine"] = view.mine(mine)
        }
        if visit.caller.roles.contains(.zoneOfficer), topic.takesAnswers(at: visit.now) {
            context["close_href"] = .string("/do/commons.opinion.close?topic=\(topic.id)")
        }
        return .page("opinions-topic", title: topic.title, .object(context))
    }

    /// What the page says, for programs: nothing of single people.
    private func call(_ visit: Visit) async throws -> Reply {
        let (topic, matrix, statements) = try await find(visit)
        let map = OpinionMap(matrix)
        let reading = OpinionReading(matrix, map)
        let sizes = OpinionView.sizes(map)
        return .json(
            [
                "topic": .string(topic.id), "title": .string(topic.title),
                "participants": .number(Double(matrix.participants)),
                "groups": .array(sizes.map { $0 < OpinionView.least ? .null : .number(Double($0)) }),
                "unites": .array(reading.unites.map { .string(statements[$0.statement].id) }),
                "divides": .array(reading.divides.map { .string(statements[$0.statement].id) }),
                "statements": .array(
                    statements.indices.map { place in
                        let all = OpinionView.whole(matrix, place)
                        let isShown = matrix.participants >= OpinionMap.leastParticipants
                        return [
                            "id": .string(statements[place].id), "said": .string(statements[place].said),
                            "agree": isShown ? .number(Double(all.agree)) : .null,
                            "disagree": isShown ? .number(Double(all.disagree)) : .null,
                            "pass": isShown ? .number(Double(all.pass)) : .null,
                        ]
                    }),
            ])
    }
}
