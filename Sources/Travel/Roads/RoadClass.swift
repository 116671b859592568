/// What a road is for, by the value of OpenStreetMap's `highway` tag, and ferries.
///
/// The raw values are stored in saved networks: they never change, new ones are added at the end.
public enum RoadClass: UInt8, CaseIterable, Sendable {
  case motorway = 0
  case trunk, primary, secondary, tertiary, unclassified, residential, livingStreet, service, track,
    pedestrian
  case footway, path, cycleway, bridleway, steps, ferry
  /// A link (ramp) counts with its class; `road` and values nobody knows are not used by the rules.
  case road
}
