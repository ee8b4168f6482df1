public import Access
public import Record

/// A question that a room answers at once: nothing is recorded, and nothing changes. Whoever listens (the telephone, the
/// text channel, agents) offers it beside the commands.
///
/// ```swift
/// Inquiry("toys.boat.where", title: …, help: …, fields: […], permission: .anyone) { ask, spine in
///     let tenant = try ask.tenant
///     return try await spine.district.store.read { try Boats.place(ask.values.text("boat"), for: tenant, in: $0) }
/// }
/// ```
public struct Inquiry: Sendable {
    /// What is asked, and by whom it may be.
    public let form: Form
    /// Answers on behalf of whoever asks, with the values held against the form. It reads and has no effect.
    ///
    /// A ``Refusal`` is an answer too: with kind `.notFound` its words are said; with `.invalid` and a fault the faulty
    /// field is asked for in words and the question is put again; of any other kind its words are said as a no.
    public let answer: @Sendable (Ask, Spine) async throws -> Words

    /// A question with its answer.
    /// - Parameters:
    ///   - name: `room.subject.question`: `toys.boat.where`.
    ///   - title: what is asked, as it is said.
    ///   - help: one sentence more, which agents read too.
    ///   - fields: what must be known for it; only what can be said.
    ///   - permission: who may ask.
    public init(
        _ name: String, title: Words, help: Words, fields: [Field] = [], permission: Permission,
        answer: @escaping @Sendable (Ask, Spine) async throws -> Words
    ) {
        form = Form(name, title: title, help: help, fields: fields, permission: permission, surfaces: [.voice, .mcp])
        self.answer = answer
    }
}

extension District {
    /// The questions that rooms answer, by name.
    public var inquiries: [String: Inquiry] { plan.inquiries }
}

extension Spine {
    /// Answers a question of a room's, by the rights of whoever asks.
    /// - Throws: ``Refusal``; `StoreError` where the database fails.
    public func answer(_ name: String, _ entered: [String: JSON], by caller: Caller) async throws -> Words {
        guard let inquiry = district.inquiries[name] else {
            throw Refusal(.notFound, "inquiry.unknown", Words("그런 질문이 없습니다.", "There is no such question."))
        }
        try District.allow(inquiry.form.permission, caller)
        let values = try inquiry.form.check(entered)
        let ask = Ask(values: values, caller: caller, now: district.clock(), cosigner: nil, offline: nil)
        return try await inquiry.answer(ask, self)
    }
}
