import District
import Record
import Web

/// The numbers and words that missions go by, from `missions.json`.
struct MissionSettings: Sendable {
    /// How long somebody is waited for before a person is called, seconds: for a hand-over and for a visit.
    let handOver: Double
    let visit: Double
    /// How long a vehicle waits to be loaded before a person is called, seconds.
    let loading: Double
    /// How often the first patience a vehicle waits in all before a hand-over fails.
    let giveUp: Double
    /// How many wrong codes are taken.
    let tries: Int
    /// After how many seconds a reading says nothing any more.
    let stale: Double
    /// After how many seconds a vehicle that is not heard is gone, and a mission that nobody takes calls.
    let gone: Double
    let untaken: Double
    /// How long the recipient's link works after the end, seconds.
    let linkLasts: Double
    /// What is clinical by what it is called.
    let clinical: [String]
    /// What places where goods are received are called by at their end: who says only the ward or the address means
    /// that place.
    let receiving: [String]
    /// Whom recipients may call, by site; under `*` where a site has nobody of its own.
    let desks: [String: Desk]
    let edition: String

    /// Somebody who answers for a site's robots.
    struct Desk: Sendable, Hashable {
        let name: Words
        let phone: String
    }

    /// Whom a site's recipients may call.
    func desk(of site: String) -> Desk? { desks[site] ?? desks["*"] }

    init(_ book: Handbook) throws(HandbookError) {
        let file = "missions.json"
        let (json, edition) = try book.read(file)
        func number(_ name: String) throws(HandbookError) -> Double {
            guard let value = json[name]?.double, value > 0 else {
                throw HandbookError(file: file, place: name, rule: "a number above 0")
            }
            return value
        }
        handOver = try number("hand_over_seconds")
        visit = try number("visit_seconds")
        loading = try json["loading_seconds"] == nil ? handOver : number("loading_seconds")
        giveUp = try number("give_up_times")
        tries = Int(try number("tries"))
        stale = try number("stale_seconds")
        gone = try number("gone_seconds")
        untaken = try number("untaken_seconds")
        linkLasts = try number("link_seconds")
        clinical = json["clinical"]?.elements?.compactMap(\.text) ?? []
        receiving = json["receiving"]?.elements?.compactMap(\.text) ?? []
        var desks: [String: Desk] = [:]
        for (site, desk) in json["desks"]?.members ?? [:] {
            guard let ko = desk["ko"]?.text, let en = desk["en"]?.text, let phone = desk["phone"]?.text,
                !phone.isEmpty, phone.allSatisfy({ $0.isASCII && ($0.isNumber || "+- ".contains($0)) })
            else { throw HandbookError(file: file, place: "desks.\(site)", rule: "ko, en and phone") }
            desks[site] = Desk(name: Words(ko, en), phone: phone)
        }
        self.desks = desks
        guard !clinical.isEmpty else { throw HandbookError(file: file, place: "clinical", rule: "words") }
        self.edition = edition
    }

    /// The priority of what is called so, where nobody said one.
    func priority(of what: String) -> Mission.Priority {
        let lower = what.lowercased()
        return clinical.contains { lower.contains($0) } ? .clinical : .normal
    }
}
