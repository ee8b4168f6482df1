/// The named parts of a topic, as a ``TopicTemplate`` read them.
public struct TopicParts: Sendable, Equatable {
    /// The names, from left to right.
    public let names: [String]
    /// Their values, in the same order; none is empty.
    public let values: [Substring]

    /// The value of a name; nil where the template has no such name.
    public subscript(name: String) -> String? {
        // A handful of names: looking through them is faster than hashing one.
        names.firstIndex(of: name).map { String(values[$0]) }
    }
}
