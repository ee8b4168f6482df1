import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// The strategy brief of a region: a page to print, and the same as a PDF.
struct BriefRoutes {
    let shelf: CaseShelf
    let desk: EconomyDesk

    static func path(_ economy: String, _ region: String, pdf: Bool = false) -> String {
        "\(EconomyView.path(economy))/brief\(pdf ? ".pdf" : "")?region=\(Table.encoded(region))"
    }

    var routes: [Web.Route] {
        [
            .get("/transition/e/{economy}/brief", EconomyView.readers) { visit in
                let (brief, ground) = try await brief(visit)
                return .page(
                    "brief", title: brief.title,
                    [
                        "blocks": .array(brief.blocks.enumerated().map { Self.json($0.element, at: $0.offset) }),
                        "contents": .array(Self.contents(of: brief.blocks)),
                        "pdf": .string(Self.path(ground.book.economy, ground.name, pdf: true)),
                        "back": .string(EconomyView.region(ground.book.economy, ground.name)),
                        "name": .string(ground.name), "sample_detail": CaseView.sampleDetail(visit),
                    ])
            },
            .get("/transition/e/{economy}/brief.pdf", EconomyView.readers) { visit in
                let (brief, _) = try await brief(visit)
                return .bytes(
                    PDFDocument.write(
                        BriefFlow.pages(brief.title, brief.blocks), width: BriefFlow.width, height: BriefFlow.height),
                    type: "application/pdf", download: "strategy-brief.pdf")
            },
        ]
    }

    private func brief(_ visit: Visit) async throws -> (Brief, Ground) {
        let book = try await EconomyView.book(visit, desk)
        guard let year = book.year(nil), let region = book.regions.firstIndex(of: visit.query["region"] ?? "") else {
            throw Refusal(.notFound, "region.unknown", Words("그런 지역이 없습니다.", "There is no such region."))
        }
        let snapshot = try await desk.snapshot(book, year)
        let ground = Ground(book: book, year: year, region: region, specialisation: snapshot.specialisation)
        let (standing, peers) = (try await desk.standing(book, year), try await desk.peers(of: region, book, year))
        let (tenant, name) = (visit.onlooker, book.regions[region])
        let use = try await visit.spine.district.standing(of: OpeningUse.use)
        let notice = try await visit.spine.district.notice(of: OpeningUse.use)
        let found = try await visit.spine.district.store.read { [shelf] reader in
            var found = Brief.Found()
            found.forecast = try ForecastTable.forecasts(of: book.economy, for: tenant, in: reader).first {
                $0.basis == book.basis
            }
            if let forecast = found.forecast {
                found.predictions = try ForecastTable.predictions(of: forecast, region: name, limit: 10, in: reader)
            }
            found.opportunities = try OpportunityTable.list(of: (book.economy, name), for: tenant, in: reader).map {
                ($0, try ChainTable.chain(of: $0.id, for: tenant, in: reader))
            }
            let place = CaseTable.Home(economy: book.economy, region: name)
            found.cases = try shelf.all(in: reader).map {
                ($0, try CaseTable.answers(of: $0.id, at: place, in: reader))
            }
            found.corrections = try found.cases.reduce(into: [:]) {
                $0[$1.0.id] = try CaseTable.corrections(of: $1.0.id, in: reader)
            }
            return found
        }
        var brief = Brief(visit: visit, ground: ground, standing: standing, near: peers, found: found)
        brief.write(use == .runs ? nil : use.words, notice)
        return (brief, ground)
    }

    /// Where a heading stands in the page.
    private static func anchor(_ place: Int) -> String { "part-\(place)" }

    private static func contents(of blocks: [BriefBlock]) -> [JSON] {
        blocks.enumerated().compactMap { place, block in
            guard case .heading(let text) = block else { return nil }
            return ["href": .string("#\(anchor(place))"), "label": .string(text)]
        }
    }

    private static func json(_ block: BriefBlock, at place: Int) -> JSON {
        switch block {
        case .heading(let text): return ["heading": ["anchor": .string(anchor(place)), "text": .string(text)]]
        case .sub(let text): return ["sub": .string(text)]
        case .paragraph(let text): return ["paragraph": .string(text)]
        case .table(let head, let rows, _):
            return [
                "table": [
                    "caption": .string(head.joined(separator: ", ")), "head": .array(head.map { .string($0) }),
                    "rows": .array(
                        rows.map { row in
                            [
                                "first": .string(row.first ?? ""),
                                "cells": .array(
                                    zip(head, row).dropFirst().map {
                                        ["label": .string($0), "text": .string($1)]
                                    }),
                            ]
                        }),
                ]
            ]
        case .source(let number, let text, let url):
            var source: [String: JSON] = ["number": .string("\(number)"), "text": .string(text)]
            if let url { source["url"] = .string(url) }
            return ["source": .object(source)]
        }
    }
}
