/// A row of plain values at one place in memory, freed with its owner. Reading one is as cheap as in C, which is what planners
/// for thousands of vehicles live from; debug builds hold every index against the length.
struct Flat<Element: BitwiseCopyable>: ~Copyable {
    let base: UnsafeMutablePointer<Element>
    let count: Int

    /// A row of so many equal values.
    init(_ count: Int, _ value: Element) {
        base = .allocate(capacity: max(1, count))
        base.initialize(repeating: value, count: count)
        self.count = count
    }

    /// A row of these values.
    init(_ values: [Element]) {
        base = .allocate(capacity: max(1, values.count))
        for (index, value) in values.enumerated() { (base + index).initialize(to: value) }
        count = values.count
    }

    deinit { base.deallocate() }

    @inline(__always)
    subscript(_ index: Int) -> Element {
        get {
            assert(index >= 0 && index < count)
            return base[index]
        }
        nonmutating set {
            assert(index >= 0 && index < count)
            base[index] = newValue
        }
    }

    @inline(__always)
    subscript(_ index: Int32) -> Element {
        get { self[Int(index)] }
        nonmutating set { self[Int(index)] = newValue }
    }

    /// Sets all values.
    func fill(_ value: Element) { base.update(repeating: value, count: count) }
}
