import District
import Foundation
import Record

/// A model beside the house that may help a dialogue, where a district has configured one. None is needed.
struct Engine: Sendable, Hashable {
    /// What it helps with.
    enum Task: String, Sendable, CaseIterable {
        /// Sound becomes words.
        case hearing
        /// Words become sound.
        case speaking
        /// Which known requests lie near to what was said.
        case nearness
        /// What was said becomes one of the known requests.
        case rewriting

        /// The use of AI under which it acts.
        var use: String { "citizen.\(rawValue)" }

        /// Where it is called, below the configured address (the paths that OpenAI-compatible servers share).
        var path: String {
            switch self {
            case .hearing: "/v1/audio/transcriptions"
            case .speaking: "/v1/audio/speech"
            case .nearness: "/v1/embeddings"
            case .rewriting: "/v1/chat/completions"
            }
        }

        /// The largest answer that is read, in bytes.
        var largest: Int {
            switch self {
            case .hearing, .rewriting: 64 << 10
            case .speaking: 2 << 20
            case .nearness: 4 << 20
            }
        }

        /// The longest that anybody waits, in seconds: an answer that comes later helps no conversation.
        var longest: Double {
            switch self {
            case .hearing, .speaking: 20
            case .nearness, .rewriting: 1.5
            }
        }
    }

    let task: Task
    let url: URL
    /// What the district calls it.
    let name: String
    /// The model it is asked for.
    let model: String
    /// The voice that speaks.
    let voice: String
    /// Seconds until its silence counts as none.
    let timeout: Double
    /// From this nearness on (cosine, 0…1) a request is offered.
    let floor: Double
    /// Whether what people say may go there as they said it; else it is masked first.
    let mayTakePersonal: Bool
    /// What opens it; from the environment, never on the Record or in a log.
    let key: EngineKey?

    /// Whether it runs on this machine, so that nothing leaves the house.
    var isHere: Bool { ["127.0.0.1", "::1", "[::1]", "localhost"].contains(url.host ?? "") }

    /// What somebody must know who speaks or listens: who gets what. Nil where it is neither.
    var told: Words? {
        let (place, host) = (name.isEmpty ? model : name, url.host ?? "")
        switch (task, isHere) {
        case (.hearing, true):
            return Words(
                "‘눌러서 말하기’를 쓰면, 말소리는 이 기관의 서버(\(place))에서 글자로 바뀌며 이 기관은 소리를 보관하지 않습니다.",
                "When you speak, this house’s own server (\(place)) turns the sound into text; the house keeps no sound."
            )
        case (.hearing, false):
            return Words(
                "‘눌러서 말하기’를 쓰면, 말소리가 \(place)(\(host))에 보내져 글자로 바뀝니다. 이 기관은 소리를 보관하지 않지만, 받은 곳에서 어떻게 다루는지는 그곳의 약관에 따릅니다. 싫으시면 글로 쓰거나 전화하세요.",
                "When you speak, the sound is sent to \(place) (\(host)), which turns it into text. The house keeps no sound; what they do with it is up to their terms. If you would rather not, type or call."
            )
        case (.speaking, true):
            return Words(
                "안내 문장은 이 기관의 서버(\(place))에서 소리로 바뀝니다.", "Answers are read aloud by this house’s own server (\(place))."
            )
        case (.speaking, false):
            return mayTakePersonal
                ? Words(
                    "안내 문장은 말씀하신 내용이 든 것까지 \(place)(\(host))에 보내져 소리로 바뀝니다. 싫으시면 소리를 끄고 자막으로 보세요.",
                    "Answers, also those with what you said, are sent to \(place) (\(host)) to be read aloud. If you would rather not, switch the sound off and read."
                )
                : Words(
                    "개인정보가 없는 안내 문장만 \(place)(\(host))에 보내져 소리로 바뀌고, 나머지는 이 브라우저의 목소리로 읽습니다.",
                    "Only answers without personal data are sent to \(place) (\(host)) to be read aloud; this browser’s own voice reads the rest."
                )
        default: return nil
        }
    }

    /// The engines that are switched on in `engines.json`.
    /// - Throws: ``HandbookError`` naming what cannot be used.
    static func configured(
        _ book: Handbook, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(HandbookError) -> [Task: Engine] {
        let file = "engines.json"
        let json = try book.read(file).json
        var engines: [Task: Engine] = [:]
        for task in Task.allCases {
            guard let entry = json[task.rawValue], entry["on"]?.bool == true else { continue }
            func wrong(_ field: String, _ rule: String) -> HandbookError {
                HandbookError(file: file, place: "\(task.rawValue).\(field)", rule: rule)
            }
            guard let address = entry["url"]?.text, CityEndpoint.isSafe(address),
                let url = URL(string: (address.hasSuffix("/") ? String(address.dropLast()) : address) + task.path)
            else { throw wrong("url", "must be https, or http on this machine") }
            guard let model = entry["model"]?.text, !model.isEmpty else { throw wrong("model", "is missing") }
            guard let timeout = entry["timeout_seconds"]?.double, (0.1...task.longest).contains(timeout) else {
                throw wrong("timeout_seconds", "is from 0.1 to \(task.longest)")
            }
            let floor = entry["floor"]?.double ?? 0.5
            guard (0...1).contains(floor) else { throw wrong("floor", "is from 0 to 1") }
            engines[task] = Engine(
                task: task, url: url, name: entry["name"]?.text ?? task.rawValue, model: model,
                voice: entry["voice"]?.text ?? "", timeout: timeout, floor: floor,
                mayTakePersonal: entry["send_personal"]?.bool ?? false,
                key: environment["SLIPWAY_\(task.rawValue.uppercased())_KEY"].flatMap {
                    $0.isEmpty ? nil : EngineKey($0)
                })
        }
        return engines
    }
}

/// A key that shows itself to nobody.
struct EngineKey: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    let text: String
    init(_ text: String) { self.text = text }
    var description: String { "(key)" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
