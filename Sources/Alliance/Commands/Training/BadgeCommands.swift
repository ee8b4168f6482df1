import Access
import District
import Record
import Store

/// Revokes a credential, says what of it everybody may see, and names who issues them.
enum BadgeCommands {
    private static let badge = Field("badge", Words("수료증", "Credential"), .reference(kind: "badge", source: nil))

    static let revoke = Command(
        Form(
            "alliance.training.badge.revoke", title: Words("수료증 취소", "Revoke a credential"),
            help: Words(
                "확인 화면과 상태 목록에 바로 취소로 나타납니다. 되돌릴 수 없습니다.",
                "It shows at once on its page and in the status list, and cannot be undone."),
            fields: [
                badge,
                Field(
                    "reason", Words("사유", "Reason"),
                    .choice(BadgeCredential.Reason.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                Field("note", Words("자세한 내용", "In detail"), .text(maximum: 300), required: false, isPersonal: true),
            ],
            permission: TrainingRefusals.runners.orToken("command:alliance.training.badge.revoke"),
            confirmation: .readBack)
    ) { ask, tables in
        guard let badge = try BadgeTable.badge(ask.values.text("badge"), in: tables) else {
            throw TrainingRefusals.badge
        }
        guard badge.revoked == nil else {
            throw TrainingRefusals.fault(
                "badge", "revoked", Words("이미 취소된 수료증입니다.", "It was revoked already."), .conflict)
        }
        let note = ask.values.text("note")
        let revoked = Draft(
            TrainingEvents.revoked, stream: TrainingEvents.stream(ofBadge: badge.enrolment), scope: badge.scope,
            payload: ["enrolment": .string(badge.enrolment), "reason": .string(ask.values.text("reason"))],
            personal: note.isEmpty ? [:] : ["note": PersonalContent(of: badge.person, .string(note))])
        // What was recorded with it for the register of AI counts no more either.
        let certificates = try BadgeTable.certificates(of: badge.id, in: tables).map { certificate in
            Draft(
                CertificateIssued.revoked, stream: "certificate/\(certificate)", scope: .zone,
                payload: [
                    "certificate": .string(certificate),
                    "reason": .string(TrainingEvents.stream(ofBadge: badge.enrolment)),
                ])
        }
        return [revoked] + certificates
    }

    static let show = Command(
        Form(
            "alliance.training.badge.show", title: Words("수료증 공개 범위", "What everybody may see"),
            help: Words(
                "확인 화면에는 과정과 유효 여부만 나옵니다. 이름과 점수는 고른 것만 나옵니다.",
                "The page of your credential says what it is for and whether it counts. Name and score only where you say so."
            ),
            fields: [
                badge, Field("name", Words("이름 보이기", "Show my name"), .flag, required: false),
                Field("score", Words("점수 보이기", "Show my score"), .flag, required: false),
            ],
            permission: .signedIn)
    ) { ask, tables in
        guard let badge = try BadgeTable.badge(ask.values.text("badge"), in: tables), badge.person == ask.caller.person
        else { throw TrainingRefusals.badge }
        return [
            Draft(
                TrainingEvents.shown, stream: TrainingEvents.stream(ofBadge: badge.enrolment), scope: badge.scope,
                payload: [
                    "enrolment": .string(badge.enrolment), "name": .bool(ask.values.flag("name")),
                    "score": .bool(ask.values.flag("score")),
                ])
        ]
    }

    static let name = Command(
        Form(
            "alliance.training.issuer.name", title: Words("수료증 발급 기관 정하기", "Name who issues credentials"),
            help: Words(
                "수료증에 적힐 기관 이름과 누구나 여는 주소입니다. 이미 받은 수료증은 그때의 주소로 확인하므로, 주소는 바꾸지 않는 것이 좋습니다.",
                "The name and public address that stand in credentials. Those that were carried away keep the address of their day: let it stay."
            ),
            fields: [
                Field("name_ko", Words("기관 이름(한국어)", "Name (Korean)"), .text(maximum: 80)),
                Field("name_en", Words("기관 이름(영어)", "Name (English)"), .text(maximum: 120)),
                Field(
                    "address", Words("주소", "Address"), .text(maximum: 200),
                    help: Words("예: https://zone.example.kr", "For example https://zone.example.kr")),
            ],
            permission: TrainingRefusals.runners, confirmation: .readBack)
    ) { ask, _ in
        let address = ask.values.text("address")
        guard address.wholeMatch(of: /https:\/\/[a-z0-9.-]+(:[0-9]{1,5})?/) != nil else {
            throw TrainingRefusals.fault(
                "address", "address",
                Words("https://로 시작하는 주소를 경로 없이 적어 주세요.", "An address that begins with https://, without a path."))
        }
        return [
            Draft(
                TrainingEvents.named, stream: "training-issuer/issuer", scope: .everyone,
                payload: [
                    "address": .string(address),
                    "name": Words(ask.values.text("name_ko"), ask.values.text("name_en")).json,
                ])
        ]
    }
}
