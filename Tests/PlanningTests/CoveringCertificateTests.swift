import Planning
import TestSupport
import Testing

/// Certificates are judged by `Tests/check-certificate`, which shares no code with what made them.
@Suite("Certificates of covering plans")
struct CoveringCertificateTests {
  @Test("a program that shares no code finds every proof valid, and as strong as it says")
  func valid() throws {
    var certificates: [CoveringCertificate] = []
    func add(_ plan: SitePlan?) throws {
      let plan = try #require(plan)
      #expect(plan.certificate.isWhole && plan.certificate.bound == plan.bound && plan.isProven)
      certificates.append(plan.certificate)
    }
    for kind in CoveringSketch.Kind.allCases {
      for seed in 0..<8 {
        let sketch = CoveringSketch(kind, seed: seed)
        let table = sketch.table
        for limit in [MaximalCovering.Limit.sites(3), .budget(25, costs: sketch.costs)] {
          var question = MaximalCovering(limit)
          (question.kept, question.forbidden) = (sketch.kept, sketch.forbidden)
          try add(question.plan(for: table))
        }
        for costs in [sketch.costs, nil] {
          var all = SetCovering(costs: costs)
          (all.kept, all.forbidden) = (sketch.kept, sketch.forbidden)
          try add(all.plan(for: table).plan)
          var part = PartialCovering(target: 0, costs: costs)
          (part.kept, part.forbidden) = (sketch.kept, sketch.forbidden)
          part.target = sketch.choices.map(sketch.covered).max().map { $0 - $0 / 5 } ?? 0
          try add(part.plan(for: table))
        }
      }
    }
    for seed in 0..<3 {
      let table = lattice(side: 14, seed: seed)
      try add(MaximalCovering(.sites(9)).plan(for: table))
      try add(SetCovering().plan(for: table).plan)
      try add(PartialCovering(target: table.servableWeight * 9 / 10).plan(for: table))
    }
    #expect(certificates.contains { $0.nodes.contains { $0.branch != nil } }, "some proofs branch")
    for verdict in try checkedByAnother(certificates) { #expect(verdict == nil) }
  }

  @Test(
    "a proof too large to keep falls back to the first bound, which is valid too; so does one that was stopped"
  )
  func first() throws {
    var certificates: [CoveringCertificate] = []
    for seed in 0..<4 {
      let table = lattice(side: 14, seed: seed)
      var question = MaximalCovering(.sites(9))
      question.certificateLimit = 0
      certificates.append(question.plan(for: table).certificate)
      var all = SetCovering()
      all.certificateLimit = 0
      certificates.append(all.plan(for: table).plan.certificate)
      for patience in 0..<4 {
        var asked = 0
        let stop = {
          asked += 1
          return asked > patience
        }
        certificates.append(question.plan(for: table, shouldStop: stop).certificate)
        asked = 0
        certificates.append(SetCovering().plan(for: table, shouldStop: stop).plan.certificate)
      }
    }
    #expect(certificates.contains { !$0.isWhole && $0.bound != $0.value })
    for verdict in try checkedByAnother(certificates) { #expect(verdict == nil) }
  }

  @Test("a proof that was tampered with is refused")
  func tampered() throws {
    let table = lattice(side: 14, seed: 3)
    let honest = [
      MaximalCovering(.sites(9)).plan(for: table).certificate,
      SetCovering().plan(for: table).plan.certificate,
      try #require(PartialCovering(target: table.servableWeight * 9 / 10).plan(for: table)).certificate,
    ]
    var lies: [CoveringCertificate] = []
    for certificate in honest {
      func lie(_ change: (inout CoveringCertificate) -> Void) {
        var copy = certificate
        change(&copy)
        #expect(copy != certificate)
        lies.append(copy)
      }
      let better = certificate.goal == .maximalCovering ? -1 : 1
      lie { $0.bound += better }
      lie { $0.value -= better }
      lie { $0.sites.removeLast() }
      lie { $0.sites[0] = $0.sites[1] }
      lie { $0.forbidden = [$0.sites[0]] }
      lie { $0.nodes = [] }
      lie {
        $0.nodes[0].next = nil; $0.nodes[0].multipliers = []
      }
      lie {
        $0.nodes[0].multipliers = [Int](repeating: 0, count: $0.weights.count); $0.nodes[0].next = nil
      }
      lie { $0.nodes[0].multipliers = $0.weights.map { _ in -1 } }
      lie { $0.nodes[0].multipliers = [1] }
      lie { certificate in certificate.nodes[0].dominated.append([0, certificate.siteCount]) }
      lie { certificate in
        // A site that would be superfluous if any other would do.
        certificate.nodes[0].dominated.append([certificate.sites[0], certificate.sites[1]])
      }
      if let node = certificate.nodes.firstIndex(where: { $0.branch != nil }) {
        lie { $0.nodes[node].otherwise = nil }
        lie { $0.nodes[node].otherwise = $0.nodes[node].next }
        lie { $0.nodes[node].next = 0 }
      }
    }
    for (lie, verdict) in zip(lies, try checkedByAnother(lies)) {
      #expect(verdict != nil, "\(lie.goal): \(lie.value) \(lie.bound)")
    }
  }
}
