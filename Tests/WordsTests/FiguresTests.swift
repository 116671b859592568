import Testing
import Words

@Suite struct FiguresTests {
  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (281_746, "281,746"), (1_000_000, "1,000,000"),
    (-1_234, "-1,234"), (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func `whole numbers are grouped by three`(value: Int, text: String) {
    #expect(Figures.whole(value) == text)
  }

  @Test(arguments: [
    (0.0, "0.0%"), (0.504, "50.4%"), (0.00049, "<0.1%"), (0.0005, "0.1%"), (0.99949, "99.9%"),
    (0.9995, ">99.9%"),
    (1 - 1e-12, ">99.9%"), (1.0, "100.0%"), (0.12345, "12.3%"), (0.125, "12.5%"),
  ])
  func `a share reads 0.0% or 100.0% only when it is nothing or all`(share: Double, text: String) {
    #expect(Figures.percent(share) == text)
  }

  @Test(arguments: [
    (0, "0.0"), (1, "0.1"), (6, "0.1"), (7, "0.2"), (594, "9.9"), (595, "10.0"), (600, "10.0"), (601, "10.1"),
    (60_000, "1,000.0"),
  ])
  func `minutes are rounded up, so that 601 seconds are not ten minutes`(seconds: Int, text: String) {
    #expect(Figures.minutes(seconds: seconds) == text)
  }

  @Test func `a mean that is a whole second but for rounding is that second`() {
    #expect(Figures.minutes(meanSeconds: 600 + 1e-10) == "10.0")
    #expect(Figures.minutes(meanSeconds: 600.01) == "10.1")
  }

  @Test(arguments: [
    (0.4321, 3, "0.432"), (0.05, 1, "0.1"), (-0.04, 1, "0.0"), (-1.25, 1, "-1.3"), (1_234.5, 0, "1,235"),
    (2.0, 2, "2.00"),
    (1.005e9, 2, "1,005,000,000.00"),
  ])
  func `decimals are as many as asked for`(value: Double, digits: Int, text: String) {
    #expect(Figures.decimal(value, digits: digits) == text)
  }

  @Test func `a difference of shares carries its sign`() {
    #expect(Figures.points(0.0123) == "+1.2")
    #expect(Figures.points(-0.0123) == "-1.2")
    #expect(Figures.points(0.0001) == "0.0")
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300])
  func `what is no number is a dash`(value: Double) {
    #expect(Figures.decimal(value, digits: 2) == Figures.missing)
    #expect(Figures.minutes(meanSeconds: value) == Figures.missing)
    if !value.isFinite { #expect(Figures.percent(value) == Figures.missing) }
    if !value.isFinite { #expect(Figures.points(value) == Figures.missing) }
  }

  @Test func `nothing is a dash`() {
    #expect(Figures.whole(nil) == Figures.missing)
    #expect(Figures.percent(nil) == Figures.missing)
    #expect(Figures.minutes(seconds: nil) == Figures.missing)
    #expect(Figures.minutes(meanSeconds: nil) == Figures.missing)
    #expect(Figures.points(nil) == Figures.missing)
    #expect(Figures.decimal(nil, digits: 1) == Figures.missing)
  }
}
