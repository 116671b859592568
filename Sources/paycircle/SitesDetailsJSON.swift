import Foundation
import Planning
import Travel

/// What single goals say besides, as JSON.
struct SitesDetailsJSON {
  let answer: SitesAnswer

  private var details: SiteDetails { answer.proposal.details }

  /// Members of the document, none where the goal has nothing more to say.
  var members: [(String, JSON)] {
    var members: [(String, JSON)] = []
    if !details.levels.isEmpty { members.append(("levels", .array(details.levels.map(level)))) }
    if let decay = answer.proposal.question.gradual {
      members.append(
        (
          "decay",
          .object(
            [("form", .string(decay.form.rawValue))]
              + zip(decay.form.parameterNames, decay.parameters).map { ($0, .rounded(exp($1))) })
        ))
    }
    if let relief = details.relief { members.append(("relief", self.relief(relief))) }
    return members
  }

  private func level(_ level: SiteDetails.Level) -> JSON {
    func number(_ value: Int) -> JSON { level.name == .cost ? .double(Double(value) / 100) : .int(value) }
    return .object([
      ("name", .string(level.name.rawValue)), ("value", number(level.value)), ("bound", number(level.bound)),
      ("proven", .bool(level.isProven)),
    ])
  }

  /// How candidates were made one.
  func merged(listing: Bool) -> JSON {
    guard let merging = details.merging else { return .null }
    let ids = answer.sites.ids
    return .object(
      [
        ("groups", .int(merging.groupCount)), ("same", .int(merging.sameCount)),
        ("dominated", .int(merging.dominatedCount)), ("idle", .int(merging.idle.count)),
      ]
        + (listing
          ? [
            (
              "stand_ins",
              .array(
                merging.standIns.map {
                  .object([
                    ("candidate_id", .string(ids[$0.site])), ("by", .string(ids[$0.by])),
                    ("same", .bool($0.isSame)),
                  ])
                })
            )
          ] : []))
  }

  private func relief(_ plan: ReliefPlan) -> JSON {
    let question = answer.proposal.question.relief
    let (points, places) = (answer.network.points, answer.network.places)
    return .object([
      ("limit_utilization", .rounded(answer.limitUtilization)),
      ("reach_seconds", .int(question.reach.seconds)), ("split", .bool(question.isSplit)),
      ("exchange_seconds", .int(plan.exchangeSeconds)),
      ("unplaced_before", .int(plan.unplacedBefore)),
      (
        "points",
        .array(
          plan.points.indices.compactMap { point in
            plan.points[point].map { load in
              .object([
                ("point_id", .string(points.ids[point])), ("payments_per_month", .int(load.payments)),
                ("capacity", .int(load.capacity)), ("utilization", utilization(load)),
              ])
            }
          })
      ),
      (
        "places",
        .array(
          plan.places.indices.filter { !plan.places[$0].isEmpty || plan.unplaced[$0] > 0 }.map { place in
            .object([
              ("place_id", .string(places.ids[place])),
              (
                "to",
                .array(
                  plan.places[place].map { share in
                    let (key, id) =
                      switch share.target {
                      case .point(let point): ("point_id", points.ids[point])
                      case .site(let site): ("candidate_id", answer.sites.ids[site])
                      }
                    return .object([(key, .string(id)), ("payments_per_month", .int(share.payments))])
                  })
              ),
              ("unplaced", .int(plan.unplaced[place])),
            ])
          })
      ),
    ])
  }

  /// How busy the counters are at the peak with that load.
  private func utilization(_ load: ReliefPlan.Load) -> JSON {
    guard load.capacity > 0, let limit = answer.limitUtilization else { return .null }
    return .rounded(limit * Double(load.payments) / Double(load.capacity))
  }

  /// What a site of a relief plan takes.
  func site(_ order: Int) -> [(String, JSON)] {
    guard let load = details.relief?.sites[order] else { return [] }
    return [
      ("counters", JSON(load.counters)), ("payments_per_month", .int(load.payments)),
      ("capacity", .int(load.capacity)), ("utilization", utilization(load)),
    ]
  }
}
