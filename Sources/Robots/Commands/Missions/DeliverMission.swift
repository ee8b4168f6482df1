import District
import Record
import Store

/// Something is brought from one place to another, or fetched from there.
struct DeliverMission {
    let asking: MissionAsk

    var deliver: Command {
        command(
            "robots.mission.deliver", .deliver, Words("로봇 배달 부탁하기", "Ask for a delivery"),
            Words(
                "로봇이 물건을 싣고 가서 건넵니다. 도착 시각과 인수 번호를 알려 드립니다.",
                "A robot brings it. You are told when, and get a code for the hand-over."))
    }

    var fetch: Command {
        command(
            "robots.mission.fetch", .fetch, Words("로봇으로 가져오기", "Have something fetched"),
            Words(
                "로봇이 그곳에 가서 물건을 받아 옵니다. 내주는 사람이 확인합니다.",
                "A robot goes there and brings it back. Who hands it out confirms."))
    }

    private func command(_ name: String, _ kind: Mission.Kind, _ title: Words, _ help: Words) -> Command {
        let form = Form(
            name, title: title, help: help,
            fields: [
                MissionAsk.place("from", kind == .deliver ? Words("어디에서", "From") : Words("어디에 있나요", "Where it is")),
                MissionAsk.place("to", kind == .deliver ? Words("어디로", "To") : Words("어디로 가져올까요", "Where to bring it")),
                Field("what", Words("무엇을", "What"), .text(maximum: 100)), MissionAsk.weight, MissionAsk.deadline,
                MissionAsk.priority, MissionAsk.proof, MissionAsk.recipient, MissionAsk.note,
            ] + MissionAsk.cold,
            permission: MissionAsk.permission(name), confirmation: .readBack,
            surfaces: [.web, .http, .cli, .voice, .mcp])
        let assume: @Sendable (Ask, any Reader) -> [String: JSON] = { [asking] ask, _ in
            let priority = asking.priority(ask)
            let proof = asking.proof("", priority)
            // Who hands something out has no digits of a recipient's: they say that it is aboard.
            return [
                "priority": .string(priority.name),
                "handover": .string((kind == .fetch && proof == .code ? .none : proof).rawValue),
            ]
        }
        return Command(form, assume: assume) { [asking] ask, tables in
            let known = try asking.places.names(for: try ask.tenant, in: tables)
            let from = try asking.place("from", ask.values.text("from"), known)
            let to = try asking.place("to", ask.values.text("to"), known)
            let what = ask.values.text("what")
            let priority = asking.priority(ask)
            let proof = asking.proof(ask.values.text("handover"), priority)
            let patience = asking.settings.handOver
            // What is fetched is confirmed by whoever hands it out; what is delivered by whoever gets it.
            let (atPick, atDrop): (Mission.Stop.Proof, Mission.Stop.Proof) =
                kind == .fetch ? (proof == .code ? .none : proof, .none) : (.none, proof)
            let wish = MissionAsk.Wish(
                kind: kind,
                stops: [
                    (from, .pick(from, proof: atPick, patience: asking.settings.loading)),
                    (to, .init(node: to.node, task: .drop, proof: atDrop, patience: patience)),
                ], items: what, priority: priority)
            return [try asking.draft(wish, ask, tables)]
        }
    }
}
