import Access
import District
import Record

/// Something that can be asked for by voice: a command of any room, a look-up, or an app to be opened.
struct Intent: Sendable {
    /// The command's name, `lookup:bus` or `launch:hometax`.
    let name: String
    /// What is done, as it is said: `침대 같은 큰 쓰레기 버리기 신청`.
    let title: Words
    /// What it leads to.
    let kind: Kind
    /// What must be known, in the order of asking.
    let slots: [Slot]
    /// Who may ask.
    let permission: Permission
    /// Sentences people ask with, `{slot}` where a slot is said.
    let sentences: [Language: [String]]
    /// What is also said where it is meant.
    var near: [String] = []
    /// Whether what is said from there on is for the room alone, and is kept nowhere.
    var isPrivate = false

    /// What it leads to.
    enum Kind: String, Sendable, Hashable {
        /// A command: read back, an explicit yes, one commit.
        case command
        /// A question to a service: answered at once, nothing is changed.
        case lookup
        /// A public app that is opened with what was said filled in.
        case launch
    }
}

/// An intent that what was said may mean.
struct Match: Sendable {
    /// The intent's name.
    let intent: String
    /// How much of what was said, and of the sentence, it explains; 0…1.
    let score: Double
    /// Where the sentence has its slots in what was said, in characters: candidates for the slots' parsers.
    let spans: [String: Range<Int>]
}

/// What works in every state of a dialogue.
enum Always: String, Sendable, Hashable, CaseIterable {
    /// Somebody is in danger: 119 at once, before anything else.
    case emergency
    /// A person, not a machine.
    case person
    /// Say it again.
    case again
    /// Say it slower.
    case slower
    /// From the beginning.
    case restart
    /// Leave it.
    case cancel
    /// What can I say here?
    case help
}

/// An answer to a question that can be answered by yes or no.
enum Assent: Sendable, Hashable {
    /// An explicit yes, said as an answer.
    case yes
    /// An explicit no.
    case no
    /// Neither: `글쎄`, a cough, somebody else's words. Never taken for a yes.
    case unclear
}
