import District
import Record
import Web

/// What a form at the desk is filled in with: what somebody told the machine, as the form's fields take it.
enum DeskEntered {
    static func values(of form: Form, _ dialogue: Dialogue?, _ handover: Handover) -> [String: String] {
        var entered: [String: String] = [:]
        for field in form.fields {
            if let json = dialogue?.answers[field.name]?.json, json != .null {
                entered[field.name] = written(json, field.kind)
            } else if field.spoken == .phone, let phone = handover.phone {
                entered[field.name] = DeskView.grouped(phone)
            } else if let told = handover.content?.slots.first(where: { $0.name == field.name }), isText(field.kind) {
                // Of a conversation that is kept no more, or an invented one, there is what was read back.
                entered[field.name] = told.value[handover.language]
            }
        }
        return entered
    }

    private static func isText(_ kind: Field.Kind) -> Bool {
        switch kind {
        case .text, .longText: true
        default: false
        }
    }

    private static func written(_ value: JSON, _ kind: Field.Kind) -> String {
        if case .moment = kind, let moment = value.text.flatMap({ Timestamp(iso8601: $0) }) { return written(moment) }
        return value.text ?? value.canonicalText
    }

    /// A moment as its field takes it: Korean time, to the minute.
    static func written(_ moment: Timestamp) -> String {
        String(moment.civil(offsetSeconds: CalendarDay.offset).text.prefix(16)).replacing(" ", with: "T")
    }
}
