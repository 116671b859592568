public import Words

/// Why an atlas could not be read or written.
///
/// Every case says what was found and what would have been accepted, because the person who reads it has the file, not
/// this source.
public enum AtlasError: Error, Equatable, Sendable {
  /// There is no such file.
  case missing(path: String)
  /// It is there, but cannot be read: a directory, or no permission.
  case unreadable(path: String, reason: Bilingual)
  /// It is not a GeoPackage made by paycircle.
  case notAnAtlas(path: String, found: Bilingual)
  /// A newer paycircle made it.
  case newerVersion(path: String)
  /// Its bytes contradict each other, or a row contradicts the table's own rules.
  case damaged(path: String, detail: String)
  /// Another program has been writing to it for longer than was worth waiting.
  case busy(path: String, seconds: Int)
  /// Another program keeps a write-ahead log beside it.
  case openElsewhere(path: String)
  /// The file, or its folder, may not be written.
  case cannotWrite(path: String, reason: String)
  /// The disk is full, or the file has reached the size the system allows.
  case diskFull(path: String)
  /// The atlas has no roads, and what was asked for needs them.
  case noRoads(path: String)
  /// The saved road graph that the atlas names is not beside it.
  case roadsMissing(path: String, atlas: String)
  /// The saved road graph is not the one the atlas was written with: changed, cut off, or another's.
  case roadsDamaged(path: String, atlas: String, detail: Bilingual)

  /// The error as a sentence.
  public var sentence: Bilingual {
    switch self {
    case .missing(let path):
      Bilingual(en: "\(path): no such atlas", zh: "\(path):没有这个图集文件")
    case .unreadable(let path, let reason):
      Bilingual(en: "\(path): \(reason[.english])", zh: "\(path):\(reason[.chinese])")
    case .notAnAtlas(let path, let found):
      Bilingual(
        en: "\(path): \(found[.english]); expected an atlas made by `paycircle import`",
        zh: "\(path):\(found[.chinese]);应为 paycircle import 生成的图集")
    case .newerVersion(let path):
      Bilingual(
        en: "\(path): made by a newer paycircle than this one; expected an atlas of this version or older",
        zh: "\(path):由更新版本的 paycircle 生成;应为本版本或更早版本的图集")
    case .damaged(let path, let detail):
      Bilingual(
        en: "\(path): the atlas is damaged (\(detail)); restore it from a copy",
        zh: "\(path):图集已损坏(\(detail));请从备份恢复")
    case .busy(let path, let seconds):
      Bilingual(
        en: "\(path): another program is writing to it; waited \(seconds) s; try again when it has finished",
        zh: "\(path):另一个程序正在写入;已等待 \(seconds) 秒;请等它完成后再试")
    case .openElsewhere(let path):
      Bilingual(
        en:
          "\(path): open in another program, which keeps unfinished changes beside it; close it there first",
        zh: "\(path):正被另一个程序打开,且有未并入的更改;请先在那里关闭")
    case .cannotWrite(let path, let reason):
      Bilingual(en: "\(path): cannot be written: \(reason)", zh: "\(path):无法写入:\(reason)")
    case .diskFull(let path):
      Bilingual(
        en: "\(path): the disk is full; nothing was changed", zh: "\(path):磁盘已满;未作任何更改")
    case .noRoads(let path):
      Bilingual(
        en: "\(path): the atlas has no roads; run `paycircle import roads` first",
        zh: "\(path):图集没有道路;请先运行 paycircle import roads")
    case .roadsMissing(let path, let atlas):
      Bilingual(
        en:
          "\(path): no such file; expected the saved roads of \(atlas): copy them along with the atlas, or run "
          + "`paycircle import roads` again",
        zh: "\(path):没有这个文件;应为 \(atlas) 的道路文件:请与图集一并复制,或重新运行 paycircle import roads")
    case .roadsDamaged(let path, let atlas, let detail):
      Bilingual(
        en:
          "\(path): \(detail.english); expected the roads that \(atlas) was saved with: copy them again, or run "
          + "`paycircle import roads` again",
        zh: "\(path):\(detail.chinese);应为与 \(atlas) 一同保存的道路文件:请重新复制,或重新运行 paycircle import roads")
    }
  }
}
