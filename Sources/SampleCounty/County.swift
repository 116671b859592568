/// The sample county: everything that follows from the list of villages and a seed.
struct County {
  let villages: [Village]
  let partition: Partition
  let relief: Relief
  let places: [Place]

  /// The seed of the files in `geodata/jiyuan`.
  static let committedSeed: UInt64 = 419_001_2015

  init(villages: [Village], seed: UInt64 = committedSeed) {
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
  }

  /// Every file, complete, in the order of their names.
  var files: [SampleFile] {
    [partition.file, placesFile(places, villages: villages)]
  }
}
