import Access
import District
import Record
import Store
import Web

/// A counted vote's result, and its ballots for whoever counts again.
struct OpenDataRoutes {
    let book: BallotAssets

    /// Of fewer ballots than this only the result is published: with so few, some could be told from what they chose.
    static let least = 10

    static func isPublished(_ result: JSON) -> Bool { (result["ballots"]?.integer ?? 0) >= Int64(least) }

    var routes: [Web.Route] {
        [
            .get("/commons/votes/{vote}/result", .anyone) { visit in
                let (found, _) = try await VoteRoutes.find(visit)
                guard let result = found.result else { return VoteView(visit: visit).soon(found) }
                var context = ResultView(found: found, result: result, visit: visit).context
                context["rules_made"] = try await RulesOfVote.json(found.vote, visit)
                context["promises"] = try await OutcomesOfVote.json(found.vote, result, visit)
                return .page(
                    "ballots-result", title: "\(found.vote.title) – \(visit.word("ballots_result_title"))",
                    .object(context))
            },
            .get("/commons/votes/{vote}/result.json", .anyone) { visit in
                let (found, _) = try await counted(visit)
                return .bytes(
                    VoteRoutes.json(found, cast: nil).canonical, type: "application/json", download: "result.json")
            },
            .get("/commons/votes/{vote}/ballots.csv", .anyone) { visit in
                let (count, _) = try await published(visit)
                return .bytes(
                    Array(count.table.utf8), type: "text/csv; charset=utf-8", download: "ballots-\(count.vote.id).csv")
            },
            .get("/commons/votes/{vote}/ballots.json", .anyone) { visit in
                let (count, _) = try await published(visit)
                let file: JSON = [
                    "vote": .string(count.vote.id),
                    "ballots": .array(
                        count.ballots.sorted { $0.number < $1.number }.map {
                            ["opening": .object($0.opening), "commitment": .string($0.commitment)]
                        }),
                ]
                // By these names the program counts again as the page says it.
                return .bytes(file.canonical, type: "application/json", download: "ballots.json")
            },
            .get("/commons/votes/{vote}/ballots.pb", .anyone) { visit in
                if let file = try await replayed(visit) { return file }
                let (count, result) = try await published(visit)
                guard count.vote.method.isBudget else {
                    throw Refusal(
                        .notFound, "data.pb", Words("예산 투표만 .pb 파일이 있습니다.", "Only votes on a budget have a .pb file."))
                }
                let chosen = Set((result["chosen"]?.elements ?? []).compactMap(\.text))
                return .bytes(
                    Array(count.pabulib(chosen: chosen).utf8), type: "text/plain; charset=utf-8",
                    download: "vote-\(count.vote.id).pb")
            },
            .get("/commons/verify", .anyone) { visit in
                .page(
                    "ballots-verify", title: visit.word("ballots_verify_title"),
                    ["key": .string(visit.spine.signer.verifier.description)])
            },
            .get("/commons/recount.py", .anyone) { _ in
                .bytes(book.recount, type: "text/x-python; charset=utf-8", download: "recount.py")
            },
        ]
    }

    /// The file that was counted again, as it was sent; nil where people voted.
    private func replayed(_ visit: Visit) async throws -> Reply? {
        let (found, _) = try await counted(visit)
        guard found.vote.isReplay else { return nil }
        guard let file = try await PastBallots.bytes(found.past?["file"]?.text ?? "", visit.spine.district) else {
            throw Refusal(.notFound, "data.file", Words("그 파일이 없습니다.", "That file is not there."))
        }
        return .bytes(file, type: "text/plain; charset=utf-8", download: "vote-\(found.vote.id).pb")
    }

    private func counted(_ visit: Visit) async throws -> (VoteTable.Found, JSON) {
        let (found, _) = try await VoteRoutes.find(visit)
        guard let result = found.result else {
            throw Refusal(.notFound, "vote.uncounted", Words("아직 결과가 없습니다.", "There is no result yet."))
        }
        return (found, result)
    }

    private func published(_ visit: Visit) async throws -> (VoteCount, JSON) {
        let (found, result) = try await counted(visit)
        guard !found.vote.isReplay else {
            throw Refusal(
                .notFound, "data.replay",
                Words("다시 센 지난 투표의 투표지는 .pb 파일에 있습니다.", "The ballots of a past vote are in its .pb file."))
        }
        guard Self.isPublished(result) else {
            throw Refusal(
                .forbidden, "data.few",
                Words(
                    "투표지가 \(Self.least)장보다 적으면 누가 무엇을 골랐는지 드러날 수 있어 투표지는 공개하지 않습니다.",
                    "With fewer than \(Self.least) ballots some could be told from what they chose; ballots are not published."
                ))
        }
        do {
            let ballots = try await VoteCounter(district: visit.spine.district).ballots(of: found.vote.id)
            let count = VoteCount(vote: found.vote, ballots: ballots)
            guard result["digest"]?.text == VoteCount.digest(ballots.map(\.commitment)) else {
                throw BallotLost(number: "")
            }
            return (count, result)
        } catch let lost as BallotLost {
            visit.spine.district.report("ballots are not published, for one is not what was counted", lost)
            throw Refusal(
                .unavailable, "data.broken",
                Words(
                    "기록의 확인용 값과 다른 투표지가 있어 내줄 수 없습니다. 센 뒤에 바뀌었거나 없어진 것입니다. 담당 기관에 알려 주세요.",
                    "A ballot is not what the Record committed to: it was changed or lost after the count. Please tell the zone administration."
                ))
        }
    }
}
