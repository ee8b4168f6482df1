import District
import Record

/// A limit that citizens adopted by a vote, as the maps of sites carry it.
struct CivicRule: Sendable, Hashable {
    /// Commons' name for it.
    let id: String
    /// What it says, and by which vote.
    let title: Words
    let kind: RuleAdopted.Kind
    /// Where it holds; without an area on all of the site.
    let site: String, area: String?
    /// Metres a second; zero where nobody drives.
    let limit: Double
    let vote: String
    /// Why it is not on the map; nil where it is.
    var obstacle: Obstacle?

    /// Why a rule is on no map.
    enum Obstacle: String, Error, Sendable, Hashable, CaseIterable {
        /// The district has no such site, or none that is driven by.
        case noSite = "no-site"
        /// The site's map has no such area.
        case noArea = "no-area"
        /// With it vehicles could not get everywhere, or the map would break another rule.
        case plan
        /// The map with it is larger than an event carries.
        case size

        var words: Words {
            switch self {
            case .noSite: Words("로봇이 다니는 그런 현장이 없습니다.", "No robots drive by such a site.")
            case .noArea: Words("현장 지도에 그런 구역이 없습니다.", "The site's map has no such area.")
            case .plan:
                Words(
                    "이 제한을 넣으면 로봇이 갈 수 없는 곳이 생깁니다.", "With this limit there would be places no robot could get to.")
            case .size: Words("지도가 너무 커서 더 넣을 수 없습니다.", "The map is too large to take more.")
            }
        }
    }

    /// Where on Commons' page it stands.
    var href: String { "/commons/rules#rule-\(id)" }

    /// The same once nothing stands in its way.
    var onTheMap: CivicRule {
        var rule = self
        rule.obstacle = nil
        return rule
    }

    /// How a zone says it on the map.
    var zoneRule: SitePlan.Zone.Rule { kind == .noDriving ? .blocked : .speed(limit) }
}

extension CivicRule {
    init(_ fact: RuleAdopted) {
        self.init(
            id: fact.rule, title: fact.title, kind: fact.kind, site: fact.site, area: fact.area, limit: fact.limit,
            vote: fact.vote)
    }

    /// As events carry it.
    var json: [String: JSON] {
        [
            "rule": .string(id), "title": title.json, "kind": .string(kind.rawValue), "site": .string(site),
            "area": .string(area ?? ""), "limit": .number(limit), "vote": .string(vote),
        ]
    }
}
