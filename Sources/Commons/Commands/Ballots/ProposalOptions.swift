import District
import Record
import Store

/// Proposals of a process as what is voted on: an option that names one takes from it what was left out.
enum ProposalOptions {
    /// The options that were asked for, each with name, summary and cost as its proposal has them where nothing else was said.
    /// - Throws: ``Refusal`` where a proposal is none of the process's, or does not go to the vote.
    static func filled(_ values: FormValues, in tables: any Reader) throws -> [JSON] {
        let options = values["options"]?.elements ?? []
        guard options.contains(where: { $0["proposal"] != nil }) else { return options }
        let id = values.text("process")
        guard !id.isEmpty else {
            throw Refusal(
                .invalid, of: "process", "required",
                Words("제안을 고르려면 참여 과정을 적어 주세요.", "With proposals the process must be given."))
        }
        let process = try ProcessAsk.process(id, in: tables)
        var seen = Set<String>()
        return try options.enumerated().map { place, option -> JSON in
            guard let wanted = option["proposal"]?.text, !wanted.isEmpty else { return option }
            let field = "options[\(place)].proposal"
            guard let proposal = try ProposalTable.find(wanted, in: tables), proposal.process == id else {
                throw Refusal(
                    .invalid, "options.proposal", of: field, "unknown",
                    Words("이 참여 과정의 제안이 아닙니다.", "It is no proposal of this process."))
            }
            guard seen.insert(wanted).inserted else {
                throw Refusal(
                    .invalid, "options.proposal-twice", of: field, "twice",
                    Words("같은 제안이 두 번 있습니다: \(proposal.title)", "A proposal stands there twice: \(proposal.title)"))
            }
            if let lack = proposal.lacks(for: process) {
                throw Refusal(
                    .invalid, "options.not-admitted", of: field, lack.rawValue,
                    Words(
                        "투표에 오르지 않는 제안입니다(\(lack.words.ko)): \(proposal.title)",
                        "This proposal does not go to the vote (\(lack.words.en)): \(proposal.title)"))
            }
            return merged(option, proposal)
        }
    }

    private static func merged(_ option: JSON, _ proposal: Proposal) -> JSON {
        var members = option.members ?? [:]
        func fill(_ key: String, _ value: JSON?) {
            if members[key]?.text?.isEmpty ?? (members[key] == nil) { members[key] = value }
        }
        fill("name", .string(proposal.title))
        fill("summary", .string(String(proposal.inShort.prefix(600))))
        fill("cost", proposal.assumedCost.map { .decimal($0) })
        return .object(members)
    }
}
