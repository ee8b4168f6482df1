import District
import Record

extension FirmListing {
    /// A heading as it is looked up: without case, spaces and signs.
    static func key(_ heading: String) -> String {
        heading.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// What headings mean, by their keys.
    static let headings: [String: Column] = {
        let known: [(Column, [String])] = [
            (.id, ["firm", "firmid", "id", "기업", "기업id", "기업식별자", "기업번호", "업체코드", "업체id", "관리번호"]),
            (
                .registration,
                [
                    "registration", "registrationnumber", "businessnumber", "businessregistrationnumber", "brn",
                    "사업자등록번호", "사업자번호", "사업자등록번호또는기업번호",
                ]
            ),
            (.name, ["name", "firmname", "companyname", "company", "기업명", "업체명", "회사명", "상호", "사업장명", "입주기업명"]),
            (
                .industry,
                ["industry", "industrycode", "ksic", "ksiccode", "업종", "업종코드", "산업분류", "산업분류코드", "표준산업분류", "표준산업분류코드"]
            ),
            (
                .headcount,
                [
                    "headcount", "employees", "workers", "regularworkers", "근로자수", "상시근로자수", "상시근로자", "종업원수", "직원수",
                    "고용인원",
                ]
            ),
            (.email, ["email", "mail", "contactemail", "이메일", "담당자이메일", "전자우편", "메일"]),
            (.phone, ["phone", "telephone", "tel", "contactphone", "전화", "전화번호", "연락처", "담당자전화", "담당자연락처"]),
            (.address, ["address", "주소", "소재지", "사업장주소"]),
        ]
        return Dictionary(uniqueKeysWithValues: known.flatMap { column, keys in keys.map { ($0, column) } })
    }()

    static func noHeading(_ missing: [Column]) -> Refusal {
        let names = Words(
            missing.map(\.words.ko).joined(separator: ", "), missing.map(\.words.en).joined(separator: ", "))
        let words = Words(
            "첫 줄에 다음 열 이름이 있어야 합니다: \(names.ko). 올린 것은 없습니다.",
            "The first line must name these columns: \(names.en). Nothing was imported.")
        return Refusal(
            .invalid, "list.heading", words, faults: [.init(field: "file", line: 1, rule: "heading", words: words)])
    }
}

extension FirmListing.Column {
    /// What people call it.
    var words: Words {
        switch self {
        case .row: Words("줄 전체", "Whole row")
        case .id: Words("기업 식별자", "Firm identifier")
        case .registration: Words("사업자등록번호", "Registration number")
        case .name: Words("기업명", "Name")
        case .industry: Words("업종코드", "Industry code")
        case .headcount: Words("상시근로자 수", "Headcount")
        case .email: Words("이메일", "E-mail")
        case .phone: Words("전화", "Phone")
        case .address: Words("주소", "Address")
        }
    }
}

extension FirmListing.Rule {
    /// What a person reads.
    var words: Words {
        switch self {
        case .columns: Words("열의 수가 첫 줄과 다릅니다.", "The number of columns differs from the first line's.")
        case .missing: Words("꼭 있어야 하는 값이 비어 있습니다.", "A value that is needed is missing.")
        case .identifier:
            Words(
                "식별자는 영문 소문자, 숫자, 붙임표(-)로 64자까지입니다.", "An identifier has 1 to 64 lower-case letters, digits or hyphens."
            )
        case .registration: Words("사업자등록번호는 숫자 10자리입니다.", "A registration number has 10 digits.")
        case .name: Words("기업명은 200자까지입니다.", "A name has at most 200 characters.")
        case .industry:
            Words("한국표준산업분류 코드가 아닙니다(예: C25112).", "This is no code of the KSIC (such as C25112).")
        case .headcount: Words("0명부터 1,000,000명까지의 숫자로 적어 주세요.", "Headcount is a number from 0 to 1,000,000.")
        case .email: Words("이메일 주소의 형식이 아닙니다.", "This is no e-mail address.")
        case .phone: Words("전화번호의 형식이 아닙니다.", "This is no phone number.")
        case .address: Words("주소는 200자까지입니다.", "An address has at most 200 characters.")
        case .sign: Words("읽을 수 없는 문자가 들어 있습니다.", "There is a character that cannot be read.")
        case .twice: Words("이 파일의 앞줄과 같은 기업입니다.", "The same firm stands on an earlier line of this file.")
        case .known:
            Words("다른 식별자로 이미 등록된 사업자등록번호입니다.", "This registration number belongs to a firm with another identifier.")
        case .differs:
            Words(
                "이미 등록된 기업이며 내용이 다릅니다. 바꾸지 않았습니다.",
                "This firm exists already with other particulars; it was not changed.")
        case .checkDigit:
            Words(
                "사업자등록번호의 검증번호가 맞지 않습니다. 등록했으니 번호를 확인해 주세요.",
                "The registration number's check digit does not fit; imported, please verify.")
        }
    }
}
