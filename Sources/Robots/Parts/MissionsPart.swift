import Access
import District
import Record
import Store
import Web

extension Part {
    /// Missions: asked for, given, driven, handed over.
    /// - Parameters:
    ///   - floor: who knows where vehicles are.
    ///   - carries: what a vehicle carries at most, kg.
    static func missions(
        _ book: Handbook, places: Places, floor: FloorSource = FloorSource(),
        carries: @escaping @Sendable (ThingID) -> Double? = { _ in nil }
    ) throws(HandbookError) -> Part {
        let settings = try MissionSettings(book)
        let asking = MissionAsk(places: places, settings: settings, carries: carries)
        let (deliver, patrol) = (DeliverMission(asking: asking), PatrolMission(asking: asking))
        let loading = LoadMission(places: places)
        var part = Part()
        part.migrations = [MissionTable.migration, MissionTable.additions, BadgeTable.migration, MissionTable.reasons]
        part.projections = [MissionTable.projection, BadgeTable.projection]
        part.commands = [
            deliver.deliver, deliver.fetch, patrol.patrol, patrol.round, patrol.compose, EndMission.cancel,
            EndMission.retry, loading.command, ConfirmMission(settings: settings, loading: loading).command,
            RecodeMission.command, AnswerMission.command,
            AssignMission.command, UnloadVehicle.command, RegisterBadge.register, RegisterBadge.withdraw,
        ]
        part.answers = [
            WhereDelivery(places: places, settings: settings, floor: floor).inquiry,
            RobotsInNeed(places: places, floor: floor).inquiry,
        ]
        part.reactions = MissionReactions(asking: asking).all
        part.aiUses = [DispatchUse.use]
        part.names = [
            "robot-place": { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                return settings.named(try places.all(tenant, reader))
            },
            "robot-mission": { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                let known = try places.names(for: tenant, in: reader)
                let open = try MissionTable.open(for: tenant, in: reader).map { kept in
                    let last = kept.mission.stops.last.flatMap { known["\(kept.mission.site)/\($0.node)"]?.name }
                    return Named(
                        kept.number,
                        [kept.mission.items, last.map { "\($0.ko) \(kept.mission.items)" } ?? "", last?.ko ?? ""],
                        label: kept.shown(known))
                }
                // What is over is shown by its name, and called by none: nobody who speaks means it.
                let ever = Timestamp(microseconds: 0)
                let over = try MissionTable.ended(since: ever, limit: 60, for: tenant, in: reader)
                return open + over.map { Named($0.number, [], label: $0.shown(known)) }
            },
        ]
        let routes = MissionRoutes(places: places, settings: settings, floor: floor)
        part.routes = routes.routes + TrackRoutes(places: places, settings: settings, floor: floor).routes
        part.doors = [
            Door(
                "/robots/missions", Words("로봇 미션", "Robot missions"),
                Words(
                    "배달·순찰·돌봄을 부탁하고 어디쯤인지 봅니다.", "Ask for deliveries, patrols and care rounds, and see where they are."),
                roles: MissionRoutes.roles)
        ]
        part.doors.append(
            Door(
                "/do/robots.badge.register?next=/robots", Words("직원증 등록", "Staff badges"),
                Words("로봇에게서 받을 때 대는 직원증을 등록합니다.", "Registers the badges that are held to robots."),
                roles: RegisterBadge.roles))
        part.home = { try await routes.tasks($0) }
        part.services = { spine in
            [MissionWatch(spine: spine, settings: settings)] + (spine.isSample ? [SampleHands(spine: spine)] : [])
        }
        part.sample = { spine, _ in
            let known = try await spine.district.store.read { try places.every($0) }
            try await MissionSample(district: spine.district, settings: settings).found(known)
        }
        part.topics = [("robots.mission.", "robots-missions")]
        return part
    }
}
