import District
import Record
import Store

/// A vote that belongs to a process is cast within its vote phase.
enum VotePhase {
    /// - Throws: ``Refusal`` where the process has no vote phase, is over, or the vote lies outside of it.
    static func check(_ vote: Vote, in tables: any Reader) throws {
        guard !vote.process.isEmpty else { return }
        let process = try ProcessAsk.process(vote.process, in: tables)
        guard process.stopped == nil, let phase = phase(of: process) else {
            throw Refusal(
                .invalid, of: "process", "phase",
                Words("투표 단계가 없거나 그만둔 참여 과정입니다.", "This process has no vote phase, or was stopped."))
        }
        guard holds(vote, phase) else {
            throw Refusal(
                .invalid, of: vote.begins < phase.begins.start ? "begins" : "ends", "phase",
                Words(
                    "참여 과정의 투표 단계(\(phase.begins)~\(phase.ends)) 안이어야 합니다.",
                    "It must lie within the process's vote phase, \(phase.begins) to \(phase.ends)."))
        }
    }

    /// Days that a process's votes lie outside of cannot be given to its vote phase.
    static func check(_ moved: PhaseDays, of process: CivicProcess, in tables: any Reader) throws {
        guard moved.phase == .vote else { return }
        let votes = try VoteTable.list(of: process.id, in: tables).map(\.vote)
        guard let outside = votes.first(where: { !holds($0, moved) }) else { return }
        throw Refusal(
            .conflict, "phase.votes", of: outside.begins < moved.begins.start ? "begins" : "ends",
            Words(
                "이 날짜로는 ‘\(outside.title)’ 투표가 단계 밖에 놓입니다.",
                "With these days the vote “\(outside.title)” would lie outside of its phase."))
    }

    /// What the process promised of accounts holds for its votes: neither stricter nor looser.
    static func checkAccounts(_ vote: Vote, in tables: any Reader) throws {
        guard !vote.process.isEmpty, let process = try ProcessTable.find(vote.process, in: tables),
            process.votesWithoutAccount != vote.isAccountless
        else { return }
        throw Refusal(
            .invalid, "accountless.process", of: "accountless", "process",
            process.votesWithoutAccount
                ? Words(
                    "이 참여 과정은 계정 없이 투표할 수 있다고 알렸습니다. ‘계정 없이 투표’를 골라 주세요.",
                    "This process says that people vote without an account. Please permit it here, too.")
                : Words(
                    "이 참여 과정은 계정 없는 투표를 허용하지 않습니다.", "The process does not permit voting without an account."))
    }

    static func phase(of process: CivicProcess) -> PhaseDays? { process.plan.phases.first { $0.phase == .vote } }

    private static func holds(_ vote: Vote, _ phase: PhaseDays) -> Bool {
        phase.begins.start <= vote.begins && vote.ends <= (phase.ends + 1).start
    }
}
