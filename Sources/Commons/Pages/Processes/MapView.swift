import District
import Record
import Web

/// Where a process's proposals are about, as a picture with the table behind it.
struct MapView {
    let view: CivicView
    let landmarks: [PlaceMap.Landmark]
    /// As many as can be told apart in one picture.
    private static let most = 40

    /// Nothing where no proposal has a place.
    func json(_ proposals: [Proposal]) -> JSON? {
        let placed = Array(proposals.filter { $0.place != nil }.prefix(Self.most))
        guard let map = PlaceMap(placed.compactMap(\.place), landmarks: landmarks, language: view.language) else {
            return nil
        }
        func mark(_ mark: PlaceMap.Mark) -> JSON {
            ["label": .string(mark.label), "x": .string(Show.number(mark.x)), "y": .string(Show.number(mark.y))]
        }
        return [
            "bar": ["metres": .string("\(map.bar.metres)"), "length": .string(Show.number(map.bar.length))],
            "landmarks": .array(map.landmarks.map(mark)), "proposals": .array(map.proposals.map(mark)),
            "list": .array(
                placed.enumerated().map { number, proposal in
                    [
                        "number": .string("\(number + 1)"), "title": .string(proposal.title),
                        "href": .string(CivicView.href(proposal)),
                        "where": .string(proposal.place.map(words) ?? ""),
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
