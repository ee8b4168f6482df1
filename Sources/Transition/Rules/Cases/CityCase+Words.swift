import Record

extension CityCase.Trigger {
    /// What it is called.
    var words: Words {
        switch self {
        case .closure: Words("핵심 사업장 폐쇄", "closure of an anchor")
        case .collapse: Words("주력 산업 붕괴", "collapse of the leading industry")
        case .bankruptcy: Words("재정 파산", "bankruptcy")
        case .price: Words("가격 폭락", "fall of a price")
        case .policy: Words("국가의 결정", "decision of the state")
        }
    }
}

extension CityCase.Mechanism {
    /// What it is called.
    var words: Words {
        switch self {
        case .related: Words("관련 산업으로 숙련 이동", "skills into related industries")
        case .university: Words("대학·연구소에서 창업", "firms out of a university")
        case .place: Words("터와 건물의 재생", "land and buildings made new")
        case .alliance: Words("산학관 상설 협력", "a standing alliance")
        case .opening: Words("제도 개방", "other rules, open borders")
        case .diversity: Words("산업 다각화", "many industries for one")
        }
    }
}

extension CityCase {
    /// What a level of the Maryland Scientific Methods Scale means.
    static func meaning(of level: Int) -> Words {
        switch level {
        case 1: Words("1단계: 도시가 스스로 밝힌 이야기, 견준 곳 없음", "Level 1: a city's own story, held against nothing")
        case 2: Words("2단계: 다른 요인을 통제한 전후 비교", "Level 2: before and after, other factors accounted for")
        case 3: Words("3단계: 비교 집단과 견준 전후 비교", "Level 3: before and after, held against a comparison group")
        case 4: Words("4단계: 무작위에 가까운 배정을 이용", "Level 4: assignment as good as random")
        default: Words("5단계: 무작위 배정 실험", "Level 5: assigned by lot")
        }
    }
}

extension Hub.Metric {
    /// What it is called.
    var words: Words {
        switch self {
        case .share: Words("지역 경제에서 공업의 몫", "Industry's share of the economy")
        case .jobs: Words("공업 종사자", "People in industry")
        case .national: Words("나라 공업에서 차지하는 몫", "Share of the country's industry")
        case .output: Words("공업의 산출", "Industry's output")
        case .research: Words("연구개발비 비중(GDP 대비)", "R&D as a share of GDP")
        }
    }
}
