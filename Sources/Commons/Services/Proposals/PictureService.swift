import District
import ServiceLifecycle

/// Clears the shelf of pictures that nobody used.
struct PictureService: Service {
    let district: District

    func run() async throws {
        await beat(every: .seconds(900), in: district, failing: "pictures that nothing names were not forgotten") {
            try await PictureShelf.clear(in: district)
        }
    }
}
