import Access
import District
import Record
import Store
import Testing
import Twin

@testable import Safety

@Suite("Permits: works that clash (story 6), closures, locks, contractors")
struct PermitClashTests {
    private func hot(_ yard: Yard, _ more: [String: JSON] = [:]) -> [String: JSON] {
        let base: [String: JSON] = [
            "kind": "hot", "thing": "alfa-press", "work": "용접", "from": .string(yard.clock.read().description),
            "to": .string(yard.clock.read().advanced(bySeconds: 7200).description),
            "people": [["person": "alfa-worker-1"]], "supervisor": "alfa-manager", "watcher": "alfa-executive",
        ]
        return base.merging(more) { $1 }
    }

    private func rules(_ permit: String, _ kind: String, _ yard: Yard) async throws -> [String] {
        try await yard.rules(
            "safety.permit.authorise", yard.authorising(permit, kind), by: .manager("alfa"))
    }

    @Test("hot work beside work with solvent is refused, and both permits are named")
    func solvent() async throws {
        try await Yard.with { yard in
            try await yard.readyForWork()
            let paint = try await yard.request(
                hot(
                    yard,
                    [
                        "thing": "alfa-shop", "solvent": true, "kind": "electrical",
                        "locks": [["point": "분전반", "number": "7", "owner": "alfa-worker-1"]],
                    ]))
            try await yard.perform(
                "safety.permit.lock", ["permit": .string(paint), "lock": "7", "tried": true], by: .worker("alfa"))
            try await yard.authorise(paint, "electrical")
            let weld = try await yard.request(hot(yard))
            let refusal = try await yard.refusal(
                "safety.permit.authorise", yard.authorising(weld, "hot"), by: .manager("alfa"))
            #expect(refusal?.faults.map(\.rule) == ["clash.hot-solvent"])
            let numbers = [try await yard.permit(paint)?.number, try await yard.permit(weld)?.number]
            for number in numbers {
                #expect(refusal?.faults.first?.words.ko.contains(try #require(number)) == true)
            }
            #expect(Set(numbers).count == 2)
            // Later than the other ends there is nothing in the way.
            let later = try await yard.request(
                hot(
                    yard,
                    [
                        "from": .string(yard.clock.read().advanced(bySeconds: 7200).description),
                        "to": .string(yard.clock.read().advanced(bySeconds: 9000).description),
                    ]))
            #expect(try await rules(later, "hot", yard).isEmpty)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("hot work waits for what catches fire to be taken away")
    func flammables() async throws {
        try await Yard.with { yard in
            try await yard.readyForWork()
            try await yard.perform(
                "safety.substance.register",
                [
                    "thing": "alfa-shop", "name": "신너", "supplier": "예시", "hazards": "H225",
                    "revised": "2026-03-02T00:00:00+09:00",
                ], by: .manager("alfa"))
            let near = try await yard.request(hot(yard))
            #expect(try await rules(near, "hot", yard) == ["flammables.near"])
            let cleared = try await yard.request(hot(yard, ["flammables_cleared": true]))
            #expect(try await rules(cleared, "hot", yard).isEmpty)
        }
    }

    @Test("distance: within eleven metres clashes, beyond does not, and unknown within one site does")
    func distance() throws {
        let rules = try Yard.desk().rules.clashes
        func site(_ id: String, _ traits: Set<String>, _ places: [ThingID], _ east: Double?) -> WorkSite {
            WorkSite(
                permit: id, number: id, traits: traits, places: places,
                geometry: east.map { Geometry(.point(.init($0, 0)), frame: .local) },
                from: Timestamp(microseconds: 0), to: Timestamp(microseconds: 10))
        }
        func clashes(_ one: WorkSite, _ other: WorkSite) -> [String] {
            Clash.find(one, among: [other], by: rules).map { "\($0.rule.one)-\($0.rule.other)" }
        }
        let weld = site("1", ["hot"], ["a", "plant"], 0)
        #expect(
            clashes(weld, site("2", ["confined", "solvent"], ["b", "plant"], 11)) == ["hot-solvent", "hot-confined"])
        #expect(clashes(weld, site("2", ["solvent"], ["b", "plant"], 11.01)).isEmpty)
        #expect(clashes(weld, site("2", ["solvent"], ["plant"], 500)) == ["hot-solvent"])
        #expect(clashes(weld, site("2", ["solvent"], ["b", "plant"], nil)) == ["hot-solvent"])
        #expect(clashes(weld, site("2", ["solvent"], ["b", "other"], nil)).isEmpty)
        #expect(clashes(weld, site("2", ["height"], ["a", "plant"], 0)).isEmpty)
        #expect(clashes(site("3", ["lifting"], ["c", "plant"], 15), weld) == ["lifting-any"])
        #expect(
            clashes(site("3", ["electrical"], ["a"], nil), site("2", ["needs-power"], ["a", "plant"], nil))
                == ["electrical-needs-power"])
    }

    @Test("shapes: a point in an area is in it, areas that cross touch, on the earth metres are metres")
    func shapes() throws {
        func square(_ x: Double, _ y: Double, _ side: Double) -> Geometry {
            Geometry(
                .polygon([.init(x, y), .init(x + side, y), .init(x + side, y + side), .init(x, y + side)]),
                frame: .local)
        }
        func distance(_ one: Geometry, _ other: Geometry) -> Double? {
            Footprint.pair(one, other).map { $0.distance(to: $1) }
        }
        #expect(distance(square(0, 0, 10), square(13, 14, 5)) == 5)
        #expect(distance(square(0, 0, 10), square(5, -2, 4)) == 0)
        #expect(distance(square(0, 0, 10), Geometry(.point(.init(5, 5)), frame: .local)) == 0)
        #expect(distance(square(0, 0, 10), Geometry(.point(.init(5, 5)), frame: .wgs84)) == nil)
        let busan = Geometry(.point(.init(128.8206, 35.0968)), frame: .wgs84)
        let north = try #require(distance(busan, Geometry(.point(.init(128.8206, 35.0969)), frame: .wgs84)))
        let east = try #require(distance(busan, Geometry(.point(.init(128.8207, 35.0968)), frame: .wgs84)))
        #expect(abs(north - 11.12) < 0.01)
        #expect(abs(east - 9.10) < 0.01)
    }

    @Test("a closed place lets no work begin, and stops what runs there; a drill does not")
    func closure() async throws {
        try await Yard.with { yard in
            try await yard.readyForWork()
            let permit = try await yard.request(hot(yard))
            try await yard.authorise(permit, "hot")
            try await yard.perform("safety.permit.enter", ["permit": .string(permit)], by: .worker("alfa"))
            func tell(_ type: String, _ payload: [String: JSON]) async throws {
                try await yard.district.record(
                    [Draft(type, stream: "test/1", scope: .firm("alfa"), payload: payload)],
                    origin: Origin(author: .system("test")))
            }
            try await tell(EmergencyDeclared.type, ["emergency": "e1", "thing": "alfa-plant", "drill": true])
            #expect(try await yard.permit(permit)?.state == .running)
            try await tell(ZoneClosed.type, ["closure": "c1", "thing": "bravo-shop", "reason": "hazard"])
            #expect(try await yard.permit(permit)?.state == .running)
            try await tell(ZoneClosed.type, ["closure": "c2", "thing": "alfa-shop", "reason": "hazard"])
            #expect(try await yard.permit(permit)?.state == .suspended)
            #expect(try await yard.permit(permit)?.suspension == "closure")
            let inside = try await yard.last("safety.permit.suspended")
            #expect(inside?.payload["inside"]?.elements == ["alfa-worker-1"])
            let early = try await yard.refusal(
                "safety.permit.resume", ["permit": .string(permit)], by: .manager("alfa"))
            #expect(early?.code == "permit.inside")
            try await yard.perform("safety.permit.leave", ["permit": .string(permit)], by: .worker("alfa"))
            let shut = try await yard.rules("safety.permit.resume", ["permit": .string(permit)], by: .manager("alfa"))
            #expect(shut == ["place.closed"])
            try await tell(ZoneOpened.type, ["closure": "c2", "thing": "alfa-shop"])
            try await yard.perform("safety.permit.resume", ["permit": .string(permit)], by: .manager("alfa"))
            try await tell(EmergencyDeclared.type, ["emergency": "e2", "thing": "alfa-plant", "drill": false])
            #expect(try await yard.permit(permit)?.suspension == "emergency")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a lock is its owner's: on before work, off before the end, and nobody else's hand on it")
    func locks() async throws {
        try await Yard.with { yard in
            try await yard.readyForWork()
            let permit = try await yard.request(
                hot(
                    yard,
                    [
                        "kind": "electrical", "people": .array(Yard.crew.map { ["person": .string($0)] }),
                        "locks": [
                            ["point": "분전반", "number": "7", "owner": "alfa-worker-1"],
                            ["point": "유압 밸브", "number": "8", "owner": "alfa-worker-2"],
                        ],
                    ]))
            func values(_ lock: String, _ more: [String: JSON] = [:]) -> [String: JSON] {
                ["permit": .string(permit), "lock": .string(lock)].merging(more) { $1 }
            }
            let tried: [String: JSON] = ["tried": true]
            #expect(try await rules(permit, "electrical", yard) == ["isolation.open", "isolation.open"])
            let other = try await yard.refusal("safety.permit.lock", values("8", tried), by: .worker("alfa"))
            #expect(other?.code == "permit.not-owner")
            let untried = try await yard.refusal(
                "safety.permit.lock", values("7", ["tried": false]), by: .worker("alfa"))
            #expect(untried?.code == "permit.untried")
            try await yard.perform("safety.permit.lock", values("7", tried), by: .worker("alfa"))
            try await yard.perform("safety.permit.lock", values("8", tried), by: .worker("alfa", 2))
            try await yard.authorise(permit, "electrical")
            let closing: [String: JSON] = ["permit": .string(permit), "restored": true]
            let locked = try await yard.rules("safety.permit.close", closing, by: .manager("alfa"))
            #expect(locked == ["lock.on", "lock.on"])
            let forced = try await yard.refusal(
                "safety.permit.unlock", values("7", ["reason": "자리에 없음"]), by: .manager("alfa"))
            #expect(forced?.code == "permit.not-owner")
            try await yard.perform("safety.permit.unlock", values("7"), by: .worker("alfa"))
            try await yard.perform("safety.permit.unlock", values("8"), by: .worker("alfa", 2))
            try await yard.perform("safety.permit.close", closing, by: .manager("alfa"))
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a contractor's people work under the host's permit, by their own firm's training, and see it; others do not")
    func contractor() async throws {
        try await Yard.with { yard in
            try await yard.readyForWork()
            let values = hot(yard, ["contractor": "bravo", "people": [["person": "bravo-worker-1"]]])
            let without = try await yard.refusal("safety.permit.request", values, by: .manager("alfa"))
            #expect(without?.faults.map(\.rule) == ["contract"])
            try await yard.district.record(
                [try AccessEvents.firmChanged(Firm(id: "bravo", name: "bravo", registration: "222", headcount: 42))],
                origin: Origin(author: .system("test")))
            let contract = try await yard.perform(
                "safety.contractor.contract",
                [
                    "registration": "222", "thing": "alfa-shop", "work": "welding", "trade": "manufacturing",
                    "starts": "2026-11-01T00:00:00+09:00", "ends": "2027-03-31T00:00:00+09:00",
                ], by: .manager("alfa"))
            // Not before the contractor has agreed.
            let unasked = try await yard.refusal("safety.permit.request", values, by: .manager("alfa"))
            #expect(unasked?.faults.map(\.rule) == ["contract"])
            try await yard.perform(
                "safety.contractor.accept",
                ["contract": .string(String(contract.events[0].stream.dropFirst("contract/".count)))],
                by: .manager("bravo"))
            let permit = try await yard.request(values)
            #expect(try await rules(permit, "hot", yard) == ["training.hot-work", "tbm.missing"])
            try await yard.certify("hot-work", ["bravo-worker-1"], firm: "bravo")
            try await yard.meet(["bravo-worker-1"])
            try await yard.authorise(permit, "hot")
            try await yard.perform("safety.permit.enter", ["permit": .string(permit)], by: .worker("bravo"))
            #expect(try await yard.permit(permit, for: .manager("bravo"))?.contractor == "bravo")
            let foreign = try await yard.refusal(
                "safety.permit.request", hot(yard, ["people": [["person": "bravo-worker-1"]]]), by: .worker("alfa"))
            #expect(foreign?.faults.map(\.field) == ["people"])
            #expect(try await yard.rebuildsAlike())
        }
    }
}
