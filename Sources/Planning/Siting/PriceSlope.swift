/// The direction in which the prices of p-median move up the slope of L(u).
///
/// A row that none of the sites taken serves below its price should pay more, one that several serve less. A part of the
/// direction before is kept, which spares the zigzag (Camerini, Fratta and Maffioli 1975, "On improving relaxation methods by
/// modified gradient techniques", Mathematical Programming Study 3).
struct PriceSlope {
  private var values: [Double]
  private var served: [Int32]
  // Prices lie between the cheapest site of a row and its base, times the scale.
  private let least: [Int]
  private let most: [Int]

  /// No direction yet.
  init(_ costs: AssignmentCosts, scale: Int) {
    values = [Double](repeating: 0, count: costs.rowCount)
    served = [Int32](repeating: 0, count: costs.rowCount)
    most = costs.base.map { $0 * scale }
    least = costs.base.indices.map { row in
      let first = costs.rowStart[row]
      return (first < costs.rowStart[row + 1] ? costs.costs[first] : costs.base[row]) * scale
    }
  }

  /// Forgets the direction.
  mutating func forget() {
    for row in values.indices { values[row] = 0 }
  }

  /// Turns towards rows that are served too seldom, and away from those served too often, by what the bound takes.
  ///
  /// - Returns: the square of its length.
  /// - Complexity: O(rows + the lesser of the entries of the sites taken, and those below the prices).
  mutating func turn(at bound: AssignmentBound, _ costs: AssignmentCosts) -> Double {
    let inColumns = bound.taken.reduce(0) { $0 + costs.columnStart[$1 + 1] - costs.columnStart[$1] }
    for row in served.indices { served[row] = 0 }
    if inColumns <= bound.reads { countByColumn(bound, costs) } else { countByRow(bound, costs) }
    var length = 0.0
    values.withUnsafeMutableBufferPointer { values in
      served.withUnsafeBufferPointer { served in
        bound.prices.withUnsafeBufferPointer { prices in
          least.withUnsafeBufferPointer { least in
            most.withUnsafeBufferPointer { most in
              for row in values.indices {
                let value = Double(1 - served[row]) + 0.6 * values[row]
                // Prices that cannot move would only shorten the step of the others.
                let isStuck = value > 0 ? prices[row] == most[row] : prices[row] == least[row]
                values[row] = isStuck ? 0 : value
                length += isStuck ? 0 : value * value
              }
            }
          }
        }
      }
    }
    return length
  }

  private mutating func countByColumn(_ bound: AssignmentBound, _ costs: AssignmentCosts) {
    let scale = bound.scale
    served.withUnsafeMutableBufferPointer { served in
      bound.prices.withUnsafeBufferPointer { prices in
        costs.rows.withUnsafeBufferPointer { rows in
          costs.columnCosts.withUnsafeBufferPointer { entryCosts in
            for site in bound.taken {
              for entry in costs.columnStart[site]..<costs.columnStart[site + 1] {
                let row = Int(rows[entry])
                served[row] += entryCosts[entry] * scale < prices[row] ? 1 : 0
              }
            }
          }
        }
      }
    }
  }

  private mutating func countByRow(_ bound: AssignmentBound, _ costs: AssignmentCosts) {
    let scale = bound.scale
    var isTaken = [Bool](repeating: false, count: costs.siteCount)
    for site in bound.taken { isTaken[site] = true }
    served.withUnsafeMutableBufferPointer { served in
      bound.prices.withUnsafeBufferPointer { prices in
        costs.sites.withUnsafeBufferPointer { sites in
          costs.costs.withUnsafeBufferPointer { entryCosts in
            isTaken.withUnsafeBufferPointer { isTaken in
              for row in prices.indices {
                let price = prices[row]
                var entry = costs.rowStart[row]
                let end = costs.rowStart[row + 1]
                var count: Int32 = 0
                while entry < end, entryCosts[entry] * scale < price {
                  count += isTaken[Int(sites[entry])] ? 1 : 0
                  entry += 1
                }
                served[row] = count
              }
            }
          }
        }
      }
    }
  }

  /// Moves prices so far in this direction, between the cheapest site of each row and its base.
  func move(_ bound: inout AssignmentBound, _ pace: Double) {
    bound.prices.withUnsafeMutableBufferPointer { prices in
      values.withUnsafeBufferPointer { values in
        least.withUnsafeBufferPointer { least in
          most.withUnsafeBufferPointer { most in
            for row in prices.indices {
              // Within the limits first: a step may be too long for a whole number.
              let wanted = max(
                Double(least[row]), min(Double(most[row]), Double(prices[row]) + pace * values[row]))
              prices[row] = max(least[row], min(most[row], Int(wanted + 0.5)))
            }
          }
        }
      }
    }
  }
}
