import Access
import District
import HTTPTypes
import Record
import Web

/// What the voice page asks of engines: hear this, say this, and whether they can.
struct EngineRoutes {
    let engines: Engines
    private let throttle = TurnThrottle()

    init(engines: Engines) { self.engines = engines }

    /// How many calls one address may bring in a minute.
    static let most = 60

    var routes: [Route] {
        [
            .get("/api/v1/agent/engines", .anyone) { try await list($0) },
            .post("/api/v1/agent/hear", .anyone, bodyLimit: Engines.largestSound) { try await hear($0) },
            .post("/api/v1/agent/say", .anyone) { try await say($0) },
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        var list: [String: JSON] = [:]
        for task in Engine.Task.allCases {
            let obstacle = try await engines.obstacle(task, in: visit.spine.district)
            list[task.rawValue] = [
                "ready": .bool(obstacle == nil), "why": obstacle.map { .string($0.words[visit.language]) } ?? .null,
            ]
        }
        return .json(.object(list))
    }

    private func hear(_ visit: Visit) async throws -> Reply {
        try admit(visit)
        let language = visit.query["language"].flatMap { Language(rawValue: $0) } ?? visit.language
        let text = try await engines.hear(
            visit.body, type: visit.headers[.contentType] ?? "", language, in: visit.spine.district)
        return .json(["text": .string(text)])
    }

    private func say(_ visit: Visit) async throws -> Reply {
        try admit(visit)
        let json = try visit.json()
        let language = json["language"]?.text.flatMap { Language(rawValue: $0) } ?? visit.language
        let sound = try await engines.say(
            json["text"]?.text ?? "", language, speed: json["speed"]?.double ?? 1,
            isPersonal: json["personal"]?.bool ?? false, in: visit.spine.district)
        return .bytes(sound.body, type: sound.type)
    }

    private func admit(_ visit: Visit) throws(Refusal) {
        guard throttle.admit([.init(key: "address \(visit.address)", most: Self.most)], at: visit.now) else {
            throw Refusal(
                .tooOften, "engine.too-often", Words("잠시 뒤 다시 해 주세요.", "Please wait a moment and try again."))
        }
    }
}
