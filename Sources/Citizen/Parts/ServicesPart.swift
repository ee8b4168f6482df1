import Access
import District
import Record
import ServiceLifecycle
import Web

extension Part {
    /// The city's public services: what is asked for, how it is brought to the city's systems, and what became of it.
    static func services(_ book: Handbook) throws(HandbookError) -> Part {
        let services = try CityServices(book)
        var part = Part()
        part.migrations = [RequestTable.migration, RequestTable.codes, DeliveryTable.migration]
        part.projections = [RequestTable.projection]
        part.commands =
            services.services.compactMap { SubmitRequest.command($0) } + [AnswerRequest.command, CloseRequest.command]
        part.services = { spine in
            let delivery = RequestDelivery(spine: spine, services: services)
            return [
                Follower(
                    "citizen.connector", types: [RequestEvents.submitted], district: spine.district,
                    handle: { event, _ in
                        do {
                            try await delivery.deliver(id: CityRequest.id(event.stream))
                        } catch {
                            // One that cannot be brought holds up no other: it is tried again when it is due.
                            spine.district.report("a request could not be brought to the city", error)
                        }
                    }),
                RequestSweep(delivery: delivery),
            ]
        }
        part.routes =
            ServiceRoutes(services: services).routes + CityRequestRoutes(services: services).routes
            + Open311Routes(services: services).routes
        part.doors = [
            Door(
                "/citizen/services", Words("생활 민원·공공 서비스", "City services"),
                Words("신고·신청·예약·조회를 골라서 합니다.", "Reports, applications, bookings and look-ups to choose from."),
                roles: nil),
            Door(
                "/citizen/requests", Words("접수 조회", "Find a request"),
                Words("신청한 것이 어떻게 되었는지 봅니다.", "What became of what you asked for."), roles: nil),
            Door(
                "/citizen/apps", Words("공공 앱 열기", "Public apps"),
                Words("정부24, 홈택스처럼 자주 쓰는 앱으로 갑니다.", "To Government24, Hometax and other apps."), roles: nil),
            Door(
                "/citizen/desk/requests", Words("민원 접수 처리", "Requests at the desk"),
                Words("접수된 것에 답하고 끝냅니다.", "Answer and close what was asked for."), roles: [.zoneOfficer]),
        ]
        part.sample = { spine, seed in try await RequestSample(spine: spine, services: services).found(seed) }
        part.topics = [("citizen.request.", "citizen-requests")]
        return part
    }
}

/// Brings again what no system of the city has taken yet.
struct RequestSweep: Service {
    let delivery: RequestDelivery

    func run() async throws {
        // A few at once: one system that is slow to answer keeps nobody else's request.
        await withTaskGroup(of: Void.self) { hands in
            for _ in 0..<RequestDelivery.hands {
                hands.addTask { await beat(every: .milliseconds(500)) { await delivery.sweep() } }
            }
        }
    }
}
