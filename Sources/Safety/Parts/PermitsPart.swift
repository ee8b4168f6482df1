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
        let pages = PermitRoutes(desk: desk)
        part.names = ["permit": SafetyNames.permits]
        part.routes = pages.routes
        part.home = { try await PermitTasks.home($0) }
        part.doors = [
            Door(
                "/safety/permits", Words("작업허가", "Permits to work"),
                Words(
                    "오늘의 위험 작업과 안에 있는 사람을 보고, 허가를 신청하거나 내줍니다.",
                    "Today's dangerous work and who is inside; ask for a permit or authorise one."),
                roles: PermitRoutes.everyone)
        ]
        part.services = { [GasWatch(district: $0.district, arrivals: $0.arrivals, desk: desk)] }
        part.topics = [("safety.permit.", "safety-permits"), ("safety.gas.", "safety-permits")]
        part.sample = { spine, _ in try await PermitSample(district: spine.district, desk: desk).found() }
        return part
    }
}
