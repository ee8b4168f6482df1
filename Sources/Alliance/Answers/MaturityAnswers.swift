import Access
import District
import Record
import Store

/// What a firm's people ask of their factory's level, by voice and text.
struct MaturityAnswers {
    let items: MaturityItems

    var all: [Inquiry] { [own] }

    /// “How smart is our factory?”
    private var own: Inquiry {
        Inquiry(
            "alliance.maturity.own", title: Words("우리 공장 수준", "Our factory's level"),
            help: Words(
                "가장 최근 진단의 수준과 먼저 할 일을 알려 드립니다.", "Says the level of the newest assessment, and what to do first."),
            permission: .roles(GrowthAsk.readers).orToken("read")
        ) { [items] ask, spine in
            let tenant = try ask.tenant
            let read = try await spine.district.store.read { reader in
                try MaturityTable.list(for: tenant, in: reader).first { $0.submitted != nil && $0.firm == tenant.firm }
                    .map { ($0, try MaturityTable.lines(of: $0.id, for: tenant, in: reader)) }
            }
            guard let (found, lines) = read else {
                throw Refusal(
                    .notFound, "maturity.none",
                    Words(
                        "제출한 스마트공장 진단이 없습니다. 진단은 20분쯤 걸립니다.",
                        "No assessment was handed in yet. It takes about 20 minutes."))
            }
            let day = KoreanDay(found.submitted ?? found.started)
            let level = found.overall.flatMap { overall in items.levels.first { $0.number == overall } }
            let first = MaturityPage.weakest(lines).first
            let step = items.dimensions.first { $0.id == first?.dimension }?.step(from: first?.level)
            let next = step.map { Words("먼저 할 일은 이것입니다. \($0.words.ko)", "First: \($0.words.en)") } ?? Words("", "")
            guard let level else {
                return Words(
                    "\(day) 진단에서는 모르는 문항이 많아 전체 수준을 말할 수 없습니다. \(next.ko)",
                    "On \(day) too much was unknown for an overall level. \(next.en)")
            }
            return Words(
                "\(day) 자가진단으로 \(level.number)단계, \(level.korea.ko) 수준입니다. \(next.ko)",
                "By your own assessment of \(day) it is level \(level.number), \(level.korea.en). \(next.en)")
        }
    }
}
