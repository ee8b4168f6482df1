import District
import Record

extension Exchange {
    /// What became of an effect, in words; nothing is said that the service did not answer.
    mutating func came(_ result: Input.Result) {
        switch result {
        case .receipt(.number(let number)):
            said.receipt = Said.Slip(state: "number", number: number)
            say(.receiptNumber, ["title": title, "number": number])
            d.receipts = (d.receipts ?? []) + [number]
            finish(.done)
            say(.anythingElse)
        case .receipt(.kept(let number)):
            said.receipt = Said.Slip(state: "kept", number: number)
            say(.receiptKept, ["title": title, "number": number])
            d.receipts = (d.receipts ?? []) + [number]
            finish(.done)
            say(.anythingElse)
        case .receipt(.done):
            said.receipt = Said.Slip(state: "done", number: nil)
            say(.receiptDone, ["title": title])
            finish(.done)
            say(.anythingElse)
        case .waits:
            said.receipt = Said.Slip(state: "waits", number: nil)
            say(.receiptWaits, ["title": title])
            finish(.done)
            say(.anythingElse)
        case .receipt(.unconfirmed):
            said.receipt = Said.Slip(state: "unconfirmed", number: nil)
            say(d.phase == .unconfirmed ? .stillUnconfirmed : .unconfirmed)
            d.phase = .unconfirmed
            said.choices = [replies.text(.person, [:], d.language)]
        case .receipt(.refused(let words)):
            say(.refused, ["title": title])
            say(words)
            finish(.refused)
            say(.anythingElse)
        case .notTaken:
            d.isNotTaken = true
            say(.notTaken)
            readBack()
        case .refused(let refusal): refused(refusal)
        case .answered(let answer): answered(answer)
        case .link(let link):
            say(.launch, ["title": link.title[d.language]])
            if !link.needs[d.language].isEmpty { say(.launchNeeds, ["needs": link.needs[d.language]]) }
            said.links.append(Said.Link(href: link.url, title: link.title[d.language]))
            finish(.looked)
            say(.anythingElse)
        }
    }

    private var title: String { intent?.title[d.language] ?? "" }

    private mutating func answered(_ answer: Lookup.Answer) {
        switch answer {
        case .said(let text, _):
            say(Words(text, text))
            finish(.looked)
            say(.anythingElse)
        case .unknown(let text):
            if text.isEmpty { say(.unknown) } else { say(Words(text, text)) }
            finish(.looked)
            say(.anythingElse)
        case .lacks(let field, let text): ask(for: field, text)
        case .refused(let text):
            say(Words(text, text))
            finish(.refused)
            say(.anythingElse)
        case .unavailable:
            say(.unavailable)
            finish(.refused)
            offer(.service)
        }
    }

    /// A question that cannot be answered without this field: it is asked for, and the question put again.
    private mutating func ask(for field: String, _ why: String) {
        guard let slot = intent?.slots.first(where: { $0.name == field }) else {
            say(Words(why, why))
            finish(.looked)
            return say(.anythingElse)
        }
        d.phase = .filling
        d.asking = slot.name
        d.answers[slot.name] = nil
        say(Words(why, why))
        ask(slot)
    }

    /// A command's no: its words, and the faulty field asked again.
    private mutating func refused(_ refusal: Refusal) {
        settle()
        d.readBack = [:]
        let slots = intent?.slots ?? []
        let faulty = refusal.faults.compactMap { fault in
            slots.first { $0.name == fault.field }.map { ($0, fault.words) }
        }
        if refusal.kind == .invalid || refusal.kind == .conflict, let (slot, words) = faulty.first {
            for (slot, _) in faulty { d.answers[slot.name] = nil }
            say(.refusedField, ["label": slot.label[d.language]])
            say(words)
            return ask(slot)
        }
        switch refusal.kind {
        case .unauthenticated, .forbidden:
            if let intent { forbid(intent) } else { say(refusal.words) }
        case .unavailable, .tooOften, .tooLarge:
            say(refusal.words)
            // Whoever wants no person hears the read-back again.
            d.phase = .filling
            offer(.service)
        default:
            say(.refused, ["title": title])
            say(refusal.words)
            finish(.refused)
            say(.anythingElse)
        }
    }
}
