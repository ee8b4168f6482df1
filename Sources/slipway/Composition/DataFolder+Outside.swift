import Access
import District
import Foundation
import Record

extension DataFolder {
    /// Whom this house asks to sign its checkpoints (C2SP tlog-policy).
    var witnesses: String { "\(path)/witnesses" }
    /// Which authority stamps its checkpoints: the address on the first line, then its certificates in PEM.
    var timeAuthority: String { "\(path)/time-authority" }
    /// What this machine has signed as a witness of other logs.
    var witnessLocation: String { "\(path)/witness.sqlite" }

    /// The files and folders, beside databases, that a backup takes.
    static let kept = [
        "signer.key", "signer.vkey", "issuer.key", "issuer.vkey", "witness.key", "witness.vkey", "witnesses",
        "time-authority", "handbook", "broker",
    ]

    /// Who vouches for the Record, by the files in the folder; nobody where there are none.
    func vouching() throws -> Vouching {
        let policy = try text(witnesses).map { try WitnessPolicy($0) } ?? .none
        return Vouching(witnessing: Witnessing(policy), authority: try authority(), post: OutsidePost.send)
    }

    private func authority() throws -> Vouching.Authority? {
        guard let text = try text(timeAuthority) else { return nil }
        let line = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .first { !$0.isEmpty && !$0.hasPrefix("#") }
        guard let line, let url = URL(string: line), ["http", "https"].contains(url.scheme) else {
            throw Complaint("\(timeAuthority): 첫 줄에 주소가 없습니다 / the first line is no address")
        }
        let hasCertificate = text.contains("BEGIN CERTIFICATE")
        return Vouching.Authority(
            url: line, trust: hasCertificate ? try TimeTrust(pem: [text], rsa: RSASignature.check) : nil)
    }

    private func text(_ file: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw Complaint("\(file): 파일을 읽을 수 없습니다 / cannot be read")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
