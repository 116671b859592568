// swift-tools-version: 6.1
import PackageDescription

// An import is private to its file unless it says `public import`: nothing leaks by accident.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "paycircle",
  platforms: [.macOS(.v14)],
  products: [
    .executable(name: "paycircle", targets: ["paycircle"]),
    .library(name: "Paycircle", targets: ["Geo", "Travel", "Planning", "Storage", "Reporting"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.0"),
  ],
  // Each target may import the ones above it, never the ones below.
  targets: [
    .systemLibrary(
      name: "CGEOS", path: "Sources/CGEOS", pkgConfig: "geos", providers: [.apt(["libgeos-dev"])]),
    .systemLibrary(
      name: "CCrypto", path: "Sources/CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CIconv", path: "Sources/CIconv"),
    .systemLibrary(
      name: "CTIFF", path: "Sources/CTIFF", pkgConfig: "libtiff-4", providers: [.apt(["libtiff-dev"])]),
    .systemLibrary(
      name: "CXLSXWriter", path: "Sources/CXLSXWriter", pkgConfig: "xlsxwriter",
      providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(
      name: "CMinizip", path: "Sources/CMinizip", pkgConfig: "minizip", providers: [.apt(["libminizip-dev"])]),
    // Files with damaged bytes must end in an exception, not in an assertion of a debug build.
    .target(
      name: "COSM", cxxSettings: [.define("NDEBUG")],
      linkerSettings: [.linkedLibrary("z"), .linkedLibrary("expat"), .linkedLibrary("pthread")]),

    .target(name: "Words", swiftSettings: settings),
    .target(name: "Geo", swiftSettings: settings),
    .target(name: "Travel", dependencies: ["Geo", "CGEOS"], swiftSettings: settings),
    .target(name: "Planning", dependencies: ["Geo", "Travel"], swiftSettings: settings),
    .target(
      name: "Storage",
      dependencies: [
        "Words", "Geo", "Travel", "Planning", "CIconv", "CCrypto", "COSM", "CTIFF", "CXLSXWriter", "CMinizip",
        "Yams",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: settings),
    .target(
      name: "Reporting", dependencies: ["Words", "Geo", "Travel", "Planning"], swiftSettings: settings),
    .executableTarget(
      name: "paycircle",
      dependencies: [
        "Words", "Geo", "Travel", "Planning", "Storage", "Reporting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      // A program exports nothing, and its conformances of library types would all need public imports.
      swiftSettings: [.enableUpcomingFeature("MemberImportVisibility")]),

    // Makes geodata/jiyuan; not shipped.
    .executableTarget(name: "SampleCounty", dependencies: ["COSMWriter"], swiftSettings: settings),
    // Writes OpenStreetMap PBF with libosmium, for SampleCounty only.
    .target(
      name: "COSMWriter", cxxSettings: [.define("NDEBUG")],
      linkerSettings: [.linkedLibrary("z"), .linkedLibrary("pthread")]),

    // Nearest point and counts within a radius, beside a full scan; not shipped.
    .executableTarget(
      name: "GridBenchmark", dependencies: ["Geo", "TestSupport"], path: "Benchmarks/Grid",
      swiftSettings: settings),

    // The merged circles of a nation; not shipped.
    .executableTarget(
      name: "CirclesBenchmark", dependencies: ["Travel", "Geo", "TestSupport"], path: "Benchmarks/Circles",
      swiftSettings: settings),

    // Travel on roads, beside SciPy; not shipped.
    .executableTarget(
      name: "RoadsBenchmark", dependencies: ["Geo", "Travel", "Storage", "TestSupport"],
      path: "Benchmarks/Roads",
      swiftSettings: settings),

    // Areas reached by road: time, and how well they tell reached nodes from others; not shipped.
    .executableTarget(
      name: "IsochroneBenchmark", dependencies: ["Geo", "Travel", "TestSupport"],
      path: "Benchmarks/Isochrones", swiftSettings: settings),

    // Covering plans, beside the peers on the same instances; not shipped.
    .executableTarget(
      name: "SitingBenchmark", dependencies: ["Planning"], path: "Benchmarks/Siting", swiftSettings: settings),

    // Calibration of a million answers, and a thousand draws of ten thousand; not shipped.
    .executableTarget(
      name: "SurveysBenchmark", dependencies: ["Geo", "Travel", "Planning", "TestSupport"],
      path: "Benchmarks/Surveys", swiftSettings: settings),

    // Who goes where in a nation; not shipped.
    .executableTarget(
      name: "DemandBenchmark", dependencies: ["Geo", "Travel", "Planning"], path: "Benchmarks/Demand",
      swiftSettings: settings),

    // Points that close, open and move, beside answers from scratch; not shipped.
    .executableTarget(
      name: "ScenariosBenchmark", dependencies: ["Geo", "Travel", "Planning", "TestSupport"],
      path: "Benchmarks/Scenarios", swiftSettings: settings),

    .target(
      name: "TestSupport", dependencies: ["Geo", "Travel"], path: "Tests/TestSupport",
      swiftSettings: settings),
    .testTarget(name: "WordsTests", dependencies: ["Words"], swiftSettings: settings),
    .testTarget(name: "GeoTests", dependencies: ["Geo", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "TravelTests", dependencies: ["Travel", "Geo", "CGEOS", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "PlanningTests", dependencies: ["Planning", "Travel", "Geo", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "StorageTests",
      dependencies: [
        "Storage", "Words", "Planning", "Travel", "Geo", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Reporting", "Words", "Planning", "Travel", "Geo", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "SampleCountyTests", dependencies: ["SampleCounty", "COSMWriter", "Geo", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "paycircleTests", dependencies: ["paycircle", "Geo", "Travel", "TestSupport"],
      swiftSettings: settings),
  ],
  cxxLanguageStandard: .cxx17
)
