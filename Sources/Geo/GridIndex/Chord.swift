import Foundation

// The index compares squared chords c² between unit vectors; the promise is about `distance(to:)`, the haversine
// formula. In exact arithmetic both give the same order, since distance = 2 R asin(c / 2). In floating point the
// order can differ only between chords that are nearly equal. How nearly, is bounded here; inside that band
// `distance(to:)` itself decides.
//
// Let u = 2⁻⁵³ ≈ 1.1e-16 be the unit roundoff; sines and cosines are `sineAndCosine`'s.
//
// 1. Unit vectors. The remainder of an angle within 45° carries 3u·π/4 ≈ 2.6e-16 in radians (conversion and its
//    constant), its sine or cosine by `sineAndCosine` 2.5e-16 more, the products and the rotation another 4u. So a
//    component is off by at most 1.5e-15, a chord by 2·√3·1.5e-15 ≈ 5e-15, c² by 1e-14·c + 3e-29, plus 4u·c² from
//    squaring.
// 2. Haversine, as h = c²/4. Half a difference of longitudes across the 180th meridian is off by 4u·π/2 with its
//    conversion to radians, its sine by 2.5e-16 at most and by 4u relatively, the cosine of a latitude by 5u; h is off by at most 1e-15·√h + 12u·h, which is 2e-15·c + 12u·c²
//    in c². Square root and asin add relative errors of 4u in the angle a; as h = sin²a and a ≤ tan a, that is
//    another 8u·h, also near the antipode, where distance is steep in h but the order is still that of h.
//
// Two candidates are each off by (1) and (2): 2·(1.2e-14·c + 24u·c²) + 6e-29 for the pair.

/// By how much one squared chord must exceed another, `squared` the larger, for `distance(to:)` to be larger
/// for certain. Rounded up from the bound above.
@inline(__always)
func chordSlack(_ squared: Double) -> Double {
  4e-14 * squared.squareRoot() + 1e-14 * squared + 1e-28
}

/// At least `squared + chordSlack(squared)`, without the root: √c² ≤ (c² ÷ a + a) ÷ 2 for any a > 0, here 10⁻⁵.
@inline(__always)
func loosened(_ squared: Double) -> Double { squared * (1 + 3e-9) + 3e-19 }

/// How far along either axis of the projection a squared chord reaches, rounding included: the projection never
/// lengthens, and components carry 1.5e-15 at most.
@inline(__always)
func planarReach(ofSquaredChord squared: Double) -> Double { squared.squareRoot() * (1 + 1e-15) + 1e-15 }

/// Above any squared chord on the unit sphere, by more than its slack.
let beyondAnyChord = 4.5

/// A circle around a place, as bounds of squared chords.
struct ChordBounds {
  let radiusMeters: Double
  /// Up to here a place is within the circle for certain.
  let surelyWithin: Double
  /// Beyond this it is outside for certain; between the two, `distance(to:)` decides.
  let possiblyWithin: Double

  init(radius: Distance) {
    radiusMeters = radius.meters
    // The largest value `distance(to:)` can take, so a larger radius holds everything.
    guard radius.meters < 2 * earthRadiusMeters * asin(1) else {
      surelyWithin = beyondAnyChord
      possiblyWithin = beyondAnyChord
      return
    }
    let half = sin(radius.meters / earthRadiusMeters / 2)
    let squared = 4 * half * half
    surelyWithin = squared - chordSlack(squared)
    possiblyWithin = squared + chordSlack(squared)
  }

  /// Everything whose squared chord is at most `limit`, with nothing to decide.
  init(squaredChord limit: Double) {
    radiusMeters = .infinity
    surelyWithin = limit
    possiblyWithin = limit
  }
}
