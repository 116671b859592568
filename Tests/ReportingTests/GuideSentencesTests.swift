import Geo
import Planning
import Testing
import Words

@testable import Reporting

@Suite("Directions and hours in words")
struct GuideSentencesTests {
  @Test(
    "hours are sentences in both languages",
    arguments: [
      (
        "Mo-Fr 08:30-17:30; Sa 09:00-12:00", "周一至周五 8:30-17:30；周六 9:00-12:00",
        "Mon–Fri 8:30–17:30; Sat 9:00–12:00"
      ),
      ("Mo-Fr 08:00-12:00,14:30-17:30", "周一至周五 8:00-12:00、14:30-17:30", "Mon–Fri 8:00–12:00, 14:30–17:30"),
      ("Sa,Su 09:00-16:00", "周六、周日 9:00-16:00", "Sat, Sun 9:00–16:00"),
      ("Mo,We,Fr 09:00-11:30", "周一、周三、周五 9:00-11:30", "Mon, Wed, Fri 9:00–11:30"),
      ("Mo-We,Fr 00:00-24:00", "周一至周三、周五 0:00-24:00", "Mon–Wed, Fri 0:00–24:00"),
      ("Mo-Su 07:30-21:00", "每天 7:30-21:00", "daily 7:30–21:00"),
      ("24/7", "每天 24 小时", "day and night, every day"),
      ("Fr 22:00-02:00", "周五 22:00-次日2:00", "Fri 22:00–2:00 the next day"),
      ("Su 22:00-02:00", "周日 22:00-次日2:00", "Sun 22:00–2:00 the next day"),
      ("off", "不营业", "closed"),
    ])
  func hours(text: String, chinese: String, english: String) throws {
    #expect(try OpeningHours(parsing: text).words == Bilingual(en: english, zh: chinese))
  }

  @Test(
    "directions are said with rounded distances",
    arguments: [
      (
        CompassDirection.northeast as CompassDirection?, Int32(612), "东北方向约 600 米",
        "about 600 m to the northeast"
      ),
      (.south, 2_040, "南面约 2 公里", "about 2 km to the south"),
      (.west, 4, "就在本处", "right here"), (nil, 0, "就在本处", "right here"),
    ])
  func directions(direction: CompassDirection?, meters: Int32, chinese: String, english: String) {
    let way = PaymentGuide.Way(
      point: 0, seconds: 0, meters: meters, straightMeters: meters, direction: direction, isNearest: true)
    #expect(way.directionWords == Bilingual(en: english, zh: chinese))
    for direction in CompassDirection.allCases {
      #expect(!direction.words[.chinese].isEmpty && direction.words[.english] == direction.name)
    }
  }

  @Test("what is paid with is a word of the catalog, or the file's own")
  func media() {
    func words(_ medium: String) -> String {
      Channel(id: "", name: "", inPerson: false, medium: medium, provider: "").mediumWords(.chinese)
    }
    #expect(words("cash;card") == "现金、银行卡" && words("account") == "银行账户" && words("wallet") == "手机钱包")
    #expect(words("transfer") == "银行转账" && words("prepaid_card") == "充值卡")
    #expect(words("数字人民币") == "数字人民币" && words("") == "–")
    #expect(PaymentMethods([]).sentence(.english) == "ask at the point")
  }
}
