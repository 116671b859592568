import Geo
import TestSupport
import Testing
import Travel

@Suite("Lengths and times with units")
struct UnitsTests {
  @Test(
    "reads lengths",
    arguments: [
      ("800m", 800), ("1.5km", 1_500), ("1.5 km", 1_500), ("0m", 0), ("0.5m", 0.5), ("100000km", 1e8),
      ("100000000m", 1e8), ("007m", 7),
    ])
  func lengths(text: String, meters: Double) {
    #expect(Distance(parsing: text)?.meters == meters)
  }

  @Test(
    "refuses what is no length",
    arguments: [
      "", "800", "m", "km", "-1m", "+1m", "1e3m", "1,5km", "1.km", ".5km", "1.2.3m", "800 m ", " 800m",
      "800mm",
      "800M", "800KM", "10min", "nanm", "infm", "100001km", "100000001m", "８００m", "1½m",
      "9999999999999999999999m",
    ])
  func notLengths(text: String) {
    #expect(Distance(parsing: text) == nil)
  }

  @Test(
    "reads times",
    arguments: [
      ("90s", 90), ("10min", 600), ("10 min", 600), ("1.5min", 90), ("0.35min", 21), ("2h", 7_200),
      ("0.5h", 1_800),
      ("0s", 0), ("1000h", 3_600_000),
    ])
  func times(text: String, seconds: Int) {
    #expect(TravelTime(parsing: text)?.seconds == seconds)
  }

  @Test(
    "refuses what is no time, or no whole number of seconds",
    arguments: [
      "", "10", "min", "-1min", "1.5s", "0.33min", "0.0001h", "1001h", "10m", "10 minutes", "10MIN", "10min ",
      "99999999999999999999s",
    ])
  func notTimes(text: String) {
    #expect(TravelTime(parsing: text) == nil)
  }

  @Test(
    "prints lengths the way people say them",
    arguments: [(0, "0m"), (0.5, "0.5m"), (800, "800m"), (999.9, "999.9m"), (1_000, "1km"), (1_500, "1.5km")])
  func printsLengths(meters: Double, text: String) {
    #expect("\(Distance.meters(meters))" == text)
  }

  @Test(
    "prints times the way people say them",
    arguments: [
      (0, "0s"), (59, "59s"), (60, "1min"), (90, "90s"), (600, "10min"), (3_600, "1h"), (3_660, "61min"),
    ])
  func printsTimes(seconds: Int, text: String) {
    #expect("\(TravelTime.seconds(seconds))" == text)
  }

  @Test("reads back what it prints", arguments: 0..<20)
  func roundTrip(seed: Int) {
    var rng = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let length = Distance.meters(Double.random(in: 0.001...1e5, using: &rng))
      #expect(Distance(parsing: "\(length)") == length)
      let whole = Distance.meters(Double(Int.random(in: 0...100_000_000, using: &rng)))
      #expect(Distance(parsing: "\(whole)") == whole)
      let time = TravelTime.seconds(Int.random(in: 0...100_000, using: &rng))
      #expect(TravelTime(parsing: "\(time)") == time)
    }
  }
}
