import Access
import District
import Record
import Web

extension Part {
    /// Conversations: the dialogue machine, its channel of turns and what staff see of it.
    static func talk(_ conversations: Conversations) -> Part {
        var part = Part()
        part.migrations = [DialogueTable.migration, ActTable.migration, DialogueTable.ages]
        part.projections = [ActTable.projection]
        part.aiUses = [conversations.use]
        part.routes = TalkRoutes(conversations: conversations).routes
        part.doors = [
            Door(
                "/citizen/dialogues", Words("자동 안내 대화", "Conversations"),
                Words("자동 안내가 무엇을 듣고 어떻게 답했는지 다시 돌려 봅니다.", "Replay what the automatic service heard and answered."),
                roles: TalkRoutes.staff)
        ]
        part.services = { [ConversationSweep(conversations: conversations, spine: $0)] }
        part.topics = [("citizen.dialogue.", "citizen-dialogues")]
        return part
    }
}

extension Conversations {
    /// The use's name in the register.
    static let useID = "citizen.understanding"

    /// The use of AI that understands, under the edition of the words it understands by: other words are another use,
    /// and need another approval.
    static func use(_ book: Handbook) throws(HandbookError) -> AIUse {
        var editions: [String] = []
        for prefix in ["lexicon", "listen-", "phrasings-", "slots-", "replies", "services"] {
            for file in book.files(prefix) { editions.append("\(file) \(try book.read(file).edition)") }
        }
        let edition = ContentHash.sha256(editions.joined(separator: "\n").utf8)
        return AIUse(
            useID,
            title: Words("말로 하는 민원 알아듣기", "Understanding services by voice"),
            purpose: Words(
                "사람이 한 말에서 어떤 민원인지와 그 내용을 알아듣고, 읽어 준 뒤 ‘네’라고 하면 접수합니다.",
                "Understands from what somebody says which service they want and its particulars, reads them back, and files them after a yes."
            ),
            model:
                "sentence templates and slot parsers, edition \(edition)",
            evidence: Words("들은 말의 어느 부분에서 알아들었는지", "The words in which each value was heard"),
            override: Words(
                "‘아니요’, ‘취소’, ‘사람’이라고 말하면 됩니다. 예라고 하기 전에는 아무것도 접수하지 않습니다.",
                "By saying “no”, “cancel” or “person”. Nothing is filed before a yes."),
            modelInKorean: "문장 틀과 내용 해석 규칙, 판 \(edition.prefix(12))")
    }
}
