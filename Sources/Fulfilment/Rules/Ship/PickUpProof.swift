import District
import Record

/// By what somebody at the counter shows that an order is theirs.
enum PickUpProof: String, Sendable, Hashable {
    /// The code of the order's page, shown or scanned.
    case code
    /// The last figures of the telephone number, with the order's number.
    case phone
    /// Nobody left a number with the order: who takes it is written down instead.
    case name

    /// How many figures of a telephone number are asked for.
    static let figures = 4

    /// - Parameters:
    ///   - said: a code, the address of the order's page, or the last figures of the telephone number.
    ///   - taker: who takes it.
    /// - Returns: nil where it shows nothing.
    init?(_ said: String, taker: String, of recipient: Recipient) {
        let last = said.split(separator: "/").last.map(String.init) ?? said
        if recipient.code.utf8.count >= 20, last == recipient.code {
            self = .code
            return
        }
        if Self.isPhone(said, of: recipient) {
            self = .phone
            return
        }
        guard Self.digits(recipient.phone).count < Self.figures, said.isEmpty, !taker.isEmpty else { return nil }
        self = .name
    }

    /// Whether these are the last four figures, or more, of the recipient's telephone number.
    static func isPhone(_ said: String, of recipient: Recipient) -> Bool {
        let (own, figures) = (digits(recipient.phone), digits(said))
        return own.count >= Self.figures && figures.count >= Self.figures && own.hasSuffix(figures)
            && said.allSatisfy { ($0.isASCII && $0.isNumber) || "- ".contains($0) }
    }

    private static func digits(_ text: String) -> String { text.filter { $0.isASCII && $0.isNumber } }

    var words: Words {
        switch self {
        case .code: Words("주문 확인 코드", "the order's code")
        case .phone: Words("주문 번호와 전화번호 끝자리", "the order's number and the telephone's last figures")
        case .name: Words("받은 사람의 이름", "the name of who took it")
        }
    }
}
