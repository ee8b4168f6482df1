import Access
import District
import Record
import Web

/// The room's first page: one card for each subject that concerns whoever looks.
struct SafetyRoutes {
    let doors: [Door]

    var routes: [Route] {
        [
            .get("/safety", .signedIn) { visit in
                let open = doors.filter { !$0.roles.isDisjoint(with: visit.caller.roles) }
                return .page(
                    "safety", title: visit.word("safety_title"),
                    [
                        "doors": .array(
                            open.map { door in
                                [
                                    "href": .string(door.path), "label": .string(door.label[visit.language]),
                                    "about": .string(door.about[visit.language]),
                                ]
                            })
                    ])
            }
        ]
    }
}
