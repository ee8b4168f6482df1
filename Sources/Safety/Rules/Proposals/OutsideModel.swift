import District
import Foundation
import Record

/// A model outside the house that may be asked, where the district has configured one.
///
/// The protocol is plain: a JSON object goes there by POST, and one comes back. Asked:
/// `{"task", "language", "text"?, "photo"? (base64), "media"?, "choices"}`; answered:
/// `{"candidates": [{"type", "probability"}], "evidence"?: ["…"]}`.
struct OutsideModel: Sendable, Hashable {
    /// What is asked of it.
    enum Task: String, Sendable, CaseIterable {
        /// The type of accident that a text tells of.
        case text
        /// The danger that a photo shows.
        case photo

        /// The use of AI under which it acts.
        var use: String { self == .text ? ProposalUses.outsideText.id : ProposalUses.outsidePhoto.id }
    }

    let task: Task
    let url: URL
    /// What the district calls it; stands on the Record with each of its answers.
    let name: String
    /// Seconds until its silence counts as none.
    let timeout: Double
    /// Whether words and pictures of people may go there. Without it only what no person wrote or took does.
    let mayTakePersonal: Bool

    /// The largest answer that is read, in bytes.
    static let largestAnswer = 64 * 1024

    /// The models that are switched on in `proposals-endpoints.json`.
    static func configured(_ book: Handbook) throws(HandbookError) -> [OutsideModel] {
        let file = "proposals-endpoints.json"
        let json = try book.read(file).json
        var models: [OutsideModel] = []
        for task in Task.allCases {
            guard let entry = json[task.rawValue], entry["on"]?.bool == true else { continue }
            guard let url = entry["url"]?.text.flatMap({ URL(string: $0) }), isSafe(url) else {
                throw HandbookError(
                    file: file, place: "\(task.rawValue).url", rule: "must be https, or http on this machine")
            }
            guard let timeout = entry["timeout_seconds"]?.double, (1...60).contains(timeout) else {
                throw HandbookError(file: file, place: "\(task.rawValue).timeout_seconds", rule: "is from 1 to 60")
            }
            models.append(
                OutsideModel(
                    task: task, url: url, name: entry["name"]?.text ?? url.host ?? task.rawValue, timeout: timeout,
                    mayTakePersonal: entry["send_personal"]?.bool ?? false))
        }
        return models
    }

    /// Encrypted on the way, or not leaving this machine; and no name or password in the address.
    static func isSafe(_ url: URL) -> Bool {
        guard let host = url.host, !host.isEmpty, url.user == nil, url.password == nil else { return false }
        if url.scheme == "https" { return true }
        return url.scheme == "http" && ["127.0.0.1", "::1", "[::1]", "localhost"].contains(host)
    }

    /// What is sent.
    func question(text: String?, photo: [UInt8]?, media: String?, language: Language = .ko) -> JSON {
        var question: [String: JSON] = [
            "task": .string(task == .text ? "accident-type" : "photo-hazard"),
            "language": .string(language.rawValue),
            "choices": .array(
                TypeModel.types.map {
                    ["type": .string($0.rawValue), "ko": .string($0.words.ko), "en": .string($0.words.en)]
                }),
        ]
        if let text { question["text"] = .string(text) }
        if let photo { question["photo"] = .string(Data(photo).base64EncodedString()) }
        if let media { question["media"] = .string(media) }
        return .object(question)
    }

    /// What an answer proposes: known types with probabilities, the likeliest three; nil where there is none.
    func proposal(from answer: JSON) -> TypeProposal? {
        var seen: Set<AccidentType> = []
        let candidates = (answer["candidates"]?.elements ?? []).compactMap { entry -> TypeProposal.Candidate? in
            guard let type = entry["type"]?.text.flatMap({ AccidentType(rawValue: $0) }),
                let probability = entry["probability"]?.double, (0...1).contains(probability),
                seen.insert(type).inserted
            else { return nil }
            return TypeProposal.Candidate(type: type, probability: probability)
        }.sorted { $0.probability > $1.probability }.prefix(3)
        guard !candidates.isEmpty else { return nil }
        // What another's model gives as its reasons may quote the person: it is not kept.
        return TypeProposal(candidates: Array(candidates), abstained: false, evidence: [])
    }
}
