import Access
import District
import Record
import Web

/// How permits are shown in lists.
struct PermitView {
    let visit: Visit
    let desk: PermitDesk

    /// Permits by place, and there by time.
    func board(_ permits: [Permit], _ inside: [String: Int64], _ names: [ThingID: Words]) -> JSON {
        var places: [(ThingID, [Permit])] = []
        for permit in permits {
            if let index = places.firstIndex(where: { $0.0 == permit.thing }) {
                places[index].1.append(permit)
            } else {
                places.append((permit.thing, [permit]))
            }
        }
        return .array(
            places.map { thing, permits in
                [
                    "name": .string(names[thing]?[visit.language] ?? thing.rawValue),
                    "permits": .array(permits.map { row($0, inside[$0.id] ?? 0) }),
                ]
            })
    }

    /// How things stand, in a sentence.
    func headline(_ permits: [Permit], _ inside: [String: Int64]) -> JSON {
        let ko = visit.language == .ko
        let stopped = permits.filter { $0.state == .suspended }.reduce(0) { $0 + (inside[$1.id] ?? 0) }
        if stopped > 0 {
            return [
                "kind": "danger",
                "text": .string(
                    ko
                        ? "작업을 중지한 곳 안에 \(stopped)명이 남아 있습니다."
                        : "People still inside where work was stopped: \(stopped)"),
            ]
        }
        let heads = permits.reduce(0) { $0 + (inside[$1.id] ?? 0) }
        let running = permits.filter { $0.state == .running && visit.now < $0.to }.count
        return [
            "kind": running > 0 ? "info" : "ok",
            "text": .string(
                ko ? "진행 중인 허가 \(running)건, 안에 있는 사람 \(heads)명" : "Permits running: \(running), people inside: \(heads)"
            ),
        ]
    }

    private func row(_ permit: Permit, _ inside: Int64) -> JSON {
        var members: [String: JSON] = [
            "href": .string("/safety/permits/\(permit.id)"), "number": .string(permit.number),
            "kind_name": .string(desk.rules[permit.kind]?.title[visit.language] ?? permit.kind),
            "work": .string(permit.work), "time": .string(Self.span(permit)), "badge": badge(permit),
        ]
        if inside > 0 { members["inside"] = .string(Show.count(inside)) }
        return .object(members)
    }

    /// Where a permit stands, in a word and a shape.
    func badge(_ permit: Permit) -> JSON {
        let word = visit.word("permits_state_\(permit.state.rawValue)")
        switch permit.state {
        case .requested: return Show.badge("info", word)
        case .running where visit.now >= permit.to: return Show.badge("danger", visit.word("permits_state_over"))
        case .running: return Show.badge("ok", word)
        case .suspended: return Show.badge("danger", word)
        case .closed: return Show.badge("off", word)
        }
    }

    /// `09:00–13:00` in Korea, with the day where it ends on another.
    static func span(_ permit: Permit) -> String {
        func clock(_ moment: Timestamp) -> String {
            String(moment.civil(offsetSeconds: KoreanDay.offset).text.dropFirst(11).prefix(5))
        }
        let other = KoreanDay(permit.from) == KoreanDay(permit.to) ? "" : "\(KoreanDay(permit.to)) "
        return "\(clock(permit.from))–\(other)\(clock(permit.to))"
    }

    /// A permit as JSON calls answer it.
    static func members(_ permit: Permit, inside: Int64) -> [String: JSON] {
        var members: [String: JSON] = [
            "id": .string(permit.id), "number": .string(permit.number), "kind": .string(permit.kind),
            "thing": .string(permit.thing.rawValue), "work": .string(permit.work),
            "from": .string(permit.from.description), "to": .string(permit.to.description),
            "state": .string(permit.state.rawValue), "inside": .number(Double(inside)),
            "host": .string(permit.host.rawValue),
        ]
        if let contractor = permit.contractor { members["contractor"] = .string(contractor.rawValue) }
        if let suspension = permit.suspension { members["suspension"] = .string(suspension) }
        return members
    }
}
