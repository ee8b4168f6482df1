import Record

/// Readings in strict order of time.
extension [Reading] {
    /// The index of the first reading not before a time.
    func index(notBefore time: Timestamp) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].time < time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The reading of exactly that time.
    func reading(at time: Timestamp) -> Reading? {
        let index = index(notBefore: time)
        return index < count && self[index].time == time ? self[index] : nil
    }

    /// The readings from a time up to, not including, another.
    func within(_ from: Timestamp, _ to: Timestamp) -> ArraySlice<Reading> {
        let start = index(notBefore: from)
        return self[start..<Swift.max(start, index(notBefore: to))]
    }

    /// Merges readings that came later: where both have the same time, theirs wins.
    mutating func overlay(_ later: ArraySlice<Reading>) {
        guard let first = later.first else { return }
        let start = index(notBefore: first.time)
        guard start < count else {
            append(contentsOf: later)
            return
        }
        let earlier = Array(self[start...])
        removeSubrange(start...)
        var mine = earlier[...]
        for reading in later {
            while let next = mine.first, next.time < reading.time {
                append(next)
                mine.removeFirst()
            }
            if mine.first?.time == reading.time { mine.removeFirst() }
            append(reading)
        }
        append(contentsOf: mine)
    }
}

extension Reading {
    /// The same to the last bit; `==` would take -0 for 0.
    func isIdentical(to other: Reading) -> Bool {
        time == other.time && value.bitPattern == other.value.bitPattern && quality == other.quality
    }
}
