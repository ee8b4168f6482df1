import Access
import District
import Foundation
import Record

/// Conversations drawn from a seed: people who ask, answer, correct themselves, hesitate, fall silent, are in danger, and
/// services that refuse, do not answer or answer late. An oracle that knows nothing of the machine's rules counts what
/// must never happen.
struct DialogueFuzz {
    let machine: DialogueMachine
    let now: Timestamp

    /// What was counted.
    struct Report: Sendable, Hashable {
        var dialogues = 0
        var turns = 0
        var commits = 0
        var done = 0
        /// Commits whose turn was no explicit yes, or followed no read-back.
        var unasked = 0
        /// Commits of other values than were read back.
        var otherValues = 0
        /// Requests taken twice without a receipt in between, or forgotten before it was known what became of them.
        var duplicates = 0
        /// States from which one utterance did not lead to a person.
        var unreachable = 0
        /// Emergencies that were not answered by 119 at once.
        var missedEmergencies = 0
        /// The states that were visited.
        var phases: Set<String> = []
        /// The first conversations in which something went wrong, as they were said.
        var faults: [String] = []
        /// CPU time of a turn at the 95th percentile, and at most, in milliseconds.
        var p95 = 0.0
        var longest = 0.0
        /// Whether nothing happened that must never happen.
        var isClean: Bool { unasked + otherValues + duplicates + unreachable + missedEmergencies == 0 }
    }

    /// Answers that are an explicit yes to whoever hears them; a commit on any other words is a fault.
    static let yes = [
        "네", "예", "네 맞아요", "네, 그렇게 해 주세요", "응", "응 그래", "네 네", "맞습니다", "yes", "네 접수해 주세요", "그래 그렇게 해 줘",
        "yes please", "예 맞습니다",
    ]
    /// What may stand beside a yes and takes nothing from it, as a recogniser hears it: `어 네`, `다 맞습니다`.
    private static let beside: Set<String> = ["어", "아", "다", "그"]

    /// What a recogniser may make of one that is an explicit yes all the same.
    private static let alsoYes = ["맞아", "맞아요", "네 맞아", "네 그래", "그래 이렇게 해 줘"]

    /// Whether words are an explicit yes, by this list alone: words of ``yes``, at most one sound before them, nothing
    /// begun behind them.
    static func isYes(_ text: String) -> Bool {
        func words(_ text: String) -> [String] {
            text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        }
        let said = words(text)
        let plain = said.first.map { beside.contains($0) } == true ? Array(said.dropFirst()) : said
        return (yes + alsoYes).contains { words($0) == said || words($0) == plain }
    }
    static let no = ["아니요", "아니", "아뇨 아니에요", "틀렸어요", "no"]
    static let unclear = [
        "글쎄", "글쎄요", "음", "잘 모르겠는데", "네?", "뭐라고", "그게 말이야", "어제 드라마 봤어", "네라고 하면 되나", "아마도", "나중에", "그럴까 말까",
        "예전에는 말이야", "피자 시켜줘", "노래 틀어 줘", "maybe", "what", "아 네가 그랬구나", "넷", "어어", "게메", "넷이요",
    ]
    static let emergencies = ["가슴이 아파 숨을 못 쉬겠어", "불이 났어요", "사람이 쓰러졌어요", "구급차 불러줘"]
    static let always = ["다시 말해 줘", "천천히 말해 줘", "처음부터 다시", "취소할게요", "도움말", "뭐라고 하면 돼요"]
    static let person = "사람 바꿔 주세요"

    func run(_ count: Int, seed: UInt64) -> Report {
        var report = Report()
        var times: [Double] = []
        for index in 0..<count {
            var player = Player(fuzz: self, random: Draws(seed: seed &+ UInt64(index) &* 0x9E37_79B9))
            player.play(into: &report, times: &times)
        }
        times.sort()
        if !times.isEmpty {
            report.p95 = times[min(times.count - 1, times.count * 95 / 100)]
            report.longest = times.last ?? 0
        }
        return report
    }

    /// The time that this thread has had, in milliseconds.
    static func cpu() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
    }
}

/// Draws from a seed (splitmix64; Steele, Lea, Flood 2014).
struct Draws: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// One in so many.
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
    mutating func pick<Element>(_ list: [Element], or fallback: Element) -> Element {
        list.randomElement(using: &self) ?? fallback
    }
}
