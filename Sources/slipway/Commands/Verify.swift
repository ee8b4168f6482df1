import Access
import ArgumentParser
import Foundation
import Logging
import Record
import Series
import Store

/// Checks everything the Record covers against itself and against checkpoints that were kept elsewhere.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Verify the Record. 기록부를 검증합니다.",
        discussion: """
            Give a checkpoint that was saved outside this machine: then every edit, deletion, re-ordering or fork of what \
            it covers is found. With --pack it checks an evidence pack instead, with --receipt a ballot's receipt, both offline. Exit code 1 where anything is wrong.
            """)

    @OptionGroup var house: HouseOptions

    @Option(help: "A checkpoint file saved earlier; may be given several times.")
    var checkpoint: [String] = []

    @Option(help: "The verifier key (vkey) it must be signed by (default: the data folder's own).")
    var key: [String] = []

    @Option(help: "An evidence pack to check, without any house. 증거 묶음 파일.")
    var pack: String?

    @Option(help: "A ballot's receipt (receipt.json) to check, without any house. 투표 영수증 파일.")
    var receipt: String?

    @Option(help: "Verifier key of a witness that is believed; may be given several times.")
    var witness: [String] = []

    @Option(help: "Certificate (PEM) of the time-stamping authority that is believed, or of its issuer.")
    var authority: [String] = []

    func run() async throws {
        let logger = Log.bootstrap("error")
        if let receipt {
            let isSound = try ReceiptFileCheck.show(text(receipt), keys: keys(key), saved: saved(), asJSON: house.json)
            if !isSound { throw ExitCode(1) }
            return
        }
        guard let pack else { return try await check(logger) }
        let check = PackCheck(
            file: pack, keys: try keys(key), witnesses: try keys(witness), saved: try saved(),
            trust: authority.isEmpty ? nil : try TimeTrust(pem: authority.map(text), rsa: RSASignature.check))
        let report = try check.report()
        if house.json { Output.json(report.json) } else { report.show() }
        if !report.isSound { throw ExitCode(1) }
    }

    private func keys(_ texts: [String]) throws -> [VerifierKey] {
        try texts.map { try VerifierKey($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }

    private func saved() throws -> [SignedCheckpoint] { try checkpoint.map { try SignedCheckpoint(parsing: text($0)) } }

    private func text(_ file: String) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw Complaint("\(file): 파일을 읽을 수 없습니다 / cannot be read")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Verifies, says what was found, and ends with an exit code where anything is wrong.
    func check(_ logger: Logger) async throws {
        let folder = try DataFolder(house.data)
        let location = try StoreLocation(house.store ?? folder.recordLocation)
        if case .sqlite(let path) = location, !FileManager.default.fileExists(atPath: path) {
            throw Complaint("\(path): 기록부가 없습니다 / there is no Record here")
        }
        let store = try await Store.open(location, logger: logger)
        let own = FileManager.default.contents(atPath: "\(folder.path)/signer.vkey").map {
            String(decoding: $0, as: UTF8.self)
        }
        let keys = try keys(key.isEmpty ? [own].compactMap { $0 } : key)
        let saved = try saved()
        let isQuiet = house.json
        let report = try await store.read { reader in
            try Verifier(keys: keys, saved: saved).verify(in: reader) { done in
                if !isQuiet, done % 50_000 == 0, done > 0 { Output.error("… \(done)") }
            }
        }
        let chunks = try await SeriesCheck.report(record: store, location: location, folder: folder, logger: logger)
        await store.close()
        if house.json {
            var members = report.json.members ?? [:]
            members["readings"] = chunks.json
            Output.json(.object(members))
        } else {
            show(report)
            chunks.show()
        }
        if !report.isSound || !chunks.findings.isEmpty { throw ExitCode(1) }
    }

    private func show(_ report: VerificationReport) {
        print("사건 events \(report.events)   서명됨 signed \(report.signedSize)   체크포인트 checkpoints \(report.checkpoints)")
        print("root \(report.root)")
        for finding in report.findings.prefix(50) {
            print(
                "✗ \(finding.kind.rawValue)\(finding.leaf.map { " #\($0)" } ?? "")  \(finding.words.ko) / \(finding.words.en)  \(finding.detail)"
            )
        }
        print(report.isSound ? "✓ 검증됨 / verified" : "✗ 검증 실패 / NOT verified: \(report.findingCount)")
        for limit in report.limits { print("  – \(limit.ko) / \(limit.en)") }
    }
}
