import Access
import District
import Record
import Store
import Web

/// Dangers of the sample district in every state, a stop of work that was answered and resumed, and a measure of
/// personnel that followed on a report. Nothing is left closed.
enum HazardSample {
    private static let reports: [(thing: String, accident: String, language: String, text: String)] = [
        ("gaon-line-1", "caught", "vi", "Tấm chắn máy ép bị lỏng (ví dụ)"),
        ("gaon-stamping", "slip", "ko", "통로 바닥에 기름이 있습니다(예시)"),
        ("gaon-line-1", "cut", "ne", "धारिलो छेउ (उदाहरण)"),
        ("gaon-stamping", "struck-by", "ko", "선반 위 금형이 흔들립니다(예시)"),
        ("nuri-melting", "heat", "th", "ไม่มีแผ่นกันความร้อน (ตัวอย่าง)"),
    ]

    static func found(_ spine: Spine) async throws {
        let district = spine.district
        let zone = try Caller.system("sample").tenant
        guard try await district.store.read({ try PlaceCodes.list(for: zone, in: $0) }).isEmpty else { return }
        var codes: [String: String] = [:]
        for (thing, firm) in [("gaon-stamping", "gaon"), ("gaon-line-1", "gaon"), ("nuri-melting", "nuri")] {
            _ = try await district.perform(
                "safety.place.code", ["thing": .string(thing)], by: person("\(firm)-manager-1", district))
        }
        for place in try await district.store.read({ try PlaceCodes.list(for: zone, in: $0) }) {
            codes[place.thing.rawValue] = place.code
        }
        var hazards: [String] = []
        for report in reports {
            guard let code = codes[report.thing] else { continue }
            let filed = try await district.perform(
                "safety.hazard.file",
                [
                    "code": .string(code), "language": .string(report.language), "accident": .string(report.accident),
                    "text": .string(report.text),
                ], by: .anonymous())
            hazards.append(subject(filed))
        }
        try await judge(hazards, district)
        try await stop(codes["gaon-line-1"] ?? "", district)
    }

    /// One is mended and found effective, one under way, one rejected; the others wait for a word.
    private static func judge(_ hazards: [String], _ district: District) async throws {
        guard hazards.count == reports.count else { return }
        let (manager, worker) = (
            try await person("gaon-manager-1", district), try await person("gaon-worker-2", district)
        )
        for (hazard, title) in [(hazards[1], "통로 기름 제거와 누유 호스 교체(예시)"), (hazards[0], "방호덮개 고정(예시)")] {
            _ = try await district.perform(
                "safety.hazard.accept",
                [
                    "hazard": .string(hazard), "frequency": 3, "severity": 3, "title": .string(title),
                    "step": "engineering", "owner": "gaon-worker-2",
                ], by: manager)
        }
        let actions = try await district.store.read { [hazards] in
            try ActionTable.of("hazard", hazards[1], for: manager.tenant, in: $0)
        }
        let now = district.clock()
        let proof = try await district.store.write {
            try Attachments.keep(
                Array("교체한 호스의 점검표(예시)".utf8), scope: .firm("firm-gaon"), author: worker.author, at: now, in: $0)
        }
        for action in actions {
            _ = try await district.perform(
                "safety.action.complete",
                ["action": .string(action.id), "note": "닦고 호스를 바꿈(예시)", "proof": .string(proof)], by: worker)
            _ = try await district.perform(
                "safety.action.verify",
                ["action": .string(action.id), "effective": true, "note": "새지 않음(예시)"], by: manager)
        }
        _ = try await district.perform(
            "safety.hazard.reject",
            ["hazard": .string(hazards[2]), "reason": "이미 보호장갑과 모서리 덮개가 있음(예시)"], by: manager)
        _ = try await district.perform(
            "safety.hazard.report",
            ["thing": "gaon-stamping", "accident": "struck-against", "text": "지게차 통로에 거울이 없음(예시)"],
            by: person("gaon-worker-4", district))
    }

    /// A worker stopped the line, was answered and went on; later their pay is cut, which is marked.
    private static func stop(_ code: String, _ district: District) async throws {
        let manager = try await person("gaon-manager-1", district)
        let stopped = try await district.perform(
            "safety.work.stop-by-code",
            [
                "code": .string(code), "language": "vi", "accident": "caught", "worker": "gaon-worker-3",
                "text": "Máy ép tự chạy (ví dụ)",
            ], by: .anonymous(),
            // A quarter of an hour ago, so that the answer took its time.
            offline: Ask.Offline(claimed: district.clock().advanced(bySeconds: -900), skew: 0, form: "1"))
        let stop = JSON.string(subject(stopped))
        _ = try await district.perform(
            "safety.work.respond", ["stop": stop, "answer": "전원을 끄고 확인했습니다. 시험 운전 신호였습니다(예시)."], by: manager)
        _ = try await district.perform(
            "safety.work.resume", ["stop": stop, "basis": "ruled-out", "note": "광전자식 방호장치 작동 확인(예시)"],
            by: manager, confirmed: true)
        _ = try await district.perform(
            "safety.personnel.measure",
            [
                "person": "gaon-worker-3", "kind": "pay-cut", "reason": "성과급 제외(예시)",
                "date": .string(district.clock().description),
            ], by: manager)
    }

    private static func subject(_ outcome: Outcome) -> String {
        outcome.events.first.flatMap { $0.stream.split(separator: "/").last.map(String.init) } ?? ""
    }

    /// Someone of the sample district, as they would be signed in.
    private static func person(_ id: String, _ district: District) async throws -> Caller {
        let caller = try await district.store.read { try Directory.caller(PersonID(id), in: $0) }
        guard let caller else {
            throw Refusal(.notFound, "person.unknown", Words("예시 인물이 없습니다: \(id)", "No sample person \(id)."))
        }
        return caller
    }
}
