/// What a pack proves and what it does not, in words that it carries.
enum PackStatements {
    static func proves(_ seal: PackSeal) -> [Words] {
        var words = [
            Words(
                "이 묶음의 각 기록은 체크포인트(checkpoint)에 서명된 기록부에 그 순서로 들어 있고, 그 뒤로 한 글자도 바뀌지 않았습니다.",
                "Each event in this pack stands in the log that the checkpoint signs, at its place, and not one letter of "
                    + "it has changed since."),
            Words(
                "각 첨부 파일은 기록에 적힌 것과 같은 파일입니다(SHA-256).",
                "Each document is the very file that an event names (SHA-256)."),
            Words(
                "각 흐름(stream)에서 처음과 마지막 사이에 빠진 기록이 없습니다. 제외한 기록은 번호로 밝혔습니다.",
                "Between the first and the last event of each stream none is missing; those withheld are named by number."
            ),
        ]
        if !seal.witnesses.isEmpty {
            words.append(
                Words(
                    "증인 \(seal.witnesses.count)곳이 같은 기록부를 확인하고 함께 서명하였습니다. 서로 다른 두 기록부를 보여 줄 수 없습니다.",
                    "\(seal.witnesses.count) witnesses have seen the same log and signed: it cannot show one history here "
                        + "and another there."))
        }
        if let stamp = seal.timestamp {
            words.append(
                Words(
                    "시점확인 기관(RFC 3161)이 체크포인트가 \(stamp.time) 이전에 있었음을 확인하였습니다.",
                    "A time-stamping authority (RFC 3161) vouches that the checkpoint existed at \(stamp.time)."))
        }
        return words
    }

    static func doesNotProve(_ seal: PackSeal, hidden: Int, erased: Int, withheld: Int) -> [Words] {
        var words = [
            Words(
                "기록할 때 그 내용이 사실이었는지, 기록하기 전의 시각이 맞는지는 증명하지 않습니다.",
                "It does not prove that something was true when it was recorded, or rightly dated before that."),
            Words(
                "기록되지 않은 일이 있었는지, 이 묶음에 담지 않은 다른 흐름이 있는지는 알 수 없습니다.",
                "It cannot tell what was never recorded, nor whether there are streams that this pack leaves out."),
            Words(
                "각 흐름에서 마지막으로 담긴 기록 뒤에 이어진 기록이 있는지는 알 수 없습니다.",
                "It cannot tell whether a stream went on after the last event that is here."),
            Words(
                "전자문서 및 전자거래 기본법의 공인전자문서센터 보관에 따르는 ‘내용 불변 추정’은 이 묶음에 적용되지 않습니다. 증거이지 추정이 아닙니다.",
                "The legal presumption of unaltered content belongs to certified e-document centres; this is evidence, "
                    + "not presumption."),
        ]
        if seal.timestamp == nil {
            words.append(
                Words(
                    "이 묶음에는 독립된 시각이 없습니다. \(seal.noTime.ko)",
                    "This pack has no independent time. \(seal.noTime.en)"))
        }
        if seal.witnesses.isEmpty {
            words.append(
                Words(
                    "함께 서명한 증인이 없습니다. 서명 열쇠를 가진 자가 기록부를 처음부터 다시 썼더라도, 따로 보관한 체크포인트 없이는 알 수 없습니다.",
                    "No witness has signed. Whoever holds the signing key could have rewritten the whole log; only a "
                        + "checkpoint kept elsewhere would tell."))
        }
        if hidden > 0 {
            words.append(
                Words(
                    "개인정보 항목 \(hidden)건은 열지 않았습니다. 그 자리에는 내용의 해시만 있습니다.",
                    "\(hidden) personal fields are not opened; a hash stands in their place."))
        }
        if erased > 0 {
            words.append(
                Words(
                    "개인정보 항목 \(erased)건은 파기되어 내용을 볼 수 없습니다. 증명은 그대로 유효합니다.",
                    "The content of \(erased) personal fields was erased; the proof holds all the same."))
        }
        if withheld > 0 {
            words.append(
                Words(
                    "다른 사람이나 기관에 관한 기록 \(withheld)건은 담지 않았습니다.",
                    "\(withheld) events that concern others are withheld."))
        }
        return words
    }

    /// What is said of files that events name and that are no longer kept.
    static func absent(_ count: Int) -> [Words] {
        guard count > 0 else { return [] }
        return [
            Words(
                "기록에 적힌 파일 가운데 \(count)개는 더 이상 보관되어 있지 않아 담지 못했습니다. 파기된 것인지 없어진 것인지는 그 기록을 보아야 합니다.",
                "Files that events name and that are no longer kept: \(count). Whether each was forgotten as due or lost, "
                    + "the events must say.")
        ]
    }
}
