import Access
import District
import Record
import Store
import Web

/// Chemicals of the sample district: thinner and oxygen where no one should put them together, marked by the checks.
enum SubstanceSample {
    private static let entries: [(thing: String, name: String, cas: String?, supplier: String, hazards: String)] = [
        ("gaon-stamping", "프레스 세척 신너(예시)", nil, "예시상사", "H225 H304 H315 H336 H373"),
        ("gaon-stamping", "유압작동유(예시)", nil, "예시윤활", "H304"),
        ("nuri-melting", "산소(용해로용, 예시)", "7782-44-7", "예시가스", "H270 H280"),
        ("nuri-melting", "톨루엔(예시)", "108-88-3", "예시화학", "H225 H304 H315 H336 H361 H373"),
    ]

    static func found(_ spine: Spine) async throws {
        let district = spine.district
        let caller = Caller.system("sample")
        let zone = try caller.tenant
        guard try await district.store.read({ try SubstanceTable.list(for: zone, in: $0) }).isEmpty else { return }
        for entry in entries {
            var values: [String: JSON] = [
                "thing": .string(entry.thing), "name": .string(entry.name), "supplier": .string(entry.supplier),
                "hazards": .string(entry.hazards), "revised": "2026-03-02T00:00:00+09:00",
            ]
            if let cas = entry.cas { values["cas"] = .string(cas) }
            _ = try await district.perform("safety.substance.register", values, by: caller)
        }
    }
}
