import Access
import District
import Record
import Store
import Web

/// Who has learnt what, and until when: a row a person, a column a module.
struct CertificateRoutes {
    let modules: [TrainingModule]

    var routes: [Route] { [.get("/stewardship/certificates", WatchRoutes.staff) { try await page($0) }] }

    /// Certificates that end soon or have ended, for whoever records them.
    func tasks(_ visit: Visit) async throws -> [String: JSON] {
        guard !visit.caller.roles.isDisjoint(with: RecordCertificate.roles) else { return [:] }
        let today = KoreanDay(visit.now)
        let latest = try await visit.spine.district.store.read { try CertificateTable.latest(in: $0) }
        let ending = latest.count { $0.state(on: today, module($0.module)) == .ending }
        guard ending > 0 else { return [:] }
        return [
            "tasks": [
                [
                    "href": "/stewardship/certificates", "text": .string(visit.word("certificate_task")),
                    "count": .string(Show.count(ending)), "kind": "warn",
                    "state": .string(Certificate.State.ending.words[visit.language]),
                ]
            ]
        ]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let (today, language) = (KoreanDay(visit.now), visit.language)
        let (latest, names) = try await visit.spine.district.store.read { reader in
            let latest = try CertificateTable.latest(in: reader)
            var names: [PersonID: String] = [:]
            for person in Set(latest.map(\.person)) {
                names[person] = try Directory.caller(person, in: reader)?.name ?? person.rawValue
            }
            return (latest, names)
        }
        try await visit.look(at: .zone, "certificates")
        let held = Dictionary(grouping: latest, by: \.person)
        let people: [JSON] = held.keys.sorted { (names[$0] ?? "") < (names[$1] ?? "") }.map { person in
            let cells: [JSON] = modules.map { module in
                guard let certificate = held[person]?.first(where: { $0.module == module.id }) else {
                    return ["label": .string(module.title[language]), "none": true]
                }
                let state = certificate.state(on: today, module)
                var cell: [String: JSON] = [
                    "label": .string(module.title[language]), "badge": Show.badge(state.badge, state.words[language]),
                    "score": .string(Show.count(certificate.score)),
                    "expires": .string(certificate.end(module).description),
                ]
                if let file = certificate.evidence { cell["file_href"] = .string("/attachments/\(file)") }
                if certificate.revoked == nil {
                    cell["revoke_href"] = .string(
                        "/do/stewardship.certificate.revoke?certificate=\(certificate.id)&next=/stewardship/certificates"
                    )
                }
                return .object(cell)
            }
            return ["name": .string(names[person] ?? person.rawValue), "cells": .array(cells)]
        }
        return .page(
            "certificates", title: visit.word("certificates_title"),
            [
                "people": .array(people),
                "modules": .array(
                    modules.map { module in
                        [
                            "title": .string(module.title[language]), "audience": .string(module.audience[language]),
                            "version": .string(module.version), "pass": .string(Show.count(module.pass)),
                            "months": .string(Show.count(module.months)),
                        ]
                    }),
            ], live: true)
    }

    private func module(_ id: String) -> TrainingModule? { modules.first { $0.id == id } }
}
