import Access
import District
import Record
import Store

/// What bringing a list comes to, told before and after: who is added, which lines are left out, and what looks wrong in those
/// that are not.
struct CensusPlan {
    let salt: String
    private(set) var rows: [JSON] = []
    /// Lines that add nobody, with the rule.
    private(set) var left: [Refusal.Fault]
    /// Lines that add somebody whom a letter or an account may not reach.
    private(set) var warnings: [Refusal.Fault] = []

    init(_ file: CensusFile, for vote: String, salt: String, in tables: any Reader) throws {
        (self.salt, left) = (salt, file.faults)
        var accounts = Set<String>()
        var homes: [String: Int] = [:]
        for line in file.lines {
            func warn(_ field: String, _ rule: String, _ ko: String, _ en: String) {
                warnings.append(.init(field: field, line: line.line, rule: rule, words: Words(ko, en)))
            }
            let entry = CensusCommands.hash(line.identifier, salt)
            guard try CensusTable.entry(vote, entry, in: tables) == nil else {
                left.append(
                    .init(
                        field: "identifier", line: line.line, rule: "there",
                        words: Words("이미 명부에 있습니다.", "Is on the list already.")))
                continue
            }
            var row: [String: JSON] = [
                "entry": .string(entry), "name": .string(line.name), "address": .string(line.address),
            ]
            if line.address.isEmpty {
                warn("address", "required", "주소가 없어 편지를 보낼 수 없습니다.", "No address: no letter reaches them.")
            }
            if !line.address.isEmpty, let first = homes["\(line.name)\n\(line.address)"] {
                warn(
                    "name", "same", "\(first)번째 줄과 이름과 주소가 같습니다. 같은 사람인지 확인해 주세요.",
                    "Name and address are those of line \(first). Is it the same person?")
            }
            homes["\(line.name)\n\(line.address)", default: line.line] += 0
            if !line.account.isEmpty {
                if try !accounts.insert(line.account).inserted
                    || CensusTable.entry(vote, account: line.account, in: tables) != nil
                {
                    warn(
                        "account", "twice", "다른 사람과 이어진 계정이어서 계정 없이 넣습니다.",
                        "The account is another's on the list: added without it.")
                } else {
                    row["account"] = .string(line.account)
                    if try !Self.isKnown(line.account, in: tables) {
                        warn("account", "unknown", "그런 계정이 없습니다.", "There is no such account.")
                    }
                }
            }
            rows.append(.object(row))
        }
        left.sort { ($0.line ?? 0) < ($1.line ?? 0) }
    }

    /// Whether anything should be looked at.
    var isClean: Bool { left.isEmpty && warnings.isEmpty }

    private static func isKnown(_ account: String, in tables: any Reader) throws -> Bool {
        try Directory.caller(PersonID(account), in: tables) != nil
    }
}
