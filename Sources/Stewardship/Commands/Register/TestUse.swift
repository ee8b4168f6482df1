import Access
import District
import Record

/// Records how a use did for a group of people, or of things.
enum TestUse {
    static let dimensions: [Field.Choice] = [
        .init("age", Words("나이", "Age")), .init("dialect", Words("사투리", "Dialect")),
        .init("language", Words("모국어", "Language")), .init("gender", Words("성별", "Gender")),
        .init("disability", Words("장애", "Disability")), .init("place", Words("장소·기업", "Place or firm")),
        .init("equipment", Words("설비", "Equipment")), .init("other", Words("기타", "Other")),
    ]

    static let command = Command(
        Form(
            UseStep.test.command,
            title: Words("집단별 시험 결과 남기기", "Record a test by subgroup"),
            help: Words(
                "한 집단에서 몇 건을 시험해 몇 건이 맞았는지 남깁니다. 내용이 바뀌면 다시 시험합니다.",
                "Says how many cases of a group were tested and how many came out right. What changes is tested again."),
            fields: [
                UseAsk.field, Field("dimension", Words("기준", "Dimension"), .choice(dimensions)),
                Field(
                    "group", Words("집단", "Group"), .text(maximum: 80),
                    help: Words("예: 70세 이상", "For example: 70 and older")),
                Field("cases", Words("시험 건수", "Cases"), .integer(1...10_000_000, unit: nil)),
                Field("right", Words("맞은 건수", "Right"), .integer(0...10_000_000, unit: nil)),
                Field("note", Words("시험 방법", "How it was tested"), .longText(maximum: 1000), required: false),
            ],
            permission: UseAsk.permission(.test))
    ) { ask, tables in
        let entry = try UseAsk.entry(ask, .test, in: tables)
        let (cases, right) = (ask.values.integer("cases") ?? 0, ask.values.integer("right") ?? 0)
        guard right <= cases else {
            let words = Words("시험 건수보다 많을 수 없습니다.", "It cannot be more than the cases.")
            throw Refusal(.invalid, "use.test", of: "right", "maximum", words)
        }
        return [
            UseEvents.draft(
                UseEvents.tested, entry.id,
                [
                    "dimension": .string(ask.values.text("dimension")), "group": .string(ask.values.text("group")),
                    "cases": .decimal(cases), "right": .decimal(right), "note": .string(ask.values.text("note")),
                    "material": .string(entry.material),
                ])
        ]
    }
}
