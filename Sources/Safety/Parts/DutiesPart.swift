import Access
import District
import Record
import Web

extension Part {
    /// The duties of SAPA and the OSH Act: evidence, signatures, the half-year's close, retention and holds.
    static func duties(_ book: Handbook) throws(HandbookError) -> Part {
        let duties = try DutyBook(book)
        var part = Part()
        part.migrations = [DutyTable.migration, Holds.migration]
        part.commands = [
            GiveEvidence(book: duties).command, SignDuty(book: duties).command, CloseHalfYear(book: duties).command,
            WithdrawEvidence.command, ForgetEvidence.command, ReleaseHold.command,
        ]
        part.projections = [DutyTable.projection(duties), Holds.projection]
        part.reactions =
            EvidenceReactions(book: duties).all + EvidenceReactions(book: duties).releases + [Holds.reaction]
        part.routes = DutyRoutes(book: duties).routes
        part.doors = [
            Door(
                "/safety/duties", Words("의무 이행", "Duties"),
                Words("이번 반기에 증거가 없는 의무를 한눈에 봅니다.", "Which duties of this half-year lack evidence, in one look."),
                roles: [.executive, .safetyManager, .worker]),
            Door(
                "/safety/duties/firms", Words("기업별 의무 이행", "Firms by missing evidence"),
                Words("증거가 부족한 기업부터 살펴봅니다.", "The firms whose evidence is missing, first."), roles: [.zoneOfficer]),
        ]
        part.topics = [
            ("safety.duty.", "safety-duties"), ("safety.half-year.", "safety-duties"),
            ("safety.hold.", "safety-duties"),
            ("safety.evidence.", "safety-duties"),
        ]
        part.home = { try await DutyTasks(book: duties).home($0) }
        part.services = { spine in
            [
                HalfYearService(district: spine.district, edition: duties.edition),
                ForgottenFiles.follower(spine.district),
            ]
        }
        return part
    }

    /// The sample firms' half-year, founded after every other subject's, so that what those prove is proved by them.
    static func dutySample(_ book: Handbook) throws(HandbookError) -> Part {
        let duties = try DutyBook(book)
        var part = Part()
        part.sample = { spine, _ in try await DutySample(spine: spine, book: duties).found() }
        return part
    }
}
