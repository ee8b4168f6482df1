import Access
import District
import Record
import Store

/// A phase gets other days, with the reason, which the process's log keeps.
enum MovePhase {
    static let name = "commons.process.move"

    static let command = Command(
        Form(
            name, title: Words("단계 날짜 바꾸기", "Move a phase"),
            help: Words(
                "단계의 날짜를 바꿉니다. 바꾼 날짜와 사유는 변경 기록에 남아 누구나 봅니다. 이미 지난 날은 바꿀 수 없습니다.",
                "Gives a phase other days. They and the reason stay in the log, which everybody reads. Days that have passed stay."
            ),
            fields: [
                ProcessAsk.process,
                Field(
                    "phase", Words("단계", "Phase"),
                    .choice(Phase.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                Field(
                    "begins", Words("첫날", "First day"), .text(maximum: 10), required: false,
                    help: Words("비우면 그대로입니다.", "Empty: as it was."), spoken: .day),
                Field("ends", Words("마지막 날", "Last day"), .text(maximum: 10), required: false, spoken: .day),
                ProcessAsk.reason,
            ],
            permission: .roles(ProcessAsk.officers).orToken("command:\(name)"), confirmation: .readBack,
            surfaces: ProcessAsk.written)
    ) { ask, tables in
        let process = try ProcessAsk.process(ask.values.text("process"), in: tables)
        let today = KoreanDay(ask.now)
        try checkRuns(process, on: today)
        guard let old = process.plan.phases.first(where: { $0.phase.rawValue == ask.values.text("phase") }) else {
            throw Refusal(
                .invalid, of: "phase", "unknown", Words("이 참여 과정에 없는 단계입니다.", "This process has no such phase."))
        }
        let begins = try ask.values["begins"]?.text.map { try ProcessAsk.day($0, field: "begins") } ?? old.begins
        let ends = try ask.values["ends"]?.text.map { try ProcessAsk.day($0, field: "ends") } ?? old.ends
        let moved = PhaseDays(phase: old.phase, begins: begins, ends: ends)
        guard moved != old else {
            throw Refusal(.invalid, of: "begins", "same", Words("날짜가 그대로입니다.", "The days are the same."))
        }
        // What has been open on a day stays so: nobody finds afterwards that they took part too late or too early.
        guard old.begins == begins || old.begins > today && begins >= today else {
            throw Refusal(
                .invalid, of: "begins", "past", Words("지난 날은 바꿀 수 없습니다.", "A day that has passed cannot be changed."))
        }
        guard old.ends == ends || old.ends >= today && ends >= today else {
            throw Refusal(
                .invalid, of: "ends", "past", Words("지난 날은 바꿀 수 없습니다.", "A day that has passed cannot be changed."))
        }
        try VotePhase.check(moved, of: process, in: tables)
        _ = try ProcessAsk.plan(
            process.plan.phases.map { $0.phase == old.phase ? moved : $0 },
            field: begins == old.begins ? "ends" : "begins")
        return [
            Draft(
                ProcessEvents.moved, stream: ProcessEvents.stream(process.id), scope: .everyone,
                payload: (moved.json.members ?? [:]).merging([
                    "process": .string(process.id), "was_begins": .string(old.begins.description),
                    "was_ends": .string(old.ends.description), "reason": .string(ask.values.text("reason")),
                ]) { $1 })
        ]
    }

    static func checkRuns(_ process: CivicProcess, on day: KoreanDay) throws(Refusal) {
        guard !process.standing(on: day).isOver else {
            throw Refusal(.conflict, "process.over", Words("끝난 참여 과정입니다.", "This process is over."))
        }
    }
}

/// A process is stopped before its end, with the reason.
enum StopProcess {
    static let name = "commons.process.stop"

    static let command = Command(
        Form(
            name, title: Words("참여 과정 그만두기", "Stop a process"),
            help: Words(
                "참여 과정을 끝까지 하지 않고 그만둡니다. 사유와 그때까지의 글은 그대로 남습니다.",
                "Ends a process before its time. The reason, and what was written, stay for everybody to read."),
            fields: [ProcessAsk.process, ProcessAsk.reason],
            permission: .roles(ProcessAsk.officers).orToken("command:\(name)"), confirmation: .readBack,
            surfaces: ProcessAsk.written)
    ) { ask, tables in
        let process = try ProcessAsk.process(ask.values.text("process"), in: tables)
        try MovePhase.checkRuns(process, on: KoreanDay(ask.now))
        return [
            Draft(
                ProcessEvents.stopped, stream: ProcessEvents.stream(process.id), scope: .everyone,
                payload: ["process": .string(process.id), "reason": .string(ask.values.text("reason"))])
        ]
    }
}
