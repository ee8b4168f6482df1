import District
import Record

/// Reads one of several: by its label, by what people also say, and by its place (`두 번째 거`) where it was asked for.
enum ChoiceReader {
    private static let ordinals = Lexemes<Int>([
        ("첫 번째", 0), ("첫번째", 0), ("첫째", 0), ("처음", 0), ("두 번째", 1), ("둘째", 1), ("세 번째", 2), ("셋째", 2),
        ("네 번째", 3), ("넷째", 3), ("다섯 번째", 4), ("여섯 번째", 5), ("first", 0), ("second", 1), ("third", 2),
        ("fourth", 3), ("fifth", 4), ("일번", 0), ("이번", 1), ("삼번", 2), ("사번", 3), ("오번", 4), ("일 번", 0),
        ("삼 번", 2), ("사 번", 3), ("1번", 0), ("2번", 1), ("3번", 2), ("4번", 3), ("5번", 4), ("6번", 5), ("첫 거", 0),
    ])
    private static let last = Lexemes(["마지막", "맨 끝", "the last"])

    static func find(_ options: [Slot.Option], in script: Script, isAsked: Bool, near: Range<Int>?) -> [Finding] {
        let named = options.map { Named($0.value, [$0.label.ko, $0.label.en] + $0.synonyms) }
        let names = NameMatcher.find(named, in: script, isFuzzy: isAsked || near != nil)
        func finding(_ index: Int, _ span: Range<Int>, _ weight: Int) -> Finding? {
            guard options.indices.contains(index) else { return nil }
            return Finding(span, .string(options[index].value), options[index].label, weight: weight)
        }
        var found = names.compactMap { finding($0.index, $0.span, $0.isExact ? 3 : 1) }
        guard isAsked else { return found }
        for index in 0..<script.count where script.startsWord(index) {
            if let (place, end) = ordinals.longest(in: script, at: index) {
                finding(place, index..<end, 2).map { found.append($0) }
            } else if let end = last.end(in: script, at: index) {
                finding(options.count - 1, index..<end, 2).map { found.append($0) }
            }
        }
        return found
    }
}

/// Reads what has a name in the district. Where two names are as near to what was said, both are options.
enum ReferenceReader {
    static func find(_ names: [Named], in script: Script, isAsked: Bool, near: Range<Int>?) -> [Finding] {
        NameMatcher.find(names, in: script, isFuzzy: isAsked || near != nil).map { hit in
            let named = names[hit.index]
            let spoken = named.names.first ?? named.id
            let english = named.names.first { $0.allSatisfy(\.isASCII) } ?? spoken
            return Finding(hit.span, .string(named.id), Words(spoken, english), weight: hit.isExact ? 3 : 1)
        }
    }
}
