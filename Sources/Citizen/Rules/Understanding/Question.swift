import District
import Record

/// The question for a field whose phrasing brings none, made of its label.
enum Question {
    /// One question, as a civil servant asks it.
    static func words(for field: Field, _ kind: Slot.Kind) -> Words {
        let (ko, en) = (field.label.ko, field.label.en)
        if ko.hasSuffix("?") { return Words(ko, en.hasSuffix("?") ? en : en + "?") }
        let object = particle(ko, "을", "를")
        let topic = particle(ko, "은", "는")
        let lower = en.prefix(1).lowercased() + en.dropFirst()
        switch kind {
        case .text: return Words("\(object) 말씀해 주세요.", "Please tell me: \(lower).")
        case .integer(_, let unit), .number(_, let unit):
            return Words(
                "\(topic) 얼마인가요? 숫자로 말씀해 주세요.", "What is the \(lower)\(unit.map { " in \($0)" } ?? "")?")
        case .choice: return Words("\(topic) 무엇으로 할까요?", "Which \(lower)?")
        case .reference: return Words("어느 \(particle(ko, "인가요", "인가요"))?", "Which \(lower)?")
        case .moment:
            return Words("\(topic) 언제인가요? 날짜와 시각을 말씀해 주세요.", "When is it: \(lower)? Please say a day and a time.")
        case .day: return Words("\(topic) 며칠인가요?", "Which day: \(lower)?")
        case .time: return Words("\(topic) 몇 시인가요?", "At what time: \(lower)?")
        case .duration: return Words("\(topic) 얼마 동안인가요?", "How long: \(lower)?")
        case .flag: return Words("\(ko), 맞으면 네, 아니면 아니요라고 말씀해 주세요.", "\(en): yes or no?")
        case .phone: return Words("\(object) 숫자로 말씀해 주세요.", "Please say the \(lower), digit by digit.")
        case .address: return Words("\(topic) 어디인가요? 주소나 근처에 보이는 것을 말씀해 주세요.", "Where is it: \(lower)?")
        case .bus: return Words("몇 번 버스인가요?", "Which bus line?")
        case .amount: return Words("\(topic) 얼마인가요?", "How much: \(lower)?")
        case .name: return Words("성함이 어떻게 되세요?", "What is the name?")
        case .birth: return Words("생년월일이 어떻게 되세요?", "What is the date of birth?")
        case .receipt: return Words("접수 번호를 말씀해 주세요.", "What is the receipt number?")
        }
    }

    /// A word with the particle that fits its last sound.
    static func particle(_ word: String, _ closed: String, _ open: String) -> String {
        word + (Jamo.endsClosed(word) == true ? closed : open)
    }
}
