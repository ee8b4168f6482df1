import Access
import District
import Record
import Store

/// One item of a building is found out: measured, answered, or said not to be known.
struct CheckReadiness {
    let readiness: Readiness
    let places: Places

    static let roles: Set<Role> = [.operator, .safetyManager, .executive, .zoneOfficer, .inspector]

    var command: Command {
        let items = readiness.items.map { Field.Choice($0.id, $0.words) }
        let form = Form(
            "robots.readiness.check", title: Words("로봇 준비 점검", "Check readiness for robots"),
            help: Words(
                "재거나 확인한 것을 적습니다. 모르면 비워 두면 ‘모름’으로 남고, 모름은 갖춘 것이 아닙니다.",
                "Note what was measured or seen. Left empty it is ‘not known’, which never counts as met."),
            fields: [
                Field("site", Words("현장", "Site"), .reference(kind: "thing", source: "/api/things")),
                Field("item", Words("항목", "Item"), .choice(items)),
                Field(
                    "value", Words("잰 값", "Measured"), .number(-200...100_000, unit: nil), required: false,
                    help: Words("단위는 항목에 적힌 것입니다.", "In the item's unit.")),
                Field("answer", Words("그렇습니까", "Is it so"), .flag, required: false),
                Field("how", Words("확인한 방법", "How it was found out"), .text(maximum: 300)),
                Field(
                    "evidence", Words("사진이나 문서", "Picture or document"), .attachment(maximumBytes: 8 << 20),
                    required: false),
            ], permission: .roles(Self.roles).orToken("command:robots.readiness.check"))
        return Command(form) { [readiness, places] ask, tables in
            let tenant = try ask.tenant
            let (site, name) = (ask.values.text("site"), ask.values.text("item"))
            guard let place = try places.all(tenant, tables).first(where: { $0.site == site }) else {
                let words = Words("로봇이 다니는 현장이 아닙니다.", "Robots do not work at this site.")
                throw Refusal(.notFound, "readiness.site", of: "site", "robot-site", words)
            }
            guard let item = readiness.items.first(where: { $0.id == name }) else {
                let words = Words("그런 항목이 없습니다.", "There is no such item.")
                throw Refusal(.invalid, "readiness.item", of: "item", "known", words)
            }
            var payload: [String: JSON] = [
                "site": .string(site), "item": .string(name), "how": .string(ask.values.text("how")),
                "edition": .string(readiness.edition),
            ]
            if item.rule == .yes {
                guard ask.values.number("value") == nil else { throw Self.kind("value") }
                if ask.values["answer"] != nil { payload["value"] = .number(ask.values.flag("answer") ? 1 : 0) }
            } else {
                guard ask.values["answer"] == nil else { throw Self.kind("answer") }
                if let value = ask.values.number("value") { payload["value"] = .number(value) }
            }
            let evidence = ask.values.text("evidence")
            if !evidence.isEmpty {
                guard try Attachments.holds(evidence, for: tenant, in: tables) else {
                    let words = Words("올린 파일을 찾을 수 없습니다.", "The file was not found.")
                    throw Refusal(.invalid, "readiness.evidence", of: "evidence", "known", words)
                }
                payload["evidence"] = .string(evidence)
            }
            return [
                Draft(
                    ReadinessTable.checked, stream: "readiness/\(site)",
                    scope: place.owner.map { .firm($0) } ?? .zone, payload: payload)
            ]
        }
    }

    private static func kind(_ field: String) -> Refusal {
        let words =
            field == "value"
            ? Words("이 항목은 예/아니요로 답합니다.", "This item is answered by yes or no.")
            : Words("이 항목은 잰 값을 적습니다.", "This item is measured.")
        return Refusal(.invalid, "readiness.kind", of: field, "kind", words)
    }
}
