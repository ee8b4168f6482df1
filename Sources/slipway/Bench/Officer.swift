import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A zone officer at a browser: comes in by the first one-time link and looks at pages.
struct Officer {
    private let session: URLSession
    private let house: URL
    private let cookie: String

    init(link: URL) async throws {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpShouldSetCookies = false
        configuration.httpCookieAcceptPolicy = .never
        session = URLSession(configuration: configuration, delegate: Still(), delegateQueue: nil)
        var request = URLRequest(url: link)
        request.httpMethod = "POST"
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        let password = "bench-\(UInt64.random(in: 0 ... .max))"
        request.httpBody = Data("name=officer&password=\(password)&again=\(password)".utf8)
        let (_, response) = try await session.data(for: request)
        guard let cookie = (response as? HTTPURLResponse)?.value(forHTTPHeaderField: "Set-Cookie"),
            let pair = cookie.split(separator: ";").first
        else { throw Complaint("the first sign-in was refused") }
        self.cookie = String(pair)
        house = link
    }

    /// Looks at a page.
    func look(_ path: String, _ query: [String: String]) async throws {
        var parts = URLComponents()
        (parts.scheme, parts.host, parts.port, parts.path) = (house.scheme, house.host, house.port, path)
        if !query.isEmpty {
            parts.queryItems = query.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: $0.value) }
        }
        guard let url = parts.url else { throw Complaint("\(path) is no address") }
        var request = URLRequest(url: url)
        request.setValue(cookie, forHTTPHeaderField: "Cookie")
        let (data, response) = try await session.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard status == 200, data.count > 1000 else { throw Complaint("\(path) answered \(status)") }
    }

    /// Stays where it is sent.
    private final class Still: NSObject, URLSessionTaskDelegate {
        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) {
            completionHandler(nil)
        }
    }
}
