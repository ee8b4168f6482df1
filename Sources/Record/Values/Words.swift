/// The languages Slipway speaks to people in.
public enum Language: String, Sendable, Hashable, CaseIterable {
    case ko, en
}

/// What a person reads, in each language.
public struct Words: Sendable, Hashable {
    /// Korean, the first language of the house.
    public let ko: String
    /// English.
    public let en: String

    /// The same thing said in Korean and in English.
    ///
    /// Particles that are written with both forms, `을(를)`, take the one that goes with the word before them.
    public init(_ ko: String, _ en: String) {
        self.ko = Particle.settled(ko)
        self.en = en
    }

    /// The words in a language.
    public subscript(_ language: Language) -> String {
        switch language {
        case .ko: ko
        case .en: en
        }
    }
}

extension Words {
    /// Reads `{"ko": …, "en": …}`, or a text that says the same in both; what lacks one language says it in the other. Nil
    /// where there is neither.
    public init?(_ json: JSON?) {
        let (ko, en) = (json?.text ?? json?["ko"]?.text ?? "", json?.text ?? json?["en"]?.text ?? "")
        guard !ko.isEmpty || !en.isEmpty else { return nil }
        self.init(ko.isEmpty ? en : ko, en.isEmpty ? ko : en)
    }

    /// `{"ko": …, "en": …}`.
    public var json: JSON { ["ko": .string(ko), "en": .string(en)] }
}
