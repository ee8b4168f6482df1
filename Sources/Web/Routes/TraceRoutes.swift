import Access
import District
import HTTPTypes
import Record
import Series
import Store

/// The whole way of one thing that happened: from the reading over every event it led to, to the signed checkpoint that
/// covers it.
struct TraceRoutes {
    var routes: [Route] {
        [
            .get("/api/v1/trace/{id}", .signedIn.orToken("read")) { visit in .json(try await trace(visit).json) },
            .get("/trace/{id}", .anyone) { visit in
                let trace = try await trace(visit)
                if visit.headers[.accept]?.contains("application/json") == true { return .json(trace.json) }
                return .page("trace", title: visit.word("trace_title"), trace.context(visit))
            },
        ]
    }

    /// By the id of a correlation or of any event in it.
    private func trace(_ visit: Visit) async throws -> Trace {
        guard let id = Identifier(visit.parameters["id"] ?? "") else { throw Refusals.noSuchTrace }
        let district = visit.spine.district
        let trace = try await district.store.read { reader -> Trace? in
            var events = try district.log.events(withCorrelation: id, in: reader)
            if events.isEmpty, let event = try district.log.event(id, in: reader) {
                events = try district.log.events(withCorrelation: event.correlation, in: reader)
            }
            // What concerns others stays hidden: a trace shows a firm only its own steps, and
            // a stranger only what is public.
            events = events.filter { visit.sees($0.scope) }
            guard let first = events.first else { return nil }
            // What is personal stays closed here, but to whoever wrote it: the pages of rooms say who else may read it.
            let steps = try events.map { event in
                Trace.Step(
                    event: event,
                    payload: event.author == visit.caller.author
                        ? try district.payload(of: event, in: reader) : district.publicPayload(of: event),
                    author: visit.authorText(event))
            }
            let last = events.compactMap(\.leaf).max()
            let signed = try last.flatMap { try Signer.first(covering: $0, in: reader) }
            var proof: InclusionProof?
            var verifies = false
            let lastEvent = events.first { $0.leaf == last } ?? first
            if let signed, let last, let opening = try district.log.opening(of: lastEvent.id, in: reader) {
                proof = try TreeReader(in: reader).inclusionProof(ofLeaf: last, size: signed.checkpoint.size)
                verifies = proof?.verifies(opening.leafHash, root: signed.checkpoint.root) ?? false
            }
            return Trace(
                correlation: first.correlation, steps: steps, checkpoint: signed, proof: proof, proofVerifies: verifies)
        }
        guard var trace else { throw Refusals.noSuchTrace }
        for scope in Set(trace.steps.map(\.event.scope)) where scope != .everyone {
            try await visit.look(at: scope, "trace/\(trace.correlation)")
        }
        if let evidence = trace.evidence {
            trace.anchor = try await visit.spine.series.anchor(of: evidence.key, at: evidence.observed)
        }
        return trace
    }
}
