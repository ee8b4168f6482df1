import Record

/// What a centre promises by: when it closes its orders of a day, how many lines it can do, who carries them.
struct CentreTerms: Sendable, Hashable {
    /// The centre, a thing.
    var centre: String
    /// What customers call it.
    var name: Words
    /// The times of day by which an order must be released to leave then, in minutes after midnight in Korea.
    var cutoffs: [Int] = [11 * 60, 16 * 60]
    /// How long before a cut-off an order must be there to leave with it, in minutes.
    var handling = 60
    /// How many order lines leave in a day.
    var capacity: Int64 = 2000
    /// How many picks may be open at once: orders are released as these are done.
    var floor: Int64 = 120
    /// Whether nobody works there at the weekend.
    var restsAtWeekends = true
    /// Who carries parcels.
    var carriers: [Carrier] = []
    /// The nodes that the district's robots bring parcels to, and the one they leave from.
    var robots: Robots?
    /// Whether anybody may order in its shop.
    var isShop = false
    /// Its GS1 company prefix, 7 to 10 figures, under which logistic units are numbered.
    var prefix = "8800000"

    /// Who carries parcels: so many working days, for so much.
    struct Carrier: Sendable, Hashable {
        var id: String
        var name: Words
        /// Days from leaving to arriving.
        var days: Int64
        /// What a customer pays for it, in won.
        var fee: Int64
        /// Whether it rests at weekends.
        var restsAtWeekends = true
    }

    /// Where the district's robots bring parcels.
    struct Robots: Sendable, Hashable {
        /// The site, a thing.
        var site: String
        /// Where parcels are loaded.
        var from: String
        /// How long a delivery takes from the cut-off, in minutes.
        var minutes: Int
        /// Where they can go: node and what people call it.
        var stops: [Stop]
        /// What a customer pays for it, in won.
        var fee: Int64 = 0

        struct Stop: Sendable, Hashable {
            var node: String
            var name: Words
        }
    }

    /// A carrier by its code.
    func carrier(_ id: String) -> Carrier? { carriers.first { $0.id == id } }
}

extension CentreTerms {
    /// As events and tables carry it.
    var json: JSON {
        var members: [String: JSON] = [
            "centre": .string(centre), "ko": .string(name.ko), "en": .string(name.en),
            "cutoffs": .array(cutoffs.map { .number(Double($0)) }), "handling": .number(Double(handling)),
            "capacity": .decimal(capacity), "floor": .decimal(floor), "rests": .bool(restsAtWeekends),
            "shop": .bool(isShop), "prefix": .string(prefix),
            "carriers": .array(
                carriers.map {
                    [
                        "id": .string($0.id), "ko": .string($0.name.ko), "en": .string($0.name.en),
                        "days": .decimal($0.days), "fee": .decimal($0.fee), "rests": .bool($0.restsAtWeekends),
                    ]
                }),
        ]
        if let robots {
            members["robots"] = [
                "site": .string(robots.site), "from": .string(robots.from), "minutes": .number(Double(robots.minutes)),
                "fee": .decimal(robots.fee),
                "stops": .array(
                    robots.stops.map {
                        ["node": .string($0.node), "ko": .string($0.name.ko), "en": .string($0.name.en)]
                    }),
            ]
        }
        return .object(members)
    }

    /// Reads it; nil where it is none.
    init?(_ json: JSON) {
        guard let centre = json["centre"]?.text, let name = Self.words(json) else { return nil }
        self.init(centre: centre, name: name)
        cutoffs = (json["cutoffs"]?.elements ?? []).compactMap { $0.integer.map { Int($0) } }
        handling = json["handling"]?.integer.map { Int($0) } ?? handling
        capacity = json["capacity"]?.integer ?? capacity
        floor = json["floor"]?.integer ?? floor
        restsAtWeekends = json["rests"]?.bool ?? true
        isShop = json["shop"]?.bool ?? false
        prefix = json["prefix"]?.text ?? prefix
        carriers = (json["carriers"]?.elements ?? []).compactMap { carrier in
            guard let id = carrier["id"]?.text, let name = Self.words(carrier), let days = carrier["days"]?.integer
            else { return nil }
            return Carrier(
                id: id, name: name, days: days, fee: carrier["fee"]?.integer ?? 0,
                restsAtWeekends: carrier["rests"]?.bool ?? true)
        }
        if let robots = json["robots"], let site = robots["site"]?.text, let from = robots["from"]?.text {
            self.robots = Robots(
                site: site, from: from, minutes: robots["minutes"]?.integer.map { Int($0) } ?? 60,
                stops: (robots["stops"]?.elements ?? []).compactMap { stop in
                    stop["node"]?.text.flatMap { node in Self.words(stop).map { Robots.Stop(node: node, name: $0) } }
                }, fee: robots["fee"]?.integer ?? 0)
        }
    }

    private static func words(_ json: JSON) -> Words? {
        json["ko"]?.text.map { Words($0, json["en"]?.text ?? $0) }
    }
}
