public import Record

/// Something the district has, as it was last declared and placed.
public struct Thing: Sendable, Hashable {
    /// Its name for ever.
    public let id: ThingID
    /// What kind of thing it is.
    public var kind: ThingKind
    /// What it is part of, or stands in.
    public var parent: ThingID?
    /// What people call it.
    public var name: Words
    /// The firm that runs it.
    public var firm: FirmID?
    /// Who may see it.
    public var scope: Scope
    /// Where it is.
    public var geometry: Geometry?
    /// What was declared of it: maker, model, rated power …
    public var attributes: [String: JSON]
    /// Whether it is sample data, which every page must say.
    public var sample: Bool
    /// When it was taken out of the district; nil while it is there.
    public var retired: Timestamp?

    /// Something the district has.
    public init(
        id: ThingID, kind: ThingKind, parent: ThingID? = nil, name: Words, firm: FirmID? = nil, scope: Scope,
        geometry: Geometry? = nil, attributes: [String: JSON] = [:], sample: Bool = false, retired: Timestamp? = nil
    ) {
        self.id = id
        self.kind = kind
        self.parent = parent
        self.name = name
        self.firm = firm
        self.scope = scope
        self.geometry = geometry
        self.attributes = attributes
        self.sample = sample
        self.retired = retired
    }
}
