import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// The talk page for anyone: no account, one button, captions; without script its form sends the same turns.
struct VoiceRoutes {
    /// The desk's own number.
    let phone: String
    /// The use of AI at work here.
    let use: String
    /// What the house itself does, of what it is configured with now.
    let engines: @Sendable (Spine) async -> HouseVoice
    /// Takes a turn, as the channel of turns does.
    let turn: @Sendable (JSON, Visit) async throws -> JSON
    let waiting: WaitingRoutes

    var routes: [Route] {
        [
            .get("/talk", .anyone) { try await page($0, .object(VoiceView.begin)) },
            .post("/talk", .anyone, bodyLimit: 16 * 1024) { try await say($0) },
            .get("/talk/manifest.webmanifest", .anyone) { visit in
                let language = visit.query["lang"].flatMap { Language(rawValue: $0) } ?? visit.language
                return .bytes(
                    VoiceView.manifest(language, visit.pages.wording).canonical, type: "application/manifest+json",
                    keep: 300)
            },
        ] + waiting.routes
    }

    private func page(_ visit: Visit, _ answer: JSON, fault: String? = nil) async throws -> Reply {
        let house = await engines(visit.spine)
        var context: [String: JSON] = [
            "phone": .string(phone), "notice": .array(try await notice(visit, house)),
            "hear": .string(house.hears ? "true" : "false"), "say": .string(house.says ? "true" : "false"),
            "browser_hears": .bool(!house.hears), "answer": answer,
        ]
        if let fault { context["fault"] = .string(fault) }
        return .page("voice", title: visit.word("voice_title"), .object(context))
    }

    /// What whoever speaks must know: that it is a machine, what it does, and how to overrule it (AI 기본법 제31조).
    private func notice(_ visit: Visit, _ house: HouseVoice) async throws -> [JSON] {
        var lines = [visit.word("voice_notice_machine")]
        if let use = visit.spine.district.aiUses.first(where: { $0.id == use }) {
            // As the register has it, which is what was approved.
            let notice = try await visit.spine.district.store.read { try use.notice(in: $0) }
            lines += [notice[visit.language], use.override[visit.language]]
            let standing = try await visit.spine.district.standing(of: use)
            if standing != .runs { lines += [visit.word("voice_notice_off"), standing.words[visit.language]] }
        }
        lines += house.notices.map { $0[visit.language] }
        return lines.map { .string($0) }
    }

    /// A turn by the page's form: the conversation's code goes along in the form, never in an address.
    private func say(_ visit: Visit) async throws -> Reply {
        let form = visit.form
        let code = form["dialogue"].flatMap { $0.isEmpty ? nil : $0 }
        var said = form["say"] ?? form["text"] ?? ""
        if form["say"] == "restart" { said = visit.word("voice_say_restart") }
        let view = VoiceView(visit: visit)
        do {
            if let code, form["state"] == Dialogue.Phase.handedOver.rawValue, form["say"] != "restart" {
                let desk = try await waiting.answer(code, said, visit)
                return try await page(visit, view.atDesk(code, form["turn"] ?? "", heard: said, desk))
            }
            var body: [String: JSON] = ["language": .string(visit.language.rawValue), "channel": "text"]
            // From the beginning after a person took over is another conversation.
            let goesOn = code != nil && form["state"] != Dialogue.Phase.handedOver.rawValue
            if goesOn, let code { body["dialogue"] = .string(code) }
            if goesOn, let turn = form["turn"].flatMap({ Double($0) }) { body["turn"] = .number(turn + 1) }
            if !goesOn, let age = form["age_group"], !age.isEmpty { body["age_group"] = .string(age) }
            let isEmpty = said.allSatisfy(\.isWhitespace)
            if isEmpty {
                body["event"] = code == nil ? "start" : "silence"
            } else {
                body["text"] = .string(said)
            }
            let answer = try await turn(.object(body), visit)
            let desk =
                answer["state"]?.text == Dialogue.Phase.handedOver.rawValue
                ? try await waiting.answer(answer["dialogue"]?.text ?? "", nil, visit) : nil
            return try await page(visit, view.answer(answer, heard: isEmpty ? nil : said, desk: desk))
        } catch let refusal as Refusal where [.notFound, .conflict, .tooOften, .invalid].contains(refusal.kind) {
            return try await page(visit, .object(VoiceView.begin), fault: refusal.words[visit.language])
        }
    }
}
