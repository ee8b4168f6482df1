public import Access
import Record
import Store

extension District {
    /// What became of a request that was sent under a key, where it was done; nil where nothing was. Sends nothing: for
    /// whoever does not know whether a commit came through and must not ask twice.
    public func answered(_ key: String, to command: String, by caller: Caller) async throws -> Outcome? {
        guard let form = plan.commands[command]?.form else { return nil }
        let who = FrameTables.who(caller, key: key, form: form)
        return try await store.read { reader in
            guard let row = try FrameTables.answered(who, key, in: reader), try row.text("command") == command else {
                return nil
            }
            return Outcome(stored: try JSON(parsing: try row.text("outcome")))
        }
    }
}

extension FrameTables {
    /// Under whom an answered request is kept. Where who asks stays off the Record, this table does not tell either: the
    /// key is known to them alone.
    static func who(_ caller: Caller, key: String?, form: Form) -> String {
        form.isConfidential
            ? TreeHash.leaf(Array("\(caller.author.text)\n\(key ?? "")".utf8)).description : caller.author.text
    }
}
