import Access
import District
import Record
import Store

/// A firm names whom the firms that it will meet may call; and takes that back.
enum KeepContact {
    static let name = "alliance.firm.contact"
    static let withdrawal = "alliance.firm.contact-withdraw"

    static let keep = Command(
        Form(
            name, title: Words("상담 연락처 등록", "Give a contact for meetings"),
            help: Words(
                "두 기업이 모두 받아들인 소개에서 상대 기업에만 보입니다. 관리기관과 다른 기업에는 보이지 않습니다. 개인정보로 따로 보관하며 언제든 지울 수 있습니다.",
                "Shown only to the other firm of an introduction that both accepted, neither to the zone nor to other firms. Kept apart as personal data; it can be erased at any time."
            ),
            fields: [
                Field("name", Words("담당자 이름", "Name"), .text(maximum: 60), isPersonal: true, spoken: .name),
                Field("phone", Words("전화", "Telephone"), .text(maximum: 30), isPersonal: true, spoken: .phone),
                Field("mail", Words("전자우편", "E-mail"), .text(maximum: 120), required: false, isPersonal: true),
            ], permission: .roles([.executive]).orToken("command:\(name)"), after: "/alliance/firms")
    ) { ask, _ in
        let firm = try GrowthAsk.firm(ask)
        let phone = ask.values.text("phone")
        guard phone.wholeMatch(of: /[0-9+() \-]{6,30}/) != nil else {
            throw FirmAsk.wrong(
                "phone", "phone", Words("전화번호를 02-123-4567처럼 적어 주세요.", "Write the number like 02-123-4567."))
        }
        let mail = ask.values.text("mail")
        guard mail.isEmpty || mail.wholeMatch(of: /[^@\s]+@[^@\s]+\.[^@\s]+/) != nil else {
            throw FirmAsk.wrong("mail", "mail", Words("전자우편 주소를 확인해 주세요.", "Please check the address."))
        }
        // Each entry has a key of its own, so that the one before can go while this one stays.
        let entry = "\(Identifier(at: ask.now))"
        let contact: JSON = ["name": .string(ask.values.text("name")), "phone": .string(phone), "mail": .string(mail)]
        return [
            Draft(
                ContactTable.given, stream: "firm-contact/\(firm)", scope: .firm(firm),
                payload: ["entry": .string(entry)],
                personal: ["contact": PersonalContent(of: ContactTable.subject(entry), contact)])
        ]
    }

    static let withdraw = Command(
        Form(
            withdrawal, title: Words("상담 연락처 삭제", "Erase the contact for meetings"),
            help: Words("등록한 연락처를 지웁니다. 상대 기업에도 더는 보이지 않습니다.", "Erases the contact; the other firms no longer see it."),
            fields: [], permission: .roles([.executive]).orToken("command:\(withdrawal)"), after: "/alliance/firms")
    ) { ask, tables in
        let firm = try GrowthAsk.firm(ask)
        guard try ContactTable.own(for: try ask.tenant, in: tables) != nil else {
            throw Refusal(.conflict, "contact.none", Words("등록한 연락처가 없습니다.", "No contact was given."))
        }
        return [Draft(ContactTable.withdrawn, stream: "firm-contact/\(firm)", scope: .firm(firm), payload: [:])]
    }
}
