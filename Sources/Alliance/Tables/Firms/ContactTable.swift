import District
import Record
import Store

/// Whom to call about a meeting.
struct FirmContact: Sendable, Hashable {
    let name: String, phone: String, mail: String
}

/// The contacts that firms give for their meetings: personal data, shown to the other firm of an introduction alone.
enum ContactTable {
    static let given = "alliance.firm.contact-given"
    static let withdrawn = "alliance.firm.contact-withdrawn"

    /// Under whose key an entry is kept in the vault.
    static func subject(_ entry: String) -> PersonID { PersonID("alliance-contact-\(entry)") }

    static let migration = Migration(
        "alliance.firms.contacts.001",
        [
            """
            CREATE TABLE alliance_firms_contacts (
                firm TEXT PRIMARY KEY, scope TEXT NOT NULL, entry TEXT NOT NULL, name TEXT NOT NULL, phone TEXT NOT NULL,
                mail TEXT NOT NULL)
            """
        ])

    static let projection = Projection(tables: ["alliance_firms_contacts"], types: [given, withdrawn]) {
        event, payload, writer in
        guard case .firm(let firm) = event.scope else { return }
        // What stood before goes in the very transaction that replaces it or takes it back, from here and from the vault;
        // where it is gone already, as when tables are made anew, nothing happens.
        let before = try writer.first(
            "SELECT entry FROM alliance_firms_contacts WHERE firm = ?", [.text(firm.rawValue)])
        if let before {
            _ = try RecordLog(clock: { event.observed }).erase(subject(before.text("entry")), in: writer)
        }
        try writer.execute("DELETE FROM alliance_firms_contacts WHERE firm = ?", [.text(firm.rawValue)])
        guard event.type == given else { return }
        let contact = payload["contact"]
        try writer.execute(
            "INSERT INTO alliance_firms_contacts (firm, scope, entry, name, phone, mail) VALUES (?, ?, ?, ?, ?, ?)",
            [.text(firm.rawValue), .text(event.scope.text), .text(payload["entry"]?.text ?? "")]
                + ["name", "phone", "mail"].map { .text(contact?[$0]?.text ?? "") })
    }

    /// A firm's own contact; nil for whoever is no firm: the zone's officers have no need of it.
    static func own(for tenant: some Tenancy, in reader: any Reader) throws -> FirmContact? {
        guard let firm = tenant.firm else { return nil }
        return try contact(of: firm, in: reader)
    }

    /// Whom one of two firms may call at the other: only of an introduction that both accepted and that goes on or came to
    /// a contract, and only for the two.
    static func other(
        of introduction: Introduction, for tenant: some Tenancy, in reader: any Reader
    ) throws -> FirmContact? {
        guard introduction.showsContacts, let firm = tenant.firm, let side = introduction.side(of: firm) else {
            return nil
        }
        return try contact(of: side == .firm ? introduction.supplier : introduction.firm, in: reader)
    }

    private static func contact(of firm: FirmID, in reader: any Reader) throws -> FirmContact? {
        try reader.first("SELECT * FROM alliance_firms_contacts WHERE firm = ?", [.text(firm.rawValue)]).map {
            FirmContact(name: try $0.text("name"), phone: try $0.text("phone"), mail: try $0.text("mail"))
        }
    }
}
