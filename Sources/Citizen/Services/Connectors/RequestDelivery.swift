import District
import Record
import Store

/// Brings requests to the city's systems, each exactly once: the event's identifier is the key they fold them by, and
/// where it is not known whether one was taken, it is looked up by that key before it is sent again. Whoever brings one
/// takes it up in the tables first, so that of several nodes, and of one that came back, only one sends.
struct RequestDelivery: Sendable {
    let spine: Spine
    let services: CityServices
    /// Waiting is counted by real time, also where the house's clock stands still.
    private let clock: TimeSource = { .now() }

    /// How many are brought at once.
    static let hands = 4
    /// How many due ones are looked at in one go.
    private static let batch = 20

    private var patience: Double { services.line.endpoint.patience }

    /// Brings all that wait and are due. What fails for one is told and keeps no other.
    func sweep() async {
        while services.line.address(spine) != nil, !Task.isCancelled {
            do {
                let now = clock()
                let due = try await spine.district.store.read {
                    try DeliveryTable.due(at: now, limit: Self.batch, in: $0)
                }
                var isAny = false
                // Several hands at once should not reach for the same one.
                for id in due.shuffled() {
                    do {
                        isAny = try await deliver(id: id) || isAny
                    } catch {
                        spine.district.report("a request could not be brought to the city", error)
                    }
                }
                guard isAny, due.count == Self.batch else { return }
            } catch {
                return spine.district.report("requests could not be brought to the city", error)
            }
        }
    }

    /// Brings one, where it waits and nobody else brings it.
    /// - Returns: whether this was who took it up.
    @discardableResult
    func deliver(id: String) async throws -> Bool {
        guard let base = services.line.address(spine) else { return false }
        let (holder, now) = (Identifier().description, clock())
        // A look-up and a sending, each as long as it may take, and some more.
        let until = now.advanced(bySeconds: 2 * patience + 10)
        let store = spine.district.store
        let taken = try await store.write { writer -> (CityRequest, Int64)? in
            guard let request = try RequestTable.find(id: id, in: writer), request.isUndelivered,
                let tries = try DeliveryTable.claim(id, by: holder, at: now, until: until, in: writer)
            else { return nil }
            return (request, tries)
        }
        guard let (request, tries) = taken else { return false }
        let end: End
        do {
            end = try await bring(request, isFirst: tries == 1, as: holder, to: base)
        } catch {
            // Whoever took it up holds it no longer than its time, also where it could not be given back.
            do { try await release(id, holder, tries, isSent: nil) } catch {
                spine.district.report("a request that failed could not be given back at once", error)
            }
            throw error
        }
        switch end {
        case .settled: try await store.write { try DeliveryTable.forget(id, in: $0) }
        case .kept: try await release(id, holder, tries, isSent: false)
        case .sent: try await release(id, holder, tries, isSent: true)
        case .unknown: try await release(id, holder, tries, isSent: nil)
        }
        return true
    }

    private func release(_ id: String, _ holder: String, _ tries: Int64, isSent: Bool?) async throws {
        // Half a second, one, two …, at most a minute apart.
        let pause = min(60, 0.25 * Double(1 << min(tries, 10)))
        let due = clock().advanced(bySeconds: pause)
        try await spine.district.store.write {
            try DeliveryTable.release(id, by: holder, isSent: isSent, due: due, in: $0)
        }
    }

    /// What one try came to.
    private enum End {
        /// It has its verdict.
        case settled
        /// It was sent, and nobody knows whether it was taken.
        case sent
        /// It did not arrive anywhere.
        case kept
        /// Nothing new is known.
        case unknown
    }

    private func bring(_ request: CityRequest, isFirst: Bool, as holder: String, to base: String) async throws -> End {
        let exchange = CityExchange(base: base, patience: patience)
        let key = request.event.description
        // Only what nobody can have sent before is sent without asking.
        let isNew =
            isFirst && request.state == .waiting
            && spine.district.clock().seconds(since: request.submitted) < patience
        if !isNew {
            switch await exchange.get("/requests/\(key)") {
            case .answered(200, let answer): return try await settle(request, answer)
            case .answered(404, _): break
            default: return .unknown
            }
        }
        // Written down before it is done: until its answer is here, nobody is told that it is only kept.
        guard try await spine.district.store.write({ try DeliveryTable.send(request.id, by: holder, in: $0) }) else {
            return .unknown
        }
        switch await exchange.post("/requests", document(request), key: key) {
        case .answered(200...299, let answer): return try await settle(request, answer)
        case .answered(let status, let answer) where [400, 409, 422].contains(status) && Self.reason(answer) != nil:
            return try await refuse(request, Self.reason(answer))
        case .answered(let status, _) where (400...499).contains(status):
            // No word on this request: the line, its key or its load. Whoever runs the house must hear of it.
            spine.gauges.add("slipway_citizen_undelivered_total", labels: "status=\"\(status)\"")
            spine.district.report("the city's system does not let requests in; they are kept", Shut(status: status))
            return .kept
        case .unreached: return .kept
        case .answered, .silent: return try await doubt(request)
        }
    }

    /// The city's system answered, but not about the request.
    private struct Shut: Error { let status: Int }

    /// What goes there.
    private func document(_ request: CityRequest) -> JSON {
        [
            "key": .string(request.event.description), "number": .string(request.number),
            "service": .string(request.service), "submitted": .string(request.submitted.description),
            "values": .object(request.open.merging(request.personal ?? [:]) { $1 }),
        ]
    }

    private func settle(_ request: CityRequest, _ answer: JSON) async throws -> End {
        guard let number = answer["number"]?.text, !number.isEmpty, number.utf8.count <= 40 else {
            return try await doubt(request)
        }
        try await record(RequestEvents.accepted, ["number": .string(CityRequest.bare(number))], request)
        return .settled
    }

    /// Why it was refused, in words; nil where the answer gives no reason and is no refusal.
    private static func reason(_ answer: JSON) -> Words? {
        let (ko, en) = (answer["reason"]?["ko"]?.text ?? "", answer["reason"]?["en"]?.text ?? "")
        guard !ko.isEmpty || !en.isEmpty else { return nil }
        return Words(String((ko.isEmpty ? en : ko).prefix(300)), String((en.isEmpty ? ko : en).prefix(300)))
    }

    private func refuse(_ request: CityRequest, _ reason: Words?) async throws -> End {
        let words = reason ?? Words("담당 시스템이 받지 않았습니다.", "The service did not take it.")
        // Whoever wrote the reason may have written of a person.
        let content: JSON = ["ko": .string(words.ko), "en": .string(words.en)]
        try await record(
            RequestEvents.refused, [:], request,
            personal: ["reason": PersonalContent(of: RequestAsk.subject(request), content)])
        return .settled
    }

    /// It may have been taken: that is said once, and looked up from then on.
    private func doubt(_ request: CityRequest) async throws -> End {
        if request.state != .unconfirmed { try await record(RequestEvents.unconfirmed, [:], request) }
        return .sent
    }

    /// Records what came of it, where nobody else has meanwhile.
    private func record(
        _ type: String, _ payload: [String: JSON], _ request: CityRequest, personal: [String: PersonalContent] = [:]
    ) async throws {
        var version = request.version
        for _ in 0..<5 {
            do {
                try await spine.district.record(
                    [
                        Draft(
                            type, stream: CityRequest.stream + request.id, scope: request.scope, payload: payload,
                            personal: personal, expectedVersion: version, answers: request.event)
                    ],
                    origin: Origin(author: .system("citizen.connector")))
                return
            } catch let error as RecordError where error.code == .conflict {
                let now = try await spine.district.store.read { try RequestTable.find(id: request.id, in: $0) }
                // A verdict stands. What staff did meanwhile stands too, and a number is added to it.
                guard let now, now.receipt == nil, now.state != .refused else { return }
                guard type != RequestEvents.unconfirmed || now.state == .waiting else { return }
                version = now.version
            }
        }
        throw RecordError(.conflict, "a request moved on while its outcome was recorded")
    }
}
