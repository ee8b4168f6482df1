import Access
import District
@_exported import HouseKit
import Record
import Store
import TestKit

@testable import Stewardship

/// A district with Stewardship and a room that declares uses of AI.
extension Yard {
    /// Runs a test on a fresh, founded yard.
    static func with(
        _ kind: StoreUnderTest = .sqlite, uses: [AIUse] = MillRoom.uses, areCertified: Bool = true,
        _ body: (Yard) async throws -> Void
    ) async throws {
        try await with(try rooms(uses), on: kind) { yard in
            try await RegisterService.adopt(yard.district)
            for caller in [Caller.owner, .first, .second, .citizen] { try await yard.enrol(caller) }
            if areCertified { try await yard.certify() }
            try await body(yard)
        }
    }

    /// The same house after a release that declares other uses.
    func released(_ uses: [AIUse]) async throws -> Yard {
        let yard = try await reopened(with: try Self.rooms(uses))
        try await RegisterService.adopt(yard.district)
        return yard
    }

    private static func rooms(_ uses: [AIUse]) throws -> [any Capability] {
        [MillRoom(aiUses: uses), try Stewardship()]
    }

    /// Gives everybody who approves or operates the certificates for it, as whoever runs the training would.
    func certify() async throws {
        let drafts = [Caller.owner, .first, .second].compactMap(\.person).flatMap { person in
            ApprovalGate.Module.allCases.map { module in
                CertificateIssued(
                    certificate: "\(person)-\(module.rawValue)", person: person, module: module.rawValue,
                    version: "2026.1", score: 90, passed: "2026-11-01", expires: "2027-10-31"
                ).draft
            }
        }
        try await district.record(drafts, origin: Origin(author: .system("test")))
    }
}

/// A room that uses AI: one use of its own, and one that asks a model outside.
struct MillRoom: Capability {
    let name = "mill"
    let title = Words("물레방아", "Mill")
    let aiUses: [AIUse]

    static func grain(model: String = "grain/1") -> AIUse {
        AIUse(
            "mill.grain", title: Words("곡식 구분", "Sorting grain"),
            purpose: Words("곡식의 종류를 제안합니다.", "Proposes which grain it is."), model: model,
            evidence: Words("사진", "A picture"), override: Words("사람이 고릅니다.", "A person chooses."))
    }
    static let outside = AIUse(
        "mill.outside", title: Words("외부 모델", "Outside model"), purpose: Words("묻습니다.", "Asks."),
        model: "as configured", evidence: Words("답", "The answer"), override: Words("무시합니다.", "Ignore it."),
        callsOutside: true)
    static let uses = [grain(), outside]
}

extension Caller {
    static let owner = person("owner", [.zoneOfficer])
    static let first = person("first", [.zoneOfficer])
    static let second = person("second", [.administrator])
    static let citizen = person("citizen", [.citizen])
}
