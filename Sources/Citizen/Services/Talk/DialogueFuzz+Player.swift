import Access
import District
import Record

extension DialogueFuzz {
    /// One conversation being played.
    struct Player {
        let fuzz: DialogueFuzz
        var random: Draws
        private var dialogue = Dialogue(.ko)
        private var history: [String] = []
        /// What was read back in the last answer, and nothing said since.
        private var offered: [Said.Pair]?
        /// What the service took, by number, and whether a receipt was given for it.
        private var taken: [Int: String] = [:]
        private var open: Set<String> = []
        /// The states from which a person was asked for.
        private var asked: Set<Dialogue.Phase> = []

        init(fuzz: DialogueFuzz, random: Draws) {
            self.fuzz = fuzz
            self.random = random
        }

        mutating func play(into report: inout Report, times: inout [Double]) {
            report.dialogues += 1
            let (isOpen, isKnown) = (random.chance(50), random.chance(50))
            let world = World(
                now: fuzz.now, isKnown: isKnown,
                allows: { $0.audience == .anyone || isKnown && $0.audience == .known }, isDeskOpen: isOpen,
                deskPhone: "120", standing: .runs, names: { _ in [Named("thing-1", ["1번 압축기", "compressor one"])] })
            let length = Int.random(in: 6...24, using: &random)
            if random.chance(50) { turn(.start, world, &report, &times) }
            for _ in 0..<length {
                let input = draw()
                turn(input, world, &report, &times)
                if [.ended, .handedOver].contains(dialogue.phase), random.chance(80) { break }
            }
        }

        private mutating func turn(_ input: Input, _ world: World, _ report: inout Report, _ times: inout [Double]) {
            report.turns += 1
            var text = ""
            if case .said(let utterance) = input { text = utterance.text }
            history.append(text.isEmpty ? "\(input.json["event"]?.text ?? "")" : text)
            let before = offered
            let start = DialogueFuzz.cpu()
            var step = fuzz.machine.step(dialogue, input, world)
            var spent = DialogueFuzz.cpu() - start
            var said = step.said
            if DialogueFuzz.emergencies.contains(text) {
                let tells = step.effects.contains(.emergency) && said.links.contains { $0.href == "tel:119" }
                if !tells { fault("no 119", &report) { $0.missedEmergencies += 1 } }
            }
            var rounds = 0
            while let effect = step.effects.first(where: \.hasResult), rounds < 3 {
                rounds += 1
                if case .commit(let intent, let values, let number) = effect {
                    report.commits += 1
                    judge(intent, values, number, text, before, &report)
                }
                let result = answer(effect, &report)
                let again = DialogueFuzz.cpu()
                step = fuzz.machine.step(step.dialogue, .came(result), world)
                spent += DialogueFuzz.cpu() - again
                said = said.joined(step.said)
            }
            times.append(spent)
            dialogue = step.dialogue
            if !said.lines.isEmpty { dialogue.last = said }
            history.append("→ \(said.text)")
            offered = dialogue.phase == .confirming && !said.readBack.isEmpty ? said.readBack : nil
            if offered == nil, dialogue.phase == .confirming, !dialogue.readBack.isEmpty,
                said.keys.contains("read-back")
            {
                offered = []
            }
            // What was taken and not told of must not be forgotten: asked for again, it would be taken twice.
            if !open.isEmpty, dialogue.pending == nil {
                open = []
                fault("forgotten in doubt", &report) { $0.duplicates += 1 }
            }
            report.phases.insert(dialogue.phase.rawValue)
            // Once for each state of a conversation is enough, and half the time.
            guard asked.insert(dialogue.phase).inserted else { return }
            let person = fuzz.machine.step(dialogue, .said(Utterance(DialogueFuzz.person)), world).dialogue.phase
            if ![.handedOver, .callPhone, .callTime, .callConfirming].contains(person) {
                fault("no person from \(dialogue.phase)", &report) { $0.unreachable += 1 }
            }
        }

        /// A commit is right where the last answer read back exactly these values and this turn is an explicit yes.
        private mutating func judge(
            _ intent: String, _ values: [String: JSON], _ number: Int, _ text: String, _ read: [Said.Pair]?,
            _ report: inout Report
        ) {
            guard let read, DialogueFuzz.isYes(text) else {
                return fault("commit on ‘\(text)’", &report) { $0.unasked += 1 }
            }
            let slots = fuzz.machine.ear.intents[intent]?.slots ?? []
            let sent = slots.compactMap { slot in
                values[slot.name].map { value in "\(slot.label[dialogue.language])=\(value.canonicalText)" }
            }
            // The labels read back are those sent, and each value sent is the one whose words were read back.
            let known = read.map(\.label)
            let same = slots.filter { values[$0.name] != nil }.map { $0.label[dialogue.language] } == known
            let told = zip(slots.filter { values[$0.name] != nil }, read).allSatisfy { slot, pair in
                guard let answer = dialogue.answers[slot.name] else { return false }
                return answer.spoken[dialogue.language] == pair.value && values[slot.name] == answer.json
            }
            if !same || !told { fault("sent \(sent), read \(read)", &report) { $0.otherValues += 1 } }
        }

        private mutating func fault(_ what: String, _ report: inout Report, _ count: (inout Report) -> Void) {
            count(&report)
            if report.faults.count < 20 {
                report.faults.append("\(what): \(history.suffix(4).joined(separator: " | "))")
            }
        }

        /// The service: takes, refuses, or leaves it open whether it took.
        private mutating func answer(_ effect: Effect, _ report: inout Report) -> Input.Result {
            switch effect {
            case .commit(let intent, let values, let number):
                let what = "\(intent) \(JSON.object(values).canonicalText)"
                if taken[number] == what {
                    open.remove(what)
                    return .receipt(.number("2026-\(number)"))
                }
                let draw = Int.random(in: 0..<100, using: &random)
                if draw < 10 {
                    let slot = fuzz.machine.ear.intents[intent]?.slots.first { values[$0.name] != nil }
                    let words = Words("다시 확인해 주세요.", "Please check.")
                    return .refused(
                        Refusal(
                            .invalid, "fuzz.refused", words,
                            faults: slot.map { [.init(field: $0.name, rule: "fuzz", words: words)] } ?? []))
                }
                if draw < 15 { return .refused(Refusal(.unavailable, "fuzz.down", Words("지금은 안 됩니다.", "Not now."))) }
                if draw < 25 { return .receipt(.unconfirmed) }
                if open.contains(what) || taken[number] != nil {
                    fault("taken twice", &report) { $0.duplicates += 1 }
                }
                taken[number] = what
                if draw < 40 {
                    open.insert(what)
                    return .receipt(.unconfirmed)
                }
                report.done += 1
                return draw < 95 ? .receipt(.number("2026-\(number)")) : .waits
            case .check(_, _, let number):
                guard let what = taken[number] else { return random.chance(80) ? .notTaken : .receipt(.unconfirmed) }
                guard random.chance(80) else { return .receipt(.unconfirmed) }
                if open.remove(what) != nil { report.done += 1 }
                return .receipt(.number("2026-\(number)"))
            case .ask: return .answered(random.chance(90) ? .said("3분 뒤에 옵니다.", fields: .null) : .unavailable)
            case .launch:
                return .link(
                    Launch.Link(url: "https://example.org", title: Words("홈택스", "Hometax"), needs: Words("", "")))
            case .confide, .handOver, .emergency, .end: return .notTaken
            }
        }

        /// What happens next.
        private mutating func draw() -> Input {
            if random.chance(3) { return random.chance(60) ? .silence : .noise }
            return .said(Utterance(words(), .ko))
        }

        private mutating func words() -> String {
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<1: return random.pick(DialogueFuzz.emergencies, or: "")
            case 1..<4: return random.pick(DialogueFuzz.always, or: "")
            case 4..<5 where random.chance(50): return DialogueFuzz.person
            case 5..<9: return random.pick(DialogueFuzz.unclear, or: "")
            case 9..<11: return random.pick(DialogueFuzz.no, or: "")
            case 11..<14: return "\(value(kind: .phone)) 말고 \(value(kind: .phone))"
            case 24..<27:
                return "\(random.pick(DialogueFuzz.yes, or: "네")) 근데 \(value(kind: .day)) 말고 \(value(kind: .day))"
            case 16..<18: return noised(random.pick(DialogueFuzz.yes, or: "네"))
            default: break
            }
            let intents = fuzz.machine.ear.intents
            switch dialogue.phase {
            case .filling, .clarifying, .callPhone, .callTime:
                if dialogue.phase == .clarifying, random.chance(60) { return "네" }
                let slot = dialogue.intent.flatMap { intents[$0] }?.slots.first { $0.name == dialogue.asking }
                if dialogue.phase == .callPhone { return value(kind: .phone) }
                return slot.map { value(kind: $0.kind) } ?? value(kind: .time)
            case .confirming, .choosing, .leaving, .offering, .emergency, .callConfirming:
                return random.chance(75) ? random.pick(DialogueFuzz.yes, or: "네") : random.pick(DialogueFuzz.no, or: "")
            case .unconfirmed, .committing: return "확인해 주세요"
            case .changing: return "\(value(kind: .day))로 바꿔 주세요"
            default: break
            }
            let names = intents.keys.sorted()
            guard let intent = intents[random.pick(names, or: "")] else { return "" }
            let sentence = random.pick(intent.sentences[.ko] ?? [], or: intent.title.ko)
            let filled = intent.slots.reduce(sentence) { text, slot in
                text.replacing("{\(slot.name)}", with: value(kind: slot.kind))
            }
            return random.chance(15) ? noised(filled) : filled
        }

        /// Words with a tenth of their characters wrong, as a recogniser hears them.
        private mutating func noised(_ text: String) -> String {
            let others: [Character] = ["어", "아", "네", "이", "그", "다", "a", "3", " "]
            return String(text.map { random.chance(10) ? random.pick(others, or: $0) : $0 })
        }

        /// Something that may be said for a slot.
        private mutating func value(kind: Slot.Kind) -> String {
            switch kind {
            case .text: random.pick(["집 앞에 구멍이 났어요", "소파가 낡았습니다", "내 말은 말이야", "침대"], or: "")
            case .integer, .number: random.pick(["하나", "두 통", "3", "열 개"], or: "")
            case .choice(let options): random.pick(options.map(\.label.ko), or: "")
            case .reference: "1번 압축기"
            case .moment: random.pick(["모레 오후 두 시", "모레 두 시", "12월 3일 오전 열 시"], or: "")
            case .day: random.pick(["이십오일", "26일", "모레", "다음 주 월요일", "12월 3일", "내일", "12월 4일", "이월 삼십일"], or: "")
            case .time: random.pick(["두 시", "오후 세 시 반", "오전 열 시"], or: "")
            case .duration: random.pick(["한 시간", "30분"], or: "")
            case .flag: random.pick(DialogueFuzz.yes + DialogueFuzz.no, or: "네")
            case .phone: random.pick(["010-1234-5678", "공일공 일이삼사 오육칠팔", "01098765432", "010-2222-3333", "010"], or: "")
            case .address: random.pick(["시청 앞 사거리", "중앙로 12", "우리 집 앞 도로", "행복로 3길 7"], or: "")
            case .bus: random.pick(["백사십삼 번", "143번", "7-1번"], or: "")
            case .amount: random.pick(["만 원", "삼만오천 원"], or: "")
            case .name: random.pick(["김영숙", "박철수입니다"], or: "")
            case .birth: random.pick(["1948년 3월 2일", "사팔년 오월 삼일생", "480305", "1948년 삼월 초닷새"], or: "")
            case .receipt: random.pick(["T-100003", "티 일공공공공삼", "번호를 몰라"], or: "")
            }
        }
    }
}
