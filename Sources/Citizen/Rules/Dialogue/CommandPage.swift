import District
import Record

/// A command that takes what cannot be said (several people, a photo): it is finished on its own page, where what was
/// said is filled in already.
enum CommandPage {
    /// The way there. What is content about a person stands in no address.
    static func link(_ form: Form, _ values: [String: JSON]) -> Launch.Link {
        let given = form.fields.compactMap { field -> String? in
            guard !field.isPersonal, !form.isConfidential, let value = values[field.name],
                let text = written(value, field.kind)
            else { return nil }
            return "\(field.name)=\(PublicApp.encoded(text))"
        }
        let query = given.isEmpty ? "" : "?" + given.joined(separator: "&")
        return Launch.Link(
            url: "/do/\(form.name)\(query)", title: form.title,
            needs: Words(
                "말로는 다 적을 수 없는 칸이 있어 화면에서 마저 적어야 합니다. 아직 기록된 것은 없습니다.",
                "It has fields that cannot be spoken, so it is finished on its page. Nothing has been recorded yet."))
    }

    /// A value as its field on the page takes it; a moment in Korean time, to the minute.
    private static func written(_ value: JSON, _ kind: Field.Kind) -> String? {
        if case .moment = kind {
            let moment = value.text.flatMap { Timestamp(iso8601: $0) }
            return moment.map { String($0.advanced(bySeconds: 9 * 3600).description.prefix(16)) }
        }
        return value.text ?? value.canonicalText
    }
}
