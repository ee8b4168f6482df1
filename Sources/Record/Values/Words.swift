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
