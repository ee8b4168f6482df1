import Access
import District
import Record
import Store
import Web

/// The sample district's incident: a cut hand at the foundry, called in, filed by Form 30, investigated and planned
/// against; its action is still to be done.
enum IncidentSample {
    static func found(_ spine: Spine) async throws {
        let district = spine.district
        let zone = try Caller.system("sample").tenant
        let now = district.clock()
        let callers = try await district.store.read { reader -> [Caller]? in
            guard try IncidentTable.page(openOnly: false, limit: 1, offset: 0, for: zone, in: reader).total == 0 else {
                return nil
            }
            let people = try ["nuri-manager-1", "nuri-executive-1", "nuri-worker-2"].compactMap {
                try Directory.caller(PersonID($0), in: reader)
            }
            return people.count == 3 ? people : nil
        }
        guard let callers else { return }
        let (manager, executive, worker) = (callers[0], callers[1], callers[2])
        let occurred = now.advanced(bySeconds: -20 * 86_400)
        func at(_ minutes: Double) -> JSON { .string(occurred.advanced(bySeconds: minutes * 60).description) }
        let done = try await district.perform(
            "safety.incident.report",
            [
                "thing": "nuri-melting", "occurred": at(0), "type": "cut",
                "what": "용해장에서 주형을 정리하다 철편에 왼손을 베임(예시)",
                "people": [
                    [
                        "name": "재해자 1(예시)", "care": "medical", "nature": "cut", "expected_days": 5,
                        "care_months": 0.5,
                    ]
                ],
            ], by: worker)
        guard let stream = done.events.first(where: { $0.type == IncidentReported.type })?.stream else { return }
        let incident = JSON.string(String(stream.dropFirst("incident/".count)))
        func perform(_ name: String, _ values: [String: JSON], by caller: Caller) async throws {
            _ = try await district.perform(
                name, values.merging(["incident": incident]) { $1 }, by: caller, confirmed: true)
        }
        try await perform("safety.call.log", ["to": "fire119", "at": at(3), "note": "구급차 요청(예시)"], by: worker)
        try await perform("safety.incident.update", ["number": 1, "lost_days": 5, "back": true], by: manager)
        try await perform(
            "safety.form30.prepare",
            [
                "work": "주형 정리", "situation": "보호장갑 없이 날이 선 철편을 손으로 옮김(예시)", "cause": "절단 방지 장갑이 비치되지 않음(예시)",
                "prevention": "철편을 집게와 통으로 옮기고 장갑을 비치함(예시)",
                "people": [["number": 1, "job": "주조 작업자(예시)", "part": "왼손"]],
            ], by: manager)
        try await perform("safety.form30.sign", ["as": "employer"], by: manager)
        try await perform(
            "safety.form30.sign", ["as": "representative", "opinion": "작업대가 좁은 것도 원인임(예시)"], by: worker)
        let hash = try await district.store.write {
            try Attachments.keep(
                Array("산업재해조사표(예시)\n".utf8), scope: .firm("firm-nuri"), author: .system("sample"), at: now, in: $0)
        }
        try await perform("safety.form30.file", ["file": .string(hash), "receipt": "예시-2026-1"], by: manager)
        try await perform(
            "safety.incident.investigate",
            [
                "causes": [
                    ["kind": "machine", "cause": "철편을 담을 통이 없음(예시)"],
                    ["kind": "management", "cause": "정리 작업의 절차가 없음(예시)"],
                ],
                "whys": [["why": "철편을 손으로 옮김(예시)"], ["why": "집게와 통이 없음(예시)"], ["why": "정리 작업을 위험성평가에서 빠뜨림(예시)"]],
            ], by: manager)
        try await perform(
            "safety.recurrence.plan",
            [
                "measures": [
                    [
                        "title": "철편 수거통과 집게를 작업대마다 둠(예시)", "step": "engineering", "owner": "nuri-worker-1",
                        "due": .string(now.advanced(bySeconds: 10 * 86_400).description),
                    ]
                ]
            ], by: manager)
        try await perform("safety.recurrence.report", ["decision": "이번 달 예산으로 바로 구매(예시)"], by: executive)
        for (back, hours) in [(2, 9_300.0), (1, 9_120.0)] {
            let month = KoreanDay(now).firstOfMonth.adding(months: Int64(-back)).month
            _ = try await district.perform(
                "safety.hours.report", ["month": .string(month), "hours": .number(hours), "insured": 57], by: manager)
        }
    }
}
