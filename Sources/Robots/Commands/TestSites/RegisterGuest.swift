import Access
import District
import Record
import Store

/// Takes a firm from outside on as a guest, so that it can book test sites: the zone officer does it, and invites its people
/// afterwards as guests.
enum RegisterGuest {
    static let command = Command(
        Form(
            "robots.guest.register", title: Words("시험 참가 기업 등록", "Register a guest firm"),
            help: Words(
                "구역에 입주하지 않은 기업이 시험 장소를 예약할 수 있게 등록합니다. 등록한 뒤 담당자를 초대하세요. 담당자는 시험 장소와 자기 예약만 봅니다.",
                "Lets a firm from outside book test sites. Invite its people afterwards: they see the test sites and their own bookings alone."
            ),
            fields: [
                Field("name", Words("기업 이름", "Firm"), .text(maximum: 120)),
                Field(
                    "registration", Words("사업자등록번호", "Business registration number"), .text(maximum: 40),
                    help: Words("숫자 10자리", "Ten digits")),
                Field("contact", Words("담당자 이름", "Contact's name"), .text(maximum: 80), isPersonal: true),
                Field(
                    "phone", Words("담당자 전화", "Contact's telephone"), .text(maximum: 40), isPersonal: true,
                    spoken: .phone),
            ], permission: .roles([.zoneOfficer]), confirmation: .readBack)
    ) { ask, tables in
        let digits = ask.values.text("registration").filter { $0.isNumber && $0.isASCII }
        guard digits.count == 10 else {
            let words = Words("사업자등록번호는 숫자 10자리입니다.", "It has ten digits.")
            throw Refusal(.invalid, "guest.registration", of: "registration", "digits", words)
        }
        let id = FirmID("guest-\(digits)")
        guard try Directory.firm(id, for: try ask.tenant, in: tables) == nil else {
            let words = Words("이미 등록한 기업입니다.", "This firm is registered already.")
            throw Refusal(.conflict, "guest.known", of: "registration", "unique", words)
        }
        let contact = PersonID("guest-contact-\(Identifier(at: ask.now))")
        do throws(AccessError) {
            return [
                try AccessEvents.firmRegistered(Firm(id: id, name: ask.values.text("name"), registration: digits)),
                Draft(
                    GuestTable.registered, stream: "guest/\(id)", scope: .zone,
                    payload: ["firm": .string(id.rawValue), "name": .string(ask.values.text("name"))],
                    personal: [
                        "contact": PersonalContent(of: contact, .string(ask.values.text("contact"))),
                        "phone": PersonalContent(of: contact, .string(ask.values.text("phone"))),
                    ]),
            ]
        } catch {
            throw Refusal(error)
        }
    }
}
