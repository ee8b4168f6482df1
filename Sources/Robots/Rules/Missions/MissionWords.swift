import Record

extension Mission.Kind {
    /// What people call it.
    var words: Words {
        switch self {
        case .deliver: Words("배달", "Delivery")
        case .fetch: Words("가져오기", "Fetching")
        case .patrol: Words("순찰", "Patrol")
        case .round: Words("돌봄 순회", "Care round")
        }
    }
}

extension Mission.Priority {
    /// By the name that forms and facts carry.
    init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }

    /// As forms and facts carry it.
    var name: String {
        switch self {
        case .clinical: "clinical"
        case .urgent: "urgent"
        case .normal: "normal"
        case .low: "low"
        }
    }

    /// What people call it.
    var words: Words {
        switch self {
        case .clinical: Words("진료", "Clinical")
        case .urgent: Words("급함", "Urgent")
        case .normal: Words("보통", "Normal")
        case .low: Words("나중", "When there is time")
        }
    }

    /// The badge it carries.
    var badge: String {
        switch self {
        case .clinical: "danger"
        case .urgent: "warn"
        case .normal: "neutral"
        case .low: "off"
        }
    }
}

extension Mission.State {
    /// What people call it.
    var words: Words {
        switch self {
        case .asked: Words("로봇을 기다림", "waiting for a robot")
        case .assigned: Words("로봇 정해짐", "given to a robot")
        case .underway: Words("가는 중", "under way")
        case .waiting: Words("사람을 기다림", "waiting for somebody")
        case .completed: Words("완료", "done")
        case .cancelled: Words("취소됨", "cancelled")
        case .failed: Words("실패", "failed")
        }
    }

    /// The badge it carries.
    var badge: String {
        switch self {
        case .asked: "neutral"
        case .assigned, .underway: "info"
        case .waiting: "warn"
        case .completed: "ok"
        case .cancelled: "off"
        case .failed: "danger"
        }
    }
}

extension Mission.Stop.Task {
    /// What is done there.
    var words: Words {
        switch self {
        case .pick: Words("싣기", "Load")
        case .drop: Words("전달", "Hand over")
        case .visit: Words("방문", "Visit")
        case .look: Words("살펴보기", "Look")
        }
    }
}

/// Why a mission failed, or a person was called: a code that stays the same, and its words.
enum MissionReason: String, Sendable, Hashable, CaseIterable {
    /// Nobody came to the stop in time.
    case nobody
    /// Nobody said in time that goods are aboard: it never drives off empty.
    case notLoaded = "not-loaded"
    /// The vehicle that had it waits for somebody, or has goods aboard that must come out first.
    case occupied
    /// Too many wrong codes.
    case tries
    /// It became too warm, or nobody knows how warm it is.
    case cold, coldUnknown = "cold-unknown"
    /// No vehicle can get there.
    case unreachable
    /// Heavier than any vehicle carries.
    case heavy
    /// No vehicle can do what is asked.
    case unable
    /// The vehicle was lost, broken or taken off.
    case vehicle
    /// A place that nobody knows.
    case place
    /// A person decided so.
    case person
    /// It is later than wanted.
    case late
    /// Nobody has taken it for a long time.
    case untaken

    /// What people read.
    var words: Words {
        switch self {
        case .nobody: Words("제시간에 받을 사람이 오지 않았습니다.", "Nobody came in time.")
        case .notLoaded: Words("제시간에 물건을 싣지 않았습니다.", "Nobody loaded it in time.")
        case .occupied:
            Words(
                "맡았던 로봇이 다른 곳에서 사람을 기다리고 있습니다.", "The robot that had it is waiting for somebody elsewhere.")
        case .tries: Words("인수 번호가 여러 번 틀렸습니다.", "The code was wrong too often.")
        case .cold: Words("온도가 한도를 넘었습니다.", "The temperature went above the limit.")
        case .coldUnknown: Words("온도를 확인할 수 없습니다.", "The temperature is not known.")
        case .unreachable: Words("로봇이 갈 수 없는 곳입니다.", "No robot can get there.")
        case .heavy: Words("로봇이 실을 수 있는 무게를 넘습니다.", "It is heavier than any robot here carries.")
        case .unable: Words("이 일을 할 수 있는 로봇이 없습니다.", "No robot here can do this.")
        case .vehicle: Words("로봇에 문제가 생겼거나 연락이 끊겼습니다.", "The robot has a problem, or is not heard.")
        case .place: Words("알 수 없는 장소입니다.", "The place is not known.")
        case .person: Words("담당자가 정했습니다.", "A person decided so.")
        case .late: Words("약속한 시각보다 늦습니다.", "It is later than was promised or wanted.")
        case .untaken: Words("오래도록 맡는 로봇이 없습니다.", "No robot has taken it for a long time.")
        }
    }

    /// The words of a code that an event carries.
    static func words(_ code: String) -> Words { Self(rawValue: code)?.words ?? Words(code, code) }
}
