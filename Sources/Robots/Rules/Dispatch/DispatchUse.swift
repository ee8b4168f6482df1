import District
import Record

/// The use of AI that gives missions to vehicles. Where it does not stand, people do that.
enum DispatchUse {
    static let use = AIUse(
        "robots.dispatch",
        title: Words("로봇 배차 제안", "Matching of robots and missions"),
        purpose: Words(
            "부탁받은 미션을 어느 로봇이 언제 할지 정하고, 충전과 대기 장소를 미리 고릅니다.",
            "Chooses which robot does which mission and when, and where idle robots charge and wait."),
        model: "rolling regret matching, version 1",
        evidence: Words(
            "로봇의 위치·충전량·적재 능력, 가는 시간, 미션의 우선순위와 기한, 보낸 곳별로 기다린 시간",
            "Where robots are, their charge and what they carry, travel times, priorities, deadlines, and how long each sender has waited"
        ),
        override: Words(
            "운영자가 미션 화면에서 로봇을 직접 정하거나 미션을 취소합니다.", "An operator chooses the robot on the mission board, or cancels."),
        modelInKorean: "앞을 내다보는 후회값 배정, 1판")
}
