import Record

/// How far a vehicle has been told the zones of its site (3.0).
struct ZoneTelling: Sendable, Hashable {
    /// The sets that it is to have: one for each floor with zones.
    var wanted: [VDAZoneSet] = []
    /// When each set was last sent, and how often.
    var told: [String: Told] = [:]

    struct Told: Sendable, Hashable {
        var sent: Timestamp
        var attempts: Int
    }
}

extension VehicleSession {
    /// Has the vehicle keep to the zones of its site: whoever lacks a set is sent it, and it comes into force between two
    /// orders. What it keeps of older editions goes away.
    mutating func tellZones(at now: Timestamp) -> [Effect] {
        guard address.version == .v30, presence == .here, contest == nil, let state, let factsheet else { return [] }
        let wanted = zones.wanted.compactMap { $0.kept(by: factsheet.zones, most: factsheet.zonesInSet) }
        let kept = Dictionary(state.zoneSets.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        var effects: [Effect] = []
        for set in wanted {
            switch kept[set.id] {
            case nil: effects += send(set, at: now)
            case .some(let one) where !one.isEnabled:
                zones.told[set.id] = nil
                // A base that leads through what is closed now would never be driven to its end: first that order ends.
                guard sent == nil, cancelling == nil, state.nodes.isEmpty else { continue }
                effects += ask("enableZoneSet", set.id, at: now)
            default: zones.told[set.id] = nil
            }
        }
        let current = Set(wanted.map(\.id))
        zones.told = zones.told.filter { current.contains($0.key) }
        let replaced = Set(wanted.map(\.map))
        for set in state.zoneSets where set.id.hasPrefix(VDAZoneSet.ours) && !current.contains(set.id) {
            // Its successor puts it out of force; only where it has none it is taken away while it holds.
            guard !set.isEnabled || !replaced.contains(set.map) && sent == nil else { continue }
            effects += ask("deleteZoneSet", set.id, at: now)
        }
        return effects
    }

    private mutating func send(_ set: VDAZoneSet, at now: Timestamp) -> [Effect] {
        let attempts = zones.told[set.id]?.attempts ?? 0
        if let told = zones.told[set.id] {
            // It is said again for ever, but ever more seldom: nobody is in danger, for limits stand in the orders as well.
            guard now.seconds(since: told.sent) >= patience.answer * Double(1 << min(attempts, 6)) else { return [] }
        }
        zones.told[set.id] = .init(sent: now, attempts: attempts + 1)
        return [.send(.zoneSet, set.json(header(.zoneSet, at: now), address))]
    }

    private mutating func ask(_ type: String, _ set: String, at now: Timestamp) -> [Effect] {
        let isAsked = instants.values.contains {
            $0.action.type == type && $0.action.parameters["zoneSetId"]?.text == set
        }
        guard !isAsked else { return [] }
        return instant(
            RouteAction(id: "\(type)-\(set)-\(now.milliseconds)", type: type, parameters: ["zoneSetId": .string(set)]),
            at: now)
    }

    /// Whether the vehicle was sent its zones again and again and does not have them.
    var ignoresZones: Bool { zones.told.values.contains { $0.attempts >= patience.attempts } }

    // MARK: - Requests

    /// What a request was answered last.
    struct Answer: Sendable, Hashable {
        var request: VDAState.Request
        var verdict: ZoneVerdict
        var said: Timestamp
        /// Until when a grant holds, by our clock.
        var until: Timestamp?
    }

    /// Answers requests to use a zone or an edge (3.0), each when its verdict has changed, when a grant is about to run out,
    /// and again where the vehicle does not seem to have heard.
    mutating func answer(at now: Timestamp, _ judge: (VDAState.Request) -> ZoneVerdict) -> [Effect] {
        let open = (state?.requests ?? []).filter(\.isOpen)
        let names = Set(open.map(\.id))
        answered = answered.filter { names.contains($0.key) }
        guard contest == nil, presence == .here else { return [] }
        var answers: [VDAAnswer.One] = []
        for request in open {
            let verdict = judge(request)
            let last = answered[request.id]
            guard isDue(verdict, last, request, at: now) else { continue }
            // What is no longer allowed is taken back from whoever may believe to have it.
            let isRevoked = verdict.answer != .granted && (request.status == "GRANTED" || last?.verdict == .granted)
            let until = verdict == .granted ? now.advanced(bySeconds: patience.grant) : nil
            answered[request.id] = Answer(request: request, verdict: verdict, said: now, until: until)
            // A vehicle holds the moment against its own clock.
            let moment = until.map { $0.advanced(bySeconds: -skew) }
            answers.append(.init(request: request.id, answer: isRevoked ? .revoked : verdict.answer, until: moment))
        }
        guard !answers.isEmpty else { return [] }
        return [.send(.responses, VDAAnswer.json(answers, header(.responses, at: now), address))]
    }

    private func isDue(
        _ verdict: ZoneVerdict, _ last: Answer?, _ request: VDAState.Request, at now: Timestamp
    ) -> Bool {
        guard let last, last.verdict.answer == verdict.answer else { return true }
        let passed = now.seconds(since: last.said)
        switch (verdict.answer, request.status == "GRANTED") {
        case (.granted, true): return passed >= patience.grant / 2
        // A queued request waits for its word, and needs no other before.
        case (.queued, false): return false
        default: return passed >= patience.answer
        }
    }

    /// The zones that it may be in by a grant that has not run out.
    func granted(at now: Timestamp) -> Set<String> {
        Set(
            answered.values.filter { $0.verdict == .granted && ($0.until.map { $0 > now } ?? false) }
                .map(\.request.place))
    }

    /// As the rule about zones sees it. Of an order that is being called off its base still counts.
    func party(at now: Timestamp) -> ZoneTraffic.Party {
        let ahead = sent.map { order in
            order.steps.prefix(order.released).filter { $0.sequence >= order.reached }
        }
        return ZoneTraffic.Party(
            vehicle: vehicle, ahead: ahead ?? [], place: state?.position, granted: granted(at: now), isHeld: isHeld)
    }
}
