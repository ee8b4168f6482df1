import Access
import District
import Record
import Store
import Web

/// The sample district's register: what a department would have said of the house's uses, and AI
/// that departments use elsewhere. Nobody has approved anything: that takes two people.
struct RegisterSample {
    let district: District
    let texts: JSON

    init(_ district: District, _ book: Handbook) throws(HandbookError) {
        self.district = district
        texts = try book.read("register-sample.json").json
    }

    func found() async throws {
        let caller = Caller.system("sample")
        let kept = try await district.store.read { try RegisterTable.all(in: $0) }
        let known = Set(kept.map(\.id))
        for (use, fields) in (texts["enter"]?.members ?? [:]).sorted(by: { $0.key < $1.key }) where !known.contains(use)
        {
            var values = fields.members ?? [:]
            values["id"] = .string(use)
            _ = try await district.perform(RegisterUse.form.name, values, by: caller)
        }
        for entry in kept where entry.fields["department"] == nil && entry.state == .draft {
            guard var values = texts["describe"]?[entry.id]?.members else { continue }
            values["use"] = .string(entry.id)
            _ = try await district.perform(UseStep.describe.command, values, by: caller)
        }
    }
}
