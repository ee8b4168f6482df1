/// Why a question to the planner, or a map, is refused.
enum TrafficFault: Error, Hashable, CustomStringConvertible {
    /// A line of a map or scenario cannot be read.
    case line(Int, String)
    /// The lists do not belong together.
    case lengths
    /// No such node.
    case node(Int32)
    /// Two vehicles stand at one node, or at nodes that may not be used at once.
    case start(vehicle: Int32, other: Int32)
    /// Two vehicles are to end at one node, or at nodes that may not be used at once.
    case goal(vehicle: Int32, other: Int32)
    /// No way leads to the goal.
    case unreachable(vehicle: Int32)
    /// There is no solution at all.
    case unsolvable
    /// The budget was spent before a solution was found.
    case spent
    /// A path does not begin where its vehicle's released prefix ends.
    case beginning(vehicle: Int32)
    /// A path goes where no way leads.
    case noWay(vehicle: Int32, from: Int32, to: Int32)
    /// Two paths meet at a step.
    case meeting(vehicle: Int32, other: Int32, step: Int)
    /// Vehicles would have to move all at once, each into the place of the next: no execution can do this.
    case circle(vehicle: Int32, step: Int)
    /// No such vehicle was placed.
    case vehicle(Int32)

    var description: String {
        switch self {
        case .line(let line, let what): "line \(line): \(what)"
        case .lengths: "lists of different lengths"
        case .node(let node): "no node \(node)"
        case .start(let one, let other): "vehicles \(one) and \(other) start in each other's place"
        case .goal(let one, let other): "vehicles \(one) and \(other) have one goal"
        case .unreachable(let vehicle): "vehicle \(vehicle) cannot reach its goal"
        case .unsolvable: "there is no solution"
        case .spent: "the budget was spent before a solution was found"
        case .beginning(let vehicle): "the path of vehicle \(vehicle) does not begin where its prefix ends"
        case .noWay(let vehicle, let from, let to): "vehicle \(vehicle): no way from \(from) to \(to)"
        case .meeting(let one, let other, let step): "vehicles \(one) and \(other) meet at step \(step)"
        case .circle(let vehicle, let step): "vehicle \(vehicle) is in a circle that moves at once, step \(step)"
        case .vehicle(let vehicle): "no vehicle \(vehicle)"
        }
    }
}
