/// The sample county: everything that follows from the list of villages and a seed.
struct County {
  let seed: UInt64
  let villages: [Village]
  let partition: Partition
  let relief: Relief
  let places: [Place]
  let points: [Point]

  /// The seed of the files in `geodata/jiyuan`.
  static let committedSeed: UInt64 = 419_001_2015

  init(villages: [Village], seed: UInt64 = committedSeed) {
    self.seed = seed
    self.villages = villages
    var outlineDice = Dice(seed: seed, for: "outline")
    let outline = countyOutline(using: &outlineDice)
    var borderDice = Dice(seed: seed, for: "borders")
    partition = Partition(outline: outline, using: &borderDice)
    relief = Relief(seed: seed)
    var siteDice = Dice(seed: seed, for: "sites")
    let sites = villageSites(for: villages, in: partition, relief: relief, using: &siteDice)
    var placeDice = Dice(seed: seed, for: "places")
    places = makePlaces(of: villages, at: sites, in: partition, relief: relief, using: &placeDice)
    let siting = PointSiting(
      places: places, villages: villages, partition: partition, dice: Dice(seed: seed, for: "points"))
    var points = siting.points
    var traitDice = Dice(seed: seed, for: "traits")
    describe(&points, places: places, using: &traitDice)
    self.points = points
  }

  /// Every file, complete, in the order in which they can be imported.
  var files: [SampleFile] {
    let demand = Demand(places: places, points: points)
    func made<Made>(_ table: String, _ make: (inout Dice) -> Made) -> Made {
      var dice = Dice(seed: seed, for: table)
      return make(&dice)
    }
    return [
      partition.file,
      placesFile(places, villages: villages),
      pointsFile(points, places: places),
      made("candidates") { candidatesFile(places: places, points: points, partition: partition, using: &$0) },
      made("volumes") {
        volumesFile(volumes(at: points, demand: demand, places: places, using: &$0), points: points)
      },
      made("distance surveys") {
        distanceSurveysFile(places: places, points: points, demand: demand, using: &$0)
      },
      made("service surveys") { serviceSurveysFile(points: points, demand: demand, using: &$0) },
      made("visits") { visitsFile(points: points, using: &$0) },
      made("feedback") { dice in
        made("feedback closing") {
          feedbackFile(places: places, points: points, demand: demand, using: &dice, closing: &$0)
        }
      },
      channelsFile(),
    ]
  }
}
