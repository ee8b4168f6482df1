import District
import Record

/// What is said in a turn: sentences, and what a page shows beside them.
struct Said: Codable, Sendable, Hashable {
    /// The sentences, one caption each.
    var lines: [String] = []
    /// The templates they were made of, for the trace.
    var keys: [String] = []
    /// What may be answered, as buttons.
    var choices: [String] = []
    /// What is read back.
    var readBack: [Pair] = []
    /// Where to go or whom to call.
    var links: [Link] = []
    /// What the service answered.
    var receipt: Slip?

    /// A label and its value.
    struct Pair: Codable, Sendable, Hashable {
        let label: String
        let value: String
    }

    /// Somewhere to go.
    struct Link: Codable, Sendable, Hashable {
        let href: String
        let title: String
    }

    /// A receipt as it is shown.
    struct Slip: Codable, Sendable, Hashable {
        let state: String
        let number: String?
    }

    /// All of it, as it is read.
    var text: String { lines.joined(separator: " ") }

    /// All of it, as it is spoken: service numbers digit by digit, and nothing in brackets.
    func speech(_ language: Language) -> String {
        let digits =
            language == .ko
            ? ["109": "일공구", "112": "일일이", "119": "일일구", "120": "일이공"]
            : ["109": "one oh nine", "112": "one one two", "119": "one one nine", "120": "one two zero"]
        return digits.reduce(text) { $0.replacing($1.key, with: $1.value) }
    }
}

/// Every sentence a dialogue can say: templates in Korean and English over fields, in `replies.json`.
struct Replies: Sendable {
    private let templates: [String: Words]

    /// Reads `replies.json`.
    /// - Throws: ``HandbookError`` naming the sentence that is missing in a language or that nothing says.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "replies.json"
        var templates: [String: Words] = [:]
        for (key, words) in try book.read(file).json.members ?? [:] {
            guard let ko = words["ko"]?.text, let en = words["en"]?.text, !ko.isEmpty, !en.isEmpty else {
                throw HandbookError(file: file, place: key, rule: "ko and en")
            }
            templates[key] = Words(ko, en)
        }
        for key in Key.allCases where templates[key.rawValue] == nil {
            throw HandbookError(file: file, place: key.rawValue, rule: "is missing")
        }
        self.templates = templates
    }

    /// A sentence with its fields filled in. `{title:을}` brings the particle that fits the word's last sound.
    func text(_ key: Key, _ fields: [String: String], _ language: Language) -> String {
        let template = templates[key.rawValue]?[language] ?? key.rawValue
        var (text, rest) = ("", template[...])
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open]
            let parts = rest[rest.index(after: open)..<close].split(separator: ":", maxSplits: 1)
            let value = fields[String(parts.first ?? "")] ?? ""
            text += value
            if parts.count == 2 { text += Particle.fitting(String(parts[1]), after: value) }
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    /// The sentences that a dialogue says.
    enum Key: String, CaseIterable, Sendable {
        case greeting, listening, understood, help
        case helpFilling = "help-filling"
        case helpConfirming = "help-confirming"
        case notUnderstood = "not-understood"
        case cannot, silence, noise, slower
        case slowest, cancelled
        case nothingToCancel = "nothing-to-cancel"
        case restarted, choose
        case chooseOne = "choose-one"
        case clarify
        case clarifyLast = "clarify-last"
        case corrected
        case readBack = "read-back"
        case readBackQuestion = "read-back-question"
        case yesOrNo = "yes-or-no"
        case change
        case receiptNumber = "receipt-number"
        case receiptKept = "receipt-kept"
        case receiptDone = "receipt-done"
        case receiptLast = "receipt-last"
        case receiptUnknown = "receipt-unknown"
        case receiptLink = "receipt-link"
        case receiptWaits = "receipt-waits"
        case unconfirmed
        case stillUnconfirmed = "still-unconfirmed"
        case notTaken = "not-taken"
        case refused
        case refusedField = "refused-field"
        case unknown, unavailable, launch
        case launchNeeds = "launch-needs"
        case anythingElse = "anything-else"
        case goodbye, leave, kept, forbidden
        case signIn = "sign-in"
        case offer, emergency
        case emergencyHeart = "emergency-heart"
        case emergencyDespair = "emergency-despair"
        case emergencyCrime = "emergency-crime"
        case emergencyMissing = "emergency-missing"
        case emergencyLost = "emergency-lost"
        case emergencyStopped = "emergency-stopped"
        case emergencyResume = "emergency-resume"
        case emergencyAgain = "emergency-again"
        case connecting
        case already
        case deskClosed = "desk-closed"
        case askPhone = "ask-phone"
        case askTime = "ask-time"
        case callConfirm = "call-confirm"
        case callBooked = "call-booked"
        case callLeft = "call-left"
        case callWithout = "call-without"
        case failuresPerson = "failures-person"
        case stopped, ended
        case confided = "private"
        case confidedLeft = "private-left"
        case confidedPerson = "private-person"
        case confidedBroken = "private-broken"
        case yes, no, person
    }
}

extension Replies.Key {
    /// What is said first of all where somebody is in danger.
    init(_ danger: Danger?) {
        self =
            switch danger {
            case nil: .emergency
            case .heart: .emergencyHeart
            case .despair: .emergencyDespair
            case .crime: .emergencyCrime
            case .missing: .emergencyMissing
            case .lost: .emergencyLost
            }
    }
}

extension Danger {
    /// Whom to call beside 119; nil where that is the one.
    var number: String? {
        switch self {
        case .crime, .missing: "112"
        case .despair: "109"
        case .heart, .lost: nil
        }
    }
}

/// The particle that fits a Korean word's last sound.
enum Particle {
    private static let pairs: [String: (closed: String, open: String)] = [
        "을": ("을", "를"), "은": ("은", "는"), "이": ("이", "가"), "과": ("과", "와"), "으로": ("으로", "로"),
        "이요": ("이요", "요"), "이세요": ("이세요", "세요"), "이에요": ("이에요", "예요"),
    ]

    static func fitting(_ particle: String, after word: String) -> String {
        guard let pair = pairs[particle] else { return particle }
        guard let last = word.unicodeScalars.last(where: { !"\"'’”)]. ".unicodeScalars.contains($0) }) else {
            return pair.open
        }
        let final: UInt32
        switch last.value {
        case 0xAC00...0xD7A3: final = (last.value - 0xAC00) % 28
        // Digits as they are read: 영 일 이 삼 사 오 육 칠 팔 구.
        case 0x30...0x39: final = [21, 8, 0, 16, 0, 0, 1, 8, 8, 0][Int(last.value - 0x30)]
        default: final = 0
        }
        // After ㄹ it is 로, as after a vowel.
        if particle == "으로", final == 8 { return pair.open }
        return final == 0 ? pair.open : pair.closed
    }
}
