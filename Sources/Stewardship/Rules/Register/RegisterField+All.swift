import District
import Record

extension RegisterField {
    /// Everything that is said of a use, in the order of its page. What the house itself knows (state, permit, tests,
    /// incidents) is no field.
    static let all: [RegisterField] = [
        RegisterField("name", Words("이름", "Name"), .line, .what, needed: .triage),
        RegisterField("name_en", Words("영어 이름", "Name in English"), .line, .what),
        RegisterField(
            "summary", Words("쉬운 설명", "Plain summary"), .text, .what, needed: .triage,
            help: Words("시민이 읽습니다. 두세 문장으로 쉽게 씁니다.", "Citizens read this: two or three plain sentences.")),
        RegisterField("summary_en", Words("영어 설명", "Summary in English"), .text, .what),
        RegisterField("version", Words("버전", "Version"), .line, .what, needed: .approve),
        RegisterField(
            "begins", Words("시작일", "Begins on"), .day, .what, help: Words("예: 2026-12-01", "For example 2026-12-01")),
        RegisterField(
            "owner", Words("담당자", "Owner"), .person, .who, needed: .triage,
            help: Words("이 사람은 승인할 수 없습니다.", "This person cannot approve it.")),
        RegisterField("department", Words("담당 부서", "Department"), .line, .who, needed: .triage),
        RegisterField(
            "officer", Words("책임관(직위)", "Senior responsible officer (position)"), .line, .who, needed: .approve),
        RegisterField("supplier", Words("공급자", "Supplier"), .line, .who, needed: .approve),
        RegisterField(
            "contact", Words("문의처", "Contact"), .line, .who, needed: .approve,
            help: Words("개인이 아닌 부서의 전화나 전자우편", "The department's telephone or e-mail, not a person's")),
        RegisterField("purpose", Words("목적", "Purpose"), .text, .why, needed: .triage),
        RegisterField("legal_basis", Words("법적 근거", "Legal basis"), .text, .why, needed: .approve),
        RegisterField("affected", Words("영향을 받는 사람", "Who is affected"), .text, .why, needed: .triage),
        RegisterField(
            "alternatives", Words("검토한 다른 방법", "Alternatives considered"), .text, .why, needed: .approve),
        RegisterField("model", Words("모델 또는 방법", "Model or method"), .text, .model, needed: .approve),
        RegisterField("model_hash", Words("모델 해시(SHA-256)", "Hash of the model (SHA-256)"), .hash, .model),
        RegisterField("prompt_hash", Words("프롬프트 해시(SHA-256)", "Hash of the prompt (SHA-256)"), .hash, .model),
        RegisterField("data_hash", Words("데이터 해시(SHA-256)", "Hash of the data (SHA-256)"), .hash, .model),
        RegisterField("data", Words("쓰는 데이터", "Data used"), .text, .model, needed: .approve),
        RegisterField(
            "personal", Words("개인정보 구분", "Class of personal data"),
            .choice([
                .init("none", Words("개인정보 없음", "No personal data")),
                .init("pseudonymous", Words("가명정보", "Pseudonymised")),
                .init("personal", Words("개인정보", "Personal")),
                .init("sensitive", Words("민감정보·고유식별정보", "Sensitive, or a national identifier")),
            ]), .model, needed: .approve),
        RegisterField("retention", Words("보유 기간", "Retention"), .line, .model, needed: .approve),
        RegisterField(
            "role", Words("결정에서의 역할", "Role in the decision"),
            .choice([
                .init("informs", Words("참고 정보만 준다", "Informs only")),
                .init("proposes", Words("제안하고 사람이 정한다", "Proposes; a person decides")),
                .init("decides", Words("스스로 정한다", "Decides by itself")),
            ]), .decision, needed: .triage),
        RegisterField("evidence", Words("남기는 근거", "Evidence kept"), .text, .decision),
        RegisterField("override", Words("사람이 뒤집는 방법", "How a person overrules it"), .text, .decision, needed: .approve),
        RegisterField(
            "notice", Words("알림 문구", "Notice"), .text, .notice, needed: .approve,
            help: Words("이 인공지능을 만나는 사람에게 그대로 보여 줍니다.", "Shown as it stands to whoever meets this AI.")),
        RegisterField("notice_en", Words("영어 알림 문구", "Notice in English"), .text, .notice),
        RegisterField("appeal", Words("이의 제기 방법", "How to object"), .text, .notice, needed: .approve),
        RegisterField("kpis", Words("성과 지표", "Measures of success"), .text, .operation, needed: .approve),
        RegisterField("website", Words("더 알아보기(주소)", "Further information (address)"), .line, .operation),
    ]

    /// What an approval is for: with any of these changed it is another use, and approval is asked for anew.
    static let material = [
        "model", "version", "model_hash", "prompt_hash", "data_hash", "purpose", "role", "personal", "override",
    ]
}
