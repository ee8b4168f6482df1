import Access
import District
import Record
import Store

/// The sample district's training: one firm's crew that may work in tanks, and one member who may not any more.
struct TrainingSample: Sendable {
    let spine: Spine
    let courses: TrainingCourses

    func found() async throws {
        let district = spine.district
        let (day, courses) = (KoreanDay(district.clock()), courses)
        let zone = try Caller.system("safety.sample").tenant
        try await district.transact { transaction in
            guard try Directory.firm("firm-gaon", for: zone, in: transaction.writer) != nil,
                try TrainingTable.sessions(for: zone, limit: 1, in: transaction.writer).isEmpty
            else { return }
            try transaction.record(Self.drafts(courses, on: day), origin: Origin(author: .system("sample")))
        }
    }

    private static func drafts(_ courses: TrainingCourses, on day: KoreanDay) -> [Draft] {
        let crew = (1...4).map { "gaon-worker-\($0)" }
        var drafts: [Draft] = []
        func session(_ course: String, _ hours: Double, daysAgo: Int64, _ people: [String]) {
            let held = day - daysAgo
            let id = Identifier(at: held.start)
            drafts.append(
                Draft(
                    "safety.training.held", stream: "training/\(id)", scope: .firm("firm-gaon"), observed: held.start,
                    payload: [
                        "course": .string(course), "day": .string(held.description), "hours": .number(hours),
                        "language": "ko", "participants": .array(people.map { .string($0) }),
                        "edition": .string(courses.edition), "sample": true,
                    ], personal: ["instructor": PersonalContent(of: "gaon-manager-1", "예시 강사 1")]))
            for person in people {
                drafts.append(
                    Draft(
                        "safety.training.signed", stream: "training/\(id)", scope: .firm("firm-gaon"),
                        payload: ["session": .string(id.description), "person": .string(person)]))
            }
        }
        session("regular-worker", 12, daysAgo: 20, crew)
        session("confined-space", 4, daysAgo: 60, Array(crew.prefix(3)))
        // Just lapsed: the page and the gate must say so.
        session("confined-space", 4, daysAgo: 380, ["gaon-worker-5"])
        session("confined-watch", 4, daysAgo: 60, ["gaon-worker-4", "gaon-worker-3"])
        session("hot-work", 2, daysAgo: 350, ["gaon-worker-2"])
        session("fire-watch", 2, daysAgo: 90, ["gaon-worker-4"])
        session("loto", 2, daysAgo: 90, ["gaon-worker-1", "gaon-worker-3"])
        for person in crew.prefix(3) + ["gaon-worker-5"] {
            drafts.append(
                Draft(
                    "safety.training.required", stream: "training-need/\(person)", scope: .firm("firm-gaon"),
                    payload: ["person": .string(person), "course": "confined-space", "needed": true]))
        }
        return drafts
    }
}
