import Access
import District
import Record
import Store

/// A room whose commands and tables show each of the frame's promises once.
enum Boats {
    static let nameField = Field("name", Words("이름", "Name"), .text(maximum: 20))

    static let room = Shed(
        migrations: [
            Migration(
                "shed.001",
                [
                    "CREATE TABLE shed_boats (id TEXT PRIMARY KEY, name TEXT NOT NULL, owner TEXT, version BIGINT NOT NULL)"
                ])
        ],
        commands: [
            command("shed.boat.launch", .known, .none), command("shed.boat.sink", .officers, .readBack),
            command("shed.boat.sell", .officers, .secondPerson([.zoneOfficer])),
            Command(
                form(
                    "shed.boat.name",
                    [nameField, Field("owner", Words("소유자", "Owner"), .text(maximum: 20), isPersonal: true)],
                    .signedIn, .secondPerson([.zoneOfficer]))
            ) { ask, _ in
                [
                    Draft(
                        "shed.boat.named", stream: "boat/\(ask.values.text("name"))", scope: .zone,
                        payload: ["boat": .string(ask.values.text("name"))],
                        personal: [
                            "owner": PersonalContent(
                                of: ask.caller.person ?? "nobody", .string(ask.values.text("owner")))
                        ])
                ]
            },
        ],
        projections: [
            Projection(
                tables: ["shed_boats"],
                types: ["shed.boat.launched", "shed.boat.sunk", "shed.boat.sold", "shed.boat.named"]
            ) { event, payload, writer in
                let id = payload["boat"]?.text ?? event.stream
                if event.type == "shed.boat.sunk" {
                    try writer.execute("DELETE FROM shed_boats WHERE id = ?", [.text(id)])
                    return
                }
                let owner = payload["owner"].map { $0.text ?? "(erased)" }
                try writer.execute(
                    """
                    INSERT INTO shed_boats (id, name, owner, version) VALUES (?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET name = excluded.name, owner = excluded.owner,
                        version = excluded.version
                    """,
                    [
                        .text(id), .text("\(event.type) by \(event.author.text)"), .optional(owner),
                        .integer(event.streamVersion),
                    ])
            }
        ])

    private enum Who { case known, officers }

    private static func command(_ name: String, _ who: Who, _ confirmation: Form.Confirmation) -> Command {
        let verb = name.split(separator: ".").last ?? ""
        let past = ["launch": "launched", "sink": "sunk", "sell": "sold"][verb] ?? ""
        return Command(
            form(name, [nameField], who == .known ? .signedIn : .roles([.zoneOfficer]), confirmation)
        ) { ask, reader in
            let boat = ask.values.text("name")
            let known = try reader.first("SELECT id FROM shed_boats WHERE id = ?", [.text(boat)]) != nil
            guard boat != "taken", verb == "launch" || known else {
                throw Refusal(.conflict, "boat.state", Words("할 수 없습니다.", "Not possible."))
            }
            return [
                Draft(
                    "shed.boat.\(past)", stream: "boat/\(boat)", scope: .zone,
                    payload: ["boat": .string(boat), "cosigner": .string(ask.cosigner?.rawValue ?? "")])
            ]
        }
    }

    private static func form(
        _ name: String, _ fields: [Field], _ permission: Permission, _ confirmation: Form.Confirmation
    ) -> Form {
        Form(
            name, title: Words("배", "Boat"), help: Words("배를 다룹니다.", "Deals with a boat."), fields: fields,
            permission: permission, confirmation: confirmation)
    }
}
