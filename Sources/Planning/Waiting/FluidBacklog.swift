/// People who pile up when more come than the counters can serve: a fluid that flows in by the hour and out at the counters'
/// pace (Newell, Applications of Queueing Theory, 1982).
///
///     // 80 come in the first hour and 10 in each of the others; 40 an hour can be served.
///     let backlog = FluidBacklog(arrivals: [80, 10, 10], perSlot: 40, slotSeconds: 3600, watching: 0)
///     backlog.largest          // 40
///     backlog.meanWaitSeconds  // 1800: who comes last waits an hour
///
/// Chance is left out: it counts for little once the counters are overrun.
struct FluidBacklog {
  /// The most people in the line at any time.
  let largest: Double
  /// How many are still there when the last slot ends.
  let atClosing: Double
  /// The mean wait of those who come in the slot watched.
  let meanWaitSeconds: Double

  // Where the watched slot's backlog starts and ends, in people, and how many are served a second.
  private let watched: (from: Double, to: Double)
  private let servedPerSecond: Double

  /// Lets people flow through.
  ///
  /// - Parameters:
  ///   - arrivals: how many come in each slot, evenly over the slot.
  ///   - capacity: how many can be served in a slot, above 0.
  ///   - slotSeconds: how long a slot is.
  ///   - slot: the slot whose people are asked how long they wait.
  init(arrivals: [Double], perSlot capacity: Double, slotSeconds: Double, watching slot: Int) {
    precondition(capacity > 0 && slotSeconds > 0, "a capacity and a slot above 0 are expected")
    precondition(arrivals.indices.contains(slot), "a slot that exists is expected")
    var backlog = 0.0
    var largest = 0.0
    var watched = (from: 0.0, to: 0.0)
    for (number, people) in arrivals.enumerated() {
      // Within a slot the line grows or shrinks evenly, so its ends are its extremes.
      let before = backlog
      backlog = max(0, backlog + people - capacity)
      largest = max(largest, backlog)
      if number == slot { watched = (before, backlog) }
    }
    self.largest = largest
    atClosing = backlog
    self.watched = watched
    servedPerSecond = capacity / slotSeconds
    meanWaitSeconds = (watched.from + watched.to) / 2 / servedPerSecond
  }

  /// The share of those who come in the slot watched who wait longer than `seconds`.
  func share(waitingLongerThan seconds: Double) -> Double {
    let people = seconds * servedPerSecond
    let (low, high) = (min(watched.from, watched.to), max(watched.from, watched.to))
    if people < low { return 1 }
    if people >= high { return 0 }
    return (high - people) / (high - low)
  }
}
