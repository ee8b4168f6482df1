import District
import Record

extension IntentBook {
    /// The intent that a form is, where it can be spoken.
    static func intent(
        of form: Form, said phrasings: [Phrasing], as kind: Intent.Kind = .command
    ) -> Intent? {
        guard form.surfaces.contains(.voice) else { return nil }
        var slots: [Slot] = []
        var isShown = false
        for field in form.fields {
            // A secret is never a slot: what is known in a dialogue is kept with it.
            if field.isSecret {
                if kind == .command, field.required { isShown = true }
                continue
            }
            let synonyms = phrasings.compactMap { $0.synonyms[field.name] }
            guard let heard = Self.kind(of: field, synonyms: synonyms) else {
                // What must be shown cannot be said: then what was said is filled in on the command's own page.
                if field.required, field.condition == nil { isShown = true }
                continue
            }
            let asked = phrasings.compactMap { $0.questions[field.name] }.first
            slots.append(
                Slot(
                    name: field.name, label: field.label, question: asked ?? Question.words(for: field, heard),
                    kind: heard, required: field.required, condition: field.condition,
                    isPersonal: field.isPersonal || form.isConfidential))
        }
        let title = [Language.ko: [form.title.ko], .en: [form.title.en]]
        let sentences = phrasings.reduce(into: title) { all, phrasing in all.merge(phrasing.sentences) { $0 + $1 } }
        let near = phrasings.flatMap(\.near)
        guard isShown else {
            return Intent(
                name: form.name, title: form.title, kind: kind, slots: slots, permission: form.permission,
                sentences: sentences, near: near, isPrivate: kind == .lookup && PrivateLine.isAsked(by: form))
        }
        // Nothing is asked for: whoever must open the page anyway fills in there what is missing.
        guard form.surfaces.contains(.web) else { return nil }
        return Intent(
            name: form.name, title: form.title, kind: .launch, slots: slots.map(\.optional),
            permission: form.permission, sentences: sentences, near: near)
    }

    /// What may be said in a field; nil where it can only be shown.
    private static func kind(of field: Field, synonyms: [[String: [String]]]) -> Slot.Kind? {
        if let spoken = field.spoken {
            switch spoken {
            case .phone: return .phone
            case .address: return .address
            case .bus: return .bus
            case .amount: return .amount
            case .day: return .day
            case .time: return .time
            case .duration: return .duration
            case .name: return .name
            case .birth: return .birth
            case .receipt: return .receipt
            }
        }
        switch field.kind {
        case .text(let maximum), .longText(let maximum): return .text(maximum: maximum)
        case .integer(let range, let unit): return .integer(range, unit: unit)
        case .number(let range, let unit): return .number(range, unit: unit)
        case .choice(let choices):
            return .choice(
                choices.map { choice in
                    Slot.Option(
                        value: choice.value, label: choice.label,
                        synonyms: synonyms.flatMap { $0[choice.value] ?? [] })
                })
        case .reference(let kind, _): return .reference(kind)
        case .moment: return .moment
        case .flag: return .flag
        case .place, .attachment, .list: return nil
        }
    }
}

extension Slot {
    /// The same, where it need not be known.
    fileprivate var optional: Slot {
        Slot(
            name: name, label: label, question: question, kind: kind, required: false, condition: condition,
            isPersonal: isPersonal)
    }
}
