import Access
import District
import Record
import Store

/// A start-up books a place to try its robots; the zone approves it.
struct BookTestSite {
    let sites: TestSites

    static let bookers: Set<Role> = [.executive, .operator, .worker, .safetyManager, .zoneOfficer, .guest]
    /// Who answers for a firm's bookings beside whoever made them.
    private static let answerable: Set<Role> = [.executive, .operator, .zoneOfficer]
    private static let field = Field(
        "booking", Words("예약", "Booking"), .reference(kind: "testsite-booking", source: nil))

    var book: Command {
        let form = Form(
            "robots.testsite.book", title: Words("로봇 시험 장소 예약", "Book a test site"),
            help: Words("관리기관이 승인하면 쓸 수 있습니다. \(sites.terms.ko)", "The zone approves it. \(sites.terms.en)"),
            fields: [
                Field(
                    "testsite", Words("장소", "Place"),
                    .choice(sites.all.map { Field.Choice($0.id, $0.words) }), help: sites.limits),
                Field(
                    "start", Words("시작", "Begins"), .moment,
                    help: Words(
                        "정각부터, \(sites.open)시에서 \(sites.close)시 사이입니다.",
                        "On the hour, between \(sites.open):00 and \(sites.close):00.")),
                Field("hours", Words("시간", "Hours"), .integer(1...Int64(sites.longest), unit: "h")),
                Field("robots", Words("로봇(기종과 대수)", "Robots (kind and number)"), .text(maximum: 200)),
                Field(
                    "weight", Words("가장 무거운 로봇의 무게(짐 포함)", "Heaviest robot with its load"),
                    .number(0.1...10_000, unit: "kg")),
                Field("speed", Words("시험할 최고 속도", "Top speed in the trial"), .number(0.1...200, unit: "km/h")),
                Field("purpose", Words("시험 내용", "What is tried"), .text(maximum: 300)),
                Field(
                    "insurance", Words("보험", "Insurance"), .text(maximum: 200),
                    help: Words("보험사와 증권 번호", "Insurer and policy number")),
                Field("terms", Words("위 조건을 지키겠습니다", "I keep to these terms"), .flag),
            ], permission: .roles(Self.bookers).orToken("command:robots.testsite.book"),
            confirmation: .readBack, assents: ["terms"])
        return Command(form) { [sites] ask, tables in
            let tenant = try ask.tenant
            let name = ask.values.text("testsite")
            guard let site = sites.all.first(where: { $0.id == name }), let start = ask.values.moment("start") else {
                throw Self.unknown
            }
            let (weight, speed) = (ask.values.number("weight") ?? 0, ask.values.number("speed") ?? 0)
            let over = site.faults(weight: weight, speed: speed)
            guard over.isEmpty else {
                throw Refusal(
                    .invalid, "testsite.limit",
                    Words("이 장소에서 시험할 수 없는 로봇입니다.", "This robot may not be tried at this place."),
                    faults: over.map { .init(field: $0.field, rule: "limit", words: $0.words) })
            }
            let hours = Int(ask.values.integer("hours") ?? 0)
            if let fault = sites.fault(start: start, hours: hours, at: ask.now) {
                throw Refusal(
                    .invalid, "testsite.time", fault.words,
                    faults: [.init(field: fault.field, rule: "time", words: fault.words)])
            }
            let end = start.advanced(bySeconds: Double(hours) * 3600)
            // Whose the other booking is stays untold: the rule acts for the house.
            let taken = try BookingTable.taken(name, after: start, in: tables)
            guard !taken.contains(where: { Booking.overlaps(($0.start, $0.end), (start, end)) }) else {
                let words = Words("그 시간에는 이미 예약이 있습니다.", "The place is taken at that time.")
                throw Refusal(.conflict, "testsite.taken", of: "start", "free", words)
            }
            var payload: [String: JSON] = [
                "testsite": .string(name), "start": .string(start.description), "end": .string(end.description),
                "robots": .string(ask.values.text("robots")), "purpose": .string(ask.values.text("purpose")),
                "insurance": .string(ask.values.text("insurance")), "weight": .number(weight), "speed": .number(speed),
                "edition": .string(sites.edition),
            ]
            if let firm = tenant.firm { payload["firm"] = .string(firm.rawValue) }
            return [
                Draft(
                    BookingTable.booked, stream: "testsite/\(Identifier(at: ask.now))",
                    scope: tenant.firm.map { .firm($0) } ?? .zone, payload: payload, expectedVersion: 0)
            ]
        }
    }

    var cancel: Command {
        Command(
            Form(
                "robots.testsite.cancel", title: Words("시험 장소 예약 취소", "Cancel a booking"),
                help: Words("예약을 취소하면 그 시간을 다른 기업이 쓸 수 있습니다.", "The time is free for others again."),
                fields: [Self.field, Field("reason", Words("취소하는 사유", "Why"), .text(maximum: 300))],
                permission: .roles(Self.bookers).orToken("command:robots.testsite.cancel"), confirmation: .readBack)
        ) { ask, tables in
            let booking = try Self.open(ask, tables, states: [.asked, .approved])
            guard Self.mayCancel(booking, ask.caller) else {
                throw Refusal(
                    .forbidden, "testsite.not-yours",
                    Words(
                        "예약한 사람이나 그 기업의 운영자, 관리기관 담당자만 취소할 수 있습니다.",
                        "Only whoever booked, the firm's operator or the zone officer can cancel it."))
            }
            var draft = try Self.draft(BookingTable.cancelled, booking, ask)
            draft.payload["reason"] = .string(ask.values.text("reason"))
            return [draft]
        }
    }

    var approve: Command {
        Command(
            Form(
                "robots.testsite.approve", title: Words("시험 장소 예약 승인", "Decide on a booking"),
                help: Words("보험과 시험 내용을 확인하고 승인합니다.", "Look at insurance and purpose, then decide."),
                fields: [
                    Self.field, Field("approve", Words("승인합니까", "Approve"), .flag),
                    Field(
                        "reason", Words("승인하지 않는 사유", "Why not"), .text(maximum: 300),
                        condition: .init("approve", is: "false")),
                ], permission: .roles([.zoneOfficer]))
        ) { ask, tables in
            let booking = try Self.open(ask, tables, states: [.asked])
            let isApproved = ask.values.flag("approve")
            var draft = try Self.draft(isApproved ? BookingTable.approved : BookingTable.refused, booking, ask)
            if !isApproved { draft.payload["reason"] = .string(ask.values.text("reason")) }
            return [draft]
        }
    }

    /// Whether somebody made a booking, or answers for it.
    static func mayCancel(_ booking: Booking, _ caller: Caller) -> Bool {
        booking.author == caller.author.text || !caller.roles.isDisjoint(with: answerable)
    }

    private static func open(_ ask: Ask, _ tables: any Reader, states: Set<Booking.State>) throws -> Booking {
        guard let booking = try BookingTable.find(ask.values.text("booking"), for: try ask.tenant, in: tables) else {
            throw unknown
        }
        guard states.contains(booking.state), booking.end > ask.now else {
            throw Refusal(
                .conflict, "testsite.state",
                Words(
                    "지금 상태(\(booking.state.words.ko))에서는 할 수 없습니다.",
                    "This cannot be done: it is \(booking.state.words.en)."))
        }
        return booking
    }

    private static func draft(_ type: String, _ booking: Booking, _ ask: Ask) throws -> Draft {
        Draft(type, stream: booking.id, scope: booking.firm.map { .firm($0) } ?? .zone, payload: [:])
    }

    private static let unknown = Refusal(
        .notFound, "testsite.unknown", Words("그런 시험 장소나 예약이 없습니다.", "There is no such place or booking."))
}
