import Access
import District
import Foundation
import Record
import Series
import Store
import Web

/// A site as it was: where time was lost in a day, and any hour again.
struct HistoryPages {
    let source: FloorSource
    private let book = HeatBook()

    init(source: FloorSource) { self.source = source }

    /// Korean standard time, in which hours are chosen, in seconds.
    private static let korea: Int64 = 32_400
    /// How many vehicles' ways are read for one page.
    private static let most = 300

    /// As many places as are listed before somebody asks for more.
    private static let listed = 20

    func heat(_ visit: Visit) async throws -> Reply {
        let (site, compiled) = try await visit.spine.district.store.read { reader in
            let site = try SiteDesk.site(visit, reader)
            return (site, try SiteTable.compiled(site.id, in: reader))
        }
        let (today, asked) = (HeatBook.day(of: visit.now), Self.day(visit))
        let day = min(asked, today)
        let look = try await self.heat(site, compiled, day: day, visit)
        let places = compiled.map { look.page.heat.places(of: $0) } ?? []
        let isAll = visit.query["all"] == "1"
        let rows: [JSON] = places.prefix(isAll ? places.count : Self.listed).map { place in
            let floor = compiled?.plan.maps.first { $0.id == place.map }?.name[visit.language] ?? place.map
            return [
                "name": .string(place.name[visit.language]), "floor": .string(floor),
                "lost": .string(Show.span(place.lost, visit.language)),
            ]
        }
        let spots = look.page.heat.lost.compactMap { name, seconds -> JSON? in
            guard let compiled, let number = compiled.number(name) else { return nil }
            let spot = compiled.spots[Int(number)]
            return [
                "map": .string(spot.map), "x": .number(spot.x), "y": .number(spot.y),
                "lost": .number(seconds.rounded()),
            ]
        }
        let path = "/robots/sites/\(site.id)/heat"
        func link(_ day: Timestamp) -> JSON { .string("\(path)?day=\(Self.date(day))") }
        return .page(
            "site-heat", title: "\(site.name[visit.language]) – \(visit.word("sites_heat"))",
            .sparse([
                "site": .string(site.id), "tabs": SiteDesk.tabs(site.id, at: "/heat", visit),
                "floors": compiled.map { SiteDesk.floors($0.plan, visit) } ?? [],
                "path": .string(path), "day": .string(Self.date(day)), "latest": .string(Self.date(today)),
                "today": .bool(day == today), "before_href": link(day.advanced(bySeconds: -86_400)),
                "after_href": day < today ? link(day.advanced(bySeconds: 86_400)) : .null,
                "first": look.page.first.map { Show.time($0, visit.language) } ?? .null,
                "counting": .bool(!look.isWhole),
                "heard": .string("\(look.page.heard.count)"),
                "places": .string(JSON.array(spots).canonicalText),
                "plan_href": .string("/api/v1/robots/sites/\(site.id)/plan?edition=\(site.number)"),
                "rows": .array(rows),
                "more_href": places.count > rows.count ? .string("\(path)?day=\(Self.date(day))&all=1") : .null,
            ]))
    }

    /// The Korean day of the address; today without one.
    private static func day(_ visit: Visit) -> Timestamp {
        guard let text = visit.query["day"], text.utf8.count == 10,
            let day = Timestamp(iso8601: text + "T00:00:00", defaultOffsetSeconds: korea)
        else { return HeatBook.day(of: visit.now) }
        return HeatBook.day(of: day)
    }

    /// `2026-11-21`.
    private static func date(_ day: Timestamp) -> String {
        String(day.civil(offsetSeconds: korea).text.prefix(10))
    }

    /// What was lost in a day, as far as it is counted.
    private func heat(
        _ site: SiteTable.Site, _ compiled: CompiledSite?, day: Timestamp, _ visit: Visit
    ) async throws -> HeatBook.Look {
        guard let compiled else { return HeatBook.Look() }
        let tenant = try visit.tenant
        let key = HeatBook.Key(site: site.id, edition: site.edition, tenant: tenant.firm?.rawValue ?? "")
        return try await book.look(key, day: day, at: visit.now) { span in
            var page = HeatBook.Page()
            let found = try await tracks(site.id, compiled.plan, from: span.from, to: span.to, step: 5, visit)
            guard !found.isEmpty else { return page }
            let calm = try await visit.spine.district.store.read {
                try CalmTimes.read(site, for: tenant, from: span.from, to: span.to, in: $0)
            }
            for track in found {
                page.heat.add(track.points, to: compiled, but: calm.of(track.vehicle.vehicle))
                page.heard.insert(track.vehicle.thing)
                page.first = [page.first, track.points.first?.at].compactMap(\.self).min()
            }
            return page
        }
    }

    func replay(_ visit: Visit) async throws -> Reply {
        let from = Self.from(visit)
        let (site, plan) = try await visit.spine.district.store.read { reader in
            let site = try SiteDesk.site(visit, reader)
            return (site, try SiteTable.plan(site.id, at: from.advanced(bySeconds: 3600), in: reader))
        }
        let start = from.civil(offsetSeconds: Self.korea).text.prefix(16)
        let path = "/api/v1/robots/sites/\(site.id)"
        return .page(
            "site-replay", title: "\(site.name[visit.language]) – \(visit.word("sites_replay"))",
            [
                "site": .string(site.id), "tabs": SiteDesk.tabs(site.id, at: "/replay", visit), "replay": true,
                "floors": plan.map { SiteDesk.floors($0, visit) } ?? [], "start": .string(String(start)),
                "future": .bool(from > visit.now), "none": .bool(plan == nil && from <= visit.now),
                "from": Show.time(from, visit.language),
                "history_href": .string("\(path)/history?from=\(String(start))"),
            ])
    }

    /// Where every vehicle of the site was, second by second, for the hour; with the plan and the events of it.
    func track(_ visit: Visit) async throws -> Reply {
        let from = Self.from(visit)
        let (to, tenant) = (from.advanced(bySeconds: 3600), try visit.tenant)
        let vehicles = try await source.vehicles(visit.parameters["site"] ?? "", tenant, visit.spine)
        let (site, plan, events) = try await visit.spine.district.store.read { reader in
            let site = try SiteDesk.site(visit, reader)
            let plan = try SiteTable.plan(site.id, at: to, in: reader)
            let things = Set(vehicles.map(\.thing.rawValue) + (plan?.things ?? []) + [site.id])
            let history = SiteHistory(
                log: visit.spine.district.log, tenant: tenant, site: site.id, things: things)
            return (site, plan, try history.events(from: from, to: to, in: reader))
        }
        var tracks: [Track] = []
        if let plan { tracks = try await self.tracks(site.id, plan, from: from, to: to, step: 1, visit) }
        // Where there is something: nobody is to look at an empty map.
        let first =
            (tracks.compactMap { $0.points.first?.at } + events.prefix(1).map(\.recorded)).min().map {
                max(0, $0.seconds(since: from).rounded(.down))
            } ?? 0
        return .json([
            "from": .number(Double(from.microseconds) / 1e6), "first": .number(first), "plan": plan?.json ?? .null,
            "vehicles": .array(
                tracks.map { track in
                    [
                        "id": .string(track.vehicle.thing.rawValue),
                        "name": .string(track.vehicle.name[visit.language]),
                        "points": .array(
                            track.points.map { point in
                                [
                                    .number((point.at.seconds(since: from) * 10).rounded() / 10),
                                    .number((point.x * 100).rounded() / 100), .number((point.y * 100).rounded() / 100),
                                    .string(point.map),
                                ]
                            }),
                    ]
                }),
            "events": .array(
                events.map {
                    [
                        "at": .number($0.recorded.seconds(since: from)), "says": .string(visit.eventName($0.type)),
                        "href": .string("/trace/\($0.correlation)"),
                    ]
                }),
        ])
    }

    /// The beginning of the hour that is asked for; without one, the last full hour.
    private static func from(_ visit: Visit) -> Timestamp {
        let latest = visit.now.advanced(bySeconds: -3600)
        guard let text = visit.query["from"], text.utf8.count <= 40,
            let asked = Timestamp(
                iso8601: text.utf8.count == 16 ? text + ":00" : text, defaultOffsetSeconds: Self.korea)
        else { return latest }
        return asked
    }

    private struct Track: Sendable {
        let vehicle: FloorVehicle
        let points: [Heat.Point]
    }

    private func tracks(
        _ site: String, _ plan: SitePlan, from: Timestamp, to: Timestamp, step: Double, _ visit: Visit
    ) async throws -> [Track] {
        let vehicles = try await source.vehicles(site, try visit.tenant, visit.spine)
        let series = visit.spine.series
        var tracks: [Track] = []
        for vehicle in vehicles.prefix(Self.most) {
            let read = { (property: String, from: Timestamp) in
                try await series.readings(
                    SeriesKey(vehicle.thing, property), from: from, to: to, limit: 100_000
                ).map { ($0.time, $0.value) }
            }
            // On which floor it was when the time began was written some minutes before.
            let floors = try await read(FloorRecorder.property, from.advanced(bySeconds: -900))
            let maps = floors.compactMap { at, index in
                Int(exactly: index).flatMap { plan.maps.indices.contains($0) ? (at, plan.maps[$0].id) : nil }
            }
            let points = Heat.points(
                xs: try await read("position_x", from), ys: try await read("position_y", from),
                maps: maps.isEmpty && plan.maps.count == 1 ? [(from, plan.maps[0].id)] : maps, step: step)
            if !points.isEmpty { tracks.append(Track(vehicle: vehicle, points: points)) }
        }
        return tracks
    }
}
