import Access
import District
import Record
import Store

/// How commands about a mission find it.
enum MissionFound {
    static let field = Field(
        "mission", Words("미션", "Mission"),
        .reference(kind: "robot-mission", source: "/api/v1/robots/choices/robot-mission"))
    static let optional = Field(
        "mission", Words("미션", "Mission"),
        .reference(kind: "robot-mission", source: "/api/v1/robots/choices/robot-mission"),
        required: false, help: Words("비우면 내가 부탁한 진행 중인 미션입니다.", "Left empty: the open one that you asked for."))

    /// The mission that the field names, of those whoever asks may see.
    static func named(_ ask: Ask, _ tables: any Reader) throws -> MissionCase {
        let id = ask.values.text("mission")
        guard let kept = try MissionTable.find(id, for: try ask.tenant, in: tables) else { throw unknown }
        return kept
    }

    /// The mission that the field names; without one the only open one that whoever asks had asked for.
    static func own(_ ask: Ask, _ tables: any Reader) throws -> MissionCase {
        guard ask.values.text("mission").isEmpty else { return try named(ask, tables) }
        let author = ask.caller.author.text
        let mine = try MissionTable.open(for: try ask.tenant, in: tables).filter { $0.author == author }
        guard let only = mine.first else {
            throw Refusal(
                .notFound, "mission.none",
                Words("진행 중인 로봇 미션이 없습니다.", "You have no robot mission under way."))
        }
        guard mine.count == 1 else {
            let words = Words(
                "진행 중인 미션이 \(mine.count)건입니다. 어느 것인지 알려 주세요.", "You have \(mine.count) missions under way. Which one?")
            throw Refusal(.conflict, "mission.which", of: "mission", "which", words)
        }
        return only
    }

    static let unknown = Refusal(.notFound, "mission.unknown", Words("그런 미션이 없습니다.", "There is no such mission."))

    /// What a fault of the life cycle is to whoever asks.
    static func drafting<T>(_ body: () throws(MissionFault) -> T) throws(Refusal) -> T {
        do throws(MissionFault) {
            return try body()
        } catch {
            throw error.refusal
        }
    }

    /// Who may settle a mission that waits for a person.
    static let staff: Set<Role> = [.operator, .zoneOfficer, .safetyManager, .executive, .worker]
    /// Who steers the fleet.
    static let operators: Set<Role> = [.operator, .zoneOfficer]
}
