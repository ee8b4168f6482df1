import Access
import District
import Record
import Store
import Web

extension Part {
    /// Risk assessment (OSH 36) with its continuous cycle: monthly finding, weekly review, daily tool-box meeting.
    static func assessments(_ book: Handbook) throws(HandbookError) -> Part {
        let method = try AssessmentBook(book)
        let seeds = try HazardSeeds(book.read("assessments-seeds.json").json, file: "assessments-seeds.json")
        let phrases = try Phrases(book)
        var part = Part()
        part.migrations = [TBMTable.migration, AssessmentTables.migration, CycleTable.migration]
        part.commands = [
            HoldTBM.command, OpenAssessment.command(method), CopyAssessment.command(method), WalkRound.command,
            AddHazard.command, ConfirmHazard.command, AddControl.command, VerifyControl.command(method),
            RejectHigherSteps.command, SubmitAssessment.command(method), ShareAssessment.command,
            ReadAssessment.command, CloseAssessment.command(method), ReviewCycle.command,
        ]
        part.projections = [TBMTable.projection, AssessmentTables.projection, CycleTable.projection]
        part.routes =
            AssessmentRoutes(book: method, seeds: seeds, phrases: phrases).routes + CycleRoutes().routes
            + TBMRoutes(phrases: phrases).routes
        part.doors = [
            Door(
                "/safety/assessments", Words("위험성평가", "Risk assessments"),
                Words("현장을 함께 돌아보고 위험과 대책을 정합니다.", "Walk round together, and settle dangers and measures."),
                roles: AssessmentRoutes.readers),
            Door(
                "/safety/cycle", Words("상시평가와 TBM", "Continuous assessment and TBM"),
                Words("오늘 작업 전 회의와 빠진 점검을 봅니다.", "Today's tool-box meeting, and what was missed."),
                roles: AssessmentRoutes.readers),
        ]
        part.offline = { try await TBMRoutes.kept($0) }
        part.home = { try await AssessmentTasks(book: method).of($0) }
        part.topics = [
            ("safety.tbm.", "safety-tbm"), ("safety.assessment.", "safety-assessments"),
            ("safety.cycle.", "safety-tbm"),
        ]
        part.sample = { spine, _ in try await AssessmentSample.found(spine, seeds: seeds) }
        return part
    }
}

/// What of the assessments waits for whoever looks.
struct AssessmentTasks {
    let book: AssessmentBook

    func of(_ visit: Visit) async throws -> [String: JSON] {
        guard !visit.caller.roles.isDisjoint(with: AssessmentRoutes.readers) else { return [:] }
        let (tenant, now, person) = (try visit.tenant, visit.now, visit.caller.person)
        let oversees = !visit.caller.roles.isDisjoint(with: [.safetyManager, .executive, .zoneOfficer])
        let (unread, late, bad) = try await visit.spine.district.store.read { [book] reader in
            let unread = try person.map { try AssessmentLists.unread(by: $0, for: tenant, in: reader).count } ?? 0
            guard oversees else { return (unread, 0, Int64(0)) }
            let late = try AssessmentLists.dues(by: KoreanDay(now) - 1, book, for: tenant, in: reader).count
            let counts = try AssessmentLists.counts(at: now, for: tenant, in: reader)
            return (unread, late, (counts[.high] ?? 0) + (counts[.severe] ?? 0))
        }
        func task(_ word: String, _ href: String, _ count: Int, _ kind: String, _ state: String) -> [JSON] {
            guard count > 0 else { return [] }
            return [
                [
                    "href": .string(href), "text": .string(visit.word(word)), "count": .string("\(count)"),
                    "kind": .string(kind), "state": .string(state),
                ]
            ]
        }
        let path = "/safety/assessments"
        let tasks =
            task("assessments_task_unread", path, unread, "info", visit.word("assessments_not_read"))
            + task("assessments_task_late", path, late, "danger", visit.word("assessments_late"))
            + task("assessments_task_band", "\(path)?sort=-band", Int(bad), "warn", RiskBand.high.words[visit.language])
        return tasks.isEmpty ? [:] : ["tasks": .array(tasks)]
    }
}
