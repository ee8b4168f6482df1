import Record

extension MissionCase {
    /// What it is to people: what is carried, and where to.
    func shown(_ known: [String: Place]) -> Words {
        let what = mission.items.isEmpty ? mission.kind.words : Words(mission.items, mission.items)
        guard let last = mission.stops.last, let place = known["\(mission.site)/\(last.node)"]?.name else {
            return what
        }
        return Words("\(what.ko) → \(place.ko)", "\(what.en) → \(place.en)")
    }
}

/// Where a delivery is, in words for whoever waits for it.
struct WhereWords: Sendable {
    let kept: MissionCase
    /// What its stops are called, by `site/node`.
    let names: [String: Words]
    /// What the robot is near to, where that is known.
    let near: Words?
    let now: Timestamp
    /// Whether a hold or a closure keeps it: then nobody knows when it comes.
    var isHeld = false

    private var mission: Mission { kept.mission }

    /// What is carried, or what kind of mission it is.
    var what: Words {
        mission.items.isEmpty ? mission.kind.words : Words(mission.items, mission.items)
    }

    private func place(_ stop: Mission.Stop?) -> Words {
        stop.flatMap { names["\(mission.site)/\($0.node)"] } ?? Words("도착지", "its destination")
    }

    /// All of it: what it is doing, where, and when it comes.
    var all: Words {
        let parts = [stage, position, coming].compactMap { $0 }
        return Words(parts.map(\.ko).joined(separator: " "), parts.map(\.en).joined(separator: " "))
    }

    private var isHere: Bool {
        mission.isOpen && mission.isAtGoal
    }

    private var stage: Words {
        let (from, to) = (place(mission.stops.first), place(mission.stops.last))
        switch mission.state {
        case .asked:
            if let why = kept.waitWords { return Words("\(what.ko): \(why.ko)", "\(what.en): \(why.en)") }
            return Words("\(what.ko): 아직 맡을 로봇을 찾고 있습니다.", "\(what.en): a robot is still being found for it.")
        case .assigned: return Words("\(what.ko): 로봇이 정해졌고 곧 출발합니다.", "\(what.en): a robot has it and sets out soon.")
        case .underway, .waiting:
            if isHere { return Words("\(what.ko): \(to.ko)에 도착해 기다리고 있습니다.", "\(what.en): it waits at \(to.en).") }
            if mission.isLoading {
                return Words(
                    "\(what.ko): \(from.ko)에 도착해 물건 싣기를 기다리고 있습니다.",
                    "\(what.en): it is at \(from.en), waiting to be loaded.")
            }
            if mission.isLoaded || mission.leg > 0 {
                return Words("\(what.ko): \(to.ko) 쪽으로 가고 있습니다.", "\(what.en): on its way to \(to.en).")
            }
            return Words(
                "\(what.ko): 물건을 실으러 \(from.ko) 쪽으로 가고 있습니다.", "\(what.en): on its way to pick it up at \(from.en).")
        case .completed:
            let at = kept.ended.map { Self.clock($0) }
            return Words(
                "\(what.ko): \(at.map { "\($0.ko)에 " } ?? "")전달을 마쳤습니다.",
                "\(what.en): it was handed over\(at.map { " at \($0.en)" } ?? "").")
        case .cancelled: return Words("\(what.ko): 취소되었습니다.", "\(what.en): it was cancelled.")
        case .failed:
            let why = kept.reason.map { MissionReason.words($0) }
            return Words(
                "\(what.ko): 전달하지 못했습니다.\(why.map { " \($0.ko)" } ?? "")",
                "\(what.en): it could not be delivered.\(why.map { " \($0.en)" } ?? "")")
        }
    }

    /// Only of a robot that drives for this mission: where it is before is another's business.
    private var position: Words? {
        guard mission.state == .underway || mission.state == .waiting, !isHere, !mission.isLoading else { return nil }
        if kept.called != nil { return Words("지금 도움이 필요해 담당자를 불렀습니다.", "It needs help now, and somebody was called.") }
        return near.map { Words("지금 \($0.ko) 근처에 있습니다.", "It is near \($0.en) now.") }
            ?? Words("지금 어디 있는지는 알 수 없습니다.", "Where it is right now is not known.")
    }

    private var coming: Words? {
        guard mission.isOpen, !isHere else { return nil }
        guard !isHeld else {
            return Words(
                "로봇이 멈춰 있어 언제 올지 알 수 없습니다. 급하면 사람이 가지러 가 주세요.",
                "Robots are on hold, and nobody knows when it comes. If it is urgent, please send somebody to fetch it."
            )
        }
        guard let promise = kept.promise else {
            return Words("도착 시각은 아직 알 수 없습니다.", "When it comes is not known yet.")
        }
        let late = Self.clock(promise.late)
        let left = promise.due.seconds(since: now)
        guard left > 0 else {
            guard promise.late > now else {
                return Words("약속한 시각이 지났습니다. 담당자에게 물어봐 주세요.", "It is later than was promised. Please ask the staff.")
            }
            return Words(
                "예정보다 조금 늦고 있습니다. 늦어도 \(late.ko)까지는 도착할 것으로 봅니다.",
                "It is a little late, and is expected by \(late.en) at the latest.")
        }
        let minutes = Int((left / 60).rounded(.up))
        return Words(
            "약 \(minutes)분 뒤 도착할 예정이고, 늦어도 \(late.ko)까지는 도착할 것으로 봅니다.",
            "It is expected in about \(minutes) minute\(minutes == 1 ? "" : "s"), by \(late.en) at the latest.")
    }

    private static func clock(_ moment: Timestamp) -> Words {
        Words(MissionView.clock(moment, .ko), MissionView.clock(moment, .en))
    }
}
