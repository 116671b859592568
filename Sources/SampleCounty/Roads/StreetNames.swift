/// Names of the city's streets; some are names of real streets of Jiyuan, where they run here is not.
enum Names {
  static let northSouth = [
    "天坛路", "沁园路", "汤帝路", "愚公路", "玉泉路", "文昌路", "东环路", "荆梁路", "获轵路", "西环路", "学苑路",
  ]
  static let eastWest = [
    "济源大道", "黄河大道", "济水大街", "北海大道", "宣化街", "济渎大道", "南环路", "北环路", "龙潭街", "滨河街", "双桥街",
  ]
}
