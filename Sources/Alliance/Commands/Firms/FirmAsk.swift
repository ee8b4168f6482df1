import Access
import District
import Record
import Store

/// What the commands about profiles, offers and needs share.
enum FirmAsk {
    /// Who speaks for a firm; the zone's officers may on its behalf.
    static let keepers: Set<Role> = [.executive, .zoneOfficer]

    static let firm = Field(
        "firm", Words("기업", "Firm"), .reference(kind: "firm", source: nil), required: false,
        help: Words("관리기관 담당자만 고릅니다.", "Only the zone's officers choose one."))

    static func kinds(_ lists: SolutionKinds, _ label: Words) -> Field {
        Field(
            "kinds", label, .list([Field("kind", Words("분야", "Kind"), SolutionKinds.choices(lists.kinds))], maximum: 8))
    }

    static func regions(_ lists: SolutionKinds, _ label: Words, help: Words? = nil) -> Field {
        Field(
            "regions", label,
            .list([Field("region", Words("지역", "Region"), SolutionKinds.choices(lists.regions))], maximum: 18),
            required: false, help: help)
    }

    static func languages(_ lists: SolutionKinds) -> Field {
        Field(
            "languages", Words("쓰는 언어", "Languages"),
            .list([Field("language", Words("언어", "Language"), SolutionKinds.choices(lists.languages))], maximum: 7),
            required: false, help: Words("비우면 한국어로 봅니다.", "Left empty: Korean."))
    }

    static let avoided = Field(
        "avoided", Words("만나지 않을 기업", "Firms not to meet"),
        .list([Field("firm", Words("기업", "Firm"), .reference(kind: "alliance-firm", source: nil))], maximum: 20),
        required: false, help: Words("이해가 부딪히는 기업을 고릅니다. 상대에게 보이지 않습니다.", "Conflicts of interest; they are not told."))

    /// Millions of won.
    static func money(_ name: String, _ label: Words, required: Bool = true) -> Field {
        Field(name, label, .integer(0...1_000_000, unit: nil), required: required)
    }

    /// The firm that is meant: one's own, or the one an officer chose.
    static func firm(_ ask: Ask, _ tables: any Reader) throws -> FirmID {
        let tenant = try ask.tenant
        let entered = ask.values.text("firm")
        guard let id = tenant.firm ?? (entered.isEmpty ? nil : FirmID(entered)),
            try Directory.firm(id, for: tenant, in: tables) != nil
        else {
            throw Refusal(
                .invalid, "firm.unknown", Words("기업을 골라 주세요.", "Please choose a firm."),
                faults: [.init(field: "firm", rule: "known", words: Words("그런 기업이 없습니다.", "There is no such firm."))])
        }
        return id
    }

    /// A range that was entered as two fields; nil where both were left out. An upper figure alone begins at nothing; a
    /// lower one alone says too little to hold prices against.
    static func range(_ ask: Ask, _ low: String, _ high: String) throws(Refusal) -> ClosedRange<Int64>? {
        let (from, to) = (ask.values.integer(low), ask.values.integer(high))
        guard let most = to else {
            guard from == nil else {
                throw wrong(high, "range-open", Words("위 금액도 적어 주세요.", "Please give the upper figure too."))
            }
            return nil
        }
        let least = from ?? 0
        guard least <= most else {
            throw wrong(high, "range", Words("아래 금액보다 작을 수 없습니다.", "It cannot be less than the lower figure."))
        }
        return least...most
    }

    static func wrong(_ field: String, _ rule: String, _ words: Words) -> Refusal {
        Refusal(.invalid, "alliance.\(rule)", of: field, rule, words)
    }
}
