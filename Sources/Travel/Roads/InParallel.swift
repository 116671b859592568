import Dispatch

/// Runs `body` over equal parts of `0..<count`, on all cores. The parts do not depend on the number of cores.
///
/// `body` runs on several threads at once: it may write only to what belongs to its part.
package func inParallel(
  over count: Int, parts most: Int = 64, _ body: (_ part: Int, _ range: Range<Int>) -> Void
) {
  let parts = min(most, count)
  withoutActuallyEscaping(body) { body in
    nonisolated(unsafe) let body = body
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      body(part, count * part / parts..<count * (part + 1) / parts)
    }
  }
}
