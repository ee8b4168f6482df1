import District
import Record

/// What the house holds against a request's values beyond the kinds of its fields.
struct RequestCheck: Sendable {
    let now: Timestamp

    /// The values as they are kept: a telephone number in its groups. Throws one fault for each field that is wrong.
    func checked(_ values: [String: JSON], of service: CityService) throws(Refusal) -> [String: JSON] {
        var kept: [String: JSON] = [:]
        var faults: [Refusal.Fault] = []
        for entry in service.fields {
            guard let value = values[entry.field.name] else { continue }
            if let text = value.text {
                switch word(text, entry) {
                case .success(let text): kept[entry.field.name] = .string(text)
                case .failure(let broken):
                    faults.append(.init(field: entry.field.name, rule: broken.rule, words: broken.words))
                }
            } else {
                kept[entry.field.name] = value
            }
        }
        faults += untimely(kept, service)
        guard faults.isEmpty else {
            throw Refusal(
                .invalid, "form.invalid", Words("입력한 내용을 확인해 주세요.", "Please check what was entered."), faults: faults)
        }
        return kept
    }

    /// What is wrong so far with values of a service, also where not all are known yet.
    func faults(_ values: [String: JSON], of service: CityService) -> [Refusal.Fault] {
        do {
            _ = try checked(values, of: service)
            return []
        } catch {
            return error.faults
        }
    }

    /// A day or a time at which what is booked is closed, or a time of today that has gone by.
    private func untimely(_ values: [String: JSON], _ service: CityService) -> [Refusal.Fault] {
        var faults: [Refusal.Fault] = []
        func name(_ spoken: Field.Spoken) -> String? {
            service.fields.first { $0.field.spoken == spoken && values[$0.field.name] != nil }?.field.name
        }
        let (day, time) = (name(.day), name(.time))
        if let hours = service.hours {
            if let day, let words = hours.objection(day: values[day]?.text ?? "") {
                faults.append(.init(field: day, rule: "closed", words: words))
            }
            if let time, let words = hours.objection(time: values[time]?.text ?? "") {
                faults.append(.init(field: time, rule: "closed", words: words))
            }
        }
        if faults.isEmpty, service.kind == .booking, let day, let time, let date = values[day]?.text,
            let clock = values[time]?.text, let moment = Timestamp(iso8601: "\(date)T\(clock):00+09:00"), moment < now
        {
            faults.append(
                .init(
                    field: time, rule: "past",
                    words: Words("이미 지난 시각입니다. 다른 시각을 말씀해 주세요.", "This time has gone by. Please choose another.")))
        }
        return faults
    }

    private struct Broken: Error {
        let rule: String
        let words: Words
    }

    private func word(_ text: String, _ entry: ServiceField) -> Result<String, Broken> {
        if Self.holdsResidentNumber(text) {
            return .failure(
                Broken(
                    rule: "resident-number",
                    words: Words("주민등록번호는 받지 않습니다. 지우고 다시 보내 주세요.", "A resident number is not taken. Please remove it.")
                ))
        }
        switch entry.field.spoken {
        case .phone: return phone(text)
        case .day, .birth: return day(text, entry.range)
        case .time: return time(text)
        default: return .success(text)
        }
    }

    /// `010-1234-5678`: Korean numbers have 8 to 11 digits, or 9 to 12 in the numbering plan's 0NNN ranges.
    private func phone(_ text: String) -> Result<String, Broken> {
        var digits = text.filter(\.isASCIIDigit)
        if text.hasPrefix("+82") { digits = "0" + digits.dropFirst(2) }
        let strange = text.contains { !$0.isASCIIDigit && !" -+().".contains($0) }
        guard !strange, (8...12).contains(digits.count) else {
            return .failure(
                Broken(
                    rule: "phone",
                    words: Words("전화번호를 010-1234-5678처럼 적어 주세요.", "Please give a number such as 010-1234-5678.")))
        }
        guard digits.hasPrefix("01"), digits.count == 11 else { return .success(digits) }
        return .success("\(digits.prefix(3))-\(digits.dropFirst(3).prefix(4))-\(digits.suffix(4))")
    }

    private func day(_ text: String, _ range: ServiceField.Range?) -> Result<String, Broken> {
        guard text.utf8.count == 10, Timestamp(iso8601: "\(text)T12:00:00+09:00") != nil else {
            return .failure(
                Broken(rule: "day", words: Words("날짜를 2026-12-03처럼 적어 주세요.", "Please give a day such as 2026-12-03.")))
        }
        // Days as texts of the same shape compare like days.
        let today = now.civil(offsetSeconds: 32_400).text.prefix(10)
        switch range {
        case .future where text < today:
            return .failure(
                Broken(
                    rule: "past",
                    words: Words(
                        "이미 지난 날입니다. 오늘이나 그 뒤의 날을 말씀해 주세요.", "This day is over. Please choose today or a later day.")))
        case .past where text > today:
            return .failure(Broken(rule: "future", words: Words("아직 오지 않은 날입니다.", "This day has not come yet.")))
        default: return .success(text)
        }
    }

    private func time(_ text: String) -> Result<String, Broken> {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count == 5, let hour = Int(parts[0]), let minute = Int(parts[1]),
            (0..<24).contains(hour), (0..<60).contains(minute)
        else {
            return .failure(
                Broken(rule: "time", words: Words("시각을 14:00처럼 적어 주세요.", "Please give a time such as 14:00.")))
        }
        return .success(text)
    }

    /// Six digits of a birthday and seven more, of which the first is 1 to 8 (주민등록번호, 외국인등록번호).
    static func holdsResidentNumber(_ text: String) -> Bool {
        var run: [Character] = []
        func isOne() -> Bool {
            guard run.count == 13, let mark = run[6].wholeNumberValue, (1...8).contains(mark),
                let month = Int(String(run[2...3])), let day = Int(String(run[4...5]))
            else { return false }
            return (1...12).contains(month) && (1...31).contains(day)
        }
        for sign in text {
            if sign.isASCIIDigit {
                run.append(sign)
            } else if sign != "-" && sign != " " {
                if isOne() { return true }
                run = []
            }
        }
        return isOne()
    }
}

extension Character {
    /// 0 to 9; no other script's digits.
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
