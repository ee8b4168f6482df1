import District
import Foundation
import Record

/// What happens in a synthetic firm on a day: its tool-box meeting, its inspection, and the dangers that are found and
/// dealt with in time or late. It is a function of the firm, the day and the seed.
struct SyntheticDay: Sendable {
    let firm: SyntheticFirm
    let day: KoreanDay
    let seed: UInt64

    /// A danger that is found on a day, and what becomes of it.
    struct Danger: Sendable, Hashable {
        let id: String
        let found: KoreanDay
        let band: RiskBand
        let due: KoreanDay
        /// When its action is put off, done and verified; a careless firm leaves some open.
        let extended: KoreanDay?, done: KoreanDay?, verified: KoreanDay?
    }

    /// All that is recorded, in order; `dangers` are those of the firm that have something to do on the day.
    func drafts(_ dangers: [Danger]) -> [Draft] {
        var draw = draw(salt: 1)
        var drafts: [Draft] = []
        if !day.isWeekend {
            if draw.happens(0.35 + 0.64 * firm.care) { drafts.append(meeting) }
            if let inspection = inspection(&draw) { drafts.append(inspection) }
        }
        for danger in dangers { drafts += self.drafts(danger) }
        return drafts
    }

    private var meeting: Draft {
        Draft(
            "safety.tbm.held", stream: "tbm/\(firm.id)-\(day.number)", scope: firm.scope,
            payload: [
                "thing": .string(firm.site.rawValue), "day": .string(day.description), "language": "ko",
                "leader": .string(firm.person(1).rawValue), "topics": ["작업 전 점검"],
                "participants": .array((1...firm.people).map { .string(firm.person($0).rawValue) }),
                "synthetic": true,
            ])
    }

    /// One round a week, due on a Monday; a careless firm comes days later, or not at all.
    private func inspection(_ draw: inout SeededDraw) -> Draft? {
        var week = SeededDraw(seed: seed &+ UInt64(firm.number) &* 9973 &+ UInt64(day.monday.number) &* 31)
        let late = week.happens(0.6 * (1 - firm.care))
        let delay = late ? 1 + Int64(week.uniform() * 4) : 0
        guard day == day.monday + delay, !(late && week.happens(0.3)) else { return nil }
        let id = "\(firm.id)-i\(day.monday.number)"
        return Draft(
            "safety.inspection.submitted", stream: "inspection/\(id)", scope: firm.scope,
            payload: [
                "inspection": .string(id), "schedule": .string("\(firm.id)-round"), "template": "synthetic",
                "version": 1, "edition": "synthetic", "place": .string(firm.site.rawValue),
                "inspector": .string(firm.person(1).rawValue), "day": .string(day.description),
                "due": .string(day.monday.description), "good": 12, "skipped": 0, "answers": [], "failures": [],
                "synthetic": true,
            ])
    }

    /// The dangers that are found on this day.
    var found: [Danger] {
        guard !day.isWeekend else { return [] }
        var draw = draw(salt: 2)
        var found: [Danger] = []
        // Half a danger a month, and one more for each sixty people.
        let rate = (0.5 + Double(firm.people) / 60) / 21
        for place in 0..<3 where draw.happens(rate / 3) {
            let band: RiskBand =
                switch draw.uniform() {
                case ..<0.35: .low
                case ..<0.75: .medium
                case ..<0.96: .high
                default: .severe
                }
            let days: Int64 = [.low: 60, .medium: 30, .high: 7, .severe: 1][band] ?? 30
            let due = day + days
            // The planted cause: the chance to be late rises with carelessness alone.
            let isLate = draw.happens(1 / (1 + exp(-(1.5 - 5 * firm.care))))
            let isPutOff = isLate && draw.happens(0.5)
            let left = isLate && draw.happens(0.12)
            let done = isLate ? due + 1 + Int64(draw.uniform() * 40) : day + Int64(draw.uniform() * Double(days))
            found.append(
                Danger(
                    id: "\(firm.id)-\(day.number)-\(place)", found: day, band: band, due: due,
                    extended: isPutOff ? due : nil, done: left ? nil : done, verified: left ? nil : done + 14))
        }
        return found
    }

    /// Evidence of duties that is put on this day: a careful firm has more of it.
    func evidence(_ duties: [Duty], edition: String) -> [Draft] {
        let period = HalfYear(day)
        let length = Double(period.last.number - period.first.number)
        return duties.enumerated().compactMap { place, duty in
            var draw = SeededDraw(
                seed: seed &+ UInt64(firm.number) &* 65_537 &+ UInt64(place) &* 257 &+ UInt64(period.first.number))
            guard draw.happens(0.2 + 0.75 * firm.care), day == period.first + Int64(draw.uniform() * length),
                let kind = duty.kinds.first
            else { return nil }
            var payload = GiveEvidence.payload(duty, period, day: day, kind: kind, edition: edition)
            let id = "\(firm.id)-\(duty.id)-\(period)"
            payload["hash"] = .string(ContentHash.sha256(Array(id.utf8)))
            payload["synthetic"] = true
            return Draft("safety.duty.evidenced", stream: "evidence/\(id)", scope: firm.scope, payload: payload)
        }
    }

    private func drafts(_ danger: Danger) -> [Draft] {
        var drafts: [Draft] = []
        let (hazard, action) = ("hazard/\(danger.id)", "action/\(danger.id)")
        func add(_ type: String, _ stream: String, _ payload: [String: JSON]) {
            drafts.append(
                Draft(
                    type, stream: stream, scope: firm.scope,
                    payload: payload.merging(["synthetic": true]) { kept, _ in kept }))
        }
        if danger.found == day {
            let common: [String: JSON] = [
                "hazard": .string(danger.id), "thing": .string(firm.site.rawValue), "accident": "slip",
            ]
            add("safety.hazard.raised", hazard, common)
            add(
                "safety.hazard.accepted", hazard,
                common.merging([
                    "band": .string(danger.band.rawValue), "frequency": 2, "severity": 2,
                ]) { kept, _ in kept })
            add(
                "safety.action.opened", action,
                [
                    "thing": .string(firm.site.rawValue), "title": "합성 조치", "source_kind": "hazard",
                    "source": .string(danger.id), "band": .string(danger.band.rawValue), "step": "engineering",
                    "owner": .string(firm.person(1).rawValue), "due": .string(danger.due.description),
                ])
        }
        if danger.extended == day {
            add("safety.action.extended", action, ["due": .string((day + 14).description), "reason": "합성"])
        }
        if danger.done == day { add("safety.action.completed", action, [:]) }
        if danger.verified == day { add("safety.action.verified", action, ["effective": true]) }
        return drafts
    }

    private func draw(salt: UInt64) -> SeededDraw {
        SeededDraw(
            seed: seed &+ UInt64(firm.number) &* 1_000_003 &+ UInt64(bitPattern: day.number) &* 7919 &+ salt &* 104_729)
    }
}
