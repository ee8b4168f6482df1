/// How much waits in a stage of the floor, and how much left it in the last hour.
struct StageFlow: Sendable, Hashable {
    let stage: Order.State
    let waiting: Int64
    let left: Int64

    /// For how many hours what waits lasts at the pace of the last hour; nil where nothing left.
    var hours: Double? { left > 0 ? Double(waiting) / Double(left) : nil }

    /// Where work gets stuck: what waits there lasts longest at the pace it leaves, longest of all where it does not leave
    /// although other stages move. Where nothing moved at all, where most waits. Orders that wait for their cut-off are none.
    static func bottleneck(_ stages: [StageFlow]) -> Order.State? {
        let floor = stages.filter { $0.stage != .placed && $0.waiting > 0 }
        let moves = stages.contains { $0.left > 0 }
        func weight(_ flow: StageFlow) -> (Double, Int64, String) {
            (moves ? flow.hours ?? .infinity : 0, flow.waiting, flow.stage.rawValue)
        }
        return floor.max { weight($0) < weight($1) }?.stage
    }
}
