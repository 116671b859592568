/// The sines and cosines of two angles in degrees, in `-180...180`, each off by less than 2.5e-16.
///
/// The nearest multiple of 90° is taken off first, which is exact in floating point, so that only the remainder within
/// 45° is turned into radians. On that interval these are the polynomials of fdlibm (Sun Microsystems 1993, k_sin.c and
/// k_cos.c), off by 2⁻⁵⁸. Two angles at once, the latitude and longitude of a place, fill one register: a quarter of
/// the time of four calls of the system's library, whose last bits also differ from version to version.
@inline(__always)
func sineAndCosine(ofDegrees degrees: SIMD2<Double>) -> (sine: SIMD2<Double>, cosine: SIMD2<Double>) {
  // Adding 1.5 · 2⁵² leaves a whole number in the low bits of the sum, rounded to the nearest.
  let shifted = degrees * (1.0 / 90) + 6_755_399_441_055_744
  let quarters = shifted - 6_755_399_441_055_744
  let r = (degrees - quarters * 90) * (Double.pi / 180)
  let r2 = r * r

  var s = r2 * 1.589_690_995_211_550_102_21e-10 - 2.505_076_025_340_686_341_95e-8
  s = s * r2 + 2.755_731_370_707_006_767_89e-6
  s = s * r2 - 1.984_126_982_985_794_931_34e-4
  s = s * r2 + 8.333_333_333_322_489_461_24e-3
  s = s * r2 - 1.666_666_666_666_663_243_48e-1
  let sine = r + r * r2 * s

  var c = r2 * -1.135_964_755_778_819_482_65e-11 + 2.087_572_321_298_174_827_90e-9
  c = c * r2 - 2.755_731_435_139_066_330_35e-7
  c = c * r2 + 2.480_158_728_947_672_941_78e-5
  c = c * r2 - 1.388_888_888_887_410_957_49e-3
  c = c * r2 + 4.166_666_666_666_660_190_37e-2
  let cosine = 1 - (0.5 * r2 - r2 * r2 * c)

  // In odd quarters sine and cosine change places; the signs follow the quarter's two low bits.
  let bits = SIMD2(UInt64(shifted[0].bitPattern), UInt64(shifted[1].bitPattern))
  let isOdd = (bits & 1) .== 1
  let sineSign = (bits & 2) &<< 62
  let cosineSign = ((bits &+ 1) & 2) &<< 62
  return (
    signed(sine.replacing(with: cosine, where: isOdd), by: sineSign),
    signed(cosine.replacing(with: sine, where: isOdd), by: cosineSign)
  )
}

/// The cosine of one such angle.
@inline(__always)
func cosine(ofDegrees degrees: Double) -> Double {
  sineAndCosine(ofDegrees: SIMD2(degrees, 0)).cosine[0]
}

/// The values with their sign bits turned over where `sign` has one.
@inline(__always)
private func signed(_ value: SIMD2<Double>, by sign: SIMD2<UInt64>) -> SIMD2<Double> {
  SIMD2(
    Double(bitPattern: value[0].bitPattern ^ sign[0]), Double(bitPattern: value[1].bitPattern ^ sign[1]))
}
