import Record
import Web

/// A topic as its page shows it: what unites, what divides, a map of marks without names, and the table behind it.
struct OpinionView {
    let topic: OpinionTable.Topic
    let matrix: OpinionMatrix
    let statements: [OpinionTable.Statement]
    let visit: Visit

    /// What fewer people than this said is shown of no group: each could be told from it.
    static let least = 5
    private static let (width, height, edge) = (640.0, 400.0, 24.0)
    private var language: Language { visit.language }

    var context: [String: JSON] {
        let map = OpinionMap(matrix)
        let reading = OpinionReading(matrix, map)
        let sizes = Self.sizes(map)
        var context: [String: JSON] = [
            "summary": .string(topic.summary), "ends": Show.time(topic.ends, language), "topic": .string(topic.id),
            "people": .string(Show.count(matrix.participants)), "count": .string(Show.count(statements.count)),
            "is_sample_topic": .bool(topic.isSample), "table": table(map, reading, sizes).json,
            "few": .bool(matrix.participants < OpinionMap.leastParticipants),
            "least": .string("\(OpinionMap.leastParticipants)"),
        ]
        guard map.count > 0, sizes.allSatisfy({ $0 >= Self.least }) else {
            context["unmapped"] = true
            return context
        }
        context["unites"] = .array(reading.unites.prefix(5).map { line($0.statement, reading) })
        context["divides"] = .array(reading.divides.prefix(5).map { line($0.statement, reading) })
        context["map"] = picture(map, sizes)
        return context
    }

    static func letter(_ group: Int) -> String { String(UnicodeScalar(UInt8(65 + group))) }

    static func sizes(_ map: OpinionMap) -> [Int] {
        (0..<map.count).map { group in map.groups.count { $0 == group } }
    }

    /// What all participants said of a statement, in a group or in none.
    static func whole(_ matrix: OpinionMatrix, _ statement: Int) -> OpinionReading.Answer {
        let votes = (0..<matrix.participants).map { matrix[$0, statement] }
        return OpinionReading.Answer(
            agree: votes.count { $0 == .agree }, disagree: votes.count { $0 == .disagree },
            pass: votes.count { $0 == .pass })
    }

    private func percent(_ part: Int, _ all: Int) -> String { all == 0 ? "–" : "\(100 * part / all) %" }

    /// A statement with how many of each group agree, in words.
    private func line(_ statement: Int, _ reading: OpinionReading) -> JSON {
        let groups = reading.answers[statement].enumerated().map { group, answer in
            let share = percent(answer.agree, answer.all)
            return language == .ko ? "\(Self.letter(group)) 모둠 \(share)" : "group \(Self.letter(group)) \(share)"
        }.joined(separator: ", ")
        return [
            "said": .string(statements[statement].said),
            "how": .string(language == .ko ? "동의: \(groups)" : "agree: \(groups)"),
        ]
    }

    private func table(_ map: OpinionMap, _ reading: OpinionReading, _ sizes: [Int]) -> Table {
        let isShown = matrix.participants >= OpinionMap.leastParticipants
        let shown = sizes.indices.filter { sizes[$0] >= Self.least }
        let hidden = visit.word("opinions_hidden")
        let rows: [[Table.Cell]] = statements.indices.map { place in
            let all = Self.whole(matrix, place)
            return [Table.Cell(statements[place].said, isHead: true)]
                + [all.agree, all.disagree, all.pass].map { Table.Cell(isShown ? Show.count($0) : hidden) }
                + shown.map { group in
                    let answer = reading.answers[place][group]
                    return Table.Cell(answer.all < Self.least ? hidden : percent(answer.agree, answer.all))
                }
        }
        return Table(
            "opinions", caption: visit.word("opinions_table"), path: "", .whole,
            columns: [
                Table.Column(nil, visit.word("opinions_statement")),
                Table.Column(nil, visit.word("opinions_agree"), isNumber: true),
                Table.Column(nil, visit.word("opinions_disagree"), isNumber: true),
                Table.Column(nil, visit.word("opinions_pass"), isNumber: true),
            ]
                + shown.map {
                    Table.Column(nil, "\(Self.letter($0)): \(visit.word("opinions_agree"))", isNumber: true)
                },
            rows: rows, total: Int64(rows.count), empty: visit.word("opinions_none_yet"))
    }

    /// A letter for each person, the letter of their group: who is who is nowhere.
    private func picture(_ map: OpinionMap, _ sizes: [Int]) -> JSON {
        let (xs, ys) = (map.points.map(\.x), map.points.map(\.y))
        let (left, top) = (xs.min() ?? 0, ys.min() ?? 0)
        let (wide, high) = (max((xs.max() ?? 0) - left, 1e-9), max((ys.max() ?? 0) - top, 1e-9))
        func at(_ value: Double) -> JSON { .string("\((value * 10).rounded() / 10)") }
        let groups = sizes.enumerated().map { group, size in
            language == .ko ? "\(Self.letter(group)) 모둠 \(size)명" : "group \(Self.letter(group)): \(size)"
        }.joined(separator: ", ")
        return [
            "box": .string("0 0 \(Int(Self.width)) \(Int(Self.height))"), "label": .string(groups),
            "groups": .string(groups),
            "marks": .array(
                map.points.indices.map { place in
                    [
                        "x": at(Self.edge + (map.points[place].x - left) / wide * (Self.width - 2 * Self.edge)),
                        "y": at(
                            Self.height - Self.edge - (map.points[place].y - top) / high * (Self.height - 2 * Self.edge)
                        ),
                        "letter": .string(Self.letter(map.groups[place])),
                    ]
                }),
        ]
    }

    /// The next statement for whoever looks, and what they answered.
    func mine(_ answers: [String: Int]) -> JSON {
        let next = statements.first { answers[$0.id] == nil }
        var members: [String: JSON] = [
            "answered": .string("\(statements.count { answers[$0.id] != nil })"), "of": .string("\(statements.count)"),
            "here": .string(OpinionRoutes.path(topic.id)),
            "state_href": .string("/do/commons.opinion.state?topic=\(topic.id)"),
        ]
        if let next { members["next"] = ["id": .string(next.id), "said": .string(next.said)] }
        return .object(members)
    }
}
