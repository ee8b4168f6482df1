import Record

/// Reads what a handbook says in Korean and in English.
enum Bilingual {
    /// `{ "ko": "…", "en": "…" }`; nil where either is missing or empty.
    static func words(_ json: JSON?) -> Words? {
        guard let ko = json?["ko"]?.text, let en = json?["en"]?.text, !ko.isEmpty, !en.isEmpty else { return nil }
        return Words(ko, en)
    }
}
