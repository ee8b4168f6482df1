import Access
import District
import Record
import Store

/// What people call groups, milestones, members and opportunities where a form, or somebody who speaks, refers to one.
enum GroupNames {
    static func groups(_ caller: Caller, _ reader: any Reader) throws -> [Named] {
        try GroupTable.all(in: reader).filter { $0.ended == nil }.map {
            Named($0.id, [$0.title.ko, $0.title.en], label: $0.title)
        }
    }

    /// Milestones are everybody's to know; the open ones can be referred to.
    static func milestones(_ caller: Caller, _ reader: any Reader) throws -> [Named] {
        let groups = Dictionary(
            try GroupTable.all(in: reader).map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
        return try MilestoneTable.all(in: reader).filter { $0.state != .dropped }.map { milestone in
            let group = groups[milestone.group] ?? Words("–", "–")
            return Named(
                milestone.id, [milestone.title.ko, milestone.title.en],
                label: Words("\(milestone.title.ko) – \(group.ko)", "\(milestone.title.en) – \(group.en)"))
        }
    }

    /// The members of the groups that somebody leads or is in; nobody else is offered names.
    static func members(_ caller: Caller, _ reader: any Reader) throws -> [Named] {
        guard caller.isKnown else { return [] }
        return try GroupTable.all(in: reader).filter { $0.ended == nil }.flatMap { group -> [Named] in
            let members = try GroupTable.members(of: group.id, in: reader)
            guard GroupStanding(of: caller, in: group, members).isInside else { return [] }
            return members.filter(\.isActive).map { member in
                let name = member.name ?? "–"
                return Named(
                    member.id, ["\(name) (\(member.organisation))", name],
                    label: Words(
                        "\(name) (\(member.organisation)) – \(group.title.ko)",
                        "\(name) (\(member.organisation)) – \(group.title.en)"))
            }
        }
    }

    static func opportunities(_ caller: Caller, _ reader: any Reader) throws -> [Named] {
        guard let tenant = try? caller.tenant else { return [] }
        return try GroupOpportunities.all(for: tenant, in: reader).map {
            Named($0.id, [$0.title.ko, $0.title.en], label: $0.title)
        }
    }
}
