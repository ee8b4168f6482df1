import Access
import District
import Record
import Store

/// What people ask of the roadmap, by voice and text.
enum GroupAnswers {
    static let all = [late, mine]

    /// As many as are said one after the other.
    private static let told = 3

    /// “What is late on the roadmap?”, for everybody.
    static let late = Inquiry(
        "alliance.roadmap.late", title: Words("로드맵에서 늦어진 이정표", "What is late on the roadmap"),
        help: Words(
            "기한이 지난 이정표와 며칠 늦었는지, 왜인지 알려 드립니다.", "Says which milestones are past their day, by how many days, and why."),
        permission: .anyone.orToken("read")
    ) { ask, spine in
        let today = KoreanDay(ask.now)
        let late = try await spine.district.store.read { try MilestoneTable.late(on: today, in: $0) }
        guard !late.isEmpty else {
            return Words("로드맵에서 늦어진 이정표가 없습니다.", "Nothing on the roadmap is late.")
        }
        func said(_ language: Language) -> String {
            late.prefix(told).map { milestone in
                let days = milestone.daysLate(on: today)
                let why = milestone.why.map { language == .ko ? ", 사유는 \($0)" : ", because: \($0)" } ?? ""
                return milestone.title[language] + (language == .ko ? " \(days)일" : " by \(days) days") + why
            }.joined(separator: language == .ko ? "; " : "; ")
        }
        return Words(
            "늦어진 이정표는 \(late.count)개입니다. \(said(.ko)).", "\(late.count) milestones are late: \(said(.en)).")
    }

    /// “Which milestones are mine?”
    static let mine = Inquiry(
        "alliance.milestones.mine", title: Words("내가 맡은 이정표", "My milestones"),
        help: Words("맡은 이정표와 기한을 알려 드립니다.", "Says which milestones are yours, and when they are due."),
        permission: .signedIn
    ) { ask, spine in
        guard let person = ask.caller.person else {
            throw Refusal(
                .notFound, "milestones.person", Words("누구의 이정표인지 알 수 없습니다.", "Whose milestones is not known."))
        }
        let today = KoreanDay(ask.now)
        let own = try await spine.district.store.read { try GroupTasks.milestones(of: person, in: $0) }
        guard !own.isEmpty else { return Words("맡은 이정표가 없습니다.", "No open milestone is yours.") }
        func said(_ language: Language) -> String {
            own.prefix(told).map { milestone in
                let days = milestone.daysLate(on: today)
                let late = days == 0 ? "" : language == .ko ? " (\(days)일 늦음)" : " (\(days) days late)"
                return milestone.title[language]
                    + (language == .ko ? " 기한 \(milestone.due)" : ", due \(milestone.due)") + late
            }.joined(separator: "; ")
        }
        return Words("맡은 이정표는 \(own.count)개입니다. \(said(.ko)).", "\(own.count) milestones are yours: \(said(.en)).")
    }
}
