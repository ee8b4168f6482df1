import Access
import District
import Record
import Store
import Web

/// Cases of the sample district at every stage, one of them with a condition that was not kept.
enum InvestmentSample {
    private typealias Firm = (
        name: Words, kind: InvestmentKind, size: InvestmentSize, stage: InvestmentStage, jobs: Int, youth: Int?
    )

    private static let firms: [Firm] = [
        (Words("한결정밀", "Hangyeol Precision"), .relocation, .small, .operating, 24, 9),
        (Words("노스필드 로보틱스", "Northfield Robotics"), .foreign, .mid, .operating, 41, 18),
        (Words("다온소재", "Daon Materials"), .comeback, .small, .operating, 16, nil),
        (Words("세림기공", "Serim Works"), .expansion, .small, .operating, 12, 4),
        (Words("푸른배터리", "Pureun Battery"), .domestic, .mid, .operating, 33, 15),
        (Words("윤슬선박부품", "Yunseul Ship Parts"), .relocation, .small, .construction, 0, nil),
        (Words("가람센서", "Garam Sensors"), .domestic, .small, .permit, 0, nil),
        (Words("카이로스 AMR", "Kairos AMR"), .foreign, .mid, .agreement, 0, nil),
        (Words("온빛주물", "Onbit Casting"), .expansion, .small, .visit, 0, nil),
        (Words("바름기어", "Bareum Gear"), .domestic, .small, .operating, 19, 7),
    ]

    static func found(_ spine: Spine) async throws {
        let (district, now) = (spine.district, spine.district.clock())
        let zone = try Caller.system("sample").tenant
        let isFounded = try await district.store.read { reader in
            try Directory.firm("firm-gaon", for: zone, in: reader) == nil
                || !InvestmentTable.list(for: zone, in: reader).isEmpty
        }
        guard !isFounded else { return }
        func day(_ days: Int64) -> JSON { .string((KoreanDay(now) + days).description) }
        var drafts: [Draft] = []
        func add(_ type: String, _ number: Int, ago days: Double, _ payload: [String: JSON], to scope: Scope = .zone) {
            drafts.append(
                Draft(
                    type, stream: "investment/sample-\(number)", scope: scope,
                    observed: now.advanced(bySeconds: -days * 86_400), payload: payload))
        }
        for (number, firm) in firms.enumerated() {
            add(
                InvestmentEvents.opened, number, ago: 500,
                [
                    "name": .string("\(firm.name.ko)(예시)"), "firm": .null, "kind": .string(firm.kind.rawValue),
                    "size": .string(firm.size.rawValue),
                    "headcount": number % 3 == 2 ? .null : .number(Double(30 + number * 17)),
                    "sector": "기계·부품(예시)", "amount": .number(Double(2 + number) * 1_000_000_000),
                    "jobs": .number(Double(15 + number * 4)), "tasks": ["equipment", "hiring", "permit"],
                    "day": day(-500),
                ])
            let way = InvestmentStage.allCases.prefix { $0 != firm.stage }.dropFirst() + [firm.stage]
            for (place, stage) in way.enumerated() {
                let ago = Int64(480 - place * 70)
                add(
                    InvestmentEvents.moved, number, ago: Double(ago),
                    [
                        "stage": .string(stage.rawValue), "before": "lead", "day": day(-ago),
                        "reason": .string("\(stage.words.ko) 완료 확인(예시)"),
                    ])
            }
            guard firm.stage == .operating else { continue }
            let created = Double(firm.jobs + 3)
            for programme in [JobCount.whole, "regional-investment-subsidy"] {
                add(
                    InvestmentEvents.counted, number, ago: 20,
                    [
                        "programme": .string(programme), "day": day(-20), "created": .number(created),
                        "kept": .number(Double(firm.jobs)), "youth": firm.youth.map { .number(Double($0)) } ?? .null,
                        "youth_rule": firm.youth == nil ? "" : "15-34", "skilled": .number(Double(firm.jobs / 3)),
                        "source": "고용보험 피보험자 명부(예시)",
                    ])
            }
            add(
                InvestmentEvents.promised, number, ago: 400,
                [
                    "incentive": .string("sample-incentive-\(number)"), "what": "설비 보조금(예시)",
                    "amount": 300_000_000, "due": day(-60), "jobs": .number(Double(number == 3 ? 20 : 10)),
                    "jobs_by": day(-30),
                ])
            add(
                InvestmentEvents.paid, number, ago: 90,
                [
                    "incentive": .string("sample-incentive-\(number)"),
                    "amount": number == 1 ? 150_000_000 : 300_000_000,
                    "day": day(-90), "source": "이체 확인증(예시)",
                ])
        }
        for (number, what, decider, due, decision) in [
            (5, "공장 높이 제한 완화", "시청 건축과", Int64(-12), Optional<String>.none),
            (6, "배터리 시험동 위험물 저장 허가", "소방서", 25, nil), (1, "외국인 기술자 체류 자격", "출입국관리사무소", -100, "granted"),
        ] {
            add(
                InvestmentEvents.raised, number, ago: 120,
                [
                    "obstacle": .string("sample-obstacle-\(number)"), "what": .string("\(what)(예시)"),
                    "rule": "관련 법령·조례(예시)", "decider": .string("\(decider)(예시)"), "due": day(due), "day": day(-120),
                ])
            guard let decision else { continue }
            add(
                InvestmentEvents.decided, number, ago: 105,
                [
                    "obstacle": .string("sample-obstacle-\(number)"), "decision": .string(decision), "day": day(-105),
                    "due": day(due), "reason": "요건을 갖춤(예시)",
                ])
        }
        try await district.record(drafts, origin: Origin(author: .system("sample")))
    }
}
