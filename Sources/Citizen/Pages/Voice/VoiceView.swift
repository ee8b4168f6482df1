import District
import Record
import Web

/// A turn's answer as the talk page shows it.
struct VoiceView {
    let visit: Visit

    /// Nothing was said yet.
    static let begin: [String: JSON] = ["code": "", "turn": "", "state": "new"]

    /// What the channel of turns answered.
    func answer(_ answer: JSON, heard: String?, desk: JSON?) -> JSON {
        let (state, links) = (answer["state"]?.text ?? "", answer["links"]?.elements ?? [])
        let choices = answer["choices"]?.elements?.compactMap(\.text) ?? []
        let (pairs, others) = (answer["read_back"]?.elements ?? [], links.filter { $0["href"]?.text != "tel:119" })
        let isOver = state == Dialogue.Phase.ended.rawValue
        var members: [String: JSON] = [
            "code": isOver ? "" : answer["dialogue"] ?? "", "state": .string(isOver ? "new" : state),
            "turn": .string(isOver ? "" : answer["turn"]?.integer.map(String.init) ?? ""),
            "said": .array(Self.captions(answer)),
            "emergency": .bool(state == Dialogue.Phase.emergency.rawValue || others.count < links.count),
        ]
        if !pairs.isEmpty {
            members["pairs"] = .array(
                pairs.map { ["label": $0["label"] ?? "", "value": $0["written"] ?? $0["value"] ?? ""] })
            members["has_pairs"] = true
        }
        if !choices.isEmpty {
            members["choices"] = .array(
                choices.enumerated().map { ["text": .string($1), "number": .string(String($0))] })
            members["has_choices"] = true
        }
        if !others.isEmpty {
            members["links"] = .array(others.map(link))
            members["has_links"] = true
        }
        if let number = answer["receipt"]?["number"] { members["number"] = number }
        if let heard { members["heard"] = .string(heard) }
        if let desk { members.merge(waiting(desk)) { $1 } }
        return .object(members)
    }

    /// What is shown of what is said: what stands in the read-back is not written twice.
    static func captions(_ answer: JSON) -> [JSON] {
        let pairs = (answer["read_back"]?.elements ?? []).map { pair in
            "\(pair["label"]?.text ?? "") \((pair["written"] ?? pair["value"])?.text ?? "")"
        }
        let list = pairs.joined(separator: ", ") + "."
        return (answer["reply"]?["captions"]?.elements ?? []).filter { pairs.isEmpty || $0.text != list }
    }

    /// How things stand with the person who was asked for.
    func atDesk(_ code: String, _ turn: String, heard: String, _ desk: JSON) -> JSON {
        var members: [String: JSON] = [
            "code": .string(code), "turn": .string(turn), "said": [desk["text"] ?? ""],
            "state": .string(Dialogue.Phase.handedOver.rawValue),
        ]
        if let danger = desk["emergency"] {
            members["emergency"] = true
            members["said"] = [danger["text"] ?? "", desk["text"] ?? ""]
            let others = (danger["links"]?.elements ?? []).filter { $0["href"]?.text != "tel:119" }
            if !others.isEmpty {
                members["links"] = .array(others.map(link))
                members["has_links"] = true
            }
        }
        if !heard.isEmpty { members["heard"] = .string(heard) }
        return .object(members.merging(waiting(desk)) { $1 })
    }

    private func waiting(_ desk: JSON) -> [String: JSON] {
        ["handed": true, "desk_text": desk["text"] ?? "", "desk_lines": desk["messages"] ?? []]
    }

    private func link(_ link: JSON) -> JSON {
        let (href, title) = (link["href"]?.text ?? "", link["title"]?.text ?? "")
        let isCall = href.hasPrefix("tel:")
        return [
            "href": .string(href), "label": .string("\(title) – \(visit.word(isCall ? "voice_call" : "voice_open"))"),
            "web": .bool(!isCall),
        ]
    }

    /// The page as an app of its own on the home screen, which opens where one speaks.
    static func manifest(_ language: Language, _ wording: [String: Words]) -> JSON {
        func word(_ key: String) -> JSON { .string(wording[key]?[language] ?? key) }
        let icons: [JSON] = [("192", "any"), ("512", "any"), ("maskable-512", "maskable")].map { name, purpose in
            let size = name.replacing("maskable-", with: "")
            return [
                "src": .string("/assets/icon-\(name).png"), "sizes": .string("\(size)x\(size)"), "type": "image/png",
                "purpose": .string(purpose),
            ]
        }
        return [
            "id": "/talk", "start_url": "/talk", "scope": "/", "display": "standalone",
            "lang": .string(language.rawValue), "name": word("voice_title"), "short_name": word("voice_short"),
            "description": word("voice_lead"), "background_color": "#f3f6f8", "theme_color": "#0b3550",
            "icons": .array(icons), "shortcuts": [["name": word("voice_idle"), "url": "/talk"]],
        ]
    }
}
