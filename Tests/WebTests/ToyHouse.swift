import District
import Foundation
import HouseKit
import Record
import Series
import Store
import TestKit

@testable import Access
@testable import Web

/// A room with as little in it as shows what the frame does: a bell that is read back before it rings, a page for each
/// refusal, and a call that says what it was sent.
struct ToyRoom: Room {
    let name = "toy"
    let title = Words("장난감", "Toy")

    static let kinds: [Refusal.Kind] = [
        .invalid, .unauthenticated, .forbidden, .notFound, .conflict, .needsConfirmation, .tooLarge, .tooOften,
        .unavailable,
    ]

    var commands: [Command] {
        let fields = [
            Field("times", Words("횟수", "Times"), .integer(1...10, unit: nil)),
            Field("note", Words("메모", "Note"), .text(maximum: 50), required: false),
        ]
        let permission = Permission.signedIn.orToken("command:toy.bell.ring")
        return [
            Command(
                Form(
                    "toy.bell.ring", title: Words("종 울리기", "Ring the bell"), help: Words("울립니다.", "It rings."),
                    fields: fields, permission: permission, confirmation: .readBack,
                    surfaces: [.web, .http, .cli, .offline])
            ) { ask, _ in
                [
                    Draft(
                        "toy.bell.rung", stream: "bell/\(try ask.tenant.firm?.rawValue ?? "zone")",
                        scope: try ask.tenant.firm.map { .firm($0) } ?? .zone,
                        payload: [
                            "times": ask.values["times"] ?? .null, "offline": ask.offline?.json ?? .null,
                        ])
                ]
            },
            Command(
                Form(
                    "toy.key.hand", title: Words("열쇠 주기", "Hand a key out"), help: Words("줍니다.", "Hands it out."),
                    fields: [
                        Field("room", Words("방", "Room"), .reference(kind: "toy-room", source: "/toy/rooms")),
                        Field(
                            "number", Words("번호", "Number"), .text(maximum: 20), isPersonal: true, isSecret: true),
                        Field(
                            "warm", Words("온도", "Warmth"), .number(0...40, unit: "Cel"), required: false),
                        Field(
                            "how", Words("방법", "How"),
                            .choice([.init("hand", Words("손으로", "By hand")), .init("post", Words("우편", "By post"))]),
                            required: false),
                    ], permission: .signedIn, confirmation: .readBack), assume: { _, _ in ["how": "hand"] }
            ) { ask, _ in
                guard ask.values.text("room") == "r-1" else {
                    let words = Words("그런 방이 없습니다.", "There is no such room.")
                    throw Refusal(
                        .invalid, "toy.room", words, faults: [.init(field: "room", rule: "known", words: words)])
                }
                return [Draft("toy.key.handed", stream: "key/zone", scope: .zone)]
            },
            Command(
                Form(
                    "toy.bell.mend", title: Words("종 고치기", "Mend the bell"), help: Words("고칩니다.", "Mends it."),
                    fields: [], permission: .roles([.zoneOfficer]), surfaces: [.offline])
            ) { _, _ in [Draft("toy.bell.mended", stream: "bell/zone", scope: .zone)] },
            Command(
                Form(
                    "toy.door.knock", title: Words("두드리기", "Knock"), help: Words("두드립니다.", "Knocks."),
                    fields: [Field("loud", Words("세기", "Loud"), .integer(1...3, unit: nil))], permission: .anyone)
            ) { ask, _ in
                guard ask.values.integer("loud") != 3 else {
                    throw Refusal(.conflict, "toy.asleep", Words("잡니다.", "They sleep."))
                }
                return [Draft("toy.door.knocked", stream: "door/zone", scope: .zone)]
            },
        ]
    }

    func named(_ kind: String, for caller: Caller, in reader: any Reader) throws -> [Named]? {
        kind == "toy-room" ? [Named("r-1", ["큰 방", "hall"]), Named("r-2", ["방"]), Named("r-3", ["방"])] : nil
    }

    func offlinePages(_ visit: Visit) async throws -> [OfflinePage] {
        [OfflinePage("/toy/kept", title: "Kept", tag: "v1")]
    }

    var topics: [(prefix: String, name: String)] { [("toy.bell.", "alarms")] }

    var routes: [Route] {
        Self.kinds.map { kind in
            .get("/toy/\(kind.rawValue)", .anyone) { _ in
                throw Refusal(
                    kind, "toy.\(kind.rawValue)", Words("안 됩니다 <b>", "No <b>"),
                    faults: [.init(field: "x", line: 3, rule: "rule", words: Words("틀림", "wrong"))])
            }
        } + [
            .get("/toy/broken", .anyone) { _ in throw Broken() },
            .post("/toy/knock", .anyone) { visit in
                let outcome = try await visit.spine.district.perform(
                    "toy.door.knock", ["loud": 1], by: .anonymous(visit.language))
                return .json(outcome.json)
            },
            .get("/toy/address", .anyone) { visit in .json(["address": .string(visit.address)]) },
            .post("/toy/echo", .anyone, bodyLimit: 1000) { visit in
                .json(["bytes": .number(Double(visit.body.count)), "text": .string(visit.form["text"] ?? "")])
            },
        ]
    }

    struct Broken: Error, CustomStringConvertible {
        var description: String { "a secret inside" }
    }
}

/// A served house with the toy room.
struct ToyHouse: Sendable {
    let spine: Spine
    let client: HTTPClient
    let close: @Sendable () async -> Void

    var district: District { spine.district }

    /// Someone signed in: the cookie and the secret of their forms.
    func signIn(_ id: String = "p", firm: String? = "alfa", roles: Set<Role> = [.safetyManager]) async throws
        -> (headers: [(String, String)], csrf: String)
    {
        let person = Person(id: PersonID(id), name: "Kim <i>", firm: firm.map { FirmID($0) }, roles: roles)
        try await district.record(
            [try AccessEvents.personAdded(person)] + roles.sorted().map { AccessEvents.roleGranted($0, to: person) },
            origin: Origin(author: .system("test")))
        let now = district.clock()
        let opened = try await district.store.write {
            try Sessions.open(person.id, address: "127.0.0.1", agent: "test", at: now, in: $0)
        }
        return ([("Cookie", "slipway_session=\(opened.token)")], opened.session.csrf)
    }

    func token(_ scopes: Set<String>, firm: String = "alfa") async throws -> [(String, String)] {
        let now = district.clock()
        let request = APITokenRequest(
            name: "t-\(Identifier())", scopes: scopes, firm: FirmID(firm), roles: [.safetyManager])
        let issued = try await district.store.write {
            try APITokens.issue(request, by: .system("test"), at: now, in: $0)
        }
        return [("Authorization", "Bearer \(issued.key)")]
    }

    /// How often the bell rang.
    func rung() async throws -> Int {
        let log = district.log
        return try await district.store.read { try log.events(inStream: "bell/alfa", in: $0).count }
    }

    /// A form sent as a browser sends it.
    func post(_ path: String, _ headers: [(String, String)], _ fields: [String: String]) async throws
        -> HTTPClient.Answer
    {
        let body = fields.map { "\($0)=\(Table.encoded($1))" }.sorted().joined(separator: "&")
        return try await client.send(
            "POST", path, headers + [("Content-Type", "application/x-www-form-urlencoded")], body: Array(body.utf8))
    }
}

/// Runs a body with a served house, which is closed afterwards.
func withToyHouse(
    settings: WebSettings = WebSettings(port: 0, version: "test"),
    _ body: @escaping @Sendable (ToyHouse) async throws -> Void
) async throws {
    try await withTemporaryFolder { folder in
        let store = try await RecordLog.openStore(
            .sqlite(folder.appendingPathComponent("r.sqlite").path), clock: Timestamp.now, logger: .quiet)
        let readings = try await Store.open(.sqlite(folder.appendingPathComponent("s.sqlite").path), logger: .quiet)
        let district = try District(store: store, rooms: [ToyRoom()], logger: .quiet)
        try await district.open()
        let series = try await SeriesStore.open(readings, clock: Timestamp.now, logger: .quiet)
        let signer = Signer(origin: "test", key: try SigningKey(generatingFor: "test"), clock: Timestamp.now)
        let spine = Spine(district: district, series: series, signer: signer, mqtt: nil, isSample: false)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(
                try await serving(spine, rooms: [ToyRoom()], settings: settings) {
                    try await body(ToyHouse(spine: spine, client: $0.client, close: $0.close))
                })
        } catch {
            outcome = .failure(error)
        }
        await series.close()
        await readings.close()
        await store.close()
        try outcome.get()
    }
}
