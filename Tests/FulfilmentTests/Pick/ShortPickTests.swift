import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// A picker finds too little and says why: only what is in doubt is kept back.
@Suite struct ShortPickTests {
    private func short(_ task: PickTask, _ found: Int64, _ cause: String, damaged: Int64? = nil) -> [String: JSON] {
        var values: [String: JSON] = [
            "tour": .string(task.tour), "task": .decimal(task.task), "found": .decimal(found),
            "cause": .string(cause),
        ]
        if let damaged { values["damaged"] = .decimal(damaged) }
        return values
    }

    @Test("blocked: nothing is kept back, the place is closed until a lead opens it, and its picks go elsewhere")
    func blocked() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 20, at: "A-01-1")
            let one = try await yard.order([("RICE", 5)])
            let two = try await yard.order([("RICE", 2)])
            try await yard.release()
            try await yard.put("RICE", 4, at: "A-02-1")
            let task = try #require(try await yard.tasks().first { $0.order == one })
            try await yard.perform("fulfilment.pick.short", short(task, 1, "blocked"), by: .picker)
            #expect(try await yard.count("RICE", at: "A-01-1") == 19)
            #expect(try await yard.count("RICE", at: "A-01-1", status: .quarantine) == 0)
            #expect(try await yard.last(TourEvents.countWanted) == nil)
            #expect(try await yard.last(Place.closed)?.payload["blocked"] == true)
            let open = try await yard.tasks()
            #expect(open.allSatisfy { $0.place == Yard.place("A-02-1") } && open.reduce(0) { $0 + $1.left } == 4)
            // No promise is lost: what is blocked is still there.
            #expect(try await yard.reserved(one).reduce(0) { $0 + $1.quantity } == 5)
            #expect(try await yard.reserved(two).reduce(0) { $0 + $1.quantity } == 2)
            #expect(
                try await yard.refusal("fulfilment.place.open", ["place": "A-01-1"], by: .picker)?.code
                    == "access.forbidden")
            try await yard.perform("fulfilment.place.open", ["place": "A-01-1"], by: .lead)
            try await yard.pickAll()
            try await yard.releaseAnyway()
            try await yard.pickAll()
            for id in [one, two] { #expect(try await yard.find(id)?.state == .picked) }
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("broken ones are booked as broken, and only what nobody sees is kept back")
    func damaged() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 10, at: "A-01-1")
            let order = try await yard.order([("RICE", 5)])
            try await yard.release()
            let task = try #require(try await yard.tasks().first)
            #expect(
                try await yard.refusal("fulfilment.pick.short", short(task, 2, "damaged", damaged: 9), by: .picker)?
                    .code == "pick.damaged")
            #expect(
                try await yard.refusal("fulfilment.pick.short", short(task, 2, "damaged"), by: .picker)?.faults
                    .map(\.field) == ["damaged"])
            try await yard.perform("fulfilment.pick.short", short(task, 2, "damaged", damaged: 3), by: .picker)
            #expect(try await yard.count("RICE", at: "A-01-1", status: .damaged) == 3)
            #expect(try await yard.count("RICE", at: "A-01-1", status: .quarantine) == 5)
            #expect(try await yard.count("RICE", at: "A-01-1") == 0)
            #expect(try await yard.last(TourEvents.countWanted)?.payload["missing"]?.integer == 5)
            #expect(try await yard.lines(order).map(\.waiting) == [3])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what it will do is read off what it does")
    func outlook() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 6, at: "A-01-1")
            let one = try await yard.order([("RICE", 3)])
            try await yard.order([("RICE", 3)])
            try await yard.release()
            try await yard.put("RICE", 1, at: "A-02-1")
            let task = try #require(try await yard.tasks().first { $0.order == one })
            func outlook(_ said: ShortPick.Said) async throws -> ShortOutlook {
                try await yard.store.read { reader in
                    let pick = try PickFound(task.tour, task.task, by: .picker, for: Yard.owner, reader)
                    return ShortOutlook(try ShortPick.drafts(pick, said, [], reader), for: one)
                }
            }
            let empty = try await outlook(.init(found: 1, cause: .empty))
            #expect(empty.taken == 1 && empty.kept == 5 && empty.damaged == 0 && !empty.isClosed)
            #expect(empty.elsewhere == [.init(place: Yard.place("A-02-1"), quantity: 1)])
            #expect(empty.again == 1 && empty.others == 1)
            let blocked = try await outlook(.init(found: 0, cause: .blocked))
            #expect(blocked.isClosed && blocked.kept == 0 && blocked.again == 0)
        }
    }
}
