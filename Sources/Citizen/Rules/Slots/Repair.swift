import Record

/// Words of correction in what was said, and what stands beside them.
struct Repair {
    /// What was said before them: what is wrong.
    let wrong: Range<Int>
    /// What was said after them: what is right.
    let right: Range<Int>
    /// Whether they set one thing against another (`말고`), so that what is wrong must be what is known.
    let isContrast: Bool
    /// What is to change, where it was named: `시간만`, `뒷자리`.
    let part: Part?
    /// Whether the slot itself was named by its label.
    let isLabelled: Bool

    /// What may be named to be changed.
    enum Part: Sendable { case day, time, phone, front, middle, last, address, name, count, amount }

    private static let contrasts = Lexemes([
        "말고", "말구", "아니고", "아니구", "아니라", "아니고요", "아이고", "아이라", "대신에", "대신", "instead of", ", not ",
    ])
    private static let denials = Lexemes([
        "아니요", "아니다", "아니야", "아니 아니", "아니에요", "아뇨", "아이다", "아니", "틀렸어요", "틀렸어", "틀렸습니다", "잘못 말했어요", "잘못 말했네",
        "잘못 말했어", "잘못했어요", "다시 말할게요", "no", "sorry", "i mean", "actually", "wait",
    ])
    private static let parts = Lexemes<Part>([
        ("날짜", .day), ("날", .day), ("요일", .day), ("시간", .time), ("시각", .time), ("뒷자리", .last), ("뒤에", .last),
        ("뒷번호", .last), ("뒤 번호", .last), ("끝자리", .last), ("끝번호", .last), ("마지막", .last), ("맨 뒤", .last),
        ("가운데", .middle), ("중간", .middle), ("앞자리", .front), ("앞번호", .front), ("맨 앞", .front), ("전화번호", .phone),
        ("번호", .phone), ("연락처", .phone), ("주소", .address), ("장소", .address), ("이름", .name), ("성함", .name),
        ("개수", .count), ("수량", .count), ("부수", .count), ("통수", .count), ("금액", .amount), ("the time", .time),
        ("the date", .day), ("the day", .day), ("time", .time), ("date", .day),
    ])
    private static let only = Lexemes(["만", "을", "를", "은", "는", "이", "가", "번호만", "번호는", " 네 자리만", " 네 자리는", " to"])
    private static let changes = Lexemes(["바꿔", "바꾸", "바까", "고쳐", "고칠", "변경", "수정", "정정", "change", "make it"])

    /// - Parameter label: what the slot is called.
    init?(in script: Script, label: Words) {
        let labels = [label.ko, label.en].filter { !$0.isEmpty }.map(Script.letters)
        var (contrast, denial, named): (Range<Int>?, Range<Int>?, Range<Int>?) = (nil, nil, nil)
        var (part, isLabelled, isOnly, hasChange): (Part?, Bool, Bool, Bool) = (nil, false, false, false)
        for index in 0..<script.count {
            if Self.changes.end(in: script, at: index) != nil { hasChange = true }
            if contrast == nil, index > 0, let end = Self.contrasts.end(in: script, at: index) {
                contrast = index..<end
            }
            guard script.startsWord(index) else { continue }
            if contrast == nil, denial == nil, let end = Self.denials.end(in: script, at: index), script.endsWord(end) {
                denial = index..<end
            }
            guard named == nil else { continue }
            let known = Self.parts.longest(in: script, at: index)
            let own = labels.compactMap { script.reads($0, at: index) }.max()
            guard let end = [known?.end, own].compactMap({ $0 }).max() else { continue }
            let close = Self.only.end(in: script, at: end)
            guard close != nil || script.endsWord(end) else { continue }
            named = index..<(close ?? end)
            isOnly = close.map { script.said(end..<$0).contains("만") } ?? false
            isLabelled = own != nil
            part = own == nil ? known?.value : nil
        }
        self.part = part
        self.isLabelled = isLabelled
        isContrast = contrast != nil
        if let contrast {
            wrong = (named.map { $0.upperBound <= contrast.lowerBound ? $0.upperBound : 0 } ?? 0)..<contrast.lowerBound
            right = contrast.upperBound..<script.count
        } else if let denial {
            wrong = 0..<0
            let start = named.map { max(denial.upperBound, $0.upperBound) } ?? denial.upperBound
            right = start..<script.count
        } else if let named, isOnly || hasChange {
            wrong = 0..<0
            right = named.upperBound..<script.count
        } else if hasChange {
            wrong = 0..<0
            right = 0..<script.count
        } else {
            return nil
        }
    }
}
