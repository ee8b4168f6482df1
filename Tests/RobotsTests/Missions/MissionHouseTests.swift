import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Robots

@Suite struct MissionHouseTests {
    @Test(
        "a delivery is asked for, driven, handed over by badge, done; its tables can be made anew",
        arguments: StoreUnderTest.all)
    func whole(_ kind: StoreUnderTest) async throws {
        try await MissionYard.with(kind) { yard in
            let id = try await MissionYard.ask(yard)
            let asked = try await MissionYard.kept(yard, id)
            #expect(asked.mission.priority == .clinical)
            #expect(asked.mission.scope == .firm("firm-onyu"))
            #expect(asked.mission.stops.map(\.proof) == [.none, .badge])
            #expect(asked.secret.recipient == "김간호" && asked.secret.track != nil)
            try await MissionYard.drive(yard, id)
            #expect(try await MissionYard.kept(yard, id).mission.state == .waiting)
            try await yard.perform(
                "robots.mission.confirm", ["mission": .string(id), "why": "직원증 두고 옴"], by: MissionYard.nurse)
            try await MissionYard.journal(yard).step(id, .completed)
            let done = try await MissionYard.kept(yard, id)
            #expect(done.mission.state == .completed && done.ended != nil)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("nothing personal, no code and no link stands on the Record")
    func personal() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard, ["handover": "code"])
            let kept = try await MissionYard.kept(yard, id)
            let digits = try #require(kept.secret.digits), track = try #require(kept.secret.track)
            let event = try #require(try await yard.last(MissionEvents.asked))
            let text = JSON.object(event.payload).canonicalText
            for word in ["김간호", "302호", track, "\"\(digits)\""] { #expect(!text.contains(word), "\(word)") }
            #expect(!event.stream.contains(track))
        }
    }

    @Test("a wrong code is counted and bounded; then only a person helps")
    func code() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard, ["handover": "code"])
            try await MissionYard.drive(yard, id)
            let digits = try #require(try await MissionYard.kept(yard, id).secret.digits)
            let wrong = digits == "0000" ? "1111" : "0000"
            let values: [String: JSON] = ["mission": .string(id), "code": .string(wrong)]
            for left in [4, 3, 2, 1] {
                let types = try await yard.perform("robots.mission.confirm", values, by: MissionYard.pharmacist).events
                    .map(\.type)
                #expect(types == [MissionEvents.mistaken], "\(left)")
            }
            let last = try await yard.perform("robots.mission.confirm", values, by: MissionYard.pharmacist)
            #expect(last.events.map(\.type) == [MissionEvents.mistaken, MissionEvents.called])
            let right: [String: JSON] = ["mission": .string(id), "code": .string(digits)]
            let refusal = try await yard.refusal("robots.mission.confirm", right, by: MissionYard.pharmacist)
            #expect(refusal?.code == "mission.tries" && refusal?.kind == .tooOften)
        }
    }

    @Test("whoever asked locks nobody out; an operator unlocks with a new code, or hands over with a reason")
    func unlocked() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard, ["handover": "code"])
            try await MissionYard.drive(yard, id)
            let digits = try #require(try await MissionYard.kept(yard, id).secret.digits)
            let wrong: [String: JSON] = ["mission": .string(id), "code": .string(digits == "0000" ? "1111" : "0000")]
            func confirm(_ values: [String: JSON], _ caller: Caller) async throws -> Refusal? {
                try await yard.refusal(
                    "robots.mission.confirm", values.merging(["mission": .string(id)]) { $1 }, by: caller)
            }
            for _ in 0..<7 { #expect(try await confirm(wrong, MissionYard.nurse) == nil) }
            #expect(try await MissionYard.kept(yard, id).mistakes == 0)
            #expect(try await yard.last(MissionEvents.mistaken)?.payload["left"]?.integer == 5)
            for _ in 0..<5 { _ = try await confirm(wrong, MissionYard.pharmacist) }
            #expect(try await confirm(["code": .string(digits)], MissionYard.nurse)?.code == "mission.tries")
            let track = try #require(try await MissionYard.kept(yard, id).secret.track)
            func page() async throws -> String {
                try await PageKit.page(yard, "/robots/track/{code}", .anonymous(), ["code": track])
            }
            #expect(try await page().contains("담당자를 불렀습니다"))
            #expect(try await !page().contains("로봇 화면에 인수 번호를 누르세요"))
            // Only who steers the fleet helps, and not without saying how they know.
            let recode: [String: JSON] = ["mission": .string(id)]
            #expect(try await yard.refusal("robots.mission.recode", recode, by: MissionYard.nurse)?.kind == .forbidden)
            try await yard.perform("robots.mission.recode", recode, by: MissionYard.operators)
            let anew = try await MissionYard.kept(yard, id)
            #expect(anew.mistakes == 0 && anew.called == nil && anew.secret.digits != nil)
            #expect(try await page().contains("로봇 화면에 인수 번호를 누르세요"))
            let event = try #require(try await yard.last(MissionEvents.coded))
            #expect(event.payload["digits"]?.text == nil)
            for _ in 0..<5 { _ = try await confirm(["code": "x"], MissionYard.pharmacist) }
            #expect(try await confirm(["why": "주민등록증을 봤습니다"], MissionYard.nurse)?.code == "mission.code")
            #expect(try await confirm([:], MissionYard.operators)?.code == "mission.code")
            #expect(try await confirm(["why": "."], MissionYard.operators)?.code == "mission.reason")
            #expect(try await confirm(["why": "신분증을 봤습니다"], MissionYard.operators) == nil)
            let handed = try #require(try await yard.last(MissionEvents.handed)).payload
            #expect(handed["by"]?.text == "checked" && handed["why"]?.text == "신분증을 봤습니다")
            #expect(handed["person"]?.text == "operator")
            let over = try await yard.refusal("robots.mission.recode", recode, by: MissionYard.operators)
            #expect(over?.code == "mission.no-code")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("the right code hands over, once")
    func rightCode() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard, ["handover": "code"])
            let digits = try #require(try await MissionYard.kept(yard, id).secret.digits)
            let right: [String: JSON] = ["mission": .string(id), "code": .string(digits)]
            let early = try await yard.refusal("robots.mission.confirm", right, by: MissionYard.nurse)
            #expect(early?.code == "mission.not-here")
            try await MissionYard.drive(yard, id)
            let outcome = try await yard.perform("robots.mission.confirm", right, by: MissionYard.nurse)
            #expect(outcome.events.map(\.type) == [MissionEvents.handed])
            let again = try await yard.refusal("robots.mission.confirm", right, by: MissionYard.nurse)
            #expect(again?.code == "mission.not-here")
        }
    }

    @Test("a badge of another firm opens nothing")
    func badge() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard)
            try await MissionYard.drive(yard, id)
            let firms = [("nurse", "firm-onyu"), ("pharmacist", "firm-onyu"), ("barista", "firm-solmaru")]
            for (person, firm) in firms {
                try await yard.perform(
                    "robots.badge.register",
                    ["person": .string(person), "badge": .string("04:A1-\(person)")], by: .executive(firm))
            }
            // Whose it is opens nothing, nor does another firm's badge.
            for badge in ["pharmacist", "04:A1-barista", "04:A1-nobody", "x"] {
                let refusal = try await yard.refusal(
                    "robots.mission.confirm", ["mission": .string(id), "badge": .string(badge)],
                    by: MissionYard.nurse)
                #expect(refusal?.code == "mission.badge", "\(badge)")
            }
            let outcome = try await yard.perform(
                "robots.mission.confirm", ["mission": .string(id), "badge": "04a1 PHARMACIST"], by: MissionYard.nurse)
            #expect(outcome.events.map(\.type) == [MissionEvents.handed])
            let handed = try #require(try await yard.last(MissionEvents.handed)).payload
            #expect(handed["person"]?.text == "pharmacist" && handed["by"]?.text == "number")
        }
    }

    @Test("without a badge an account confirms with a reason alone, of whoever works there, and the Record says so")
    func badgeless() async throws {
        try await MissionYard.with { yard in
            // Clinical goods or not: a badge that was agreed on is not left out in silence.
            for more in [[:], ["what": "편지", "handover": "badge"]] as [[String: JSON]] {
                let id = try await MissionYard.ask(yard, more)
                try await MissionYard.drive(yard, id)
                func code(_ values: [String: JSON], _ caller: Caller = MissionYard.nurse) async throws -> Refusal? {
                    try await yard.refusal(
                        "robots.mission.confirm", values.merging(["mission": .string(id)]) { $1 }, by: caller)
                }
                #expect(try await code(["badge": "04:A1-nobody"])?.code == "mission.badge")
                for why in ["", " ", "....", "급함"] {
                    let refusal = try await code(["why": .string(why)])
                    #expect(refusal?.code == "mission.reason" && refusal?.faults.first?.field == "why", "\(why)")
                }
                #expect(try await code(["why": "직원증을 두고 왔습니다"]) == nil)
                let handed = try #require(try await yard.last(MissionEvents.handed)).payload
                #expect(handed["person"]?.text == "nurse" && handed["by"]?.text == "account")
                #expect(handed["why"]?.text == "직원증을 두고 왔습니다")
                let page = try await PageKit.page(
                    yard, "/robots/missions/{mission}", MissionYard.nurse,
                    ["mission": String(id.dropFirst("mission/".count))])
                #expect(page.contains("직원증을 두고 왔습니다"))
                try await MissionYard.journal(yard).step(id, .completed)
            }
        }
    }

    @Test("whoever sends to another firm's place does not sign there by account")
    func stranger() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard)
            var kept = try await MissionYard.kept(yard, id)
            kept.mission.id = "mission/shared"
            kept.mission.scope = .contract("firm-onyu", "firm-solmaru")
            try await yard.district.record(
                [MissionEvents.asked(kept, subject: "recipient-shared")], origin: Origin(author: .system("test")))
            try await MissionYard.drive(yard, kept.id)
            let values: [String: JSON] = ["mission": .string(kept.id), "why": "제가 보낸 물건입니다"]
            let refusal = try await yard.refusal("robots.mission.confirm", values, by: MissionYard.barista)
            #expect(refusal?.code == "mission.account" && refusal?.kind == .forbidden)
            #expect(try await yard.refusal("robots.mission.confirm", values, by: MissionYard.nurse) == nil)
        }
    }

    @Test("what must stay cold is not handed over where it is unknown or was too warm once")
    func cold() async throws {
        try await MissionYard.with { yard in
            let cold: [String: JSON] = ["cold_limit": 8, "cold_sensor": "cool-box"]
            let none = try await yard.refusal(
                "robots.mission.deliver", MissionYard.blood.merging(["cold_limit": 8]) { $1 },
                by: MissionYard.nurse)
            #expect(none?.faults.first?.field == "cold_sensor")
            let id = try await MissionYard.ask(yard, cold)
            let watch = try MissionYard.watch(yard)
            try await MissionYard.drive(yard, id)
            let confirm: [String: JSON] = ["mission": .string(id), "why": "직원증 두고 옴"]
            func code() async throws -> String? {
                try await yard.refusal("robots.mission.confirm", confirm, by: MissionYard.nurse)?.code
            }
            try await watch.look()
            #expect(try await code() == "mission.cold-unknown")
            try await MissionYard.measure(5, yard)
            try await watch.look()
            yard.clock.advance(by: 121)
            #expect(try await code() == "mission.cold-unknown")
            try await MissionYard.measure(9, yard)
            try await watch.look()
            try await MissionYard.measure(5, yard)
            yard.clock.advance(by: 1)
            try await MissionYard.measure(5, yard)
            try await watch.look()
            #expect(try await code() == "mission.cold-broken")
            #expect(try await MissionYard.kept(yard, id).callReason == "cold")
            #expect(try await yard.events().filter { $0.type == MissionEvents.warmed }.count == 1)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("nobody comes: a person is called, and in the end it fails; it can be sent again")
    func patience() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard)
            let watch = try MissionYard.watch(yard)
            try await MissionYard.drive(yard, id)
            try await watch.look()
            #expect(try await MissionYard.kept(yard, id).called == nil)
            yard.clock.advance(by: 181)
            try await watch.look()
            try await watch.look()
            #expect(try await yard.events().filter { $0.type == MissionEvents.called }.count == 1)
            yard.clock.advance(by: 600)
            try await watch.look()
            let failed = try await MissionYard.kept(yard, id)
            #expect(failed.mission.state == .failed && failed.reason == "nobody")
            try await yard.perform("robots.mission.retry", ["mission": .string(id)], by: MissionYard.nurse)
            #expect(try await MissionYard.kept(yard, id).mission.state == .asked)
            let again = try await yard.refusal(
                "robots.mission.retry", ["mission": .string(id)], by: MissionYard.nurse)
            #expect(again?.code == "mission.order")
        }
    }

    @Test("a care round without an answer calls a person and goes on; with one it is noted")
    func round() async throws {
        try await MissionYard.with { yard in
            let visits: JSON = [
                ["place": "onyu-main/room-3a-1", "words": "약 드실 시간입니다."],
                ["place": "onyu-main/room-3a-2", "words": "물 한 잔 드세요."],
            ]
            let id = try await MissionYard.ask(yard, ["visits": visits, "patience": 60], "robots.round.start")
            let asked = try await MissionYard.kept(yard, id)
            #expect(asked.secret.says == [0: "약 드실 시간입니다.", 1: "물 한 잔 드세요."])
            #expect(
                !JSON.object(try #require(try await yard.last(MissionEvents.asked)).payload).canonicalText.contains(
                    "약 드실"))
            let journal = MissionYard.journal(yard), watch = try MissionYard.watch(yard)
            try await journal.assign(id, to: MissionYard.vehicle, promise: nil, by: .system("test"))
            for leg in 0...1 {
                for step in [MissionStep.started(leg: leg), .arrived(leg: leg), .waiting(leg: leg)] {
                    try await journal.step(id, step)
                }
                guard leg == 0 else { break }
                for _ in 0..<2 {
                    yard.clock.advance(by: 61)
                    try await watch.look()
                }
            }
            #expect(try await yard.events().filter { $0.type == MissionEvents.passed }.count == 1)
            try await yard.perform("robots.mission.answer", ["mission": .string(id)], by: MissionYard.nurse)
            #expect(try await MissionYard.kept(yard, id).mission.isServed)
        }
    }

    @Test("another firm sees nothing of it, finds no place of it, and can touch nothing")
    func tenancy() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard)
            let tenant = try MissionYard.barista.tenant
            let seen = try await yard.store.read { reader in
                (
                    try MissionTable.find(id, for: tenant, in: reader), try MissionTable.open(for: tenant, in: reader),
                    try MissionTable.steps(of: id, for: tenant, in: reader)
                )
            }
            #expect(seen.0 == nil && seen.1.isEmpty && seen.2.isEmpty)
            for command in ["robots.mission.cancel", "robots.mission.retry", "robots.mission.confirm"] {
                let refusal = try await yard.refusal(command, ["mission": .string(id)], by: MissionYard.barista)
                #expect(refusal?.code == "mission.unknown", "\(command)")
            }
            let foreign = try await yard.refusal(
                "robots.mission.deliver", MissionYard.blood, by: MissionYard.barista)
            #expect(foreign?.code == "mission.place" && foreign?.faults.first?.field == "from")
            let names = try await yard.district.named("robot-place", for: MissionYard.barista)
            #expect(!names.isEmpty && names.allSatisfy { $0.id.hasPrefix("solmaru/") })
            #expect(try await yard.district.named("robot-mission", for: MissionYard.barista).isEmpty)
        }
    }

    @Test("cancelled at any moment by whoever asked or an operator, and without saying which where there is one")
    func cancel() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard)
            let other = try await yard.refusal(
                "robots.mission.cancel", ["mission": .string(id)], by: MissionYard.pharmacist)
            #expect(other?.code == "mission.cancel")
            try await MissionYard.drive(yard, id)
            try await yard.perform("robots.mission.cancel", [:], by: MissionYard.nurse)
            #expect(try await MissionYard.kept(yard, id).mission.state == .cancelled)
            #expect(try await yard.last(MissionEvents.cancelled)?.payload["loaded"]?.bool == true)
            let none = try await yard.refusal("robots.mission.cancel", [:], by: MissionYard.nurse)
            #expect(none?.code == "mission.none")
            try await MissionYard.ask(yard)
            try await MissionYard.ask(yard)
            let which = try await yard.refusal("robots.mission.cancel", [:], by: MissionYard.nurse)
            #expect(which?.code == "mission.which")
        }
    }

    @Test("another room's wish becomes one mission, however often it is said; an unknown place fails at once")
    func wanted() async throws {
        try await MissionYard.with { yard in
            let wanted = MissionWanted(
                site: "onyu-main", stops: ["pharmacy", "nurses-3b"], purpose: "order/1", items: "약",
                scope: .firm("firm-onyu"))
            for _ in 0..<2 {
                try await yard.district.record([wanted.draft()], origin: Origin(author: .system("test")))
            }
            let asked = try await yard.events().filter { $0.type == MissionEvents.asked }
            #expect(asked.count == 1)
            #expect(asked.first?.payload["purpose"]?.text == "order/1")
            var lost = wanted
            (lost.purpose, lost.stops) = ("order/2", ["pharmacy", "moon"])
            try await yard.district.record([lost.draft()], origin: Origin(author: .system("test")))
            let ended = try #require(try await yard.last(MissionEvents.failed).flatMap { MissionEnded($0) })
            #expect(ended.purpose == "order/2" && !ended.isDone)
        }
    }

    @Test(
        "what cannot be is refused by its field",
        arguments: [
            (["to": "onyu-main/moon"], "mission.place", "to"),
            (["to": "onyu-main/pharmacy"], "mission.same", "to"),
            (["deadline": "2026-11-20T09:00:00+09:00"], "mission.deadline", "deadline"),
        ] as [([String: String], String, String)])
    func refusals(_ more: [String: String], _ code: String, _ field: String) async throws {
        try await MissionYard.with { yard in
            let values = MissionYard.blood.merging(more.mapValues { .string($0) }) { $1 }
            let refusal = try await yard.refusal("robots.mission.deliver", values, by: MissionYard.nurse)
            #expect(refusal?.code == code && refusal?.faults.first?.field == field)
        }
    }

    @Test("a place of a list that cannot be is named by its row; who only works there sends nothing again")
    func rows() async throws {
        try await MissionYard.with { yard in
            let (here, there): (JSON, JSON) = (["place": "onyu-main/pharmacy"], ["place": "solmaru/depot"])
            let same = try await yard.refusal(
                "robots.mission.patrol", ["places": [["place": "onyu-main/lab"], here, here]], by: .officer)
            #expect(same?.code == "mission.same" && same?.faults.first?.field == "places[2].place")
            let sites = try await yard.refusal("robots.mission.patrol", ["places": [here, there]], by: .officer)
            #expect(sites?.code == "mission.sites" && sites?.faults.first?.field == "places[1].place")
            let id = try await MissionYard.ask(yard)
            try await MissionYard.journal(yard).record(id) { (kept) throws(MissionFault) in
                [try MissionEvents.failed(kept, .vehicle)]
            }
            let other = try await yard.refusal(
                "robots.mission.retry", ["mission": .string(id)], by: MissionYard.pharmacist)
            #expect(other?.code == "mission.retry" && other?.kind == .forbidden)
            try await yard.perform("robots.mission.retry", ["mission": .string(id)], by: MissionYard.operators)
        }
    }

    @Test("a composed mission hands nothing over before it was loaded")
    func composed() async throws {
        try await MissionYard.with { yard in
            let stops: JSON = [
                ["place": "onyu-main/nurses-3a", "task": "drop"], ["place": "onyu-main/pharmacy", "task": "pick"],
            ]
            let refusal = try await yard.refusal(
                "robots.mission.compose", ["stops": stops], by: MissionYard.nurse)
            #expect(refusal?.code == "mission.order-of-stops")
            #expect(refusal?.faults.first?.field == "stops[0].task")
            // Nor is anything loaded that is handed over nowhere.
            let kept = try await yard.refusal(
                "robots.mission.compose",
                [
                    "stops": [
                        ["place": "onyu-main/pharmacy", "task": "pick"], ["place": "onyu-main/lab", "task": "pick"],
                        ["place": "onyu-main/nurses-3a", "task": "drop"],
                    ]
                ], by: MissionYard.nurse)
            #expect(kept?.code == "mission.order-of-stops" && kept?.faults.first?.field == "stops[1].task")
            let none = try await yard.refusal("robots.mission.patrol", ["places": []], by: MissionYard.nurse)
            #expect(none?.code == "mission.stops" || none?.code == "form.invalid")
        }
    }

    @Test("a plan that lacks where a mission goes, or a zone that is held, is not published; nor is its site withdrawn")
    func sitesInUse() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard)
            try await yard.perform(
                "robots.hold.place", ["what": "zone", "zone": "onyu-main/ward-3a"], by: MissionYard.operators)
            let whole = try #require(try SampleSites.plans(ShippedBook.handbook).first { $0.id == "onyu-main" })
            var plan = whole
            plan.zones.removeAll { $0.id == "ward-3a" }
            func refusal(_ plan: SitePlan) async throws -> Refusal? {
                try await yard.refusal(
                    "robots.site.publish",
                    ["site": "onyu-main", "source": "text", "plan": .string(plan.json.canonicalText)],
                    by: MissionYard.operators)
            }
            let held = try await refusal(plan)
            #expect(held?.code == "site.used" && held?.faults.map(\.rule) == ["held"])
            var smaller = whole
            smaller.drop("nurses-3a")
            let used = try await refusal(smaller)
            #expect(used?.code == "site.used" && used?.faults.map(\.rule) == ["used"], "\(String(describing: used))")
            #expect(used?.faults.first?.words.ko.contains("3A병동 간호사실") == true)
            let closing = try await yard.refusal(
                "robots.site.withdraw", ["site": "onyu-main", "reason": "수리"], by: MissionYard.operators)
            #expect(closing?.code == "site.missions")
            try await yard.perform("robots.mission.cancel", ["mission": .string(id)], by: MissionYard.nurse)
            #expect(try await refusal(smaller) == nil)
        }
    }

    @Test("an operator chooses a vehicle of the same site; another choice tells that the matcher was overruled")
    func assign() async throws {
        try await MissionYard.with { yard in
            for serial in ["nr-01", "nr-02"] {
                try await MissionYard.enrol(yard, VehicleID(manufacturer: "narae", serial: serial))
            }
            let id = try await MissionYard.ask(yard)
            func assign(_ vehicle: String, by caller: Caller) async throws -> Refusal? {
                try await yard.refusal(
                    "robots.mission.assign", ["mission": .string(id), "vehicle": .string(vehicle)], by: caller)
            }
            #expect(try await assign("narae-nr-09", by: MissionYard.operators)?.code == "mission.vehicle")
            #expect(try await assign("narae-nr-01", by: MissionYard.nurse)?.kind == .forbidden)
            #expect(try await assign("narae-nr-01", by: MissionYard.operators) == nil)
            // A person who changes what a person chose has overruled no matcher.
            #expect(try await assign("narae-nr-02", by: MissionYard.operators) == nil)
            #expect(try await yard.last(AIUseJudged.type) == nil)
            try await MissionYard.journal(yard).assign(id, to: MissionYard.vehicle, promise: nil, by: .system("test"))
            #expect(try await assign("narae-nr-02", by: MissionYard.operators) == nil)
            #expect(try await yard.last(AIUseJudged.type).flatMap { AIUseJudged($0) }?.verdict == .overruled)
            let vehicle = try await MissionYard.kept(yard, id).mission.vehicle
            #expect(vehicle == VehicleID(manufacturer: "narae", serial: "nr-02"))
            try await MissionYard.journal(yard).step(id, .started(leg: 0))
            #expect(try await assign("narae-nr-01", by: MissionYard.operators)?.code == "mission.order")
        }
    }
}

extension SitePlan {
    /// Takes a node away with the edges to it.
    fileprivate mutating func drop(_ node: String) {
        nodes.removeAll { $0.id == node }
        edges.removeAll { $0.from == node || $0.to == node }
    }
}
