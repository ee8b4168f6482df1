import Record

extension SampleDistrict {
    static let sampleFirms = [
        SampleFirm(
            id: "firm-gaon", name: Words("가온선박프레스", "Gaon Ship Stamping"), registration: "000-00-00001",
            headcount: 84),
        SampleFirm(
            id: "firm-nuri", name: Words("누리주조", "Nuri Foundry"), registration: "000-00-00002", headcount: 57),
        SampleFirm(
            id: "firm-saebyeok", name: Words("새벽냉장물류", "Saebyeok Cold Storage"), registration: "000-00-00003",
            headcount: 39),
        SampleFirm(
            id: "firm-haesol", name: Words("해솔풀필먼트", "Haesol Fulfilment"), registration: "000-00-00004",
            headcount: 212),
        SampleFirm(
            id: "firm-onyu", name: Words("온유병원", "Onyu Hospital"), registration: "000-00-00005", headcount: 318),
        SampleFirm(
            id: "firm-solmaru", name: Words("솔마루길 상인회", "Solmaru Street Merchants"), registration: "000-00-00006",
            headcount: 23),
    ]

    /// Zone, firms, sites and lines; the coordinates lie about the bay between Busan and Jinhae.
    static let samplePlaces = [
        SampleThing(
            id: "zone-1", kind: "zone", parent: nil,
            name: Words("솔마루 산업지구(예시)", "Solmaru Industrial District (sample)"),
            firm: nil, latitude: 35.0952, longitude: 128.8241),
        SampleThing(
            id: "gaon", kind: "enterprise", parent: "zone-1", name: Words("가온선박프레스", "Gaon Ship Stamping"),
            firm: "firm-gaon"),
        SampleThing(
            id: "gaon-plant", kind: "site", parent: "gaon", name: Words("가온 제1공장", "Gaon Plant 1"),
            firm: "firm-gaon", latitude: 35.0967, longitude: 128.8203),
        SampleThing(
            id: "gaon-stamping", kind: "area", parent: "gaon-plant", name: Words("프레스 작업장", "Stamping shop"),
            firm: "firm-gaon", latitude: 35.0968, longitude: 128.8205),
        SampleThing(
            id: "gaon-line-1", kind: "line", parent: "gaon-stamping", name: Words("선체 브래킷 라인", "Hull bracket line"),
            firm: "firm-gaon", latitude: 35.0968, longitude: 128.8206),
        SampleThing(
            id: "nuri", kind: "enterprise", parent: "zone-1", name: Words("누리주조", "Nuri Foundry"), firm: "firm-nuri"),
        SampleThing(
            id: "nuri-plant", kind: "site", parent: "nuri", name: Words("누리 주물공장", "Nuri casting plant"),
            firm: "firm-nuri", latitude: 35.0981, longitude: 128.8236),
        SampleThing(
            id: "nuri-melting", kind: "area", parent: "nuri-plant", name: Words("용해장", "Melting bay"),
            firm: "firm-nuri", latitude: 35.0982, longitude: 128.8238),
        SampleThing(
            id: "saebyeok", kind: "enterprise", parent: "zone-1", name: Words("새벽냉장물류", "Saebyeok Cold Storage"),
            firm: "firm-saebyeok"),
        SampleThing(
            id: "saebyeok-store", kind: "building", parent: "saebyeok", name: Words("냉동창고 A동", "Cold store A"),
            firm: "firm-saebyeok", latitude: 35.0924, longitude: 128.8262),
        SampleThing(
            id: "haesol", kind: "enterprise", parent: "zone-1", name: Words("해솔풀필먼트", "Haesol Fulfilment"),
            firm: "firm-haesol"),
        SampleThing(
            id: "haesol-center", kind: "building", parent: "haesol", name: Words("해솔 물류센터", "Haesol fulfilment centre"),
            firm: "firm-haesol", latitude: 35.0918, longitude: 128.8219),
        SampleThing(
            id: "haesol-line-1", kind: "line", parent: "haesol-center",
            name: Words("출고 분류 라인", "Outbound sorting line"),
            firm: "firm-haesol", latitude: 35.0919, longitude: 128.8221),
        SampleThing(
            id: "onyu", kind: "enterprise", parent: "zone-1", name: Words("온유병원", "Onyu Hospital"), firm: "firm-onyu"),
        SampleThing(
            id: "onyu-main", kind: "building", parent: "onyu", name: Words("온유병원 본관", "Onyu main building"),
            firm: "firm-onyu", latitude: 35.0998, longitude: 128.8289),
        SampleThing(
            id: "solmaru", kind: "zone", parent: "zone-1", name: Words("솔마루길", "Solmaru Street"),
            firm: "firm-solmaru", latitude: 35.1006, longitude: 128.8267),
    ]
}
