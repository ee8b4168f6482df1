import Record

/// Where time was lost, kept by the hour: an hour that is over is read once, whoever looks at it and however often.
actor HeatBook {
    /// Whose vehicles at which edition of a site.
    struct Key: Sendable, Hashable {
        let site: String
        let edition: String
        let tenant: String
    }

    /// A span of time; readings of its vehicles are counted in it.
    struct Span: Sendable, Hashable {
        let from: Timestamp
        let to: Timestamp
    }

    /// What was found in a span.
    struct Page: Sendable {
        var heat = Heat()
        /// The vehicles that were heard.
        var heard: Set<ThingID> = []
        /// The first moment of which there are figures; nil where nobody was heard.
        var first: Timestamp?
    }

    /// What is known of a day.
    struct Look: Sendable {
        var page = Page()
        /// Whether all of the day is counted; else further looks go on.
        var isWhole = true
    }

    /// As many hours as one look reads anew at most: further looks go on from there.
    static let atOnce = 6
    /// As many hours as are remembered of one key: of a week.
    private static let kept = 7 * 24
    /// Of how many keys hours are remembered.
    private static let keys = 64

    private var pages: [Key: [Span: Page]] = [:]
    private var running: [Key: Task<Void, any Error>] = [:]

    /// Korean standard time, by which days begin, in seconds.
    static let korea = 32_400.0

    /// When the Korean day began in which a moment lies.
    static func day(of moment: Timestamp) -> Timestamp {
        let (length, shift) = (86_400_000_000 as Int64, Int64(korea) * 1_000_000)
        let days = (Double(moment.microseconds + shift) / Double(length)).rounded(.down)
        return Timestamp(microseconds: Int64(days) * length - shift)
    }

    /// The hours of a Korean day, as far as they have been, the one that runs in whole minutes; the latest first.
    static func spans(of day: Timestamp, at now: Timestamp) -> [Span] {
        let minute = Timestamp(microseconds: now.microseconds / 60_000_000 * 60_000_000)
        return (0..<24).reversed().compactMap { hour in
            let from = day.advanced(bySeconds: 3600 * Double(hour))
            let to = min(from.advanced(bySeconds: 3600), minute)
            return to > from ? Span(from: from, to: to) : nil
        }
    }

    /// What was lost in a day, as far as it is counted. Who asks while another reads waits for that.
    func look(
        _ key: Key, day: Timestamp, at now: Timestamp, read: @escaping @Sendable (Span) async throws -> Page
    ) async throws -> Look {
        while let other = running[key] { _ = await other.result }
        let spans = Self.spans(of: day, at: now)
        let task = Task {
            // Cleared before it is over: whoever waits for it finds the place free.
            defer { running[key] = nil }
            try await fill(key, spans, read)
        }
        running[key] = task
        try await task.value
        var look = Look()
        for span in spans {
            guard let page = pages[key]?[span] else {
                look.isWhole = false
                continue
            }
            look.page.heat.merge(page.heat)
            look.page.heard.formUnion(page.heard)
            look.page.first = [look.page.first, page.first].compactMap(\.self).min()
        }
        return look
    }

    private func fill(
        _ key: Key, _ spans: [Span], _ read: @Sendable (Span) async throws -> Page
    ) async throws {
        if pages[key] == nil, pages.count >= Self.keys { pages.removeAll() }
        // What was a part of an hour is counted anew with more of it.
        let known = pages[key, default: [:]].filter { page in
            spans.contains(page.key) || page.key.to.seconds(since: page.key.from) >= 3600
        }
        pages[key] = known.count > Self.kept ? known.filter { spans.contains($0.key) } : known
        for span in spans.filter({ pages[key]?[$0] == nil }).prefix(Self.atOnce) {
            let page = try await read(span)
            pages[key, default: [:]][span] = page
        }
    }
}
