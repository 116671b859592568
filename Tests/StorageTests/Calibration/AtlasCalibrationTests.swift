import Foundation
import GRDB
import Geo
import Planning
import Testing
import Travel

@testable import Storage

@Suite("Calibrations in an atlas")
struct AtlasCalibrationTests {
  private static let stamp = "2015-12-31T00:00:00Z"
  private let folder = ScratchFolder()

  private func load(_ kind: ImportKind, _ text: String) throws {
    let file = folder.write(text, to: "\(kind.rawValue).csv")
    let result = try ImportRequest(kind: kind, files: [file], stamp: Self.stamp).run(
      into: folder.file("a.gpkg"))
    #expect(!result.isRefused)
  }

  /// An atlas in which sixty people were asked.
  private func makeAtlas() throws -> Atlas {
    try load(
      .places,
      "place_id,name,setting,longitude,latitude,customers,terrain\n"
        + (0..<60).map { "v\($0),V,town,112.5,\(35.001 + 0.0002 * Double($0)),10,hill" }.joined(
          separator: "\n"))
    try load(.points, "point_id,name,kind,longitude,latitude\np,P,shop,112.5,35\nq,Q,shop,112.52,35")
    try load(
      .distanceSurveys,
      "survey_id,place_id,point_id,mode,meters,minutes\n"
        + (0..<60).map {
          "s\($0),v\($0),p,walk,\(160 + 33 * $0),\($0 % 7 == 0 ? 5 * ($0 / 7 + 1) : $0 / 2 + 1)"
        }
        .joined(separator: "\n"))
    return try Atlas(path: folder.file("a.gpkg"))
  }

  private func calibration(of atlas: Atlas) throws -> (Calibration, String) {
    var options = CalibrationOptions()
    options.draws = 100
    let network = try atlas.network()
    let surveys = try atlas.surveys().distances
    return (
      calibrate(surveys, of: network, options).calibration,
      CalibrationInputs.sha256(of: surveys, in: network, roadsSHA256: nil)
    )
  }

  private func change(_ sql: String) throws {
    let queue = try DatabaseQueue(path: folder.file("a.gpkg"))
    try queue.write { try $0.execute(sql: sql) }
  }

  @Test("what is kept is read back, exactly, and the newest counts")
  func roundTrip() throws {
    let atlas = try makeAtlas()
    #expect(try atlas.calibration() == nil)
    var (calibration, inputs) = try calibration(of: atlas)
    calibration.roads = [
      .init(
        mode: .car, terrain: nil, value: 1.25, standard: 1, estimate: 1.25, answers: 3, method: .shrunkMedian)
    ]
    calibration.slopes = [
      .init(terrain: .hill, atOneKilometer: 1.5, slope: 0.1, interval: 0.05...0.15, answers: 60)
    ]
    let kept = try atlas.keep(calibration, inputsSHA256: inputs, stamp: Self.stamp)
    #expect(kept.id == 1)
    #expect(try atlas.calibration() == kept)
    #expect(try atlas.calibration()?.calibration == calibration)
    #expect(calibration.setAside.isEmpty == false || calibration.shares[0].estimate != nil)
    // The same again is no news.
    #expect(try atlas.keep(calibration, inputsSHA256: inputs, stamp: "2016-01-01T00:00:00Z").id == 1)
    calibration.seed = .max
    #expect(try atlas.keep(calibration, inputsSHA256: inputs, stamp: Self.stamp).id == 2)
    #expect(try atlas.calibration()?.calibration.seed == .max)
    #expect(
      try atlas.calibration()?.reference == CalibrationReference(id: 2, inputsSHA256: inputs, surveys: 60))
  }

  @Test("the same at the same time is the same file")
  func deterministic() throws {
    let atlas = try makeAtlas()
    let before = try #require(folder.bytes("a.gpkg"))
    let (calibration, inputs) = try calibration(of: atlas)
    _ = try atlas.keep(calibration, inputsSHA256: inputs, stamp: Self.stamp)
    let first = try #require(folder.bytes("a.gpkg"))
    try before.write(to: URL(fileURLWithPath: folder.file("a.gpkg")))
    _ = try atlas.keep(calibration, inputsSHA256: inputs, stamp: Self.stamp)
    #expect(folder.bytes("a.gpkg") == first && first != before)
    #expect(folder.names.allSatisfy { !$0.contains("paycircle-new") })
  }

  @Test("an atlas that is older than calibrations has none")
  func older() throws {
    let atlas = try makeAtlas()
    try change("DROP TABLE calibration")
    #expect(try atlas.calibration() == nil)
  }

  @Test(
    "what another hand wrote is refused with a sentence, and never travels",
    arguments: [
      "not JSON", "{}", "{\"version\":1}",
      "\"value\":1.3|\"value\":0.5", "\"value\":1.3|\"value\":1e999",
      "\"method\":\"default\"|\"method\":\"magic\"",
      "\"terrain\":\"hill\"|\"terrain\":\"sea\"", "\"mode\":\"walk\"|\"mode\":\"swim\"",
    ])
  func damaged(edit: String) throws {
    let atlas = try makeAtlas()
    let (calibration, inputs) = try calibration(of: atlas)
    _ = try atlas.keep(calibration, inputsSHA256: inputs, stamp: Self.stamp)
    let parts = edit.split(separator: "|").map(String.init)
    if parts.count == 2 {
      try change("UPDATE calibration SET estimates = replace(estimates, '\(parts[0])', '\(parts[1])')")
    } else {
      try change("UPDATE calibration SET estimates = '\(edit)'")
    }
    #expect(throws: AtlasError.self) { try atlas.calibration() }
    do {
      _ = try atlas.calibration()
    } catch {
      guard case .damaged(_, let detail) = error else { return #expect(Bool(false), "\(error)") }
      #expect(detail.contains("calibration 1"))
    }
  }

  @Test("one of a later version is refused as newer")
  func newer() throws {
    let atlas = try makeAtlas()
    let (calibration, inputs) = try calibration(of: atlas)
    _ = try atlas.keep(calibration, inputsSHA256: inputs, stamp: Self.stamp)
    try change("UPDATE calibration SET estimates = replace(estimates, '\"version\":1', '\"version\":2')")
    #expect(throws: AtlasError.newerVersion(path: atlas.path)) { try atlas.calibration() }
  }

  @Test(
    "any change of an answer, a position or a terrain makes it outdated, anything else does not",
    arguments: [
      ("UPDATE distance_surveys SET minutes = minutes + 1 WHERE survey_id = 's7'", true),
      ("UPDATE distance_surveys SET meters = NULL WHERE survey_id = 's7'", true),
      ("UPDATE distance_surveys SET mode = 'car' WHERE survey_id = 's7'", true),
      ("UPDATE distance_surveys SET point_id = 'q' WHERE survey_id = 's7'", true),
      ("DELETE FROM distance_surveys WHERE survey_id = 's7'", true),
      ("UPDATE places SET terrain = 'plain' WHERE place_id = 'v7'", true),
      ("UPDATE places SET customers = 11", false),
      ("UPDATE places SET name = 'W'", false),
      ("UPDATE distance_surveys SET date = '2015-01-01'", false),
    ])
  func outdated(sql: String, isOutdated: Bool) throws {
    let atlas = try makeAtlas()
    let (calibration, inputs) = try calibration(of: atlas)
    let kept = try atlas.keep(calibration, inputsSHA256: inputs, stamp: Self.stamp)
    func isOutdatedNow() throws -> Bool {
      try atlas.isOutdated(kept, surveys: atlas.surveys().distances, network: atlas.network())
    }
    #expect(try !isOutdatedNow())
    // The triggers of the spatial index ask for functions that only a GIS brings.
    let queue = try DatabaseQueue(path: atlas.path)
    try queue.write { db in
      for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
        try db.execute(sql: "DROP TRIGGER \(name)")
      }
    }
    try change(sql)
    #expect(try isOutdatedNow() == isOutdated)
  }

  @Test("the hash is that of the bytes its description names")
  func inputs() throws {
    let atlas = try makeAtlas()
    let network = try atlas.network()
    let surveys = try atlas.surveys().distances
    var bytes = Data("paycircle distance surveys 1\nroads abc\n".utf8)
    for row in 0..<surveys.count {
      let (place, point) = (Int(surveys.places[row]), Int(surveys.points[row]))
      bytes += Data(surveys.ids[row].utf8) + [0, 0, 1]
      for value in [
        surveys.meters[row], surveys.minutes[row], network.places.latitudes[place],
        network.places.longitudes[place],
        network.points.latitudes[point], network.points.longitudes[point],
      ] {
        bytes += (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64($0))) }
      }
    }
    #expect(CalibrationInputs.sha256(of: surveys, in: network, roadsSHA256: "abc") == SHA256.of(bytes))
  }
}

/// Real pairs of settlements with driving meters and minutes (SamoFMF/Slovenia---Settlements-Post-Offices, MIT) as answers.
@Suite(
  "Slovenian pairs",
  .enabled(if: sharedData != nil, "set PAYCIRCLE_SHARED_DATA to the folder of shared data to run these"))
struct SlovenianCalibrationTests {
  @Test("give a circuity and a speed of driving that the pairs themselves have")
  func pairs() throws {
    let folder = try #require(sharedData) + "/slovenia/"
    func rows(_ name: String) throws -> [[Substring]] {
      try String(contentsOfFile: folder + name, encoding: .utf8).split(whereSeparator: \.isNewline)
        .dropFirst().map {
          $0.split(separator: ",", omittingEmptySubsequences: false)
        }
    }
    var network = PaymentNetwork()
    for row in try rows("settlements.csv") {
      network.places.latitudes.append(Double(row[row.count - 3]) ?? 0)
      network.places.longitudes.append(Double(row[row.count - 2]) ?? 0)
      network.places.terrains.append(.plain)
    }
    network.points.latitudes = network.places.latitudes
    network.points.longitudes = network.places.longitudes
    var surveys = DistanceSurveyTable()
    var (roads, straight, seconds) = (0.0, 0.0, 0.0)
    for (number, row) in try rows("road_edges.csv").enumerated() {
      let values = row.compactMap { Double($0) }
      surveys.ids.append("\(number)")
      surveys.places.append(Int32(values[0]))
      surveys.points.append(Int32(values[1]))
      surveys.modes.append(.car)
      surveys.meters.append(values[2])
      surveys.minutes.append(values[3] / 60)
      (roads, seconds, straight) = (roads + values[2], seconds + values[3], straight + values[4])
    }
    let answer = calibrate(surveys, of: network, .init())
    let calibration = answer.calibration
    let circuity = try #require(calibration.circuity.first { $0.mode == .car && $0.terrain == .plain })
    #expect(circuity.answers > 34_000 && circuity.method == .ratioOfSums)
    // No answer is made up here: rejection takes the tail of the longest detours off, 4 % of circuity at most.
    #expect(circuity.value < roads / straight && circuity.value > 0.96 * roads / straight)
    let interval = try #require(circuity.interval)
    #expect(interval.contains(circuity.value) && interval.upperBound - interval.lowerBound < 0.05)
    let speed = try #require(calibration.speed.first { $0.mode == .car && $0.terrain == .plain })
    #expect(abs(speed.value / (roads / seconds) - 1) < 0.1)
    // Twenty-seven pairs are shorter than the straight line, sixteen of them of no length at all.
    #expect((15...30).contains(answer.rejections.count { $0.reason == .shorterThanStraight }))
    #expect(calibration.slopes.count == 1 && calibration.slopes.allSatisfy { abs($0.slope) < 0.2 })
  }
}
