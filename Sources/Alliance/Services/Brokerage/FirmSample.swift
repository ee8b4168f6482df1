import Access
import District
import Record
import Store

/// The sample's firms, what they need and offer, and a brokerage day that was published, all marked as samples.
enum FirmSample {
    /// A supplier that is only there in the sample.
    private struct Supplier {
        let id: String, name: String, number: Int64
        let makes: String, region: String
        let offers: [(title: String, kinds: [String], industries: [String], price: (Int64, Int64), lead: Int64)]
    }

    private static let suppliers = [
        Supplier(
            id: "firm-dasom-vision", name: "다솜비전(예시)", number: 21, makes: "제조 현장 비전 검사 시스템", region: "busan",
            offers: [
                ("표면 흠 비전 검사(예시)", ["vision-inspection"], ["C24", "C25", "C30"], (40, 120), 60),
                ("현장 인공지능 실습 교육(예시)", ["education"], [], (5, 20), 14),
            ]),
        Supplier(
            id: "firm-hangyeol-robotics", name: "한결로보틱스(예시)", number: 22, makes: "용접·이송 로봇과 자율이동로봇",
            region: "gyeongnam",
            offers: [
                ("프레스 소재 이송 로봇(예시)", ["robot-handling", "amr"], ["C25", "C29", "H52"], (80, 300), 120),
                ("선박 블록 용접 로봇(예시)", ["robot-welding"], ["C25", "C31"], (150, 500), 150),
            ]),
        Supplier(
            id: "firm-byeolbit-data", name: "별빛데이터(예시)", number: 23, makes: "설비 데이터 수집과 예지보전", region: "ulsan",
            offers: [
                (
                    "진동·전류 예지보전(예시)", ["predictive-maintenance", "data-platform"], ["C24", "C25", "C29"], (20, 90), 45
                ),
                ("공장 에너지 관리(예시)", ["energy", "data-platform"], [], (15, 70), 60),
            ]),
        Supplier(
            id: "firm-narae-safety", name: "나래안전인공지능(예시)", number: 24, makes: "작업자 접근 감지와 안전 관제", region: "busan",
            offers: [("프레스 접근 감지 인공지능(예시)", ["safety-ai", "education"], ["C24", "C25"], (25, 80), 40)]),
    ]

    /// What the sample's own firms say of themselves.
    private static let profiles: [(firm: FirmID, makes: String, industry: String, processes: String, shown: String)] = [
        ("firm-gaon", "선박용 판금 부품", "C25", "프레스, 용접, 도장", "nobody"),
        ("firm-nuri", "선박 엔진 주물", "C24", "용해, 조형, 후처리", "members"),
        ("firm-saebyeok", "수산물 냉장·냉동 보관", "H52", "입고, 보관, 출고", "members"),
    ]

    private static let needs: [(firm: FirmID, title: String, kinds: [String], budget: (Int64, Int64), musts: String)] =
        [
            ("firm-gaon", "프레스 부품 표면 흠 검사 자동화(예시)", ["vision-inspection"], (50, 100), "오검출 2 % 이하"),
            ("firm-gaon", "2호 프레스 진동 예지보전(예시)", ["predictive-maintenance"], (20, 60), ""),
            ("firm-nuri", "주물 기포 판별(예시)", ["vision-inspection", "data-platform"], (40, 90), "고온·분진 환경"),
            ("firm-nuri", "후처리 작업 안전 감지(예시)", ["safety-ai"], (20, 50), ""),
            ("firm-saebyeok", "냉동기 전력 줄이기(예시)", ["energy"], (20, 60), "영하 25 ℃"),
            ("firm-saebyeok", "전사 자원관리 바꾸기(예시)", ["erp"], (30, 80), ""),
        ]

    /// Founds it all in one transaction where it is not there yet; nothing twice.
    static func found(_ spine: Spine) async throws {
        let (author, now) = (Author.system("alliance.sample"), spine.district.clock())
        let house = try Caller.system("alliance.sample").tenant
        let (profiles, suppliers, needs) = (Self.profiles, Self.suppliers, Self.needs)
        let isThere = try await spine.district.store.read { reader in
            try Directory.firm("firm-gaon", for: house, in: reader) == nil
                || ProfileTable.find("firm-gaon", for: house, in: reader) != nil
        }
        guard !isThere else { return }
        let day = (KoreanDay(now) + 14).description
        let hours = DayHours(begins: 600, ends: 1020, minutes: 30, tables: 6, place: "혁신지원센터 2층 상담실(예시)")
        try await spine.district.transact { transaction in
            var drafts: [Draft] = []
            for one in profiles where try Directory.firm(one.firm, for: house, in: transaction.writer) != nil {
                drafts.append(profile(one.firm, one.makes, one.industry, one.processes, "busan", one.shown))
                drafts.append(contact(one.firm, now))
            }
            for (index, one) in suppliers.enumerated() {
                let number = "000-00-000\(one.number)"
                let firm = Firm(id: FirmID(one.id), name: one.name, registration: number, headcount: 12 + index * 9)
                drafts.append(try AccessEvents.firmRegistered(firm))
                drafts.append(profile(firm.id, one.makes, "J62", "", one.region, "public"))
                drafts.append(contact(firm.id, now))
                for offer in one.offers {
                    drafts.append(
                        Draft(
                            OfferTable.published, stream: "offer/\(Identifier(at: now))", scope: .firm(firm.id),
                            payload: [
                                "firm": .string(one.id), "title": .string(offer.title),
                                "about": "예시 자료로 만든 솔루션입니다.", "kinds": Lists.json(offer.kinds),
                                "industries": Lists.json(offer.industries), "price_low": .decimal(offer.price.0),
                                "price_high": .decimal(offer.price.1), "lead_days": .decimal(offer.lead),
                                "capacity": "2", "regions": [], "languages": ["ko", "en"],
                                "certificates": "예시", "avoided": [],
                            ]))
                }
            }
            for need in needs {
                drafts.append(
                    Draft(
                        NeedTable.raised, stream: "need/\(Identifier(at: now))", scope: .firm(need.firm),
                        payload: [
                            "firm": .string(need.firm.rawValue), "title": .string(need.title),
                            "about": "예시 자료로 만든 수요입니다.", "kinds": Lists.json(need.kinds),
                            "budget_low": .decimal(need.budget.0), "budget_high": .decimal(need.budget.1),
                            "musts": .string(need.musts), "meetings": "3", "avoided": [],
                            "deadline": .string((KoreanDay(now) + 240).description),
                        ]))
            }
            drafts.append(
                Draft(
                    DayTable.opened, stream: "brokerage/\(Identifier(at: now))", scope: .zone,
                    payload: [
                        "title": "인공지능 공급기업 상담회(예시)", "day": .string(day), "firm_slots": "3",
                        "supplier_slots": "3", "kinds": [], "regions": [],
                    ].merging(hours.json) { $1 }))
            try transaction.record(drafts, origin: Origin(author: author))
        }
        try await publish(spine)
    }

    /// The day is matched and published where the use of AI may run; a first meeting was held.
    private static func publish(_ spine: Spine) async throws {
        let (caller, district) = (Caller.system("alliance.sample"), spine.district)
        let zone = try caller.tenant
        guard try await district.standing(of: MatchingUse.use) == .runs,
            let day = try await district.store.read({
                try DayTable.days(limit: 1, offset: 0, for: zone, in: $0).rows.first
            })
        else { return }
        let named: [String: JSON] = ["day": .string(day.id)]
        _ = try await district.perform(ProposeDay.name, named, by: caller)
        _ = try await district.perform(PublishDay.name, named, by: caller, confirmed: true)
        let today = KoreanDay(district.clock())
        let first = try await district.store.read {
            try IntroductionTable.page(.all, on: today, limit: 2, offset: 0, for: zone, in: $0).rows
        }
        var drafts: [Draft] = []
        let seats = [DayHours.Seat(hour: 600, table: 1), DayHours.Seat(hour: 630, table: 1)]
        for (index, one) in first.enumerated() {
            for side in Introduction.Side.allCases {
                drafts.append(
                    Draft(
                        IntroductionTable.accepted, stream: "introduction/\(one.id)", scope: one.scope,
                        payload: ["side": .string(side.rawValue), "reason": ""].merging(
                            side == .supplier ? seats[index].json : [:]
                        ) { $1 }))
            }
            guard index == 0 else { continue }
            drafts.append(
                Draft(
                    IntroductionTable.noted, stream: "introduction/\(one.id)", scope: one.scope,
                    payload: [
                        "outcome": "met", "note": "현장을 둘러보고 시료 검사를 하기로 함(예시)", "owner": .string(one.firm.rawValue),
                        "follow_up": .string((today + 21).description),
                    ]))
        }
        try await district.record(drafts, origin: Origin(author: caller.author))
    }

    /// Whom to call, made up as all of the sample is.
    private static func contact(_ firm: FirmID, _ now: Timestamp) -> Draft {
        let entry = "\(Identifier(at: now))"
        return Draft(
            ContactTable.given, stream: "firm-contact/\(firm)", scope: .firm(firm), payload: ["entry": .string(entry)],
            personal: [
                "contact": PersonalContent(
                    of: ContactTable.subject(entry), ["name": "상담 담당(예시)", "phone": "000-000-0000", "mail": ""])
            ])
    }

    private static func profile(
        _ firm: FirmID, _ makes: String, _ industry: String, _ processes: String, _ region: String, _ shown: String
    ) -> Draft {
        Draft(
            ProfileTable.kept, stream: "firm-profile/alliance-\(firm)", scope: .firm(firm),
            payload: [
                "firm": .string(firm.rawValue), "makes": .string(makes), "industry": .string(industry),
                "processes": .string(processes), "region": .string(region), "languages": ["ko"],
                "shown": .string(shown),
            ])
    }
}
