public import Record
public import Store

/// What the register has people told about a use of AI that they meet.
enum AINotices {
    static let migration = Migration(
        "district.004.ai-notices",
        ["CREATE TABLE district_ai_notices (use TEXT PRIMARY KEY, ko TEXT NOT NULL, en TEXT NOT NULL)"])

    static let projection = Projection(
        tables: ["district_ai_notices"], types: [AIUseNoticed.type]
    ) { _, payload, transaction in
        guard let notice = AIUseNoticed(payload) else { return }
        try transaction.execute(
            """
            INSERT INTO district_ai_notices (use, ko, en) VALUES (?, ?, ?)
            ON CONFLICT (use) DO UPDATE SET ko = excluded.ko, en = excluded.en
            """, [.text(notice.use), .text(notice.words.ko), .text(notice.words.en)])
    }

    /// The notice that the register gives; nil where it gives none.
    static func find(_ use: String, in reader: any Reader) throws -> Words? {
        try reader.first("SELECT ko, en FROM district_ai_notices WHERE use = ?", [.text(use)]).map {
            Words(try $0.text("ko"), try $0.text("en"))
        }
    }
}

extension AIUse {
    /// What somebody who meets it is told, as the register has it; where the register says nothing, what its own
    /// declaration says (notice as 인공지능기본법 Article 31 asks for).
    public func notice(in reader: any Reader) throws -> Words {
        if let kept = try AINotices.find(id, in: reader) { return kept }
        return Words(
            "이 서비스에는 인공지능이 쓰입니다. \(purpose.ko) 원하시면 언제든 사람이 대신 처리합니다.",
            "This service uses artificial intelligence. \(purpose.en) A person does it instead whenever you ask.")
    }
}
