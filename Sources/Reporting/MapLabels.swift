import Geo
import Planning

/// Names on a map, each beside where it belongs and clear of the others.
struct MapLabels {
  /// A name and the middle of where it is written.
  struct Label: Hashable {
    var text: String
    var center: SheetPosition
  }

  private var boxes: [Box] = []
  private(set) var labels: [Label] = []
  private let projection: MapProjection

  /// The size of the letters, in units.
  static let fontSize = 15

  private struct Box {
    var left: Int
    var top: Int
    var right: Int
    var bottom: Int

    func overlap(_ other: Box) -> Int {
      max(0, min(right, other.right) - max(left, other.left))
        * max(0, min(bottom, other.bottom) - max(top, other.top))
    }
  }

  /// No labels on the sheet of `projection`.
  init(in projection: MapProjection) { self.projection = projection }

  /// Keeps labels out of the rectangle between two sheet positions.
  mutating func reserve(from upperLeft: SheetPosition, to lowerRight: SheetPosition) {
    boxes.append(Box(left: upperLeft.x, top: upperLeft.y, right: lowerRight.x, bottom: lowerRight.y))
  }

  /// Writes `text` at `anchor`, or as near to it as there is room; not at all where every position within two
  /// lines is taken or off the sheet. The first comers are written first.
  mutating func add(_ text: String, at anchor: SheetPosition) {
    guard projection.shows(anchor), !text.isEmpty else { return }
    let half = Self.width(of: text) / 2 + 20
    let line = Self.fontSize * 10 + 30
    let steps = [
      (0, 0), (0, -1), (0, 1), (-1, 0), (1, 0), (-1, -1), (1, -1), (-1, 1), (1, 1), (0, -2), (0, 2),
    ]
    for (right, down) in steps {
      let center = SheetPosition(x: anchor.x + right * half, y: anchor.y + down * line)
      let box = Box(
        left: center.x - half, top: center.y - line / 2, right: center.x + half, bottom: center.y + line / 2)
      let isOnSheet =
        box.left >= 0 && box.top >= 0 && box.right <= MapProjection.width * 10
        && box.bottom <= projection.height * 10
      if isOnSheet, !boxes.contains(where: { $0.overlap(box) > 0 }) {
        boxes.append(box)
        labels.append(Label(text: text, center: center))
        return
      }
    }
  }

  /// The width of `text`, in tenths of a unit: ideographs are as wide as high, other letters a little over half.
  static func width(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? fontSize * 10 : fontSize * 6) }
  }

  /// Writes the labels with a white rim, so that they are read over anything.
  func draw(on sheet: inout MarkupWriter) {
    for label in labels {
      let attributes: KeyValuePairs = [
        "x": PathData.number(label.center.x), "y": PathData.number(label.center.y + Self.fontSize * 35 / 10),
        "text-anchor": "middle", "font-size": "\(Self.fontSize)", "font-weight": "bold", "fill": "#222",
        "stroke": "#fff", "stroke-width": "4", "stroke-linejoin": "round", "paint-order": "stroke",
        "stroke-opacity": ".85",
      ]
      sheet.element("text", attributes, label.text)
    }
  }
}

extension Boundary {
  /// The centroid of the outer ring of the largest polygon, by the shoelace formula in degrees, which is where
  /// the name goes; `nil` where there is no polygon. Corners are unrolled over the 180th meridian.
  var labelAnchor: (latitude: Double, longitude: Double)? {
    var best: (area: Double, latitude: Double, longitude: Double)?
    for polygon in polygons {
      guard let origin = polygon.exterior.first else { continue }
      let corners = polygon.exterior.map {
        (
          x: ($0.longitude - origin.longitude).remainder(dividingBy: 360), y: $0.latitude - origin.latitude
        )
      }
      var twice = 0.0
      var sumX = 0.0
      var sumY = 0.0
      for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
        let cross = a.x * b.y - b.x * a.y
        twice += cross
        sumX += (a.x + b.x) * cross
        sumY += (a.y + b.y) * cross
      }
      // A ring without area has no centroid; its first corner will do.
      let x = twice == 0 ? 0 : sumX / (3 * twice)
      let y = twice == 0 ? 0 : sumY / (3 * twice)
      if best.map({ abs(twice) > $0.area }) ?? true {
        best = (abs(twice), origin.latitude + y, origin.longitude + x)
      }
    }
    return best.map { ($0.latitude, $0.longitude) }
  }
}
