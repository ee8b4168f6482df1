import District
import Record
import Store

/// The register of assessments, as tables that follow from their events.
enum AssessmentTables {
    static let migration = Migration(
        "safety.assessments.001",
        [
            """
            CREATE TABLE safety_assessments (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, thing TEXT NOT NULL, site TEXT NOT NULL, method TEXT NOT NULL,
                kind TEXT NOT NULL, process TEXT NOT NULL, words TEXT NOT NULL, state TEXT NOT NULL,
                likelihoods BIGINT NOT NULL, severities BIGINT NOT NULL, medium BIGINT, high BIGINT, severe BIGINT,
                opened BIGINT NOT NULL, planned BIGINT NOT NULL, work_starts BIGINT, copied_from TEXT,
                reported BIGINT, shared BIGINT, closed BIGINT)
            """,
            "CREATE INDEX safety_assessments_scope ON safety_assessments (scope, thing)",
            """
            CREATE TABLE safety_assessment_hazards (
                id TEXT PRIMARY KEY, assessment TEXT NOT NULL, scope TEXT NOT NULL, place BIGINT NOT NULL, thing TEXT NOT NULL,
                description TEXT NOT NULL, accident TEXT NOT NULL, likelihood BIGINT NOT NULL, severity BIGINT NOT NULL,
                copied_from TEXT, confirmed TEXT NOT NULL, removed BIGINT NOT NULL, rejections TEXT NOT NULL,
                inherent_band BIGINT NOT NULL, residual_band BIGINT NOT NULL, residual_until BIGINT)
            """,
            "CREATE INDEX safety_assessment_hazards_of ON safety_assessment_hazards (assessment)",
            "CREATE INDEX safety_assessment_hazards_scope ON safety_assessment_hazards (scope)",
            """
            CREATE TABLE safety_assessment_controls (
                id TEXT PRIMARY KEY, hazard TEXT NOT NULL, assessment TEXT NOT NULL, scope TEXT NOT NULL, place BIGINT NOT NULL,
                step TEXT NOT NULL, description TEXT NOT NULL, owner TEXT NOT NULL, due BIGINT NOT NULL,
                likelihood_steps BIGINT NOT NULL, severity_steps BIGINT NOT NULL, is_good BIGINT, valid_until BIGINT,
                verified BIGINT, verifier TEXT, evidence TEXT, reused BIGINT NOT NULL)
            """,
            "CREATE INDEX safety_assessment_controls_of ON safety_assessment_controls (assessment)",
            "CREATE INDEX safety_assessment_controls_hazard ON safety_assessment_controls (hazard)",
            "CREATE INDEX safety_assessment_controls_evidence ON safety_assessment_controls (evidence)",
            """
            CREATE TABLE safety_assessment_rounds (
                id TEXT PRIMARY KEY, assessment TEXT NOT NULL, scope TEXT NOT NULL, site TEXT NOT NULL,
                at BIGINT NOT NULL, day BIGINT NOT NULL, way TEXT NOT NULL, participants TEXT NOT NULL,
                workers BIGINT NOT NULL, seen TEXT, photo TEXT)
            """,
            "CREATE INDEX safety_assessment_rounds_of ON safety_assessment_rounds (assessment)",
            "CREATE INDEX safety_assessment_rounds_scope ON safety_assessment_rounds (scope, day)",
            """
            CREATE TABLE safety_assessment_readers (
                assessment TEXT NOT NULL, person TEXT NOT NULL, scope TEXT NOT NULL, shared BIGINT NOT NULL,
                read BIGINT, language TEXT, PRIMARY KEY (assessment, person))
            """,
            "CREATE INDEX safety_assessment_readers_person ON safety_assessment_readers (person, read)",
        ])

    static let tables = [
        "safety_assessments", "safety_assessment_hazards", "safety_assessment_controls", "safety_assessment_rounds",
        "safety_assessment_readers",
    ]

    static let projection = Projection(
        tables: tables, types: AssessmentEvent.all
    ) { event, payload, transaction in
        let entry = AssessmentEntry(event: event, payload: payload, transaction: transaction)
        switch event.type {
        case AssessmentEvent.opened: try entry.open()
        case AssessmentEvent.walked: try entry.walk()
        case AssessmentEvent.hazardAdded: try entry.addHazard()
        case AssessmentEvent.hazardConfirmed: try entry.confirmHazard()
        case AssessmentEvent.stepsRejected: try entry.reject()
        case AssessmentEvent.controlAdded: try entry.addControl()
        case AssessmentEvent.controlVerified: try entry.verifyControl()
        case AssessmentEvent.reported: try entry.advance(.reported)
        case AssessmentEvent.shared: try entry.share()
        case AssessmentEvent.read: try entry.read()
        default: try entry.advance(.closed)
        }
    }
}

/// What happens to an assessment; all on the stream `assessment/…`.
enum AssessmentEvent {
    static let opened = "safety.assessment.opened"
    static let walked = "safety.assessment.walked"
    static let hazardAdded = "safety.assessment.hazard-added"
    static let hazardConfirmed = "safety.assessment.hazard-confirmed"
    static let stepsRejected = "safety.assessment.steps-rejected"
    static let controlAdded = "safety.assessment.control-added"
    static let controlVerified = "safety.assessment.control-verified"
    static let reported = "safety.assessment.reported"
    static let shared = "safety.assessment.shared"
    static let read = "safety.assessment.read"
    static let closed = "safety.assessment.closed"

    static let all = [
        opened, walked, hazardAdded, hazardConfirmed, stepsRejected, controlAdded, controlVerified, reported, shared,
        read, closed,
    ]
}
