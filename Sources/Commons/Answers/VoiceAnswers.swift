import Access
import District
import Record

/// Voting by voice, where the vote's rules permit it: a question held in private, of which nothing is kept but the ballot.
struct VoiceAnswers: Sendable {
    private let booth = VoiceBooth()

    var all: [Inquiry] { [speak] }

    private var speak: Inquiry {
        let booth = booth
        return Inquiry(
            "commons.ballot.speak", title: Words("말로 투표하기", "Vote by voice"),
            help: Words(
                "말로 하는 투표를 허용한 투표에 편지의 투표 코드로 투표합니다. 하는 말은 저장하지 않습니다.",
                "Casts a ballot by the code of a letter where the vote permits it by voice. Nothing that is said is kept."
            ),
            fields: [
                Field("vote", Words("투표", "Vote"), .reference(kind: "vote", source: nil), required: false),
                Field("said", Words("하신 말씀", "What is said"), .text(maximum: 1000), required: false, isSecret: true),
                Field("line", Words("대화", "Conversation"), .text(maximum: 80), required: false, isSecret: true),
            ], permission: .anyone
        ) { ask, spine in
            try await booth.hear(
                ask.values.text("said"), line: ask.values.text("line"), wanted: ask.values.text("vote"), by: ask.caller,
                in: spine.district)
        }
    }
}
