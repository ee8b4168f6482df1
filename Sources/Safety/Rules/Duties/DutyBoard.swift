import Record

/// Evidence of a duty as the tables have it.
struct DutyEvidence: Sendable, Hashable {
    let id: String
    let firm: FirmID
    let duty: String
    /// The half-year it is evidence for.
    let period: HalfYear
    /// The day on which what it proves was done.
    let day: KoreanDay
    /// The kind, of those that the duty accepts.
    let kind: String
    /// The file's SHA-256, where it is a file.
    let file: String?
    /// The event it refers to, where it refers to one: its identifier, type and stream.
    let source: Source?
    /// SHA-256 of the file, or of the event it refers to as canonical JSON.
    let hash: String
    /// What it answers, where the duty is due on an event: the incident, the stop.
    let subject: String?
    /// What whoever brought it wrote.
    let note: String?
    let author: Author?
    /// When it was put on the Record.
    let at: Timestamp
    /// Whether it came after the half-year was over or closed.
    let isLate: Bool
    /// The first day on which it may be forgotten.
    let keptUntil: KoreanDay
    let withdrawn: Timestamp?
    let forgotten: Timestamp?

    /// An event of the house.
    struct Source: Sendable, Hashable {
        let event: String
        let type: String
        let stream: String
    }
}

/// A signature under a duty's evidence of a half-year.
struct DutySignature: Sendable, Hashable {
    let duty: String
    let period: HalfYear
    let signer: PersonID
    let role: Duty.Signer
    let at: Timestamp
}

/// Something that made a duty due: an incident, a stop, an order.
struct DutyTrigger: Sendable, Hashable {
    let duty: String
    /// What evidence must name to answer it.
    let subject: String
    let at: Timestamp
}

/// What a firm's duties stand at in a half-year: which are proved, which lack what.
struct DutyBoard: Sendable {
    /// Where one duty stands.
    struct Standing: Sendable, Hashable {
        let duty: Duty
        let holding: Duty.Holding
        let state: State
        /// What counts for it, latest first.
        let evidence: [DutyEvidence]
        let signature: DutySignature?
        /// Of a duty that runs on or answers events: how many spans or events have evidence, of how many.
        let share: Share?
        /// Of a duty due on events: those that nothing answers yet.
        let open: [String]

        /// Whether some of its evidence came late.
        var isLate: Bool { evidence.contains(where: \.isLate) }
        /// Whether it is law; advice never keeps a half-year open.
        var isLaw: Bool { duty.mark != .advice }
    }

    /// So many of so many.
    struct Share: Sendable, Hashable {
        let done: Int
        let due: Int
    }

    /// What a duty lacks.
    enum State: String, Sendable {
        case lacking, unsigned, complete
        /// Nothing is due yet, or nothing happened that makes it due.
        case notDue = "not-due"
    }

    let period: HalfYear
    /// Those that hold for the firm, in the order of the table.
    let standings: [Standing]

    /// What a firm's duties stand at.
    /// - Parameters:
    ///   - contracts: the times for which the firm gave work to others; where it has none written down but says that it
    ///     does, every day counts.
    ///   - now: what is due of a duty that runs on; the others do not depend on it.
    init(
        _ book: DutyBook, firm: FirmProfile, period: HalfYear, evidence: [DutyEvidence], signatures: [DutySignature],
        triggers: [DutyTrigger], contracts: [ClosedRange<KoreanDay>] = [], now: Timestamp
    ) {
        self.period = period
        let valid = evidence.filter { $0.withdrawn == nil && $0.forgotten == nil }.sorted { $0.at > $1.at }
        standings = book.duties.compactMap { duty in
            let holding = duty.holds(for: firm)
            guard holding != .no, duty.isInForce(in: period) else { return nil }
            let counting = valid.filter {
                $0.duty == duty.id && Self.counts($0.period, in: period, duty.rhythm)
            }
            let share = Self.share(
                duty, period, counting, triggers.filter { $0.duty == duty.id && $0.at < period.end }, contracts, now)
            let signature = Self.signature(duty, period, signatures, under: counting)
            let isProved = share.map { $0.due > 0 && $0.done >= $0.due } ?? !counting.isEmpty
            let isDue = share.map { $0.due > 0 } ?? (duty.rhythm != .yearly || period.half >= duty.dueHalf)
            let state: State =
                if isProved {
                    duty.signer == nil || signature != nil ? .complete : .unsigned
                } else {
                    isDue ? .lacking : .notDue
                }
            return Standing(
                duty: duty, holding: holding, state: state, evidence: counting, signature: signature, share: share,
                open: Self.open(duty, counting, triggers, before: period.end))
        }
    }

    /// Law that is due and has no evidence.
    var lacking: [Standing] { standings.filter { $0.isLaw && $0.state == .lacking } }
    /// Law that has its evidence and waits for a signature.
    var unsigned: [Standing] { standings.filter { $0.isLaw && $0.state == .unsigned } }

    /// What the zone's table keeps: duties whose standing does not depend on today.
    var tally: (required: Int, evidenced: Int, complete: Int) {
        let kept = standings.filter { $0.isLaw && !$0.duty.rhythm.isRunning && $0.state != .notDue }
        return (
            kept.count, kept.count { $0.state != .lacking }, kept.count { $0.state == .complete }
        )
    }

    /// Whether what belongs to one half-year counts in another.
    private static func counts(_ from: HalfYear, in period: HalfYear, _ rhythm: Duty.Rhythm) -> Bool {
        switch rhythm {
        case .standing, .onEvent: from <= period
        case .yearly: from.year == period.year && from <= period
        default: from == period
        }
    }

    /// The signature that stands under the evidence: it came after what it signs.
    private static func signature(
        _ duty: Duty, _ period: HalfYear, _ signatures: [DutySignature], under evidence: [DutyEvidence]
    ) -> DutySignature? {
        let times = evidence.map(\.at)
        // Each answer to an event is signed; a duty that is proved again and again is signed once.
        guard let signed = duty.rhythm == .onEvent ? times.max() : times.min() else { return nil }
        return signatures.filter { signature in
            signature.duty == duty.id && signature.role == duty.signer && signature.at >= signed
                && (duty.rhythm == .onEvent
                    ? signature.period == period : counts(signature.period, in: period, duty.rhythm))
        }.max { $0.at < $1.at }
    }

    /// The events that made a duty due and that no evidence answers.
    private static func open(
        _ duty: Duty, _ evidence: [DutyEvidence], _ triggers: [DutyTrigger], before end: Timestamp
    ) -> [String] {
        let answered = Set(evidence.compactMap(\.subject))
        return triggers.filter { $0.duty == duty.id && $0.at < end && !answered.contains($0.subject) }.map(\.subject)
    }

    private static func share(
        _ duty: Duty, _ period: HalfYear, _ evidence: [DutyEvidence], _ triggers: [DutyTrigger],
        _ contracts: [ClosedRange<KoreanDay>], _ now: Timestamp
    ) -> Share? {
        if duty.rhythm == .onEvent {
            let answered = Set(evidence.compactMap(\.subject))
            // What was answered in an earlier half-year is over; what was not, stays due.
            let due = triggers.filter { trigger in
                HalfYear(trigger.at) == period || !answered.contains(trigger.subject)
                    || evidence.contains { $0.subject == trigger.subject && $0.period == period }
            }
            return Share(done: due.count { answered.contains($0.subject) }, due: due.count)
        }
        guard duty.rhythm.isRunning else { return nil }
        let today = KoreanDay(now)
        let spans = Self.spans(of: duty, in: period, contracts).filter { $0.upperBound < today }
        let days = Set(evidence.map(\.day))
        return Share(done: spans.count { span in days.contains(where: span.contains) }, due: spans.count)
    }

    /// The spans for which a duty that runs on asks for evidence: those that touch a time of contracted work.
    static func spans(
        of duty: Duty, in period: HalfYear, _ contracts: [ClosedRange<KoreanDay>]
    ) -> [ClosedRange<KoreanDay>] {
        duty.rhythm.spans(in: period).filter { span in
            contracts.isEmpty || contracts.contains { $0.overlaps(span) }
        }
    }
}
