import Access
import District
import Record
import Store

/// Authorises a permit, or lets a suspended one go on: every gate must be open.
enum AuthorisePermit {
    static func authorise(_ desk: PermitDesk) -> Command {
        Command(
            Form(
                "safety.permit.authorise", title: Words("작업허가", "Authorise the permit"),
                help: Words(
                    "현장을 직접 확인한 관리감독자나 안전관리자가 허가합니다. 신청한 사람은 허가할 수 없습니다.",
                    "Done by the supervisor or safety manager who checked the place; never by whoever asked for it."),
                fields: [
                    .permit,
                    Field(
                        "checks", Words("현장에서 확인한 항목", "What was checked at the place"),
                        .list([Field("check", Words("항목", "Item"), .text(maximum: 40))], maximum: 40), required: false),
                ],
                permission: .roles([.worker, .operator, .safetyManager, .executive]), confirmation: .readBack)
        ) { ask, tables in
            let permit = try PermitRefusals.permit(ask, in: tables)
            try PermitRefusals.allowInCharge(ask, permit)
            guard permit.state == .requested else {
                throw PermitRefusals.state(
                    permit, Words("신청된 허가만 허가할 수 있습니다.", "Only a permit that was asked for can be."))
            }
            guard permit.requester != ask.caller.author.text else {
                throw Refusal(
                    .forbidden, "permit.same-person",
                    Words("신청한 사람이 아닌 다른 사람이 허가해야 합니다.", "Someone other than who asked must authorise it."))
            }
            let checks = Set((ask.values["checks"]?.elements ?? []).compactMap { $0["check"]?.text })
            let gates = try desk.gates(permit, checks: checks, at: ask.now, in: tables)
            if let refusal = PermitRefusals.gates(gates.all) { throw refusal }
            var payload: [String: JSON] = [
                "checks": .array(checks.sorted().map { .string($0) }), "edition": .string(desk.rules.edition),
                "gates": .array(gates.all.map { .string($0.id) }),
            ]
            if let air = gates.air { payload["readings"] = air.json }
            return [permit.draft("authorised", payload)]
        }
    }

    static func resume(_ desk: PermitDesk) -> Command {
        Command(
            Form(
                "safety.permit.resume", title: Words("작업 재개", "Let the work go on"),
                help: Words("중지된 이유가 없어졌음을 확인하고 다시 시작합니다.", "Confirms that the reason for stopping is gone."),
                fields: [.permit], permission: .roles([.worker, .operator, .safetyManager, .executive]),
                confirmation: .readBack)
        ) { ask, tables in
            let permit = try PermitRefusals.permit(ask, in: tables)
            try PermitRefusals.allowInCharge(ask, permit)
            guard permit.state == .suspended else {
                throw PermitRefusals.state(permit, Words("중지된 허가가 아닙니다.", "This permit is not suspended."))
            }
            let inside = try PermitTable.people(of: permit.id, in: tables).filter(\.isInside)
            guard inside.isEmpty else { throw PermitRefusals.inside(inside.count) }
            let gates = try desk.gates(permit, at: ask.now, in: tables)
            if let refusal = PermitRefusals.gates(gates.all) { throw refusal }
            var payload: [String: JSON] = ["edition": .string(desk.rules.edition)]
            if let air = gates.air { payload["readings"] = air.json }
            return [permit.draft("resumed", payload)]
        }
    }

    static func extend(_ desk: PermitDesk) -> Command {
        Command(
            Form(
                "safety.permit.extend", title: Words("허가 시간 연장", "Extend the permit"),
                help: Words(
                    "새 가스 측정과 겹치는 작업을 다시 확인하고 끝나는 시간을 늦춥니다.",
                    "Holds the air and other works against the rules anew, and lets it end later."),
                fields: [.permit, Field("to", Words("새로 끝나는 시간", "New end"), .moment)],
                permission: .roles([.worker, .operator, .safetyManager, .executive]), confirmation: .readBack)
        ) { ask, tables in
            let permit = try PermitRefusals.permit(ask, in: tables)
            try PermitRefusals.allowInCharge(ask, permit)
            guard permit.requester != ask.caller.author.text else {
                throw Refusal(
                    .forbidden, "permit.same-person",
                    Words("신청한 사람이 아닌 다른 사람이 연장해야 합니다.", "Someone other than who asked must extend it."))
            }
            guard permit.state == .running else {
                throw PermitRefusals.state(
                    permit, Words("진행 중인 허가만 연장할 수 있습니다.", "Only a running permit can be extended."))
            }
            let (to, hours) = (ask.values.moment("to") ?? permit.to, try desk.kind(permit).hours)
            guard to > permit.to, to.seconds(since: ask.now) <= hours * 3600 else {
                let most = PermitGates.text(hours)
                throw PermitRefusals.field(
                    "time", "to", "hours",
                    Words(
                        "지금 끝나는 시간보다 늦고, 지금부터 \(most)시간 안이어야 합니다.",
                        "It must be later than now agreed and within \(most) hours from now."))
            }
            let gates = try desk.gates(permit, until: to, at: ask.now, in: tables)
            if let refusal = PermitRefusals.gates(gates.all) { throw refusal }
            var payload: [String: JSON] = ["to": .string(to.description), "was": .string(permit.to.description)]
            if let air = gates.air { payload["readings"] = air.json }
            return [permit.draft("extended", payload)]
        }
    }
}

extension PermitRefusals {
    static func inside(_ heads: Int) -> Refusal {
        let words = Words("아직 \(heads)명이 안에 있습니다.", "\(heads) people are still inside.")
        return Refusal(.conflict, "permit.inside", of: "people", "inside", words)
    }
}
