import Access
import District
import Record
import Web

extension Part {
    /// Permits to work: gates before dangerous work begins, the air, clashes, and who is inside.
    static func permits(_ book: Handbook) throws(HandbookError) -> Part {
        let courses = try TrainingCourses(book)
        let rules = try PermitRules(book, courses: courses)
        let desk = PermitDesk(rules: rules, courses: courses)
        var part = Part()
        part.migrations = [PermitTable.migration, AirTable.migration]
        part.commands = [
            RequestPermit.command(rules), AuthorisePermit.authorise(desk), AuthorisePermit.resume(desk),
            AuthorisePermit.extend(desk), CountHeads.enter(desk), CountHeads.leave, SuspendPermit.command,
            ClosePermit.command, LockOut.lock, LockOut.unlock, TestAir.test(rules), TestAir.assign,
        ]
        part.projections = [PermitTable.projection, PermitTable.closureProjection, AirTable.projection]
        part.reactions = PermitReactions.all
        part.services = { [GasWatch(district: $0.district, arrivals: $0.arrivals, desk: desk)] }
        part.topics = [("safety.permit.", "safety-permits"), ("safety.gas.", "safety-permits")]
        return part
    }
}
