import District
import Record

/// The languages in which workers of the district are spoken to in short phrases (ISO 639-1).
enum WorkerLanguage: String, Sendable, Hashable, CaseIterable {
    case ko, en, vi, zh, ne, km, id, th, uz, my

    /// What it is called: in Korean, and as its own speakers call it.
    var words: Words {
        switch self {
        case .ko: Words("한국어", "Korean")
        case .en: Words("영어 (English)", "English")
        case .vi: Words("베트남어 (Tiếng Việt)", "Vietnamese (Tiếng Việt)")
        case .zh: Words("중국어 (中文)", "Chinese (中文)")
        case .ne: Words("네팔어 (नेपाली)", "Nepali (नेपाली)")
        case .km: Words("크메르어 (ខ្មែរ)", "Khmer (ខ្មែរ)")
        case .id: Words("인도네시아어 (Bahasa Indonesia)", "Indonesian (Bahasa Indonesia)")
        case .th: Words("태국어 (ไทย)", "Thai (ไทย)")
        case .uz: Words("우즈베크어 (Oʻzbekcha)", "Uzbek (Oʻzbekcha)")
        case .my: Words("미얀마어 (မြန်မာ)", "Burmese (မြန်မာ)")
        }
    }

    /// All of them as a form offers them.
    static let choices = allCases.map { Field.Choice($0.rawValue, $0.words) }
}
