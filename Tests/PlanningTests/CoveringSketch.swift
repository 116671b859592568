import Planning
import TestSupport

/// A small covering question with everything that makes trouble, and the judge that tries every choice of sites.
struct CoveringSketch {
  var siteCount: Int
  var weights: [Int]
  var sitesOfPlaces: [[Int32]]
  var costs: [Int]
  var kept: [Int]
  var forbidden: [Int]

  /// Ways questions are made, each chosen to defeat a different shortcut.
  enum Kind: String, CaseIterable {
    case scattered
    /// Few different weights, costs and sets: many plans are equally good.
    case tied
    /// Places without weight, without sites, and alike.
    case degenerate
    /// Every place is covered by two or three sites of many: fractions of a half are best, and bounds alone decide nothing.
    case knotted
    /// Weights up to 10¹².
    case heavy
  }

  init(_ kind: Kind, seed: Int) {
    var dice = SeededGenerator(seed: seed &* 31 &+ kind.rawValue.utf8.reduce(0) { $0 &* 7 &+ Int($1) })
    let siteCount = Int.random(in: kind == .degenerate ? 1...8 : 4...12, using: &dice)
    let placeCount = Int.random(in: kind == .degenerate ? 0...12 : 5...40, using: &dice)
    self.siteCount = siteCount
    weights = (0..<placeCount).map { _ in
      switch kind {
      case .scattered, .knotted: Int.random(in: 1...100, using: &dice)
      case .tied: Int.random(in: 1...2, using: &dice)
      case .degenerate: Bool.random(using: &dice) ? 0 : Int.random(in: 0...3, using: &dice)
      case .heavy: Int.random(in: 1...1_000_000_000_000, using: &dice)
      }
    }
    sitesOfPlaces = (0..<placeCount).map { _ in
      let size =
        switch kind {
        case .scattered, .heavy: Int.random(in: 1...min(5, siteCount), using: &dice)
        case .tied, .knotted: Int.random(in: 2...3, using: &dice)
        case .degenerate: Int.random(in: 0...min(2, siteCount), using: &dice)
        }
      return Array((0..<Int32(siteCount)).shuffled(using: &dice).prefix(size))
    }
    costs = (0..<siteCount).map { _ in
      kind == .tied ? 2 * Int.random(in: 1...2, using: &dice) : Int.random(in: 0...30, using: &dice)
    }
    let order = (0..<siteCount).shuffled(using: &dice)
    kept = Array(order.prefix(Int.random(in: 0...max(0, siteCount / 5), using: &dice)))
    forbidden = Array(order.suffix(Int.random(in: 0...max(0, siteCount / 4), using: &dice)))
  }

  var table: CoverTable {
    CoverTable(siteCount: siteCount, weights: weights, sitesOfPlaces: FlatRows(sitesOfPlaces))
  }

  /// What a choice of sites covers, kept ones included.
  func covered(_ sites: Set<Int>) -> Int {
    let standing = sites.union(kept)
    return weights.indices.filter { sitesOfPlaces[$0].contains { standing.contains(Int($0)) } }
      .reduce(0) { $0 + weights[$1] }
  }

  /// Whether a choice covers every place that some allowed site covers.
  func coversAll(_ sites: Set<Int>) -> Bool {
    let standing = sites.union(kept)
    return sitesOfPlaces.allSatisfy { row in
      row.allSatisfy { !isAllowed(Int($0)) } || row.contains { standing.contains(Int($0)) }
    }
  }

  func isAllowed(_ site: Int) -> Bool { kept.contains(site) || !forbidden.contains(site) }

  func cost(_ sites: Set<Int>) -> Int { sites.reduce(0) { $0 + costs[$1] } }

  /// Every choice of allowed sites, kept ones not named.
  var choices: [Set<Int>] {
    let free = (0..<siteCount).filter { isAllowed($0) && !kept.contains($0) }
    return (0..<1 << free.count).map { mask in
      Set(free.indices.filter { mask >> $0 & 1 == 1 }.map { free[$0] })
    }
  }
}
