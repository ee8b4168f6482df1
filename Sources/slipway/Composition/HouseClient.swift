import Foundation
import Record

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Speaks to the running house, as any other program would.
struct HouseClient: Sendable {
    private let url: URL
    private let token: String

    /// The house whose console file lies in the data folder.
    /// - Throws: ``Complaint`` where none is running.
    init(_ folder: DataFolder, token: String? = nil, url: String? = nil) throws {
        let console = folder.readConsole()
        guard let address = url ?? console?.url, let parsed = URL(string: address), let key = token ?? console?.token
        else {
            throw Complaint(
                "실행 중인 Slipway가 없습니다. 먼저 ‘slipway serve’를 실행해 주세요. / No Slipway is running here: start ‘slipway serve’ first."
            )
        }
        self.url = parsed
        self.token = key
    }

    /// Sends a request.
    /// - Returns: the status and the answer.
    func send(
        _ method: String, _ path: String, query: [String: String] = [:], body: [UInt8]? = nil,
        type: String = "application/json", headers: [String: String] = [:]
    ) async throws -> (status: Int, answer: JSON) {
        var parts = URLComponents()
        parts.scheme = url.scheme
        parts.host = url.host
        parts.port = url.port
        parts.path = path
        if !query.isEmpty {
            parts.queryItems = query.sorted { $0.key < $1.key }.map { URLQueryItem(name: $0.key, value: $0.value) }
        }
        guard let address = parts.url else { throw Complaint("\(path) is no address") }
        var request = URLRequest(url: address, timeoutInterval: 600)
        request.httpMethod = method
        request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        request.setValue("cli", forHTTPHeaderField: "X-Slipway-Surface")
        request.setValue("application/json", forHTTPHeaderField: "Accept")
        let speaksEnglish = ProcessInfo.processInfo.environment["LANG"]?.hasPrefix("en") == true
        request.setValue(speaksEnglish ? "en" : "ko", forHTTPHeaderField: "Accept-Language")
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        if let body {
            request.httpBody = Data(body)
            request.setValue(type, forHTTPHeaderField: "Content-Type")
        }
        let (data, response): (Data, URLResponse)
        do {
            (data, response) = try await URLSession.shared.data(for: request)
        } catch {
            throw Complaint("Slipway가 응답하지 않습니다 / Slipway does not answer: \(error.localizedDescription)")
        }
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        let answer = data.isEmpty ? JSON.null : try JSON(parsing: [UInt8](data))
        return (status, answer)
    }
}

/// How answers leave the command line.
enum Output {
    /// JSON on one line, for programs.
    static func json(_ value: JSON) { print(value.canonicalText) }

    /// A problem in words, with each field's fault on a line of its own, to standard error.
    static func problem(_ answer: JSON) {
        var lines = [answer["title"]?.text ?? answer["message"]?.text ?? "–"]
        for error in answer["errors"]?.elements ?? [] {
            let line = error["line"]?.integer.map { " (\($0)행 / line \($0))" } ?? ""
            lines.append(
                "  \(error["field"]?.text ?? "")\(line): \(error["detail"]?.text ?? error["rule"]?.text ?? "")")
        }
        error(lines.joined(separator: "\n"))
    }

    /// A line to standard error.
    static func error(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
