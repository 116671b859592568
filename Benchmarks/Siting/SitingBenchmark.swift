import Foundation
import Planning

@main
struct SitingBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    let inst = try Instance(folder: arguments[1])
    let limit = arguments.count > 2 ? Double(arguments[2])! : 60
    let gap = arguments.count > 3 ? Double(arguments[3])! : 0
    var p = inst.count
    if arguments.count > 4 { p = Int(arguments[4])! }
    let t0 = cpuSeconds()
    var b = CoverTable.Builder(siteCount: inst.sites.count)
    inst.forEachPlace { b.append(weight: $0, sites: $1) }
    let table = b.finished()
    let t1 = cpuSeconds()
    if arguments.count > 5 {
      let a = SetCovering().plan(for: table) { cpuSeconds() - t1 > limit }
      print(arguments[1], "rows", table.rows.count, "build", t1 - t0, "solve", cpuSeconds() - t1, "cost", a.plan.value, a.plan.bound, "nodes", a.plan.certificate.nodes.count, "MB", peakMegabytes())
      return
    }
    var q = MaximalCovering(.sites(p))
    q.gap = gap
    let plan = q.plan(for: table) { cpuSeconds() - t1 > limit }
    let t2 = cpuSeconds()
    print(arguments[1], "rows", table.rows.count, "build", t1 - t0, "solve", t2 - t1, "value", plan.value, "bound", plan.bound, "gap", plan.gap * 100, "proven", plan.isProven, "nodes", plan.certificate.nodes.count, "MB", peakMegabytes())
  }
}
