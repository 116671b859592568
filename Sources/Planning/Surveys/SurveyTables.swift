/// What people said and what was timed: the surveys and the feedback of an atlas.
///
/// Kept apart from `PaymentNetwork`, because most questions need none of it.
public struct Surveys: Sendable {
  /// How far and how long people came.
  public var distances = DistanceSurveyTable()
  /// How long handling and waiting took.
  public var services = ServiceSurveyTable()
  /// What customers said.
  public var feedback = FeedbackTable()

  /// No surveys.
  public init() {}
}

/// How somebody came to a payment point.
public enum SurveyMode: UInt8, CaseIterable, Sendable {
  case walk = 0
  case ebike, car, bus

  /// The word used in files.
  public var name: String {
    switch self {
    case .walk: "walk"
    case .ebike: "ebike"
    case .car: "car"
    case .bus: "bus"
    }
  }
}

/// Answers to "how far, and how long, was your way here?", as columns of equal length, in ascending order of their ids.
///
/// One way, as people say it: rounded, sometimes grossly wrong. At least one of meters and minutes is known.
public struct DistanceSurveyTable: Sendable {
  /// The id of each answer.
  public var ids = TextColumn()
  /// Where the one who answered lives, as a position in the place table.
  public var places: [Int32] = []
  /// Where they paid, as a position in the point table.
  public var points: [Int32] = []
  /// How they came.
  public var modes: [SurveyMode] = []
  /// The way's length in meters, at least 0; NaN where not said.
  public var meters: [Double] = []
  /// The way's minutes, at least 0; NaN where not said.
  public var minutes: [Double] = []
  /// The day, `YYYY-MM-DD`; empty where not said.
  public var dates = TextColumn()

  /// An empty table.
  public init() {}

  /// How many answers there are.
  public var count: Int { places.count }
}

/// Payments that were timed at the counter, as columns of equal length, in ascending order of their ids.
public struct ServiceSurveyTable: Sendable {
  /// The id of each observation.
  public var ids = TextColumn()
  /// Where, as a position in the point table.
  public var points: [Int32] = []
  /// Seconds at the counter, at least 0.
  public var handlingSeconds: [Int32] = []
  /// Seconds in the queue before it; -1 where not noted.
  public var waitSeconds: [Int32] = []
  /// The day, `YYYY-MM-DD`; empty where not said.
  public var dates = TextColumn()

  /// An empty table.
  public init() {}

  /// How many observations there are.
  public var count: Int { points.count }
}

/// Complaints, questions and praise, as columns of equal length, in ascending order of their ids.
public struct FeedbackTable: Sendable {
  /// The id of each.
  public var ids = TextColumn()
  /// The day it came in, `YYYY-MM-DD`.
  public var dates = TextColumn()
  /// The point it is about, as a position in the point table; -1 where none is named.
  public var points: [Int32] = []
  /// The place it came from, as a position in the place table; -1 where not known.
  public var places: [Int32] = []
  /// What it is about, as a position in `categoryNames`.
  public var categories: [Int32] = []
  /// The names of the categories in ascending order; the empty name, first if present, is "not stated".
  public var categoryNames: [String] = []
  /// 1 (worst) ... 5 (best); 0 where not given.
  public var ratings: [UInt8] = []
  /// Whether it has been dealt with; `nil` where not stated.
  public var isResolved: [Bool?] = []
  /// The day it was dealt with, `YYYY-MM-DD`; empty where not known.
  public var resolvedOn = TextColumn()
  /// The words.
  public var notes = TextColumn()

  /// An empty table.
  public init() {}

  /// How many there are.
  public var count: Int { points.count }
}
