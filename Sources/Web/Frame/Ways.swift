import Access
import District
import HTTPTypes
public import Record

/// The ways into all rooms that are open to whoever looks, room by room: what a stranger finds beside the sign-in, and
/// whoever belongs to no firm on their first page.
struct Ways: Sendable {
    /// A room's name, and its doors with who may go through each.
    private let rooms: [(title: Words, doors: [(door: Door, permission: Permission)])]

    init(rooms: [any Room]) {
        self.rooms = rooms.compactMap { room in
            guard let parted = room as? any PartedRoom else { return nil }
            let pages = Dictionary(
                parted.routes.filter { $0.method == .get }.map { ($0.path, $0.permission) }, uniquingKeysWith: { $1 })
            // A room's own first page is a way in where anybody may come; its cards stand beside it.
            let front = pages["/\(parted.name)"].flatMap { permission -> (door: Door, permission: Permission)? in
                parted.front.map { (Door("/\(parted.name)", parted.title, $0, roles: nil), permission) }
            }
            let doors = parted.parts.flatMap(\.doors).map { (door: $0, permission: pages[$0.path] ?? .anyone) }
            return (parted.title, (front.map { [$0] } ?? []) + doors)
        }
    }

    /// As the partial `ways` takes them: `[{ title, doors: [{ href, label, about }] }]`.
    func json(for visit: Visit) -> JSON {
        .array(
            rooms.compactMap { room in
                let open = room.doors.filter { $0.door.isOpen(to: visit.caller) && $0.permission.allows(visit.caller) }
                guard !open.isEmpty else { return nil }
                return [
                    "title": .string(room.title[visit.language]),
                    "doors": .array(open.map { $0.door.json(visit.language) }),
                ]
            })
    }
}

extension Door {
    /// As a card: `{ href, label, about }`.
    public func json(_ language: Language) -> JSON {
        ["href": .string(path), "label": .string(label[language]), "about": .string(about[language])]
    }
}
