import Travel

/// A road network as the bytes of a file.
enum RoadGraphFile {
  static let formatVersion = 1

  static func encode(_ network: RoadNetwork) -> [UInt8] {
    var bytes: [UInt8] = []
    func add<T: BitwiseCopyable>(_ run: FlatArray<T>) {
      withUnsafeBytes(of: UInt64(run.count)) { bytes.append(contentsOf: $0) }
      run.withUnsafeBufferPointer { bytes.append(contentsOf: UnsafeRawBufferPointer($0)) }
      while bytes.count % 8 != 0 { bytes.append(0) }
    }
    add(network.junctionLatitudes)
    add(network.junctionLongitudes)
    add(network.edgeFrom)
    add(network.edgeTo)
    add(network.edgeMillimeters)
    add(network.edgeClasses)
    add(network.shapeStart)
    add(network.shapeLatitudes)
    add(network.shapeLongitudes)
    for times in network.times {
      add(times.forward)
      add(times.backward)
      add(times.forwardSlope)
      add(times.backwardSlope)
    }
    add(network.forbiddenTurns)
    return bytes
  }

  static func decode(_ file: MappedFile) -> RoadNetwork? {
    var offset = 0
    func run<T: BitwiseCopyable>(_ type: T.Type) -> FlatArray<T>? {
      guard offset + 8 <= file.bytes.count else { return nil }
      let count = Int(file.bytes.load(fromByteOffset: offset, as: UInt64.self))
      let start = offset + 8
      let end = start + count * MemoryLayout<T>.stride
      guard end <= file.bytes.count else { return nil }
      offset = (end + 7) / 8 * 8
      return FlatArray(
        bytes: UnsafeRawBufferPointer(rebasing: file.bytes[start..<end]), count: count, keeper: file)
    }
    guard let a = run(Int32.self), let b = run(Int32.self), let c = run(UInt32.self),
      let d = run(UInt32.self),
      let e = run(UInt32.self), let f = run(UInt8.self), let g = run(UInt32.self), let h = run(Int32.self),
      let i = run(Int32.self)
    else { return nil }
    var times: [RoadNetwork.EdgeTimes] = []
    for _ in TravelMode.allCases {
      guard let forward = run(UInt32.self), let backward = run(UInt32.self), let s = run(UInt16.self),
        let t = run(UInt16.self)
      else { return nil }
      var entry = RoadNetwork.EdgeTimes(forward: forward, backward: backward)
      entry.forwardSlope = s
      entry.backwardSlope = t
      times.append(entry)
    }
    guard let turns = run(UInt32.self) else { return nil }
    return RoadNetwork(
      junctionLatitudes: a, junctionLongitudes: b, edgeFrom: c, edgeTo: d, edgeMillimeters: e, edgeClasses: f,
      shapeStart: g, shapeLatitudes: h, shapeLongitudes: i, times: times, forbiddenTurns: turns)
  }
}
