/// Sentences of people who tell who they are, made by a seed: each knows what in it is personal.
struct PersonalCorpus {
    /// A sentence, and the personal things in it as they were said.
    struct Line {
        let text: String
        let secrets: [String]
        let kind: String
    }

    private var seed: UInt64

    init(seed: UInt64) { self.seed = seed }

    private mutating func below(_ bound: Int) -> Int {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(seed >> 33) % bound
    }

    private mutating func one<Element>(of list: [Element]) -> Element { list[below(list.count)] }

    private mutating func digits(_ count: Int) -> String { (0..<count).map { _ in String(below(10)) }.joined() }

    private static let words = Array("공일이삼사오육칠팔구")
    private func spoken(_ digits: String) -> String {
        String(digits.compactMap { $0.wholeNumberValue.map { Self.words[$0] } })
    }

    private static let surnames = [
        "김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오", "서", "신", "권", "황", "남궁",
    ]
    private static let given = [
        "영희", "철수", "순자", "말순", "민수", "지훈", "서연", "도윤", "하준", "영자", "정숙", "상철", "미경", "은지", "현우", "복순", "기철", "수빈",
    ]
    private static let roads = ["침산로", "달구벌대로", "국채보상로", "칠성로", "들안로", "동대구로", "신천대로", "팔공로", "학정로", "성서로"]
    private static let regions = ["북구", "대구 북구", "달서구", "대구광역시 수성구", "동구", "서구", ""]
    private static let homes = ["화성아파트", "칠성빌라", "침산타워", "우방맨션"]

    mutating func line() -> Line {
        switch below(14) {
        case 0, 1: return phone()
        case 2, 3: return spokenPhone()
        case 4: return resident()
        case 5: return card()
        case 6: return account()
        case 7: return email()
        case 8: return house()
        case 9: return plate()
        case 10: return passport()
        case 11: return licence()
        default: return name()
        }
    }

    private mutating func phone() -> Line {
        let head = one(of: ["010", "010", "010", "011", "016", "053", "02", "031", "070"])
        let middle = digits(head == "010" || head == "070" ? 4 : 3)
        let joint = one(of: ["-", "", " ", ".", "-"])
        let number = [head, middle, digits(4)].joined(separator: joint)
        let text = one(of: [
            "제 번호는 \(number)입니다", "\(number)로 연락 주세요", "연락처 \(number)", "\(number) 여기로 전화하이소",
            "전화번호가 \(number)이고요 집은 멀어요",
            "문자는 \(number) 으로 받을게요", "남편 폰이 \(number)예요",
        ])
        return Line(text: text, secrets: [number], kind: "phone")
    }

    private mutating func spokenPhone() -> Line {
        let groups = [one(of: ["010", "010", "053"]), digits(4), digits(4)].map { spoken($0) }
        let number = groups.joined(separator: one(of: [" ", "", "에 ", " 다시 ", ", "]))
        let text = one(of: [
            "제 전화는 \(number)이에요", "\(number)요", "연락처가 \(number) 입니다", "받아 적으세요 \(number)", "전화번호는 \(number)라예",
        ])
        return Line(text: text, secrets: [number, groups[2]], kind: "spoken phone")
    }

    private mutating func resident() -> Line {
        let (month, day) = (1 + below(12), 1 + below(28))
        let front = "\(below(90) + 10)\(month < 10 ? "0" : "")\(month)\(day < 10 ? "0" : "")\(day)"
        let back = "\(1 + below(8))\(digits(6))"
        let isSpoken = below(3) == 0
        let joint = one(of: isSpoken ? [" ", " 다시 ", "에 "] : ["-", "-", "", " ", " - "])
        let number = isSpoken ? spoken(front) + joint + spoken(back) : front + joint + back
        let text = one(of: [
            "주민번호 \(number)입니다", "제 주민등록번호는 \(number)이에요", "\(number) 이걸로 확인해 주세요", "번호 불러 드릴게요 \(number)",
        ])
        return Line(text: text, secrets: [number, isSpoken ? spoken(back) : back], kind: "resident")
    }

    private mutating func card() -> Line {
        let groups = (0..<4).map { _ in digits(4) }
        let isSpoken = below(3) == 0
        let number = (isSpoken ? groups.map(spoken) : groups).joined(
            separator: one(of: isSpoken ? [" "] : ["-", " ", ""]))
        let text = one(of: ["카드번호는 \(number)입니다", "\(number) 카드로 낼게요", "신용카드 \(number) 유효기간 내년이요"])
        return Line(text: text, secrets: [number, isSpoken ? spoken(groups[3]) : groups[3]], kind: "card")
    }

    private mutating func account() -> Line {
        let shape = one(of: [[3, 2, 6], [6, 2, 6], [3, 4, 4, 2], [4, 3, 6], [3, 6, 5], [3, 3, 6]])
        let number = shape.map { digits($0) }.joined(separator: one(of: ["-", "-", " "]))
        let bank = one(of: ["국민은행", "대구은행", "농협", "신한은행", "우체국"])
        let text = one(of: ["\(bank) \(number)로 넣어 주세요", "계좌는 \(bank) \(number)입니다", "환급은 \(bank) 계좌 \(number)요"])
        return Line(text: text, secrets: [number], kind: "account")
    }

    private mutating func email() -> Line {
        let user = one(of: ["hong", "kim.yh", "park_cs82", "lee-sj", "choi1954"]) + digits(2)
        let host = one(of: ["naver", "gmail", "daum", "korea"])
        if below(4) == 0 {
            let text = one(of: [
                "메일은 \(user) 골뱅이 \(host) 점 com 이에요", "\(user) 골뱅이 \(host) 닷 net 으로 보내 주세요",
            ])
            return Line(text: text, secrets: [user], kind: "email")
        }
        let mail = "\(user)@\(host).\(one(of: ["com", "co.kr", "net", "go.kr"]))"
        let text = one(of: ["메일은 \(mail)입니다", "\(mail)로 보내 주세요", "이메일 \(mail)", "답은 \(mail)으로요"])
        return Line(text: text, secrets: [mail, user], kind: "email")
    }

    private mutating func house() -> Line {
        let region = one(of: Self.regions)
        let road = one(of: Self.roads)
        let number = String(2 + below(900))
        let head = (region.isEmpty ? "" : region + " ") + road
        let flat = "\(101 + below(20))동 \(101 + below(1800))호"
        switch below(5) {
        case 0:
            let text = one(of: ["주소는 \(head) \(number)입니다", "\(head) \(number)로 보내 주세요", "\(head) \(number) 앞에 버렸어요"])
            return Line(text: text, secrets: ["\(road) \(number)"], kind: "house")
        case 1:
            let text = one(of: ["우리 집은 \(head) \(number), \(flat)예요", "\(head) \(number) \(flat)"])
            return Line(text: text, secrets: ["\(road) \(number)", flat], kind: "house")
        case 2:
            let branch = "\(2 + below(80))길"
            let text = one(of: ["\(head) \(branch) \(number)이요", "주소가 \(head) \(branch) \(number) \(flat)입니다"])
            return Line(text: text, secrets: ["\(branch) \(number)"], kind: "house")
        case 3:
            let lot = "\(number)-\(1 + below(40))번지"
            let text = one(of: ["침산동 \(lot)에 살아요", "북구 침산동 \(lot)입니다"])
            return Line(text: text, secrets: [lot], kind: "house")
        default:
            let home = one(of: Self.homes)
            let text = one(of: ["\(home) \(flat)로 와 주세요", "집은 침산동 \(home) \(flat)예요", "\(flat)입니다"])
            return Line(text: text, secrets: [flat], kind: "house")
        }
    }

    private mutating func plate() -> Line {
        let letter = one(of: Array("가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주하허호바사아자배"))
        let isSpoken = below(4) == 0
        let number = digits(4)
        let plate =
            isSpoken
            ? "\(one(of: ["십이", "이십삼", "삼십사", "오십육"]))\(letter) \(spoken(number))"
            : "\(10 + below(90))\(below(3) == 0 ? String(below(10)) : "")\(letter)\(one(of: [" ", ""]))\(number)"
        let text = one(of: ["차 번호는 \(plate)입니다", "\(plate) 차가 불법 주차했어요", "\(plate) 차 좀 빼 달라고 해 주세요", "차량번호 \(plate)"])
        return Line(text: text, secrets: [plate, isSpoken ? spoken(number) : number], kind: "plate")
    }

    private mutating func passport() -> Line {
        let number = below(2) == 0 ? "M\(digits(8))" : "M\(digits(3))\(one(of: ["A", "B", "K"]))\(digits(4))"
        let text = one(of: ["여권번호는 \(number)입니다", "여권 \(number)이요", "\(number) 여권으로 확인해 주세요"])
        return Line(text: text, secrets: [number], kind: "passport")
    }

    private mutating func licence() -> Line {
        let number = "\(11 + below(15))-\(10 + below(20))-\(digits(6))-\(digits(2))"
        let text = one(of: ["면허번호 \(number)입니다", "운전면허는 \(number)이에요", "\(number) 면허증이요"])
        return Line(text: text, secrets: [number], kind: "licence")
    }

    private mutating func name() -> Line {
        let name = one(of: Self.surnames) + one(of: Self.given)
        let closed = (name.unicodeScalars.last.map { ($0.value - 0xAC00) % 28 != 0 }) ?? false
        let text = one(of: [
            "제 이름은 \(name)입니다", "제 이름은 \(name)\(closed ? "이에요" : "예요")", "\(name)\(closed ? "이라고" : "라고") 합니다",
            "저는 \(name)인데요", "저는 \(name)입니다", "성함은 \(name)이고요", "신청인 \(name)입니다", "\(name) 씨가 대신 신청합니다",
            "\(name)님 앞으로 해 주세요", "예금주는 \(name)입니다", "이름은 \(name)", "안녕하세요 \(name)\(closed ? "이라고" : "라고") 해요",
            "보호자는 \(name)이에요", "어머니 성함은 \(name)이세요",
        ])
        return Line(text: text, secrets: [name], kind: "name")
    }
}
