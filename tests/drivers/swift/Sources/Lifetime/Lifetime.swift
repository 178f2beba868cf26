@main struct Lifetime { static func main() {} }
