import Access
import District
import Foundation
import Record
import Series
import Store
import Web

/// A site as it was: where time was lost in the past day, and any hour again.
struct HistoryPages {
    let source: FloorSource
    private let book = HeatBook()

    init(source: FloorSource) { self.source = source }

    /// Korean standard time, in which hours are chosen, in seconds.
    private static let korea: Int64 = 32_400
    /// How many vehicles' ways are read for one page.
    private static let most = 300

    func heat(_ visit: Visit) async throws -> Reply {
        let (site, compiled) = try await visit.spine.district.store.read { reader in
            let site = try SiteDesk.site(visit, reader)
            return (site, try SiteTable.compiled(site.id, in: reader))
        }
        let (heat, heard, from) = try await self.heat(site, compiled, visit)
        let worst = heat.lost.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(20)
        let rows: [JSON] = worst.enumerated().compactMap { index, lost in
            guard let compiled, let number = compiled.number(lost.key) else { return nil }
            let spot = compiled.spots[Int(number)]
            let floor = compiled.plan.maps.first { $0.id == spot.map }?.name[visit.language] ?? spot.map
            let name = compiled.plan.nodes.first { $0.id == lost.key }?.name?[visit.language] ?? lost.key
            return [
                "cells": [
                    ["label": .string(visit.word("sites_heat_rank")), "text": .string("\(index + 1)"), "number": true],
                    ["label": .string(visit.word("sites_heat_place")), "text": .string(name), "head": true],
                    ["label": .string(visit.word("sites_floor")), "text": .string(floor)],
                    [
                        "label": .string(visit.word("sites_heat_lost")),
                        "text": .string(Show.span(lost.value, visit.language)), "number": true,
                    ],
                ]
            ]
        }
        let columns = ["sites_heat_rank", "sites_heat_place", "sites_floor", "sites_heat_lost"]
        let places = heat.lost.compactMap { name, seconds -> JSON? in
            guard let compiled, let number = compiled.number(name) else { return nil }
            let spot = compiled.spots[Int(number)]
            return [
                "map": .string(spot.map), "x": .number(spot.x), "y": .number(spot.y),
                "lost": .number(seconds.rounded()),
            ]
        }
        return .page(
            "site-heat", title: "\(site.name[visit.language]) – \(visit.word("sites_heat"))",
            [
                "site": .string(site.id), "tabs": SiteDesk.tabs(site.id, at: "/heat", visit),
                "floors": compiled.map { SiteDesk.floors($0.plan, visit) } ?? [],
                "from": Show.time(from, visit.language), "to": Show.time(visit.now, visit.language),
                "none": .bool(heat.lost.isEmpty), "heard": .string("\(heard)"),
                "places": .string(JSON.array(places).canonicalText),
                "plan_href": .string("/api/v1/robots/sites/\(site.id)/plan?edition=\(site.number)"),
                "table": [
                    "id": "heat", "caption": .string(visit.word("sites_heat_table")),
                    "columns": .array(columns.map { ["label": .string(visit.word($0)), "sort": "none"] }),
                    "rows": .array(rows), "empty": .string(visit.word("sites_heat_none")),
                ],
            ])
    }

    /// What was lost, how many vehicles were heard, and since when that is known.
    private func heat(
        _ site: SiteTable.Site, _ compiled: CompiledSite?, _ visit: Visit
    ) async throws -> (Heat, Int, Timestamp) {
        guard let compiled else { return (Heat(), 0, visit.now) }
        let key = HeatBook.Key(site: site.id, edition: site.edition, tenant: try visit.tenant.firm?.rawValue ?? "")
        let (page, from) = try await book.look(key, at: visit.now) { span in
            var page = HeatBook.Page()
            for track in try await tracks(site.id, compiled.plan, from: span.from, to: span.to, step: 5, visit) {
                page.heat.add(track.points, to: compiled)
                page.heard.insert(track.vehicle.thing)
            }
            return page
        }
        return (page.heat, page.heard.count, from)
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
                "none": .bool(plan == nil), "from": Show.time(from, visit.language),
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
        return .json([
            "from": .number(Double(from.microseconds) / 1e6), "plan": plan?.json ?? .null,
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
        return min(asked, visit.now)
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
