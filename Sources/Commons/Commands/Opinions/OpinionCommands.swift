import Access
import District
import Record
import Store

/// Opens a topic, adds statements to it, and takes answers.
enum OpinionCommands {
    /// Statements of one topic: more would be answered by too few.
    private static let most = 100
    static let all = [opening, stating, answering, removing, closing]

    private static let topicField = Field("topic", Words("주제", "Topic"), .reference(kind: "opinion-topic", source: nil))
    private static let statementField = Field(
        "statement", Words("의견", "Statement"), .reference(kind: "opinion-statement", source: nil))

    private static func topic(_ id: String, at now: Timestamp, in tables: any Reader) throws -> OpinionTable.Topic {
        guard let topic = try OpinionTable.topic(id, in: tables) else {
            throw Refusal(.notFound, "opinion.topic", Words("그런 주제가 없습니다.", "There is no such topic."))
        }
        guard topic.takesAnswers(at: now) else {
            throw Refusal(.conflict, "opinion.over", Words("의견 듣기가 끝났습니다.", "This topic is over."))
        }
        return topic
    }

    static let opening = Command(
        Form(
            "commons.opinion.open", title: Words("의견 듣기 시작", "Open a topic"),
            help: Words(
                "짧은 의견에 동의하는지 물어, 무엇이 모두를 잇고 무엇이 나누는지 봅니다.",
                "Short statements are agreed with or not; what unites and what divides is shown."),
            fields: [
                Field("title", Words("제목", "Title"), .text(maximum: 120)),
                Field("summary", Words("쉬운 말 설명", "In plain words"), .longText(maximum: 1000)),
                Field("ends", Words("마감", "Ends"), .moment),
                Field(
                    "process", Words("참여 과정", "Process"),
                    .reference(kind: "commons-process", source: CommonsChoices.processes),
                    required: false,
                    help: Words(
                        "적으면 그 과정의 토론 단계에만, 토론할 수 있는 사람만 답합니다.",
                        "Then it is answered in its debate phase alone, by those who may debate.")),
            ], permission: VoteAsk.officers, after: "/commons/opinions/{it}")
    ) { ask, tables in
        try debates(ask, in: tables)
        guard let ends = ask.values.moment("ends"), ends > ask.now else {
            let words = Words("마감이 지금보다 늦어야 합니다.", "The end must be later than now.")
            throw Refusal(.invalid, "opinion.ends", of: "ends", "past", words)
        }
        return [
            Draft(
                OpinionTable.opened, stream: "opinion/\(Identifier(at: ask.now))", scope: .everyone,
                payload: [
                    "title": .string(ask.values.text("title")), "summary": .string(ask.values.text("summary")),
                    "ends": .string(ends.description), "process": .string(ask.values.text("process")),
                ])
        ]
    }

    /// A topic of a process belongs to its debate, which must not be over.
    private static func debates(_ ask: Ask, in tables: any Reader) throws {
        let id = ask.values.text("process")
        guard !id.isEmpty else { return }
        let process = try ProcessAsk.process(id, in: tables)
        guard process.stopped == nil, process.next(.answerStatement, from: KoreanDay(ask.now)) != nil else {
            throw Refusal(
                .invalid, of: "process", "phase",
                Words("토론 단계가 없거나 이미 지난 참여 과정입니다.", "This process has no debate phase, or it is over."))
        }
    }

    /// A topic that takes answers of whoever asks: within its process's debate, where it belongs to one.
    private static func answerable(_ id: String, _ ask: Ask, in tables: any Reader) throws -> OpinionTable.Topic {
        let topic = try topic(id, at: ask.now, in: tables)
        if let process = try ProcessTable.find(topic.process, in: tables) {
            try ProcessAsk.check(.answerStatement, process, ask, in: tables)
        }
        return topic
    }

    static let stating = Command(
        Form(
            "commons.opinion.state", title: Words("의견 더하기", "Add a statement"),
            help: Words(
                "한 가지만 담은 짧은 의견을 씁니다. 이름은 보이지 않습니다.", "A short statement of one thing; no name is shown with it."),
            fields: [topicField, Field("said", Words("의견", "Statement"), .text(maximum: 200), isPersonal: true)],
            permission: .signedIn,
            isConfidential: true, after: "/commons/opinions/{topic}")
    ) { ask, tables in
        let topic = try answerable(ask.values.text("topic"), ask, in: tables)
        let said = ask.values.text("said")
        let others = try OpinionTable.statements(topic.id, in: tables)
        guard others.count < most else {
            throw Refusal(
                .conflict, "opinion.full",
                Words("의견이 \(most)개가 되어 더 받지 않습니다.", "There are \(most) statements; no more are taken."))
        }
        guard !others.contains(where: { $0.removed == nil && CensusFile.plain($0.said) == CensusFile.plain(said) })
        else {
            throw Refusal(.conflict, "opinion.twice", Words("같은 의견이 이미 있습니다.", "The same statement is there already."))
        }
        return [OpinionTable.stating(said, Identifier(at: ask.now).description, topic: topic.id)]
    }

    static let answering = Command(
        Form(
            "commons.opinion.answer", title: Words("의견에 답하기", "Answer a statement"),
            help: Words(
                "동의하는지, 동의하지 않는지, 넘어갈지 답합니다. 다시 답하면 바뀝니다.", "Agree, disagree or pass; answered again it changes."),
            fields: [
                statementField,
                Field(
                    "answer", Words("답", "Answer"),
                    .choice([
                        Field.Choice("agree", Words("동의", "Agree")),
                        Field.Choice("disagree", Words("동의하지 않음", "Disagree")),
                        Field.Choice("pass", Words("넘어가기", "Pass")),
                    ]), isPersonal: true),
            ], permission: .signedIn, isConfidential: true)
    ) { ask, tables in
        guard let statement = try OpinionTable.statement(ask.values.text("statement"), in: tables),
            statement.removed == nil
        else { throw Refusal(.notFound, "opinion.statement", Words("그런 의견이 없습니다.", "There is no such statement.")) }
        let topic = try answerable(statement.topic, ask, in: tables)
        guard let person = ask.caller.person else {
            throw Refusal(.forbidden, "opinion.person", Words("사람만 답할 수 있습니다.", "Only a person can answer."))
        }
        let answer: Double = ["agree": 1, "disagree": -1][ask.values.text("answer")] ?? 0
        return [
            Draft(
                OpinionTable.answered, stream: "answer/\(Identifier(at: ask.now))", scope: .zone,
                payload: ["topic": .string(topic.id), "statement": .string(statement.id)],
                personal: [
                    "said": PersonalContent(
                        of: try ForgottenTable.key(of: person, in: tables),
                        ["person": .string(person.rawValue), "answer": .number(answer)])
                ])
        ]
    }

    static let removing = Command(
        Form(
            "commons.opinion.remove", title: Words("의견 내리기", "Take a statement away"),
            help: Words(
                "이유가 공개됩니다. 의견의 글은 지워지고, 답은 더 세지 않습니다.",
                "The reason is public; the words are erased, and answers to them count no more."),
            fields: [statementField, Field("reason", Words("이유", "Reason"), .text(maximum: 300))],
            permission: VoteAsk.officers)
    ) { ask, tables in
        guard let statement = try OpinionTable.statement(ask.values.text("statement"), in: tables),
            statement.removed == nil
        else { throw Refusal(.notFound, "opinion.statement", Words("그런 의견이 없습니다.", "There is no such statement.")) }
        return [
            Draft(
                OpinionTable.removed, stream: "statement/\(statement.id)", scope: .everyone,
                payload: ["topic": .string(statement.topic), "reason": .string(ask.values.text("reason"))])
        ]
    }

    static let closing = Command(
        Form(
            "commons.opinion.close", title: Words("의견 듣기 끝내기", "Close a topic"),
            help: Words("더는 의견과 답을 받지 않습니다.", "No more statements and answers are taken."), fields: [topicField],
            permission: VoteAsk.officers, confirmation: .readBack, after: "/commons/opinions/{topic}")
    ) { ask, tables in
        let topic = try topic(ask.values.text("topic"), at: ask.now, in: tables)
        return [Draft(OpinionTable.closed, stream: "opinion/\(topic.id)", scope: .everyone)]
    }
}
