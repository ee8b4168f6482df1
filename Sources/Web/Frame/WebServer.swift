import Access
public import District
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
public import Logging
import NIOSSL
import Record
public import ServiceLifecycle

/// The pages and calls of the house, served over HTTP/1.1, with TLS where a certificate is given.
public struct WebServer: Service {
    /// Every route there is, the spine's and the rooms'.
    public let routes: [Route]
    private let application: Application<RouterResponder<Connection>>

    /// Builds the server.
    /// - Parameter running: told the port once it listens.
    /// - Throws: `PagesError` where a template cannot be used; NIOSSL's errors for a certificate that cannot.
    public init(
        spine: Spine, rooms: [any Room], settings: WebSettings, logger: Logger,
        running: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws {
        let resources = Bundle.module.resourcePath ?? ""
        let pages = try Pages(folders: ["\(resources)/Templates"] + rooms.compactMap(\.templates))
        let doors = Doors(district: spine.district, settings: settings)
        let assets = try Assets(folder: "\(resources)/Assets")
        let ways = Ways(rooms: rooms)
        let calls =
            SignInRoutes(doors: doors, ways: ways).routes + HomeRoutes(rooms: rooms, ways: ways).routes
            + CommandRoutes().routes
            + TraceRoutes().routes + RecordRoutes().routes + RequestRoutes().routes + ThingRoutes().routes
            + AIUseRoutes().routes
            + PeopleRoutes(doors: doors).routes + TokenRoutes(doors: doors).routes + AuditRoutes().routes
            + AttachmentRoutes().routes + ChoiceRoutes().routes
            + OutboxRoutes(rooms: rooms, logger: logger).routes + AppRoutes().routes
            + LiveRoutes(rooms: rooms).routes
            + OperationsRoutes(started: spine.district.clock()).routes + assets.routes
            + rooms.flatMap(\.routes)
        routes = calls + OpenAPIRoutes(calls: calls, version: settings.version).routes
        let permissions = Dictionary(
            calls.filter { $0.method == .get }.map { ($0.path, $0.permission) }, uniquingKeysWith: { $1 })
        let shell = Shell(rooms: rooms, doors: doors, settings: settings, permissions: permissions)
        let dispatcher = Dispatcher(spine: spine, pages: pages, shell: shell, settings: settings, logger: logger)
        let sender = Sender(trusted: settings.trustedProxies)
        let router = Router(context: Connection.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: NotFound(dispatcher: dispatcher, sender: sender))
        for route in routes {
            router.on(RouterPath(stringLiteral: route.path), method: route.method) { request, context in
                let parameters = Dictionary(
                    context.parameters.map { (String($0.key), String($0.value).removingPercentEncoding ?? "") },
                    uniquingKeysWith: { $1 })
                return await dispatcher.respond(
                    request, route, parameters, address: sender.address(of: context.address, request.headers))
            }
        }
        application = Application(
            responder: router.buildResponder(), server: try Self.server(settings),
            configuration: ApplicationConfiguration(address: .hostname(settings.host, port: settings.port)),
            onServerRunning: { channel in await running(channel.localAddress?.port ?? settings.port) },
            logger: logger)
    }

    /// Serves until the house closes.
    public func run() async throws { try await application.run() }

    private static func server(_ settings: WebSettings) throws -> HTTPServerBuilder {
        guard let certificate = settings.certificate, let key = settings.privateKey else { return .http1() }
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
        tls.minimumTLSVersion = .tlsv12
        return try .tls(.http1(), tlsConfiguration: tls)
    }
}

/// An address that no route has, answered like any other refusal.
private struct NotFound: RouterMiddleware {
    let dispatcher: Dispatcher
    let sender: Sender

    @concurrent func handle(
        _ request: Request, context: Connection, next: @concurrent (Request, Connection) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound || error.status == .methodNotAllowed {
            let nowhere = Route(request.method, "/(none)", .anyone, bodyLimit: 1 << 20) { _ in
                throw Refusal(.notFound, "page.unknown", Words("찾으시는 화면이 없습니다.", "There is no such page."))
            }
            return await dispatcher.respond(
                request, nowhere, [:], address: sender.address(of: context.address, request.headers))
        }
    }
}

/// What is known of a request's connection: above all where it comes from.
struct Connection: RequestContext {
    var coreContext: CoreRequestContextStorage
    let address: String

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? ""
    }
}
