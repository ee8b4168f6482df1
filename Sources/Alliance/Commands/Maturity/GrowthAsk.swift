import Access
import District
import Record
import Store

/// What the commands about maturity, grants and investment ask in the same way.
enum GrowthAsk {
    /// The people of a firm who speak for it.
    static let speakers: Set<Role> = [.executive, .safetyManager, .operator]
    /// All people of a firm who may look.
    static let readers: Set<Role> = [.executive, .safetyManager, .operator, .worker]
    /// The zone's people.
    static let zone: Set<Role> = [.zoneOfficer]
    /// The largest amount taken, in won.
    static let amounts: ClosedRange<Int64> = 1...1_000_000_000_000

    static func fault(_ field: String, _ code: String, _ words: Words, kind: Refusal.Kind = .invalid) -> Refusal {
        Refusal(kind, code, of: field, words)
    }

    /// The firm on whose behalf somebody asks.
    static func firm(_ ask: Ask) throws(Refusal) -> FirmID {
        guard let firm = ask.caller.firm else {
            throw Refusal(
                .forbidden, "alliance.no-firm", Words("기업에 소속된 사람만 할 수 있습니다.", "Only people of a firm can do this."))
        }
        return firm
    }

    /// A day that was written; today where it was left out.
    static func day(_ ask: Ask, _ field: String) throws(Refusal) -> KoreanDay {
        guard let day = ask.values.day(field, blank: KoreanDay(ask.now)) else {
            throw fault(
                field, "alliance.day", Words("날짜를 2026-11-20처럼 적어 주세요.", "Please write the day like 2026-11-20."))
        }
        return day
    }

    /// A day on which something was so: today at the latest.
    static func past(_ ask: Ask, _ field: String) throws(Refusal) -> KoreanDay {
        let day = try day(ask, field)
        guard day <= KoreanDay(ask.now) else {
            throw fault(field, "alliance.future", Words("오늘까지의 날짜를 적어 주세요.", "Please give a day up to today."))
        }
        return day
    }

    /// Holds a file's hash against what was uploaded; an empty one passes.
    static func file(_ ask: Ask, _ field: String, in tables: any Reader) throws {
        let hash = ask.values.text(field)
        guard !hash.isEmpty, try !Attachments.holds(hash, for: ask.tenant, in: tables) else { return }
        throw fault(field, "alliance.file", Words("파일을 다시 올려 주세요.", "Please upload the file again."))
    }

    static func dayField(_ name: String, _ label: Words, required: Bool = false) -> Field {
        Field(
            name, label, .text(maximum: 10), required: required,
            help: required
                ? Words("예: 2026-11-20", "For example 2026-11-20")
                : Words("예: 2026-11-20. 비워 두면 오늘입니다.", "For example 2026-11-20; today where left blank."), spoken: .day)
    }

    static func sourceField(_ help: Words? = nil) -> Field {
        Field(
            "source", Words("출처", "Source"), .text(maximum: 200),
            help: help ?? Words("예: 고용보험 피보험자 명부", "For example: the register of insured employees"))
    }
}
