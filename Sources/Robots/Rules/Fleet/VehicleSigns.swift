/// What a vehicle's own last words tell of what it does; out of its standing.
struct VehicleSigns: Sendable, Hashable {
    var presence = VehicleReport.Presence.here
    /// Its red button is pressed.
    var isStopped = false
    /// A fault with which it does not go on.
    var isFaulty = false
    var isByHand = false
    var isPaused = false
    var isDriving = false
    var isCharging = false
    /// An action of its order runs.
    var isWorking = false
    /// The last node it reached.
    var node = ""
    /// The node that it is to drive to next and that was not released to it; empty where there is none.
    var next = ""

    init() {}

    init(_ standing: VehicleStanding?) {
        guard let standing, let report = standing.report else {
            presence = standing?.presence ?? .unheard
            return
        }
        presence = standing.presence
        isStopped = report.emergencyStop
        isFaulty = standing.faults.contains { ["CRITICAL", "FATAL"].contains($0.value.level) }
        isByHand = !report.drivesItself
        isPaused = report.isPauseKnown && report.isPaused
        isDriving = report.isDriving
        isCharging = report.isCharging
        isWorking = report.actions.contains { !VDAState.isOver($0.value) && $0.value != "WAITING" }
        node = report.lastNode
        guard let order = standing.order, order.released < order.steps.count, order.end?.node == node else { return }
        next = order.steps[order.released].node
    }
}
