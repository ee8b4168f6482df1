import Testing

@testable import Fulfilment

@Suite struct TourTests {
    static func hall(_ draw: inout PlanDraw, doors: [PickHall.Door]) -> PickHall {
        let aisles = 1 + draw.below(5)
        var hall = PickHall(
            aisles: aisles, length: 3 + draw.below(6), pitch: 1 + draw.below(4), depot: draw.below(aisles))
        for aisle in 0..<aisles { hall.doors[aisle] = doors[draw.below(doors.count)] }
        return hall
    }

    @Test("a tour is as short as the shortest of all orders of its places", arguments: [1, 2, 3, 4])
    func exact(seed: UInt64) {
        var draw = PlanDraw(seed: seed)
        for round in 0..<40 {
            let hall = Self.hall(&draw, doors: [.open])
            let paths = Footpaths(hall)
            let stops = (0..<(1 + draw.below(6))).map { _ in
                PickStop(draw.below(hall.doors.count), 1 + draw.below(hall.length))
            }
            #expect(Tour.exact(stops, hall).length == paths.tour(stops), "seed \(seed) round \(round) \(stops) \(hall)")
        }
    }

    @Test("it is so where aisles are closed or entered from one end only", arguments: [11, 12, 13, 14])
    func closed(seed: UInt64) {
        var draw = PlanDraw(seed: seed)
        var unreachable = 0
        for round in 0..<40 {
            let hall = Self.hall(&draw, doors: [.open, .front, .back, .closed, .open])
            let paths = Footpaths(hall)
            let stops = (0..<(1 + draw.below(6))).map { _ in
                PickStop(draw.below(hall.doors.count), 1 + draw.below(hall.length - 1))
            }
            let tour = Tour.exact(stops, hall)
            let reached = stops.filter { paths.between(PickStop(hall.depot, 0), $0) < Footpaths.far }
            #expect(tour.length == paths.tour(reached), "seed \(seed) round \(round) \(stops) \(hall)")
            #expect(tour.unreachable == Set(stops).subtracting(reached).sorted())
            unreachable += tour.unreachable.count
        }
        #expect(unreachable > 0)
    }

    @Test("the walk that is told passes every place, is as long as told, and goes only where one can go")
    func walk() {
        var draw = PlanDraw(seed: 5)
        for round in 0..<60 {
            let hall = Self.hall(&draw, doors: round < 30 ? [.open] : PickHall.Door.allCases)
            let paths = Footpaths(hall)
            let stops = (0..<(1 + draw.below(12))).map { _ in
                PickStop(draw.below(hall.doors.count), 1 + draw.below(hall.length - 1))
            }
            let tour = Tour.exact(stops, hall)
            let walked = zip(tour.path, tour.path.dropFirst()).reduce(0) { $0 + paths.between($1.0, $1.1) }
            #expect(walked == tour.length, "round \(round) \(stops) \(hall)")
            #expect(tour.path.first == PickStop(hall.depot, 0) && tour.path.last == PickStop(hall.depot, 0))
            #expect(Set(tour.stops + tour.unreachable) == Set(stops))
            #expect(tour.stops.count == Set(tour.stops).count)
        }
    }

    @Test("the fast measure of masks says what the tour says, in short and in long aisles")
    func meter() {
        var draw = PlanDraw(seed: 6)
        for round in 0..<400 {
            var hall = Self.hall(&draw, doors: round < 200 ? [.open] : PickHall.Door.allCases)
            if round % 4 == 3 {
                var long = PickHall(aisles: hall.doors.count, length: 60 + draw.below(140), pitch: 7, depot: hall.depot)
                long.doors = hall.doors
                hall = long
            }
            let stops = (0..<(1 + draw.below(25))).map { _ in
                PickStop(draw.below(hall.doors.count), 1 + draw.below(hall.length))
            }.filter(hall.reaches)
            let meter = TourMeter(hall)
            let mask = UnsafeMutablePointer<UInt64>.allocate(capacity: meter.size)
            mask.initialize(repeating: 0, count: meter.size)
            defer { mask.deallocate() }
            meter.mark(stops, in: mask)
            #expect(meter.length(mask) == Tour.length(stops, hall), "round \(round) \(stops) \(hall)")
        }
    }

    @Test func nothingToPickIsNoWay() {
        let tour = Tour.exact([], PickHall(aisles: 3, length: 10, pitch: 2))
        #expect(tour.length == 0 && tour.stops.isEmpty && tour.unreachable.isEmpty)
    }

    @Test func aClosedAisleIsWalkedAroundAndWhatLiesInItIsNamed() {
        let hall = PickHall(aisles: 3, length: 10, pitch: 2)
        let stops = [PickStop(0, 9), PickStop(1, 5), PickStop(2, 9)]
        #expect(Tour.length(stops, hall) == 30)
        let closed = Tour.exact(stops, hall.with([1: .closed]))
        #expect(closed.length == 28 && closed.unreachable == [PickStop(1, 5)])
        // Who may not pass through the last aisle comes back by the first.
        #expect(Tour.length(stops, hall.with([2: .back])) > 28)
        #expect(Tour.exact(stops, hall.with([0: .back, 1: .closed, 2: .closed])).stops.isEmpty)
    }
}
