import District
import Record
import Store

/// What the zone promised its citizens, and gave to a group to do, stands on that group's roadmap by itself: the group keeps
/// its day from then on, and what becomes of it is told to whoever promised.
enum PromiseReaction {
    static let milestone = Reaction(
        "alliance.promise-milestone", to: PromiseMade.type, yields: [MilestoneChanged.Change.set.type]
    ) { event, tables in
        guard let promise = PromiseMade(event), let named = promise.group,
            let due = promise.due.flatMap({ KoreanDay($0) }),
            // Of a group that is not known, or has ended, nothing can be asked: the promise stands without a milestone.
            let group = try GroupTable.find(named, in: tables), group.ended == nil
        else { return [] }
        // One milestone keeps a promise; another is set only where the one before was given up.
        let before = try MilestoneTable.keeping(promise.promise, in: tables)
        guard before.allSatisfy({ $0.state == .dropped }) else { return [] }
        let milestone = Milestone(
            id: Identifier(at: event.recorded).description, group: group.id, title: Words(promise.title, promise.title),
            // What citizens are given; who does it, and what it needs, the group says.
            layer: .product, owner: group.chair ?? "", due: due, firstDue: due, work: 0, needs: [], state: .open,
            slipped: nil, why: nil, ended: nil, note: nil, promise: promise.promise)
        var draft = milestone.setting(agreed: nil)
        draft.observed = event.observed
        return [draft]
    }
}
