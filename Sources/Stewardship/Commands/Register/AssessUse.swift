import Access
import District
import Record
import Store

/// Records what an assessment came to.
struct AssessUse {
    let gaps: UseGaps

    var command: Command {
        let gaps = gaps
        return Command(
            Form(
                UseStep.assess.command,
                title: Words("평가 남기기", "Record an assessment"),
                help: Words(
                    "영향·개인정보·디지털 포용 평가의 결과와 필요한 조치를 남깁니다.",
                    "Says what an assessment of impact, privacy or inclusion came to, and what must be done."),
                fields: [
                    UseAsk.field,
                    Field(
                        "kind", Words("평가", "Assessment"),
                        .choice(AssessmentKind.allCases.map { .init($0.rawValue, $0.words) })),
                    Field(
                        "outcome", Words("결과", "Outcome"),
                        .choice(AssessmentOutcome.allCases.map { .init($0.rawValue, $0.words) })),
                    Field("summary", Words("요약", "Summary"), .longText(maximum: 2000)),
                    Field(
                        "measures", Words("필요한 조치", "Measures"), .longText(maximum: 2000),
                        condition: .init("outcome", is: "conditions")),
                ],
                permission: UseAsk.permission(.assess))
        ) { ask, tables in
            let entry = try UseAsk.entry(ask, .assess, in: tables)
            try NotProhibited.check(entry)
            guard let kind = AssessmentKind(rawValue: ask.values.text("kind")) else { return [] }
            return [
                UseEvents.draft(
                    UseEvents.assessed, entry.id,
                    [
                        "kind": .string(kind.rawValue), "outcome": .string(ask.values.text("outcome")),
                        "summary": .string(ask.values.text("summary")),
                        "measures": .string(ask.values.text("measures")),
                        "completes": .bool(gaps.completes(kind, entry)),
                    ])
            ]
        }
    }
}

/// What is prohibited goes no further.
enum NotProhibited {
    static func check(_ entry: RegisterEntry) throws(Refusal) {
        guard entry.tier == .prohibited else { return }
        throw Refusal(
            .conflict, "use.prohibited",
            Words("금지 등급이라 더 진행할 수 없습니다.", "It is in the prohibited tier: it goes no further."))
    }
}

/// What an assessment found not acceptable is neither approved nor run.
enum NotUnacceptable {
    static func check(_ entry: RegisterEntry) throws(Refusal) {
        guard
            let kind = AssessmentKind.allCases.first(where: { entry.assessments[$0]?.outcome == .unacceptable })
        else { return }
        throw Refusal(
            .conflict, "use.unacceptable",
            Words(
                "\(kind.words.ko) 결과가 ‘허용할 수 없음’입니다.",
                "The \(kind.words.en.lowercased()) found it not acceptable."))
    }
}

/// While it is not understood why something was done that nobody asked for, nothing begins to run.
enum NotWrong {
    static func check(_ entry: RegisterEntry, in tables: any Reader) throws {
        guard try WatchTable.open(of: entry.id, in: tables).contains(where: { $0.rule == .wrong }) else { return }
        throw Refusal(
            .conflict, "use.wrong",
            Words(
                "요청하지 않은 처리가 있었고 아직 확인이 끝나지 않았습니다. 표시를 먼저 해결해 주세요.",
                "Something was done that nobody had asked for, and it is not resolved yet."))
    }
}
