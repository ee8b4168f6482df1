import District
import Record
import ServiceLifecycle
import Store

/// Erases what learners asked to have erased: the vault's copy and the tables' go together, with the event that says so.
struct TrainingErasure: Service {
    let district: District

    func run() async throws {
        await beat(
            every: .seconds(15), in: district, failing: "what binds credentials to a learner could not be erased"
        ) {
            try await look()
        }
    }

    /// Erases what is waiting by now.
    func look() async throws {
        let log = district.log
        while true {
            guard try await !district.store.read({ try ErasureTable.waiting(in: $0) }).isEmpty else { return }
            try await district.transact { transaction in
                // Read again in the transaction: two nodes never erase and tell twice.
                let waiting = try ErasureTable.waiting(in: transaction.writer)
                guard !waiting.isEmpty else { return }
                try transaction.record(
                    waiting.map { person, scope in
                        Draft(
                            TrainingEvents.forgotten, stream: "training-learner/\(person)", scope: scope,
                            payload: ["person": .string(person.rawValue)])
                    }, origin: Origin(author: .system("alliance.training")))
                for (person, _) in waiting {
                    _ = try log.erase(TrainingEvents.learner(person), in: transaction.writer)
                }
            }
        }
    }
}
