import Logging
public import Record
import Store

/// Who vouches for the Record from outside, and how they are reached: witnesses that sign its checkpoints, and an
/// authority that stamps them with an independent time.
public struct Vouching: Sendable {
    /// A time-stamping authority (RFC 3161).
    public struct Authority: Sendable {
        /// Where it is asked.
        public let url: String
        /// What its signature is held against; nil where its word is taken as it comes, and packs say so.
        public let trust: TimeTrust?

        /// A time-stamping authority.
        public init(url: String, trust: TimeTrust?) {
            self.url = url
            self.trust = trust
        }
    }

    /// What somebody outside answered.
    public struct Answer: Sendable, Hashable {
        /// The HTTP status.
        public let status: Int
        /// The body's type.
        public let type: String
        /// The body.
        public let body: [UInt8]

        /// What somebody outside answered.
        public init(status: Int, type: String, body: [UInt8]) {
            self.status = status
            self.type = type
            self.body = body
        }
    }

    /// Sends bytes of a type to an address outside the house.
    public typealias Post = @Sendable (_ url: String, _ body: [UInt8], _ type: String) async throws -> Answer

    /// The witnesses.
    public let witnessing: Witnessing
    /// The authority; nil where none is configured: then there is no independent time.
    public let authority: Authority?
    private let post: Post

    /// Who vouches, and how they are reached.
    public init(witnessing: Witnessing, authority: Authority?, post: @escaping Post) {
        self.witnessing = witnessing
        self.authority = authority
        self.post = post
    }

    /// Nobody.
    public static let none = Vouching(witnessing: Witnessing(.none), authority: nil) { url, _, _ in
        throw RecordError(.witness, "\(url) cannot be reached: nothing leaves this house")
    }

    /// Asks every witness to sign the newest checkpoint, at the same time.
    /// - Returns: how each answered.
    @discardableResult
    public func askWitnesses(of district: District) async -> [String: Witnessing.State] {
        await withTaskGroup(of: (String, Witnessing.State).self) { group in
            for witness in witnessing.policy.witnesses where witness.url != nil {
                group.addTask { (witness.name, await ask(witness, district)) }
            }
            var states: [String: Witnessing.State] = [:]
            for await (name, state) in group { states[name] = state }
            return states
        }
    }

    private func ask(_ witness: WitnessPolicy.Witness, _ district: District) async -> Witnessing.State {
        let (witnessing, now) = (witnessing, district.clock())
        do {
            var oldSize: Int64?
            // It says which size it signed last; a second request with the proof from there settles it.
            for _ in 0..<3 {
                let from = oldSize
                guard
                    let request = try await district.store.read({
                        try witnessing.request(for: witness, oldSize: from, in: $0)
                    })
                else { return .never }
                let got = try await post(
                    "\(witness.url ?? "")/add-checkpoint", Array(request.body.utf8), "text/plain; charset=utf-8")
                let answer = try WitnessAnswer(
                    status: got.status, type: got.type, body: String(decoding: got.body, as: UTF8.self))
                if case .otherSize(let size) = answer, size != request.oldSize {
                    oldSize = size
                    continue
                }
                let state = try await district.store.write {
                    try witnessing.took(answer, from: witness, to: request, at: now, in: $0)
                }
                if state == .refused { alarm(witness, answer.body, district) }
                return state
            }
            return try await note(witness, .silent, "it names another size each time", district)
        } catch let error as RecordError where error.code == .witness && error.message.hasPrefix("it signed") {
            alarm(witness, error.message, district)
            return (try? await note(witness, .refused, error.message, district)) ?? .refused
        } catch {
            return (try? await note(witness, .silent, "\(error)", district)) ?? .silent
        }
    }

    private func note(
        _ witness: WitnessPolicy.Witness, _ state: Witnessing.State, _ detail: String, _ district: District
    ) async throws -> Witnessing.State {
        let (witnessing, now) = (witnessing, district.clock())
        try await district.store.write {
            try witnessing.note(witness, state, detail, at: now, in: $0)
        }
        return state
    }

    private func alarm(_ witness: WitnessPolicy.Witness, _ detail: String, _ district: District) {
        district.logger.critical(
            "a witness has seen another history of this log",
            metadata: ["witness": "\(witness.name)", "detail": "\(detail)"])
    }

    /// Has a checkpoint stamped, unless it is already.
    /// - Returns: the time-stamp; nil where no authority is configured.
    /// - Throws: ``RecordError`` with code `timestamp` where the answer is no good one, or whatever the way there met.
    public func stamp(_ signed: SignedCheckpoint, by log: VerifierKey, in district: District) async throws
        -> TimeStamp?
    {
        guard let authority else { return nil }
        let size = signed.checkpoint.size
        if let kept = try await district.store.read({ try TimeStamps.of(size: size, in: $0) }) { return kept }
        let request = TimeStampRequest(of: TimeStamps.stamped(signed, by: log))
        let answer = try await post(authority.url, request.encoded, "application/timestamp-query")
        guard answer.status == 200 else { throw RecordError(.timestamp, "the authority answered \(answer.status)") }
        let stamp = try TimeStamp(response: answer.body)
        try stamp.check(answers: request)
        if let trust = authority.trust { try stamp.verify(trusting: trust) }
        try await district.store.write { try TimeStamps.keep(stamp, size: size, in: $0) }
        return stamp
    }
}
