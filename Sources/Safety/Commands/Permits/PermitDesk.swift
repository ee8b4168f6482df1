import Access
import District
import Record
import Store
import Twin

/// Gathers what the gates of a permit ask, from the tables: training, meetings, air, other permits, closures.
///
/// It reads as the permit's firms, not as whoever asks: see ``PermitFirms``. Other firms' permits are looked at for
/// clashes only, and named by their number.
struct PermitDesk: Sendable {
    let rules: PermitRules
    let courses: TrainingCourses

    /// The kind of a permit.
    /// - Throws: ``Refusal`` where the handbook no longer has it: what cannot be judged is not let in.
    func kind(_ permit: Permit) throws -> PermitKind {
        guard let kind = rules[permit.kind] else { throw PermitRefusals.noKind }
        return kind
    }

    /// The air at a permit's place; nil where its kind asks for none and nobody measures any.
    func air(_ permit: Permit, at now: Timestamp, in reader: any Reader) throws -> GasGate.Verdict? {
        let kind = try kind(permit)
        guard kind.asksGas || !kind.watched.isEmpty else { return nil }
        let readings = try AirTable.readings(at: permit.thing, of: permit.host, for: permit.firms.place, in: reader)
        let verdict = rules.gate.judge(readings, required: kind.gases, watched: kind.watched, at: now)
        return kind.asksGas || !verdict.findings.isEmpty ? verdict : nil
    }

    /// The gates of a permit.
    /// - Parameters:
    ///   - only: whom to look at; everyone named, the watcher included, where nil.
    ///   - checks: items of the checklist that were confirmed; nil where nobody is asked.
    ///   - end: until when, where it is to be extended.
    func gates(
        _ permit: Permit, only: PersonID? = nil, checks: Set<String>? = nil, until end: Timestamp? = nil,
        at now: Timestamp, in reader: any Reader
    ) throws -> PermitGates {
        let (kind, firms, day) = (try kind(permit), permit.firms, KoreanDay(now))
        var asked: [(PersonID, [String])] = try PermitTable.people(of: permit.id, in: reader).map {
            ($0.person, kind.training)
        }
        if let watcher = permit.watcher { asked.append((watcher, kind.watcherTraining)) }
        if let only { asked = asked.filter { $0.0 == only } }
        let standings = try asked.map { person, names in
            PermitGates.Standing(
                person: person, name: try firms.person(person, in: reader)?.name,
                lacks: try names.compactMap { courses[$0] }.filter {
                    try !firms.isTrained(person, $0, on: day, in: reader)
                },
                attended: try TBMTable.held(
                    on: day, at: permit.thing, participant: person, for: firms.place, in: reader))
        }
        let site = try site(of: permit, until: end, in: reader)
        return PermitGates(
            kind: kind, permit: permit, people: standings, locks: try PermitTable.locks(of: permit.id, in: reader),
            air: try air(permit, at: now, in: reader), clashes: try clashes(site, permit, at: now, in: reader),
            flammables: kind.id == "hot"
                ? try SubstanceTable.flammables(at: permit.thing, for: firms.place, in: reader).map(\.name)
                : [],
            closed: try closed(permit, in: reader), checks: checks, limits: rules.gate.limits, now: now)
    }

    private func clashes(
        _ site: WorkSite, _ permit: Permit, at now: Timestamp, in reader: any Reader
    ) throws -> [Clash] {
        let others = try PermitTable.active(from: site.from, to: site.to, now: now, in: reader).filter { other in
            other.id != permit.id && rules.clashes.contains { $0.joins(permit.marks, other.marks) }
        }
        // Work that has run over its time goes on until somebody closes it.
        let sites = try others.map { try self.site(of: $0, until: $0.to <= now ? site.to : nil, in: reader) }
        return Clash.find(site, among: sites, by: rules.clashes)
    }

    /// Where a permit's work is done.
    func site(of permit: Permit, until end: Timestamp? = nil, in reader: any Reader) throws -> WorkSite {
        let path = try Things.path(to: permit.thing, for: permit.firms.place, in: reader).reversed()
            .filter { $0.kind != .zone && $0.kind != .enterprise }
        return WorkSite(
            permit: permit.id, number: permit.number, traits: permit.marks, places: path.map(\.id),
            geometry: path.lazy.compactMap(\.geometry).first, from: permit.from, to: end ?? permit.to)
    }

    /// Closed places that hold the thing or lie in it.
    private func closed(_ permit: Permit, in reader: any Reader) throws -> [Words] {
        let closures = try PermitTable.closures(in: reader)
        guard !closures.isEmpty else { return [] }
        let place = permit.firms.place
        let above = Set(try Things.path(to: permit.thing, for: place, in: reader).map(\.id))
        return try closures.compactMap { closed in
            let path = try Things.path(to: closed, for: place, in: reader)
            guard above.contains(closed) || path.contains(where: { $0.id == permit.thing }) else { return nil }
            return path.last?.name ?? Words(closed.rawValue, closed.rawValue)
        }
    }
}
