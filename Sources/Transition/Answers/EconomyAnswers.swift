import Access
import District
import Record
import Store

/// What people ask of a region's economy, by voice and text.
struct EconomyAnswers {
    let desk: EconomyDesk

    var all: [Inquiry] { [profile, peers, openings] }

    private static let permission = Permission.signedIn.orToken("read")
    private static let region = Field("region", Words("지역", "Region"), .reference(kind: "economy-region", source: nil))
    /// As many as are said one after the other.
    private static let told = 3

    /// What is known of a region, of the newest statistics that speak of it.
    private static func find(_ ask: Ask, _ spine: Spine, _ desk: EconomyDesk) async throws -> (
        book: EconomyBook, year: EconomyBook.Year, region: Int
    ) {
        let (tenant, name) = (try ask.tenant, ask.values.text("region"))
        let economy = try await spine.district.store.read {
            try ForecastTable.newest(speakingOf: name, for: tenant, in: $0)
        }
        if let economy, let book = try await desk.book(economy, for: tenant, in: spine), let year = book.years.last,
            let region = book.regions.firstIndex(of: name)
        {
            return (book, year, region)
        }
        throw Refusal(
            .notFound, "region.unknown",
            Words("\(name)의 통계가 없습니다.", "There are no statistics of \(name)."))
    }

    /// “How does the economy of Busan stand?”
    private var profile: Inquiry {
        Inquiry(
            "transition.profile.of", title: Words("지역의 산업 구조", "A region's economy"),
            help: Words(
                "지역의 산업 복잡도 순위와 특화 산업 수를 알려 드립니다.",
                "Says a region's rank by economic complexity, and in how much it is specialised."),
            fields: [Self.region], permission: Self.permission
        ) { [desk] ask, spine in
            let (book, year, region) = try await Self.find(ask, spine, desk)
            let standing = try await desk.standing(book, year)
            let (name, diversity) = (book.regions[region], standing.diversity[region])
            guard let rank = standing.ranks[region] else {
                return Words(
                    "\(name)은(는) 알려진 값이 적어 순위를 매길 수 없습니다.", "Too little is known of \(name) for a rank.")
            }
            let of = standing.ranked
            return Words(
                "\(year.year)년 \(name)의 산업 복잡도는 \(of)곳 가운데 \(rank)위이고, 특화된 산업은 \(diversity)가지입니다.",
                "In \(year.year) \(name) ranks \(rank) of \(of) by economic complexity, and is specialised in \(diversity) industries."
            )
        }
    }

    /// “Which regions are like Busan?”
    private var peers: Inquiry {
        Inquiry(
            "transition.peers.of", title: Words("닮은 지역", "Regions alike"),
            help: Words(
                "산업 구조가 닮은 지역과 그 근거가 되는 산업을 알려 드립니다.", "Says which regions are like one, and by which industries."),
            fields: [Self.region], permission: Self.permission
        ) { [desk] ask, spine in
            let (book, year, region) = try await Self.find(ask, spine, desk)
            let near = try await desk.peers(of: region, book, year).prefix(Self.told)
            guard !near.isEmpty else {
                return Words("견줄 만큼 알려진 지역이 없습니다.", "Too little is known to compare.")
            }
            let said = near.map { peer -> String in
                let why = peer.alike.prefix(2).map { book.industries[$0.industry] }.joined(separator: ", ")
                return "\(book.regions[peer.region])\(why.isEmpty ? "" : " (\(why))")"
            }.joined(separator: ", ")
            return Words("산업 구조가 가장 닮은 곳은 \(said)입니다.", "Most alike are \(said).")
        }
    }

    /// “What could Busan become?”
    private var openings: Inquiry {
        Inquiry(
            "transition.openings.of", title: Words("지역의 새 산업 가능성", "A region's openings"),
            help: Words(
                "앞으로 특화될 가능성이 큰 산업과 확률을 알려 드립니다. 예측이며, 결과가 나오면 채점합니다.",
                "Says which industries a region may enter next, and with what odds. These are predictions, scored later."
            ),
            fields: [Self.region], permission: Self.permission
        ) { [desk] ask, spine in
            let standing = try await spine.district.standing(of: OpeningUse.use)
            guard standing == .runs else { return standing.words }
            let (book, _, region) = try await Self.find(ask, spine, desk)
            let (tenant, name) = (try ask.tenant, book.regions[region])
            let found = try await spine.district.store.read { reader in
                try ForecastTable.forecasts(of: book.economy, for: tenant, in: reader).first(where: {
                    $0.basis == book.basis
                }).map {
                    ($0, try ForecastTable.predictions(of: $0, region: name, limit: Self.told, in: reader))
                }
            }
            guard let (forecast, predictions) = found, !predictions.isEmpty else {
                return Words("아직 예측이 없습니다.", "There is no prediction yet.")
            }
            let said = predictions.map { "\($0.industry) \(Int(($0.odds * 100).rounded())) %" }.joined(separator: ", ")
            return Words(
                "\(forecast.target)년까지 \(name)에 특화될 가능성은 \(said)입니다. 인공지능의 예측입니다.",
                "By \(forecast.target) \(name) may come to specialise in \(said). These are predictions of an AI.")
        }
    }
}
