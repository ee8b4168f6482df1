import Record

/// What a new password must be. Length counts, not kinds of characters (NIST SP 800-63B, section 5.1.1.2).
public enum PasswordRules {
    /// Characters a password has at least.
    public static let shortest = 10
    /// Characters a password has at most.
    public static let longest = 128
    /// Different characters a password has at least: refuses `aaaaaaaaaa` and `1212121212`.
    public static let variety = 5

    /// Everything that is wrong with a password; empty where it is good.
    public static func refusals(of password: String, account: String) -> [AccessError] {
        var refusals: [AccessError] = []
        func refuse(_ rule: String, _ words: Words) {
            refusals.append(AccessError(.weakPassword, field: "password", rule: rule, words))
        }
        if password.count < shortest {
            refuse(
                "short",
                Words("비밀번호는 \(shortest)자 이상이어야 합니다.", "A password has at least \(shortest) characters."))
        }
        // Bytes are bounded with the characters: one character may carry any number of combining marks.
        if password.count > longest || password.utf8.count > longest * 8 {
            refuse("long", Words("비밀번호는 \(longest)자 이하여야 합니다.", "A password has at most \(longest) characters."))
        }
        if Set(password).count < variety {
            refuse(
                "variety",
                Words(
                    "서로 다른 글자를 \(variety)개 이상 사용해 주십시오.",
                    "Please use at least \(variety) different characters."))
        }
        if !account.isEmpty, password.lowercased().contains(account.lowercased()) {
            refuse("account", Words("비밀번호에 아이디를 넣을 수 없습니다.", "A password must not contain the account name."))
        }
        let common = ["password", "12345678", "qwertyui", "asdfghjk", "slipway", "비밀번호"]
        if common.contains(where: { password.lowercased().contains($0) }) {
            refuse("common", Words("쉽게 추측할 수 있는 비밀번호입니다.", "This password is too easy to guess."))
        }
        return refusals
    }
}
