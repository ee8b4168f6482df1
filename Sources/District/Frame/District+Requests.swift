public import Access
public import Record
import Store

/// Something that was asked for and waits for a second person's signature.
public struct WaitingRequest: Sendable {
    /// Its identifier, which the signature names.
    public let id: Identifier
    /// The command that will be done.
    public let form: Form
    /// What was entered; content about people is disclosed, where the vault still has it, to who asked and who may sign.
    public let values: [String: JSON]
    /// Who asked.
    public let author: Author
    /// When.
    public let at: Timestamp
    /// What the one who looks has to do with it.
    public let standing: Standing

    /// What somebody has to do with a request.
    public enum Standing: Sendable, Hashable {
        /// They asked for it, and may take it back.
        case own
        /// They may sign or refuse it.
        case sign
        /// They see that it waits.
        case look
    }
}

extension District {
    /// The requests that a caller may sign: seen by them, of a command that names one of their roles, asked by another.
    public func requestsToSign(by caller: Caller) async throws -> [WaitingRequest] {
        try await requestsWaiting(seenBy: caller).filter { $0.standing == .sign }
    }

    /// The requests that wait and that a caller sees, the oldest first.
    public func requestsWaiting(seenBy caller: Caller) async throws -> [WaitingRequest] {
        guard case .person = caller.identity else { return [] }
        let tenant: Tenant
        do throws(AccessError) { tenant = try caller.tenant } catch { return [] }
        let (forms, log) = (forms, log)
        return try await store.read { reader in
            try FrameTables.openRequests(for: tenant, in: reader).compactMap { id, request in
                guard let form = forms[request.command], case .secondPerson(let roles) = form.confirmation,
                    let opened = try log.events(inStream: "request/\(id)", in: reader).first
                else { return nil }
                let standing: WaitingRequest.Standing =
                    request.author == caller.author ? .own : roles.isDisjoint(with: caller.roles) ? .look : .sign
                let personal =
                    standing == .look ? [:] : try log.disclosed(opened, in: reader)["personal"]?.members ?? [:]
                return WaitingRequest(
                    id: id, form: form, values: request.entered.merging(personal) { $1 }, author: request.author,
                    at: opened.recorded, standing: standing)
            }
        }
    }
}
