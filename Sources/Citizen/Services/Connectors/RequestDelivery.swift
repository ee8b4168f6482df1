import District
import Record
import Store

/// Brings requests to the city's systems, each exactly once: the event's identifier is the key they fold them by, and
/// where it is not known whether one was taken, it is looked up by that key before it is sent again.
actor RequestDelivery {
    private let spine: Spine
    private let services: CityServices
    private let patience: Double
    /// What is on its way now.
    private var underway: Set<String> = []
    /// What was tried before: how often, and when it is due again.
    private var tried: [String: (times: Int, due: ContinuousClock.Instant)] = [:]

    init(spine: Spine, services: CityServices) {
        self.spine = spine
        self.services = services
        patience = services.line.endpoint.patience
    }

    /// Brings all that wait and are due, oldest first.
    func sweep() async {
        guard services.line.address(spine) != nil else { return }
        do {
            let unsent = try await spine.district.store.read { try RequestTable.unsent(limit: 100, in: $0) }
            for request in unsent where isDue(request.code) { try await deliver(request) }
        } catch {
            spine.district.report("requests could not be brought to the city", error)
        }
    }

    /// Brings one that was just asked for.
    func deliver(code: String) async throws {
        let request = try await spine.district.store.read { try RequestTable.find(code: code, in: $0) }
        guard let request, [.waiting, .unconfirmed].contains(request.state), !request.isSynthetic, isDue(code) else {
            return
        }
        try await deliver(request)
    }

    private func isDue(_ code: String) -> Bool { tried[code].map { $0.due <= .now } ?? true }

    private func deliver(_ request: CityRequest) async throws {
        guard let base = services.line.address(spine), underway.insert(request.code).inserted else { return }
        defer { underway.remove(request.code) }
        let times = (tried[request.code]?.times ?? 0) + 1
        // Half a second, one, two …, at most a minute apart.
        tried[request.code] = (times, .now + .milliseconds(min(60_000, 250 << min(times, 10))))
        let exchange = CityExchange(base: base, patience: patience)
        let key = request.event.description
        // Only what cannot have been sent before is sent without asking: this process's first try of something new.
        let isNew =
            times == 1 && request.state == .waiting
            && spine.district.clock().seconds(since: request.submitted) < patience
        if !isNew {
            switch await exchange.get("/requests/\(key)") {
            case .answered(200, let answer): return try await settle(request, answer)
            case .answered(404, _): break
            default: return
            }
        }
        switch await exchange.post("/requests", document(request), key: key) {
        case .answered(200...299, let answer): try await settle(request, answer)
        case .answered(400...499, let answer): try await refuse(request, answer)
        case .unreached: return
        case .answered, .silent: try await doubt(request)
        }
    }

    /// What goes there.
    private func document(_ request: CityRequest) -> JSON {
        [
            "key": .string(request.event.description), "number": .string(request.number),
            "service": .string(request.service), "submitted": .string(request.submitted.description),
            "values": .object(request.open.merging(request.personal ?? [:]) { $1 }),
        ]
    }

    private func settle(_ request: CityRequest, _ answer: JSON) async throws {
        guard let number = answer["number"]?.text, !number.isEmpty, number.utf8.count <= 40 else {
            return try await doubt(request)
        }
        try await record(RequestEvents.accepted, ["number": .string(CityRequest.bare(number))], request)
        tried[request.code] = nil
    }

    private func refuse(_ request: CityRequest, _ answer: JSON) async throws {
        let ko = answer["reason"]?["ko"]?.text ?? "담당 시스템이 받지 않았습니다."
        let en = answer["reason"]?["en"]?.text ?? "The service did not take it."
        try await record(
            RequestEvents.refused,
            ["reason": ["ko": .string(String(ko.prefix(300))), "en": .string(String(en.prefix(300)))]], request)
        tried[request.code] = nil
    }

    /// It may have been taken: that is said once, and looked up from then on.
    private func doubt(_ request: CityRequest) async throws {
        guard request.state != .unconfirmed else { return }
        try await record(RequestEvents.unconfirmed, [:], request)
    }

    private func record(_ type: String, _ payload: [String: JSON], _ request: CityRequest) async throws {
        try await spine.district.record(
            [
                Draft(
                    type, stream: CityRequest.stream + request.code, scope: request.scope, payload: payload,
                    answers: request.event)
            ],
            origin: Origin(author: .system("citizen.connector")))
    }
}
