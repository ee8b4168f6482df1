import Foundation
import Record

/// A robot of a simulated day: it drives what is released to it, node by node, late as often as the settings say, and tells
/// what the fleet would tell.
struct WhatIfBody: Sendable {
    let vehicle: VehicleID
    /// The node it reached last.
    private(set) var node: String
    /// Per cent.
    private(set) var charge: Double
    private(set) var isCharging = false
    /// When it reaches the next node, and until when it does something where it stands; seconds of the day.
    private(set) var arrives: Double?
    private(set) var acts: Double?
    private var route: Route?
    private var place = 0
    private var order = ""
    private var sequence = 0
    /// Since when it could drive on.
    private var ready = 0.0
    private var cancelled: String?
    private var toldCharge: Double
    private var chance: Dice
    private let build = VehicleBuild()

    init(_ vehicle: VehicleID, on node: String, seed: UInt64) {
        self.vehicle = vehicle
        self.node = node
        chance = Dice(seed: seed)
        charge = 60 + 35 * chance.fraction()
        toldCharge = charge
    }

    /// Whether nothing of it changes but its charge.
    var isIdle: Bool { route == nil && arrives == nil && acts == nil }

    /// What it says of itself.
    func report(at now: Timestamp) -> FleetNews {
        var report = VehicleReport(vehicle: vehicle, said: now, came: now)
        report.order = order
        report.lastNode = node
        report.lastSequence = sequence
        report.isDriving = arrives != nil
        report.charge = charge
        report.isCharging = isCharging
        return .report(report)
    }

    /// Takes a route, or more of the one it has.
    mutating func take(_ route: Route, at clock: Double) {
        if order != route.order { sequence = 0 }
        order = route.order
        place = route.steps.firstIndex { $0.sequence == sequence } ?? 0
        if arrives == nil { ready = max(ready, clock) }
        self.route = route
        isCharging = false
    }

    /// Stops at the next node it reaches.
    mutating func cancel(_ order: String) { if self.order == order { cancelled = order } }

    mutating func unplug() { isCharging = false }

    /// Lets time pass up to a moment of the day.
    mutating func advance(
        to clock: Double, by seconds: Double, at now: Timestamp, in site: CompiledSite, speed: Double,
        _ settings: WhatIfSettings
    ) -> [FleetNews] {
        charge = isCharging ? min(100, charge + build.chargePerSecond * seconds) : charge - build.perSecond * seconds
        charge = max(0, charge)
        var news: [FleetNews] = []
        while true {
            if let at = arrives {
                guard at <= clock else { break }
                reach(at)
                news.append(report(at: now))
            } else if let order = cancelled {
                (cancelled, route, acts) = (nil, nil, nil)
                news += [report(at: now), .cancelled(vehicle, order: order)]
            } else if let route, place + 1 < route.released {
                drive(route, in: site, speed, settings)
            } else if let route, route.released == route.steps.count, let last = route.steps.last {
                let until = acts ?? ready + duration(last.actions, settings)
                acts = until
                guard until <= clock else { break }
                (acts, self.route, ready) = (nil, nil, until)
                if last.actions.contains(where: { $0.type == "startCharging" }) { isCharging = true }
                news += [report(at: now), .finished(vehicle, order: order, failed: [])]
            } else {
                break
            }
        }
        // So that whoever gives out work knows about when it must charge, and when it has.
        if news.isEmpty, abs(charge - toldCharge) >= 1 {
            toldCharge = charge
            news.append(report(at: now))
        }
        return news
    }

    private mutating func reach(_ at: Double) {
        (arrives, ready) = (nil, at)
        guard let route, place + 1 < route.steps.count else { return }
        let (from, to) = (route.steps[place], route.steps[place + 1])
        charge = max(0, charge - build.perMetre * hypot(to.x - from.x, to.y - from.y))
        place += 1
        (node, sequence) = (to.node, to.sequence)
    }

    private mutating func drive(
        _ route: Route, in site: CompiledSite, _ speed: Double, _ settings: WhatIfSettings
    ) {
        let (from, to) = (site.number(route.steps[place].node), site.number(route.steps[place + 1].node))
        let passage = from.flatMap { from in to.flatMap { site.passage(from, $0) } }
        // In a cabin the ride itself is waited for: the way is released when the doors are open again.
        var seconds = passage.map { $0.lift == nil ? $0.length / max(0.05, min(speed, $0.speed)) : 1 } ?? 1
        if chance.fraction() < settings.lateShare { seconds += -log(max(1e-9, 1 - chance.fraction())) * settings.late }
        arrives = ready + max(0.1, seconds)
    }

    private func duration(_ actions: [RouteAction], _ settings: WhatIfSettings) -> Double {
        actions.reduce(0) { $0 + ($1.type == "pick" || $1.type == "drop" ? settings.handling : 1) }
    }
}
