#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The check of a pack's events: their openings and proofs, their order and completeness, and what they name.
struct PackContent {
    let zip: ZipReader
    let manifest: JSON
    let checkpoint: Checkpoint
    /// The files that are not as the manifest has them: they say whose fault a failing proof is.
    let changed: Set<String>

    func check(_ report: inout PackReport) {
        let events = events(&report)
        report.events = events.count
        if manifest["events"]?.integer != Int64(events.count) {
            report.add(.manifest, "it counts \(manifest["events"]?.integer ?? 0) events, not \(events.count)")
        }
        checkStreams(events, &report)
        checkCauses(events, &report)
        checkPersonal(events, &report)
        checkDocuments(events, &report)
    }

    /// The lines of a file, parsed; what cannot be read is reported.
    private func lines(_ name: String, _ kind: PackFinding.Kind, _ report: inout PackReport) -> [JSON] {
        guard let bytes = zip[name] else { return [] }
        var found: [JSON] = []
        for (number, line) in bytes.split(separator: 0x0A).enumerated() {
            guard let value = try? JSON(parsing: line, limits: JSONLimits(bytes: 4 << 20, depth: 64)) else {
                report.add(kind, "\(name), line \(number + 1) cannot be read")
                continue
            }
            found.append(value)
        }
        return found
    }

    /// The events, each held against its proof.
    private func events(_ report: inout PackReport) -> [Event] {
        var paths: [Int64: [TreeHash]] = [:]
        for line in lines(PackFile.proofs, .proof, &report) {
            guard let leaf = line["leaf"]?.integer, let path = line["path"]?.elements else { continue }
            paths[leaf] = path.compactMap { $0.text.flatMap { [UInt8](base64: $0) }.flatMap { TreeHash(bytes: $0) } }
        }
        let blame: PackFinding.Kind =
            changed.contains(PackFile.proofs) && !changed.contains(PackFile.events) ? .proof : .event
        let scopes = manifest["subject"]?["scope"]?.text.flatMap { Scope($0) }
        var (events, seen): ([Event], Set<Int64>) = ([], [])
        for line in lines(PackFile.events, .event, &report) {
            guard let leaf = line["leaf"]?.integer, let salt = line["salt"]?.text.flatMap({ [UInt8](hex: $0) }),
                let body = line["body"]?.text
            else {
                report.add(.event, "a line of \(PackFile.events) lacks leaf, salt or body")
                continue
            }
            guard seen.insert(leaf).inserted else {
                report.add(.repeated, "leaf \(leaf)")
                continue
            }
            let opening = Opening(leaf: leaf, salt: salt, body: Array(body.utf8))
            // One that does not verify is reported once, and not again as a gap of its stream.
            if let path = paths[leaf] {
                let proof = InclusionProof(leaf: leaf, size: checkpoint.size, path: path)
                if !proof.verifies(opening.leafHash, root: checkpoint.root) { report.add(blame, "leaf \(leaf)") }
            } else {
                report.add(.proof, "leaf \(leaf) has none")
            }
            guard let event = try? Event(body: opening.body, leaf: leaf) else {
                report.add(.event, "leaf \(leaf) is no event")
                continue
            }
            if !Self.concerns(event.scope, scopes) { report.add(.foreign, "leaf \(leaf), \(event.scope.text)") }
            events.append(event)
        }
        for leaf in paths.keys.sorted() where !seen.contains(leaf) {
            report.add(.event, "leaf \(leaf) has a proof and is not there")
        }
        return events
    }

    private static func concerns(_ scope: Scope, _ subject: Scope?) -> Bool {
        guard case .firm(let firm) = subject else { return false }
        return switch scope {
        case .firm(let owner): owner == firm
        case .contract(let one, let other): one == firm || other == firm
        case .everyone: true
        case .zone, .person: false
        }
    }

    private func checkStreams(_ events: [Event], _ report: inout PackReport) {
        var found: [String: [Int64: Int64]] = [:]
        for event in events { found[event.stream, default: [:]][event.streamVersion] = event.leaf ?? -1 }
        for line in lines(PackFile.streams, .manifest, &report) {
            guard let stream = line["stream"]?.text, let from = line["from"]?.integer, let to = line["to"]?.integer,
                from <= to, to - from < 10_000_000
            else {
                report.add(.manifest, "a line of \(PackFile.streams) lacks stream, from or to")
                continue
            }
            report.streams += 1
            let withheld = Set(line["withheld"]?.elements?.compactMap(\.integer) ?? [])
            var versions = found.removeValue(forKey: stream) ?? [:]
            var last: Int64 = -1
            for version in from...to {
                guard let leaf = versions.removeValue(forKey: version) else {
                    if !withheld.contains(version) { report.add(.gap, "\(stream), version \(version)") }
                    continue
                }
                if leaf <= last { report.add(.order, "\(stream), version \(version)") }
                last = leaf
            }
            if let more = versions.keys.min() { report.add(.gap, "\(stream), version \(more) is outside its bounds") }
        }
        for stream in found.keys.sorted() { report.add(.gap, "\(stream) is not in \(PackFile.streams)") }
    }

    private func checkCauses(_ events: [Event], _ report: inout PackReport) {
        let leaves = Dictionary(events.map { ($0.id, $0.leaf ?? -1) }, uniquingKeysWith: { first, _ in first })
        for event in events {
            if let cause = event.cause.flatMap({ leaves[$0] }), cause >= event.leaf ?? -1 {
                report.add(.order, "leaf \(event.leaf ?? -1) comes before its cause")
            }
        }
    }

    private func checkPersonal(_ events: [Event], _ report: inout PackReport) {
        let payloads = Dictionary(
            events.map { ($0.id.description, $0.payload) }, uniquingKeysWith: { first, _ in first })
        for line in lines(PackFile.personal, .personal, &report) {
            let (event, field) = (line["event"]?.text ?? "", line["field"]?.text ?? "")
            guard let commitment = payloads[event]?[field].flatMap({ Commitment($0) }),
                let salt = line["salt"]?.text.flatMap({ [UInt8](hex: $0) }), let content = line["content"]?.text,
                Commitment(to: Array(content.utf8), salt: salt, vault: commitment.vault) == commitment
            else {
                report.add(.personal, "\(event) \(field)")
                continue
            }
        }
    }

    private func checkDocuments(_ events: [Event], _ report: inout PackReport) {
        var named: Set<String> = []
        var files: Set<String> = []
        for event in events {
            JSON.object(event.payload).collectTexts { if $0.utf8.count == 64 { named.insert($0) } }
            files.formUnion(JSON.object(event.payload).files)
        }
        for line in lines(PackFile.personal, .personal, &report) {
            let content = line["content"]?.text.flatMap { try? JSON(parsing: $0) }
            content?.collectTexts { if $0.utf8.count == 64 { named.insert($0) } }
        }
        let absent = Set(manifest["absent"]?.elements?.compactMap(\.text) ?? [])
        let there = Set(manifest["documents"]?.elements?.compactMap { $0["sha256"]?.text } ?? [])
        for file in files.subtracting(there).subtracting(absent).sorted() {
            report.add(.document, "\(file) is named by an event and is not there")
        }
        report.limits += PackStatements.absent(absent.count)
        for document in manifest["documents"]?.elements ?? [] {
            report.documents += 1
            let (name, hash) = (document["name"]?.text ?? "", document["sha256"]?.text ?? "")
            guard let bytes = zip[name] else { continue }
            if ContentHash.sha256(bytes) != hash {
                report.add(.document, name)
            } else if !named.contains(hash) {
                report.add(.document, "\(name): no event names it")
            }
        }
    }
}

extension JSON {
    /// The members under which events name files that were attached.
    private static let fileMembers: Set<String> = ["file", "proof", "photo", "sheet"]

    /// The files that it names, by their SHA-256, however deep.
    public var files: Set<String> {
        switch self {
        case .array(let elements): elements.reduce(into: []) { $0.formUnion($1.files) }
        case .object(let members):
            members.reduce(into: []) { found, member in
                if Self.fileMembers.contains(member.key), let hash = member.value.text, hash.utf8.count == 64 {
                    found.insert(hash)
                }
                found.formUnion(member.value.files)
            }
        case .string, .null, .bool, .number: []
        }
    }

    /// Every text that stands in it, however deep.
    public func collectTexts(_ take: (String) -> Void) {
        switch self {
        case .string(let text): take(text)
        case .array(let elements): for element in elements { element.collectTexts(take) }
        case .object(let members): for member in members.values { member.collectTexts(take) }
        case .null, .bool, .number: break
        }
    }
}
