import District
import Record

extension OpenAPI {
    /// What several calls share: answers, headers, ways to say who one is.
    var components: JSON {
        var answers: [String: JSON] = [
            "Done": answer(Words("처리했습니다.", "It was done."), "Outcome"),
            "Repeated": answer(
                Words(
                    "같은 키로 이미 처리한 일입니다. 처음 답을 다시 드립니다.", "It was done before under this key; the first answer again."),
                "Outcome"),
            "Answer": ["description": .string(Words("답", "The answer")[language])],
        ]
        for kind in Refusal.Kind.all {
            answers[kind.rawValue] = [
                "description": .string(kind.words[language]),
                "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
            ]
        }
        return [
            "schemas": ["Outcome": Self.outcome, "Problem": Self.problem],
            "responses": .object(answers), "parameters": parameters, "securitySchemes": schemes,
        ]
    }

    private func answer(_ words: Words, _ schema: String) -> JSON {
        [
            "description": .string(words[language]),
            "content": ["application/json": ["schema": ["$ref": .string("#/components/schemas/\(schema)")]]],
        ]
    }

    private var parameters: JSON {
        [
            "IdempotencyKey": [
                "name": "Idempotency-Key", "in": "header",
                "description": .string(
                    Words(
                        "중복 방지 키. 같은 키로 다른 내용을 보내면 409로 답합니다.",
                        "A key of the caller's making; the same key with other content is answered with 409.")[
                            language]),
                "schema": ["type": "string", "minLength": 1, "maxLength": 200],
            ],
            "Correlation": [
                "name": "X-Correlation-ID", "in": "header",
                "description": .string(Words("이 일이 속한 흐름의 번호", "What this belongs to")[language]),
                "schema": ["type": "string", "maxLength": 64],
            ],
            "CSRF": [
                "name": "X-CSRF-Token", "in": "header",
                "description": .string(
                    Words("로그인 쿠키로 보낼 때만 필요합니다.", "Needed only where a session's cookie is sent.")[language]),
                "schema": ["type": "string", "maxLength": 200],
            ],
        ]
    }

    private var schemes: JSON {
        [
            "session": [
                "type": "apiKey", "in": "cookie", "name": "slipway_session",
                "description": .string(Words("로그인한 사람", "A person who is signed in")[language]),
            ],
            "token": [
                "type": "http", "scheme": "bearer",
                "description": .string(
                    Words(
                        "프로그램의 토큰. 괄호 안의 권한 범위가 있어야 합니다.",
                        "A program's token, which must carry the scope that is named.")[language]),
            ],
        ]
    }

    private static let outcome: JSON = [
        "type": "object", "required": ["correlation", "events", "repeated"],
        "properties": [
            "correlation": ["type": "string"], "repeated": ["type": "boolean"],
            "events": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["id", "type", "stream"],
                    "properties": [
                        "id": ["type": "string"], "type": ["type": "string"], "stream": ["type": "string"],
                    ],
                ],
            ],
        ],
    ]

    /// Problem details (RFC 9457), with one entry for each field that breaks a rule.
    private static let problem: JSON = [
        "type": "object", "required": ["type", "title", "status", "code", "instance", "errors"],
        "properties": [
            "type": ["type": "string", "format": "uri"], "title": ["type": "string"],
            "status": ["type": "integer"], "code": ["type": "string"], "instance": ["type": "string"],
            "errors": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["field", "rule", "detail"],
                    "properties": [
                        "field": ["type": "string"], "line": ["type": "integer"], "rule": ["type": "string"],
                        "detail": ["type": "string"],
                    ],
                ],
            ],
        ],
    ]
}

extension Refusal.Kind {
    /// Every kind there is.
    static let all: [Refusal.Kind] = [
        .invalid, .forbidden, .unauthenticated, .notFound, .conflict, .needsConfirmation, .tooLarge, .tooOften,
        .unavailable,
    ]

    /// What this kind of no means, for whoever reads the document.
    var words: Words {
        switch self {
        case .invalid: Words("내용이 규칙에 맞지 않습니다.", "The values break a rule.")
        case .forbidden: Words("권한이 없습니다.", "Whoever asks may not.")
        case .unauthenticated: Words("로그인이나 토큰이 필요합니다.", "Somebody known must ask.")
        case .notFound: Words("없거나 볼 수 없습니다.", "There is no such thing, or not for who asks.")
        case .conflict: Words("지금 상태에서는 할 수 없습니다.", "The state of things does not allow it now.")
        case .needsConfirmation: Words("읽어 주고 확인을 받아야 합니다.", "It must be read back and confirmed first.")
        case .tooLarge: Words("한도를 넘었습니다.", "It is more than a bound allows.")
        case .tooOften: Words("너무 자주 요청했습니다.", "It was asked too often.")
        case .unavailable: Words("지금은 처리할 수 없습니다.", "A part of the house is not ready.")
        }
    }
}
