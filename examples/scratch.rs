fn main() {
    for t in std::env::args().skip(1) { println!("{t} => {:?}", mitex::convert_math(&t, None)); }
}
