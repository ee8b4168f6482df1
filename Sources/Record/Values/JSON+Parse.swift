extension JSON {
    /// Reads one JSON text, strictly by RFC 8259: UTF-8 without a mark, no member twice, nothing before or after it.
    ///
    /// Numbers become the nearest double, as RFC 8785 has it; one beyond a double's range is refused.
    /// - Throws: ``JSONError`` with the first broken rule and the byte where it is broken.
    public init(parsing bytes: some Collection<UInt8>, limits: JSONLimits = .standard) throws(JSONError) {
        guard bytes.count <= limits.bytes else { throw JSONError(.tooLong, at: limits.bytes) }
        var cursor = JSONCursor(bytes: Array(bytes), depth: limits.depth)
        self = try cursor.document()
    }

    /// Reads one JSON text.
    /// - Throws: ``JSONError`` with the first broken rule and the byte where it is broken.
    public init(parsing text: String, limits: JSONLimits = .standard) throws(JSONError) {
        try self.init(parsing: text.utf8, limits: limits)
    }
}
