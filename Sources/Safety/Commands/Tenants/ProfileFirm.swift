import Access
import District
import Record

/// Says what a firm's size and business are, on which its duties depend.
enum ProfileFirm {
    static let form = Form(
        "safety.firm.profile", title: Words("기업 정보 등록", "Set the firm's profile"),
        help: Words(
            "업종과 작업 형태에 따라 지켜야 할 의무가 달라집니다. 모르는 항목은 비워 두면 해당하는 것으로 봅니다.",
            "Which duties a firm has depends on its business. What is left blank counts as if it applied."),
        fields: [
            Field(
                "firm", Words("기업", "Firm"), .reference(kind: "firm", source: nil), required: false,
                help: Words("관리기관 담당자만 고릅니다.", "Only the zone's officers choose one.")),
            Field(
                "industry", Words("업종코드(한국표준산업분류)", "Industry code (KSIC)"), .text(maximum: 10),
                required: false, help: Words("예: C25112", "For example C25112")),
            Field(
                "headcount", Words("상시근로자 수", "Regular workers"), .integer(0...1_000_000, unit: nil),
                required: false),
            Field("address", Words("주소", "Address"), .text(maximum: 200), required: false),
        ]
            + FirmTrait.allCases.map { trait in
                Field(
                    trait.rawValue, trait.words,
                    .choice([.init("yes", Words("예", "Yes")), .init("no", Words("아니요", "No"))]), required: false)
            },
        permission: .roles([.zoneOfficer, .executive, .safetyManager]).orToken("command:safety.firm.profile"))

    static let command = Command(form) { ask, tables in
        let tenant = try ask.tenant
        let entered = ask.values.text("firm")
        guard let id = tenant.firm ?? (entered.isEmpty ? nil : FirmID(entered)),
            var firm = try Directory.firm(id, for: tenant, in: tables),
            let known = try FirmProfiles.find(id, for: tenant, in: tables)
        else {
            throw Refusal(
                .invalid, "firm.unknown", Words("기업을 골라 주세요.", "Please choose a firm."),
                faults: [
                    .init(field: "firm", rule: "known", words: Words("그런 기업이 없습니다.", "There is no such firm."))
                ])
        }
        let code = ask.values.text("industry")
        let industry = code.isEmpty ? known.industry : IndustryCode(code)
        guard code.isEmpty || industry != nil else {
            throw Refusal(
                .invalid, "firm.industry", FirmListing.Rule.industry.words,
                faults: [.init(field: "industry", rule: "ksic", words: FirmListing.Rule.industry.words)])
        }
        var traits = known.traits
        for trait in FirmTrait.allCases {
            let answer = ask.values.text(trait.rawValue)
            if !answer.isEmpty { traits[trait] = answer == "yes" }
        }
        if traits[.contracting] == false {
            let today = KoreanDay(ask.now)
            let runs = try ContractTable.list(for: tenant, in: tables).contains {
                $0.client == id && $0.isRunning(on: today)
            }
            guard !runs else {
                let words = Words(
                    "진행 중인 도급 작업이 등록되어 있습니다.", "There is contracted work under way.")
                throw Refusal(.conflict, "firm.contracting", of: FirmTrait.contracting.rawValue, "contract", words)
            }
        }
        let address = ask.values.text("address")
        var drafts = [
            profiled(
                id, industry: industry, address: address.isEmpty ? known.address : address, traits: traits, contact: nil
            )
        ]
        if let headcount = ask.values.integer("headcount"), Int(headcount) != firm.headcount {
            firm.headcount = Int(headcount)
            do throws(AccessError) { drafts.insert(try AccessEvents.firmChanged(firm), at: 0) } catch {
                throw Refusal(error)
            }
        }
        return drafts
    }

    /// A firm's profile as it goes on the Record; without traits those that it said before stay; whom to call is about a person and goes to the vault.
    static func profiled(
        _ firm: FirmID, industry: IndustryCode?, address: String?, traits: [FirmTrait: Bool]?, contact: JSON?
    ) -> Draft {
        var payload: [String: JSON] = [
            "industry": industry.map { .string($0.description) } ?? .null,
            "address": address.map { .string($0) } ?? .null,
            "firm": .string(firm.rawValue),
        ]
        if let traits {
            payload["traits"] = .object(
                Dictionary(uniqueKeysWithValues: traits.map { ($0.key.rawValue, JSON.bool($0.value)) }))
        }
        var draft = Draft(
            "safety.firm.profiled", stream: "firm-profile/\(firm)", scope: .firm(firm), payload: payload)
        if let contact { draft.personal["contact"] = PersonalContent(of: PersonID("contact-\(firm)"), contact) }
        return draft
    }
}
