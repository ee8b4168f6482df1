import Record

/// Something that vehicles cannot get over by themselves: a person must go and see.
struct RobotCall: Sendable, Hashable {
    /// The event that called.
    let event: Identifier
    let kind: Kind
    let site: String
    /// The vehicle, a thing; of a lift or door its id in the site.
    let thing: String
    let scope: Scope
    let since: Timestamp

    /// The events that call and that say it is over.
    static let waits = "robots.vehicle.waits"
    static let resumed = "robots.vehicle.resumed"
    static let stuck = "robots.gate.stuck"
    static let recovered = "robots.gate.recovered"

    /// Why a person is called.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A lift or a door does not come.
        case gate
        /// The vehicle refuses its orders again and again.
        case refused
        /// It stands inside a place that was closed.
        case inside
        /// It is where the site has no place.
        case moved
        /// No open way leads to what it is to do.
        case unreachable
        /// It cannot reach a charger any more.
        case stranded
        /// It does not answer that its order was called off.
        case unanswered
        /// It is larger or weaker than the site is drawn for, or nobody knows how large it is.
        case unfit
        /// Two stand at one place.
        case twins
        /// It was told to pause and goes on.
        case notPaused
    }
}

extension RobotCall.Kind {
    /// How the alarm of a vehicle's call is named: a fault like those that vehicles report.
    var fault: String { "waits.\(rawValue)" }

    /// By the name of its fault; nil where that is a vehicle's own.
    init?(fault: String) {
        guard fault.hasPrefix("waits."), let kind = Self(rawValue: String(fault.dropFirst("waits.".count))) else {
            return nil
        }
        self = kind
    }

    /// How grave it is, as VDA 5050 grades faults: who does not stop when told is a danger.
    var level: String {
        switch self {
        case .unanswered, .notPaused, .inside: "CRITICAL"
        default: "URGENT"
        }
    }

    /// What has happened.
    var title: Words {
        switch self {
        case .gate: Words("승강기나 문이 오지 않음", "A lift or door does not come")
        case .refused: Words("로봇이 명령을 계속 거절함", "The robot keeps refusing its orders")
        case .inside: Words("닫힌 구역 안에 서 있음", "Stands inside a closed area")
        case .moved: Words("도면에 없는 곳에 있음", "Is where the plan has no place")
        case .unreachable: Words("갈 곳까지 열린 길이 없음", "No open way to where it must go")
        case .stranded: Words("충전기까지 갈 수 없음", "Cannot reach a charger")
        case .unanswered: Words("취소 명령에 대답이 없음", "Does not answer that its order was called off")
        case .unfit: Words("이 현장에 맞지 않는 로봇", "Does not fit this site")
        case .twins: Words("로봇 두 대가 한자리에 있음", "Two robots at one place")
        case .notPaused: Words("멈추라는 명령을 따르지 않음", "Does not stop when told")
        }
    }

    /// What whoever is called is to do.
    var advice: Words {
        switch self {
        case .gate:
            Words(
                "승강기나 문이 고장인지, 제어 장치와 통신이 되는지 확인하고 시설 담당자를 부르세요. 다시 움직이면 저절로 사라집니다.",
                "See whether it is broken or cut off, and call whoever looks after it. This ends by itself once it works."
            )
        case .refused:
            Words(
                "로봇 화면의 오류를 확인하고, 도면의 지점 위에 다시 세운 뒤 자동 모드로 돌리세요.",
                "Read the error at the robot, put it on a place of the plan and switch it to automatic.")
        case .inside:
            Words(
                "구역이 열릴 때까지 움직이지 않습니다. 안전한지 확인한 뒤 사람이 로봇을 구역 밖으로 옮기세요.",
                "It will not move before the area opens. Make sure that it is safe, then take it out by hand.")
        case .moved:
            Words(
                "로봇을 가까운 충전소나 대기 장소로 옮기고 자동 모드로 돌리세요.",
                "Take it to the nearest charger or waiting place and switch it to automatic.")
        case .unreachable:
            Words(
                "닫힌 구역이나 멈춤이 길을 막고 있는지 보고, 길을 열거나 미션을 취소하세요.",
                "See what closes the way, a closed area or a hold; open it, or cancel the mission.")
        case .stranded:
            Words("로봇을 충전기로 옮기거나 배터리를 바꾸세요.", "Take it to a charger, or change its battery.")
        case .unanswered:
            Words(
                "로봇이 계속 움직일 수 있습니다. 비상정지 단추로 세우고 통신을 확인하세요.",
                "It may still be moving. Stop it with its red button and see to its connection.")
        case .unfit:
            Words(
                "제원표와 도면을 견주어 보세요. 도면보다 크거나 제원표가 없는 로봇에는 일을 주지 않습니다.",
                "Hold its factsheet against the plan: what is larger than drawn, or has none, gets no work.")
        case .twins:
            Words("한 대를 다른 지점으로 옮기세요. 그때까지 둘 다 움직이지 않습니다.", "Take one to another place. Until then neither moves.")
        case .notPaused:
            Words(
                "주변 사람을 물리고 비상정지 단추로 세우세요. 원인을 찾기 전에는 다시 쓰지 마세요.",
                "Keep people away and stop it with its red button. Do not use it before you know why.")
        }
    }
}
