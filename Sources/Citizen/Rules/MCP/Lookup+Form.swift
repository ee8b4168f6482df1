import District
import Record

extension Lookup {
    /// What the question asks, as a form: so that its answers are held against the same rules.
    var form: Form {
        room
            ?? Form(
                intent.name, title: intent.title,
                help: Words("\(intent.title.ko). 아무것도 바꾸지 않습니다.", "\(intent.title.en). Changes nothing."),
                fields: intent.slots.map(\.field), permission: intent.permission, surfaces: [.mcp])
    }
}

extension Slot {
    /// The slot as a field of a form.
    var field: Field {
        Field(
            name, label, kind.field, required: required, help: question, condition: condition, isPersonal: isPersonal)
    }
}

extension Slot.Kind {
    /// What a form takes for it.
    fileprivate var field: Field.Kind {
        switch self {
        case .text(let maximum): .text(maximum: maximum)
        case .integer(let range, let unit): .integer(range, unit: unit)
        case .number(let range, let unit): .number(range, unit: unit)
        case .choice(let options): .choice(options.map { Field.Choice($0.value, $0.label) })
        case .reference(let kind): .reference(kind: kind, source: nil)
        case .moment: .moment
        case .day, .time, .birth: .text(maximum: 20)
        case .receipt: .text(maximum: 40)
        case .duration: .integer(0...525_600, unit: "min")
        case .flag: .flag
        case .phone: .text(maximum: 20)
        case .address: .text(maximum: 200)
        case .bus: .text(maximum: 20)
        case .amount: .integer(0...1_000_000_000_000, unit: "KRW")
        case .name: .text(maximum: 60)
        }
    }
}
