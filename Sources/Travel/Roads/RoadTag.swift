/// A key of OpenStreetMap that the rules read. All others are passed over by the reader.
public enum RoadTag: UInt8, CaseIterable, Sendable {
  // What it is.
  case highway, route, service, area, construction, proposed, impassable, barrier, locked
  // Who may use it.
  case access, foot, vehicle, bicycle, electricBicycle, moped, mofa, motorVehicle, motorcar, motorroad
  case footForward, footBackward, vehicleForward, vehicleBackward, bicycleForward, bicycleBackward
  case motorVehicleForward, motorVehicleBackward, motorcarForward, motorcarBackward
  // In which direction.
  case oneway, onewayFoot, footOneway, onewayVehicle, onewayBicycle, onewayMotorVehicle, onewayMotorcar
  case junction, cycleway, cyclewayLeft, cyclewayRight, cyclewayBoth
  // How fast.
  case maxspeed, maxspeedForward, maxspeedBackward, surface, tracktype, smoothness, duration
  // Which turns.
  case type, restriction, restrictionMotorcar, restrictionMotorVehicle, restrictionVehicle
  case restrictionConditional, except

  /// The key as OpenStreetMap writes it.
  public var key: String {
    switch self {
    case .highway: "highway"
    case .route: "route"
    case .service: "service"
    case .area: "area"
    case .construction: "construction"
    case .proposed: "proposed"
    case .impassable: "impassable"
    case .barrier: "barrier"
    case .locked: "locked"
    case .access: "access"
    case .foot: "foot"
    case .vehicle: "vehicle"
    case .bicycle: "bicycle"
    case .electricBicycle: "electric_bicycle"
    case .moped: "moped"
    case .mofa: "mofa"
    case .motorVehicle: "motor_vehicle"
    case .motorcar: "motorcar"
    case .motorroad: "motorroad"
    case .footForward: "foot:forward"
    case .footBackward: "foot:backward"
    case .vehicleForward: "vehicle:forward"
    case .vehicleBackward: "vehicle:backward"
    case .bicycleForward: "bicycle:forward"
    case .bicycleBackward: "bicycle:backward"
    case .motorVehicleForward: "motor_vehicle:forward"
    case .motorVehicleBackward: "motor_vehicle:backward"
    case .motorcarForward: "motorcar:forward"
    case .motorcarBackward: "motorcar:backward"
    case .oneway: "oneway"
    case .onewayFoot: "oneway:foot"
    case .footOneway: "foot:oneway"
    case .onewayVehicle: "oneway:vehicle"
    case .onewayBicycle: "oneway:bicycle"
    case .onewayMotorVehicle: "oneway:motor_vehicle"
    case .onewayMotorcar: "oneway:motorcar"
    case .junction: "junction"
    case .cycleway: "cycleway"
    case .cyclewayLeft: "cycleway:left"
    case .cyclewayRight: "cycleway:right"
    case .cyclewayBoth: "cycleway:both"
    case .maxspeed: "maxspeed"
    case .maxspeedForward: "maxspeed:forward"
    case .maxspeedBackward: "maxspeed:backward"
    case .surface: "surface"
    case .tracktype: "tracktype"
    case .smoothness: "smoothness"
    case .duration: "duration"
    case .type: "type"
    case .restriction: "restriction"
    case .restrictionMotorcar: "restriction:motorcar"
    case .restrictionMotorVehicle: "restriction:motor_vehicle"
    case .restrictionVehicle: "restriction:vehicle"
    case .restrictionConditional: "restriction:conditional"
    case .except: "except"
    }
  }
}

/// The tags of one element that the rules read.
///
///     let lane: RoadTags = ["highway": "residential", "oneway": "yes", "name": "人民路"]
///     lane[.oneway]  // "yes"; the name is not kept
public struct RoadTags: ExpressibleByDictionaryLiteral, Sendable {
  // One place for each key, so that a reader of a million ways fills the same memory again and again.
  private var values = [String](repeating: "", count: RoadTag.allCases.count)
  private var present: UInt64 = 0

  /// No tags.
  public init() {}

  /// Tags by the keys that OpenStreetMap writes; keys that the rules do not read are left out.
  public init(dictionaryLiteral elements: (String, String)...) {
    for (key, value) in elements {
      if let tag = RoadTag.allCases.first(where: { $0.key == key }) { self[tag] = value }
    }
  }

  /// The value of a tag, `nil` where the element does not have it.
  public subscript(tag: RoadTag) -> String? {
    get { present & (1 << UInt64(tag.rawValue)) == 0 ? nil : values[Int(tag.rawValue)] }
    set {
      if let newValue {
        values[Int(tag.rawValue)] = newValue
        present |= 1 << UInt64(tag.rawValue)
      } else {
        present &= ~(1 << UInt64(tag.rawValue))
      }
    }
  }

  /// Forgets all tags.
  public mutating func removeAll() { present = 0 }
}
