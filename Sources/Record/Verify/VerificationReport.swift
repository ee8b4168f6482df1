/// What `slipway verify` found, and what it cannot know.
public struct VerificationReport: Sendable {
    /// The most findings that are kept; all are counted.
    public static let mostFindings = 200

    /// Events that have a leaf.
    public internal(set) var events: Int64 = 0
    /// Events that wait for their leaf; nothing vouches for them yet.
    public internal(set) var pending: Int64 = 0
    /// The root over the leaves.
    public internal(set) var root = TreeHash.ofNothing
    /// Stored checkpoints that were read.
    public internal(set) var checkpoints = 0
    /// How many leaves the largest good checkpoint of the store covers.
    public internal(set) var signedSize: Int64 = 0
    /// How many leaves the largest good checkpoint from elsewhere covers.
    public internal(set) var savedSize: Int64 = 0
    /// Personal fields on the Record, and how many of them have been erased.
    public internal(set) var personal: (fields: Int64, erased: Int64) = (0, 0)
    /// Whether signatures could be checked at all.
    public internal(set) var hadKeys = true
    /// What was found first.
    public private(set) var findings: [Finding] = []
    /// How much was found.
    public private(set) var findingCount = 0

    /// Whether everything is as it was recorded, as far as can be known.
    public var isSound: Bool { findingCount == 0 }

    mutating func add(_ kind: Finding.Kind, leaf: Int64? = nil, _ detail: String) {
        findingCount += 1
        if findings.count < Self.mostFindings { findings.append(Finding(kind: kind, leaf: leaf, detail: detail)) }
    }

    /// What this verification cannot know, to be shown beside its result.
    public var limits: [Words] {
        var limits = [
            Words(
                "기록된 뒤의 변경만 밝힐 수 있습니다. 기록할 때 이미 사실과 달랐거나 시각이 틀렸는지는 알 수 없습니다.",
                "Only changes made after recording show. Whether something was true, or rightly dated, when it was "
                    + "recorded cannot be known.")
        ]
        if savedSize < events {
            limits.append(
                Words(
                    "기록 \(events)건 중 처음 \(savedSize)건만 따로 보관한 확인점으로 보증됩니다. 나머지는 서명 열쇠를 가진 자가 "
                        + "다시 쓰고 서명하였더라도 알 수 없습니다.",
                    "Of \(events) events, a checkpoint kept elsewhere vouches for the first \(savedSize). Whoever "
                        + "holds the signing key could have rewritten and signed the rest."))
        }
        if pending > 0 {
            limits.append(
                Words(
                    "아직 번호를 받지 않은 기록 \(pending)건은 보증되지 않습니다.",
                    "\(pending) events have no leaf yet; nothing vouches for them."))
        }
        if personal.erased > 0 {
            limits.append(
                Words(
                    "개인정보 항목 \(personal.erased)건은 파기되어 내용을 확인할 수 없습니다.",
                    "The content of \(personal.erased) personal fields is gone and cannot be checked."))
        }
        if !hadKeys {
            limits.append(
                Words(
                    "검증 열쇠가 주어지지 않아 전자서명은 확인하지 않았습니다.",
                    "No verifier key was given, so no signature was checked."))
        }
        return limits
    }

    /// The report for programs.
    public var json: JSON {
        [
            "sound": .bool(isSound),
            "events": .decimal(events),
            "pending": .decimal(pending),
            "root": .string(root.bytes.base64),
            "checkpoints": .number(Double(checkpoints)),
            "signedSize": .decimal(signedSize),
            "savedSize": .decimal(savedSize),
            "personalFields": .decimal(personal.fields),
            "erasedFields": .decimal(personal.erased),
            "findingCount": .number(Double(findingCount)),
            "findings": .array(
                findings.map { finding in
                    [
                        "kind": .string(finding.kind.rawValue),
                        "leaf": finding.leaf.map { .decimal($0) } ?? .null,
                        "detail": .string(finding.detail),
                        "ko": .string(finding.words.ko),
                        "en": .string(finding.words.en),
                    ]
                }),
            "limits": .array(limits.map { ["ko": .string($0.ko), "en": .string($0.en)] }),
        ]
    }
}
