import District
import Record
import ServiceLifecycle

/// The sample's vehicles at work: at the house's own broker as any other would be, or within the house where it has none.
struct SampleFleetService: Service {
    let spine: Spine
    let fleet: Fleet
    let air: FleetAir
    let sites: [SitePlan]

    func run() async throws {
        let vehicles = SampleFleet(sites: sites).vehicles(seed: 1)
        guard let account = spine.mqtt else { return await alone(vehicles) }
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                for vehicle in vehicles {
                    let run = VehicleRun(
                        vehicle: vehicle, desk: fleet.desk, account: account, clock: spine.district.clock)
                    group.addTask {
                        do { try await run.run() } catch is CancellationError {} catch {
                            spine.district.report("the sample's vehicle \(vehicle.vehicle) does not drive", error)
                        }
                    }
                }
            }
        }
    }

    private func alone(_ vehicles: [SimulatedVehicle]) async {
        let heard = air.down.listen()
        let fleetOfVoices = Voices(vehicles.map { VehicleVoice($0) }, desk: fleet.desk)
        let listening = Task {
            for await message in heard { await fleetOfVoices.hear(message) }
        }
        await beat(every: .seconds(VehicleRun.step)) {
            for (topic, payload) in await fleetOfVoices.live(VehicleRun.step, at: spine.district.clock()) {
                await fleet.hear(topic: topic, payload)
            }
        }
        listening.cancel()
    }

    private actor Voices {
        private var voices: [VehicleVoice]
        private let desk: VDADesk

        init(_ voices: [VehicleVoice], desk: VDADesk) {
            self.voices = voices
            self.desk = desk
        }

        func hear(_ message: FleetAir.Message) {
            guard let (address, topic) = VDAAddress.read(message.topic),
                let index = voices.firstIndex(where: { $0.address == address })
            else { return }
            voices[index].hear(topic, message.payload, desk)
        }

        func live(_ seconds: Double, at now: Timestamp) -> [(String, [UInt8])] {
            voices.indices.flatMap { index in
                let address = voices[index].address
                return voices[index].live(seconds, at: now).map { (address.topic($0.topic), $0.payload) }
            }
        }
    }
}
