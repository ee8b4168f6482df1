import Access
import District
import Record

/// A list of tenant firms as an officer brings it: the rows that can be taken, and those that cannot, each named by
/// line, field and rule. A bad row never keeps its neighbours out.
struct FirmListing: Sendable {
    /// A firm as the list has it.
    struct Entry: Sendable, Hashable {
        let line: Int
        let firm: Firm
        let industry: IndustryCode?
        let address: String?
        let email: String?
        let phone: String?

        /// Whom to call, as it goes to the vault; nil where nobody is named.
        var contact: JSON? {
            guard email != nil || phone != nil else { return nil }
            return ["email": email.map { .string($0) } ?? .null, "phone": phone.map { .string($0) } ?? .null]
        }
    }

    /// A row that is not taken, or a doubt about one that is.
    struct Finding: Sendable, Hashable {
        let line: Int
        let column: Column
        let rule: Rule
        /// The other line or firm that it meets, where it meets one.
        var other: String?
    }

    /// What the list says of a firm.
    enum Column: String, Sendable, CaseIterable {
        case row, id, registration, name, industry, headcount, email, phone, address
    }

    /// What a row can break.
    enum Rule: String, Sendable {
        case columns, missing, identifier, registration, name, industry, headcount, email, phone, address, sign
        case twice, known, differs
        /// A doubt: the row is taken.
        case checkDigit = "check-digit"

        /// Whether the row is taken all the same.
        var isDoubt: Bool { self == .checkDigit }
    }

    /// The rows that can be taken, in the order of the file.
    private(set) var entries: [Entry] = []
    /// What is wrong or doubtful, in the order of the file.
    private(set) var findings: [Finding] = []
    /// Rows under the heading.
    private(set) var count = 0

    /// Reads a list. The heading may be Korean or English.
    /// - Throws: ``Refusal`` where the file or its heading cannot be read: nothing is taken then.
    init(_ text: String) throws(Refusal) {
        let rows = try CommaText(text).rows
        guard let heading = rows.first else { throw Self.noHeading([.name]) }
        let columns = heading.cells.map { Self.headings[Self.key($0)] }
        var missing: [Column] = columns.contains(.name) ? [] : [.name]
        if !columns.contains(.id), !columns.contains(.registration) { missing.append(.registration) }
        guard missing.isEmpty else { throw Self.noHeading(missing) }
        var ids: [FirmID: Int] = [:]
        var registrations: [String: Int] = [:]
        for row in rows.dropFirst() {
            count += 1
            guard row.cells.count == columns.count else {
                findings.append(Finding(line: row.line, column: .row, rule: .columns))
                continue
            }
            var cells: [Column: String] = [:]
            for (column, cell) in zip(columns, row.cells) {
                if let column, !cell.isEmpty, cells[column] == nil { cells[column] = cell }
            }
            guard let entry = read(cells, line: row.line) else { continue }
            let digits = Self.digits(entry.firm.registration)
            if let line = ids[entry.firm.id] {
                findings.append(Finding(line: row.line, column: .id, rule: .twice, other: "\(line)"))
            } else if !digits.isEmpty, let line = registrations[digits] {
                findings.append(Finding(line: row.line, column: .registration, rule: .twice, other: "\(line)"))
            } else {
                ids[entry.firm.id] = row.line
                if !digits.isEmpty { registrations[digits] = row.line }
                entries.append(entry)
            }
        }
    }

    private mutating func read(_ cells: [Column: String], line: Int) -> Entry? {
        var wrong: [Finding] = []
        func broken(_ column: Column, _ rule: Rule) { wrong.append(Finding(line: line, column: column, rule: rule)) }
        for (column, cell) in cells where cell.contains("\u{FFFD}") { broken(column, .sign) }
        let digits = Self.digits(cells[.registration] ?? cells[.id] ?? "")
        if let entered = cells[.registration], digits.count != 10 || entered.contains(where: \.isLetter) {
            broken(.registration, .registration)
        }
        let id = (cells[.id] ?? "firm-\(digits)").lowercased()
        if cells[.id] == nil, cells[.registration] == nil { broken(.registration, .missing) }
        let headcount = cells[.headcount].flatMap { Int($0.filter { $0 != "," && $0 != "명" }) }
        if cells[.headcount] != nil, headcount == nil { broken(.headcount, .headcount) }
        let firm = Firm(
            id: FirmID(id), name: cells[.name] ?? "",
            registration: digits.count == 10
                ? "\(digits.prefix(3))-\(digits.dropFirst(3).prefix(2))-\(digits.suffix(5))" : "",
            headcount: headcount)
        do throws(AccessError) { try firm.check() } catch {
            switch error.field {
            case "firm": if cells[.id] != nil { broken(.id, .identifier) }
            case "name": broken(.name, cells[.name] == nil ? .missing : .name)
            default: broken(.headcount, .headcount)
            }
        }
        if cells[.name] == nil, !wrong.contains(where: { $0.column == .name }) { broken(.name, .missing) }
        let industry = cells[.industry].flatMap { IndustryCode($0) }
        if cells[.industry] != nil, industry == nil { broken(.industry, .industry) }
        if let email = cells[.email], email.wholeMatch(of: /[^@\s,;<>]{1,64}@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+/) == nil {
            broken(.email, .email)
        }
        if let phone = cells[.phone], phone.wholeMatch(of: /\+?[0-9][0-9 ().-]{5,22}/) == nil { broken(.phone, .phone) }
        if let address = cells[.address], address.count > 200 { broken(.address, .address) }
        wrong.sort { $0.column.rawValue < $1.column.rawValue }
        findings += wrong
        guard wrong.isEmpty else { return nil }
        if digits.count == 10, !Self.isSound(digits) {
            findings.append(Finding(line: line, column: .registration, rule: .checkDigit))
        }
        return Entry(
            line: line, firm: firm, industry: industry, address: cells[.address], email: cells[.email],
            phone: cells[.phone])
    }

    /// The digits of a business registration number.
    static func digits(_ text: String) -> String { text.filter { $0.isASCII && $0.isNumber } }

    /// Whether a business registration number's last digit follows from the nine before it, by the National Tax
    /// Service's weights 1 3 7 1 3 7 1 3 5, where the tenth part of the last product counts too.
    static func isSound(_ digits: String) -> Bool {
        let values = digits.compactMap(\.wholeNumberValue)
        guard values.count == 10 else { return false }
        let sum = zip(values, [1, 3, 7, 1, 3, 7, 1, 3, 5]).reduce(0) { $0 + $1.0 * $1.1 } + values[8] * 5 / 10
        return (10 - sum % 10) % 10 == values[9]
    }
}
