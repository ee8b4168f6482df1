/// Something in a pack that is not as it was made, or does not prove what it should.
public struct PackFinding: Sendable, Hashable {
    /// What kinds of trouble there are.
    public enum Kind: String, Sendable, CaseIterable {
        /// The file is no archive of a pack.
        case archive
        /// The manifest bears no good signature of a known key.
        case seal
        /// The pack was made with another key than the one it should be checked with.
        case key
        /// The manifest cannot be read, or says something else than the pack holds.
        case manifest
        /// A file is not the one that the manifest names.
        case changed
        /// A file that the manifest names is not there.
        case missing
        /// A file that the manifest does not name is there.
        case extra
        /// The checkpoint cannot be read or bears no good signature, or is not the manifest's.
        case checkpoint
        /// The checkpoint is not the one of this size that was kept elsewhere: the log was forked or rewritten.
        case fork
        /// An event is not the one that the checkpoint covers.
        case event
        /// A proof does not lead from its event to the checkpoint.
        case proof
        /// An event stands there twice.
        case repeated
        /// An event of a stream is missing between its first and its last.
        case gap
        /// Events of a stream, or a cause and its effect, stand in the wrong order.
        case order
        /// An event concerns somebody else than the pack's subject.
        case foreign
        /// A document is not the one that an event names, or no event names it.
        case document
        /// Opened personal content is not what its event committed to.
        case personal
        /// A witness's cosignature is false.
        case cosignature
        /// The time-stamp is of something else, or its signature is false.
        case timestamp
    }

    /// The kind.
    public let kind: Kind
    /// The file, leaf or stream it concerns, and what is wrong with it.
    public let detail: String

    /// What a person reads.
    public var words: Words { Words("\(kind.words.ko) (\(detail))", "\(kind.words.en) (\(detail))") }
}

extension PackFinding.Kind {
    var words: Words {
        switch self {
        case .archive: Words("증거 묶음 파일이 아닙니다.", "This is no evidence pack.")
        case .seal: Words("목록의 서명이 맞지 않습니다.", "The manifest bears no good signature.")
        case .key: Words("다른 열쇠로 만든 묶음입니다.", "The pack was made with another key.")
        case .manifest: Words("목록이 실제 내용과 다릅니다.", "The manifest says something else than the pack holds.")
        case .changed: Words("파일이 바뀌었습니다.", "A file was changed.")
        case .missing: Words("파일이 빠졌습니다.", "A file is missing.")
        case .extra: Words("목록에 없는 파일이 있습니다.", "A file was added.")
        case .checkpoint: Words("체크포인트가 올바르지 않습니다.", "The checkpoint is not good.")
        case .fork:
            Words("따로 보관한 체크포인트와 다릅니다. 기록부가 갈라졌거나 다시 쓰였습니다.", "The log was forked or rewritten.")
        case .event: Words("기록이 체크포인트가 보증하는 내용과 다릅니다.", "An event is not the one that the checkpoint covers.")
        case .proof: Words("증명이 체크포인트에 이르지 않습니다.", "A proof does not lead to the checkpoint.")
        case .repeated: Words("같은 기록이 두 번 있습니다.", "An event stands there twice.")
        case .gap: Words("흐름에서 기록이 빠졌습니다.", "An event of a stream is missing.")
        case .order: Words("기록의 순서가 맞지 않습니다.", "Events stand in the wrong order.")
        case .foreign: Words("다른 기업의 기록입니다.", "An event concerns somebody else.")
        case .document: Words("첨부 파일이 기록에 적힌 것과 다릅니다.", "A document is not the one that an event names.")
        case .personal: Words("열어 둔 개인정보가 기록의 해시와 다릅니다.", "Personal content is not what was committed to.")
        case .cosignature: Words("증인의 서명이 맞지 않습니다.", "A witness's cosignature is false.")
        case .timestamp: Words("시점확인이 맞지 않습니다.", "The time-stamp is not good.")
        }
    }
}
