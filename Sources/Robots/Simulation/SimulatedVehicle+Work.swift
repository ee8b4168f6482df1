import Record

extension SimulatedVehicle {
    /// Goes on with what is to be done at the node, one action after the other.
    mutating func doWork(_ seconds: Double) {
        velocity = 0
        state.isDriving = false
        guard let action = work.first else { return }
        guard let index = state.actions.firstIndex(where: { $0.id == action.id }) else {
            work.removeFirst()
            return
        }
        if VDAState.isOver(state.actions[index].status) {
            work.removeFirst()
            return
        }
        if state.actions[index].status == "WAITING" {
            state.actions[index].status = "RUNNING"
            busy = duration(of: action)
            return
        }
        // Somebody else says when this is over.
        guard action.type != "waitForTrigger" else { return }
        busy -= seconds
        guard busy <= 0 else { return }
        switch action.type {
        case "startCharging": state.isCharging = true
        case "stopCharging": state.isCharging = false
        default: break
        }
        state.actions[index].status = "FINISHED"
        work.removeFirst()
    }

    private func duration(of action: VDAAction) -> Double {
        switch action.type {
        case "pick", "drop": build.handling
        case "startCharging", "stopCharging": 1
        default: action.parameters["seconds"]?.double ?? 3
        }
    }

    /// Comes to a stand for a cancellation.
    /// - Returns: whether it is still obeying, and does nothing else.
    mutating func stop(_ seconds: Double) -> Bool {
        guard let id = cancelling else { return false }
        velocity = max(0, velocity - build.acceleration * 2 * seconds)
        state.isDriving = velocity > 0
        guard velocity == 0 else {
            position.x += velocityX * seconds
            position.y += velocityY * seconds
            return true
        }
        // What is taken up or laid down is not left half done.
        if let action = work.first, ["pick", "drop"].contains(action.type),
            state.actions.contains(where: { $0.id == action.id && $0.status == "RUNNING" })
        {
            doWork(seconds)
            if !work.isEmpty, work.first == action { return true }
        }
        for index in state.actions.indices where !state.actions[index].isInstant && state.actions[index].id != id {
            if !VDAState.isOver(state.actions[index].status) { state.actions[index].status = "FAILED" }
        }
        work = []
        way = []
        riding = 0
        hasBegun = false
        cancelled = state.order
        cancelling = nil
        end = nil
        set(id, "FINISHED")
        return true
    }

    private var velocityX: Double { velocity * cosine }
    private var velocityY: Double { velocity * sine }

    mutating func set(_ id: String, _ status: String) {
        guard let index = state.actions.firstIndex(where: { $0.id == id }) else { return }
        state.actions[index].status = status
    }

    // MARK: - Faults

    /// Something breaks: by chance a person in the way, a motor too hot, or somebody pressed the red button.
    mutating func breakDown() {
        switch chance.fraction() {
        case ..<0.5: fail("obstacleDetected", "WARNING", for: 10 + 40 * chance.fraction())
        case ..<0.85: fail("driveOverheated", "FATAL", for: 30 + 90 * chance.fraction())
        default:
            state.emergencyStop = "MANUAL"
            fail("emergencyStop", "FATAL", for: 20 + 60 * chance.fraction())
        }
    }

    mutating func fail(_ type: String, _ level: String, for seconds: Double) {
        state.errors.append(.init(type: type, level: level))
        stopped = seconds
        velocity = 0
    }

    mutating func recover() {
        stopped = 0
        state.fieldViolation = false
        state.emergencyStop = "NONE"
        state.errors.removeAll { OrderError($0.type) == nil }
    }
}
