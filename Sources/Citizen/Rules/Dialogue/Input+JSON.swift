import District
import Record

extension Input {
    /// As a turn keeps it.
    var json: JSON {
        switch self {
        case .start: ["event": "start"]
        case .said(let utterance):
            [
                "text": .string(utterance.text), "language": .string(utterance.language.rawValue),
                "hints": .array(utterance.hints.map(\.json)),
            ]
        case .silence: ["event": "silence"]
        case .noise: ["event": "noise"]
        case .came(let result): ["came": result.json]
        }
    }

    init?(_ json: JSON) {
        if let text = json["text"]?.text {
            var utterance = Utterance(text, json["language"]?.text.flatMap { Language(rawValue: $0) } ?? .ko)
            utterance.hints = (json["hints"]?.elements ?? []).compactMap(Hint.init)
            self = .said(utterance)
            return
        }
        switch json["event"]?.text {
        case "start": self = .start
        case "silence": self = .silence
        case "noise": self = .noise
        default:
            guard let result = json["came"].flatMap(Result.init) else { return nil }
            self = .came(result)
        }
    }
}

extension Input.Result {
    /// As a turn keeps it.
    var json: JSON {
        switch self {
        case .receipt(.number(let number)): ["is": "number", "number": .string(number)]
        case .receipt(.kept(let number)): ["is": "kept", "number": .string(number)]
        case .receipt(.done): ["is": "done"]
        case .receipt(.unconfirmed): ["is": "unconfirmed"]
        case .receipt(.refused(let words)): ["is": "turned-down", "words": Self.json(words)]
        case .waits: ["is": "waits"]
        case .notTaken: ["is": "not-taken"]
        case .answered(.said(let text, let fields)): ["is": "said", "text": .string(text), "fields": fields]
        case .answered(.unknown(let text)): ["is": "unknown", "text": .string(text)]
        case .answered(.lacks(let field, let text)): ["is": "lacks", "field": .string(field), "text": .string(text)]
        case .answered(.refused(let text)): ["is": "denied", "text": .string(text)]
        case .answered(.unavailable): ["is": "unavailable"]
        case .link(let link):
            [
                "is": "link", "url": .string(link.url), "title": Self.json(link.title), "needs": Self.json(link.needs),
            ]
        case .refused(let refusal):
            [
                "is": "refused", "kind": .string(refusal.kind.rawValue), "code": .string(refusal.code),
                "words": Self.json(refusal.words),
                "faults": .array(
                    refusal.faults.map {
                        ["field": .string($0.field), "rule": .string($0.rule), "words": Self.json($0.words)]
                    }),
            ]
        }
    }

    init?(_ json: JSON) {
        switch json["is"]?.text {
        case "number": self = .receipt(.number(json["number"]?.text ?? ""))
        case "kept": self = .receipt(.kept(json["number"]?.text ?? ""))
        case "done": self = .receipt(.done)
        case "unconfirmed": self = .receipt(.unconfirmed)
        case "turned-down": self = .receipt(.refused(Self.words(json["words"])))
        case "waits": self = .waits
        case "not-taken": self = .notTaken
        case "said": self = .answered(.said(json["text"]?.text ?? "", fields: json["fields"] ?? .null))
        case "unknown": self = .answered(.unknown(json["text"]?.text ?? ""))
        case "lacks": self = .answered(.lacks(field: json["field"]?.text ?? "", json["text"]?.text ?? ""))
        case "denied": self = .answered(.refused(json["text"]?.text ?? ""))
        case "unavailable": self = .answered(.unavailable)
        case "link":
            self = .link(
                Launch.Link(
                    url: json["url"]?.text ?? "", title: Self.words(json["title"]), needs: Self.words(json["needs"])))
        case "refused":
            let faults = (json["faults"]?.elements ?? []).map {
                Refusal.Fault(
                    field: $0["field"]?.text ?? "", rule: $0["rule"]?.text ?? "", words: Self.words($0["words"]))
            }
            self = .refused(
                Refusal(
                    json["kind"]?.text.flatMap { Refusal.Kind(rawValue: $0) } ?? .invalid, json["code"]?.text ?? "",
                    Self.words(json["words"]), faults: faults))
        default: return nil
        }
    }

    private static func json(_ words: Words) -> JSON { ["ko": .string(words.ko), "en": .string(words.en)] }
    private static func words(_ json: JSON?) -> Words { Words(json?["ko"]?.text ?? "", json?["en"]?.text ?? "") }
}

extension Hint {
    /// As a turn keeps it.
    var json: JSON {
        [
            "intent": .string(intent),
            "spans": .object(
                spans.mapValues { [.number(Double($0.lowerBound)), .number(Double($0.upperBound))] }),
        ]
    }

    init?(_ json: JSON) {
        guard let intent = json["intent"]?.text else { return nil }
        self.intent = intent
        spans = (json["spans"]?.members ?? [:]).compactMapValues { ends in
            guard let ends = ends.elements, ends.count == 2, let low = ends[0].integer, let high = ends[1].integer,
                0 <= low, low <= high
            else { return nil }
            return Int(low)..<Int(high)
        }
    }
}
