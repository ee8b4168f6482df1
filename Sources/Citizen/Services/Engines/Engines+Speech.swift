import District
import Foundation
import Record
import Store

extension Engines {
    /// The largest sound that is taken, in bytes: about a minute.
    static let largestSound = 2 << 20
    /// The longest text that is spoken, in characters.
    static let longestText = 600

    /// The kinds of sound that are taken and handed out.
    static let sounds: Set<String> = [
        "audio/webm", "audio/ogg", "audio/wav", "audio/x-wav", "audio/mpeg", "audio/mp4", "audio/flac", "audio/aac",
    ]

    /// What is said in a recording. The sound goes to the engine and nowhere else; nothing of it is kept.
    /// - Throws: ``Refusal`` with words for whoever spoke.
    func hear(_ sound: [UInt8], type: String, _ language: Language, in district: District) async throws -> String {
        if let obstacle = try await obstacle(.hearing, in: district) { throw obstacle }
        guard let engine = engines[.hearing] else { throw Self.unheard }
        let kind = Self.kind(type)
        guard Self.sounds.contains(kind), !sound.isEmpty else {
            throw Refusal(
                .invalid, "sound.kind", Words("소리 파일의 형식이 맞지 않습니다.", "This is no sound that can be heard."),
                faults: [.init(field: "body", rule: "audio", words: Words("소리 파일이 필요합니다.", "A sound is needed."))])
        }
        let boundary = "slipway-\(Identifier())"
        let body = Self.multipart(
            [
                ("model", engine.model), ("language", language.rawValue), ("response_format", "json"),
                ("temperature", "0"),
            ], sound, kind, boundary)
        guard
            let answer = await call(
                engine, body, type: "multipart/form-data; boundary=\(boundary)", accept: "application/json",
                in: district),
            let json = try? JSON(parsing: answer.body), let words = Transcript.words(from: json),
            await stood(.hearing, [], in: district)
        else { throw Self.unheard }
        return words
    }

    /// What the talk page can do with the engines of now, and what people must be told of them. Where that cannot be
    /// told, the page does without.
    func voice(in district: District) async -> HouseVoice {
        var voice = HouseVoice()
        for task in [Engine.Task.hearing, .speaking] {
            guard let engine = engines[task], let use = uses[task], await mayAsk(task, in: district) else { continue }
            // As the register has it, and then who gets what.
            do {
                voice.notices.append(try await district.store.read { try use.notice(in: $0) })
            } catch {
                district.report("what people are told of an engine could not be read: the page does without it", error)
                continue
            }
            if let told = engine.told { voice.notices.append(told) }
            if task == .hearing { voice.hears = true } else { voice.says = true }
        }
        return voice
    }

    /// A text as sound.
    /// - Parameter isPersonal: whether it repeats what somebody said of themselves, as a read-back does.
    /// - Throws: ``Refusal``; a page then reads it with the browser's own voice, or shows it.
    func say(
        _ text: String, _ language: Language, speed: Double = 1, isPersonal: Bool = false, in district: District
    ) async throws -> EngineExchange.Answer {
        if let obstacle = try await obstacle(.speaking, in: district) { throw obstacle }
        guard (1...Self.longestText).contains(text.count) else {
            throw Refusal(
                .invalid, "text.length",
                Words("한 번에 \(Self.longestText)자까지 읽을 수 있습니다.", "At most \(Self.longestText) characters can be read."))
        }
        guard let engine = engines[.speaking] else { throw Self.unspoken }
        // What may be about a person is read by the browser's own voice, unless the engine may have it.
        guard engine.mayTakePersonal || !isPersonal && mask(text) == text else { throw Self.unspoken }
        var question: [String: JSON] = [
            "model": .string(engine.model), "input": .string(text), "response_format": "mp3",
            // Slower for whoever asks for it; never so fast or slow that words are lost.
            "speed": .number(min(max(speed, 0.5), 1.5)),
        ]
        if !engine.voice.isEmpty { question["voice"] = .string(engine.voice) }
        guard
            let answer = await call(
                engine, JSON.object(question).canonical, type: "application/json", accept: "audio/*", in: district),
            !answer.body.isEmpty, Self.sounds.contains(Self.kind(answer.type)),
            await stood(.speaking, [], in: district)
        else { throw Self.unspoken }
        return EngineExchange.Answer(type: Self.kind(answer.type), body: answer.body)
    }

    private static let unheard = Refusal(
        .unavailable, "engine.silent",
        Words("말씀을 알아듣지 못했습니다. 다시 말씀하시거나 글자로 써 주세요.", "That was not heard. Please say it again, or type."))
    private static let unspoken = Refusal(
        .unavailable, "engine.silent",
        Words("지금은 소리로 읽을 수 없습니다. 자막을 봐 주세요.", "This cannot be read aloud now. Please see the captions."))

    /// `audio/webm` of `audio/webm;codecs=opus`.
    private static func kind(_ type: String) -> String {
        type.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
    }

    private static func multipart(
        _ fields: [(String, String)], _ sound: [UInt8], _ kind: String, _ boundary: String
    ) -> [UInt8] {
        var body: [UInt8] = []
        for (name, value) in fields {
            body += Array(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        let file = "speech.\(kind.split(separator: "/").last ?? "wav")"
        body += Array(
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file)\"\r\nContent-Type: \(kind)\r\n\r\n"
                .utf8)
        body += sound
        body += Array("\r\n--\(boundary)--\r\n".utf8)
        return body
    }
}
