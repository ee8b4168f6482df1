import Record

/// How promises were kept, all of them together, with what each figure rests on.
struct PromiseScore: Sendable, Hashable {
    /// How many there are, and how many of them were done or given up.
    var all = 0, done = 0, dropped = 0
    /// Of how many it is known whether they kept the day that was said first, and how many did.
    var judged = 0, onTime = 0
    /// Those whose first day has not come, and those of which no day was ever said: neither counts.
    var ahead = 0, dayless = 0
    /// Money planned and spent, of those of which both are known, and how many those are.
    var planned = 0, spent = 0, priced = 0

    init(_ promises: some Sequence<Promise>, on today: KoreanDay) {
        for promise in promises {
            all += 1
            if promise.state == "done" { done += 1 }
            if promise.state == "dropped" { dropped += 1 }
            switch promise.standing(on: today) {
            case .onTime:
                judged += 1
                onTime += 1
            // What was given up was not kept, whenever it was due.
            case .late, .dropped: judged += 1
            case .ahead: ahead += 1
            case .dayless: dayless += 1
            }
            if let plan = promise.planned, let cost = promise.spent {
                planned += plan
                spent += cost
                priced += 1
            }
        }
    }

    /// The share that kept its first day, in whole per cent; nil where nothing can be judged yet.
    var share: Int? { judged == 0 ? nil : Int((Double(onTime) / Double(judged) * 100).rounded()) }

    /// As calls carry it.
    var json: JSON {
        func number(_ value: Int) -> JSON { .number(Double(value)) }
        return [
            "promises": number(all), "done": number(done), "dropped": number(dropped), "judged": number(judged),
            "on_time": number(onTime), "on_time_percent": share.map { number($0) } ?? .null,
            "not_due_yet": number(ahead),
            "without_day": number(dayless), "money_known_of": number(priced),
            "planned": priced == 0 ? .null : .decimal(Int64(planned)),
            "spent": priced == 0 ? .null : .decimal(Int64(spent)),
        ]
    }
}
