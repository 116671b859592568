import Planning
import Testing

@Suite("Volumes of a usual month")
struct MonthlyVolumesTests {
  @Test("make up for months that are missing: a point that reports only the busy month is no busier")
  func gaps() throws {
    var table = VolumeTable()
    table.months = ["2015-01", "2015-02"]
    for point in 0..<20 {
      table.append(point: point, month: 0, payments: 150)
      table.append(point: point, month: 1, payments: 50)
    }
    table.append(point: 20, month: 0, payments: 150)
    let volumes = MonthlyVolumes(table, pointCount: 22)
    #expect(volumes.months.map(\.points) == [21, 20])
    #expect(volumes.months.map(\.payments) == [3_150, 1_000])
    let index = try #require(volumes.months[0].index)
    #expect(abs(index - 3_150 / 2_150) < 1e-12)
    // Its 150 stand beside a month that was about one and a half times as busy.
    let alone = try #require(volumes.means[20])
    #expect(abs(alone - 150 / index) < 1e-9)
    #expect(abs((volumes.means[0] ?? 0) - 100) < 3)
    #expect(volumes.means[21] == nil, "not known is not none")
    #expect(volumes.monthCounts[20...] == [1, 0])
  }

  @Test("count a month once, leave negative numbers out, and know nothing of a point that has none left")
  func bad() {
    var table = VolumeTable()
    table.months = ["2015-01", "2015-02"]
    table.append(point: 0, month: 0, payments: 30)
    table.append(point: 0, month: 0, payments: 9_000)
    table.append(point: 0, month: 1, payments: 30)
    table.append(point: 1, month: 0, payments: -5)
    let volumes = MonthlyVolumes(table, pointCount: 2)
    #expect(volumes.repeatedRows == 1 && volumes.negativeRows == 1)
    #expect(volumes.means == [30, nil])
    #expect(volumes.total == 30)
  }

  @Test("of nothing but zeros are zero, with no index; of no rows at all they are not known")
  func zeros() {
    var table = VolumeTable()
    table.months = ["2015-01"]
    table.append(point: 0, month: 0, payments: 0)
    let zero = MonthlyVolumes(table, pointCount: 1)
    #expect(zero.means == [0] && zero.total == 0 && zero.months[0].index == nil)
    #expect(MonthlyVolumes(VolumeTable(), pointCount: 1).means == [nil])
  }
}
