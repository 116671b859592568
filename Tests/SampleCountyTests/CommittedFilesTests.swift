import Foundation
import Testing

@testable import SampleCounty

@Suite("The committed sample county")
struct CommittedFilesTests {
  let places: Table
  let points: Table
  let placeIDs: Set<String>
  let pointIDs: Set<String>

  init() throws {
    places = try Table("places.synthetic.csv")
    points = try Table("points.synthetic.csv")
    placeIDs = Set(places["place_id"])
    pointIDs = Set(points["point_id"])
  }

  @Test("is, byte for byte, what the generator makes")
  func sameBytes() throws {
    let files = try Committed.files.get()
    #expect(files.count == 10)
    for file in files {
      let committed = try Data(contentsOf: Committed.folder.appendingPathComponent(file.name))
      #expect(committed == Data(file.text.utf8), "run: swift run SampleCounty geodata/jiyuan (\(file.name))")
      #expect(!file.text.contains("\r") && file.text.hasSuffix("\n") && !file.text.hasPrefix("\u{FEFF}"))
    }
  }

  @Test("is another county with another seed, with the same totals")
  func anotherSeed() throws {
    let villages = try Committed.county.get().villages
    let other = County(villages: villages, seed: 7)
    for (a, b) in zip(try Committed.files.get(), other.files) where a.name != "channels.synthetic.csv" {
      #expect(a.text != b.text, "\(a.name)")
    }
    #expect(other.places.count == 3_600 && other.points.count == 755)
    #expect(other.places.reduce(0) { $0 + $1.customers } == 281_746)
  }

  @Test("adds up to the known totals")
  func totals() {
    let customers = places.numbers("customers")
    #expect(places.rows.count == 3_600)
    #expect(customers.reduce(0, +) == 281_746)
    let prepaid = zip(customers, places.numbers("fee_control_share")).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(prepaid / 142_000 - 1) < 0.0005)
    #expect(points.rows.count == 755)
    #expect(customers.min()! >= 4)
  }

  @Test("has all 551 villages of the sixteen townships, each with places")
  func villages() throws {
    let villages = try Table("villages.csv")
    #expect(villages.rows.count == 551)
    #expect(Set(villages["township_code"]).count == 16)
    #expect(Set(villages["township"]) == Set(Township.all.map(\.name)))
    #expect(Set(places["village_code"]) == Set(villages["code"]))
    #expect(Set(places["township"]) == Set(villages["township"]))
    let nameOf = Dictionary(uniqueKeysWithValues: zip(villages["code"], villages["name"]))
    for (code, name) in zip(places["village_code"], places["village"]) { #expect(nameOf[code] == name) }
    #expect(villages["kind"].filter { $0 == "居委会" }.count == 97)
  }

  @Test("has the kinds of points the county is known for")
  func kinds() {
    let kinds = Dictionary(grouping: points["kind"].indices) { points["kind"][$0] }.mapValues(\.count)
    #expect(kinds["business_hall"] == 14)
    #expect(kinds["self_service"] == 60)
    #expect(kinds["rural_bank", default: 0] >= 20)
    let operators = zip(points["kind"], points["operator"]).filter {
      ["bank", "postal", "rural_bank"].contains($0.0)
    }
    #expect(Set(operators.map(\.1)).count == 4)
    let opened = zip(points["kind"], points["opened_on"]).filter { $0.1.hasPrefix("2015") }
    #expect(opened.count == 59)
    #expect(opened.allSatisfy { $0.0 == "shop" || $0.0 == "community_station" })
  }

  @Test("leaves 4 to 7 villages in a hundred without a working point")
  func villagesWithout() {
    let codeOf = Dictionary(uniqueKeysWithValues: zip(places["place_id"], places["village_code"]))
    let any = Set(points["place_id"].compactMap { codeOf[$0] })
    let working = zip(points["place_id"], points["status"]).filter { $0.1.isEmpty || $0.1 == "active" }
    #expect((0.04...0.06).contains(1 - Double(any.count) / 551))
    #expect((0.04...0.07).contains(1 - Double(Set(working.compactMap { codeOf[$0.0] }).count) / 551))
  }

  @Test("has every place and point inside its township, and no two at one spot")
  func positions() throws {
    let partition = try Committed.county.get().partition
    let townshipOf = Dictionary(uniqueKeysWithValues: zip(places["place_id"], places["township"]))
    let candidates = try Table("candidates.synthetic.csv")
    for (table, towns) in [
      (places, places["township"]), (points, points["place_id"].map { townshipOf[$0] ?? "" }),
      (candidates, candidates["place_id"].map { townshipOf[$0] ?? "" }),
    ] {
      for (spot, town) in zip(table.spots, towns) {
        #expect(partition.township(at: spot).map { Township.all[$0].name } == town)
      }
      #expect(table["longitude"].allSatisfy { $0.wholeMatch(of: /112\.\d{6}/) != nil })
    }
    let spots = places.spots + points.spots + candidates.spots
    #expect(Set(spots).count == spots.count)
  }

  @Test("refers only to what exists, and names everything once")
  func references() throws {
    #expect(placeIDs.count == 3_600 && pointIDs.count == 755)
    #expect(Set(points["name"]).count == 755)
    for name in ["candidates", "volumes", "distance-surveys", "service-surveys", "visits", "feedback"] {
      let table = try Table("\(name).synthetic.csv")
      for row in table.rows { #expect(row.count == table.header.count, "\(name)") }
      for id in table["place_id"] where !id.isEmpty { #expect(placeIDs.contains(id), "\(name)") }
      for id in table["point_id"] where !id.isEmpty { #expect(pointIDs.contains(id), "\(name)") }
      let keys = name == "volumes" ? table.rows.map { $0[0] + $0[1] } : table.rows.map { $0[0] }
      #expect(Set(keys).count == keys.count, "\(name)")
    }
    #expect(points["place_id"].allSatisfy { placeIDs.contains($0) })
  }

  @Test("writes opening hours, methods and statuses in the import format's words")
  func words() {
    let days = "(Mo|Tu|We|Th|Fr|Sa|Su)"
    let rule = "\(days)([-,]\(days))* \\d\\d:\\d\\d-\\d\\d:\\d\\d(,\\d\\d:\\d\\d-\\d\\d:\\d\\d)*"
    let hours = "^(24/7|\(rule)(; \(rule))*|)$"
    for text in points["hours"] {
      #expect(text.range(of: hours, options: .regularExpression) != nil, "\(text)")
    }
    #expect(points["hours"].contains("") && points["hours"].contains("24/7"))
    #expect(points["hours"].contains("Mo,We,Fr 09:00-11:30"))
    for text in points["methods"] {
      #expect(Set(text.split(separator: ";")).isSubset(of: ["cash", "card", "qr", "citizen_card"]))
    }
    #expect(Set(points["status"]) == ["", "active", "suspended", "closed", "planned"])
    for (status, day) in zip(points["status"], points["closed_on"]) {
      #expect((status == "closed") == !day.isEmpty)
    }
    #expect(Set(places["terrain"]) == ["plain", "hill", "mountain"])
    #expect(Set(places["setting"]) == ["town", "village"])
  }
}
