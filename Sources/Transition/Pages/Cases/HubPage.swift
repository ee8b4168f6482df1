import District
import Record
import Web

extension CaseRoutes {
    /// The hubs side by side: what is unknown is said to be, and a figure of something near to it says so.
    func hubs(_ visit: Visit) -> Reply {
        let metrics = Hub.Metric.allCases
        let rows = shelf.library.hubs.map { hub -> JSON in
            let cells = metrics.map { metric -> JSON in
                let figures = hub.figures.filter { $0.metric == metric }.map { figure -> JSON in
                    var members: [String: JSON] = [
                        "value": .string(CaseView.figure(figure.value, figure.unit, visit)),
                        "year": .string(figure.year.map { "\($0)" } ?? visit.word("hubs_no_year")),
                        "sources": sources(figure.sources, hub),
                    ]
                    if let note = figure.note { members["note"] = .string(note[visit.language]) }
                    return .object(members)
                }
                return ["label": .string(metric.words[visit.language]), "figures": .array(figures)]
            }
            return [
                "name": .string(hub.name[visit.language]), "country": .string(hub.country[visit.language]),
                "since": .string(hub.since ?? visit.word("economy_unknown")),
                "lead": .string(hub.lead?[visit.language] ?? visit.word("economy_unknown")), "cells": .array(cells),
                "claims": .array(
                    hub.claims.map {
                        ["text": .string($0.words[visit.language]), "sources": sources($0.sources, hub)]
                    }),
            ]
        }
        return .page(
            "hubs", title: visit.word("hubs_title"),
            [
                "hubs": .array(rows), "sample_detail": CaseView.sampleDetail(visit), "back": .string(Self.path),
                "metrics": .array(metrics.map { .string($0.words[visit.language]) }),
            ])
    }

    private func sources(_ names: [String], _ hub: Hub) -> JSON {
        .array(names.compactMap { name in hub.sources.first { $0.id == name } }.map(CaseView.source))
    }
}
