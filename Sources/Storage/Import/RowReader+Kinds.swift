import Geo
import Planning
import Travel
import Words

/// What no single point can exceed.
private let mostCounters = 10_000
private let secondsOfDay = 86_400

// Every cell of a row is read before the row is given up, so that all its problems are reported together.
extension RowReader {
  /// The row, or `nil` when something about it has been reported.
  func row() throws -> ImportRow? {
    switch kind {
    case .places: try place().map(ImportRow.place)
    case .points: try point().map(ImportRow.point)
    case .candidates: try candidate().map(ImportRow.candidate)
    case .volumes: try volume().map(ImportRow.volume)
    case .distanceSurveys: try distanceSurvey().map(ImportRow.distanceSurvey)
    case .serviceSurveys: try serviceSurvey().map(ImportRow.serviceSurvey)
    case .visits: try visit().map(ImportRow.visit)
    case .feedback: try feedback().map(ImportRow.feedback)
    case .boundaries: try boundary().map(ImportRow.boundary)
    case .channels: try channel().map(ImportRow.channel)
    }
  }

  private func place() throws -> PlaceRow? {
    let id = try id(.placeID)
    let name = try text(.name)
    let setting = try word(.setting, Vocabulary.settings)
    let coordinate = try position()
    let customers = try whole(.customers, StoredRange.customers)
    let township = try text(.township)
    let village = try text(.village)
    let villageCode = try self.id(.villageCode)
    let terrain = try word(.terrain, Vocabulary.terrains)
    let feeControlShare = try decimal(.feeControlShare, 0...1)
    let onlineShare = try decimal(.onlineShare, 0...1)
    let elderlyShare = try decimal(.elderlyShare, 0...1)
    let arrearsFen = try fen(.arrearsYuan)
    guard !hasProblem, let id, let name, let setting, let coordinate, let customers else { return nil }
    return PlaceRow(
      id: id, name: name, setting: setting, coordinate: coordinate, customers: customers, township: township,
      village: village, villageCode: villageCode, terrain: terrain, feeControlShare: feeControlShare,
      onlineShare: onlineShare, elderlyShare: elderlyShare, arrearsFen: arrearsFen)
  }

  private func point() throws -> PointRow? {
    let id = try id(.pointID)
    let name = try text(.name)
    let kind = try word(.kind, Vocabulary.pointKinds)
    let coordinate = try position()
    let operatorName = try text(.operatorName)
    let methods = try methods(.methods)
    let hours = try hours(.hours)
    let counters = try whole(.counters, 0...mostCounters)
    let status = try word(.status, Vocabulary.pointStatuses)
    let placeID = try self.id(.placeID)
    let monthlyCostFen = try fen(.monthlyCostYuan)
    let feePerPaymentFen = try fen(.feePerPaymentYuan)
    let openedOn = try date(.openedOn)
    let closedOn = try date(.closedOn)
    let phone = try phone(.phone)
    if let openedOn, let closedOn, closedOn < openedOn {
      try problem(
        ImportColumn.closedOn.name, .quoting(closedOn),
        Bilingual(en: "a day not before opened_on \(openedOn)", zh: "不早于 opened_on \(openedOn) 的日期"))
    }
    guard !hasProblem, let id, let name, let kind, let coordinate else { return nil }
    return PointRow(
      id: id, name: name, kind: kind, coordinate: coordinate, operatorName: operatorName, methods: methods,
      hours: hours, counters: counters, status: status, placeID: placeID, monthlyCostFen: monthlyCostFen,
      feePerPaymentFen: feePerPaymentFen, openedOn: openedOn, closedOn: closedOn, phone: phone)
  }

  private func candidate() throws -> CandidateRow? {
    let id = try id(.candidateID)
    let name = try text(.name)
    let coordinate = try position()
    let kind = try word(.kind, Vocabulary.pointKinds)
    let placeID = try self.id(.placeID)
    let openingCostFen = try fen(.openingCostYuan)
    let monthlyCostFen = try fen(.monthlyCostYuan)
    let counters = try whole(.counters, 0...mostCounters)
    guard !hasProblem, let id, let name, let coordinate else { return nil }
    return CandidateRow(
      id: id, name: name, coordinate: coordinate, kind: kind, placeID: placeID,
      openingCostFen: openingCostFen,
      monthlyCostFen: monthlyCostFen, counters: counters)
  }

  private func volume() throws -> VolumeRow? {
    let pointID = try id(.pointID)
    let month = try month(.month)
    let payments = try whole(.payments, StoredRange.payments)
    let amountFen = try fen(.amountYuan)
    let busiest = try whole(.busiestDayPayments, StoredRange.payments)
    if let payments, let busiest, busiest > payments {
      try problem(
        ImportColumn.busiestDayPayments.name, .quoting("\(busiest)"),
        Bilingual(en: "at most the month's payments, \(payments)", zh: "不超过当月笔数 \(payments)"))
    }
    guard !hasProblem, let pointID, let month, let payments else { return nil }
    return VolumeRow(
      pointID: pointID, month: month, payments: payments, amountFen: amountFen, busiestDayPayments: busiest)
  }

  private func distanceSurvey() throws -> DistanceSurveyRow? {
    let id = try id(.surveyID)
    let placeID = try self.id(.placeID)
    // `demand sample` hands out a form with a line for each interview; not every door opens.
    if id != nil, placeID != nil, [.pointID, .mode, .meters, .minutes].allSatisfy({ self[$0].isEmpty }) {
      isUnanswered = true
      return nil
    }
    let pointID = try self.id(.pointID)
    let mode = try word(.mode, Vocabulary.surveyModes)
    let hadProblem = hasProblem
    let meters = try decimal(.meters, 0...1_000_000)
    let minutes = try decimal(.minutes, 0...1_440)
    if meters == nil, minutes == nil, hasProblem == hadProblem {
      try problem(
        ImportColumn.meters.name, .quoting(""),
        Bilingual(en: "meters or minutes", zh: "meters(米)或 minutes(分钟)"))
    }
    let date = try date(.date)
    guard !hasProblem, let id, let placeID, let pointID, let mode else { return nil }
    return DistanceSurveyRow(
      id: id, placeID: placeID, pointID: pointID, mode: mode, meters: meters, minutes: minutes, date: date)
  }

  private func serviceSurvey() throws -> ServiceSurveyRow? {
    let id = try id(.surveyID)
    let pointID = try self.id(.pointID)
    let handlingSeconds = try whole(.handlingSeconds, 0...secondsOfDay)
    let waitSeconds = try whole(.waitSeconds, 0...secondsOfDay)
    let date = try date(.date)
    guard !hasProblem, let id, let pointID, let handlingSeconds else { return nil }
    return ServiceSurveyRow(
      id: id, pointID: pointID, handlingSeconds: handlingSeconds, waitSeconds: waitSeconds, date: date)
  }

  private func visit() throws -> VisitRow? {
    let id = try id(.visitID)
    let pointID = try self.id(.pointID)
    let date = try date(.date)
    let isPresent = try word(.present, Vocabulary.truths)
    guard !hasProblem, let id, let pointID, let date, let isPresent else { return nil }
    return VisitRow(id: id, pointID: pointID, date: date, isPresent: isPresent)
  }

  private func feedback() throws -> FeedbackRow? {
    let id = try id(.feedbackID)
    let date = try date(.date)
    let pointID = try self.id(.pointID)
    let placeID = try self.id(.placeID)
    let category = try text(.category)
    let rating = try whole(.rating, 1...5)
    let status = try word(.status, Vocabulary.feedbackStatuses)
    let note = try text(.note)
    let resolvedOn = try self.date(.resolvedOn)
    if let date, let resolvedOn, resolvedOn < date {
      try problem(
        ImportColumn.resolvedOn.name, .quoting(resolvedOn),
        Bilingual(en: "a day not before the feedback's, \(date)", zh: "不早于反馈日期 \(date)"))
    }
    guard !hasProblem, let id, let date else { return nil }
    return FeedbackRow(
      id: id, date: date, pointID: pointID, placeID: placeID, category: category, rating: rating,
      status: status, note: note, resolvedOn: resolvedOn)
  }

  private func boundary() throws -> BoundaryRow? {
    let name = try text(.name)
    let level = try text(.level)
    guard !hasProblem, let name, !polygons.isEmpty else { return nil }
    return BoundaryRow(name: name, level: level.map { Vocabulary.levels[$0] ?? $0 }, polygons: polygons)
  }

  private func channel() throws -> ChannelRow? {
    let id = try id(.channelID)
    let name = try text(.name)
    let inPerson = try word(.inPerson, Vocabulary.truths)
    let medium = try text(.medium)
    let provider = try text(.provider)
    guard !hasProblem, let id, let name, let inPerson else { return nil }
    return ChannelRow(
      id: id, name: name, inPerson: inPerson,
      medium: medium.map { Vocabulary.methods[$0]?.names.first ?? $0 },
      provider: provider)
  }
}
