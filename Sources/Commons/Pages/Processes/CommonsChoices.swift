import Access
import District
import Foundation
import Record
import Store
import Web

/// What forms offer where a process or a proposal is chosen: by its name, or by its identifier where a link has chosen it.
struct CommonsChoices {
    static let processes = "/api/v1/commons/choices/processes"
    static let proposals = "/api/v1/commons/choices/proposals"
    /// As many as a person reads through.
    private static let most = 20

    var routes: [Route] {
        [
            .get(Self.processes, .anyone) { try await reply($0, CommonsNames.processes) },
            .get(Self.proposals, .anyone) { try await reply($0, CommonsNames.proposals) },
        ]
    }

    private func reply(
        _ visit: Visit, _ names: @escaping @Sendable (Caller, any Reader) throws -> [Named]
    ) async throws -> Reply {
        let (caller, words) = (visit.caller, visit.query["q"] ?? "")
        let named = try await visit.spine.district.store.read { try names(caller, $0) }
        let found = named.filter { one in
            words.isEmpty || one.id == words
                || one.names.contains { $0.range(of: words, options: .caseInsensitive) != nil }
        }
        return .choices(found.prefix(Self.most).map { ($0.id, $0.shown(visit.language)) })
    }
}
