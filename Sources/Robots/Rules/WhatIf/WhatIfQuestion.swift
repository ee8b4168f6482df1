import District
import Record

/// What is to be other than today at a site.
struct WhatIfQuestion: Sendable, Hashable {
    var site: String
    /// How many robots there are today.
    var robots: Int
    /// How many more; negative for fewer.
    var more: Int = 0
    /// How many missions are asked for in an hour today.
    var rate: Double
    /// How many times as many there would be.
    var demand: Double = 1
    /// The most a robot would drive, m/s; nil for as today.
    var speed: Double?
    /// A zone or a place that would be closed.
    var closed: String?
    /// Chance is drawn from it: the same seed gives the same answer to the byte.
    var seed: UInt64 = 1

    /// Whether it asks for nothing else than today.
    var isToday: Bool { more == 0 && demand == 1 && speed == nil && closed == nil }

    /// As it is kept.
    var json: JSON {
        var members: [String: JSON] = [
            "site": .string(site), "robots": .number(Double(robots)), "more": .number(Double(more)),
            "rate": .number(rate), "demand": .number(demand), "seed": .string("\(seed)"),
        ]
        if let speed { members["speed"] = .number(speed) }
        if let closed { members["closed"] = .string(closed) }
        return .object(members)
    }

    init(site: String, robots: Int, rate: Double) {
        self.site = site
        self.robots = robots
        self.rate = rate
    }

    init?(_ json: JSON) {
        guard let site = json["site"]?.text, let robots = json["robots"]?.integer, let rate = json["rate"]?.double
        else { return nil }
        self.init(site: site, robots: Int(robots), rate: rate)
        more = Int(json["more"]?.integer ?? 0)
        demand = json["demand"]?.double ?? 1
        speed = json["speed"]?.double
        closed = json["closed"]?.text
        seed = json["seed"]?.text.flatMap { UInt64($0) } ?? 1
    }
}

extension WhatIfQuestion {
    /// Refuses what cannot be simulated, naming the field.
    /// - Parameter places: how many robots have a place of their own to wait at.
    func check(_ site: CompiledSite, places: Int, _ settings: WhatIfSettings) throws(Refusal) {
        let most = min(places, settings.mostRobots)
        guard robots >= 1 else {
            throw Self.fault("site", "robots", Words("이 현장에는 등록된 로봇이 없습니다.", "No robot is enrolled at this site."))
        }
        guard robots <= most else {
            throw Self.fault(
                "site", "robots",
                Words("이 현장에서는 로봇 \(most)대까지 계산합니다.", "At this site at most \(most) robots can be simulated."))
        }
        guard robots + more >= 1 else {
            throw Self.fault(
                "more", "minimum", Words("로봇이 한 대는 남아야 합니다.", "At least one robot must be left."))
        }
        guard robots + more <= most else {
            throw Self.fault(
                "more", "maximum",
                Words(
                    "이 현장에서 로봇이 비켜서 기다릴 곳은 \(most)대분입니다. 지금 \(robots)대이므로 \(most - robots)대까지 더할 수 있습니다.",
                    "This site has places to wait for \(most) robots; there are \(robots), so at most \(most - robots) more."
                ))
        }
        guard rate > 0, rate <= settings.mostMissions, demand > 0, rate * demand <= settings.mostMissions else {
            throw Self.fault(
                "rate", "range",
                Words(
                    "한 시간 미션은 0건보다 많고 \(Int(settings.mostMissions))건 이하여야 합니다.",
                    "Missions an hour must be above 0 and at most \(Int(settings.mostMissions))."))
        }
        if let speed, !(0.1...5).contains(speed) {
            throw Self.fault("speed", "range", Words("속도는 초속 0.1~5 m입니다.", "The speed is 0.1 to 5 m/s."))
        }
        if let closed, !site.plan.zones.contains(where: { $0.id == closed }), site.number(closed) == nil {
            throw Self.fault("closed", "unknown", Words("이 현장에 없는 곳입니다.", "The site has no such place."))
        }
        guard !isToday else {
            throw Self.fault(
                "more", "same", Words("오늘과 다른 점을 하나는 골라 주세요.", "Choose at least one thing that is other than today."))
        }
    }

    static func fault(_ field: String, _ rule: String, _ words: Words) -> Refusal {
        Refusal(.invalid, "what-if.\(field)-\(rule)", of: field, rule, words)
    }
}
