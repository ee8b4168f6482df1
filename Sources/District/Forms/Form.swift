public import Access
public import Record

/// What a command asks for, said once: from it come the web form, the JSON call, the CLI call, the JSON Schema that
/// a tool caller reads, and the slots that a dialogue fills.
public struct Form: Sendable {
    /// `room.subject.verb`: `sensing.alarm.acknowledge`.
    public let name: String
    /// What the command does, as a button says it.
    public let title: Words
    /// One sentence more, for whoever does not know it yet.
    public let help: Words
    /// What is asked, in order.
    public let fields: [Field]
    /// Who may ask.
    public let permission: Permission
    /// What stands between asking and doing.
    public let confirmation: Confirmation
    /// Where it is offered; voice, MCP and offline only where a form says so.
    public let surfaces: Set<Surface>
    /// Whether whoever asks stays off the Record: the author is the house, and the rule keeps the person in the vault.
    public let isConfidential: Bool
    /// Whether whoever takes it in bounds it by what they know of it (the code on a machine), so that ``AnonymousBound``
    /// does not: what stops dangerous work must not wait because others wrote much.
    public let hasOwnBound: Bool
    /// Where a web form leads that was opened from nowhere, `{it}` standing for what came to be and `{field}` for what
    /// was entered; nil for its trace.
    public let after: String?
    /// The flags to which only a yes is an answer, as one box to tick: without it nothing is read back, nor done.
    public let assents: Set<String>

    /// A form.
    public init(
        _ name: String, title: Words, help: Words, fields: [Field], permission: Permission,
        confirmation: Confirmation = .none, surfaces: Set<Surface> = [.web, .http, .cli], isConfidential: Bool = false,
        hasOwnBound: Bool = false, after: String? = nil, assents: Set<String> = []
    ) {
        self.name = name
        self.title = title
        self.help = help
        self.fields = fields
        self.permission = permission
        self.confirmation = confirmation
        self.surfaces = surfaces
        self.isConfidential = isConfidential
        self.hasOwnBound = hasOwnBound
        self.after = after
        self.assents = assents
    }

    /// Where a command can be asked for; `offline` is a phone without a connection, which sends what was filled in later
    /// (docs/adding-a-capability.md, “Working without a connection”): only where a form says so.
    public enum Surface: String, Sendable, CaseIterable {
        case web, http, cli, mcp, voice, offline
    }

    /// What stands between asking and doing.
    public enum Confirmation: Sendable, Hashable {
        /// Nothing: it can be undone, or does no harm.
        case none
        /// The values are read back, and done only after an explicit yes.
        case readBack
        /// A second person with one of these roles signs before it is done.
        case secondPerson(Set<Role>)
    }
}

/// One thing a form asks.
public struct Field: Sendable {
    /// Lower case with underscores; the key in JSON.
    public let name: String
    /// What stands beside the box.
    public let label: Words
    /// A hint under the label.
    public let help: Words?
    /// What may be filled in.
    public let kind: Kind
    /// Whether it must be filled in.
    public let required: Bool
    /// The heading it stands under.
    public let group: Words?
    /// The field is asked only where another has this value.
    public let condition: Condition?
    /// Whose words these are: content about a person goes to the vault and never to a log.
    public let isPersonal: Bool
    /// Whether nobody is to read it over a shoulder, nor later: the number of a badge. No page shows it once it was typed.
    public let isSecret: Bool
    /// What is spoken here, where a listener can do more than its kind tells: a phone number, a road-name address.
    public let spoken: Spoken?

    /// What people say in a field whose kind is only text or a number.
    public enum Spoken: String, Sendable, Hashable {
        /// A telephone number.
        case phone
        /// A road-name address.
        case address
        /// The number of a bus line.
        case bus
        /// Money, in won.
        case amount
        /// A day without a time, `2026-11-21`.
        case day
        /// A time of day, `14:00`.
        case time
        /// A length of time, in minutes.
        case duration
        /// Somebody's name.
        case name
        /// A day of the past, somebody's birth: `1948-05-03`.
        case birth
        /// The number of a receipt.
        case receipt
    }

    /// One thing a form asks.
    public init(
        _ name: String, _ label: Words, _ kind: Kind, required: Bool = true, help: Words? = nil, group: Words? = nil,
        condition: Condition? = nil, isPersonal: Bool = false, isSecret: Bool = false, spoken: Spoken? = nil
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        self.required = required
        self.help = help
        self.group = group
        self.condition = condition
        self.isPersonal = isPersonal
        self.isSecret = isSecret
        self.spoken = spoken
    }

    /// Whether what is filled in, or a part of it, is content about a person.
    var holdsPersonal: Bool {
        guard case .list(let fields, _) = kind else { return isPersonal }
        return isPersonal || fields.contains(where: \.holdsPersonal)
    }

    /// What may be filled in.
    public indirect enum Kind: Sendable {
        /// One line of at most so many characters.
        case text(maximum: Int)
        /// Several lines of at most so many characters.
        case longText(maximum: Int)
        /// A whole number within bounds, in a unit (UCUM code) where it has one.
        case integer(ClosedRange<Int64>, unit: String?)
        /// A number within bounds, in a unit (UCUM code) where it has one.
        case number(ClosedRange<Double>, unit: String?)
        /// One of the choices.
        case choice([Choice])
        /// The identifier of something: a thing, an alarm, a person; `source` is where choices are looked up.
        case reference(kind: String, source: String?)
        /// A moment, RFC 3339; without a zone it is Korean time.
        case moment
        /// Yes or no.
        case flag
        /// Longitude and latitude, WGS 84 degrees.
        case place
        /// The SHA-256 (hexadecimal) of a file that was uploaded before, of at most so many bytes.
        case attachment(maximumBytes: Int)
        /// Several of the same, each with these fields.
        case list([Field], maximum: Int)
    }

    /// One of several.
    public struct Choice: Sendable, Hashable {
        /// What JSON carries.
        public let value: String
        /// What a person reads.
        public let label: Words

        /// One of several.
        public init(_ value: String, _ label: Words) {
            self.value = value
            self.label = label
        }
    }

    /// Another field's value on which a field depends.
    public struct Condition: Sendable, Hashable {
        /// The other field.
        public let field: String
        /// The value it must have.
        public let value: String

        /// Another field's value on which a field depends.
        public init(_ field: String, is value: String) {
            self.field = field
            self.value = value
        }
    }
}
