/// The frame a latitude and longitude are expressed in.
///
/// GCJ-02 and BD-09 sit 100 m to 1 km away from WGS-84 across mainland China. A survey typed in one frame
/// and a road network in another still plot on the same map, merely in the wrong street, so the frame is
/// part of the type and mixing them does not compile.
public protocol Datum: Sendable {}

/// What GPS receivers and OpenStreetMap use, and the only frame this package stores.
public enum WGS84: Datum {}

/// What Amap and Tencent use.
public enum GCJ02: Datum {}

/// What Baidu uses.
public enum BD09: Datum {}
