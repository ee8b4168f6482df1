/// What a witness answers to `add-checkpoint`, by its HTTP status (C2SP tlog-witness).
public enum WitnessAnswer: Sendable, Hashable {
    /// 200: it has signed.
    case cosigned([SignedNote.Signature])
    /// 400: the request cannot be read, or its old size is larger than its new one.
    case unreadable(String)
    /// 403: no signature of a key that the witness knows for this log.
    case unsigned
    /// 404: the witness does not know this log.
    case unknownLog
    /// 409: the witness has signed another size than the request says was the last.
    case otherSize(Int64)
    /// 409 or 422: the witness has signed a tree out of which this one has not grown: a fork, or a rewritten log.
    case inconsistent(String)

    /// The status that says so.
    public var status: Int {
        switch self {
        case .cosigned: 200
        case .unreadable: 400
        case .unsigned: 403
        case .unknownLog: 404
        case .otherSize: 409
        case .inconsistent(let detail): detail == Self.sameSize ? 409 : 422
        }
    }

    /// The type of the body.
    public var type: String {
        if case .otherSize = self { return "text/x.tlog.size" }
        return "text/plain; charset=utf-8"
    }

    /// The body.
    public var body: String {
        switch self {
        case .cosigned(let lines): lines.map(\.text).joined()
        case .unreadable(let reason): reason + "\n"
        case .unsigned: "no signature of a known key\n"
        case .unknownLog: "this log is not known here\n"
        case .otherSize(let size): "\(size)\n"
        case .inconsistent(let detail): detail + "\n"
        }
    }

    static let sameSize = "another tree of this size was signed before"

    /// Reads what a witness answered.
    /// - Throws: ``RecordError`` with code `witness` where the answer is none of the protocol.
    public init(status: Int, type: String, body: String) throws(RecordError) {
        let text = String(body.prefix(400)).split(separator: "\n" as Character).first.map(String.init) ?? ""
        switch status {
        case 200: self = .cosigned(try SignedNote.lines(body))
        case 400: self = .unreadable(text)
        case 403: self = .unsigned
        case 404: self = .unknownLog
        case 409:
            if type.hasPrefix("text/x.tlog.size"), let size = Int64(text), size >= 0 {
                self = .otherSize(size)
            } else {
                self = .inconsistent(Self.sameSize)
            }
        case 422: self = .inconsistent(text)
        default: throw RecordError(.witness, "status \(status)")
        }
    }
}
