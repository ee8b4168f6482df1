/// Something that is not as it was recorded and signed.
public struct Finding: Sendable, Hashable {
    /// What kinds of trouble there are.
    public enum Kind: String, Sendable, CaseIterable {
        /// An event is not the one whose hash the tree holds: it was edited, or moved.
        case changed
        /// Leaf numbers have no event: it was deleted.
        case missing
        /// A leaf number is borne by two events.
        case repeated
        /// A body is no canonical event.
        case unreadable
        /// A column is not what the body says.
        case column
        /// A tile is not what follows from the leaves below it.
        case tile
        /// The tree's size is not that of its leaves.
        case size
        /// A stream has gaps in its versions, or its leaves run against them.
        case stream
        /// A cause is missing, or stands behind its effect.
        case cause
        /// A stored checkpoint cannot be read, or bears no good signature.
        case checkpoint
        /// The tree is not the one that a stored checkpoint signed.
        case root
        /// A checkpoint kept elsewhere bears no good signature: it proves nothing.
        case savedSignature
        /// The tree is not the one that a checkpoint kept elsewhere signed: rewritten or forked.
        case fork
        /// The log is shorter than a checkpoint says it was.
        case shorter
        /// The vault holds something else than an event committed to.
        case vault
    }

    /// The kind.
    public let kind: Kind
    /// The leaf it concerns, where it concerns one.
    public let leaf: Int64?
    /// Names, sizes and columns, for whoever looks into it.
    public let detail: String

    /// What a person reads.
    public var words: Words {
        let place = leaf.map { (ko: "\($0)번 기록: ", en: "Leaf \($0): ") } ?? (ko: "", en: "")
        let text = kind.words
        return Words("\(place.ko)\(text.ko) (\(detail))", "\(place.en)\(text.en) (\(detail))")
    }
}

extension Finding.Kind {
    var words: Words {
        switch self {
        case .changed:
            Words(
                "내용이 해시 트리에 남은 값과 다릅니다. 수정되었거나 순서가 바뀌었습니다.",
                "The event is not the one that the tree holds; it was edited or moved.")
        case .missing: Words("기록이 삭제되었습니다.", "The event was deleted.")
        case .repeated: Words("같은 번호의 기록이 둘 이상 있습니다.", "Two events bear this number.")
        case .unreadable: Words("기록의 본문을 읽을 수 없습니다.", "The event's body cannot be read.")
        case .column:
            Words("조회용 열의 값이 기록 본문과 다릅니다.", "A column is not what the event's body says.")
        case .tile:
            Words("저장된 해시가 기록으로 계산한 값과 다릅니다.", "A stored hash does not follow from the events.")
        case .size: Words("저장된 기록 수가 실제와 다릅니다.", "The stored size is not the number of events.")
        case .stream:
            Words("대상별 기록의 순번이 이어지지 않습니다.", "A stream's versions have gaps or run backwards.")
        case .cause:
            Words("원인이 된 기록이 없거나 결과보다 뒤에 있습니다.", "The cause is missing or stands behind its effect.")
        case .checkpoint:
            Words(
                "저장된 확인점을 읽을 수 없거나 전자서명이 맞지 않습니다.",
                "A stored checkpoint cannot be read or bears no good signature.")
        case .root:
            Words("기록이 저장된 확인점과 일치하지 않습니다.", "The log is not the one that a stored checkpoint signed.")
        case .savedSignature:
            Words(
                "따로 보관한 확인점의 전자서명이 맞지 않아 증거로 쓸 수 없습니다.",
                "The checkpoint kept elsewhere bears no good signature and proves nothing.")
        case .fork:
            Words(
                "기록이 따로 보관한 확인점과 일치하지 않습니다. 서명 후 다시 쓰였습니다.",
                "The log is not the one that the checkpoint kept elsewhere signed; it was rewritten since.")
        case .shorter:
            Words("확인점에 서명된 것보다 기록이 적습니다.", "The log is shorter than a checkpoint says it was.")
        case .vault:
            Words(
                "보관된 개인정보가 기록에 남긴 값과 다릅니다.",
                "The vault holds something else than the event committed to.")
        }
    }
}
