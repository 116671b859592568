/// A payment point of the sample county.
struct Point {
  /// What it is, in the import format's words.
  enum Kind: String, CaseIterable {
    case businessHall = "business_hall"
    case selfService = "self_service"
    case bank, postal
    case ruralBank = "rural_bank"
    case shop
    case communityStation = "community_station"
    case villageCommittee = "village_committee"
  }

  enum Status: String {
    case active, suspended, closed, planned
  }

  var id = ""
  let name: String
  let kind: Kind
  let spot: Spot
  /// Its position in the table of places.
  let place: Int
  let operatorName: String
  var methods = ""
  var hours = ""
  var counters = 1
  /// Empty means active too, as in the import format.
  var status = Status.active
  var monthlyCostFen = 0
  var feeFen = 0
  var openedOn = ""
  var closedOn = ""

  /// Whether it took payments at the end of 2015.
  var works: Bool { status == .active }
}

/// `points.synthetic.csv`.
func pointsFile(_ points: [Point], places: [Place]) -> SampleFile {
  SampleFile(
    name: "points.synthetic.csv",
    header: "point_id,name,kind,longitude,latitude,operator,methods,hours,counters,status,place_id,"
      + "monthly_cost_yuan,fee_per_payment_yuan,opened_on,closed_on",
    rows: points.enumerated().map { number, point in
      [
        point.id, point.name, point.kind.rawValue, point.spot.longitude, point.spot.latitude,
        point.operatorName, point.methods, point.hours, String(point.counters),
        // Most registers leave the usual case empty; one row in three does here.
        point.status == .active && number % 3 == 0 ? "" : point.status.rawValue,
        places[point.place].id, decimal(point.monthlyCostFen, places: 2), decimal(point.feeFen, places: 2),
        point.openedOn, point.closedOn,
      ]
    })
}
