import Record

/// What a vehicle really does now, as every page says it: out of its own last words, what keeps it, and the mission that it
/// drives. Nothing else decides this.
struct VehicleDoing: Sendable, Hashable {
    let kind: Kind
    let words: Words
    /// The mission that it drives, or drives next.
    var mission: Errand?
    /// What a person is called for; nil where nobody is.
    var call: Words?

    /// What vehicles do, as people tell them apart.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        case driving, working, charging, idle
        /// Held: by a person, a zone, an emergency, or Safety; and one that is held and still moves.
        case held, stopping
        /// Clearing a corridor in an emergency.
        case clearing
        /// Paused, and by nobody of us.
        case paused
        /// Waiting: for a person, a lift or door, before a place that is held or closed, or for the way.
        case person, gate, barred, way
        /// In a lift.
        case riding
        case fault, manual, unheard, lost, off, contested
    }

    /// What keeps it where it is.
    enum Halt: Sendable, Hashable {
        /// A person pressed the button: for all, for this vehicle or for where it is.
        case person(reason: String)
        /// The zone of the map in which it stands is held, or the one that lies before it.
        case zone(Words, isBefore: Bool)
        case emergency(isDrill: Bool)
        /// Safety has closed where it stands, or what lies before it.
        case closed(isBefore: Bool)
    }

    /// A mission, as far as it tells what a vehicle does.
    struct Errand: Sendable, Hashable {
        var number: String
        /// What is carried, or what kind of mission it is.
        var what: Words
        /// What the stop is called that it stands at or drives to.
        var place: Words
        var task = Mission.Stop.Task.drop
        /// Whether it is being driven, or waits for its turn.
        var isBegun = true
        /// Whether it stands at the stop until somebody comes.
        var waits = false
    }

    /// - Parameters:
    ///   - gate: the lift or the door that must come before it can go on.
    ///   - cabin: the lift in which it stands.
    init(
        _ signs: VehicleSigns, halt: Halt? = nil, errand: Errand? = nil, call: Words? = nil, gate: Words? = nil,
        cabin: Words? = nil
    ) {
        let own = Self.own(signs)
        let found = own ?? Self.kept(signs, halt) ?? Self.going(signs, halt, errand, gate: gate, cabin: cabin)
        (kind, words, mission, self.call) = (found.0, found.1, errand, call)
    }

    /// What goes before everything else: nobody hears it, it is broken, or a hand drives it.
    private static func own(_ signs: VehicleSigns) -> (Kind, Words)? {
        switch signs.presence {
        case .unheard: return (.unheard, Words("소식 없음", "not heard yet"))
        case .silent: return (.lost, Words("연락 끊김", "not heard"))
        case .broken: return (.lost, Words("연결 끊김", "cut off"))
        case .offline: return (.off, Words("꺼짐", "signed off"))
        case .asleep: return (.off, Words("절전", "asleep"))
        case .contested: return (.contested, Words("신원 확인 필요", "identity in doubt"))
        case .here: break
        }
        if signs.isStopped { return (.fault, Words("비상정지 단추 눌림", "its stop button is pressed")) }
        if signs.isFaulty { return (.fault, Words("고장", "fault")) }
        return signs.isByHand ? (.manual, Words("수동 운전", "driven by hand")) : nil
    }

    /// Held or paused where it is.
    private static func kept(_ signs: VehicleSigns, _ halt: Halt?) -> (Kind, Words)? {
        let why: Words
        switch halt {
        case nil, .zone(_, true), .closed(true):
            return signs.isPaused ? (.paused, Words("일시 정지(로봇에서)", "paused at the robot")) : nil
        case .emergency(let isDrill):
            why = isDrill ? Words("비상 대피 훈련", "emergency drill") : Words("비상", "emergency")
            if signs.isDriving { return (.clearing, Words("비키는 중(\(why.ko))", "clearing the way (\(why.en))")) }
        case .person(let reason):
            why = reason.isEmpty ? Words("사람이 멈춤", "held by a person") : Words(reason, reason)
        case .zone(let name, _): why = Words("\(name.ko) 구역을 멈춤", "zone \(name.en) is held")
        case .closed: why = Words("닫힌 구역 안", "inside a closed area")
        }
        return signs.isDriving
            ? (.stopping, Words("멈추는 중(\(why.ko))", "stopping (\(why.en))"))
            : (.held, Words("정지(\(why.ko))", "held (\(why.en))"))
    }

    private static func going(
        _ signs: VehicleSigns, _ halt: Halt?, _ errand: Errand?, gate: Words?, cabin: Words?
    ) -> (Kind, Words) {
        if signs.isDriving { return (.driving, Words("이동 중", "driving")) }
        if let errand, errand.isBegun, errand.waits {
            let who = errand.task.expected
            return (
                .person,
                Words(
                    "사람을 기다림(\(errand.place.ko), \(who.ko))", "waiting for a person (\(errand.place.en), \(who.en))")
            )
        }
        if signs.isWorking { return (.working, Words("작업 중", "working")) }
        switch halt {
        case .zone(let name, true):
            return (.barred, Words("멈춘 \(name.ko) 구역 앞에서 기다림", "waiting before the held zone \(name.en)"))
        case .closed(true): return (.barred, Words("닫힌 곳 앞에서 기다림", "waiting before a closed area"))
        default: break
        }
        if let gate { return (.gate, Words("\(gate.ko) 기다림", "waiting for \(gate.en)")) }
        if let cabin { return (.riding, Words("\(cabin.ko) 안", "in \(cabin.en)")) }
        if signs.isCharging { return (.charging, Words("충전 중", "charging")) }
        if !signs.next.isEmpty { return (.way, Words("길이 비기를 기다림", "waiting for the way")) }
        return (.idle, Words("대기", "idle"))
    }
}

extension Mission.Stop.Task {
    /// Who has to come at such a stop.
    var expected: Words {
        switch self {
        case .pick: Words("실어 줄 사람", "whoever loads it")
        case .drop: Words("받을 사람", "the recipient")
        default: Words("만날 사람", "whoever is visited")
        }
    }
}

extension VehicleDoing.Kind {
    /// How its badge looks.
    var badge: String {
        switch self {
        case .driving, .working: "ok"
        case .charging, .riding: "info"
        case .idle: "neutral"
        case .held, .stopping, .clearing, .paused, .person, .gate, .barred, .way, .manual: "warn"
        case .fault, .contested: "danger"
        case .unheard: "unknown"
        case .lost: "stale"
        case .off: "off"
        }
    }

    /// The word beside its name on the map; nil where the drawing says it.
    var short: Words? {
        switch self {
        case .held, .stopping, .paused: Words("정지", "held")
        case .clearing: Words("비키는 중", "clearing")
        case .person: Words("사람 기다림", "waits for a person")
        case .gate: Words("승강기·문 기다림", "waits for a lift or door")
        case .barred, .way: Words("길 기다림", "waits")
        case .lost, .unheard, .off: Words("연락 끊김", "not heard")
        case .fault, .contested: Words("고장", "fault")
        case .driving, .working, .charging, .idle, .riding, .manual: nil
        }
    }
}
