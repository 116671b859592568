import Foundation
import Testing

@testable import Planning

@Suite("Decay")
struct DecayFormTests {
  static let parameters: [DecayForm: [Double]] = [
    .exponential: [log(0.08)], .power: [log(1.7)], .logLogistic: [log(9), log(2.4)],
  ]

  @Test(
    "is what its formula says", arguments: DecayForm.allCases, [0.0, 0.01, 1, 5, 9, 12, 90, 20_000])
  func values(form: DecayForm, minutes: Double) throws {
    let t = max(minutes, 1.0 / 60)
    let expected =
      switch form {
      case .exponential: exp(-0.08 * t)
      case .power: pow(1 + t, -1.7)
      case .logLogistic: 1 / (1 + pow(t / 9, 2.4))
      }
    let parameters = try #require(Self.parameters[form])
    let found = form.decay(minutes: minutes, parameters: parameters)
    #expect(abs(found - expected) <= 1e-12 * max(expected, 1e-300), "\(found), \(expected)")
  }

  @Test("has the derivatives that small steps find", arguments: DecayForm.allCases, [0, 0.4, 3, 9, 47, 600])
  func derivatives(form: DecayForm, minutes: Double) throws {
    let at = try #require(Self.parameters[form])
    let second = at.count > 1 ? at[1] : 0
    let h = 1e-4
    func value(_ a: Double, _ b: Double) -> Double {
      form.slope(minutes: minutes, at[0] + a * h, second + b * h).value
    }
    let slope = form.slope(minutes: minutes, at[0], second)
    func expect(_ found: Double, _ small: Double, _ name: String) {
      #expect(abs(found - small) < 2e-6 * max(1, abs(small)), "\(name): \(found), \(small)")
    }
    expect(slope.d0, (value(1, 0) - value(-1, 0)) / (2 * h), "d0")
    expect(slope.d00, (value(1, 0) - 2 * value(0, 0) + value(-1, 0)) / (h * h), "d00")
    expect(slope.d1, (value(0, 1) - value(0, -1)) / (2 * h), "d1")
    expect(slope.d11, (value(0, 1) - 2 * value(0, 0) + value(0, -1)) / (h * h), "d11")
    expect(
      slope.d01, (value(1, 1) - value(1, -1) - value(-1, 1) + value(-1, -1)) / (4 * h * h), "d01")
  }

  @Test("stays finite, however steep and however far", arguments: DecayForm.allCases)
  func finite(form: DecayForm) {
    for first in [-20.0, 0, 20] {
      for second in [-20.0, 0, 5] {
        for minutes in [0.0, 1, 1e7] {
          let slope = form.slope(minutes: minutes, first, second)
          #expect(slope.value.isFinite && slope.value <= 0)
          #expect([slope.d0, slope.d1, slope.d00, slope.d01, slope.d11].allSatisfy { $0.isFinite })
        }
      }
    }
  }
}
