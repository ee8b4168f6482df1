import Access
import District
import Record
import Store

/// What people ask of their proposals, by voice and text.
enum ProposalAnswers {
    static let all = [mine, followed]
    /// As many as are said in a breath.
    private static let most = 3

    /// “What became of my proposal?”, or of one that is named, which everybody may ask.
    static let mine = Inquiry(
        "commons.proposals.mine", title: Words("제안이 어떻게 됐는지", "What became of a proposal"),
        help: Words(
            "내가 한 제안이나 이름을 말한 제안의 상태와 지지 수, 검토 결과를 알려 드립니다.",
            "Says the state, support and verdict of what you proposed, or of a proposal that is named."),
        fields: [
            Field(
                "proposal", Words("제안", "Proposal"), .reference(kind: "commons-proposal", source: nil), required: false)
        ], permission: .anyone.orToken("read")
    ) { ask, spine in
        let named = ask.values.text("proposal")
        guard named.isEmpty else {
            let (proposal, into) = try await spine.district.store.read { reader in
                let proposal = try ProposalAsk.find(named, in: reader).proposal
                return (proposal, try ProposalTable.chain(from: proposal, in: reader).last)
            }
            let title = proposal.text.title(for: ask.caller)
            return Words(
                "‘\(title.ko)’ 제안은 \(state(proposal, into: into, ask.caller, .ko)).",
                "The proposal “\(title.en)” \(state(proposal, into: into, ask.caller, .en)).")
        }
        guard let person = ask.caller.person else {
            throw Refusal(
                .notFound, "proposals.person",
                Words(
                    "누구의 제안인지 알 수 없습니다. 로그인하거나 제안의 제목을 말씀해 주세요.",
                    "Whose proposals is not known. Please sign in, or say the proposal's title."))
        }
        let own = try await spine.district.store.read { reader in
            try ProposalTable.proposals(of: person, as: [.author], in: reader).map { proposal in
                (proposal, try ProposalTable.chain(from: proposal, in: reader).last)
            }
        }
        guard !own.isEmpty else { return Words("아직 하신 제안이 없습니다.", "You have proposed nothing yet.") }
        func said(_ language: Language) -> String { told(own, ask.caller, language) }
        return Words(
            "하신 제안은 \(own.count)개입니다. \(said(.ko)).", "You have made \(many(own.count, "proposal")): \(said(.en)).")
    }

    /// “What became of what I follow?”
    static let followed = Inquiry(
        "commons.proposals.followed", title: Words("소식 받는 제안이 어떻게 됐는지", "What became of proposals I follow"),
        help: Words("소식을 받는 제안과 지지한 제안의 상태를 알려 드립니다.", "Says the state of proposals that you follow or support."),
        permission: .signedIn
    ) { ask, spine in
        guard let person = ask.caller.person else {
            throw Refusal(.notFound, "proposals.person", Words("누구의 제안인지 알 수 없습니다.", "Whose proposals is not known."))
        }
        let found = try await spine.district.store.read { reader in
            try ProposalTable.proposals(of: person, as: [.follow, .support], in: reader).map { proposal in
                (proposal, try ProposalTable.chain(from: proposal, in: reader).last)
            }
        }
        guard !found.isEmpty else {
            return Words("소식을 받거나 지지한 제안이 없습니다.", "You follow and support no proposal.")
        }
        func said(_ language: Language) -> String { told(found, ask.caller, language) }
        return Words(
            "소식을 받거나 지지한 제안은 \(found.count)개입니다. \(said(.ko)).",
            "You follow or support \(many(found.count, "proposal")): \(said(.en)).")
    }

    private static func told(
        _ found: [(Proposal, Proposal?)], _ caller: Caller, _ language: Language
    ) -> String {
        found.prefix(most).map { proposal, into in
            "‘\(proposal.text.title(for: caller)[language])’ \(state(proposal, into: into, caller, language))"
        }.joined(separator: "; ")
    }

    private static func many(_ many: Int, _ what: String) -> String { "\(many) \(what)\(many == 1 ? "" : "s")" }

    /// What became of a proposal, in a breath, for whoever asks.
    static func state(_ proposal: Proposal, into: Proposal?, _ caller: Caller, _ language: Language) -> String {
        let ko = language == .ko
        if let into {
            let title = into.text.title(for: caller)[language]
            return ko ? "‘\(title)’ 제안에 합쳐짐" : "was merged into ‘\(title)’"
        }
        switch proposal.text.state {
        case .waiting: return ko ? "공개하기 전에 확인하는 중" : "is looked at before it is shown"
        case .hidden: return ko ? "가려짐. 사유는 내 제안에 있습니다" : "is hidden; “My proposals” says why"
        case .withdrawn: return ko ? "거둠" : "was taken back"
        case .shown: break
        }
        let support = ko ? "지지 \(proposal.supports)명" : "has \(many(Int(proposal.supports), "supporter"))"
        guard let verdict = proposal.verdict else { return support + (ko ? ", 검토 전" : ", not reviewed yet") }
        return support + ", " + verdict.words[language].lowercased()
    }
}
