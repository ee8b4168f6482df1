import District
import Record

/// What happens to a mission. Which step may follow which is said here alone: commands, the conductor and the tables obey it.
enum MissionStep: Sendable, Hashable {
    /// A vehicle got it, or another one instead.
    case assigned(VehicleID)
    /// The vehicle gave it back before anything was aboard.
    case returned
    /// It drives to a stop.
    case started(leg: Int)
    /// It stands at the stop.
    case arrived(leg: Int)
    /// It waits there for somebody.
    case waiting(leg: Int)
    /// What was carried changed hands.
    case handed(leg: Int)
    /// Who was visited answered.
    case answered(leg: Int)
    /// Nobody came, a person was called, and the round goes on.
    case passed(leg: Int)
    /// A person was called.
    case called
    /// Another time was promised.
    case promised
    case completed, cancelled, failed
    /// Somebody asks for it once more.
    case retried
}

extension Mission {
    /// Whether it still moves, or waits to.
    var isOpen: Bool { state != .completed && state != .cancelled && state != .failed }

    /// The stop that is driven to, or stood at.
    var stop: Stop? { stops.indices.contains(leg) ? stops[leg] : nil }

    /// Whether its vehicle stands where goods are put aboard, and nobody has said yet that they are.
    var isLoading: Bool { isOpen && isAtStop && !isServed && stop?.isLoadedByHand == true }

    /// Whether something was put aboard and not yet taken off: then no other vehicle can do the rest.
    var isLoaded: Bool {
        var aboard = false
        for (index, stop) in stops.enumerated() where index < leg || (index == leg && isServed) {
            if stop.task == .pick { aboard = true }
            if stop.task == .drop { aboard = false }
        }
        return aboard
    }

    /// What it is after a step.
    /// - Throws: ``MissionFault`` where the step cannot follow.
    func after(_ step: MissionStep) throws(MissionFault) -> Mission {
        var next = self
        switch step {
        case .assigned(let vehicle):
            try demand(state == .asked || state == .assigned, step)
            (next.state, next.vehicle) = (.assigned, vehicle)
        case .returned:
            try demand(isOpen && state != .asked, step)
            guard !isLoaded else { throw MissionFault.loaded }
            next.restart()
        case .started(let leg):
            let isFirst = state == .assigned && leg == self.leg
            let isNext = state == .underway && isAtStop && isServed && leg == self.leg + 1
            try demand((isFirst || isNext) && stops.indices.contains(leg), step)
            (next.state, next.leg, next.isAtStop, next.isServed) = (.underway, leg, false, false)
        case .arrived(let leg):
            try demand(state == .underway && !isAtStop && leg == self.leg, step)
            next.isAtStop = true
            next.isServed = stop?.needsSomebody == false
        case .waiting(let leg):
            try demand(state == .underway && isAtStop && !isServed && leg == self.leg, step)
            next.state = .waiting
        case .handed(let leg):
            try demand(isAtStop && !isServed && leg == self.leg && stop?.task != .visit, step)
            (next.state, next.isServed) = (.underway, true)
        case .answered(let leg), .passed(let leg):
            try demand(isAtStop && !isServed && leg == self.leg && stop?.task == .visit, step)
            (next.state, next.isServed) = (.underway, true)
        case .called, .promised: try demand(isOpen, step)
        case .completed:
            try demand(state == .underway && isAtStop && isServed && leg == stops.count - 1, step)
            next.state = .completed
        case .cancelled, .failed:
            try demand(isOpen, step)
            next.state = step == .cancelled ? .cancelled : .failed
        case .retried:
            try demand(state == .failed, step)
            next.restart()
        }
        return next
    }

    private mutating func restart() {
        (state, vehicle, leg, isAtStop, isServed) = (.asked, nil, 0, false, false)
    }

    private func demand(_ holds: Bool, _ step: MissionStep) throws(MissionFault) {
        guard holds else { throw MissionFault.order(state, step) }
    }
}

extension Mission.Stop {
    /// Whether the vehicle cannot go on before somebody did something here.
    var needsSomebody: Bool { proof != .none || task == .visit || isLoadedByHand }

    /// Whether somebody puts goods aboard here and says so; who proves it by a badge has said it with that.
    var isLoadedByHand: Bool { task == .pick && proof == .none && loading == .person }

    /// Goods are put aboard at a place.
    static func pick(_ place: Place, proof: Proof = .none, patience: Double) -> Mission.Stop {
        .init(node: place.node, task: .pick, proof: proof, patience: patience, loading: place.loading)
    }
}

/// A step that cannot follow.
enum MissionFault: Error, Sendable, Hashable {
    /// Not in this state.
    case order(Mission.State, MissionStep)
    /// Not while goods are aboard.
    case loaded

    /// As whoever asks is told.
    var refusal: Refusal {
        switch self {
        case .order(let state, _):
            Refusal(
                .conflict, "mission.order",
                Words(
                    "지금 상태(\(state.words.ko))에서는 할 수 없습니다.",
                    "This cannot be done now: the mission is \(state.words.en)."))
        case .loaded:
            Refusal(
                .conflict, "mission.loaded",
                Words(
                    "물건이 실려 있어 다른 로봇에 넘길 수 없습니다. 사람이 물건을 내려야 합니다.",
                    "Goods are aboard: no other vehicle can take over before a person has unloaded them."))
        }
    }
}
