public import Record

/// A tenant firm of the district.
public struct Firm: Sendable, Hashable {
    /// Its identifier: lower-case letters, digits and hyphens.
    public let id: FirmID
    /// Its name.
    public var name: String
    /// Its business registration number.
    public var registration: String
    /// How many people it employs; the law asks different things of small and large firms. Nil where unknown.
    public var headcount: Int?

    /// A firm.
    public init(id: FirmID, name: String, registration: String, headcount: Int? = nil) {
        self.id = id
        self.name = name
        self.registration = registration
        self.headcount = headcount
    }

    /// Checks every field.
    /// - Throws: ``AccessError`` with code `invalid`, naming field and rule.
    public func check() throws(AccessError) {
        try Checks.identifier(id.rawValue, field: "firm")
        try Checks.text(name, field: "name", 1...200)
        try Checks.text(registration, field: "registration", 0...40)
        guard headcount.map({ (0...1_000_000).contains($0) }) ?? true else {
            throw AccessError(
                .invalid, field: "headcount", rule: "range",
                Words("상시근로자 수는 0명부터 1,000,000명까지 입력할 수 있습니다.", "Headcount must be between 0 and 1,000,000."))
        }
    }
}
