import Access
import District
import Record
import Store
import Web

/// “Where is my delivery?”: of whoever is signed in those that they asked for; of anybody else the one whose number or
/// link they say.
struct WhereDelivery: Sendable {
    let places: Places
    let settings: MissionSettings
    let floor: FloorSource
    let tries = TrackTries()

    /// So many are said one after the other.
    private static let told = 3

    var inquiry: Inquiry {
        Inquiry(
            "robots.mission.where", title: Words("내 배달이 어디쯤인지", "Where my delivery is"),
            help: Words(
                "로봇이 어디쯤이고 몇 분 뒤에 오는지 알려 드립니다. 로그인하면 내가 부탁한 것을, 아니면 조회 번호 아홉 자리로 찾습니다.",
                "Says where the robot is and in how many minutes it comes: what you asked for where you are signed in, else "
                    + "by the nine figures of the delivery."),
            fields: [
                Field(
                    "code", Words("조회 번호", "Delivery number"), .text(maximum: 200), required: false,
                    help: Words("배달 안내에 있는 아홉 자리 숫자입니다.", "The nine figures that came with the delivery's link."),
                    isPersonal: true)
            ], permission: .anyone
        ) { ask, spine in try await answer(ask, spine) }
    }

    /// What the answer is made of.
    private struct Found: Sendable {
        var kept: [MissionCase]
        /// How many are open, where not all are said.
        var open: Int
        var names: [String: Words]
    }

    private func answer(_ ask: Ask, _ spine: Spine) async throws -> Words {
        let said = ask.values.text("code")
        let found = try await said.isEmpty ? own(ask, spine) : byCode(said, ask, spine)
        var words: [Words] = []
        if found.open > 1 {
            words.append(Words("진행 중인 배달이 \(found.open)건입니다.", "\(found.open) deliveries are under way."))
        }
        let held = try await floor.held(found.kept, in: spine)
        for kept in found.kept {
            let near = try await floor.near(kept, in: spine)
            words.append(
                WhereWords(
                    kept: kept, names: found.names, near: near, now: ask.now, isHeld: held.contains(kept.id)
                ).all)
        }
        return Words(words.map(\.ko).joined(separator: " "), words.map(\.en).joined(separator: " "))
    }

    // MARK: - Found

    private func own(_ ask: Ask, _ spine: Spine) async throws -> Found {
        // Who stands for no firm has asked for none: only a number leads to one.
        guard let tenant = try? ask.tenant else { throw Self.lacks }
        let (places, settings) = (places, settings)
        return try await spine.district.store.read { reader in
            let since = ask.now.advanced(bySeconds: -settings.linkLasts)
            let mine = try MissionTable.asked(
                by: ask.caller.author.text, since: since, for: tenant, in: reader)
            let open = mine.filter(\.mission.isOpen)
            let told = open.isEmpty ? Array(mine.prefix(1)) : Array(open.prefix(Self.told))
            guard !told.isEmpty else {
                // One that comes to them is found by its number, which is asked for in the same breath.
                throw Self.fault(
                    "mission.none",
                    Words(
                        "부탁하신 배달이 없습니다. 받으실 배달은 조회 번호로 찾습니다.",
                        "You have asked for no delivery. One that comes to you is found by its number."))
            }
            return Found(
                kept: told, open: open.count, names: try places.names(for: tenant, in: reader).mapValues(\.name))
        }
    }

    /// Whoever has the number may know, as with the link; nobody else's is told.
    private func byCode(_ said: String, _ ask: Ask, _ spine: Spine) async throws -> Found {
        guard let code = TrackNumber.read(said) else { throw Self.noNumber }
        guard tries.admits(at: ask.now) else {
            throw Refusal(
                .tooOften, "track.tries",
                Words(
                    "지금은 번호로 찾을 수 없습니다. 잠시 뒤에 다시 해 주세요.", "Numbers cannot be looked up just now. Try again in a while.")
            )
        }
        let (places, since) = (places, ask.now.advanced(bySeconds: -settings.linkLasts))
        let found = try await spine.district.store.read { reader -> Found? in
            let kept: MissionCase? =
                switch code {
                case .track(let track): try MissionTable.find(track: track, in: reader)
                case .number(let number): try MissionTable.find(number: number, since: since, in: reader)
                }
            guard let kept, kept.ended.map({ $0 >= since }) ?? true else { return nil }
            return Found(kept: [kept], open: 1, names: try places.names(in: reader).mapValues(\.name))
        }
        guard let found else {
            tries.missed()
            throw Refusal(
                .notFound, "track.unknown",
                Words("그 번호의 배달은 끝났거나 없습니다.", "The delivery of that number is over, or there is none."))
        }
        return found
    }

    // MARK: - What is lacking

    private static var lacks: Refusal {
        fault(
            "track.needed",
            Words("배달마다 조회 번호가 있습니다.", "Each delivery has a number."))
    }

    private static var noNumber: Refusal {
        fault("track.number", Words("조회 번호는 숫자 아홉 자리입니다.", "The number has nine figures."))
    }

    private static func fault(_ code: String, _ words: Words) -> Refusal {
        Refusal(.invalid, code, of: "code", code, words)
    }
}
