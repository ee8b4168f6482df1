import Record

/// Carries the numbers of a state out to JSON and back in, by one list of fields for both directions.
struct StateArchive {
    private var numbers: [Double] = []
    private var at = 0
    private let restores: Bool
    /// Whether everything read so far was there and made sense.
    private(set) var isValid = true

    /// An archive to write into.
    init() { restores = false }

    /// An archive to read from; nil where it is no list of numbers.
    init?(_ json: JSON) {
        guard let elements = json.elements else { return nil }
        numbers = elements.compactMap(\.double)
        guard numbers.count == elements.count else { return nil }
        restores = true
    }

    /// What was written.
    var json: JSON { .array(numbers.map { .number($0) }) }

    /// Whether all was read, and nothing is left over.
    var isComplete: Bool { isValid && at == numbers.count }

    /// Writes the number, or replaces it by the one that was kept.
    mutating func exchange(_ value: inout Double) {
        guard restores else { return numbers.append(value) }
        guard at < numbers.count, numbers[at].isFinite else {
            isValid = false
            return
        }
        value = numbers[at]
        at += 1
    }

    mutating func exchange(_ value: inout Int) {
        var number = Double(value)
        exchange(&number)
        guard let whole = Int(exactly: number) else {
            isValid = false
            return
        }
        value = whole
    }

    mutating func exchange(_ value: inout Bool) {
        var number = value ? 1.0 : 0
        exchange(&number)
        value = number != 0
    }

    mutating func exchange(_ values: inout [Double]) {
        var count = values.count
        exchange(&count)
        guard isValid, count >= 0, !restores || count <= numbers.count - at else {
            isValid = false
            return
        }
        if restores { values = Array(repeating: 0, count: count) }
        for index in values.indices { exchange(&values[index]) }
    }
}
