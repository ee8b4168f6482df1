import Access
import District
import Record
import Store
import Web

/// Programmes of the sample district: one of each kind, with an application that went all the way.
enum GrantSample {
    static func found(_ spine: Spine) async throws {
        let (district, now) = (spine.district, spine.district.clock())
        let zone = try Caller.system("sample").tenant
        let isFounded = try await district.store.read { reader in
            try Directory.firm("firm-gaon", for: zone, in: reader) == nil
                || !GrantTable.programmes(in: reader).isEmpty
        }
        guard !isFounded else { return }
        func day(_ days: Int64) -> JSON { .string((KoreanDay(now) + days).description) }
        func draft(_ type: String, _ stream: String, _ scope: Scope, ago days: Double, _ payload: [String: JSON])
            -> Draft
        {
            Draft(
                type, stream: stream, scope: scope, observed: now.advanced(bySeconds: -days * 86_400),
                payload: payload)
        }
        func programme(
            _ id: String, _ title: Words, _ kind: GrantKind, budget: Double, most: Double, opens: Int64, closes: Int64,
            headcount: JSON, solutions: [JSON]
        ) -> Draft {
            draft(
                GrantEvents.opened, "programme/\(id)", .everyone, ago: Double(-opens),
                [
                    "title": title.json, "runner": "구역 관리기관(예시)", "kind": .string(kind.rawValue),
                    "budget": .number(budget), "most": .number(most), "opens": day(opens), "closes": day(closes),
                    "headcount": headcount, "solutions": .array(solutions),
                ])
        }
        let (gaon, nuri) = (Scope.firm("firm-gaon"), Scope.firm("firm-nuri"))
        let (voucher, equipment, seminar) = ("sample-safety-voucher", "sample-equipment", "sample-dx-seminar")
        try await district.record(
            [
                programme(
                    voucher, Words("입주기업 안전 서비스 이용권(예시)", "Safety vouchers for tenants (sample)"), .safetyVoucher,
                    budget: 60_000_000, most: 8_000_000, opens: -220, closes: 60, headcount: 99,
                    solutions: ["safety-ai", "education"]),
                programme(
                    equipment, Words("스마트 설비 지원(예시)", "Support for smart equipment (sample)"), .equipment,
                    budget: 300_000_000, most: 50_000_000, opens: -30, closes: 45, headcount: 300,
                    solutions: [
                        "mes", "erp", "data-platform", "robot-handling", "predictive-maintenance", "vision-inspection",
                        "energy",
                    ]),
                programme(
                    seminar, Words("디지털 전환 세미나(예시)", "Seminars on digital transformation (sample)"), .seminar,
                    budget: 12_000_000, most: 1_000_000, opens: -120, closes: -5, headcount: .null,
                    solutions: ["education", "data-platform"]),
                draft(
                    GrantEvents.applied, "grant/sample-gaon-voucher", gaon, ago: 210,
                    [
                        "programme": .string(voucher), "amount": 6_000_000, "assessment": "sample-gaon-1",
                        "purpose": "프레스 방호장치 점검과 끼임 위험 진단(예시)",
                    ]),
                draft(
                    GrantEvents.granted, "grant/sample-gaon-voucher", gaon, ago: 200,
                    [
                        "programme": .string(voucher), "amount": 6_000_000, "signed": false,
                        "reason": "끼임 위험 조치가 밀려 있어 우선 지원(예시)",
                    ]),
                draft(
                    GrantEvents.issued, "grant/sample-gaon-voucher", gaon, ago: 198,
                    [
                        "programme": .string(voucher), "voucher": "sample-voucher-1", "amount": 4_000_000,
                        "provider": "바른안전연구소(예시)", "until": day(-60),
                    ]),
                draft(
                    GrantEvents.redeemed, "grant/sample-gaon-voucher", gaon, ago: 150,
                    [
                        "programme": .string(voucher), "voucher": "sample-voucher-1", "amount": 3_800_000,
                        "day": day(-150), "source": "세금계산서(예시)",
                    ]),
                draft(
                    GrantEvents.issued, "grant/sample-gaon-voucher", gaon, ago: 20,
                    [
                        "programme": .string(voucher), "voucher": "sample-voucher-2", "amount": 2_000_000,
                        "provider": "바른안전연구소(예시)", "until": day(70),
                    ]),
                draft(
                    GrantEvents.measured, "grant/sample-gaon-voucher", gaon, ago: 3,
                    [
                        "programme": .string(voucher), "metric": "incidents", "before": 3, "after": 1,
                        "before_day": day(-340), "after_day": day(-9), "source": "사고 보고서 목록(예시)", "evidence": 1,
                    ]),
                draft(
                    GrantEvents.measured, "grant/sample-gaon-voucher", gaon, ago: 2,
                    [
                        "programme": .string(voucher), "metric": "maturity", "before": 1, "after": 2,
                        "before_day": day(-340), "after_day": day(-9), "source": "수준 진단 두 건", "evidence": 1,
                    ]),
                draft(
                    GrantEvents.applied, "grant/sample-nuri-equipment", nuri, ago: 6,
                    [
                        "programme": .string(equipment), "amount": 38_000_000, "assessment": .null,
                        "purpose": "주조 라인 온도 자동 수집(예시)",
                    ]),
                draft(
                    GrantEvents.seminar, "seminar/sample-seminar-1", .everyone, ago: 40,
                    [
                        "programme": .string(seminar), "title": "작은 공장의 데이터 첫걸음(예시)", "day": day(-20), "places": 30,
                    ]),
                draft(GrantEvents.attended, "seminar/sample-seminar-1", gaon, ago: 20, ["people": 3]),
                draft(GrantEvents.attended, "seminar/sample-seminar-1", nuri, ago: 20, ["people": 2]),
            ], origin: Origin(author: .system("sample")))
    }
}
