import Foundation
import TestSupport
import Testing

@testable import Planning

@Suite("Queues at the counters")
struct CounterQueueTests {
  private func queue(
    _ utilization: Double, _ counters: Int, arrivals: Double = 1, handling: Double = 1
  ) -> CounterQueue {
    CounterQueue(
      arrivalsPerSecond: utilization * Double(counters) / 120, handlingSeconds: 120, counters: counters,
      arrivalVariability: arrivals, handlingVariability: handling)
  }

  @Test("with one counter are M/M/1: ρ E[S] ÷ (1 - ρ)", arguments: [0.05, 0.3, 0.5, 0.8, 0.95, 0.999])
  func one(utilization: Double) throws {
    let queue = queue(utilization, 1)
    let wait = try #require(queue.meanWaitSeconds)
    #expect(abs(wait / (utilization * 120 / (1 - utilization)) - 1) < 1e-9)
    #expect(abs(try #require(queue.probabilityOfWaiting) - utilization) < 1e-12)
    // The wait beyond t has probability ρ e^(-(1 - ρ) t ÷ E[S]).
    let tail = try #require(queue.share(waitingLongerThan: 1_200))
    #expect(abs(tail - utilization * exp(-(1 - utilization) * 10)) < 1e-12)
    // M/D/1 waits half as long (Pollaczek and Khinchine).
    let steady = try #require(self.queue(utilization, 1, handling: 0).meanWaitSeconds)
    #expect(abs(steady / wait - 0.5) < 1e-12)
    // Its tail, by the approximation, falls twice as fast.
    let short = try #require(self.queue(utilization, 1, handling: 0).share(waitingLongerThan: 600))
    #expect(abs(short - tail) < 1e-12)
  }

  @Test("with several counters are Erlang's sums", arguments: [1, 2, 3, 5, 10, 25], [0.1, 0.5, 0.9])
  func several(counters: Int, utilization: Double) throws {
    let load = utilization * Double(counters)
    var term = 1.0
    var sum = 1.0
    for k in 1...counters {
      term *= load / Double(k)
      sum += term
    }
    #expect(abs(CounterQueue.erlangB(load: load, counters: counters) / (term / sum) - 1) < 1e-12)
    let waiting = term / (1 - utilization) / (sum - term + term / (1 - utilization))
    let queue = queue(utilization, counters)
    #expect(abs(try #require(queue.probabilityOfWaiting) / waiting - 1) < 1e-9)
    let wait = waiting * 120 / (Double(counters) - load)
    #expect(abs(try #require(queue.meanWaitSeconds) / wait - 1) < 1e-9)
  }

  @Test(
    "wait as long as in a simulation, within what is promised",
    arguments: [
      // counters, utilization, c_s², relative error allowed below and above
      (1, 0.5, 1.0, -0.02, 0.02), (1, 0.7, 0.5, -0.02, 0.02), (1, 0.85, 0.25, -0.02, 0.02),
      (2, 0.7, 0.5, -0.05, 0.02), (3, 0.8, 0.5, -0.05, 0.02), (4, 0.7, 0.25, -0.06, 0.02),
    ])
  func simulation(counters: Int, utilization: Double, variability: Double, low: Double, high: Double) throws {
    let queue = queue(utilization, counters, handling: variability)
    let simulated = Self.simulate(queue, people: 500_000, seed: counters * 100 + Int(utilization * 100))
    let error = try #require(queue.meanWaitSeconds) / simulated - 1
    // Chance moves the simulated mean by a percent and a half.
    #expect((low - 0.015...high + 0.015).contains(error), "\(error)")
  }

  /// The mean wait of people who come independently, one line before the counters; handling is a sum of exponentials.
  private static func simulate(_ queue: CounterQueue, people: Int, seed: Int) -> Double {
    var random = SeededGenerator(seed: seed)
    // A sum of k exponentials has variability 1 ÷ k.
    let phases = Int((1 / queue.handlingVariability).rounded())
    var freeAt = [Double](repeating: 0, count: queue.counters)
    var now = 0.0
    var waited = 0.0
    for _ in 0..<people {
      now += -log(1 - .random(in: 0..<1, using: &random)) / queue.arrivalsPerSecond
      var product = 1.0
      for _ in 0..<phases { product *= 1 - .random(in: 0..<1, using: &random) }
      let handling = -log(product) * queue.handlingSeconds / Double(phases)
      let counter = freeAt.indices.min { freeAt[$0] < freeAt[$1] }!
      let start = max(now, freeAt[counter])
      waited += start - now
      freeAt[counter] = start + handling
    }
    return waited / Double(people)
  }

  @Test("without people, or without handling, keep nobody waiting")
  func nothing() {
    for queue in [
      CounterQueue(arrivalsPerSecond: 0, handlingSeconds: 120, counters: 2),
      CounterQueue(arrivalsPerSecond: 5, handlingSeconds: 0, counters: 1),
      CounterQueue(arrivalsPerSecond: 0, handlingSeconds: 0, counters: 1),
      CounterQueue(
        arrivalsPerSecond: 0.004, handlingSeconds: 120, counters: 1, arrivalVariability: 0,
        handlingVariability: 0),
    ] {
      #expect(queue.meanWaitSeconds == 0)
      #expect(queue.share(waitingLongerThan: 60) == 0)
    }
  }

  @Test("that are overrun have no formula, and as many counters as you like do not hang the program")
  func rim() {
    for utilization in [1.0, 1.5, 1e9] {
      #expect(queue(utilization, 1).meanWaitSeconds == nil)
      #expect(queue(utilization, 1).probabilityOfWaiting == nil)
    }
    let huge = CounterQueue(arrivalsPerSecond: 1, handlingSeconds: 100, counters: .max)
    #expect(huge.counters == CounterQueue.mostCounters)
    #expect(huge.meanWaitSeconds == 0)
    #expect(CounterQueue.erlangB(load: 1e300, counters: 10_000).isFinite)
  }
}

@Suite("A backlog")
struct FluidBacklogTests {
  @Test(
    "grows with who comes and shrinks with who is served, as a count minute by minute says", arguments: 0..<40
  )
  func counted(seed: Int) {
    var random = SeededGenerator(seed: seed)
    let capacity = Double.random(in: 5...50, using: &random)
    let arrivals = (0..<8).map { _ in Double.random(in: 0...80, using: &random) }
    let slot = Int.random(in: 0..<8, using: &random)
    let steps = 20_000
    let backlog = FluidBacklog(arrivals: arrivals, perSlot: capacity, slotSeconds: 3_600, watching: slot)
    var line = 0.0
    var largest = 0.0
    var waits = 0.0
    var long = 0
    for (number, people) in arrivals.enumerated() {
      for _ in 0..<steps {
        line = max(0, line + (people - capacity) / Double(steps))
        largest = max(largest, line)
        if number == slot {
          waits += line / capacity * 3_600
          if line / capacity * 3_600 > 1_200 { long += 1 }
        }
      }
    }
    #expect(abs(backlog.largest - largest) < 0.01)
    #expect(abs(backlog.atClosing - line) < 0.01)
    // A line that empties within the slot is not straight; the watched slot is one that is overrun.
    if arrivals[slot] >= capacity {
      #expect(abs(backlog.meanWaitSeconds - waits / Double(steps)) < 1)
      #expect(abs(backlog.share(waitingLongerThan: 1_200) - Double(long) / Double(steps)) < 0.001)
    }
  }
}
