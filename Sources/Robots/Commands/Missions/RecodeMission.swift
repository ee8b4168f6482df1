import Access
import District
import Record
import Store

/// New digits for a hand-over: where the old ones were locked by wrong tries, or known to the wrong person.
enum RecodeMission {
    static let command = Command(
        Form(
            "robots.mission.recode", title: Words("새 인수 번호", "Issue a new code"),
            help: Words(
                "새 번호를 만들고 잠긴 것을 풉니다. 옛 번호는 쓸 수 없고, 새 번호는 받는 분의 확인 주소에 바로 나옵니다.",
                "Makes a new code and unlocks the hand-over. The old one opens nothing any more; the recipient's link shows the new one."
            ),
            fields: [MissionFound.field],
            permission: .roles(MissionFound.operators).orToken("command:robots.mission.recode"),
            confirmation: .readBack, surfaces: [.web, .http, .cli])
    ) { ask, tables in
        let kept = try MissionFound.named(ask, tables)
        guard kept.mission.isOpen, kept.mission.isHandedByCode else {
            throw Refusal(
                .conflict, "mission.no-code",
                Words("인수 번호로 받는 진행 중인 미션이 아닙니다.", "This mission is over, or has no code."))
        }
        return [
            MissionEvents.coded(kept, digits: HandOver.digits(), subject: PersonID("recipient-\(Secret.code())"))
        ]
    }
}

extension Mission {
    /// Whether what is still to come has a hand-over by digits.
    var isHandedByCode: Bool { stops.dropFirst(isServed ? leg + 1 : leg).contains { $0.proof == .code } }
}
