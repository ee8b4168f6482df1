import Access
import District
import Record
import Store
import Twin

/// Takes a vehicle into a site's fleet: from then on it is heard.
enum EnrolVehicle {
    /// Who looks after vehicles.
    static let roles: Set<Role> = [.operator, .zoneOfficer]

    static let manufacturer = Field(
        "manufacturer", Words("제조사", "Maker"), .text(maximum: 40),
        help: Words("로봇이 보내는 그대로", "As the robot says it"))
    static let serial = Field("serial", Words("일련번호", "Serial number"), .text(maximum: 40))

    static let form = Form(
        "robots.vehicle.enrol",
        title: Words("로봇 등록", "Enrol a robot"),
        help: Words("제조사와 일련번호로 로봇을 현장에 등록합니다.", "Takes a robot into a site by its maker and serial number."),
        fields: [
            manufacturer, serial,
            Field("name", Words("이름", "Name"), .text(maximum: 60)),
            Field("name_en", Words("영어 이름", "Name in English"), .text(maximum: 60), required: false),
            Field("site", Words("현장", "Site"), .reference(kind: "thing", source: "/api/things")),
        ],
        permission: .roles(roles).orToken("command:robots.vehicle.enrol"))

    static let command = Command(form) { ask, tables in
        let values = ask.values
        let vehicle = try vehicle(ask)
        let tenant = try ask.tenant
        guard let site = try Things.find(ThingID(values.text("site")), for: tenant, in: tables), site.retired == nil
        else {
            throw noSite
        }
        guard try !VehicleTable.isEnrolled(vehicle.thing, in: tables) else { throw taken }
        // Anybody's robot can be heard: the zone says whose it is before a firm may drive it.
        if !ask.caller.roles.contains(.zoneOfficer) {
            guard let firm = site.firm, try VehicleTable.owner(of: vehicle.thing, in: tables) == firm else {
                throw unapproved
            }
        }
        return try drafts(vehicle, values.words("name"), at: site, sample: false, for: tenant, in: tables)
    }

    /// The vehicle that is named, in letters that a topic can hold.
    static func vehicle(_ ask: Ask) throws -> VehicleID {
        let vehicle = VehicleID(
            manufacturer: ask.values.text("manufacturer"), serial: ask.values.text("serial"))
        for (field, text) in [("manufacturer", vehicle.manufacturer), ("serial", vehicle.serial)] {
            guard !text.isEmpty, text.utf8.allSatisfy(isAllowed) else { throw letters(field) }
        }
        return vehicle
    }

    /// The events that enrol a vehicle: the thing, and the vehicle.
    static func drafts(
        _ vehicle: VehicleID, _ name: Words, at site: Thing, sample: Bool, for tenant: some Tenancy,
        in tables: any Reader
    ) throws -> [Draft] {
        let thing = Thing(
            id: vehicle.thing, kind: .robot, parent: site.id, name: name, firm: site.firm, scope: site.scope,
            attributes: ["manufacturer": .string(vehicle.manufacturer), "serial": .string(vehicle.serial)],
            sample: sample)
        return try TwinEvents.declared([thing], for: tenant, in: tables) + [
            Draft(
                VehicleTable.enrolled, stream: "vehicle/\(vehicle.thing)", scope: site.scope,
                payload: [
                    "thing": .string(vehicle.thing.rawValue), "manufacturer": .string(vehicle.manufacturer),
                    "serial": .string(vehicle.serial), "site": .string(site.id.rawValue),
                    "name": ["ko": .string(name.ko), "en": .string(name.en)],
                ])
        ]
    }

    /// Letters that may stand in a level of a topic and in a thing's name.
    private static func isAllowed(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func letters(_ field: String) -> Refusal {
        let words = Words(
            "영문자, 숫자, ‘-’, ‘_’, ‘.’만 쓸 수 있습니다.", "Only letters a to z, digits, “-”, “_” and “.” may be used.")
        return Refusal(.invalid, "vehicle.letters", of: field, "letters", words)
    }
    private static let noSite = Refusal(
        .notFound, "vehicle.no-site", Words("그런 현장이 없습니다.", "There is no such site."),
        faults: [.init(field: "site", rule: "known", words: Words("등록된 현장이어야 합니다.", "Must be a site that is known."))])
    private static let unapproved: Refusal = {
        let words = Words(
            "관리기관이 아직 이 로봇이 귀사의 것이라고 확인하지 않았습니다. 관리기관에 제조사와 일련번호를 알려 확인을 받아 주십시오.",
            "The zone has not confirmed yet that this robot is your firm's. Tell it the maker and the serial number.")
        return Refusal(.forbidden, "vehicle.unapproved", of: "serial", "approved", words)
    }()
    static let taken = Refusal(
        .conflict, "vehicle.taken",
        Words(
            "이미 등록된 제조사·일련번호입니다. 일련번호는 로봇 한 대의 것이어야 합니다.",
            "That serial number of that maker is enrolled: it belongs to one robot."))
}

/// What people decide of an enrolled vehicle.
enum JudgeVehicle {
    static let field = Field("vehicle", Words("로봇", "Robot"), .reference(kind: "vehicle", source: nil))

    static let settle = Command(
        Form(
            "robots.vehicle.settle",
            title: Words("로봇 신원 확인", "Confirm a robot's identity"),
            help: Words(
                "같은 일련번호를 쓰던 다른 기기를 끈 뒤, 이 로봇의 말을 다시 듣습니다.",
                "Hears this robot again, after the other device with its serial number was switched off."),
            fields: [field, Field("reason", Words("확인한 내용", "What was found"), .text(maximum: 200))],
            permission: .roles(EnrolVehicle.roles), confirmation: .readBack)
    ) { ask, tables in
        let vehicle = try find(ask, tables)
        return [draft(VehicleTable.settled, vehicle, ["reason": .string(ask.values.text("reason"))])]
    }

    /// Only who stands with nothing open is taken out: what is released to a vehicle is given to others as soon as it is gone.
    static func withdraw(_ doings: Doings) -> Command {
        Command(
            Form(
                "robots.vehicle.withdraw",
                title: Words("로봇 등록 해제", "Withdraw a robot"),
                help: Words(
                    "로봇을 현장에서 뺍니다. 이후 보내는 말은 듣지 않습니다.", "Takes a robot out of its site: it is no longer heard."),
                fields: [
                    field,
                    Field(
                        "removed",
                        Words("로봇이 꺼졌고 길에서 치워진 것을 보았습니다", "I saw that it is switched off and out of the way"),
                        .flag, required: false,
                        help: Words(
                            "연결이 끊긴 로봇이 아직 명령을 가지고 있을 때만 필요합니다.",
                            "Needed only for a robot that is not heard and still has an order.")),
                ], permission: .roles(EnrolVehicle.roles), confirmation: .readBack)
        ) { ask, tables in
            let vehicle = try find(ask, tables)
            let doing = doings.of(vehicle.thing)
            if doing?.isHere == true {
                guard doing?.isDriving == false else { throw driving }
                guard try doing?.order == nil && FleetJournal.order(of: vehicle.thing, in: tables) == nil else {
                    throw busy
                }
            } else if !ask.values.flag("removed"),
                try doing?.order != nil || FleetJournal.order(of: vehicle.thing, in: tables) != nil
            {
                throw unseen
            }
            return [draft(VehicleTable.withdrawn, vehicle, [:])]
        }
    }

    private static let driving = refusal(
        "vehicle.driving", "vehicle", "standing",
        Words("로봇이 달리고 있습니다. 멈춘 뒤에 해제해 주십시오.", "The robot is driving. Withdraw it when it stands."))
    private static let busy = refusal(
        "vehicle.busy", "vehicle", "idle",
        Words(
            "로봇에 수행 중인 명령이 있습니다. 명령이 끝나거나 취소된 뒤에 해제해 주십시오.",
            "The robot has an open order. Withdraw it when that is done or called off."))
    private static let unseen = refusal(
        "vehicle.unseen", "removed", "seen",
        Words(
            "소식이 끊긴 로봇이 명령을 가지고 있어 아직 달리고 있을 수 있습니다. 로봇을 찾아 끄고 치운 뒤 확인란에 표시해 주십시오.",
            "The robot is not heard and has an open order: it may still drive. Find it, switch it off, take it out of the way, then confirm that."
        ))

    private static func refusal(_ code: String, _ field: String, _ rule: String, _ words: Words) -> Refusal {
        Refusal(.conflict, code, of: field, rule, words)
    }

    private static func find(_ ask: Ask, _ tables: any Reader) throws -> EnrolledVehicle {
        guard
            let vehicle = try VehicleTable.find(
                ThingID(ask.values.text("vehicle")), for: try ask.tenant, in: tables)
        else {
            throw Refusal(.notFound, "vehicle.unknown", Words("그런 로봇이 없습니다.", "There is no such robot."))
        }
        return vehicle
    }

    private static func draft(_ type: String, _ vehicle: EnrolledVehicle, _ more: [String: JSON]) -> Draft {
        Draft(
            type, stream: "vehicle/\(vehicle.thing)", scope: vehicle.scope,
            payload: more.merging(["thing": .string(vehicle.thing.rawValue)]) { $1 })
    }
}
