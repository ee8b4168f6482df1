import Access
import District
import Record

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
        part.reactions = EvidenceReactions(book: duties).all + [Holds.reaction]
        part.topics = [
            ("safety.duty.", "safety-duties"), ("safety.half-year.", "safety-duties"),
            ("safety.hold.", "safety-duties"),
            ("safety.evidence.", "safety-duties"),
        ]
        part.services = { spine in
            [
                HalfYearService(district: spine.district, edition: duties.edition),
                ForgottenFiles.follower(spine.district),
            ]
        }
        return part
    }
}
