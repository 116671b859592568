import Planning
import Testing

@Suite("Opening hours")
struct OpeningHoursTests {
  @Test("opens at the opening minute and is closed at the closing minute")
  func rims() throws {
    let hours = try OpeningHours(parsing: "Mo-Fr 08:30-17:30; Sa 09:00-12:00")
    for (moment, isOpen) in [
      ("Mo 08:29", false), ("Mo 08:30", true), ("Fr 17:29", true), ("Fr 17:30", false), ("Sa 08:59", false),
      ("Sa 09:00", true), ("Sa 11:59", true), ("Sa 12:00", false), ("Su 10:00", false),
    ] {
      #expect(hours.contains(try #require(WeekMinute(parsing: moment))) == isOpen, "\(moment)")
    }
    #expect(hours.minutesPerWeek == 5 * 540 + 180)
  }

  @Test("keeps the text it was read from and the intervals it means")
  func intervals() throws {
    let hours = try OpeningHours(parsing: "Mo 9:00-12:00,11:00-13:00,13:00-14:00")
    #expect(hours.text == "Mo 9:00-12:00,11:00-13:00,13:00-14:00")
    #expect(hours.intervals.map(\.start) == [540])
    #expect(hours.intervals.map(\.end) == [840])
  }

  @Test(
    "means what it should",
    arguments: [
      ("24/7", "24/7"),
      ("Mo-Su 00:00-24:00", "24/7"),
      ("08:00-12:00", "Mo-Su 08:00-12:00"),
      ("off", "off"),
      ("closed", "off"),
      ("Mo off", "off"),
      ("PH off", "off"),
      ("24/7; PH off", "24/7"),
      ("Mo-Fr,PH 08:00-12:00; SH closed", "Mo-Fr 08:00-12:00"),
      ("PH,Mo 08:00-12:00", "Mo 08:00-12:00"),
      ("Mo,Tu 08:00-12:00", "Mo,Tu 08:00-12:00"),
      ("Sa-Mo 10:00-11:00", "Mo,Sa,Su 10:00-11:00"),
      ("Su-Sa 10:00-11:00", "Mo-Su 10:00-11:00"),
      ("Mo-Mo 10:00-11:00", "Mo 10:00-11:00"),
      // A later rule replaces the whole of the days it names, and only those.
      ("Mo-Fr 08:00-12:00; We 09:00-10:00", "Mo,Tu,Th,Fr 08:00-12:00; We 09:00-10:00"),
      ("24/7; Su off", "Mo-Sa 00:00-24:00"),
      ("Mo 08:00-12:00; Mo 14:00-18:00", "Mo 14:00-18:00"),
      ("Sa 09:00-12:00; 24/7", "24/7"),
      // Over midnight, and from Sunday into Monday.
      ("Fr 22:00-02:00", "Fr 22:00-02:00"),
      ("Su 22:00-02:00", "Su 22:00-02:00"),
      ("22:00-02:00", "Mo-Su 22:00-02:00"),
      ("Mo 20:00-00:00", "Mo 20:00-24:00"),
      // Hours belong to the day they begin on.
      ("Fr 22:00-02:00; Sa off", "Fr 22:00-02:00"),
      ("Fr,Sa 22:00-02:00; Sa 10:00-12:00", "Fr 22:00-02:00; Sa 10:00-12:00"),
      ("Sa 10:00-12:00; Fr off", "Sa 10:00-12:00"),
      ("mo-fr 08:00-12:00 ; sa OFF ;", "Mo-Fr 08:00-12:00"),
      ("  Mo - We ,\tFr 08:00 - 12:00 , 13:00-14:00  ", "Mo-We,Fr 08:00-12:00,13:00-14:00"),
    ])
  func meaning(text: String, canonical: String) throws {
    #expect(try OpeningHours(parsing: text).description == canonical)
  }

  @Test("counts the hours of a night for the days they fall on")
  func nights() throws {
    let hours = try OpeningHours(parsing: "Su 22:00-02:00")
    #expect((0..<7).map(hours.minutesOpen(onDay:)) == [120, 0, 0, 0, 0, 0, 120])
    #expect(hours.daysOpen(atLeast: 120) == 2)
    #expect(hours.daysOpen(atLeast: 121) == 0)
    #expect(hours.daysOpen(atLeast: 0) == 7)
    #expect(hours.minutesPerWeek == 240)
    #expect(hours.intervals.map(\.start) == [0, 6 * 1440 + 1320])
  }

  @Test(
    "is effective from four hours on five days on",
    arguments: [
      ("Mo-Fr 08:00-12:00", true), ("Mo-Fr 08:00-11:59", false), ("Mo-Th 08:00-20:00", false),
      ("Mo-Fr 08:00-10:00,14:00-16:00", true), ("24/7", true), ("off", false),
    ])
  func effective(text: String, isEffective: Bool) throws {
    #expect(try OpeningHours(parsing: text).isEffective == isEffective)
  }

  @Test(
    "says what is wrong, and where",
    arguments: [
      ("", 1, "", .rule),
      ("  ", 3, "", .rule),
      (";", 1, ";", .rule),
      ("Mo 08:00-12:00;;", 16, ";", .rule),
      ("周一至周五 08:00-12:00", 1, "周一至周五", .rule),
      ("Mo\u{FF0D}Fr 08:00-12:00", 3, "\u{FF0D}Fr", .times),
      ("Mo:08:00-12:00", 3, ":08:00-12:00", .times),
      ("Mo-Fr 08\u{FF1A}00-12:00", 7, "08\u{FF1A}00-12:00", .openingTime),
      ("Mo-Fr 08:00-12:00\u{FF0C}13:00-17:00", 18, "\u{FF0C}13:00-17:00", .separator),
      ("Mo-Fr 08:00-12:00\u{FF1B}Sa off", 18, "\u{FF1B}Sa", .separator),
      ("Mo", 3, "", .times),
      ("Mo-Fr", 6, "", .times),
      ("Mo,Xx 08:00-12:00", 4, "Xx", .day),
      ("Mo-Xx 08:00-12:00", 4, "Xx", .lastDay),
      ("Mo-PH 08:00-12:00", 4, "PH", .lastDay),
      ("Monday 08:00-12:00", 1, "Monday", .rule),
      ("PH Mo 08:00-12:00", 4, "Mo", .times),
      ("Mo 08:00", 9, "", .dash),
      ("Mo 08:00-", 10, "", .closingTime),
      ("Mo 08:00-12", 10, "12", .closingTime),
      ("Mo 08:00-12:0", 10, "12:0", .closingTime),
      ("Mo 08:00-12:000", 10, "12:000", .closingTime),
      ("Mo 08:60-12:00", 4, "08:60-12:00", .openingTime),
      ("Mo 24:00-12:00", 4, "24:00-12:00", .openingTime),
      ("Mo 08:00-24:01", 10, "24:01", .closingTime),
      ("Mo 22:00-26:00", 10, "26:00", .closingTime),
      ("Mo 123:00-26:00", 4, "123:00-26:00", .openingTime),
      ("Mo 08:00-08:00", 10, "08:00", .otherClosingTime),
      ("00:00-00:00", 7, "00:00", .otherClosingTime),
      ("Mo 08:00-12:00,", 16, "", .openingTime),
      ("Mo 08:00-12:00, Sa 09:00-12:00", 17, "Sa", .openingTime),
      ("Mo 08:00-12:00 Tu off", 16, "Tu", .separator),
      ("Mo 08:00-12:00+", 15, "+", .separator),
      ("Mo 08:00–12:00", 9, "–12:00", .dash),
      ("24/7 off", 6, "off", .separator),
      ("24/77", 1, "24/77", .openingTime),
      ("off08:00", 1, "off08:00", .rule),
      ("Mo ٠٨:٠٠-١٢:٠٠", 4, "٠٨:٠٠-١٢:٠٠", .times),
      ("sunrise-sunset-and-a-good-deal-more", 1, "sunrise-sunset-and-a", .rule),
    ] as [(String, Int, String, OpeningHours.Problem.Expected)])
  func problems(text: String, position: Int, found: String, expected: OpeningHours.Problem.Expected) {
    #expect(throws: OpeningHours.Problem(position: position, found: found, expected: expected)) {
      try OpeningHours(parsing: text)
    }
  }

  @Test(
    "reads and prints a minute of the week",
    arguments: [("Mo 00:00", 0), ("Mo 09:00", 540), ("Tu 00:01", 1441), ("Su 23:59", 10079)])
  func weekMinute(text: String, minute: Int) throws {
    let moment = try #require(WeekMinute(parsing: text))
    #expect(moment.minute == minute)
    #expect(moment == WeekMinute(minute: minute))
    #expect(moment.description == text)
  }

  @Test(
    "refuses what is not a minute of the week",
    arguments: [
      "", "Mo", "09:00", "Mo 24:00", "Mo 09:00-10:00", "Mo 09:00 x", "PH 09:00", "Mo 9", "Monday 09:00",
    ])
  func notWeekMinute(text: String) {
    #expect(WeekMinute(parsing: text) == nil)
  }

  @Test("has no minutes outside the week", arguments: [-1, 10080])
  func outsideTheWeek(minute: Int) {
    #expect(WeekMinute(minute: minute) == nil)
  }
}
