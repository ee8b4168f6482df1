import Record
import Testing

@testable import Fulfilment

@Suite struct CartonsTests {
    static let small = Carton(
        "S", inside: .init(length: 220, width: 190, height: 90), tare: 90, most: 3_000)
    static let medium = Carton(
        "M", inside: .init(length: 340, width: 250, height: 210), tare: 210, most: 10_000)
    static let large = Carton(
        "L", inside: .init(length: 480, width: 380, height: 340), tare: 420, most: 20_000)
    static let cool = Carton(
        "C", inside: .init(length: 300, width: 220, height: 200), tare: 900, most: 8_000,
        climates: [.chilled, .frozen])
    static let all = [small, medium, large, cool]

    static func piece(
        _ name: String, _ length: Int, _ width: Int, _ height: Int, _ weight: Int? = 100,
        _ climate: Item.Climate = .ambient, hazard: String? = nil, upright: Bool = false, fragile: Bool = false
    ) -> PackPiece {
        PackPiece(
            name, size: .init(length: length, width: width, height: height), weight: weight, climate: climate,
            hazard: hazard, isUpright: upright, isFragile: fragile)
    }

    /// What may never be: said of each parcel, from the pieces alone.
    static func faults(_ packed: Cartons, _ pieces: [PackPiece]) -> [String] {
        var faults: [String] = []
        let placed = packed.parcels.flatMap { $0.contents.map(\.piece) } + packed.unknown + packed.unfit
        if placed.sorted() != Array(pieces.indices) { faults.append("a piece is missing or there twice") }
        for parcel in packed.parcels {
            let (inside, contents) = (parcel.carton.inside, parcel.contents)
            let weight = contents.reduce(0) { $0 + (pieces[$1.piece].weight ?? Int.max / 99) }
            if weight > parcel.carton.most || parcel.weight != weight + parcel.carton.tare { faults.append("weight") }
            for place in contents {
                let (piece, size) = (pieces[place.piece], place.size)
                let sides = [piece.size.length, piece.size.width, piece.size.height]
                if [size.length, size.width, size.height].sorted() != sides.sorted() { faults.append("other size") }
                if piece.isUpright, size.height != piece.size.height { faults.append("laid down") }
                if place.x < 0 || place.y < 0 || place.z < 0 || place.x + size.length > inside.length
                    || place.y + size.width > inside.width || place.z + size.height > inside.height
                {
                    faults.append("outside")
                }
                if !parcel.carton.climates.contains(piece.climate) { faults.append("temperature") }
                var ground = 0
                for other in contents where other.piece != place.piece {
                    if place.overlaps(other) { faults.append("overlap") }
                    let above = pieces[other.piece]
                    if above.climate != piece.climate || above.hazard != piece.hazard { faults.append("together") }
                    if piece.isFragile, other.z >= place.z + size.height, place.shared(other) > 0 {
                        faults.append("on a fragile one")
                    }
                    if other.z + other.size.height == place.z { ground += place.shared(other) }
                }
                if place.z > 0, Double(ground) < 0.75 * Double(size.length * size.width) { faults.append("in the air") }
            }
        }
        return faults
    }

    @Test("random orders are packed without any fault, and the same again", arguments: [1, 2, 3, 4, 5, 6])
    func sound(seed: UInt64) {
        var draw = PlanDraw(seed: seed)
        for round in 0..<8 {
            let pieces = (0..<(1 + draw.below(14))).map { number in
                Self.piece(
                    "i\(number)", 20 + draw.below(250), 20 + draw.below(200), 10 + draw.below(200),
                    draw.below(12) == 0 ? nil : 50 + draw.below(3_000),
                    draw.below(5) == 0 ? .chilled : .ambient, hazard: draw.below(6) == 0 ? "3" : nil,
                    upright: draw.below(3) == 0, fragile: draw.below(3) == 0)
            }
            let packed = Cartons.pack(pieces, Self.all, tries: 6)
            #expect(Self.faults(packed, pieces).isEmpty, "seed \(seed) round \(round)")
            #expect(packed.parcels.count >= packed.least)
            #expect(packed == Cartons.pack(pieces, Self.all, tries: 6))
        }
    }

    @Test func oneSmallThingGoesIntoTheSmallestCarton() {
        let packed = Cartons.pack([Self.piece("a", 200, 80, 180)], Self.all)
        #expect(packed.parcels.map(\.carton.code) == ["S"] && packed.isFewest)
    }

    @Test("eight cubes fill a carton without a gap")
    func full() {
        let carton = Carton("X", inside: .init(length: 200, width: 200, height: 200), tare: 0, most: 9_999)
        let packed = Cartons.pack((0..<8).map { Self.piece("c\($0)", 100, 100, 100) }, [carton])
        #expect(packed.parcels.count == 1 && packed.parcels[0].fill == 1)
        #expect(Cartons.pack((0..<9).map { Self.piece("c\($0)", 100, 100, 100) }, [carton]).parcels.count == 2)
    }

    @Test("weight asks for a second carton where room does not")
    func heavy() {
        let pieces = (0..<4).map { Self.piece("w\($0)", 50, 50, 50, 2_000) }
        let packed = Cartons.pack(pieces, [Self.small])
        #expect(packed.parcels.count == 4 && packed.least == 3)
    }

    @Test func whatIsUprightIsNotLaidDown() {
        let bottle = Self.piece("bottle", 80, 80, 180, upright: true)
        #expect(Cartons.pack([bottle], [Self.small]).unfit == [0])
        #expect(Cartons.pack([Self.piece("box", 80, 80, 180)], [Self.small]).unfit.isEmpty)
    }

    @Test func temperaturesAndHazardsAreKeptApart() {
        let pieces = [
            Self.piece("plain", 50, 50, 50), Self.piece("cold", 50, 50, 50, 100, .chilled),
            Self.piece("frozen", 50, 50, 50, 100, .frozen), Self.piece("flammable", 50, 50, 50, hazard: "3"),
            Self.piece("corrosive", 50, 50, 50, hazard: "8"),
        ]
        let packed = Cartons.pack(pieces, Self.all)
        #expect(packed.parcels.count == 5 && packed.isFewest && Self.faults(packed, pieces).isEmpty)
        #expect(Cartons.pack([pieces[1]], [Self.small]).unfit == [0])
    }

    @Test func whatIsNotKnownIsNotGuessedButNamed() {
        let pieces = [
            Self.piece("known", 50, 50, 50), Self.piece("no size", 0, 0, 0), Self.piece("no weight", 50, 50, 50, nil),
        ]
        let packed = Cartons.pack(pieces, Self.all)
        #expect(packed.unknown == [1, 2] && packed.parcels.flatMap { $0.contents.map(\.piece) } == [0])
        #expect(packed.notes.count == 1 && packed.notes[0].en.contains("no size, no weight"))
        #expect(packed.notes[0].ko.contains("직접"))
    }

    @Test func withoutCartonsNothingFits() {
        #expect(Cartons.pack([Self.piece("a", 10, 10, 10)], []).unfit == [0])
        #expect(Cartons.pack([], Self.all).parcels.isEmpty)
    }
}
