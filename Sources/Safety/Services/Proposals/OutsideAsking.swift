import Foundation
import Record

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Asks a model outside the house; whatever goes wrong there is no answer and no harm here.
struct OutsideAsking: Sendable {
    /// Why there is no proposal.
    enum Failure: Error, Hashable {
        /// It was not reached in time, or answered with an error.
        case unreachable(String)
        /// It answered something else than was agreed.
        case strange(String)
    }

    let model: OutsideModel

    /// What it proposes.
    func ask(text: String? = nil, photo: [UInt8]? = nil, media: String? = nil) async throws(Failure) -> TypeProposal {
        var request = URLRequest(url: model.url, timeoutInterval: model.timeout)
        request.httpMethod = "POST"
        request.httpBody = Data(model.question(text: text, photo: photo, media: media).canonical)
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue("application/json", forHTTPHeaderField: "Accept")
        let session = URLSession(configuration: configuration, delegate: Straight(), delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        let (data, response): (Data, URLResponse)
        do {
            (data, response) = try await session.data(for: request)
        } catch {
            throw .unreachable("\(error.localizedDescription)")
        }
        guard let status = (response as? HTTPURLResponse)?.statusCode, status == 200 else {
            throw .unreachable("status \((response as? HTTPURLResponse)?.statusCode ?? 0)")
        }
        guard data.count <= OutsideModel.largestAnswer else { throw .strange("\(data.count) bytes") }
        let answer: JSON
        do {
            answer = try JSON(parsing: [UInt8](data))
        } catch {
            throw .strange("\(error)")
        }
        guard let proposal = model.proposal(from: answer) else { throw .strange("no candidates") }
        return proposal
    }

    private var configuration: URLSessionConfiguration {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        // The request's own limit is not looked at on Linux.
        configuration.timeoutIntervalForRequest = model.timeout
        configuration.timeoutIntervalForResource = model.timeout
        return configuration
    }

    /// Goes nowhere else than where the district said, whatever the other side answers.
    private final class Straight: NSObject, URLSessionTaskDelegate {
        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) {
            completionHandler(nil)
        }
    }
}
