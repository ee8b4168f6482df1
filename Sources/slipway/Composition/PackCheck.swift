import Foundation
import Record

/// Checks an evidence pack from the command line, with nothing but the file and what was kept elsewhere.
struct PackCheck {
    let file: String
    let keys: [VerifierKey]
    let witnesses: [VerifierKey]
    let saved: [SignedCheckpoint]
    let trust: TimeTrust?

    func report() throws -> PackReport {
        let url = URL(fileURLWithPath: file)
        guard let data = try? Data(contentsOf: url, options: .mappedIfSafe) else {
            throw Complaint("\(file): 파일을 읽을 수 없습니다 / cannot be read")
        }
        return PackVerifier(keys: keys, witnesses: witnesses, saved: saved, trust: trust).verify(data)
    }
}

extension PackReport {
    func show() {
        print("증거 묶음 pack  \(subject)   \(from) – \(until)   \(made)")
        print("기록 events \(events)   흐름 streams \(streams)   첨부 documents \(documents)   체크포인트 checkpoint \(size)")
        if let root { print("root \(root)") }
        for witness in witnesses { print("증인 witness  \(witness)") }
        if let time {
            print("시점확인 time  \(time.moment)   \(time.isVerified ? "서명 확인됨 signature checked" : "서명 미확인 not checked")")
        }
        for finding in findings.prefix(50) {
            print("✗ \(finding.kind.rawValue)  \(finding.words.ko) / \(finding.words.en)")
        }
        print(isSound ? "✓ 검증됨 / verified" : "✗ 검증 실패 / NOT verified: \(findings.count)")
        for limit in limits { print("  – \(limit.ko) / \(limit.en)") }
    }
}
