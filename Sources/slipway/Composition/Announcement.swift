import Access
import District
import Foundation
import Logging
import Record
import Store
import Web

/// What the console says once the house stands: where it is, and how the first person comes in.
struct Announcement: Sendable {
    let open: OpenHouse
    let settings: WebSettings
    let broker: MQTTAccount?
    let started: ContinuousClock.Instant
    let logger: Logger

    func listening(on port: Int) async {
        let scheme = settings.certificate == nil ? "http" : "https"
        let local = "\(scheme)://\(settings.host.contains(":") ? "[\(settings.host)]" : settings.host):\(port)"
        let address = settings.publicURL ?? local
        do {
            let token = try await consoleToken()
            try open.folder.writeConsole(.init(url: local, token: token, process: getpid()))
            let link = try await firstLink()
            let elapsed = started.duration(to: .now)
            let milliseconds =
                elapsed.components.seconds * 1000 + elapsed.components.attoseconds / 1_000_000_000_000_000
            print("Slipway \(Release.version)  \(address)   (\(milliseconds) ms)")
            if let broker { print("MQTT    \(broker.host):\(broker.port)   (\(open.folder.broker))") }
            if let link {
                print("처음 로그인 (한 번만 쓸 수 있습니다) / first sign-in (works once):")
                print("  \(address)/setup/\(link)")
            }
            fflush(nil)
        } catch {
            logger.error("the console could not be set up", metadata: ["reason": "\(error)"])
        }
    }

    /// A fresh token for commands given on this machine, by whoever may read the data folder. It replaces the last one.
    private func consoleToken() async throws -> String {
        let now = open.district.clock()
        return try await open.district.transact { transaction in
            let writer = transaction.writer
            for old in try APITokens.list(for: try Caller.system("console").tenant, limit: 500, in: writer).rows
            where old.name.hasPrefix("console-") && old.isAlive(at: now) {
                _ = try APITokens.revoke(old.id, for: try Caller.system("console").tenant, at: now, in: writer)
            }
            let request = APITokenRequest(
                name: "console-\(Identifier(at: now))",
                scopes: ["command:*", "read", "readings:write", "metrics:read"],
                roles: [.administrator, .zoneOfficer, .operator])
            return try APITokens.issue(request, by: .system("console"), at: now, in: writer).key
        }
    }

    private func firstLink() async throws -> String? {
        let now = open.district.clock()
        return try await open.store.write { transaction in
            guard try Credentials.areEmpty(in: transaction) else { return nil }
            try SetupLink.revokeAll(in: transaction)
            return try SetupLink.issue(roles: SetupLink.firstRoles, at: now, in: transaction)
        }
    }
}
