import Access
import Record

extension SampleDistrict {
    /// Workers known by number in each firm, whatever its headcount: enough for teams, training and drills to be seen.
    static let workersEach = 12

    /// The people of each firm, who are roles with numbers and nobody: `gaon-executive-1`, `gaon-manager-1`,
    /// `gaon-worker-1` and so on. None of them has a password.
    var people: [Person] {
        firms.flatMap { firm in
            let stem = firm.id.rawValue.dropFirst("firm-".count)
            func person(_ kind: String, _ number: Int, _ role: Role) -> Person {
                Person(
                    id: PersonID("\(stem)-\(kind)-\(number)"), name: "\(role.words.ko) \(number)(예시)", firm: firm.id,
                    roles: [role])
            }
            return [person("executive", 1, .executive), person("manager", 1, .safetyManager)]
                + (1...Self.workersEach).map { person("worker", $0, .worker) }
        }
    }
}
