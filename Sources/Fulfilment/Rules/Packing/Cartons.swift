import Record

/// Which pieces go into which cartons: fewest cartons, then least volume.
///
/// Temperatures and hazard classes are kept apart: pieces of another class, or with a class and without, never share a carton.
/// What cannot be worked out is not guessed: it is named, and a person chooses its carton.
struct Cartons: Sendable, Hashable {
    /// The filled cartons.
    let parcels: [Parcel]
    /// Pieces, by their places in the list, of which size or weight is not known: a person chooses their cartons.
    let unknown: [Int]
    /// Pieces, by their places, that no carton takes: too large, too heavy, or no carton keeps their temperature.
    let unfit: [Int]
    /// So many cartons at least are needed for what was packed, by volume, weight and what is kept apart.
    let least: Int
    /// What a person has to know of it.
    let notes: [Words]

    /// Whether no packing exists with fewer cartons.
    var isFewest: Bool { parcels.count == least }

    /// Packs pieces.
    /// - Parameters:
    ///   - pieces: what is packed; one entry a piece.
    ///   - cartons: the kinds that there are, as many of each as needed.
    ///   - tries: in how many orders pieces are put in; the same number gives the same packing.
    static func pack(_ pieces: [PackPiece], _ cartons: [Carton], tries: Int = 8) -> Cartons {
        let unknown = pieces.indices.filter { !pieces[$0].isKnown }
        var (parcels, unfit, least): ([Parcel], [Int], Int) = ([], [], 0)
        let known = pieces.indices.filter { pieces[$0].isKnown }
        let groups = Dictionary(grouping: known) { Apart(climate: pieces[$0].climate, hazard: pieces[$0].hazard) }
        for apart in groups.keys.sorted() {
            let usable = cartons.filter { $0.climates.contains(apart.climate) && $0.inside.isKnown }
                .sorted { ($0.inside.volume, $0.code) < ($1.inside.volume, $1.code) }
            let (fitting, misfits) = split(groups[apart] ?? [], pieces, usable)
            unfit += misfits
            guard !fitting.isEmpty else { continue }
            let packing = CartonChoice(pieces: pieces, cartons: usable)
            parcels += packing.best(fitting, tries: tries)
            least += packing.bound(fitting)
        }
        return Cartons(
            parcels: parcels, unknown: unknown, unfit: unfit.sorted(), least: least,
            notes: notes(pieces, unknown: unknown, unfit: unfit.sorted()))
    }

    /// What may share a carton.
    private struct Apart: Hashable, Comparable {
        let climate: Item.Climate
        let hazard: String?

        static func < (one: Apart, other: Apart) -> Bool {
            (one.climate.rawValue, one.hazard ?? "") < (other.climate.rawValue, other.hazard ?? "")
        }
    }

    /// Those pieces that fit some carton alone, and those that fit none.
    private static func split(_ group: [Int], _ pieces: [PackPiece], _ cartons: [Carton]) -> ([Int], [Int]) {
        var (fitting, misfits): ([Int], [Int]) = ([], [])
        for piece in group {
            let fits = cartons.contains {
                var fill = CartonFill($0)
                return fill.put(pieces[piece], number: piece)
            }
            if fits { fitting.append(piece) } else { misfits.append(piece) }
        }
        return (fitting, misfits)
    }

    private static func notes(_ pieces: [PackPiece], unknown: [Int], unfit: [Int]) -> [Words] {
        func names(_ places: [Int]) -> String {
            var seen: Set<String> = []
            return places.map { pieces[$0].item }.filter { seen.insert($0).inserted }.joined(separator: ", ")
        }
        var notes: [Words] = []
        if !unknown.isEmpty {
            notes.append(
                Words(
                    "치수나 무게가 등록되지 않아 상자를 계산하지 못한 물품 \(unknown.count)개: \(names(unknown)). 상자를 직접 골라 주십시오.",
                    "\(unknown.count) pieces whose size or weight is not registered: \(names(unknown)). "
                        + "Please choose their cartons yourself."))
        }
        if !unfit.isEmpty {
            notes.append(
                Words(
                    "맞는 상자가 없는 물품 \(unfit.count)개: \(names(unfit)). 너무 크거나 무겁거나, 보관 온도를 지키는 상자가 없습니다.",
                    "\(unfit.count) pieces that no carton takes: \(names(unfit)). They are too large or too heavy, or no "
                        + "carton keeps their temperature."))
        }
        return notes
    }
}
