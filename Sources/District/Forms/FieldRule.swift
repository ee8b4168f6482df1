import Record

/// The rules by which a single value is held against its field's kind.
enum FieldRule {
    /// A rule that a value breaks.
    enum Broken: Error {
        case text, length(Int), number, bounds(String, String), choice([Field.Choice]), moment, flag, place, hash
        case list(Int), entry, unknown, control
    }

    static func check(_ value: JSON, _ kind: Field.Kind) -> Result<JSON, Broken> {
        switch kind {
        case .text(let maximum): return text(value, maximum, lines: false)
        case .longText(let maximum): return text(value, maximum, lines: true)
        case .integer(let range, _):
            guard let number = value.integer else { return .failure(.number) }
            guard range.contains(number) else { return .failure(.bounds("\(range.lowerBound)", "\(range.upperBound)")) }
            return .success(number.magnitude <= 1 << 53 ? .number(Double(number)) : .decimal(number))
        case .number(let range, _):
            guard let number = value.double, number.isFinite else { return .failure(.number) }
            guard range.contains(number) else { return .failure(.bounds("\(range.lowerBound)", "\(range.upperBound)")) }
            return .success(.number(number))
        case .choice(let choices):
            guard let text = value.text, choices.contains(where: { $0.value == text }) else {
                return .failure(.choice(choices))
            }
            return .success(value)
        case .reference: return text(value, 200, lines: false)
        case .moment:
            guard let text = value.text,
                let moment = Timestamp(
                    iso8601: text.utf8.count == 16 ? text + ":00" : text, defaultOffsetSeconds: Form.localOffsetSeconds)
            else { return .failure(.moment) }
            return .success(.string(moment.description))
        case .flag:
            switch value {
            case .bool: return .success(value)
            case .string("true"), .string("on"), .string("yes"): return .success(true)
            case .string("false"), .string("no"): return .success(false)
            default: return .failure(.flag)
            }
        case .place:
            guard let longitude = value["longitude"]?.double, let latitude = value["latitude"]?.double,
                abs(longitude) <= 180, abs(latitude) <= 90
            else { return .failure(.place) }
            return .success(["longitude": .number(longitude), "latitude": .number(latitude)])
        case .attachment:
            guard let text = value.text, text.utf8.count == 64,
                text.allSatisfy({ $0.isASCII && $0.isHexDigit })
            else {
                return .failure(.hash)
            }
            return .success(.string(text.lowercased()))
        case .list(_, let maximum): return .failure(.list(maximum))
        }
    }

    private static func text(_ value: JSON, _ maximum: Int, lines: Bool) -> Result<JSON, Broken> {
        guard let text = value.text?.trimmed else { return .failure(.text) }
        // The bytes are bounded too: one character may carry any number of combining marks.
        guard text.count <= maximum, text.utf8.count <= 32 + maximum * 8 else { return .failure(.length(maximum)) }
        let clean = text.unicodeScalars.allSatisfy { scalar in
            lines && (scalar == "\n" || scalar == "\r" || scalar == "\t") || !deceives(scalar)
        }
        return clean ? .success(.string(text)) : .failure(.control)
    }

    /// Whether a sign would let one line of a log or a page pass for two, or show its text in another order.
    private static func deceives(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        // The explicit directions of the bidirectional algorithm (UAX #9).
        default: (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        }
    }

    static func fault(_ field: String, _ broken: Broken) -> Refusal.Fault {
        let (rule, words): (String, Words) =
            switch broken {
            case .text: ("text", Words("글자로 입력해 주세요.", "Please enter text."))
            case .length(let most):
                ("length", Words("\(most)자까지 입력할 수 있습니다.", "At most \(most) characters are possible."))
            case .number: ("number", Words("숫자로 입력해 주세요.", "Please enter a number."))
            case .bounds(let low, let high):
                ("bounds", Words("\(low)에서 \(high) 사이로 입력해 주세요.", "Please stay between \(low) and \(high)."))
            case .choice(let choices):
                (
                    "choice",
                    Words(
                        "다음 가운데 하나를 고르세요: " + choices.map(\.label.ko).joined(separator: ", "),
                        "Please choose one of: " + choices.map(\.value).joined(separator: ", "))
                )
            case .moment:
                (
                    "moment",
                    Words("날짜와 시각을 2026-11-21T09:00 형식으로 입력해 주세요.", "Please give a moment such as 2026-11-21T09:00.")
                )
            case .flag: ("flag", Words("예 또는 아니요로 답해 주세요.", "Please answer true or false."))
            case .place: ("place", Words("경도와 위도를 도 단위로 입력해 주세요.", "Please give longitude and latitude in degrees."))
            case .hash: ("attachment", Words("첨부 파일을 다시 올려 주세요.", "Please upload the attachment again."))
            case .list(let most): ("list", Words("\(most)개까지 넣을 수 있습니다.", "At most \(most) entries are possible."))
            case .entry: ("list", Words("이 항목의 내용을 다시 입력해 주세요.", "Please fill in this entry again."))
            case .unknown: ("unknown", Words("이 서식에 없는 항목입니다.", "This form has no such field."))
            case .control: ("control", Words("쓸 수 없는 문자가 들어 있습니다.", "There is a character that cannot be used."))
            }
        return Refusal.Fault(field: field, rule: rule, words: words)
    }
}
