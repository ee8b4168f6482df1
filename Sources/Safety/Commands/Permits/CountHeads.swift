import Access
import District
import Record
import Store

/// The head-count: who goes in, and who comes out (Safety Rules 621).
enum CountHeads {
    private static let fields = [
        Field.permit,
        Field(
            "person", Words("사람", "Person"), .reference(kind: "person", source: nil), required: false,
            help: Words("비우면 본인입니다.", "Yourself where left empty.")),
    ]

    static func enter(_ desk: PermitDesk) -> Command {
        Command(
            Form(
                "safety.permit.enter", title: Words("들어가기", "Go in"),
                help: Words("작업 구역에 들어간 것을 남깁니다. 공기가 기준 안일 때만 들어갈 수 있습니다.", "Keeps that someone went in."),
                fields: fields,
                permission: .roles([.worker, .operator, .safetyManager, .executive]).orToken(
                    "command:safety.permit.enter"), surfaces: [.web, .http, .cli, .mcp, .voice])
        ) { ask, tables in
            let permit = try PermitRefusals.permit(ask, in: tables)
            let person = try person(ask)
            guard permit.state == .running else {
                throw PermitRefusals.state(
                    permit, Words("진행 중인 허가가 아니어서 들어갈 수 없습니다.", "This permit is not running: nobody may go in."))
            }
            guard let member = try PermitTable.people(of: permit.id, in: tables).first(where: { $0.person == person })
            else { throw notNamed }
            guard ask.now >= permit.from else {
                throw PermitRefusals.gate("from", "time.early", Words("아직 시작 시간이 아닙니다.", "It has not begun yet."))
            }
            guard !member.isInside, try PermitTable.whereInside(person, in: tables) == nil else {
                throw Refusal(
                    .conflict, "permit.already-inside",
                    Words("이미 안에 있는 것으로 되어 있습니다.", "This person is already inside."),
                    faults: [.init(field: "person", rule: "inside", words: Words("이미 안에 있습니다.", "Already inside."))])
            }
            // Everything again, and not what was true this morning: the air, the neighbours, the day's meeting.
            let gates = try desk.gates(permit, only: person, at: ask.now, in: tables)
            if let refusal = PermitRefusals.gates(gates.all) { throw refusal }
            var payload: [String: JSON] = ["person": .string(person.rawValue)]
            if let air = gates.air { payload["readings"] = air.json }
            return [permit.draft("entered", payload, ask: ask)]
        }
    }

    static let leave = Command(
        Form(
            "safety.permit.leave", title: Words("나오기", "Come out"),
            help: Words("작업 구역에서 나온 것을 남깁니다.", "Keeps that someone came out."), fields: fields,
            permission: .roles([.worker, .operator, .safetyManager, .executive]).orToken("command:safety.permit.leave"),
            // In, a house that cannot be asked lets nobody; out they come, and the count follows later.
            surfaces: [.web, .http, .cli, .mcp, .voice, .offline])
    ) { ask, tables in
        let permit = try PermitRefusals.permit(ask, in: tables)
        let person = try person(ask)
        guard let member = try PermitTable.people(of: permit.id, in: tables).first(where: { $0.person == person })
        else { throw notNamed }
        guard member.isInside else {
            throw Refusal(
                .conflict, "permit.not-inside", Words("안에 있는 것으로 되어 있지 않습니다.", "This person is not inside."))
        }
        // A phone's old “came out” must not take out somebody who has gone in again since.
        if let offline = ask.offline, let since = member.since, offline.corrected < since {
            throw Refusal(
                .conflict, "permit.went-in-since",
                Words("그 뒤에 다시 들어간 기록이 있어 반영하지 않았습니다.", "They have gone in again since then: this was not counted."),
                faults: [.init(field: "person", rule: "since", words: Words("다시 들어감", "In again since"))])
        }
        return [permit.draft("left", ["person": .string(person.rawValue)], ask: ask)]
    }

    private static let notNamed = Refusal(
        .forbidden, "permit.not-named", Words("이 허가에 작업자로 적힌 사람이 아닙니다.", "This person is not named in the permit."),
        faults: [.init(field: "person", rule: "named", words: Words("허가에 없는 사람입니다.", "Not named in the permit."))])

    private static func person(_ ask: Ask) throws -> PersonID {
        let named = ask.values.text("person")
        if !named.isEmpty { return PersonID(named) }
        guard let own = ask.caller.person else { throw PermitRefusals.personNeeded }
        return own
    }
}

extension PermitRefusals {
    static func gate(_ field: String, _ rule: String, _ words: Words) -> Refusal {
        Refusal(.conflict, "permit.gates", of: field, rule, words)
    }
}
