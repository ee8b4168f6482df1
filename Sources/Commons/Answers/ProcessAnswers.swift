import Access
import District
import Record
import Store

/// What people ask of processes, by voice and text.
enum ProcessAnswers {
    static let all = [running]

    /// As many as are said one after the other.
    private static let told = 3

    /// “What can I take part in now?”, for everybody.
    static let running = Inquiry(
        "commons.processes.running", title: Words("지금 참여할 수 있는 것", "What can be taken part in now"),
        help: Words(
            "지금 열려 있는 참여 과정과 무엇을 언제까지 할 수 있는지 알려 드립니다.",
            "Says which processes are open, what can be done in them, and until when."),
        permission: .anyone.orToken("read")
    ) { ask, spine in
        let today = KoreanDay(ask.now)
        let open = try await spine.district.store.read { try ProcessTable.open(on: today, in: $0) }
        let running = open.compactMap { process -> (CivicProcess, PhaseDays)? in
            guard case .running(let phase) = process.standing(on: today) else { return nil }
            return (process, phase)
        }
        guard !running.isEmpty else {
            let next = open.compactMap { process in
                process.plan.next(after: today).map { (process, $0) }
            }.min { $0.1.begins < $1.1.begins }
            guard let (process, phase) = next else {
                return Words("지금 열려 있는 참여 과정이 없습니다.", "No process is open now.")
            }
            return Words(
                "지금 열려 있는 참여 과정은 없고, ‘\(process.title.ko)’이(가) \(said(phase.begins, .ko))에 시작합니다.",
                "No process is open now; “\(process.title.en)” begins on \(said(phase.begins, .en)).")
        }
        func list(_ language: Language) -> String {
            running.prefix(told).map { process, phase in
                let days = said(phase.ends, language)
                return language == .ko
                    ? "‘\(process.title.ko)’ \(phase.phase.words.ko) 단계, \(days)까지"
                    : "“\(process.title.en)”, phase \(phase.phase.words.en), until \(days)"
            }.joined(separator: "; ")
        }
        return Words(
            "지금 참여할 수 있는 것은 \(running.count)개입니다. \(list(.ko)).",
            running.count == 1
                ? "One process is open now: \(list(.en))." : "\(running.count) processes are open now: \(list(.en)).")
    }

    /// A day as it is said.
    static func said(_ day: KoreanDay, _ language: Language) -> String {
        let parts = day.description.split(separator: "-").compactMap { Int($0) }
        guard language == .ko, parts.count == 3 else { return day.description }
        return "\(parts[1])월 \(parts[2])일"
    }
}
