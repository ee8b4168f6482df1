import Access
import District
import Record
import Store

/// Who may take part in a process: one rule for proposing, supporting, debating, amending and answering statements, and for
/// the pages that offer any of these. Reading is everybody's.
enum Eligibility {
    /// Whether somebody belongs to those for whom an act is.
    static func admits(
        _ act: Phase.Act, _ process: CivicProcess, _ caller: Caller, in tables: any Reader
    ) throws -> Bool {
        try process.audience(for: act).admits(caller) { try isListed(caller, in: process, tables) }
    }

    /// A process's list is that of the vote it names, else of any vote that belongs to it.
    private static func isListed(_ caller: Caller, in process: CivicProcess, _ tables: any Reader) throws -> Bool {
        guard let person = caller.person else { return false }
        let lists = try process.census.map { [$0] } ?? VoteTable.list(of: process.id, in: tables).map(\.vote.id)
        return try lists.contains { try CensusTable.entry($0, account: person.rawValue, in: tables) != nil }
    }

    /// Says who may and how one comes to belong to them.
    static func refusal(_ audience: Audience) -> Refusal {
        Refusal(
            .forbidden, "process.audience",
            Words(
                "이것은 \(audience.words.ko)만 할 수 있습니다. \(audience.remedy.ko)",
                "This is for \(audience.words.en) only. \(audience.remedy.en)"))
    }

    /// What speaks against an act today, the phase before the people: nil where whoever asks may.
    static func obstacle(
        _ act: Phase.Act, _ process: CivicProcess, _ caller: Caller, on today: KoreanDay, in tables: any Reader
    ) throws -> Refusal? {
        guard process.allows(act, on: today) else { return late(act, process, on: today) }
        return try admits(act, process, caller, in: tables) ? nil : refusal(process.audience(for: act))
    }

    private static func late(_ act: Phase.Act, _ process: CivicProcess, on today: KoreanDay) -> Refusal {
        guard let next = process.next(act, from: today), process.stopped == nil else {
            return Refusal(
                .conflict, "process.phase",
                Words("이 참여 과정에서는 더 이상 할 수 없습니다.", "In this process it is not possible any more."))
        }
        return Refusal(
            .conflict, "process.phase",
            Words(
                "지금은 할 수 없습니다. ‘\(next.phase.words.ko)’ 단계(\(next.begins)~\(next.ends))에 할 수 있습니다.",
                "Not now: it is possible in the phase “\(next.phase.words.en)”, \(next.begins) to \(next.ends)."))
    }
}
