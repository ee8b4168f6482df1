// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours is built the same way: the language as it will be, and no warning tolerated.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// The spine, in the order in which its modules may know each other (arrows go down only, see docs/design.md).
let spine: [Target] = [
    .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CMosquitto", providers: [.apt(["libmosquitto-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Store", dependencies: ["CPostgreSQL", .product(name: "GRDB", package: "GRDB.swift"), .logging]),
    .target(name: "Record", dependencies: ["Store", .crypto, .logging]),
    .target(name: "Series", dependencies: ["Store", "Record", .crypto, .logging]),
    .target(name: "Twin", dependencies: ["Store", "Record"]),
    .target(name: "Access", dependencies: ["Store", "Record", .crypto, .cryptoExtras]),
    .target(name: "Bus", dependencies: ["CMosquitto", .logging]),
    .target(
        name: "District", dependencies: ["Store", "Record", "Series", "Twin", "Access", "Bus", .logging, .lifecycle]),
    .target(
        name: "Web",
        dependencies: [
            "CZlib", "Store", "Record", "Series", "Twin", "Access", "District", .logging, .lifecycle, .crypto,
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "HummingbirdCore", package: "hummingbird"),
            .product(name: "HummingbirdTLS", package: "hummingbird"),
            .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
            .product(name: "Mustache", package: "swift-mustache"),
        ],
        resources: [.copy("Assets"), .copy("Templates")]),
]

/// What every capability may import: the frame, the pages and any module of the spine; never another capability.
let frame: [Target.Dependency] = [
    "Store", "Record", "Series", "Twin", "Access", "Bus", "District", "Web", .logging, .lifecycle,
]

/// A capability's target: its pages' templates go with it, and its handbook where it has one.
func room(_ name: String) -> Target {
    .target(
        name: name, dependencies: frame,
        resources: [.copy("Pages/Templates")] + (handbooks.contains(name) ? [.copy("Data")] : []))
}

/// The capabilities that know something as data (duties, templates, phrases), in their folder Data.
let handbooks = [
    "Sensing", "Safety", "Citizen", "Stewardship", "Robots", "Fulfilment", "Transition", "Alliance", "Commons",
]

/// The capabilities: one name here, one folder under Sources, one line in Sources/slipway/Rooms.swift.
let rooms = [
    "Sensing", "Safety", "Citizen", "Stewardship", "Robots", "Fulfilment", "Transition", "Alliance", "Commons",
]

let executable: Target = .executableTarget(
    name: "slipway",
    dependencies: rooms.map { .byName(name: $0) } + frame + [
        .product(name: "ArgumentParser", package: "swift-argument-parser"), .crypto,
    ])

/// Tests mirror Sources: one suite a module, plus the toy capability of docs/adding-a-capability.md.
let tests: [Target] =
    [
        .testTarget(name: "StoreTests", dependencies: ["Store", "TestKit"]),
        .testTarget(name: "RecordTests", dependencies: ["Record", "Store", "TestKit", .crypto]),
        .testTarget(name: "SeriesTests", dependencies: ["Series", "Record", "Store", "TestKit"]),
        .testTarget(name: "TwinTests", dependencies: ["Twin", "Record", "Store", "TestKit"]),
        .testTarget(name: "AccessTests", dependencies: ["Access", "Record", "Store", "TestKit"]),
        .testTarget(name: "BusTests", dependencies: ["Bus", "TestKit"]),
        .testTarget(
            name: "DistrictTests",
            dependencies: ["TestKit", .product(name: "HTTPTypes", package: "swift-http-types")] + frame,
            resources: [.copy("Toys/Pages/Templates")]),
        .testTarget(
            name: "WebTests",
            dependencies: ["TestKit", "HouseKit", .product(name: "Hummingbird", package: "hummingbird")] + frame),
        .testTarget(name: "SensingTests", dependencies: ["Sensing", "TestKit", "HouseKit"] + frame),
        .testTarget(name: "SafetyTests", dependencies: ["Safety", "TestKit", "HouseKit"] + frame),
        .testTarget(name: "CitizenTests", dependencies: ["Citizen", "TestKit", "HouseKit"] + frame),
        .testTarget(name: "StewardshipTests", dependencies: ["Stewardship", "TestKit", "HouseKit"] + frame),
        .testTarget(name: "RobotsTests", dependencies: ["Robots", "TestKit", "HouseKit"] + frame),
        .testTarget(name: "FulfilmentTests", dependencies: ["Fulfilment", "TestKit", "HouseKit"] + frame),
        .testTarget(name: "TransitionTests", dependencies: ["Transition", "TestKit", "HouseKit"] + frame),
        .testTarget(name: "AllianceTests", dependencies: ["Alliance", "TestKit", "HouseKit"] + frame),
        .testTarget(name: "CommonsTests", dependencies: ["Commons", "TestKit", "HouseKit"] + frame),
        .target(name: "TestKit", dependencies: ["Store", .logging], path: "Tests/TestKit"),
        .target(name: "HouseKit", dependencies: ["TestKit"] + frame, path: "Tests/HouseKit"),
    ]

let package = Package(
    name: "slipway",
    defaultLocalization: "ko",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "slipway", targets: ["slipway"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: spine + rooms.map(room) + [
        executable
    ] + tests,
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = settings
}

// The optimiser of Swift 6.3.1 ends with an ownership error in this pass on code of Stewardship that is sound; without the
// pass the release builds. To be taken out with the next compiler.
for target in package.targets where target.name == "Stewardship" {
    target.swiftSettings?.append(
        .unsafeFlags(["-Xllvm", "-sil-disable-pass=copy-propagation"], .when(configuration: .release)))
}

extension Target.Dependency {
    static var crypto: Self { .product(name: "Crypto", package: "swift-crypto") }
    static var cryptoExtras: Self { .product(name: "CryptoExtras", package: "swift-crypto") }
    static var logging: Self { .product(name: "Logging", package: "swift-log") }
    static var lifecycle: Self { .product(name: "ServiceLifecycle", package: "swift-service-lifecycle") }
}
