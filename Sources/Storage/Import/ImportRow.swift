import Geo
import Planning
import Travel

/// One row of a file, checked and typed, but not yet compared with what the atlas already holds.
///
/// Throughout: positions are WGS-84; money is whole fen; shares are `0...1`; dates are real days written `YYYY-MM-DD`;
/// ids are 1 to 200 bytes of UTF-8 without control characters; `nil` means that the file says nothing.
enum ImportRow: Hashable, Sendable {
  case place(PlaceRow)
  case point(PointRow)
  case candidate(CandidateRow)
  case volume(VolumeRow)
  case distanceSurvey(DistanceSurveyRow)
  case serviceSurvey(ServiceSurveyRow)
  case visit(VisitRow)
  case feedback(FeedbackRow)
  case boundary(BoundaryRow)
  case channel(ChannelRow)
}

/// A place whose customers need somewhere to pay.
struct PlaceRow: Hashable, Sendable {
  var id: String
  var name: String
  var setting: Setting
  var coordinate: Coordinate<WGS84>
  /// `0...10_000_000`.
  var customers: Int
  var township: String?
  var village: String?
  var villageCode: String?
  var terrain: Terrain?
  var feeControlShare: Double?
  var onlineShare: Double?
  var elderlyShare: Double?
  var arrearsFen: Int?
}

/// Somewhere to pay.
struct PointRow: Hashable, Sendable {
  var id: String
  var name: String
  var kind: PointKind
  var coordinate: Coordinate<WGS84>
  var operatorName: String?
  var methods: PaymentMethods?
  /// As the file writes it; `OpeningHours` can read it.
  var hours: String?
  /// `0...10_000`.
  var counters: Int?
  var status: PointStatus?
  var placeID: String?
  var monthlyCostFen: Int?
  var feePerPaymentFen: Int?
  var openedOn: String?
  /// Not before `openedOn`.
  var closedOn: String?
  /// As people write it.
  var phone: String?
}

/// Where a point could be opened.
struct CandidateRow: Hashable, Sendable {
  var id: String
  var name: String
  var coordinate: Coordinate<WGS84>
  var kind: PointKind?
  var placeID: String?
  var openingCostFen: Int?
  var monthlyCostFen: Int?
  /// `0...10_000`.
  var counters: Int?
}

/// What one point did in one month.
struct VolumeRow: Hashable, Sendable {
  var pointID: String
  /// `YYYY-MM`.
  var month: String
  /// `0...10_000_000`.
  var payments: Int
  var amountFen: Int?
  /// At most `payments`.
  var busiestDayPayments: Int?
}

/// What one answer says about the way from a place to a point: `meters`, `minutes` or both are given.
struct DistanceSurveyRow: Hashable, Sendable {
  var id: String
  var placeID: String
  var pointID: String
  var mode: SurveyMode
  /// `0...1_000_000`; people answer in fractions, too.
  var meters: Double?
  /// `0...1440`.
  var minutes: Double?
  var date: String?
}

/// How long one payment took, clocked at the counter.
struct ServiceSurveyRow: Hashable, Sendable {
  var id: String
  var pointID: String
  /// `0...86_400`.
  var handlingSeconds: Int
  /// `0...86_400`.
  var waitSeconds: Int?
  var date: String?
}

/// What an inspector found who came to a point at a published time.
struct VisitRow: Hashable, Sendable {
  var id: String
  var pointID: String
  var date: String
  var isPresent: Bool
}

/// What someone said about a point or a place.
struct FeedbackRow: Hashable, Sendable {
  var id: String
  var date: String
  var pointID: String?
  var placeID: String?
  var category: String?
  /// `1...5`.
  var rating: Int?
  var status: FeedbackStatus?
  var note: String?
  /// The day it was dealt with.
  var resolvedOn: String?
}

/// Whether feedback has been dealt with.
enum FeedbackStatus: String, CaseIterable, Sendable {
  case open, resolved
}

/// The outline of the county or a township.
struct BoundaryRow: Hashable, Sendable {
  var name: String
  /// `county` and `township` by those words, whatever language the file used; anything else as the file writes it.
  var level: String?
  /// At least one; exteriors run counter-clockwise, holes clockwise.
  var polygons: [Polygon]
}

/// One way to pay, in person or not.
struct ChannelRow: Hashable, Sendable {
  var id: String
  var name: String
  var inPerson: Bool
  /// `cash`, `card`, `qr`, `citizen_card` by those words; anything else as the file writes it.
  var medium: String?
  var provider: String?
}
