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
    }

    /// As many hours as a page shows, and as one look reads anew at most: further looks go on from there.
    static let shown = 24
    static let atOnce = 6
    /// Of how many keys hours are remembered.
    private static let keys = 64

    private var pages: [Key: [Span: Page]] = [:]
    private var running: [Key: Task<Void, any Error>] = [:]

    /// The hours of the past day and what there is of the one that runs, in whole minutes; the latest first.
    static func spans(at now: Timestamp) -> [Span] {
        let minute = Timestamp(microseconds: now.microseconds / 60_000_000 * 60_000_000)
        let hour = Timestamp(microseconds: now.microseconds / 3_600_000_000 * 3_600_000_000)
        let hours = (1...shown).map { back in
            let from = hour.advanced(bySeconds: -3600 * Double(back))
            return Span(from: from, to: from.advanced(bySeconds: 3600))
        }
        return (minute > hour ? [Span(from: hour, to: minute)] : []) + hours
    }

    /// What was lost in the past day, as far back as it is known without a gap. Who asks while another reads waits for that.
    func look(
        _ key: Key, at now: Timestamp, read: @escaping @Sendable (Span) async throws -> Page
    ) async throws -> (page: Page, from: Timestamp) {
        while let other = running[key] { _ = await other.result }
        let spans = Self.spans(at: now)
        let task = Task {
            // Cleared before it is over: whoever waits for it finds the place free.
            defer { running[key] = nil }
            try await fill(key, spans, read)
        }
        running[key] = task
        try await task.value
        var (whole, from) = (Page(), now)
        for span in spans {
            guard let page = pages[key]?[span] else { break }
            whole.heat.merge(page.heat)
            whole.heard.formUnion(page.heard)
            from = span.from
        }
        return (whole, from)
    }

    private func fill(
        _ key: Key, _ spans: [Span], _ read: @Sendable (Span) async throws -> Page
    ) async throws {
        if pages[key] == nil, pages.count >= Self.keys { pages.removeAll() }
        pages[key] = pages[key, default: [:]].filter { spans.contains($0.key) }
        for span in spans.filter({ pages[key]?[$0] == nil }).prefix(Self.atOnce) {
            let page = try await read(span)
            pages[key, default: [:]][span] = page
        }
    }
}
