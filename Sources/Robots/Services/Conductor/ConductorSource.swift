import Record

/// What the conductor reads, and whom it tells: the tables of the house, or a simulation's.
struct ConductorSource: Sendable {
    /// The sites with their editions, and which site each enrolled vehicle is at.
    var sites: @Sendable () async throws -> ([String: Edition], [VehicleID: String])
    /// What stands in the tables about each of these sites: missions, holds, closures.
    var work: @Sendable ([String]) async throws -> [String: SiteWork]
    /// What a vehicle said last, where anything was heard.
    var report: @Sendable (VehicleID) async -> VehicleReport?
    /// The order that was sent to a vehicle last and is not over; nil where there is none.
    var order: @Sendable (VehicleID) async -> String?
    /// Takes what happened: an errand's end, a lift that is stuck, a vehicle that needs a person.
    var tell: @Sendable (SiteRun.Effect, String) async throws -> Void

    /// A site as it was published.
    struct Edition: Sendable {
        let edition: String
        let site: CompiledSite
    }
}
