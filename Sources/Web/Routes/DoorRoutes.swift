import Access
import District
import Record

/// A room's first page: one card for each subject that concerns whoever looks.
struct DoorRoutes {
    let path: String
    let title: Words
    let permission: Permission
    let doors: [Door]

    var routes: [Route] {
        [
            .get(path, permission) { visit in
                .page(
                    "doors", title: title[visit.language],
                    [
                        "doors": .array(
                            doors.filter { $0.isOpen(to: visit.caller) }.map { $0.json(visit.language) })
                    ])
            }
        ]
    }
}
