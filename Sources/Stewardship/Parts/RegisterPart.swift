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
            + [SwitchUse(gate: gate).command]
        part.projections = [RegisterTable.projection, RegisterTable.verdicts]
        let shapes = try ExportShape.all(book)
        part.routes =
            UseRoutes(gaps: gaps, shapes: shapes).routes + PublicPage(rules: gaps.rules).routes
            + RegisterExport(rules: gaps.rules, shapes: shapes).routes
        part.doors = [
            Door(
                "/stewardship/uses", Words("인공지능 등록부", "Register of AI"),
                Words(
                    "등록, 위험 등급, 평가, 두 사람의 승인, 운영과 종료를 다룹니다.",
                    "Entries, risk tiers, assessments, two approvals, running and ending."),
                roles: UseAsk.roles),
            Door(
                "/ai", Words("우리 시가 쓰는 인공지능", "The AI this city uses"),
                Words(
                    "무엇을 왜 쓰는지, 어떤 결과를 냈는지 누구나 볼 수 있습니다.", "What is used, why, and what came of it: open to everybody."),
                roles: nil),
        ]
        part.topics = [("stewardship.use.", "ai-register"), ("district.ai.", "ai-register")]
        part.home = { try await RegisterTasks().home($0) }
        part.prepare = { try await RegisterService.adopt($0.district) }
        part.sample = { spine, _ in try await RegisterSample(spine.district, book).found() }
        part.services = { [RegisterService(district: $0.district)] }
        return part
    }
}
