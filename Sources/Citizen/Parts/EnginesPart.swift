import District
import Record
import Web

extension Part {
    /// The optional engines: speech in and out, nearness, rewriting. Each is a declared use of AI, and none is needed.
    static func engines(_ engines: Engines) -> Part {
        var part = Part()
        part.aiUses = Engine.Task.allCases.compactMap { engines.uses[$0] }
        part.routes = EngineRoutes(engines: engines).routes
        return part
    }
}
