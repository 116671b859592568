public import Planning
public import Travel
public import Words

extension PointKind {
  /// What people call the kind.
  public var words: Glossary {
    switch self {
    case .businessHall: .businessHall
    case .selfService: .selfService
    case .bank: .bank
    case .postal: .postal
    case .ruralBank: .ruralBank
    case .shop: .shop
    case .communityStation: .communityStation
    case .villageCommittee: .villageCommittee
    case .other: .otherKind
    }
  }
}

extension PointStatus {
  /// What people call the status.
  public var words: Glossary {
    switch self {
    case .active: .active
    case .suspended: .suspended
    case .closed: .closed
    case .planned: .planned
    }
  }
}

extension PaymentMethods {
  /// What people call the methods of the set, in the order of `all`.
  public var words: [Glossary] { names.compactMap(Self.words(forName:)) }

  /// What people call the method that files call `name`; `nil` where it is none of ours.
  public static func words(forName name: String) -> Glossary? {
    switch name {
    case "cash": .cash
    case "card": .card
    case "qr": .qr
    case "citizen_card": .citizenCard
    default: nil
    }
  }
}

extension Setting {
  /// What people call the setting.
  public var words: Glossary { self == .town ? .town : .village }
}

extension Terrain {
  /// What people call the terrain.
  public var words: Glossary {
    switch self {
    case .plain: .plain
    case .hill: .hill
    case .mountain: .mountain
    }
  }
}

extension TravelMode {
  /// What people call the mode, as an adverb: "on foot".
  public var words: Glossary {
    switch self {
    case .walk: .walk
    case .ebike: .ebike
    case .car: .car
    }
  }
}

extension UnservedReason {
  /// What people call the reason.
  public var words: Glossary {
    switch self {
    case .tooFar: .tooFar
    case .noPointInVillage: .noPointInVillage
    case .closedThen: .closedThen
    case .methodMissing: .methodMissing
    case .unreachable: .unreachable
    }
  }
}

extension CoverageOptions.Weight {
  /// What people call the weight.
  public var words: Glossary {
    switch self {
    case .customers: .customers
    case .payments: .payments
    case .arrears: .arrears
    case .elderly: .elderly
    }
  }
}

extension DataSource {
  /// What people call what the source held; `nil` where the kind is none of ours.
  public var kindWords: Glossary? {
    switch kind {
    case "places": .places
    case "points": .points
    case "candidates": .candidates
    case "volumes": .volumes
    case "distance-surveys": .distanceSurveys
    case "service-surveys": .serviceSurveys
    case "visits": .visits
    case "feedback": .feedback
    case "boundaries": .boundaries
    case "roads": .roads
    case "elevation": .elevation
    case "channels": .channels
    default: nil
    }
  }
}
