import Access
import District
import Record
import Web

extension Part {
    /// What staff have learnt, and until when it counts.
    static func certificates(_ book: Handbook) throws(HandbookError) -> Part {
        let modules = try TrainingModule.all(book)
        var part = Part()
        part.migrations = [CertificateTable.migration]
        part.commands = [RecordCertificate(modules: modules).command, RevokeCertificate.command]
        part.projections = [CertificateTable.projection]
        part.routes = CertificateRoutes(modules: modules).routes
        part.doors = [
            Door(
                "/stewardship/certificates", Words("직원 교육 수료", "Staff certificates"),
                Words("누가 인공지능을 승인하고 운영할 수 있는지 봅니다.", "See who may approve and operate AI."),
                roles: [.zoneOfficer, .administrator])
        ]
        part.home = { try await CertificateRoutes(modules: modules).tasks($0) }
        part.sample = { spine, _ in try await WatchSample(district: spine.district, modules: modules).found() }
        part.topics = [("district.certificate.", "ai-certificates")]
        return part
    }
}

extension ApprovalGate {
    /// Lets those approve and operate whose certificate counts. A module that the handbook does not know lets nobody
    /// through: a missing line is no permission.
    static func certificates(_ book: Handbook) throws(HandbookError) -> ApprovalGate {
        let modules = Dictionary(
            try TrainingModule.all(book).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return ApprovalGate { person, module, now, reader in
            guard let module = modules[module.rawValue] else { return false }
            return try CertificateTable.isValid(person, module, at: now, in: reader)
        }
    }
}
