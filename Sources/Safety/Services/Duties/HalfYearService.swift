import District
import Record
import ServiceLifecycle
import Store

/// Says once that a half-year has begun under an edition of the duty table, so that every firm has its row and the
/// Record tells which text was in force.
struct HalfYearService: Service {
    let district: District
    let edition: String

    func run() async throws {
        await beat(every: .seconds(600), in: district, failing: "the half-year could not be begun") { try await step() }
    }

    /// Begins the present half-year where it has not begun yet.
    func step() async throws {
        let period = HalfYear(district.clock())
        let (edition, origin) = (edition, Origin(author: .system("safety.duties")))
        try await district.transact { transaction in
            guard try !DutyTable.hasBegun(period, edition: edition, in: transaction.writer) else { return }
            try transaction.record(
                [
                    Draft(
                        "safety.half-year.begun", stream: "half-year/\(period)", scope: .zone,
                        payload: ["period": .string(period.description), "edition": .string(edition)])
                ], origin: origin)
        }
    }
}

/// Deletes the files of evidence that was forgotten, unless another piece of evidence rests on the same one.
enum ForgottenFiles {
    static func follower(_ district: District) -> Follower {
        Follower("safety.forgotten-files", types: ["safety.evidence.forgotten"], district: district) { event, payload in
            guard let file = payload["file"]?.text, case .firm(let firm) = event.scope else { return }
            try await district.store.write { writer in
                guard try !DutyTable.isShared(file, firm: firm, in: writer) else { return }
                try Attachments.forget(file, scope: event.scope, in: writer)
            }
        }
    }
}
