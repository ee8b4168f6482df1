import District
import Record
import Web

extension Part {
    /// The register of uses of AI: what runs, under whose responsibility, approved by whom.
    /// - Parameter gate: who may approve and operate, beside having the role.
    static func register(
        _ book: Handbook, gate: ApprovalGate = .rolesOnly
    ) throws(HandbookError) -> Part {
        let gaps = UseGaps(rules: try TierRules(book))
        var part = Part()
        part.migrations = [RegisterTable.migration]
        part.commands =
            [
                RegisterUse.command, DescribeUse.command, TriageUse(rules: gaps.rules).command,
                AssessUse(gaps: gaps).command, TestUse.command, ApproveUse(gaps: gaps, gate: gate).command,
            ] + RunUse(gaps: gaps, gate: gate).commands + EndUse.commands
        part.projections = [RegisterTable.projection, RegisterTable.verdicts]
        part.prepare = { try await RegisterService.adopt($0.district) }
        part.services = { [RegisterService(district: $0.district)] }
        return part
    }
}
