/// How people come to a payment point.
public enum TravelMode: String, CaseIterable, Sendable {
  case walk, ebike, car
}
