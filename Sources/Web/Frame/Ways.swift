import Access
import District
public import Record

/// The ways into all rooms that are open to whoever looks, room by room: what a stranger finds beside the sign-in, and
/// whoever belongs to no firm on their first page.
struct Ways: Sendable {
    /// A room's name, and its doors.
    private let rooms: [(title: Words, doors: [Door])]

    init(rooms: [any Room]) {
        self.rooms = rooms.compactMap { room in
            guard let parted = room as? any PartedRoom else { return nil }
            // A room's own first page is a way in where it is more than its cards.
            var front = parted.front.map { Door("/\(parted.name)", parted.title, $0, roles: nil) }
            front?.permission = parted.door
            return (parted.title, (front.map { [$0] } ?? []) + parted.doors)
        }
    }

    /// As the partial `ways` takes them: `[{ title, doors: [{ href, label, about }] }]`.
    func json(for visit: Visit) -> JSON {
        .array(
            rooms.compactMap { room in
                let open = room.doors.filter { $0.isOpen(to: visit.caller) }
                guard !open.isEmpty else { return nil }
                return [
                    "title": .string(room.title[visit.language]),
                    "doors": .array(open.map { $0.json(visit.language) }),
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
