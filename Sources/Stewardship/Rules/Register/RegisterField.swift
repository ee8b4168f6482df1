import District
import Record

/// One thing the register says of a use of AI.
struct RegisterField: Sendable {
    /// Its key in events and exports.
    let key: String
    let label: Words
    let kind: Kind
    let group: Group
    /// The step before which it must be filled in; nil where it may stay empty.
    let needed: UseStep?
    let help: Words?

    enum Kind: Sendable {
        case line, text, person, day, hash
        case choice([Field.Choice])
    }

    enum Group: String, Sendable, CaseIterable {
        case what, who, why, model, decision, notice, operation

        var words: Words {
            switch self {
            case .what: Words("무엇인가", "What it is")
            case .who: Words("누가 책임지나", "Who answers for it")
            case .why: Words("목적과 근거", "Purpose and basis")
            case .model: Words("모델과 데이터", "Model and data")
            case .decision: Words("결정과 사람의 개입", "Decision and human override")
            case .notice: Words("알림과 이의 제기", "Notice and objection")
            case .operation: Words("운영", "Operation")
            }
        }
    }

    init(
        _ key: String, _ label: Words, _ kind: Kind, _ group: Group, needed: UseStep? = nil, help: Words? = nil
    ) {
        self.key = key
        self.label = label
        self.kind = kind
        self.group = group
        self.needed = needed
        self.help = help
    }

    /// As a form asks for it.
    func field(required: Bool = false) -> Field {
        let kind: Field.Kind =
            switch self.kind {
            case .line: .text(maximum: 200)
            case .text: .longText(maximum: 2000)
            case .person: .reference(kind: "person", source: "/api/v1/choices/person")
            case .day: .text(maximum: 10)
            case .hash: .text(maximum: 64)
            case .choice(let choices): .choice(choices)
            }
        return Field(
            key, label, kind, required: required, help: help, group: group.words,
            spoken: { if case .day = self.kind { .day } else { nil } }())
    }

    /// What a value shows: a choice's word, else itself.
    func shown(_ value: String, _ language: Language) -> String {
        guard case .choice(let choices) = kind else { return value }
        return choices.first { $0.value == value }?.label[language] ?? value
    }

    static func named(_ key: String) -> RegisterField? { all.first { $0.key == key } }
}
