import District
import Record
import Store
import Web

/// Where a process's proposals are about, as a picture with the table behind it.
struct MapView {
    let view: CivicView
    let landmarks: [PlaceMap.Landmark]
    /// As many as can be told apart in one picture.
    static let most = 40

    /// The latest ones that have a place, with how many there are; nothing where none has.
    func json(_ found: Listing<PlacedProposal>) -> JSON? {
        let placed = Array(found.rows.reversed())
        guard let map = PlaceMap(placed.map(\.place), landmarks: landmarks, language: view.language) else {
            return nil
        }
        func mark(_ mark: PlaceMap.Mark) -> JSON {
            ["label": .string(mark.label), "x": .string(Show.number(mark.x)), "y": .string(Show.number(mark.y))]
        }
        let rest: JSON =
            found.total > placed.count
            ? .string(
                view.word(
                    "commons_map_latest",
                    ["many": Show.count(placed.count), "total": Show.count(found.total)])) : false
        return [
            "rest": rest,
            "bar": ["metres": .string("\(map.bar.metres)"), "length": .string(Show.number(map.bar.length))],
            "landmarks": .array(map.landmarks.map(mark)), "proposals": .array(map.proposals.map(mark)),
            "list": .array(
                placed.enumerated().map { number, proposal in
                    [
                        "number": .string("\(number + 1)"), "title": .string(proposal.title),
                        "href": .string("/commons/proposals/\(proposal.id)"), "where": .string(words(proposal.place)),
                    ]
                }),
        ]
    }

    /// A map on which a place is chosen, by pointing or by two sliders; nothing where the district has no landmark.
    func picker(_ chosen: Proposal.Place?, near: String) -> JSON? {
        let places = landmarks.map(\.place) + [chosen].compactMap { $0 }
        guard !landmarks.isEmpty, let map = PlaceMap(places, landmarks: landmarks, language: view.language) else {
            return nil
        }
        func degrees(_ value: Double) -> JSON { .string("\((value * 1e6).rounded() / 1e6)") }
        return [
            "west": degrees(map.west), "east": degrees(map.east), "south": degrees(map.south),
            "north": degrees(map.north),
            "bar": ["metres": .string("\(map.bar.metres)"), "length": .string(Show.number(map.bar.length))],
            "landmarks": .array(
                zip(landmarks, map.landmarks).map { landmark, mark in
                    [
                        "name": .string(mark.label), "x": .string(Show.number(mark.x)),
                        "y": .string(Show.number(mark.y)),
                        "lat": degrees(landmark.place.latitude), "lon": degrees(landmark.place.longitude),
                        "selected": .bool(landmark.name.ko == near), "value": .string(landmark.name.ko),
                    ]
                }),
        ]
    }

    /// A place as people say it, with its degrees: near which landmark it is, where one is near.
    func words(_ place: Proposal.Place) -> String {
        let degrees = "\(Self.degrees(place.latitude)), \(Self.degrees(place.longitude))"
        guard let (landmark, metres) = PlaceMap.nearest(place, landmarks) else { return degrees }
        return view.word("commons_near", ["name": landmark.name[view.language], "metres": "\(metres)"])
            + " (\(degrees))"
    }

    private static func degrees(_ value: Double) -> String { "\((value * 1e5).rounded() / 1e5)°" }
}
