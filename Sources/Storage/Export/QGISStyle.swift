/// A layer's style as QGIS keeps it (QML), so that the layer comes up drawn like the report's maps.
///
/// Each property stands twice: as the options that QGIS writes since 3.26, and as the `prop` that it read before.
struct QGISStyle {
  let style: LayerStyle

  var text: String {
    var xml = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    xml += #"<qgis version="3.22.16" styleCategories="Symbology">"# + "\n"
    let common = #"forceraster="0" symbollevels="0" enableorderby="0""#
    if let column = style.column {
      xml += #" <renderer-v2 type="categorizedSymbol" attr="\#(column)" \#(common)>"# + "\n  <categories>\n"
      for (number, one) in style.classes.enumerated() {
        xml +=
          #"   <category type="\#(column == "served" ? "bool" : "string")" value="\#(xmlEscaped(one.value ?? ""))" symbol="\#(number)" label="\#(xmlEscaped(one.label))" render="true"/>"#
          + "\n"
      }
      xml += "  </categories>\n"
    } else {
      xml += #" <renderer-v2 type="singleSymbol" \#(common)>"# + "\n"
    }
    xml += "  <symbols>\n"
    for (number, one) in style.classes.enumerated() { xml += symbol(number, one) }
    xml += "  </symbols>\n </renderer-v2>\n</qgis>\n"
    return xml
  }

  private func symbol(_ number: Int, _ one: LayerStyle.Class) -> String {
    let isArea = one.shape == nil
    let outline = colorText(
      isArea ? "#0072B2" : one.shape == "cross2" ? one.fill : "#000000", alpha: isArea ? 160 : 255)
    let properties: [(String, String)] =
      if let shape = one.shape {
        [
          ("angle", one.isTurned ? "180" : "0"), ("color", colorText(one.fill, alpha: 255)),
          ("name", shape),
          ("outline_color", outline), ("outline_style", "solid"),
          ("outline_width", shape == "cross2" ? "0.6" : "0.25"), ("outline_width_unit", "MM"),
          ("size", "\(one.size)"), ("size_unit", "MM"),
        ]
      } else {
        [
          ("color", colorText(one.fill, alpha: 70)), ("outline_color", outline), ("outline_style", "solid"),
          ("outline_width", "0.3"), ("outline_width_unit", "MM"), ("style", "solid"),
        ]
      }
    var xml =
      #"   <symbol type="\#(isArea ? "fill" : "marker")" name="\#(number)" alpha="1" clip_to_extent="1" force_rhr="0">"#
      + "\n"
    xml +=
      #"    <layer class="\#(isArea ? "SimpleFill" : "SimpleMarker")" enabled="1" pass="0" locked="0">"#
      + "\n"
    xml += #"     <Option type="Map">"# + "\n"
    for (name, value) in properties {
      xml += #"      <Option type="QString" name="\#(name)" value="\#(value)"/>"# + "\n"
    }
    xml += "     </Option>\n"
    for (name, value) in properties { xml += #"     <prop k="\#(name)" v="\#(value)"/>"# + "\n" }
    return xml + "    </layer>\n   </symbol>\n"
  }

  private func colorText(_ color: String, alpha: Int) -> String {
    let (red, green, blue) = colorParts(color)
    return "\(red),\(green),\(blue),\(alpha)"
  }
}

/// Text between tags or in an attribute: what XML reserves is escaped, characters it has no place for are left out (XML 1.0, 2.2).
func xmlEscaped(_ text: String) -> String {
  var escaped = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\"": escaped += "&quot;"
    case "\t", "\n", "\r": escaped.unicodeScalars.append(scalar)
    default:
      let value = scalar.value
      if value >= 0x20, value != 0xFFFE, value != 0xFFFF { escaped.unicodeScalars.append(scalar) }
    }
  }
  return escaped
}
