import Foundation
import Planning
import Reporting
import Testing
import Words

@Suite struct LookAtReportTests {
  /// For eyes: writes both reports and the map into the folder that PAYCIRCLE_LOOK names.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["PAYCIRCLE_LOOK"] != nil))
  func `both languages are written for someone to look at`() throws {
    let folder = URL(fileURLWithPath: ProcessInfo.processInfo.environment["PAYCIRCLE_LOOK"] ?? "")
    let county = SeededCounty()
    let coverage = townshipCoverage(of: county.network)
    let circles = try coverage.paymentCircle(of: county.network)
    for language in Language.allCases {
      let report = CoverageReport(
        network: county.network, coverage: coverage, circles: circles, version: "0.1.0",
        stamp: nil, language: language)
      try Data(report.html().utf8).write(to: folder.appending(path: "\(language.rawValue).html"))
      try Data(report.mapSVG().utf8).write(to: folder.appending(path: "\(language.rawValue).svg"))
    }
  }
}
