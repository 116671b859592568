import Words

/// What stands on every map: the scale bar, the north arrow, the word that the data are made up, and who is to be named.
struct MapFurniture {
  let projection: MapProjection
  let language: Language

  /// The length of the scale bar in meters: the largest 1, 2 or 5 times a power of ten that a fifth of the
  /// sheet holds.
  var scaleMeters: Int {
    let most = projection.metersPerUnit * Double(MapProjection.width) / 5
    var length = 1
    while Double(length) <= most / 10 { length *= 10 }
    return length * ([5, 2].first { Double(length * $0) <= most } ?? 1)
  }

  /// The length of the scale bar in words.
  var scaleWords: String {
    let isKilometers = scaleMeters >= 1_000
    let number = Figures.whole(isKilometers ? scaleMeters / 1_000 : scaleMeters)
    return number + " " + (isKilometers ? ReportWord.kilometers : ReportWord.meters)[language]
  }

  /// Keeps names off the furniture.
  func reserve(in labels: inout MapLabels) {
    let bottom = projection.height * 10
    labels.reserve(from: SheetPosition(x: 0, y: bottom - 550), to: SheetPosition(x: 2_600, y: bottom))
    labels.reserve(from: SheetPosition(x: 9_300, y: 0), to: SheetPosition(x: 10_000, y: 800))
  }

  /// Draws it in the corners.
  func draw(isSynthetic: Bool, attributions: [String], on sheet: inout MarkupWriter) {
    let length = Int((Double(scaleMeters) / projection.metersPerUnit * 10).rounded())
    let bottom = projection.height - 16
    sheet.empty(
      "rect",
      [
        "x": "10", "y": "\(bottom - 28)", "width": PathData.number(length + 200), "height": "38",
        "fill": "#fff",
        "fill-opacity": ".8",
      ])
    sheet.empty(
      "path",
      [
        "d":
          "M20 \(bottom - 6)v6h\(PathData.number(length))v-6M\(PathData.number(200 + length / 2)) \(bottom)v-4",
        "fill": "none", "stroke": "#222", "stroke-width": "1.6",
      ])
    sheet.element(
      "text",
      [
        "x": PathData.number(200 + length / 2), "y": "\(bottom - 11)", "text-anchor": "middle",
        "font-size": "13",
      ], scaleWords)

    sheet.empty("path", ["d": "M966 20l9 30-9-6-9 6z", "fill": "#222"])
    sheet.element(
      "text", ["x": "966", "y": "66", "text-anchor": "middle", "font-size": "14", "font-weight": "bold"],
      ReportWord.north[language])

    var baseline = projection.height - 12
    func note(_ text: String, _ size: String, _ weight: String, _ fill: String) {
      sheet.element(
        "text",
        [
          "x": "990", "y": "\(baseline)", "text-anchor": "end", "font-size": size,
          "font-weight": weight, "fill": fill, "stroke": "#fff", "stroke-width": "3",
          "paint-order": "stroke",
        ], text)
      baseline -= 18
    }
    if isSynthetic { note(ReportWord.syntheticShort[language], "14", "bold", "#A33F00") }
    for attribution in attributions { note(attribution, "12", "normal", "#444") }
  }
}
