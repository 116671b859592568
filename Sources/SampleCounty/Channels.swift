/// `channels.synthetic.csv`: the ways to pay of the county in 2015. The kinds are real, the list is ours.
func channelsFile() -> SampleFile {
  let ways: [(name: String, inPerson: Bool, medium: String, provider: String)] = [
    ("供电营业厅柜台", true, "cash;card;qr", "国网济源供电公司"),
    ("自助交费终端(现金)", true, "cash", "国网济源供电公司"),
    ("自助交费终端(刷卡)", true, "card", "国网济源供电公司"),
    ("24小时自助营业厅", true, "cash;card;citizen_card", "国网济源供电公司"),
    ("流动服务车", true, "cash;card", "国网济源供电公司"),
    ("走收(收费员上门)", true, "cash", "国网济源供电公司"),
    ("中国银行柜台代收", true, "cash;card", "中国银行"),
    ("农业银行柜台代收", true, "cash;card", "中国农业银行"),
    ("邮政储蓄柜台代收", true, "cash;card", "中国邮政储蓄银行"),
    ("农商银行柜台代收", true, "cash;card", "济源农商银行"),
    ("银行自助柜员机", true, "card", "合作银行"),
    ("助农取款点", true, "card", "济源农商银行"),
    ("超市、小卖部代收点", true, "cash;qr", "社会化代收点"),
    ("社区服务站代收点", true, "cash;citizen_card", "社区居委会"),
    ("村委会POS机代收点", true, "cash;card", "村民委员会"),
    ("市民一卡通", true, "citizen_card", "济源市民卡公司"),
    ("电费充值卡", true, "prepaid_card", "国网济源供电公司"),
    ("银行代扣", false, "account", "合作银行"),
    ("网上银行", false, "account", "合作银行"),
    ("手机银行", false, "account", "合作银行"),
    ("电话银行", false, "account", "合作银行"),
    ("95598网站", false, "account", "国家电网"),
    ("掌上电力、电e宝", false, "account", "国家电网"),
    ("微信", false, "wallet", "腾讯"),
    ("支付宝", false, "wallet", "蚂蚁金服"),
    ("数字电视", false, "account", "广电网络"),
    ("直购电、银行划拨(工业)", false, "transfer", "合作银行"),
  ]
  return SampleFile(
    name: "channels.synthetic.csv", header: "channel_id,name,in_person,medium,provider",
    rows: ways.enumerated().map { number, way in
      ["W" + padded(number + 1, 2), way.name, way.inPerson ? "yes" : "no", way.medium, way.provider]
    })
}
