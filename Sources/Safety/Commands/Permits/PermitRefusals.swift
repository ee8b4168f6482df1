import Access
import District
import Record
import Store

/// Why something about a permit is not done.
enum PermitRefusals {
    static let unknown = Refusal(
        .notFound, "permit.unknown", Words("그런 작업허가가 없습니다.", "There is no such permit."))
    static let noKind = Refusal(
        .conflict, "permit.kind", Words("이 허가의 종류를 판정할 기준이 없습니다.", "There are no rules for this kind of permit."))
    static let personNeeded = Refusal(
        .forbidden, "permit.person-needed", Words("사람이 직접 해야 하는 일입니다.", "This must be done by a person."))

    static func state(_ permit: Permit, _ words: Words) -> Refusal {
        Refusal(.conflict, "permit.\(permit.state.rawValue)", of: "permit", "state.\(permit.state.rawValue)", words)
    }

    static func field(_ code: String, _ field: String, _ rule: String, _ words: Words) -> Refusal {
        Refusal(.invalid, "permit.\(code)", of: field, rule, words)
    }

    /// Every gate that is shut, each with its field and rule.
    static func gates(_ gates: [PermitGates.Gate]) -> Refusal? {
        let faults = gates.flatMap(\.faults)
        guard let first = faults.first else { return nil }
        let more = faults.count - 1
        return Refusal(
            .conflict, "permit.gates",
            Words(
                first.words.ko + (more > 0 ? " 그 밖에 \(more)가지가 더 막고 있습니다." : ""),
                first.words.en + (more > 0 ? " \(more) more reasons stand in the way." : "")),
            faults: faults.map { .init(field: $0.field, rule: $0.rule, words: $0.words) })
    }

    /// The permit a form names.
    static func permit(_ ask: Ask, in tables: any Reader) throws -> Permit {
        guard let permit = try PermitTable.find(ask.values.text("permit"), for: ask.tenant, in: tables) else {
            throw unknown
        }
        return permit
    }

    /// Whether the caller is the permit's supervisor, or answers for safety at the place.
    static func allowInCharge(_ ask: Ask, _ permit: Permit) throws {
        guard let person = ask.caller.person else { throw personNeeded }
        if person == permit.supervisor { return }
        let answers: Set<Role> = [.safetyManager, .executive]
        guard ask.caller.firm == permit.host, !answers.isDisjoint(with: ask.caller.roles) else {
            throw Refusal(
                .forbidden, "permit.not-in-charge",
                Words(
                    "이 허가의 관리감독자나 소속 기업의 안전관리자만 할 수 있습니다.",
                    "Only the permit's supervisor or the host's safety manager may do this."))
        }
    }
}
