import District
import Record

/// Several places are looked at, visited, or served in one go.
struct PatrolMission {
    let asking: MissionAsk
    /// No more stops than a vehicle does in one charge.
    private static let most = 20

    var patrol: Command {
        let form = Form(
            "robots.mission.patrol", title: Words("순찰 시키기", "Send a patrol"),
            help: Words("로봇이 차례로 들러 살펴봅니다.", "A robot goes from place to place and looks."),
            fields: [
                Field(
                    "places", Words("살펴볼 곳", "Places"),
                    .list([MissionAsk.place("place", Words("장소", "Place"))], maximum: Self.most)),
                MissionAsk.deadline, MissionAsk.priority,
            ], permission: MissionAsk.permission("robots.mission.patrol"), confirmation: .readBack,
            surfaces: [.web, .http, .cli, .voice])
        return Command(form, assume: { _, _ in ["priority": .string(Mission.Priority.low.name)] }) {
            [asking] ask, tables in
            let known = try asking.places.names(for: try ask.tenant, in: tables)
            let stops = try Self.rows("places", ask).map { field, row in
                let place = try asking.place("\(field).place", row["place"]?.text ?? "", known)
                return (place: place, stop: Mission.Stop(node: place.node, task: .look))
            }
            var wish = MissionAsk.Wish(
                kind: .patrol, stops: stops, items: "",
                priority: Mission.Priority(name: ask.values.text("priority")) ?? .low)
            wish.fields = Self.fields("places", stops.count)
            return [try asking.draft(wish, ask, tables)]
        }
    }

    var round: Command {
        let form = Form(
            "robots.round.start", title: Words("돌봄 순회 시작", "Start a care round"),
            help: Words(
                "로봇이 방마다 들러 알림을 말하고 대답을 기다립니다. 대답이 없으면 담당자를 부릅니다.",
                "A robot visits each room, says the reminder and waits for an answer. Without one it calls a person."),
            fields: [
                Field(
                    "visits", Words("방문할 곳", "Visits"),
                    .list(
                        [
                            MissionAsk.place("place", Words("장소", "Place")),
                            Field("words", Words("전할 말", "What to say"), .text(maximum: 200), isPersonal: true),
                        ], maximum: Self.most)),
                Field(
                    "patience", Words("대답을 기다리는 시간", "How long an answer is waited for"),
                    .integer(30...900, unit: "s"), required: false),
                MissionAsk.deadline,
            ], permission: MissionAsk.permission("robots.round.start"), confirmation: .readBack,
            surfaces: [.web, .http, .cli, .voice])
        return Command(form) { [asking] ask, tables in
            let known = try asking.places.names(for: try ask.tenant, in: tables)
            let patience = ask.values.integer("patience").map { Double($0) } ?? asking.settings.visit
            var says: [Int: String] = [:]
            var stops: [(place: Place, stop: Mission.Stop)] = []
            for (field, row) in try Self.rows("visits", ask) {
                let place = try asking.place("\(field).place", row["place"]?.text ?? "", known)
                says[stops.count] = row["words"]?.text
                stops.append((place, .init(node: place.node, task: .visit, patience: patience)))
            }
            var wish = MissionAsk.Wish(kind: .round, stops: stops, items: "", priority: .urgent, says: says)
            wish.fields = Self.fields("visits", stops.count)
            return [try asking.draft(wish, ask, tables)]
        }
    }

    var compose: Command {
        let tasks = Mission.Stop.Task.allCases.map { Field.Choice($0.rawValue, $0.words) }
        let form = Form(
            "robots.mission.compose", title: Words("여러 곳에 들르기", "Several stops in one go"),
            help: Words("싣고, 전하고, 들르는 일을 차례로 합니다.", "Loading, handing over and visits, one after another."),
            fields: [
                Field(
                    "stops", Words("들를 곳", "Stops"),
                    .list(
                        [
                            MissionAsk.place("place", Words("장소", "Place")),
                            Field("task", Words("할 일", "What is done"), .choice(tasks)), MissionAsk.proof,
                        ], maximum: Self.most)),
                Field("what", Words("무엇을", "What"), .text(maximum: 100), required: false), MissionAsk.weight,
                MissionAsk.deadline, MissionAsk.priority, MissionAsk.recipient, MissionAsk.note,
            ] + MissionAsk.cold,
            permission: MissionAsk.permission("robots.mission.compose"), confirmation: .readBack)
        return Command(form, assume: { [asking] ask, _ in ["priority": .string(asking.priority(ask).name)] }) {
            [asking] ask, tables in
            let known = try asking.places.names(for: try ask.tenant, in: tables)
            let what = ask.values.text("what")
            let priority = asking.priority(ask)
            var aboard = 0
            let stops = try Self.rows("stops", ask).map { field, row in
                let place = try asking.place("\(field).place", row["place"]?.text ?? "", known)
                let task = row["task"]?.text.flatMap { Mission.Stop.Task(rawValue: $0) } ?? .look
                aboard += task == .pick ? 1 : task == .drop ? -1 : 0
                guard aboard >= 0 else {
                    let words = Words("싣기 전에 전달할 수는 없습니다.", "Nothing can be handed over before it was loaded.")
                    throw Refusal(.invalid, "mission.order-of-stops", of: "\(field).task", "order", words)
                }
                let proof: Mission.Stop.Proof =
                    task == .drop ? asking.proof(row["handover"]?.text ?? "", priority) : .none
                if task == .pick {
                    return (place: place, stop: Mission.Stop.pick(place, patience: asking.settings.loading))
                }
                let patience = task == .visit ? asking.settings.visit : asking.settings.handOver
                return (
                    place: place, stop: Mission.Stop(node: place.node, task: task, proof: proof, patience: patience)
                )
            }
            // What is loaded is handed over: else it would ride on with nobody waiting for it.
            if aboard > 0, let last = stops.lastIndex(where: { $0.stop.task == .pick }) {
                let words = Words("실은 물건을 전달할 곳이 없습니다.", "What is loaded here is handed over nowhere.")
                throw Refusal(.invalid, "mission.order-of-stops", of: "stops[\(last)].task", "order", words)
            }
            let kind: Mission.Kind = stops.contains { $0.stop.task == .drop } ? .deliver : .patrol
            var wish = MissionAsk.Wish(kind: kind, stops: stops, items: what, priority: priority)
            wish.fields = Self.fields("stops", stops.count)
            return [try asking.draft(wish, ask, tables)]
        }
    }

    /// The fields that name the places of a list's rows.
    private static func fields(_ name: String, _ many: Int) -> [String] { (0..<many).map { "\(name)[\($0)].place" } }

    /// The rows of a list with the names of their fields.
    private static func rows(_ name: String, _ ask: Ask) throws -> [(String, JSON)] {
        let rows = ask.values[name]?.elements ?? []
        guard !rows.isEmpty else { throw MissionAsk.empty }
        return rows.enumerated().map { ("\(name)[\($0.offset)]", $0.element) }
    }
}
