fn main() {
    let tex = ["\\frac{a}{b}", "E = mc^2", "\\sum_{i=1}^{n} x_i", "\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}", "\\text{净排放 5 5} = 0", "5.35 \\ln(C/C_0)", "\\mathrm{CO_2e} = \\sum m_i \\times \\mathrm{GWP}_i", "\\nosuch{x}", "\\sqrt[3]{x}", "\\vec{v}", "\\begin{cases} a & x>0 \\\\ b & x<0\\end{cases}", "\\begin{pmatrix} a & b \\\\ c & d\\end{pmatrix}", "\\left( \\frac{1}{2} \\right)", "10^{-6}", "x_{12.5}", "3{,}000", "1,000", "\\Delta T \\approx 1.1\\,^\\circ\\mathrm{C}", "\\overline{x}", "\\%", "\\mathbf{x}", "a<b", "\\underbrace{x+y}_{n}", "\\operatorname{max}", "\\ce{CO2}", "#panic()", "\\ch{x", "\\frac{1}{", "x\"y", "\\color{red} x", "\\bar{x}", "\\hat x", "\\dot{x}", "\\mathcal{L}", "\\lim_{x\\to0}", "\\int_0^1 f\\,dx", "\\binom{n}{k}", "净 = 1", "\\tfrac12", "\\pm 0.2", "\\quad", "\\cdot", "\\leqslant", "\\ldots", "\\iftypst x \\fi", "a'", "\\mathrm{kW\\cdot h}","\\left\\{ x \\right.", "\\stackrel{a}{b}", "\\overset{a}{=}", "\\boxed{x}", "\\textbf{x}", "\\substack{a\\\\b}", "{a \\over b}", "\\newcommand{\\f}{x}\\f", "\\mathit{abc}", "\\limits", "\\begin{array}{cc} a & b\\end{array}", "\\bigl( x \\bigr)", "\\tag{1}", "\\vert", "\\begin{align} a&=b\\end{align}"];
    for t in tex { match mitex::convert_math(t, None) { Ok(s) => println!("{t}  =>  {s}"), Err(e) => println!("{t}  ERR {e}") } }
    let mut all: Vec<String> = Vec::new();
    for (name, item) in mitex_items() { all.push(format!("{name}\t{item}")); }
    all.sort(); std::fs::write("/tmp/mitex-spec.txt", all.join("\n")).unwrap();
}
fn mitex_items() -> Vec<(String, String)> { vec![] }
