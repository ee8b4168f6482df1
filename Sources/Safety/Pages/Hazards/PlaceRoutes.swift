import Access
import District
import Record
import Store
import Twin
import Web

/// The QR codes of a firm's places, and a sheet of them to print.
struct PlaceRoutes {
    var routes: [Route] {
        [
            .get("/safety/places", .roles(HazardAsk.managers.union([.zoneOfficer]))) { try await list($0) },
            .get("/safety/places/sheet", .roles(HazardAsk.managers.union([.zoneOfficer]))) { try await sheet($0) },
        ]
    }

    private func codes(_ visit: Visit) async throws -> [(place: PlaceCodes.PlaceCode, name: String)] {
        let tenant = try visit.tenant
        return try await visit.spine.district.store.read { reader in
            let places = try PlaceCodes.list(for: tenant, in: reader)
            let names = try HazardRoutes.names(places.map(\.thing), visit.language, tenant, reader)
            return places.map { ($0, names[$0.thing] ?? $0.thing.rawValue) }
        }
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let mayChange = !visit.caller.roles.isDisjoint(with: HazardAsk.managers)
        var context: [String: JSON] = [
            "places": .array(
                try await codes(visit).map { place, name in
                    var entry: [String: JSON] = [
                        "name": .string(name), "href": .string("/r/\(place.code)"),
                        "made": Show.time(place.made, visit.language),
                    ]
                    if mayChange {
                        entry["revoke_href"] = .string(
                            "/do/safety.place.revoke?place=\(place.id)&next=/safety/places")
                    }
                    return .object(entry)
                })
        ]
        if mayChange { context["may_change"] = true }
        return .page("places", title: visit.word("places_title"), .object(context), live: true)
    }

    private func sheet(_ visit: Visit) async throws -> Reply {
        let wanted = visit.query["code"]
        let places = try await codes(visit).filter { wanted == nil || $0.place.code == wanted }
        let labels = try places.map { place, name -> JSON in
            let address = "\(visit.site)/r/\(place.code)"
            return [
                "name": .string(name), "address": .string(address), "qr": .string(try QR.svg(address, label: name)),
            ]
        }
        return .page("places-sheet", title: visit.word("places_sheet"), ["labels": .array(labels)])
    }
}
