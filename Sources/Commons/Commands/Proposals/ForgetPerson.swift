import Access
import District
import Record
import Store

/// Somebody has all that they wrote erased; or an officer does it for them, where they asked for it elsewhere.
enum ForgetPerson {
    static let name = "commons.person.forget"

    static let command = Command(
        Form(
            name, title: Words("내가 쓴 글 모두 지우기", "Erase what I wrote"),
            help: Words(
                """
                시민 참여에 쓴 제안, 수정안, 의견, 사진과 글에 보이던 이름, 의견 지도의 답을 지웁니다. 글이 있던 자리와 지지 수는 남습니다. 되돌릴 수 없습니다.
                """,
                """
                Erases the proposals, amendments, comments and pictures you gave, the names shown with them and your answers on \
                opinion maps. That something stood there stays, and so do the counts. It cannot be undone.
                """),
            fields: [
                Field(
                    "account", Words("지워 달라고 한 사람의 계정 번호", "Account of whoever asked for it"), .text(maximum: 80),
                    required: false, help: Words("담당자만 적습니다. 비우면 본인입니다.", "For officers; left empty: yourself.")),
                Field(
                    "reason", Words("사유", "Reason"), .text(maximum: 300), required: false,
                    help: Words(
                        "담당자는 언제 어떻게 요청받았는지 적습니다. 사람의 이름은 쓰지 마세요.",
                        "Officers say when and how it was asked for; please name nobody.")),
            ],
            permission: .signedIn, confirmation: .readBack, after: "/commons/mine")
    ) { ask, tables in
        let own = try ProcessAsk.person(ask)
        let named = ask.values.text("account").lowercased()
        let person = named.isEmpty ? own : PersonID(named)
        if person != own { try check(person, ask, in: tables) }
        return [
            Draft(
                ForgottenTable.forgotten, stream: "commons-person/\(person)", scope: .zone,
                payload: ["person": .string(person.rawValue), "reason": .string(ask.values.text("reason"))])
        ]
    }

    /// For another person an officer alone asks, says why, and means somebody who is there.
    private static func check(_ person: PersonID, _ ask: Ask, in tables: any Reader) throws {
        guard !ask.caller.roles.isDisjoint(with: ProcessAsk.officers) else {
            throw Refusal(
                .forbidden, of: "account", "own", Words("자기가 쓴 글만 지울 수 있습니다.", "You can erase only what you wrote."))
        }
        guard !ask.values.text("reason").isEmpty else {
            throw Refusal(
                .invalid, of: "reason", "required",
                Words("다른 사람의 글을 지울 때는 사유를 적어야 합니다.", "To erase another person's texts a reason is needed."))
        }
        guard try Directory.caller(person, in: tables) != nil || ForgottenTable.hasWritten(person, in: tables) else {
            throw Refusal(.notFound, of: "account", "unknown", Words("그런 계정이 없습니다.", "There is no such account."))
        }
    }
}
