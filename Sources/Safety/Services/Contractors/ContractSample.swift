import Access
import District
import Record
import Store
import Web

/// Contracted work of the sample district: the foundry's people change dies at the stamping shop.
enum ContractSample {
    static func found(_ spine: Spine) async throws {
        let district = spine.district
        let caller = Caller.system("sample")
        let zone = try caller.tenant
        guard try await district.store.read({ try ContractTable.list(for: zone, in: $0) }).isEmpty else { return }
        let now = district.clock()
        func moment(_ days: Double) -> JSON { .string(now.advanced(bySeconds: days * 86_400).description) }
        let done = try await district.perform(
            "safety.contractor.contract",
            [
                "registration": "000-00-00002", "thing": "gaon-stamping", "work": "금형 교체와 정비(예시)",
                "trade": "manufacturing", "starts": moment(-40), "ends": moment(140),
            ], by: caller)
        guard let stream = done.events.first?.stream else { return }
        let contract = JSON.string(String(stream.dropFirst("contract/".count)))
        _ = try await district.perform("safety.contractor.accept", ["contract": contract], by: caller, confirmed: true)
        for (duty, days, note) in [
            ("council", -20.0, "금형 교체 때 전원 차단 순서를 함께 정함(예시)"), ("patrol", -1.0, "통로 기름때 청소 요청(예시)"),
        ] {
            _ = try await district.perform(
                "safety.contractor.record",
                ["contract": contract, "duty": .string(duty), "day": moment(days), "note": .string(note)], by: caller)
        }
    }
}
