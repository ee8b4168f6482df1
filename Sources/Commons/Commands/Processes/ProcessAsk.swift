import Access
import District
import Record
import Store

/// What the commands of processes, proposals and debate ask, find and refuse in the same way.
enum ProcessAsk {
    static let spoken: Set<Form.Surface> = [.web, .http, .cli, .mcp, .voice]
    static let written: Set<Form.Surface> = [.web, .http, .cli, .mcp]
    static let officers: Set<Role> = [.zoneOfficer]

    // What a page's link has chosen already is asked without a search: then nobody reads an identifier.
    static let process = Field("process", Words("참여 과정", "Process"), .reference(kind: "commons-process", source: nil))
    static let reason = Field(
        "reason", Words("사유", "Reason"), .longText(maximum: 1000),
        help: Words("누구나 볼 수 있습니다. 사람의 이름은 쓰지 마세요.", "Everybody reads it; please name nobody."))

    static func process(_ id: String, in tables: any Reader) throws -> CivicProcess {
        guard let process = try ProcessTable.find(id, in: tables) else {
            throw Refusal(.notFound, of: "process", "unknown", Words("그런 참여 과정이 없습니다.", "There is no such process."))
        }
        return process
    }

    /// The person who asks; a program is none.
    static func person(_ ask: Ask) throws(Refusal) -> PersonID {
        guard let person = ask.caller.person else {
            throw Refusal(
                .forbidden, "commons.person", Words("사람만 참여할 수 있습니다.", "Only a person can take part."))
        }
        return person
    }

    /// Whoever asks may do this in a process today, or hears which phase or group of people it is for.
    @discardableResult
    static func check(
        _ act: Phase.Act, _ process: CivicProcess, _ ask: Ask, in tables: any Reader
    ) throws -> PersonID {
        let person = try person(ask)
        if let obstacle = try Eligibility.obstacle(act, process, ask.caller, on: KoreanDay(ask.now), in: tables) {
            throw obstacle
        }
        return person
    }

    static func day(_ text: String, field: String) throws(Refusal) -> KoreanDay {
        guard let day = KoreanDay(text) else {
            throw Refusal.noDay(field)
        }
        return day
    }

    static func plan(_ phases: [PhaseDays], field: String) throws(Refusal) -> PhasePlan {
        do throws(PhasePlan.Fault) {
            return try PhasePlan(phases)
        } catch {
            let words: Words =
                switch error.rule {
                case .none: Words("단계를 하나 이상 정해 주세요.", "Please give at least one phase.")
                case .ends: Words("끝나는 날이 시작하는 날보다 앞섭니다.", "A phase ends before it begins.")
                case .overlap: Words("단계의 날짜가 서로 겹칩니다.", "Two phases overlap.")
                case .order: Words("단계의 순서가 맞지 않습니다.", "The phases come in another order.")
                case .twice: Words("같은 단계가 두 번 있습니다.", "A phase comes twice.")
                }
            throw Refusal(
                .invalid, "phases.\(error.rule.rawValue)", words,
                faults: [
                    .init(
                        field: field == "phases" && error.rule != .none ? "phases[\(error.place)].begins" : field,
                        rule: error.rule.rawValue, words: words)
                ])
        }
    }
}
