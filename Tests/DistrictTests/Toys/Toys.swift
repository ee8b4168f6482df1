public import District
import Foundation
public import Record
public import Store
public import Web

/// The capability Toys: boats are launched on the district's slipways, and held where a slipway is in alarm.
public struct Toys: Room {
    public let name = "toys"
    public let title = Words("장난감 배", "Toy boats")

    /// The room.
    public init() {}

    public var migrations: [Migration] { [BoatTable.migration] }
    public var commands: [Command] { [LaunchBoat.command] }
    public var answers: [Inquiry] { [HeldBoats.inquiry] }
    public var projections: [Projection] { [BoatTable.projection] }
    public var reactions: [Reaction] { ToyReactions.all }
    public var aiUses: [AIUse] { [ToyDeclarations.tide] }

    public var routes: [Route] { BoatRoutes().routes }
    public var menu: [MenuEntry] { [MenuEntry("/boats", Words("배", "Boats"))] }
    public var templates: String? { Bundle.module.resourcePath.map { "\($0)/Templates" } }
    public var topics: [(prefix: String, name: String)] { [("toys.boat.", "boats")] }
}
