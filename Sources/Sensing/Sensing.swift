public import Access
public import District
import Foundation
public import Record
public import ServiceLifecycle
public import Store
public import Web

// What a room answers is documented at Capability and Room.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// The capability Sensing: readings come in, are kept, are held against what is usual and what is allowed, and become
/// alarms that people see, take on and trace.
public struct Sensing: Room {
    public let name = "sensing"
    public let title = Words("센싱", "Sensing")
    private let desks = Desks()
    private let sampleSeed: UInt64?
    public let phrasings: [Phrasing]

    /// The room; with a seed it also runs the fictitious sample district, drawn from that seed.
    /// - Parameter corrections: the district's own folder of handbook files, which come before the shipped ones.
    /// - Throws: ``HandbookError`` where a file of the handbook cannot be used.
    public init(sampleSeed: UInt64?, corrections: String? = nil) throws(HandbookError) {
        self.sampleSeed = sampleSeed
        phrasings = try Handbook(
            shipped: Bundle.module.resourcePath.map { "\($0)/Data" } ?? "Data", corrections: corrections
        ).phrasings()
    }

    public var migrations: [Migration] { [AlarmTable.migration, LimitTable.migration] }
    public var commands: [Command] { [AcknowledgeAlarm.command, ClearAlarm.command, SetLimit.command] }
    public var answers: [Inquiry] { [RingingAlarms.inquiry] }
    public var projections: [Projection] { [AlarmTable.projection, LimitTable.projection] }
    public var reactions: [Reaction] { Reactions.all }
    public var aiUses: [AIUse] { [Declarations.tail] }

    public var menu: [MenuEntry] {
        [
            MenuEntry("/alarms", Words("경보", "Alarms")), MenuEntry("/readings", Words("측정값", "Readings")),
            MenuEntry("/import", Words("CSV 가져오기", "Import CSV")),
        ]
    }
    public var templates: String? { Bundle.module.resourcePath.map { "\($0)/Templates" } }
    public var topics: [(prefix: String, name: String)] { [("sensing.alarm.", "alarms")] }

    public var routes: [Route] {
        AlarmRoutes().routes + MachineRoutes(desks: desks).routes + ReadingRoutes(desks: desks).routes
            + IntakeRoutes(desks: desks).routes + ImportRoutes(desks: desks).routes
    }

    public func named(_ kind: String, for caller: Caller, in reader: any Reader) throws -> [Named]? {
        guard kind == "alarm" else { return nil }
        guard let tenant = try? caller.tenant else { return [] }
        return try AlarmTable.names(for: tenant, in: reader)
    }

    public func home(_ visit: Visit) async throws -> JSON { try await HomePart.context(visit) }

    public func services(in spine: Spine) -> [any Service] {
        let desk = desks.desk(spine)
        var services: [any Service] = [WatchService(desk: desk), HostSensors(desk: desk)]
        if spine.mqtt != nil { services.append(MQTTIntake(desk: desk)) }
        if let sampleSeed { services.append(SampleService(desk: desk, seed: sampleSeed)) }
        return services
    }

    /// Founds the sample district: its firms and things on the Record, and half an hour of marked history, so that the
    /// detectors know what is usual.
    public func foundSample(_ spine: Spine, seed: UInt64) async throws {
        try await SampleFounding(spine: spine, seed: seed).found()
    }
}
