import Record

/// What somebody ordered from a centre, and how far it has come.
struct Order: Sendable, Hashable {
    /// `order/…`, its stream.
    var id: String
    var scope: Scope
    var centre: String
    /// What people call it: `1121-7K3M9Q`.
    var number: String
    var channel: Channel
    /// What the one who ordered calls it; empty where they call it nothing.
    var reference = ""
    var state = State.placed
    /// Kept back by a person.
    var isHeld = false
    /// Whether it may come in parts.
    var isPartial = true
    /// Whether it goes before others.
    var isUrgent = false
    var delivery: Delivery
    var placed: Timestamp
    /// The cut-off by which it is to leave; nil while nobody knows.
    var ship: Timestamp?
    /// When it is promised; nil while nobody knows.
    var due: Timestamp?
    /// What was promised first.
    var firstDue: Timestamp?
    /// Goods and carriage, in won.
    var goods: Int64 = 0
    var fee: Int64 = 0
    var shipped: Timestamp?
    var delivered: Timestamp?

    /// How it came in.
    enum Channel: String, Sendable, Hashable, CaseIterable {
        /// A program, by the call.
        case api
        /// A list.
        case csv
        /// The shop's page.
        case shop
        /// Entered by the centre's people.
        case desk
        /// Over the counter.
        case counter
    }

    /// How far it has come. Goods that come later, where it may come in parts, bring it back to `placed`.
    enum State: String, Sendable, Hashable, CaseIterable {
        case placed, released, picked, packed, shipped, delivered, settled, cancelled

        /// Whether something is still to be done in the centre.
        var isInHouse: Bool { [.placed, .released, .picked, .packed].contains(self) }
    }

    /// How it comes to who ordered it.
    enum Delivery: Sendable, Hashable {
        /// By a carrier, named by its code.
        case carrier(String)
        /// By a robot of the district, to a node of its site.
        case robot(String)
        /// It is fetched at the centre.
        case counter

        var kind: String {
            switch self {
            case .carrier: "carrier"
            case .robot: "robot"
            case .counter: "counter"
            }
        }

        /// The carrier's code or the node; empty where it is fetched.
        var name: String {
            switch self {
            case .carrier(let id): id
            case .robot(let node): node
            case .counter: ""
            }
        }

        init?(kind: String, name: String) {
            switch kind {
            case "carrier": self = .carrier(name)
            case "robot": self = .robot(name)
            case "counter": self = .counter
            default: return nil
            }
        }
    }
}

/// A line of an order, with what has become of each of its pieces.
struct OrderLine: Sendable, Hashable {
    var order: String
    /// From 1.
    var line: Int64
    var item: String
    var name: String
    /// What one costs, in won; nil where nobody said.
    var price: Int64?
    var quantity: Int64
    /// What of the stock is promised to it.
    var reserved: Int64 = 0
    /// What it waits for: goods that are to come, or that were lost after they had been promised.
    var waiting: Int64 = 0
    /// What is not delivered: refused at the intake, or cancelled.
    var refused: Int64 = 0
    var picked: Int64 = 0
    var packed: Int64 = 0
    var shipped: Int64 = 0
    var returned: Int64 = 0
}

/// Who an order is for: never on the Record but in the vault.
struct Recipient: Sendable, Hashable {
    var name = ""
    var phone = ""
    var address = ""
    var note = ""
    /// Who ordered, where they are known to the house.
    var person: String?
    /// What opens the order's page to whoever holds it: 128 bit.
    var code = ""

    /// Whether somebody can be called by it: 8 to 15 digits (E.164; the shortest of Korea are 1588-0000), set apart as people do.
    static func isPhone(_ text: String) -> Bool {
        let digits = text.count { $0.isASCII && $0.isNumber }
        return (8...15).contains(digits)
            && text.allSatisfy { ($0.isASCII && $0.isNumber) || "+-() .".contains($0) }
    }
}
