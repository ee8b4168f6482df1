/// Lengths of tours already measured, by the key of the orders they are for: a table of fixed size in which a later tour takes
/// the place of an earlier one.
struct TourMemory {
    private let mask: UInt64
    private let table: UnsafeMutablePointer<(key: UInt64, length: Int)>

    /// - Parameter bits: the table has two to the power of this many places.
    init(bits: Int) {
        mask = (1 << UInt64(bits)) - 1
        table = .allocate(capacity: 1 << bits)
        // No set of orders has this key but by a chance of one in 2^64.
        table.initialize(repeating: (.max, 0), count: 1 << bits)
    }

    /// Gives the table back; nothing may be asked afterwards.
    func free() { table.deallocate() }

    @inline(__always)
    subscript(key: UInt64) -> Int? {
        get {
            let entry = table[Int(truncatingIfNeeded: key & mask)]
            return entry.key == key ? entry.length : nil
        }
        nonmutating set { table[Int(truncatingIfNeeded: key & mask)] = (key, newValue ?? 0) }
    }
}
