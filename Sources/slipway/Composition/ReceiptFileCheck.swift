import Commons
import Crypto
import Record

/// Checks a ballot's receipt from the command line, with nothing but the file and a key that is believed.
enum ReceiptFileCheck {
    /// Says what holds and what does not.
    /// - Returns: whether all of it holds.
    static func show(_ text: String, keys: [VerifierKey], saved: [SignedCheckpoint], asJSON: Bool) throws -> Bool {
        let check = try check(text, keys, saved)
        if asJSON { Output.json(check.json) } else { check.show() }
        return check.isSound
    }

    private static func check(_ text: String, _ keys: [VerifierKey], _ saved: [SignedCheckpoint]) throws -> ReceiptCheck
    {
        ReceiptCheck(try JSON(parsing: Array(text.utf8)), keys: keys, saved: saved) { signature, message, key in
            // Bytes that are no point of the curve have signed nothing.
            guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key) else { return false }
            return key.isValidSignature(signature, for: message)
        }
    }
}

extension ReceiptCheck {
    func show() {
        print("투표지 ballot  \(ballot)")
        for step in steps { print("✓ \(step.ko) / \(step.en)") }
        for finding in findings { print("✗ \(finding.ko) / \(finding.en)") }
        print(isSound ? "✓ 검증됨 / verified" : "✗ 검증 실패 / NOT verified: \(findings.count)")
        for limit in limits { print("  – \(limit.ko) / \(limit.en)") }
    }

    /// As programs read it.
    var json: JSON {
        func words(_ list: [Words]) -> JSON { .array(list.map { .string($0.en) }) }
        return [
            "ballot": .string(ballot), "sound": .bool(isSound), "steps": words(steps), "findings": words(findings),
            "limits": words(limits),
        ]
    }
}
