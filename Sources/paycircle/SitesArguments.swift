import ArgumentParser
import Foundation
import Geo
import Planning
import Travel
import Words

/// A share with its sign, such as `95%` or `99.5%`: at most four decimals.
struct Percent: ExpressibleByArgument {
  var millionths: Int

  init?(argument: String) {
    guard argument.hasSuffix("%"), let value = wholeNumber(String(argument.dropLast()), decimals: 4),
      value <= 1_000_000
    else { return nil }
    millionths = value
  }
}

/// Money with its unit, such as `50000yuan` or `50000.50元`.
struct Yuan: ExpressibleByArgument {
  var fen: Int

  init?(argument: String) {
    guard let unit = ["yuan", "元"].first(where: argument.hasSuffix),
      let value = wholeNumber(String(argument.dropLast(unit.count)), decimals: 2), value <= 1_000_000_000_000
    else { return nil }
    fen = value
  }
}

/// `text` times ten to the power of `decimals`, or `nil` where it is not a number from 0 up with at most as many decimals.
private func wholeNumber(_ text: String, decimals: Int) -> Int? {
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }),
    parts.count == 1 || parts[1].count <= decimals, parts[0].count <= 13
  else { return nil }
  let fraction = parts.count == 2 ? String(parts[1]) : ""
  return Int(parts[0] + fraction + String(repeating: "0", count: decimals - fraction.count))
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

/// Where the candidates come from.
enum CandidateSource: ExpressibleByArgument, CustomStringConvertible {
  case table, places
  case grid(Distance)

  init?(argument: String) {
    switch argument {
    case "table": self = .table
    case "places": self = .places
    default:
      guard argument.hasPrefix("grid:"), let side = Distance(parsing: String(argument.dropFirst(5))),
        side.meters >= 10
      else { return nil }
      self = .grid(side)
    }
  }

  var description: String {
    switch self {
    case .table: "table"
    case .places: "places"
    case .grid(let side): "grid:\(side)"
    }
  }

  var defaultValueDescription: String { description }

  func sites(of network: PaymentNetwork) -> CandidateTable {
    switch self {
    case .table: network.candidates
    case .places: CandidateTable(atPlaces: network.places)
    case .grid(let side): CandidateTable(inCellsOf: side, among: network.places)
    }
  }
}

/// Ids separated by commas.
struct IDList: ExpressibleByArgument {
  var ids: [String]

  init?(argument: String) {
    ids = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    if ids.contains("") { return nil }
  }
}

extension SiteQuestion.Goal: ExpressibleByArgument {}

/// Stops a search at a time limit, or when somebody presses Ctrl-C; a second Ctrl-C ends the program.
final class Interruption {
  private let deadline: ContinuousClock.Instant?
  private let start = ContinuousClock.now

  init(after limit: TravelTime?) {
    deadline = limit.map { ContinuousClock.now + .seconds($0.seconds) }
    signal(SIGINT) { _ in
      isInterrupted = 1
      signal(SIGINT, SIG_DFL)
    }
    // A program that starts this one may have blocked the signal for itself, and what is started inherits that.
    var interrupts = sigset_t()
    sigemptyset(&interrupts)
    sigaddset(&interrupts, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &interrupts, nil)
  }

  deinit { signal(SIGINT, SIG_DFL) }

  /// Whether it is time to stop.
  var isDue: Bool { isInterrupted != 0 || deadline.map { ContinuousClock.now >= $0 } ?? false }

  /// The seconds since it was made.
  var seconds: Double { Double((ContinuousClock.now - start) / .milliseconds(1)).rounded() / 1_000 }
}

// Written by the handler of a signal, which can be given nothing to write to.
nonisolated(unsafe) private var isInterrupted: sig_atomic_t = 0
