/// An invented idea of the sample district.
struct SampleIdea: Sendable {
    let department: String
    let title: String
    let summary: String
    let benefit: String
    var steps: [Idea.State] = []
    /// The register's entry, where it has come so far.
    var use: String?
    var reason: String?

    static let all: [SampleIdea] = [
        SampleIdea(
            department: "women", title: "귀갓길 안심 동행 안내", summary: "늦은 시간 귀갓길의 밝은 길과 비상벨 위치를 안내합니다.",
            benefit: "혼자 늦게 귀가하는 사람", steps: [.reviewed]),
        SampleIdea(
            department: "women", title: "아이돌봄 빈자리 찾기", summary: "가까운 돌봄 기관의 빈자리를 말로 찾습니다.", benefit: "갑자기 돌봄이 필요한 가정"),
        SampleIdea(
            department: "welfare", title: "복지 급여 놓침 알림", summary: "받을 수 있는데 신청하지 않은 급여를 담당자에게 제안합니다.",
            benefit: "신청을 몰랐던 주민", steps: [.reviewed, .planned]),
        SampleIdea(
            department: "welfare", title: "혼자 사는 어르신 안부 전화", summary: "정해진 시각에 전화해 대답이 없으면 담당자에게 알립니다.",
            benefit: "혼자 사는 어르신과 가족", steps: [.reviewed]),
        SampleIdea(
            department: "tourism", title: "외국인 관광 안내 번역", summary: "안내소의 질문과 답을 그 자리에서 옮깁니다.", benefit: "외국인 관광객"),
        SampleIdea(
            department: "tourism", title: "관광지 얼굴 인식 집계", summary: "얼굴을 알아보아 방문객을 셉니다.", benefit: "관광 통계",
            reason: "얼굴을 알아보지 않고도 셀 수 있어 필요하지 않음"),
        SampleIdea(
            department: "transport", title: "버스 도착 음성 안내", summary: "버스 번호를 말하면 도착 시각을 알려 줍니다.",
            benefit: "앱이 어려운 사람", steps: [.reviewed, .planned]),
        SampleIdea(
            department: "transport", title: "신호 주기 제안", summary: "교통량에 맞는 신호 주기를 담당자에게 제안합니다.", benefit: "출퇴근하는 사람"),
        SampleIdea(
            department: "safety", title: "재해유형 자동 제안", summary: "위험 신고의 재해유형을 제안하고 사람이 확정합니다.",
            benefit: "신고를 처리하는 안전관리자", steps: [.reviewed, .planned, .registered], use: "safety.accident-type"),
        SampleIdea(
            department: "industry", title: "설비 이상 미리 알기", summary: "센서의 평소와 다른 변화를 알려 줍니다.",
            benefit: "산업단지의 설비 담당자", steps: [.reviewed, .planned, .registered], use: "sensing.tail"),
        SampleIdea(
            department: "environment", title: "악취 민원 지도", summary: "민원과 바람을 모아 냄새의 방향을 추정합니다.", benefit: "산단 주변 주민"),
        SampleIdea(
            department: "civil", title: "말로 하는 민원 접수", summary: "어르신이 말로 민원을 접수하고 확인을 받습니다.",
            benefit: "앱과 글자가 어려운 사람", steps: [.reviewed, .planned]),
        SampleIdea(
            department: "health", title: "예약 부도 예측", summary: "오지 않을 예약을 미리 맞힙니다.", benefit: "보건소",
            reason: "형편이 어려운 사람에게 불리할 수 있어 접음"),
    ]
}
