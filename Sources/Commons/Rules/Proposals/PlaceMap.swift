import Foundation
import Record

/// Where proposals are about, drawn beside what people know: a picture of six hundred by six hundred, north up.
struct PlaceMap: Sendable {
    /// Something that people know by its name.
    struct Landmark: Sendable, Hashable {
        let name: Words
        let place: Proposal.Place
    }

    /// Something in the picture: its number or name, and where it is drawn.
    struct Mark: Sendable, Hashable {
        let label: String
        let x: Double, y: Double
    }

    static let size = 600.0
    private static let margin = 70.0

    /// Proposals by their numbers from 1, and landmarks near them.
    let proposals: [Mark], landmarks: [Mark]
    /// The edges of the picture, in degrees.
    let west: Double, east: Double, south: Double, north: Double
    /// A bar of so many metres, and how long it is drawn.
    let bar: (metres: Int, length: Double)

    /// Nil where no proposal has a place.
    init?(_ places: [Proposal.Place], landmarks: [Landmark], language: Language) {
        guard let origin = places.first else { return nil }
        // What lies farther than two kilometres from every proposal would only make the picture small.
        let near = landmarks.filter { one in places.contains { Self.metres(one.place, $0) <= 2000 } }
        let all = (places + near.map(\.place)).map { Self.flat($0, from: origin) }
        let (left, right) = (all.map(\.x).min() ?? 0, all.map(\.x).max() ?? 0)
        let (bottom, top) = (all.map(\.y).min() ?? 0, all.map(\.y).max() ?? 0)
        let zoom = (Self.size - 2 * Self.margin) / max(right - left, top - bottom, 100)
        func mark(_ label: String, _ place: Proposal.Place) -> Mark {
            let flat = Self.flat(place, from: origin)
            return Mark(
                label: label, x: ((Self.size / 2 + (flat.x - (left + right) / 2) * zoom) * 10).rounded() / 10,
                y: ((Self.size / 2 - (flat.y - (bottom + top) / 2) * zoom) * 10).rounded() / 10)
        }
        proposals = places.enumerated().map { mark("\($0.offset + 1)", $0.element) }
        self.landmarks = near.map { mark($0.name[language], $0.place) }
        let centre = (x: (left + right) / 2, y: (bottom + top) / 2)
        let half = Self.size / 2 / zoom
        let (degree, narrow) = (Self.degree, cos(origin.latitude * .pi / 180))
        west = origin.longitude + (centre.x - half) / (degree * narrow)
        east = origin.longitude + (centre.x + half) / (degree * narrow)
        south = origin.latitude + (centre.y - half) / degree
        north = origin.latitude + (centre.y + half) / degree
        let fifth = Self.size / 5 / zoom
        let metres = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].last { Double($0) <= fifth } ?? 1
        bar = (metres, (Double(metres) * zoom * 10).rounded() / 10)
    }

    /// The landmark nearest to a place, and how far it is in metres; nil where none is within a kilometre.
    static func nearest(_ place: Proposal.Place, _ landmarks: [Landmark]) -> (landmark: Landmark, metres: Int)? {
        landmarks.map { ($0, metres($0.place, place)) }.filter { $0.1 <= 1000 }
            .min { ($0.1, $0.0.name.ko) < ($1.1, $1.0.name.ko) }
            .map { ($0.0, Int(($0.1 / 10).rounded()) * 10) }
    }

    static func metres(_ one: Proposal.Place, _ other: Proposal.Place) -> Double {
        let flat = flat(one, from: other)
        return (flat.x * flat.x + flat.y * flat.y).squareRoot()
    }

    /// Metres to the east and north, on a sphere of mean radius: exact enough for one city.
    private static let degree = 6_371_008.8 * Double.pi / 180

    private static func flat(_ place: Proposal.Place, from origin: Proposal.Place) -> (x: Double, y: Double) {
        return (
            (place.longitude - origin.longitude) * degree * cos(origin.latitude * .pi / 180),
            (place.latitude - origin.latitude) * degree
        )
    }
}
