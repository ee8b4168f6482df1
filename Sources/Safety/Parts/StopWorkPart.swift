import Access
import District
import Record
import Store
import Web

extension Part {
    /// The right to stop work, and what must not follow from using it.
    static func stopWork(_ book: Handbook) throws(HandbookError) -> Part {
        let (policy, rules) = (try ActionPolicy(book), try StopWorkBook(book))
        var part = Part()
        part.migrations = [StopTable.migration, RetaliationTable.migration]
        part.commands = [
            StopWork.command, StopWork.byCode, StopWork.read, RespondToStop(policy: policy).command,
            ResumeWork.command, MeasurePersonnel.command, ReportRetaliation.command,
        ]
        part.projections = [StopTable.projection, RetaliationTable.projection]
        part.reactions = StopReactions(book: rules).all
        let (stops, retaliation) = (StopRoutes(book: rules), RetaliationRoutes(book: rules))
        part.names = ["stop": SafetyNames.stops]
        part.routes = stops.routes + retaliation.routes
        part.doors = [
            Door(
                "/safety/stops", Words("작업중지", "Stop work"),
                Words("급박한 위험에서 멈추고, 답을 받습니다.", "Stop in urgent danger, and be answered."),
                roles: [.worker, .operator, .safetyManager, .executive, .zoneOfficer]),
            Door(
                "/safety/retaliation", Words("불이익 처우 확인", "Possible retaliation"),
                Words("목소리를 낸 뒤의 인사조치를 봅니다.", "Measures that followed on speaking up."),
                roles: [.worker, .executive, .zoneOfficer]),
        ]
        part.home = { visit in
            let (one, other) = (try await stops.tasks(visit), try await retaliation.tasks(visit))
            var home: [String: JSON] = [
                "tasks": .array((one["tasks"]?.elements ?? []) + (other["tasks"]?.elements ?? []))
            ]
            // Whoever works on the floor finds these two before anything else.
            if visit.caller.firm != nil, !visit.caller.roles.isDisjoint(with: [.worker, .operator]) {
                home["quick"] = [
                    [
                        "href": "/do/safety.work.stop?next=/safety/stops", "text": .string(visit.word("stops_quick")),
                        "danger": true,
                    ],
                    [
                        "href": "/do/safety.hazard.report?next=/safety/hazards",
                        "text": .string(visit.word("hazards_quick")),
                    ],
                    ["href": "/safety/actions?mine=yes", "text": .string(visit.word("actions_quick"))],
                ]
            }
            return home
        }
        part.sample = { spine, _ in try await HazardSample.found(spine) }
        part.topics = [("safety.work.", "stops"), ("safety.retaliation.", "stops")]
        return part
    }
}
