public import Record

/// Why Access refuses.
public struct AccessError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds a caller can act on.
    public enum Code: String, Sendable {
        /// Nobody is signed in, and the route asks for someone.
        case signInRequired
        /// Someone is signed in, who may not do this.
        case forbidden
        /// Account and password do not belong together; it is never said which is wrong.
        case wrongCredentials
        /// Too many failures; see ``AccessError/retryAfterSeconds``.
        case throttled
        /// The password breaks a rule.
        case weakPassword
        /// The one-time link is unknown, used or expired.
        case linkNotValid
        /// A field breaks a rule.
        case invalid
        /// Something of this name exists already.
        case taken
    }

    /// The kind.
    public let code: Code
    /// The field it is about, where it is about one.
    public let field: String?
    /// The rule that was broken, for programs: `length`, `scope`, `role` …
    public let rule: String
    /// What to tell the person.
    public let words: Words
    /// How long to wait before trying again, in seconds; only with `throttled`.
    public let retryAfterSeconds: Int?

    init(_ code: Code, field: String? = nil, rule: String, _ words: Words, retryAfterSeconds: Int? = nil) {
        self.code = code
        self.field = field
        self.rule = rule
        self.words = words
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// Kind, field, rule and words, for the log.
    public var description: String {
        "access.\(code.rawValue)\(field.map { " \($0)" } ?? "") (\(rule)): \(words.en)"
    }

    /// Nobody is signed in, and someone is asked for.
    public static let signInRequired = AccessError(
        .signInRequired, rule: "signedIn", Words("로그인이 필요합니다.", "Please sign in."))

    static func forbidden(_ rule: String) -> AccessError {
        AccessError(
            .forbidden, rule: rule, Words("이 작업을 할 권한이 없습니다.", "You do not have permission to do this."))
    }

    /// Account and password do not belong together.
    public static let wrongCredentials = AccessError(
        .wrongCredentials, rule: "password",
        Words("아이디 또는 비밀번호가 올바르지 않습니다.", "The account or the password is not correct."))

    /// The password and its repetition are not the same.
    public static let passwordsDiffer = AccessError(
        .invalid, field: "again", rule: "same",
        Words("두 비밀번호가 서로 다릅니다.", "The two passwords are not the same."))

    static let linkNotValid = AccessError(
        .linkNotValid, rule: "link",
        Words(
            "사용할 수 없는 링크입니다. 이미 사용했거나 유효 기간이 지났습니다.",
            "This link cannot be used: it was used already, or it has expired."))

    static func throttled(seconds: Int) -> AccessError {
        AccessError(
            .throttled, rule: "throttle",
            Words(
                "로그인에 여러 번 실패했습니다. \(seconds)초 후에 다시 시도해 주십시오.",
                "Too many failed attempts. Please try again in \(seconds) seconds."),
            retryAfterSeconds: seconds)
    }
}
