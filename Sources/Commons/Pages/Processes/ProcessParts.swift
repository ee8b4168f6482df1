import District
import Record
import Web

/// The votes and the opinion topics of a process, as its page and its embed list them, and what can be done with each now.
struct ProcessParts {
    let view: CivicView
    let process: CivicProcess
    let votes: [VoteTable.Found]
    let topics: [OpinionTable.Topic]

    /// What somebody can do now with votes and topics, the most pressing first.
    var acts: [(key: String, href: String)] {
        let now = view.visit.now
        return votes.filter { $0.vote.takesBallots(at: now) }
            .map { ("commons_act_vote", "\(VoteView.path($0.vote.id))/ballot") }
            + votes.filter { $0.vote.state == .counted }.prefix(1)
            .map { ("commons_act_result", "\(VoteView.path($0.vote.id))/result") }
            + (process.allows(.answerStatement, on: view.today)
                ? topics.filter { $0.takesAnswers(at: now) }.map { ("commons_act_answer", OpinionRoutes.path($0.id)) }
                : [])
    }

    var votesJSON: JSON {
        .array(
            votes.map { found in
                var row: [String: JSON] = [
                    "title": .string(found.vote.title), "href": .string(VoteView.path(found.vote.id)),
                    "badge": VoteView(visit: view.visit).badge(found.vote), "said": .string(said(found.vote)),
                    "begins": Show.time(found.vote.begins, view.language),
                    "ends": Show.time(found.vote.ends, view.language),
                ]
                if let rule = found.vote.rule { row["rule"] = .string(rule.words[view.language]) }
                return .object(row)
            })
    }

    /// What can be done with a vote as it stands, in a sentence.
    private func said(_ vote: Vote) -> String {
        let key =
            switch vote.state {
            case .setUp: "commons_vote_set_up"
            case .ruled: "commons_vote_ruled"
            case .open where view.visit.now < vote.begins: "commons_vote_soon"
            case .open where view.visit.now < vote.ends: "commons_vote_open"
            case .open, .closed: "commons_vote_counting"
            case .counted: "commons_vote_counted"
            case .withdrawn: "commons_vote_withdrawn"
            }
        return view.word(key)
    }

    var topicsJSON: JSON {
        .array(
            topics.map { topic in
                let isOpen =
                    topic.takesAnswers(at: view.visit.now) && process.allows(.answerStatement, on: view.today)
                let isOver =
                    !topic.takesAnswers(at: view.visit.now) || process.next(.answerStatement, from: view.today) == nil
                return [
                    "title": .string(topic.title), "href": .string(OpinionRoutes.path(topic.id)),
                    "badge": isOpen
                        ? Show.badge("ok", view.word("opinions_open"))
                        : isOver
                            ? Show.badge("off", view.word("opinions_over"))
                            : Show.badge("info", view.word("commons_coming")),
                ]
            })
    }

    /// What an officer can add: a vote while its phase is not over, a topic while the debate is not.
    var officerActs: [JSON] {
        guard view.isModerator, !process.standing(on: view.today).isOver else { return [] }
        var acts: [JSON] = []
        if process.next(.vote, from: view.today) != nil {
            acts.append([
                "href": .string("\(CivicView.href(process))/vote"), "label": .string(view.word("commons_set_up_vote")),
            ])
        }
        if process.next(.answerStatement, from: view.today) != nil {
            acts.append(
                view.link(
                    "commons.opinion.open", ["process": process.id], next: "/commons/opinions/{it}",
                    label: view.word("commons_open_topic")))
        }
        return acts
    }
}
