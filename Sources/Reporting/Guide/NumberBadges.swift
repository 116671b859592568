/// Numbers on a map: white on black disks, each beside the sign it belongs to and clear of the others as far as there is
/// room.
struct NumberBadges {
  /// A number and the middle of its disk.
  struct Badge: Hashable {
    var number: Int
    var center: SheetPosition
    /// The sign it belongs to; `nil` where the disk is the sign.
    var anchor: SheetPosition?
  }

  private(set) var badges: [Badge] = []
  /// Half the side of the square a disk takes, in tenths of a unit.
  let radius: Int

  private var boxes: [Box] = []
  private let right: Int
  private let bottom: Int

  private struct Box {
    var left: Int
    var top: Int
    var right: Int
    var bottom: Int

    init(_ center: SheetPosition, _ half: Int) {
      (left, top) = (center.x - half, center.y - half)
      (right, bottom) = (center.x + half, center.y + half)
    }

    init(from a: SheetPosition, to b: SheetPosition) {
      (left, top, right, bottom) = (a.x, a.y, b.x, b.y)
    }

    func overlap(_ other: Box) -> Int {
      max(0, min(right, other.right) - max(left, other.left))
        * max(0, min(bottom, other.bottom) - max(top, other.top))
    }
  }

  /// No numbers on the sheet of `projection`; disks are `letterSize` units wide and a half.
  init(in projection: MapProjection, letterSize: Int) {
    right = MapProjection.width * 10
    bottom = projection.height * 10
    radius = letterSize * 15 / 2
  }

  /// Keeps numbers off a rectangle, as far as there is room elsewhere.
  mutating func reserve(from upperLeft: SheetPosition, to lowerRight: SheetPosition) {
    boxes.append(Box(from: upperLeft, to: lowerRight))
  }

  /// Keeps numbers off a sign.
  mutating func reserve(_ sign: SheetPosition, half: Int) { boxes.append(Box(sign, half)) }

  /// Places a number beside `anchor`: where it covers least of what is there already, the nearest and first of eight
  /// directions, from the upper right clockwise, winning.
  mutating func add(_ number: Int, beside anchor: SheetPosition) {
    let steps = [(1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1)]
    var best: (cover: Int, center: SheetPosition)?
    search: for ring in 1...4 {
      for (across, down) in steps {
        // Diagonal neighbors stand as far away as straight ones.
        let reach = (radius * 5 / 3 + (ring - 1) * 2 * radius) * (across != 0 && down != 0 ? 8 : 10) / 10
        let center = SheetPosition(x: anchor.x + across * reach, y: anchor.y + down * reach)
        let box = Box(center, radius)
        guard box.left >= 20, box.top >= 20, box.right <= right - 20, box.bottom <= bottom - 20 else {
          continue
        }
        let cover = boxes.reduce(0) { $0 + $1.overlap(box) }
        if best.map({ cover < $0.cover }) ?? true { best = (cover, center) }
        if cover == 0 { break search }
      }
    }
    let center = best?.center ?? anchor
    boxes.append(Box(center, radius))
    badges.append(Badge(number: number, center: center, anchor: anchor))
  }

  /// Places a number at the sheet's edge, in the direction from `center` to a position beside the sheet; moved along the
  /// edge where another stands there.
  mutating func addAtEdge(_ number: Int, from center: SheetPosition, towards target: SheetPosition) {
    let inset = radius + 140
    let across = target.x - center.x
    let down = target.y - center.y
    // How much of the way, in thousandths, until the inset frame.
    func part(_ way: Int, _ room: Int) -> Int { way == 0 ? 1_000 : abs(room) * 1_000 / abs(way) }
    let room = (
      x: across > 0 ? right - inset - center.x : center.x - inset,
      y: down > 0 ? bottom - inset - center.y : center.y - inset
    )
    let share = (x: part(across, room.x), y: part(down, room.y))
    let isOnSide = share.x < share.y
    let thousandths = min(1_000, min(share.x, share.y))
    let exit = SheetPosition(
      x: center.x + across / 1_000 * thousandths + across % 1_000 * thousandths / 1_000,
      y: center.y + down / 1_000 * thousandths + down % 1_000 * thousandths / 1_000)
    var best: (cover: Int, center: SheetPosition)?
    for shift in (0...24).map({ $0 % 2 == 0 ? -$0 / 2 : ($0 + 1) / 2 }) {
      var position = exit
      if isOnSide {
        position.y = min(bottom - inset, max(inset, position.y + shift * (2 * radius + 20)))
      } else {
        position.x = min(right - inset, max(inset, position.x + shift * (2 * radius + 20)))
      }
      let cover = boxes.reduce(0) { $0 + $1.overlap(Box(position, radius)) }
      if best.map({ cover < $0.cover }) ?? true { best = (cover, position) }
      if cover == 0 { break }
    }
    let position = best?.center ?? exit
    boxes.append(Box(position, radius))
    badges.append(Badge(number: number, center: position, anchor: nil))
  }

  /// Draws disks, numbers, and lines to signs that are farther than the next disk.
  func draw(on sheet: inout MarkupWriter) {
    var leaders = PathData()
    var disks = PathData()
    let r = PathData.number(radius)
    let twice = PathData.number(2 * radius)
    for badge in badges {
      if let anchor = badge.anchor,
        max(abs(anchor.x - badge.center.x), abs(anchor.y - badge.center.y)) > 2 * radius
      {
        leaders.line([anchor, badge.center])
      }
      disks.mark("m-\(r) 0a\(r) \(r) 0 1 0 \(twice) 0a\(r) \(r) 0 1 0-\(twice) 0z", at: badge.center)
    }
    if !leaders.text.isEmpty {
      sheet.empty("path", ["d": leaders.text, "fill": "none", "stroke": "#222", "stroke-width": "1"])
    }
    guard !badges.isEmpty else { return }
    sheet.empty("path", ["d": disks.text, "fill": "#222", "stroke": "#fff", "stroke-width": "1.4"])
    let size = radius * 2 / 15
    for badge in badges {
      sheet.element(
        "text",
        [
          "x": PathData.number(badge.center.x), "y": PathData.number(badge.center.y + size * 36 / 10),
          "text-anchor": "middle", "font-size": "\(badge.number > 99 ? size * 8 / 10 : size)",
          "font-weight": "bold", "fill": "#fff",
        ], "\(badge.number)")
    }
  }
}
