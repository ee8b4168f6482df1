import District
import Record
import Store
import Web

/// Missions of the sample district: some of the past day, some that wait. Invented, and marked so.
struct MissionSample {
    let district: District
    let settings: MissionSettings

    private static let origin = Origin(author: .system("robots.sample"))

    /// How a past mission went.
    private enum Course: Sendable { case done, late, nobody, cancelled, unanswered }

    private struct Story: Sendable {
        let site: String
        let firm: FirmID
        let kind: Mission.Kind
        let nodes: [String]
        let items: Words
        var priority: Mission.Priority = .normal
        var proof: Mission.Stop.Proof = .code
        /// When it was asked for, in minutes before now.
        let ago: Double
        /// Nil while it waits for a robot.
        var course: Course? = .done
        var vehicle = "nr-01"
    }

    private static let stories: [Story] = [
        Story(
            site: "onyu-main", firm: "firm-onyu", kind: .deliver, nodes: ["lab", "er"],
            items: Words("검체 2통", "Two specimens"), priority: .clinical, proof: .badge, ago: 1290),
        Story(
            site: "onyu-main", firm: "firm-onyu", kind: .deliver, nodes: ["kitchen", "nurses-3b"],
            items: Words("아침 식사 12인분", "Twelve breakfasts"), proof: .none, ago: 1180, vehicle: "nr-02"),
        Story(
            site: "onyu-main", firm: "firm-onyu", kind: .round, nodes: ["room-3a-1", "room-3a-2", "room-3a-3"],
            items: Words("", ""), priority: .urgent, proof: .none, ago: 1100, course: .unanswered),
        Story(
            site: "solmaru", firm: "firm-solmaru", kind: .deliver, nodes: ["cafe-mulgyeol", "home-2"],
            items: Words("커피 두 잔과 빵", "Two coffees and bread"), ago: 980, vehicle: "sl-01"),
        Story(
            site: "haesol-center", firm: "firm-haesol", kind: .deliver, nodes: [],
            items: Words("상자 3개", "Three boxes"), proof: .none, ago: 900, vehicle: "sl-03"),
        Story(
            site: "onyu-main", firm: "firm-onyu", kind: .deliver, nodes: ["pharmacy", "nurses-3a"],
            items: Words("정규 처방약", "Regular medicines"), priority: .urgent, proof: .badge, ago: 760, course: .late),
        Story(
            site: "solmaru", firm: "firm-solmaru", kind: .deliver, nodes: ["cafe-noeul", "apartments"],
            items: Words("도시락 4개", "Four lunch boxes"), ago: 610, course: .nobody, vehicle: "sl-02"),
        Story(
            site: "onyu-main", firm: "firm-onyu", kind: .fetch, nodes: ["er", "lab"],
            items: Words("응급 검체", "Urgent specimen"), priority: .clinical, proof: .badge, ago: 540),
        Story(
            site: "solmaru", firm: "firm-solmaru", kind: .deliver, nodes: ["cafe-deungdae", "community"],
            items: Words("음료 6잔", "Six drinks"), ago: 420, course: .cancelled, vehicle: "sl-01"),
        Story(
            site: "haesol-center", firm: "firm-haesol", kind: .deliver, nodes: [],
            items: Words("반품 상자", "Returns"), priority: .low, proof: .none, ago: 330, vehicle: "nr-03"),
        Story(
            site: "onyu-main", firm: "firm-onyu", kind: .deliver, nodes: ["linen", "nurses-3b"],
            items: Words("시트 20장", "Twenty sheets"), priority: .low, proof: .none, ago: 240, vehicle: "nr-02"),
        Story(
            site: "solmaru", firm: "firm-solmaru", kind: .patrol, nodes: ["depot", "community", "apartments"],
            items: Words("", ""), priority: .low, proof: .none, ago: 150, vehicle: "sl-02"),
        Story(
            site: "onyu-main", firm: "firm-onyu", kind: .deliver, nodes: ["pharmacy", "nurses-3b"],
            items: Words("수혈용 혈액", "Blood for transfusion"), priority: .clinical, proof: .badge, ago: 2, course: nil),
        Story(
            site: "solmaru", firm: "firm-solmaru", kind: .deliver, nodes: ["cafe-mulgyeol", "home-1"],
            items: Words("라테 두 잔", "Two lattes"), ago: 4, course: nil),
        Story(
            site: "haesol-center", firm: "firm-haesol", kind: .deliver, nodes: [],
            items: Words("상자 2개", "Two boxes"), proof: .none, ago: 3, course: nil),
    ]

    /// Founds nothing twice.
    /// - Parameter places: the stations of the sites, from which a warehouse's come.
    func found(_ places: [Place]) async throws {
        let now = district.clock()
        let isFounded = try await MissionJournal(district: district).find("mission/sample-0") != nil
        guard !isFounded else { return }
        for (number, story) in Self.stories.enumerated() {
            let known = places.filter { $0.site == story.site }.map(\.node)
            let nodes = story.nodes.isEmpty ? Self.pair(known, number) : story.nodes
            guard nodes.count >= 2, nodes.allSatisfy(known.contains) else { continue }
            let byHand = Set(places.filter { $0.site == story.site && $0.loading == .person }.map(\.node))
            let drafts = course(of: story, nodes, byHand, number: number, now)
            try await district.record(drafts, origin: Self.origin)
        }
    }

    /// Two stations of a warehouse, other ones each time.
    private static func pair(_ known: [String], _ number: Int) -> [String] {
        guard known.count >= 2 else { return [] }
        return [known[number % known.count], known[known.count - 1 - number % (known.count / 2)]]
    }

    private func course(
        of story: Story, _ nodes: [String], _ byHand: Set<String>, number: Int, _ now: Timestamp
    ) -> [Draft] {
        let start = now.advanced(bySeconds: -story.ago * 60)
        let id = "mission/sample-\(number)"
        var kept = MissionCase(
            mission: Mission(
                id: id, kind: story.kind, site: story.site, stops: stops(story, nodes, byHand),
                priority: story.priority,
                deadline: story.course == nil ? now.advanced(bySeconds: 1800) : nil, items: story.items.ko,
                scope: .firm(story.firm), asked: start),
            sender: story.firm.rawValue, purpose: nil, author: "system:robots.sample")
        kept.isSample = true
        let subject = PersonID("recipient-sample-\(number)")
        if story.kind == .deliver { kept.secret.recipient = "받는 사람 \(number + 1)(예시)" }
        if story.kind == .round { kept.secret.says = [0: "약 드실 시간입니다.", 1: "물 한 잔 드세요.", 2: "산책 시간입니다."] }
        if story.course == nil, kept.mission.stops.contains(where: { $0.task == .drop }) {
            // A link and digits that nobody can guess, as for every other mission.
            (kept.secret.track, kept.secret.digits) = (
                MissionAsk.link(), story.proof == .code ? HandOver.digits() : nil
            )
        }
        var asked = MissionEvents.asked(kept, subject: subject)
        asked.observed = start
        guard let course = story.course else { return [asked] }
        let drafts = [asked] + drive(&kept, story, course, from: start)
        return drafts + unload(kept, drafts.last?.observed ?? start)
    }

    /// Whoever was called took out what stayed aboard, a quarter of an hour later.
    private func unload(_ kept: MissionCase, _ ended: Timestamp) -> [Draft] {
        guard let vehicle = kept.mission.vehicle, kept.mission.isLoaded else { return [] }
        var draft = MissionEvents.unloaded(
            LadenVehicle(
                vehicle: vehicle, site: kept.mission.site, scope: kept.mission.scope, missions: [kept.id], since: ended)
        )
        draft.observed = ended.advanced(bySeconds: 900)
        return [draft]
    }

    private func stops(_ story: Story, _ nodes: [String], _ byHand: Set<String>) -> [Mission.Stop] {
        nodes.enumerated().map { index, node in
            switch story.kind {
            case .patrol: .init(node: node, task: .look)
            case .round: .init(node: node, task: .visit, patience: settings.visit)
            case .deliver, .fetch:
                .init(
                    node: node, task: index == 0 ? .pick : .drop,
                    proof: (index == 0) == (story.kind == .fetch) ? story.proof : .none,
                    patience: index == 0 ? settings.loading : settings.handOver,
                    loading: index == 0 && byHand.contains(node) ? .person : .automatic)
            }
        }
    }

    /// The steps that a past mission went through, each as the rules allow it.
    private func drive(
        _ kept: inout MissionCase, _ story: Story, _ course: Course, from start: Timestamp
    ) -> [Draft] {
        let maker = story.vehicle.hasPrefix("nr") ? "narae" : "sealane"
        let vehicle = VehicleID(manufacturer: maker, serial: story.vehicle)
        var (drafts, time): ([Draft], Timestamp) = ([], start)
        func add(_ seconds: Double, _ draft: (MissionCase) throws(MissionFault) -> Draft) {
            time = time.advanced(bySeconds: seconds)
            guard var next = try? draft(kept) else { return }
            next.observed = time
            kept.apply(next.type, next.payload, at: time)
            drafts.append(next)
        }
        let promise = Promise(
            due: start.advanced(bySeconds: 90 + 180 * Double(kept.mission.stops.count)),
            late: start.advanced(bySeconds: 200 + 220 * Double(kept.mission.stops.count)))
        add(20) { (kept) throws(MissionFault) in
            try MissionEvents.assigned(kept, to: vehicle, promise: promise, by: DispatchUse.use.id)
        }
        let last = kept.mission.stops.count - 1
        for leg in 0...last {
            add(15) { (kept) throws(MissionFault) in try MissionEvents.started(kept, leg: leg) }
            if course == .cancelled, leg == last {
                add(60) { (kept) throws(MissionFault) in try MissionEvents.cancelled(kept, why: "person") }
                return drafts
            }
            if course == .late, leg == last {
                let moved = Promise(
                    due: promise.due.advanced(bySeconds: 360), late: promise.late.advanced(bySeconds: 480))
                add(45) { (kept) throws(MissionFault) in try MissionEvents.promised(kept, moved) }
                time = time.advanced(bySeconds: 330)
            }
            add(140) { (kept) throws(MissionFault) in try MissionEvents.arrived(kept, leg: leg) }
            guard kept.mission.stops[leg].needsSomebody else { continue }
            add(1) { (kept) throws(MissionFault) in try MissionEvents.waiting(kept, leg: leg) }
            if course == .nobody, leg == last {
                add(180) { (kept) throws(MissionFault) in try MissionEvents.called(kept, .nobody) }
                add(540) { (kept) throws(MissionFault) in try MissionEvents.failed(kept, .nobody) }
                return drafts
            }
            let proof = kept.mission.stops[leg].proof
            if story.kind == .round, course == .unanswered, leg == 1 {
                add(120) { (kept) throws(MissionFault) in try MissionEvents.called(kept, .nobody) }
                add(120) { (kept) throws(MissionFault) in try MissionEvents.passed(kept, leg: leg) }
            } else if story.kind == .round {
                add(25) { (kept) throws(MissionFault) in try MissionEvents.answered(kept, leg: leg) }
            } else {
                add(40) { (kept) throws(MissionFault) in try MissionEvents.handed(kept, leg: leg, proof: proof) }
            }
        }
        add(5) { (kept) throws(MissionFault) in try MissionEvents.completed(kept) }
        return drafts
    }
}
