import Access
import District
import Record
import Store

/// Reports an assessment to the executive, which counts as the half-yearly check (SAPA Decree 4(3)); refused while
/// anything of its method is missing.
enum SubmitAssessment {
    static func command(_ book: AssessmentBook) -> Command {
        Command(form) { ask, tables in
            let assessment = try AssessmentAsk.find(ask, in: tables, [.open])
            let tenant = try ask.tenant
            let check = SubmitCheck(
                assessment, hazards: try AssessmentRegister.hazards(of: assessment.id, for: tenant, in: tables),
                rounds: try AssessmentRegister.rounds(of: assessment.id, for: tenant, in: tables),
                others: try AssessmentRegister.texts(besides: assessment, for: tenant, in: tables))
            if let first = check.obstacles.first {
                throw Refusal(.conflict, first.code, first.words, faults: check.obstacles.flatMap(\.faults))
            }
            var bands: [String: JSON] = [:]
            for band in RiskBand.allCases {
                let count = check.hazards.count { $0.residual(on: assessment.scale, at: ask.now).band == band }
                bands[band.rawValue] = .init(count)
            }
            var payload: [String: JSON] = [
                "duty": "D4(3)", "thing": .string(assessment.thing.rawValue), "process": .string(assessment.process),
                "hazards": .init(check.hazards.count), "bands": .object(bands),
                "controls": .init(check.hazards.reduce(0) { $0 + $1.controls.count }),
                "walk_rounds": .init(check.walks.count),
                "participants": .init(Set(check.rounds.flatMap(\.participants)).count),
                "edition": .string(book.edition), "next_due": .string(book.nextDue(after: ask.now).description),
                "keep_until": .string(book.keepUntil(ask.now).description),
            ]
            if let firm = assessment.firm { payload["firm"] = .string(firm.rawValue) }
            if let source = check.source {
                payload["copied_from"] = .string(source.assessment)
                payload["alike"] = .number(source.share)
            }
            return [AssessmentAsk.draft(AssessmentEvent.reported, assessment, payload)]
        }
    }

    static let form = Form(
        "safety.assessment.submit", title: Words("경영책임자에게 보고", "Report to the executive"),
        help: Words(
            "위험요인, 대책, 참여 기록이 갖추어졌는지 살핀 뒤 보고합니다. 반기 점검의 증거가 됩니다.",
            "Checks that hazards, controls and participation are complete, and reports; this is evidence for the half-year."
        ),
        fields: [AssessmentAsk.field],
        permission: AssessmentAsk.permission(AssessmentAsk.managers, "safety.assessment.submit"))
}

/// Closes an assessment: reported, shared, and nothing overdue.
enum CloseAssessment {
    static func command(_ book: AssessmentBook) -> Command {
        Command(form) { ask, tables in
            let assessment = try AssessmentAsk.find(ask, in: tables, [.shared])
            let tenant = try ask.tenant
            let hazards = try AssessmentRegister.hazards(of: assessment.id, for: tenant, in: tables)
                .filter { !$0.isRemoved }
            let late = hazards.flatMap(\.controls).filter { [.overdue, .failed].contains($0.state(at: ask.now)) }
            guard late.isEmpty else {
                throw Refusal(
                    .conflict, "assessment.overdue-control",
                    Words("기한이 지났거나 효과가 없는 대책이 있어 끝낼 수 없습니다.", "Controls are overdue or do not work; it stays open."),
                    faults: late.map {
                        .init(
                            field: "assessment", rule: "overdue",
                            words: Words(
                                "“\($0.description)” – \($0.state(at: ask.now).words.ko)",
                                "“\($0.description)” – \($0.state(at: ask.now).words.en)"))
                    })
            }
            let readers = try AssessmentRegister.readers(of: assessment.id, for: tenant, in: tables)
            let unread = readers.count { $0.read == nil }
            guard unread < readers.count else {
                throw Refusal(
                    .conflict, "assessment.unread",
                    Words("아직 아무도 읽지 않았습니다. 근로자가 읽은 뒤에 끝내 주세요.", "Nobody has read it yet; close it once workers have."))
            }
            let worst = hazards.map { $0.residual(on: assessment.scale, at: ask.now).band }.max()
            var payload: [String: JSON] = [
                "readers": .init(readers.count), "unread": .init(unread),
                "keep_until": .string(book.keepUntil(assessment.reported ?? ask.now).description),
            ]
            if let worst { payload["band"] = .string(worst.rawValue) }
            return [AssessmentAsk.draft(AssessmentEvent.closed, assessment, payload)]
        }
    }

    static let form = Form(
        "safety.assessment.close", title: Words("위험성평가 끝내기", "Close the assessment"),
        help: Words(
            "보고와 공유가 끝난 평가를 마칩니다. 대책의 효과 확인은 뒤에도 계속할 수 있습니다.",
            "Ends an assessment that was reported and shared; its controls can still be verified afterwards."),
        fields: [AssessmentAsk.field],
        permission: AssessmentAsk.permission(AssessmentAsk.managers, "safety.assessment.close"))
}
