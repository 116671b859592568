@main
struct SampleCounty {
  static func main() {}
}
