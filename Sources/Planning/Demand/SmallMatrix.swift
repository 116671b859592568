/// The Cholesky factor of a small symmetric positive definite matrix: a dozen parameters, not a thousand.
///
///     let factor = Cholesky([4, 2, 2, 3], size: 2)!
///     factor.solution(of: [8, 7])  // [1.25, 1.5]
///
/// Matrices are rows after rows. Source: Golub and Van Loan, *Matrix Computations*, 4th ed., algorithm 4.2.1.
struct Cholesky {
  private let size: Int
  private let lower: [Double]

  /// Factors `matrix`, or returns `nil` where it is not positive definite beyond rounding, or not finite.
  ///
  /// - Complexity: O(*n*³).
  init?(_ matrix: [Double], size: Int) {
    precondition(matrix.count == size * size, "a square matrix is expected")
    var lower = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0...i {
        var sum = matrix[i * size + j]
        for k in 0..<j { sum -= lower[i * size + k] * lower[j * size + k] }
        if i == j {
          // A pivot lost to rounding is no pivot.
          guard sum.isFinite, sum > 1e-13 * abs(matrix[i * size + i]), sum > 0 else { return nil }
          lower[i * size + i] = sum.squareRoot()
        } else {
          lower[i * size + j] = sum / lower[j * size + j]
        }
      }
    }
    self.size = size
    self.lower = lower
  }

  /// The x with matrix · x = `right`.
  ///
  /// - Complexity: O(*n*²).
  func solution(of right: [Double]) -> [Double] {
    var x = right
    for i in 0..<size {
      for k in 0..<i { x[i] -= lower[i * size + k] * x[k] }
      x[i] /= lower[i * size + i]
    }
    for i in (0..<size).reversed() {
      for k in i + 1..<size { x[i] -= lower[k * size + i] * x[k] }
      x[i] /= lower[i * size + i]
    }
    return x
  }

  /// The inverse of the matrix.
  ///
  /// - Complexity: O(*n*³).
  var inverse: [Double] {
    var inverse = [Double](repeating: 0, count: size * size)
    for column in 0..<size {
      var unit = [Double](repeating: 0, count: size)
      unit[column] = 1
      for (row, value) in solution(of: unit).enumerated() { inverse[row * size + column] = value }
    }
    return inverse
  }
}

/// The product of two square matrices.
func product(_ a: [Double], _ b: [Double], size: Int) -> [Double] {
  var result = [Double](repeating: 0, count: size * size)
  for i in 0..<size {
    for k in 0..<size {
      for j in 0..<size { result[i * size + j] += a[i * size + k] * b[k * size + j] }
    }
  }
  return result
}

/// x · matrix · x.
func quadraticForm(_ matrix: [Double], _ x: [Double]) -> Double {
  var sum = 0.0
  for i in x.indices {
    for j in x.indices { sum += x[i] * matrix[i * x.count + j] * x[j] }
  }
  return sum
}
