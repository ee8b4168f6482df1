import District
import Record
import Testing

@testable import Citizen

/// Hears tables of sentences: one a line, `what is said | what is heard`.
///
/// What is heard is written `value`; `? likeliest, next` where it must be asked; `!` where no such thing can be; `-` where
/// nothing of the kind was said.
struct Hearing {
    let slot: Slot
    var isAsked = true
    var language = Language.ko
    /// Saturday, 21 November 2026, ten in the morning in Korea.
    static let now = Timestamp(iso8601: "2026-11-21T10:00:00+09:00") ?? Timestamp(microseconds: 0)
    var now = Hearing.now
    var names: [Named] = []
    let parser = Hearing.parser
    private static let parser: SlotParser = {
        do { return SlotParser(try LunarCalendar()) } catch { fatalError("the lunar calendar is broken: \(error)") }
    }()

    init(_ kind: Slot.Kind, isAsked: Bool = true, names: [Named] = []) {
        slot = Slot(
            name: "slot", label: Words("항목", "entry"), question: Words("?", "?"), kind: kind, required: true,
            condition: nil, isPersonal: false)
        self.isAsked = isAsked
        self.names = names
    }

    func hear(_ text: String) -> Heard {
        parser.hear(slot, in: Utterance(text, language), at: now, near: nil, isAsked: isAsked, names: names)
    }

    func correct(_ current: String, _ text: String, number: Bool = false) -> Heard {
        let filled = Filled(
            value: number ? .number(Double(current) ?? 0) : .string(current), spoken: Words(current, current),
            span: 0..<1,
            evidence: current)
        return parser.correct(slot, from: filled, in: Utterance(text, language), at: now, names: names)
    }

    /// What was heard, as the tables write it.
    static func text(_ heard: Heard) -> String {
        switch heard {
        case .value(let filled): short(filled.value)
        case .unclear(let options): "? " + options.map { short($0.value) }.joined(separator: ", ")
        case .impossible: "!"
        case .nothing: "-"
        }
    }

    /// Moments without their seconds and zone, which are always the same.
    private static func short(_ value: JSON) -> String {
        (value.text ?? value.canonicalText).replacing(":00+09:00", with: "")
    }

    /// The lines of a table.
    static func lines(_ table: String) -> [(said: String, heard: String)] {
        table.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "|", maxSplits: 1).map { $0.trimmingPrefix(while: { $0 == " " }) }
            guard parts.count == 2 else { return nil }
            return (String(parts[0]).trimmed, String(parts[1]).trimmed)
        }
    }

    /// Expects every line; each value's evidence must stand in what was said.
    func expect(_ table: String, _ location: SourceLocation = #_sourceLocation) {
        let lines = Self.lines(table)
        #expect(!lines.isEmpty, sourceLocation: location)
        for line in lines {
            let heard = hear(line.said)
            #expect(Self.text(heard) == line.heard, "\(line.said)", sourceLocation: location)
            Self.expectEvidence(heard, in: line.said, location)
        }
    }

    /// A value has a span inside of what was said, and its evidence is what stands there.
    static func expectEvidence(_ heard: Heard, in text: String, _ location: SourceLocation = #_sourceLocation) {
        let filled: [Filled] =
            switch heard {
            case .value(let filled): [filled]
            case .unclear(let filled): filled
            default: []
            }
        for one in filled {
            #expect(!one.span.isEmpty && one.span.upperBound <= text.count, "\(text)", sourceLocation: location)
            #expect(Utterance(text)[one.span] == one.evidence, "\(text)", sourceLocation: location)
            #expect(!one.spoken.ko.isEmpty && !one.spoken.en.isEmpty, "\(text)", sourceLocation: location)
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        while text.first == " " { text.removeFirst() }
        return String(text)
    }
}
