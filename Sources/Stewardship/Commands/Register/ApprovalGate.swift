import Access
import District
import Record
import Store

/// Who may approve and operate beside having the role: filled in by whoever keeps staff certificates.
struct ApprovalGate: Sendable {
    /// What somebody must have been trained for.
    enum Module: String, Sendable, CaseIterable {
        case approve = "ai.approve"
        case operate = "ai.operate"

        var words: Words {
            switch self {
            case .approve: Words("인공지능 승인", "Approving AI")
            case .operate: Words("인공지능 운영", "Operating AI")
            }
        }
    }

    /// Whether a person's certificate for a module is valid at a moment.
    let isValid: @Sendable (PersonID, Module, Timestamp, any Reader) throws -> Bool

    /// A house that keeps no certificates: the role alone decides.
    static let rolesOnly = ApprovalGate { _, _, _, _ in true }

    /// - Throws: ``Refusal`` where the certificate is missing or has expired.
    func check(_ ask: Ask, _ module: Module, in tables: any Reader) throws {
        // A program or the house itself holds no certificate; what they may do is decided by scope.
        guard let person = ask.caller.person else { return }
        guard try isValid(person, module, ask.now, tables) else {
            throw Refusal(
                .forbidden, "use.certificate",
                Words(
                    "‘\(module.words.ko)’ 교육의 유효한 수료증이 없습니다.",
                    "There is no valid certificate for “\(module.words.en)”."))
        }
    }
}
