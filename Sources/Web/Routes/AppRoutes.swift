import Access
import District
import Record

/// The house as an app on a phone: what it is called there, and the page for when there is no connection.
struct AppRoutes {
    var routes: [Route] {
        [
            .get("/manifest.webmanifest", .anyone) { visit in
                let language = visit.query["lang"].flatMap { Language(rawValue: $0) } ?? visit.language
                return .bytes(
                    Self.manifest(language, visit.pages.wording).canonical, type: "application/manifest+json", keep: 300
                )
            },
            .get("/offline", .anyone) { visit in
                .page("offline", title: visit.word("offline_title"), [:])
            },
        ]
    }

    static func manifest(_ language: Language, _ wording: [String: Words]) -> JSON {
        func word(_ key: String) -> JSON { .string(wording[key]?[language] ?? key) }
        func icon(_ file: String, _ sizes: String, _ type: String, _ purpose: String) -> JSON {
            [
                "src": .string("/assets/\(file)"), "sizes": .string(sizes), "type": .string(type),
                "purpose": .string(purpose),
            ]
        }
        return [
            "id": "/", "start_url": "/", "scope": "/", "display": "standalone", "lang": .string(language.rawValue),
            "name": word("app_name"), "short_name": word("app_short_name"), "description": word("app_description"),
            "background_color": "#f3f6f8", "theme_color": "#0b3550",
            "icons": [
                icon("logo.svg", "any", "image/svg+xml", "any"), icon("icon-192.png", "192x192", "image/png", "any"),
                icon("icon-512.png", "512x512", "image/png", "any"),
                icon("icon-maskable-512.png", "512x512", "image/png", "maskable"),
            ],
            "shortcuts": [["name": word("outbox_title"), "url": "/outbox"]],
        ]
    }
}
