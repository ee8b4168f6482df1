import Access
import District
import Record
import Store

/// What a process means for whoever reads it is said anew, in plainer words.
enum ExplainProcess {
    static let name = "commons.process.explain"

    static let command = Command(
        Form(
            name, title: Words("쉬운 말 설명 고치기", "Say it more plainly"),
            help: Words(
                "무엇을 정하는지는 그대로 두고, 설명만 쉬운 말로 고칩니다. 고친 때가 변경 기록에 남습니다.",
                "What is decided stays; only its explanation changes. The log says when."),
            fields: [
                ProcessAsk.process,
                Field("summary", Words("쉬운 말 설명", "In plain language"), .longText(maximum: 2000)),
                Field(
                    "summary_en", Words("쉬운 말 설명(영어)", "The same in English"), .longText(maximum: 2000), required: false
                ),
            ],
            permission: .roles(ProcessAsk.officers).orToken("command:\(name)"), surfaces: ProcessAsk.written)
    ) { ask, tables in
        let process = try ProcessAsk.process(ask.values.text("process"), in: tables)
        try MovePhase.checkRuns(process, on: KoreanDay(ask.now))
        let words = ask.values.words("summary")
        guard words != process.summary else {
            throw Refusal(.invalid, of: "summary", "same", Words("바뀐 내용이 없습니다.", "Nothing has changed."))
        }
        return [
            Draft(
                ProcessEvents.explained, stream: ProcessEvents.stream(process.id), scope: .everyone,
                payload: ["process": .string(process.id), "summary": words.json])
        ]
    }
}
