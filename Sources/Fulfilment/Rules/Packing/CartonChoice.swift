/// Which cartons pieces that may lie together are put into, so that there are few and small ones.
struct CartonChoice {
    let pieces: [PackPiece]
    /// Those that may be used, smallest first.
    let cartons: [Carton]

    /// The best packing of several orders in which pieces are put in: large ones first in five senses, then shuffled ones.
    func best(_ group: [Int], tries: Int) -> [Parcel] {
        var best: [Parcel] = []
        let bound = bound(group)
        var draw = PlanDraw(seed: UInt64(group.count))
        for attempt in 0..<max(1, tries) {
            let parcels = filled(order(group, attempt, &draw)).map(smallest)
            if best.isEmpty || score(parcels) < score(best) { best = parcels }
            // One carton of the smallest kind that everything fits by volume cannot be bettered.
            if best.count == bound, best.count == 1, best[0].carton == cartons.first(where: { holds($0, group) }) {
                break
            }
        }
        return best
    }

    /// So many cartons at least, by volume and by weight.
    func bound(_ group: [Int]) -> Int {
        let volume = group.reduce(0) { $0 + pieces[$1].size.volume }
        let weight = group.reduce(0) { $0 + (pieces[$1].weight ?? 0) }
        let room = cartons.map(\.inside.volume).max() ?? 0
        let most = cartons.map(\.most).max() ?? 0
        guard room > 0, !group.isEmpty else { return 0 }
        return max(1, (volume + room - 1) / room, most > 0 ? (weight + most - 1) / most : 1)
    }

    private func holds(_ carton: Carton, _ group: [Int]) -> Bool {
        group.reduce(0) { $0 + pieces[$1].size.volume } <= carton.inside.volume
            && group.reduce(0) { $0 + (pieces[$1].weight ?? 0) } <= carton.most
    }

    private func score(_ parcels: [Parcel]) -> (Int, Int) {
        (parcels.count, parcels.reduce(0) { $0 + $1.carton.inside.volume })
    }

    /// In what order pieces are put in: what is fragile comes last, as nothing may stand on it.
    private func order(_ group: [Int], _ attempt: Int, _ draw: inout PlanDraw) -> [Int] {
        func sorted(_ key: (PackPiece) -> Int) -> [Int] {
            group.sorted { (key(pieces[$1]), $0) < (key(pieces[$0]), $1) }
        }
        let sizes = { (piece: PackPiece) in [piece.size.length, piece.size.width, piece.size.height].sorted() }
        let order =
            switch attempt {
            case 0: sorted { $0.size.volume }
            case 1: sorted { sizes($0)[2] }
            case 2: sorted { sizes($0)[2] * sizes($0)[1] }
            case 3: sorted { sizes($0)[0] }
            case 4: sorted { $0.weight ?? 0 }
            default: draw.shuffled(group)
            }
        return order.filter { !pieces[$0].isFragile } + order.filter { pieces[$0].isFragile }
    }

    /// One carton after the other: the smallest that takes all that is left, else the one that takes most of it.
    private func filled(_ order: [Int]) -> [Parcel] {
        var (parcels, left): ([Parcel], [Int]) = ([], order)
        while !left.isEmpty {
            var most: (volume: Int, parcel: Parcel)?
            for carton in cartons {
                let parcel = fill(carton, left)
                let volume = parcel.contents.reduce(0) { $0 + $1.size.volume }
                if !parcel.contents.isEmpty, volume > most?.volume ?? -1 { most = (volume, parcel) }
                if parcel.contents.count == left.count { break }
            }
            guard let most else { return parcels }
            let taken = Set(most.parcel.contents.map(\.piece))
            left.removeAll(where: taken.contains)
            parcels.append(most.parcel)
        }
        return parcels
    }

    private func fill(_ carton: Carton, _ order: [Int]) -> Parcel {
        var fill = CartonFill(carton)
        for piece in order { _ = fill.put(pieces[piece], number: piece) }
        return fill.parcel
    }

    /// The same contents in the smallest carton that takes them.
    private func smallest(_ parcel: Parcel) -> Parcel {
        let order = parcel.contents.map(\.piece)
        let volume = parcel.contents.reduce(0) { $0 + $1.size.volume }
        for carton in cartons where carton.inside.volume < parcel.carton.inside.volume && carton.inside.volume >= volume
        {
            let smaller = fill(carton, order)
            if smaller.contents.count == order.count { return smaller }
        }
        return parcel
    }
}
