import Access
import District
import Record
import Store

/// Lets an approved use run: first with a cap a day, then without, until a day.
struct RunUse {
    let gaps: UseGaps
    let gate: ApprovalGate

    /// The longest pilot, all of them under one approval together, and the longest time between two reviews, in days.
    static let longestPilot = 180.0
    static let longestReview = 366.0

    var commands: [Command] { [pilot, live, review] }

    /// What was found since it was approved counts as much as what was found before.
    private static func check(_ entry: RegisterEntry, in tables: any Reader) throws {
        try NotProhibited.check(entry)
        try NotUnacceptable.check(entry)
        try NotWrong.check(entry, in: tables)
    }

    private var pilot: Command {
        let (gaps, gate) = (gaps, gate)
        return Command(
            Form(
                UseStep.pilot.command,
                title: Words("시범 운영 시작", "Begin a pilot"),
                help: Words(
                    "하루 한도를 넘으면 그날은 멈추고 사람이 처리합니다. 기한이 지나도 멈춥니다.",
                    "Above the cap a day it stops and people do the rest; at its end it stops too."),
                fields: [
                    UseAsk.field,
                    Field("cap", Words("하루 한도(건)", "Cap a day (acts)"), .integer(1...1_000_000, unit: nil)),
                    Field("until", Words("언제까지", "Until"), .moment),
                ],
                permission: .roles(UseAsk.roles), confirmation: .readBack)
        ) { ask, tables in
            let entry = try UseAsk.entry(ask, .pilot, in: tables)
            try gate.check(ask, .operate, in: tables)
            try gaps.check(.pilot, entry)
            try Self.check(entry, in: tables)
            let until = try UseAsk.ahead(ask, "until", days: Self.longestPilot)
            let end = (entry.piloted ?? ask.now).advanced(bySeconds: Self.longestPilot * 86_400)
            guard until <= end else {
                let (days, last) = (Int(Self.longestPilot), KoreanDay(end).description)
                let words = Words(
                    "시범 운영은 모두 합쳐 \(days)일까지입니다. 이 승인으로는 \(last)까지 할 수 있습니다.",
                    "All pilots together last \(days) days at most: under this approval until \(last).")
                throw Refusal(.conflict, "use.pilot-days", of: "until", "range", words)
            }
            let cap = ask.values.integer("cap") ?? 1
            return [
                UseEvents.draft(
                    UseEvents.piloted, entry.id, ["cap": .decimal(cap), "until": .string(until.description)]),
                UseEvents.permitted(entry, until: until, cap: cap, basis: .pilot),
            ]
        }
    }

    private var live: Command {
        let (gaps, gate) = (gaps, gate)
        return Command(
            Form(
                UseStep.golive.command,
                title: Words("정식 운영 시작", "Go live"),
                help: Words(
                    "다음 재검토일까지 운영합니다. 그날이 지나면 멈춥니다.",
                    "It runs until the day of the next review, and stops when that has passed."),
                fields: [UseAsk.field, Field("review", Words("다음 재검토일", "Next review"), .moment)],
                permission: .roles(UseAsk.roles), confirmation: .readBack)
        ) { ask, tables in
            let entry = try UseAsk.entry(ask, .golive, in: tables)
            try gate.check(ask, .operate, in: tables)
            try gaps.check(.golive, entry)
            try Self.check(entry, in: tables)
            let until = try UseAsk.ahead(ask, "review", days: Self.longestReview)
            return [
                UseEvents.draft(UseEvents.live, entry.id, ["review": .string(until.description)]),
                UseEvents.permitted(entry, until: until, cap: nil, basis: .live),
            ]
        }
    }

    private var review: Command {
        Command(
            Form(
                UseStep.review.command,
                title: Words("재검토 시작", "Begin a review"),
                help: Words(
                    "운영하는 동안 무엇을 보았는지 남기고 재검토를 시작합니다. 기한까지는 계속 운영합니다.",
                    "Says what was seen while it ran, and begins the review; it runs on until its end."),
                fields: [UseAsk.field, Field("findings", Words("살펴본 내용", "Findings"), .longText(maximum: 2000))],
                permission: UseAsk.permission(.review))
        ) { ask, tables in
            let entry = try UseAsk.entry(ask, .review, in: tables)
            return [
                UseEvents.draft(UseEvents.review, entry.id, ["findings": .string(ask.values.text("findings"))])
            ]
        }
    }
}
