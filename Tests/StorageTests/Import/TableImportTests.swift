import Foundation
import Geo
import Planning
import Testing
import Travel
import Words

@testable import Storage

@Suite("A table becomes rows")
struct TableImportTests {
  private let here = Coordinate<WGS84>(latitude: 35.09, longitude: 112.59)!

  @Test("of places")
  func places() throws {
    let file = try ImportedFile(
      .places,
      """
      place_id,name,setting,longitude,latitude,customers,township,village,village_code,terrain,fee_control_share,\
      online_share,elderly_share,arrears_yuan
      b1,下冶村,village,112.59,35.09,120,下冶镇,下冶,410881,mountain,0.5,0,1,10.05
      b2,城关,TOWN,112.59,35.09,0,,,,,,,,
      """)
    #expect(
      file.rows == [
        .place(
          PlaceRow(
            id: "b1", name: "下冶村", setting: .village, coordinate: here, customers: 120, township: "下冶镇",
            village: "下冶",
            villageCode: "410881", terrain: .mountain, feeControlShare: 0.5, onlineShare: 0, elderlyShare: 1,
            arrearsFen: 1_005)),
        .place(PlaceRow(id: "b2", name: "城关", setting: .town, coordinate: here, customers: 0)),
      ])
    #expect(file.lines == [2, 3])
    #expect(file.reading?.rowsRead == 2 && file.reading?.format == .csv)
  }

  @Test("with Chinese headers and words, in any order")
  func chinese() throws {
    let file = try ImportedFile(
      .places,
      """
      户数,地形,城乡,名称, 编码 ,纬度,经度,乡镇,行政村,行政村编码,费控占比,线上占比,老年占比,欠费金额,负责人
      7,丘陵,农村,甲,1,35.09,112.59,乙,丙,9,0.1,0.2,0.3,4.5,张三
      """)
    #expect(
      file.row
        == .place(
          PlaceRow(
            id: "1", name: "甲", setting: .village, coordinate: here, customers: 7, township: "乙",
            village: "丙",
            villageCode: "9", terrain: .hill, feeControlShare: 0.1, onlineShare: 0.2, elderlyShare: 0.3,
            arrearsFen: 450)))
    #expect(file.reading?.ignoredColumns == ["负责人"])
  }

  @Test("of points")
  func points() throws {
    let file = try ImportedFile(
      .points,
      """
      point_id,name,kind,longitude,latitude,operator,methods,hours,counters,status,place_id,monthly_cost_yuan,\
      fee_per_payment_yuan,opened_on,closed_on,联系电话
      p1,供销社,商超,112.59,35.09,张三,现金; QR;市民卡,Mo-Fr 08:30-17:30,2,暂停,b1,300,0.5,2015-03-01,2015-03-01,+86 391-000 0000
      p2,厅,business_hall,112.59,35.09,,,24/7,,,,,,,,
      """)
    #expect(
      file.rows == [
        .point(
          PointRow(
            id: "p1", name: "供销社", kind: .shop, coordinate: here, operatorName: "张三",
            methods: [.cash, .qr, .citizenCard], hours: "Mo-Fr 08:30-17:30", counters: 2, status: .suspended,
            placeID: "b1",
            monthlyCostFen: 30_000, feePerPaymentFen: 50, openedOn: "2015-03-01", closedOn: "2015-03-01",
            phone: "+86 391-000 0000")),
        .point(PointRow(id: "p2", name: "厅", kind: .businessHall, coordinate: here, hours: "24/7")),
      ])
  }

  @Test("of candidates, volumes, surveys, visits, feedback and channels")
  func others() throws {
    let candidate = try ImportedFile(
      .candidates,
      "candidate_id,name,longitude,latitude,kind,place_id,opening_cost_yuan,monthly_cost_yuan,counters\n"
        + "c,甲,112.59,35.09,邮政,b,1000.5,20,1\n")
    #expect(
      candidate.row
        == .candidate(
          CandidateRow(
            id: "c", name: "甲", coordinate: here, kind: .postal, placeID: "b", openingCostFen: 100_050,
            monthlyCostFen: 2_000, counters: 1)))

    let volume = try ImportedFile(.volumes, "网点编码,月份,缴费笔数,实收金额,最忙日笔数\np,2015-12,31,1200.00,9\n")
    #expect(
      volume.row
        == .volume(
          VolumeRow(pointID: "p", month: "2015-12", payments: 31, amountFen: 120_000, busiestDayPayments: 9)))

    let distance = try ImportedFile(
      .distanceSurveys,
      "survey_id,place_id,point_id,mode,meters,minutes,date\ns,b,p,步行,,12.5,2015-05-01\nt,b,p,bus,900,,\n")
    #expect(
      distance.rows == [
        .distanceSurvey(
          DistanceSurveyRow(
            id: "s", placeID: "b", pointID: "p", mode: .walk, minutes: 12.5, date: "2015-05-01")),
        .distanceSurvey(DistanceSurveyRow(id: "t", placeID: "b", pointID: "p", mode: .bus, meters: 900)),
      ])

    let service = try ImportedFile(
      .serviceSurveys, "survey_id,point_id,办理时长,等候时长,date\ns,p,45,0,2016-02-29\n")
    #expect(
      service.row
        == .serviceSurvey(
          ServiceSurveyRow(id: "s", pointID: "p", handlingSeconds: 45, waitSeconds: 0, date: "2016-02-29")))

    let visits = try ImportedFile(
      .visits, "编码,网点编码,日期,在岗\nx,p,2015-06-01,是\ny,p,2015-06-02,0\nz,p,2015-06-03,TRUE\n")
    #expect(
      visits.rows == [
        .visit(VisitRow(id: "x", pointID: "p", date: "2015-06-01", isPresent: true)),
        .visit(VisitRow(id: "y", pointID: "p", date: "2015-06-02", isPresent: false)),
        .visit(VisitRow(id: "z", pointID: "p", date: "2015-06-03", isPresent: true)),
      ])

    let feedback = try ImportedFile(
      .feedback,
      "feedback_id,date,point_id,place_id,类别,rating,status,note\nf,2015-01-31,,b,排队,1,待处理,\"等了\n很久\"\n")
    #expect(
      feedback.row
        == .feedback(
          FeedbackRow(
            id: "f", date: "2015-01-31", placeID: "b", category: "排队", rating: 1, status: .open,
            note: "等了\n很久")))

    let channel = try ImportedFile(
      .channels, "channel_id,name,in_person,medium,provider\nc,甲,是,现金,乙\nd,丁,no,电话,\n")
    #expect(
      channel.rows == [
        .channel(ChannelRow(id: "c", name: "甲", inPerson: true, medium: "cash", provider: "乙")),
        .channel(ChannelRow(id: "d", name: "丁", inPerson: false, medium: "电话")),
      ])
  }

  @Test("and blank lines, empty cells below the table and the last line break are no rows")
  func blanks() throws {
    let file = try ImportedFile(
      .channels, "\n\nchannel_id,name,in_person\n\nc,甲,yes\n,,\n \n\"\", ,\nd,乙,no\n\n")
    #expect(file.lines == [5, 9])
    #expect(file.reading?.rowsRead == 2)
  }

  @Test("from tabs and semicolons too")
  func delimiters() throws {
    for (delimiter, quoted) in [("\t", "cash;qr"), (";", "\"cash;qr\"")] {
      let header = ["point_id", "name", "kind", "longitude", "latitude", "methods"].joined(
        separator: delimiter)
      let cells = ["p", "甲", "bank", "112.59", "35.09", quoted].joined(separator: delimiter)
      let file = try ImportedFile(.points, "\(header)\n\(cells)\n")
      #expect(
        file.row
          == .point(PointRow(id: "p", name: "甲", kind: .bank, coordinate: here, methods: [.cash, .qr])))
    }
  }

  @Test("moved to WGS-84 from the frame they are in")
  func datums() throws {
    let gcj02 = here.gcj02
    let bd09 = here.bd09
    let cases: [(ImportDatum, Double, Double)] = [
      (.wgs84, here.longitude, here.latitude), (.cgcs2000, here.longitude, here.latitude),
      (.gcj02, gcj02.longitude, gcj02.latitude), (.bd09, bd09.longitude, bd09.latitude),
    ]
    for (datum, longitude, latitude) in cases {
      let file = try ImportedFile(
        .candidates, "candidate_id,name,longitude,latitude\nc,甲,\(longitude),\(latitude)\n", datum: datum)
      guard case .candidate(let row) = file.row else {
        Issue.record("\(file.sentences)")
        continue
      }
      #expect(row.coordinate.distance(to: here).meters < 0.02, "\(datum)")
    }
  }

  @Test(
    "and every kind lists its columns once, with headers that do not clash", arguments: ImportKind.allCases)
  func columns(kind: ImportKind) throws {
    let columns = ImportColumns(of: kind)
    let all = columns.required + columns.optional
    #expect(Set(all.map(\.name)).count == all.count)
    for column in all {
      #expect(columns.column(for: column.name) == column)
      #expect(columns.column(for: column.name.uppercased()) == column)
    }
    #expect(columns.column(for: "编码") == columns.required[0])
    #expect(columns.column(for: "") == nil)
  }

  @Test("while what its callers throw is thrown on")
  func callersErrors() throws {
    struct Stop: Error {}
    let folder = ScratchFolder()
    let path = folder.write("channel_id,name,in_person\nc,甲,yes\nd,乙,perhaps\n", to: "t.csv")
    #expect(throws: Stop.self) {
      try readFile(.channels, path: path) { _ in
      } row: { _, _ in
        throw Stop()
      }
    }
    #expect(throws: Stop.self) {
      try readFile(.channels, path: path) { _ in
        throw Stop()
      } row: { _, _ in
      }
    }
  }
}
