import Foundation
import HTTPTypes
import Logging
public import Record
public import Web

/// A practice city: it takes requests and answers look-ups as a city's own systems would, in a process of its own, and
/// misbehaves when it is told to. Nothing it says is about a real city, and every answer says so.
public actor CitySandbox {
    private let file: String?
    /// What it took: the service and its number, by the key it came under. Nothing about people is kept.
    private var taken: [String: (service: String, number: String)] = [:]
    private var fault: Fault?

    /// How it misbehaves.
    struct Fault: Sendable {
        enum Kind: String, Sendable, CaseIterable {
            /// Answers late.
            case delay
            /// Fails before it has done anything.
            case broken
            /// Does what is asked and then says nothing.
            case silentAfterCommit = "silent-after-commit"
            /// Refuses whatever is asked.
            case refuse
        }

        let kind: Kind
        let seconds: Double
        /// How many calls it still spoils.
        var times: Int64
    }

    /// A practice city, with what it took before where its file has it.
    /// - Parameter file: where it keeps what it took; nil for nowhere.
    public init(file: String? = nil) {
        self.file = file
        let json = file.flatMap { FileManager.default.contents(atPath: $0) }.flatMap { try? JSON(parsing: [UInt8]($0)) }
        for (key, entry) in json?["requests"]?.members ?? [:] {
            guard let service = entry["service"]?.text, let number = entry["number"]?.text else { continue }
            taken[key] = (service, number)
        }
    }

    /// Misbehaves from now on; false where no such fault is known.
    @discardableResult
    public func misbehave(_ kind: String, seconds: Double = 3, times: Int64 = .max) -> Bool {
        guard let kind = Fault.Kind(rawValue: kind) else {
            fault = nil
            return kind == "none"
        }
        fault = Fault(kind: kind, seconds: min(600, max(0, seconds)), times: times)
        return true
    }

    /// How many requests it has.
    public var count: Int { taken.count }

    /// Answers a call.
    public func answer(_ call: SideServer.Call) async -> (status: Int, body: JSON) {
        switch (call.method, call.path.first, call.path.count) {
        case (.get, nil, _): return (200, ["sandbox": true, "requests": .number(Double(taken.count))])
        case (.post, "faults", 1):
            let done = misbehave(
                call.body["kind"]?.text ?? "none", seconds: call.body["seconds"]?.double ?? 3,
                times: call.body["times"]?.integer ?? .max)
            return done ? (200, ["sandbox": true]) : (400, ["error": "kind"])
        case (.get, "requests", 1): return (200, listed)
        case (.get, "requests", 2):
            guard let one = taken[call.path[1]] else { return (404, ["sandbox": true]) }
            return (200, Self.entry(one))
        case (.post, "requests", 1): return await take(call)
        case (.get, "lookup", 2):
            if let spoilt = await spoilt() { return spoilt }
            // What is about a person stands in no address.
            guard !SandboxAnswers.personal.contains(call.path[1]) else { return (405, ["sandbox": true]) }
            return SandboxAnswers.answer(call.path[1], call.query)
        case (.post, "lookup", 2):
            if let spoilt = await spoilt() { return spoilt }
            return SandboxAnswers.answer(call.path[1], (call.body.members ?? [:]).compactMapValues(\.text))
        default: return (404, ["sandbox": true])
        }
    }

    private func take(_ call: SideServer.Call) async -> (status: Int, body: JSON) {
        guard let key = call.key, (1...200).contains(key.utf8.count), let service = call.body["service"]?.text else {
            return (400, Self.reason("요청 형식이 올바르지 않습니다.", "The request is malformed."))
        }
        // What it has is answered again, and never taken twice.
        if let before = taken[key] { return (200, Self.entry(before)) }
        let commits = fault?.kind == .silentAfterCommit
        if !commits, let spoilt = await spoilt() { return spoilt }
        // Another call with this key may have come while this one was held up.
        if let before = taken[key] { return (200, Self.entry(before)) }
        let one = (service: service, number: "T-\(100_001 + taken.count)")
        taken[key] = one
        save()
        if commits, let spoilt = await spoilt() { return spoilt }
        return (201, Self.entry(one))
    }

    /// What comes instead of an answer, where it misbehaves.
    private func spoilt() async -> (status: Int, body: JSON)? {
        guard var fault, fault.times > 0 else { return nil }
        fault.times -= 1
        self.fault = fault.times > 0 ? fault : nil
        switch fault.kind {
        case .broken: return (500, ["sandbox": true])
        case .refuse: return (422, Self.reason("연습용 시스템이 받지 않았습니다.", "The practice system did not take it."))
        case .delay, .silentAfterCommit:
            try? await Task.sleep(for: .milliseconds(Int64(fault.seconds * 1000)))
            return fault.kind == .delay ? nil : (503, ["sandbox": true])
        }
    }

    private var listed: JSON {
        [
            "sandbox": true,
            "requests": .array(taken.sorted { $0.value.number < $1.value.number }.map { Self.entry($0.value) }),
        ]
    }

    private static func entry(_ one: (service: String, number: String)) -> JSON {
        ["sandbox": true, "service": .string(one.service), "number": .string(one.number), "state": "accepted"]
    }

    private static func reason(_ ko: String, _ en: String) -> JSON {
        ["sandbox": true, "reason": ["ko": .string(ko), "en": .string(en)]]
    }

    private func save() {
        guard let file else { return }
        let json: JSON = [
            "requests": .object(
                taken.mapValues { ["service": .string($0.service), "number": .string($0.number)] })
        ]
        try? Data(json.canonical).write(to: URL(fileURLWithPath: file), options: .atomic)
    }
}
