import District
import Record
import Store

/// The code of a request, for whoever has just asked for it or whose it is.
enum RequestCode {
    /// What opens a request; nil where it has been forgotten.
    static func find(_ request: CityRequest, in district: District) async throws -> String? {
        let event = request.event
        return try await district.store.read { reader in
            guard let event = try district.log.event(event, in: reader) else { return nil }
            // Of a request of before, the stream's name is the code.
            guard event.payload["code_hash"] != nil else { return CityRequest.id(event.stream) }
            return try district.payload(of: event, in: reader)["code"]?.text
        }
    }
}
