public import Access
public import Record
import Store

/// Something that was asked for and waits for a second person's signature.
public struct WaitingRequest: Sendable {
    /// Its identifier, which the signature names.
    public let id: Identifier
    /// The command that will be done.
    public let form: Form
    /// What was entered, content about people disclosed where the vault still has it.
    public let values: [String: JSON]
    /// Who asked.
    public let author: Author
    /// When.
    public let at: Timestamp
}

extension District {
    /// The requests that a caller may sign: seen by them, of a command that names one of their roles, asked by another.
    public func requestsToSign(by caller: Caller) async throws -> [WaitingRequest] {
        guard case .person = caller.identity else { return [] }
        let tenant: Tenant
        do throws(AccessError) { tenant = try caller.tenant } catch { return [] }
        let (forms, log) = (forms, log)
        return try await store.read { reader in
            try FrameTables.openRequests(for: tenant, in: reader).compactMap { id, request in
                guard request.author != caller.author, let form = forms[request.command],
                    case .secondPerson(let roles) = form.confirmation, !roles.isDisjoint(with: caller.roles),
                    let opened = try log.events(inStream: "request/\(id)", in: reader).first
                else { return nil }
                let personal = try log.disclosed(opened, in: reader)["personal"]?.members ?? [:]
                return WaitingRequest(
                    id: id, form: form, values: request.entered.merging(personal) { $1 }, author: request.author,
                    at: opened.recorded)
            }
        }
    }
}
