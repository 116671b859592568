import Geo
import Planning
import Travel
import Words

/// What can be exported.
public enum ExportLayer: String, CaseIterable, Sendable {
  /// The places with the verdict on each.
  case places
  /// The payment points.
  case points
  /// The candidate sites.
  case candidates
  /// The places that are not served.
  case uncovered
  /// The payment circle: merged polygons.
  case circles
  /// The sites that a plan opens, in order.
  case plan

  /// The layer's name for people.
  func title(in language: Language) -> String {
    switch self {
    case .places: Glossary.places[language]
    case .points: Glossary.points[language]
    case .candidates: Glossary.candidates[language]
    case .uncovered: Bilingual(en: "places not served", zh: "未覆盖村/社区")[language]
    case .circles: Bilingual(en: "payment circle", zh: "交费圈")[language]
    case .plan: Bilingual(en: "sites to open", zh: "选址方案")[language]
    }
  }
}

/// The formats of exported files.
public enum ExportFormat: String, CaseIterable, Sendable {
  case geojson, csv, gpkg, kml, xlsx

  /// Whether one file can hold several layers.
  public var holdsManyLayers: Bool { self == .gpkg || self == .kml }
}

/// The frame exported coordinates are in.
public enum ExportDatum: String, CaseIterable, Sendable {
  case wgs84, gcj02, bd09
}

/// A layer as columns and rows, whatever file it goes to.
struct ExportTable {
  /// One value of a row.
  enum Value {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    /// Money in whole fen, written as yuan with two decimals.
    case fen(Int)
    case text(String)

    init(_ share: Double) { self = share.isNaN ? .null : .double(share) }
    init(_ text: String) { self = text.isEmpty ? .null : .text(text) }

    init(fen: Int?) { self = fen.map(Value.fen) ?? .null }
  }

  /// Where a row is.
  enum Shape {
    case point(Coordinate<WGS84>)
    /// Nothing, one polygon, or several.
    case area([Polygon])
  }

  let columns: [String]
  let count: Int
  let values: (Int) -> [Value]
  let shape: (Int) -> Shape
}

extension ExportTable {
  init(
    _ layer: ExportLayer, _ network: PaymentNetwork, _ coverage: Coverage, _ circles: [Polygon],
    _ pointCircles: [PointCircle]?, _ plan: StoredPlan?
  ) {
    switch layer {
    case .places: self.init(places: Array(0..<network.places.count), network, coverage)
    case .uncovered:
      self.init(places: (0..<network.places.count).filter { !coverage.isServed[$0] }, network, coverage)
    case .points: self.init(points: network, coverage)
    case .candidates: self.init(candidates: network)
    case .plan: self.init(plan: plan?.name ?? "", sites: plan?.sites ?? [], closed: plan?.closed ?? [])
    case .circles:
      let mode = coverage.options.standard.townMode.rawValue
      let seconds = coverage.options.standard.townLimit.seconds
      if let pointCircles {
        let points = network.points
        self.init(
          columns: ["point_id", "name", "within_seconds", "mode"], count: pointCircles.count,
          values: { row in
            let point = pointCircles[row].point
            return [.text(points.ids[point]), .text(points.names[point]), .int(seconds), .text(mode)]
          }, shape: { .area(pointCircles[$0].polygons) })
      } else {
        self.init(
          columns: ["circle", "within_seconds", "mode"], count: circles.count,
          values: { [.int($0 + 1), .int(seconds), .text(mode)] }, shape: { .area([circles[$0]]) })
      }
    }
  }

  private init(places rows: [Int], _ network: PaymentNetwork, _ coverage: Coverage) {
    let places = network.places
    self.init(
      columns: [
        "place_id", "name", "setting", "customers", "township", "village", "village_code", "terrain",
        "fee_control_share",
        "online_share", "elderly_share", "arrears_yuan", "served", "seconds", "meters", "nearest_point_id",
        "reason",
      ],
      count: rows.count,
      values: { row in
        let i = rows[row]
        let nearest = Int(coverage.nearestPoints[i])
        return [
          .text(places.ids[i]), .text(places.names[i]), .text(places.settings[i].name),
          .int(places.customers[i]),
          Value(places.townshipNames[Int(places.townships[i])]),
          Value(places.villageNames[Int(places.villages[i])]), Value(places.villageCodes[i]),
          .text(places.terrains[i].name),
          Value(places.feeControlShares[i]), Value(places.onlineShares[i]), Value(places.elderlyShares[i]),
          places.arrearsFen[i] < 0 ? .null : .fen(places.arrearsFen[i]), .bool(coverage.isServed[i]),
          nearest < 0 ? .null : .int(Int(coverage.seconds[i])),
          nearest < 0 ? .null : .int(Int(coverage.meters[i])),
          nearest < 0 ? .null : .text(network.points.ids[nearest]),
          coverage.reasons[i].map { .text($0.name) } ?? .null,
        ]
      },
      shape: { .point(places.coordinate(of: rows[$0])) })
  }

  private init(points network: PaymentNetwork, _ coverage: Coverage) {
    let points = network.points
    self.init(
      columns: [
        "point_id", "name", "kind", "operator", "methods", "hours", "counters", "status", "place_id",
        "monthly_cost_yuan", "fee_per_payment_yuan", "opened_on", "closed_on", "phone", "counts",
      ],
      count: points.count,
      values: { i in
        [
          .text(points.ids[i]), .text(points.names[i]), .text(points.kinds[i].name),
          Value(points.operatorNames[Int(points.operators[i])]),
          Value(points.methods[i].names.joined(separator: ";")),
          points.openingHours(of: i).map { .text($0.text) } ?? .null,
          points.counters[i] == 0 ? .null : .int(Int(points.counters[i])), .text(points.statuses[i].name),
          points.places[i] < 0 ? .null : .text(network.places.ids[Int(points.places[i])]),
          points.monthlyCostsFen[i] < 0 ? .null : .fen(points.monthlyCostsFen[i]),
          points.feesPerPaymentFen[i] < 0 ? .null : .fen(points.feesPerPaymentFen[i]),
          Value(points.openedOn[i]), Value(points.closedOn[i]), Value(points.phones[i]),
          .bool(coverage.counts[i]),
        ]
      },
      shape: { .point(points.coordinate(of: $0)) })
  }

  private init(candidates network: PaymentNetwork) {
    let sites = network.candidates
    self.init(
      columns: [
        "candidate_id", "name", "kind", "place_id", "opening_cost_yuan", "monthly_cost_yuan", "counters",
      ],
      count: sites.count,
      values: { i in
        [
          .text(sites.ids[i]), .text(sites.names[i]), sites.kinds[i].map { .text($0.name) } ?? .null,
          sites.places[i] < 0 ? .null : .text(network.places.ids[Int(sites.places[i])]),
          Value(fen: sites.openingCostsFen[i]), Value(fen: sites.monthlyCostsFen[i]),
          sites.counters[i] == 0 ? .null : .int(Int(sites.counters[i])),
        ]
      },
      shape: { .point(sites.coordinate(of: $0)) })
  }

  /// The sites to open, then the points that close: `action` says what is done.
  private init(plan: String, sites: [StoredPlan.Site], closed: [StoredPlan.Closed]) {
    let origins = Dictionary(
      closed.compactMap { one in one.movesTo.map { ($0, one.id) } }, uniquingKeysWith: { first, _ in first })
    self.init(
      columns: [
        "candidate_id", "name", "plan", "order", "gain", "cost_yuan", "expected_payments_per_month",
        "expected_low", "expected_high", "customers_gained",
        "action", "point_id",
      ],
      count: sites.count + closed.count,
      values: { row in
        if row >= sites.count {
          let point = closed[row - sites.count]
          return [
            .null, .text(point.name), .text(plan), .null, .int(-point.loss), .null, .null, .null,
            .null, .null, .text(point.movesTo == nil ? "close" : "move_away"), .text(point.id),
          ]
        }
        let site = sites[row]
        return [
          .text(site.id), .text(site.name), .text(plan), .int(site.order), .int(site.gain),
          Value(fen: site.costFen), site.expectedPayments.map(Value.int) ?? .null,
          site.expectedLow.map(Value.double) ?? .null, site.expectedHigh.map(Value.double) ?? .null,
          site.customersGained.map(Value.int) ?? .null,
          .text(origins[site.id] == nil ? "open" : "move_here"), origins[site.id].map { .text($0) } ?? .null,
        ]
      },
      shape: { .point($0 < sites.count ? sites[$0].position : closed[$0 - sites.count].position) })
  }
}
