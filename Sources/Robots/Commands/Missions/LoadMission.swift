import Access
import District
import Record
import Store

/// Goods are aboard: whoever put them there says so, and only then the vehicle drives on.
struct LoadMission {
    let places: Places

    var command: Command {
        let form = Form(
            "robots.mission.load", title: Words("로봇에 물건 실음", "Goods are aboard"),
            help: Words(
                "로봇에 물건을 다 실었다고 알립니다. 알리기 전에는 로봇이 떠나지 않습니다.",
                "Says that all goods are in the robot. It does not leave before that."),
            fields: [
                Field(
                    "mission", Words("미션", "Mission"),
                    .reference(kind: "robot-mission", source: "/api/v1/robots/choices/robot-mission"),
                    required: false,
                    help: Words("비우면 싣기를 기다리는 하나뿐인 미션입니다.", "Left empty: the only one that waits to be loaded."))
            ], permission: .roles(MissionFound.staff).orToken("command:robots.mission.load"),
            confirmation: .readBack, surfaces: [.web, .http, .cli, .voice, .mcp])
        return Command(form) { ask, tables in
            [try loaded(try found(ask, tables), ask, tables)]
        }
    }

    /// The mission that is meant: the one named, or the only one whose loading whoever asks may confirm.
    private func found(_ ask: Ask, _ tables: any Reader) throws -> MissionCase {
        guard ask.values.text("mission").isEmpty else { return try MissionFound.named(ask, tables) }
        let tenant = try ask.tenant
        let known = try places.names(for: tenant, in: tables)
        let waiting = try MissionTable.open(for: tenant, in: tables).filter {
            $0.mission.isLoading && Self.may($0, ask.caller, known)
        }
        guard let first = waiting.first else {
            throw Refusal(
                .notFound, "mission.none-loading", Words("물건 싣기를 기다리는 로봇이 없습니다.", "No robot is waiting to be loaded."))
        }
        guard waiting.count == 1 else {
            let words = Words(
                "싣기를 기다리는 로봇이 \(waiting.count)대입니다. 어느 미션인지 알려 주세요.",
                "\(waiting.count) robots are waiting to be loaded. Which mission is it?")
            throw Refusal(.conflict, "mission.which", of: "mission", "which", words)
        }
        return first
    }

    /// The event that says so.
    /// - Throws: ``Refusal`` where no vehicle waits to be loaded, or somebody else must say it.
    func loaded(_ kept: MissionCase, _ ask: Ask, _ tables: any Reader) throws -> Draft {
        guard kept.mission.isLoading else {
            throw Refusal(
                .conflict, "mission.not-loading",
                Words(
                    "싣기를 기다리는 로봇이 없습니다. 아직 도착하지 않았거나 이미 실었습니다.",
                    "No robot is waiting to be loaded: it is not there yet, or it is done already."))
        }
        guard Self.may(kept, ask.caller, try places.names(for: try ask.tenant, in: tables)) else {
            throw Refusal(
                .forbidden, "mission.load",
                Words(
                    "보내는 사람이나 싣는 곳의 직원, 관리기관 담당자만 확인할 수 있습니다.",
                    "Only the sender, somebody who works where it is loaded, or the zone's officer may say so."))
        }
        var draft = try MissionFound.drafting { () throws(MissionFault) in
            try MissionEvents.handed(kept, leg: kept.mission.leg, proof: .none, to: ask.caller.person)
        }
        draft.payload["by"] = "loader"
        return draft
    }

    /// Whether somebody may say that goods are aboard: whoever asked for it, staff of the firm whose place it is, and the
    /// zone's officers.
    static func may(_ kept: MissionCase, _ caller: Caller, _ known: [String: Place]) -> Bool {
        if kept.author == caller.author.text || caller.roles.contains(.zoneOfficer) { return true }
        guard let firm = caller.firm, let stop = kept.mission.stop else { return false }
        if let owner = known["\(kept.mission.site)/\(stop.node)"]?.owner { return firm == owner }
        // A place of the zone itself: whoever works for the firm that asked.
        return kept.sender == firm.rawValue
    }
}
