#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Checks an evidence pack on its own, without the house that made it.
public struct PackVerifier: Sendable {
    let keys: [VerifierKey]
    let witnesses: [VerifierKey]
    let saved: [SignedCheckpoint]
    let trust: TimeTrust?

    /// A verifier.
    /// - Parameters:
    ///   - keys: the log's keys, from elsewhere than the pack; without any, the pack's own is taken and the report says so.
    ///   - witnesses: keys of witnesses that are believed.
    ///   - saved: checkpoints kept elsewhere.
    ///   - trust: whom one believes about the time; without it no signature of an authority is checked.
    public init(
        keys: [VerifierKey], witnesses: [VerifierKey] = [], saved: [SignedCheckpoint] = [],
        trust: TimeTrust? = nil
    ) {
        self.keys = keys
        self.witnesses = witnesses
        self.saved = saved
        self.trust = trust
    }

    /// Checks a pack. Whatever is wrong is in the report; nothing is thrown.
    public func verify(_ archive: Data) -> PackReport {
        var report = PackReport()
        let zip: ZipReader
        do throws(RecordError) {
            zip = try ZipReader(archive)
        } catch {
            report.add(.archive, error.message)
            return report
        }
        let trusted = trustedKeys(zip, &report)
        guard let manifest = manifest(zip, trusted, &report) else { return report }
        let changed = checkFiles(zip, manifest, &report)
        if let checkpoint = checkpoint(zip, manifest, trusted, &report) {
            PackContent(zip: zip, manifest: manifest, checkpoint: checkpoint.checkpoint, changed: changed)
                .check(&report)
            checkWitnesses(zip, checkpoint, &report)
            checkTime(zip, manifest, &report)
        }
        report.limits.append(
            Words(
                "기록할 때 사실이었는지, 기록되지 않은 일이 있는지는 이 확인으로 알 수 없습니다.",
                "Whether something was true when it was recorded, or was never recorded, this check cannot tell."))
        return report
    }

    private func text(_ zip: ZipReader, _ name: String) -> String? {
        zip[name].map { String(decoding: $0, as: UTF8.self) }
    }

    private func trustedKeys(_ zip: ZipReader, _ report: inout PackReport) -> [VerifierKey] {
        let own = text(zip, PackFile.key).flatMap { try? VerifierKey($0.dropLast()) }
        guard keys.isEmpty else {
            if let own, !keys.contains(own) { report.add(.key, own.description) }
            return keys
        }
        report.limits.append(
            Words(
                "검증 열쇠를 따로 받지 않아 묶음에 든 열쇠로 확인하였습니다. 누가 만들었는지는 증명되지 않습니다.",
                "No verifier key was given, so the pack's own was used: this does not prove who made it."))
        return [own].compactMap { $0 }
    }

    private func manifest(_ zip: ZipReader, _ keys: [VerifierKey], _ report: inout PackReport) -> JSON? {
        guard let bytes = zip[PackFile.manifest], let seal = text(zip, PackFile.seal) else {
            report.add(.missing, "\(PackFile.manifest), \(PackFile.seal)")
            return nil
        }
        do throws(RecordError) {
            let note = try SignedNote(parsing: seal)
            try note.verify(with: keys)
            if note.text != PackFile.sealText(ContentHash.sha256(bytes)) {
                report.add(.seal, "the signature is of another manifest")
            }
        } catch {
            report.add(.seal, error.message)
        }
        guard let manifest = try? JSON(parsing: bytes, limits: Self.limits),
            manifest["format"]?.text == PackDescription.format
        else {
            report.add(.manifest, "not of the form \(PackDescription.format)")
            return nil
        }
        report.subject = manifest["subject"]?["name"]?.text ?? ""
        report.from = manifest["period"]?["from"]?.text ?? ""
        report.until = manifest["period"]?["until"]?.text ?? ""
        report.made = manifest["made"]?.text ?? ""
        return manifest
    }

    /// A manifest lists every document: larger than what comes over the wire may be.
    private static let limits = JSONLimits(bytes: 64 << 20, depth: 16)

    /// Holds every file against the manifest.
    /// - Returns: the names of those that were changed.
    private func checkFiles(_ zip: ZipReader, _ manifest: JSON, _ report: inout PackReport) -> Set<String> {
        var (named, changed): (Set<String>, Set<String>) = ([PackFile.manifest, PackFile.seal], [])
        for file in manifest["files"]?.elements ?? [] {
            guard let name = file["name"]?.text, named.insert(name).inserted else {
                report.add(.manifest, "a file without a name, or named twice")
                continue
            }
            guard let bytes = zip[name] else {
                report.add(.missing, name)
                continue
            }
            if ContentHash.sha256(bytes) != file["sha256"]?.text {
                report.add(.changed, name)
                changed.insert(name)
            }
        }
        for name in zip.names where !named.contains(name) { report.add(.extra, name) }
        return changed
    }

    private func checkpoint(
        _ zip: ZipReader, _ manifest: JSON, _ keys: [VerifierKey], _ report: inout PackReport
    ) -> SignedCheckpoint? {
        let signed: SignedCheckpoint
        do throws(RecordError) {
            signed = try SignedCheckpoint(parsing: text(zip, PackFile.checkpoint) ?? "")
            try signed.verify(with: keys)
        } catch {
            report.add(.checkpoint, error.message)
            return nil
        }
        let checkpoint = signed.checkpoint
        if manifest["checkpoint"]?["size"]?.integer != checkpoint.size
            || manifest["checkpoint"]?["root"]?.text != checkpoint.root.bytes.base64
            || manifest["log"]?.text != checkpoint.origin
        {
            report.add(.manifest, "it names another checkpoint")
        }
        (report.size, report.root) = (checkpoint.size, checkpoint.root)
        for other in saved where other.checkpoint.origin == checkpoint.origin {
            if other.checkpoint.size != checkpoint.size {
                report.limits.append(
                    Words(
                        "따로 보관한 체크포인트(\(other.checkpoint.size)건)과 크기가 달라, 이어지는지는 기록부에 물어야 알 수 있습니다.",
                        "The checkpoint kept elsewhere covers \(other.checkpoint.size) events, this one \(checkpoint.size): "
                            + "only the log's tiles can show that one grew out of the other."))
            } else if other.checkpoint.root != checkpoint.root {
                report.add(.fork, "size \(checkpoint.size)")
            }
        }
        return signed
    }

    private func checkWitnesses(_ zip: ZipReader, _ own: SignedCheckpoint, _ report: inout PackReport) {
        guard let text = text(zip, PackFile.witnessed) else { return }
        let named = (self.text(zip, PackFile.witnesses) ?? "").split(separator: "\n").compactMap {
            try? VerifierKey($0)
        }
        do throws(RecordError) {
            let signed = try SignedCheckpoint(parsing: text)
            guard signed.note.text == own.note.text else {
                throw RecordError(.signature, "the witnesses signed another checkpoint")
            }
            let held = try signed.cosignatures(of: named + witnesses.filter { !named.contains($0) }).map(\.witness)
            for key in named where !held.contains(key) {
                throw RecordError(.signature, "\(key.name) has not signed")
            }
            report.witnesses = held.filter { witnesses.contains($0) }.map(\.name)
            let strangers = held.filter { !witnesses.contains($0) }.map(\.name)
            if !strangers.isEmpty {
                let list = strangers.joined(separator: ", ")
                report.limits.append(
                    Words(
                        "증인 \(list)의 열쇠를 따로 받지 않아, 그 서명은 근거로 삼지 않았습니다.",
                        "No key of the witnesses \(list) was given from elsewhere: their signatures count for nothing here."
                    ))
            }
        } catch {
            report.add(.cosignature, error.message)
        }
    }

    private func checkTime(_ zip: ZipReader, _ manifest: JSON, _ report: inout PackReport) {
        guard let response = zip[PackFile.timestamp] else {
            if manifest["time"]?["stamped"]?.text != nil { report.add(.timestamp, "it is missing") }
            report.limits.append(Words("독립된 시각이 없습니다.", "There is no independent time."))
            return
        }
        do throws(RecordError) {
            let stamp = try TimeStamp(response: [UInt8](response))
            try stamp.check(stamps: [UInt8](zip[PackFile.checkpoint] ?? Data()))
            guard manifest["time"]?["stamped"]?.text == stamp.time.description else {
                throw RecordError(.timestamp, "the manifest names another time")
            }
            if let trust {
                try stamp.verify(trusting: trust)
            } else {
                report.limits.append(
                    Words(
                        "시점확인 기관의 인증서를 받지 않아 그 서명은 확인하지 않았습니다. openssl ts -verify로 확인할 수 있습니다.",
                        "No certificate of the time-stamping authority was given, so its signature was not checked; "
                            + "openssl ts -verify can."))
            }
            report.time = (stamp.time, trust != nil)
        } catch {
            report.add(.timestamp, error.message)
        }
    }
}
