import Access
import District
import Record
import Store

/// What the commands about duties ask in the same way: which firm, which half-year, which duty, which file.
struct DutyAsk {
    let firm: FirmProfile
    let period: HalfYear

    /// The caller's own firm and the half-year asked for, the present one where none is named.
    /// - Throws: ``Refusal`` where the caller acts for no firm, or the half-year is none or has not begun.
    init(_ ask: Ask, in tables: any Reader) throws {
        guard let id = ask.caller.firm, let firm = try FirmProfiles.find(id, for: ask.tenant, in: tables) else {
            throw Refusal(
                .forbidden, "duty.no-firm",
                Words("기업에 소속된 사람만 할 수 있습니다.", "Only people of a firm can do this."))
        }
        self.firm = firm
        period = try Self.period(ask.values.text("period"), at: ask.now)
    }

    /// What the firm's duties stand at.
    func board(_ book: DutyBook, _ ask: Ask, in tables: any Reader) throws -> DutyBoard {
        try DutyTable.board(
            firm, period, book, contracts: DutyTable.contracts(of: firm.firm, for: ask.tenant, in: tables),
            at: ask.now, in: tables)
    }

    static let periodField = Field(
        "period", Words("반기", "Half-year"), .text(maximum: 7), required: false,
        help: Words("예: 2026-H2. 비워 두면 이번 반기입니다.", "For example 2026-H2; the present one where left blank."))

    /// The half-year that a text names, the present one where it is empty.
    static func period(_ text: String, at now: Timestamp) throws(Refusal) -> HalfYear {
        guard let period = text.isEmpty ? HalfYear(now) : HalfYear(text) else {
            throw fault("period", "period", Words("반기는 2026-H2처럼 적어 주세요.", "Please give a half-year such as 2026-H2."))
        }
        guard period <= HalfYear(now) else {
            throw fault(
                "period", "begun", Words("\(period.words.ko)는 아직 시작되지 않았습니다.", "\(period.words.en) has not begun."))
        }
        return period
    }

    static func fault(_ field: String, _ rule: String, _ words: Words, kind: Refusal.Kind = .invalid) -> Refusal {
        Refusal(kind, "duty.\(rule)", of: field, rule, words)
    }
}

/// Files that come with what Safety's commands ask.
enum DutyFile {
    /// Holds a file's hash against what was uploaded; an empty one passes.
    /// - Throws: ``Refusal`` where the caller's firm has no such file.
    static func check(_ hash: String, for tenant: Tenant, field: String, in tables: any Reader) throws {
        guard !hash.isEmpty, try !Attachments.holds(hash, for: tenant, in: tables) else { return }
        throw DutyAsk.fault(field, "file", Words("파일을 다시 올려 주세요.", "Please upload the file again."))
    }
}
