import Access
import District
import Record
import Store

/// A firm says what it makes, where, in which languages, and who may see that.
struct KeepProfile {
    let lists: SolutionKinds
    static let name = "alliance.firm.profile"

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("기업 소개 등록", "Keep the firm's profile"),
                help: Words(
                    "무엇을 만드는지와 누구에게 보일지 정합니다. 연락은 이 시스템의 소개를 거치며, 상담 연락처는 따로 등록해 만날 기업에만 보입니다.",
                    "Says what the firm makes and who may see it. Contact goes through introductions here; whom to call is given apart, for the firms it will meet."
                ),
                fields: [
                    FirmAsk.firm,
                    Field("makes", Words("만드는 것·하는 일", "What it makes or does"), .text(maximum: 300)),
                    Field(
                        "industry", Words("업종코드", "Industry code"), .text(maximum: 20), required: false,
                        help: Words("한국표준산업분류 또는 NACE. 예: C25", "KSIC or NACE, for example C25")),
                    Field("processes", Words("주요 공정", "Processes"), .text(maximum: 300), required: false),
                    Field("region", Words("지역", "Region"), SolutionKinds.choices(lists.regions)),
                    FirmAsk.languages(lists),
                    Field("headcount", Words("상시근로자 수", "People"), .integer(0...1_000_000, unit: nil), required: false),
                    Field(
                        "shown", Words("누구에게 보일까요", "Who may see it"),
                        .choice(FirmProfile.Shown.allCases.map { .init($0.rawValue, $0.words) }),
                        help: Words(
                            "제안한 솔루션도 같은 범위로 보입니다. 공개하지 않으면 매칭에서 빠집니다.",
                            "Offers are seen by the same people. What nobody sees is not matched.")),
                ],
                permission: .roles(FirmAsk.keepers).orToken("command:\(Self.name)"), after: "/alliance/firms")
        ) { ask, tables in
            let firm = try FirmAsk.firm(ask, tables)
            let industry = ask.values.text("industry").uppercased()
            guard industry.isEmpty || industry.wholeMatch(of: /[A-Z]?[0-9.]{0,8}/) != nil else {
                throw FirmAsk.wrong("industry", "industry", Words("C25처럼 적어 주세요.", "Write it like C25."))
            }
            var payload: [String: JSON] = [
                "firm": .string(firm.rawValue), "makes": .string(ask.values.text("makes")),
                "industry": .string(industry), "processes": .string(ask.values.text("processes")),
                "region": .string(ask.values.text("region")),
                "languages": Lists.json(ask.values.chosen("languages", "language")),
                "shown": .string(ask.values.text("shown")),
            ]
            if let headcount = ask.values.integer("headcount") { payload["headcount"] = .decimal(headcount) }
            return [
                Draft(ProfileTable.kept, stream: "firm-profile/alliance-\(firm)", scope: .firm(firm), payload: payload)
            ]
        }
    }
}
