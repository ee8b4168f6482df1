public import Record

/// Checks a receipt with nothing but the file, the house's public key and perhaps a checkpoint that was kept elsewhere: no house
/// is asked.
public struct ReceiptCheck: Sendable {
    /// What does not hold.
    public let findings: [Words]
    /// What holds, step by step.
    public let steps: [Words]
    /// What it cannot say.
    public let limits: [Words]
    /// The ballot's number.
    public let ballot: String

    /// Whether the ballot's commitment stands under the checkpoint.
    public var isSound: Bool { findings.isEmpty }

    /// Checks a receipt.
    /// - Parameters:
    ///   - file: `receipt.json`.
    ///   - keys: the keys that are believed; where empty the receipt's own is, and the check says so.
    ///   - saved: checkpoints that were kept elsewhere.
    ///   - isSigned: whether an Ed25519 signature of a public key is over a message.
    public init(
        _ file: JSON, keys: [VerifierKey], saved: [SignedCheckpoint],
        isSigned: (_ signature: [UInt8], _ message: [UInt8], _ key: [UInt8]) -> Bool
    ) {
        var (findings, steps, limits) = ([Words](), [Words](), [Words]())
        let receipt = file["receipt"] ?? .null
        ballot = receipt["ballot"]?.text ?? ""
        if let signature = Self.bytes(file["signature"]), let key = Self.bytes(file["public_key"]) {
            if isSigned(signature, receipt.canonical, key) {
                // Anybody can sign with a key of their own: what stands under the checkpoint is what proves the ballot.
                steps.append(
                    Words("영수증의 서명이 거기 적힌 공개키와 맞습니다.", "The receipt's signature fits the public key written on it."))
                limits.append(
                    Words(
                        "그 공개키가 이 도시의 것인지는 투표 화면에 공개된 키와 견주어 주세요: \(file["public_key"]?.text ?? "")",
                        "Compare that key with the one on the vote's page: \(file["public_key"]?.text ?? "")"))
            } else {
                findings.append(Words("영수증의 서명이 맞지 않습니다.", "The receipt's signature is false."))
            }
        } else {
            findings.append(Words("영수증에 서명이 없습니다.", "The receipt is not signed."))
        }
        if let record = file["record"], record != .null {
            Self.check(record, of: receipt, keys, saved, &findings, &steps, &limits)
        } else {
            findings.append(
                Words(
                    "영수증에 기록 증명이 아직 없습니다. 몇 초 뒤 영수증을 다시 받아 주세요.",
                    "The receipt carries no proof yet: fetch it again some seconds later."))
        }
        limits.append(
            Words(
                "이 투표지가 세어졌는지는 공개된 투표지와 견주어 확인합니다(recount.py).",
                "Whether it was counted is seen by the published ballots (recount.py)."))
        (self.findings, self.steps, self.limits) = (findings, steps, limits)
    }

    private static func check(
        _ record: JSON, of receipt: JSON, _ keys: [VerifierKey], _ saved: [SignedCheckpoint],
        _ findings: inout [Words], _ steps: inout [Words], _ limits: inout [Words]
    ) {
        guard let proof = proof(record) else {
            return findings.append(Words("기록 증명을 읽을 수 없습니다.", "The proof cannot be read."))
        }
        let body = (try? JSON(parsing: proof.opening.body)) ?? .null
        if body["type"]?.text == BallotEvents.cast, body["id"] == receipt["event"],
            body["payload"]?["commitment"] == receipt["commitment"], body["payload"]?["ballot"] == receipt["ballot"],
            body["payload"]?["vote"] == receipt["vote"]
        {
            steps.append(
                Words("기록된 사건이 이 투표지의 번호와 확인용 값을 담고 있습니다.", "The event holds this ballot's number and commitment."))
        } else {
            findings.append(Words("기록된 사건이 이 투표지의 것이 아닙니다.", "The event is not this ballot's."))
        }
        let root = proof.checkpoint.checkpoint.root
        if proof.proof.size == proof.checkpoint.checkpoint.size,
            proof.proof.verifies(proof.opening.leafHash, root: root)
        {
            steps.append(
                Words(
                    "그 사건은 기록의 \(proof.proof.leaf)번 자리에 있고, 크기 \(proof.proof.size)의 체크포인트에 들어 있습니다.",
                    "It is leaf \(proof.proof.leaf) under the checkpoint of size \(proof.proof.size)."))
        } else {
            findings.append(Words("체크포인트에 이 사건이 들어 있지 않습니다.", "The checkpoint does not contain the event."))
        }
        let isBelieved = (try? proof.checkpoint.verify(with: keys.isEmpty ? [proof.key] : keys)) != nil
        if isBelieved {
            steps.append(Words("체크포인트의 서명이 맞습니다.", "The checkpoint's signature is right."))
        } else {
            findings.append(Words("체크포인트의 서명이 이 키의 것이 아닙니다.", "The checkpoint is not signed by this key."))
        }
        if keys.isEmpty {
            limits.append(
                Words(
                    "키는 영수증에서 읽었습니다. 다른 곳에 공개된 키와 같은지 보아 주세요: \(proof.key)",
                    "The key was read from the receipt; compare it with one published elsewhere: \(proof.key)"))
        }
        for known in saved {
            if known.checkpoint.size == proof.proof.size, known.checkpoint.root != root {
                findings.append(Words("보관해 둔 체크포인트와 다릅니다.", "It differs from the checkpoint that was kept."))
            } else if known.checkpoint.size != proof.proof.size {
                limits.append(
                    Words(
                        "보관해 둔 체크포인트는 크기가 달라 여기서 견줄 수 없습니다(\(known.checkpoint.size)).",
                        "The checkpoint that was kept has another size (\(known.checkpoint.size)): not compared here."))
            }
        }
    }

    private static func proof(_ record: JSON) -> ReceiptProof? {
        guard let leaf = record["leaf"]?.integer, let size = record["size"]?.integer, let salt = bytes(record["salt"]),
            let body = record["body"]?.text, let path = record["path"]?.elements,
            let signed = record["checkpoint"]?.text.flatMap({ try? SignedCheckpoint(parsing: $0) }),
            let key = record["key"]?.text.flatMap({ try? VerifierKey($0) })
        else { return nil }
        let hashes = path.compactMap { bytes($0).flatMap { TreeHash(bytes: $0) } }
        guard hashes.count == path.count else { return nil }
        return ReceiptProof(
            opening: Opening(leaf: leaf, salt: salt, body: Array(body.utf8)),
            proof: InclusionProof(leaf: leaf, size: size, path: hashes), checkpoint: signed, key: key)
    }

    /// Bytes out of hexadecimal; nil where the text is none.
    private static func bytes(_ json: JSON?) -> [UInt8]? {
        guard let text = json?.text, text.utf8.count.isMultiple(of: 2), text.utf8.count <= 1024 else { return nil }
        let digits = text.compactMap { $0.isASCII ? $0.hexDigitValue : nil }
        guard digits.count == text.utf8.count else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
