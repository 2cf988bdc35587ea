//! Formulas in words: what a screen reader says when the author gave no
//! alternative text.
//!
//! A small reader of LaTeX mathematics. It knows fractions, roots, scripts,
//! sums, Greek letters and operators; what it does not know it names, so that
//! the text is never empty.

mod words;

use words::word;

/// The formula as it is spoken in Chinese; never empty.
pub(super) fn spoken(tex: &str) -> String {
    let tokens = tokenize(tex);
    let mut reader = Reader { tokens: &tokens, at: 0, depth: 0 };
    let mut out = Words::default();
    while reader.at < reader.tokens.len() {
        let part = reader.sequence();
        out.push(&part);
        // A brace that closes nothing.
        reader.at += 1;
    }
    let text = out.text.trim().to_owned();
    if text.is_empty() { "公式".to_owned() } else { text }
}

/// How deep groups may nest; deeper ones are passed over.
const MAX_DEPTH: usize = 64;

/// A token of LaTeX mathematics.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// `\frac` without its backslash, `\%` as `%`.
    Command(String),
    Open,
    Close,
    Superscript,
    Subscript,
    /// A number, or one other character.
    Text(String),
}

fn tokenize(tex: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = tex.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let mut name = String::new();
                while let Some(&c) = chars.peek() {
                    if !c.is_ascii_alphabetic() {
                        break;
                    }
                    name.push(c);
                    chars.next();
                }
                if name.is_empty() {
                    name.extend(chars.next());
                }
                tokens.push(Token::Command(name));
            }
            '{' => tokens.push(Token::Open),
            '}' => tokens.push(Token::Close),
            '^' => tokens.push(Token::Superscript),
            '_' => tokens.push(Token::Subscript),
            c if c.is_whitespace() => {}
            c if c.is_ascii_digit() => {
                let mut number = c.to_string();
                while let Some(&c) = chars.peek() {
                    if !c.is_ascii_digit() && c != '.' {
                        break;
                    }
                    number.push(c);
                    chars.next();
                }
                tokens.push(Token::Text(number));
            }
            c => tokens.push(Token::Text(c.to_string())),
        }
    }
    tokens
}

/// Words with a space only between Latin letters and digits.
#[derive(Debug, Default)]
struct Words {
    text: String,
}

impl Words {
    fn push(&mut self, part: &str) {
        let ends = self.text.chars().next_back();
        let begins = part.chars().next();
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(ends) && latin(begins) {
            self.text.push(' ');
        }
        self.text.push_str(part);
    }
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    /// Everything up to a closing brace or the end.
    fn sequence(&mut self) -> String {
        let mut out = Words::default();
        // A minus with nothing before it is a sign.
        let mut operand = false;
        while let Some(token) = self.tokens.get(self.at) {
            match token {
                Token::Close => break,
                Token::Superscript => {
                    self.at += 1;
                    out.push(&power(&self.argument()));
                }
                Token::Subscript => {
                    self.at += 1;
                    let below = self.argument();
                    out.push(&format!("下标{below}"));
                }
                Token::Text(text) if text == "-" && !operand => {
                    self.at += 1;
                    out.push("负");
                    operand = true;
                }
                _ => {
                    let part = self.item();
                    operand = !words::is_operator(&part);
                    out.push(&part);
                }
            }
        }
        out.text
    }

    /// A command's or a script's argument: a group or one item.
    fn argument(&mut self) -> String {
        match self.tokens.get(self.at) {
            Some(Token::Superscript | Token::Subscript | Token::Close) | None => {
                String::new()
            }
            Some(_) => self.item(),
        }
    }

    /// A group, a command with its arguments, or one character.
    fn item(&mut self) -> String {
        let Some(token) = self.tokens.get(self.at) else { return String::new() };
        self.at += 1;
        match token {
            Token::Open => self.group(),
            Token::Close => String::new(),
            Token::Command(name) => self.command(name),
            Token::Text(text) => words::character(text).to_owned(),
            Token::Superscript => power(&self.argument()),
            Token::Subscript => format!("下标{}", self.argument()),
        }
    }

    /// What stands up to the brace that closes this group.
    fn group(&mut self) -> String {
        if self.depth >= MAX_DEPTH {
            return String::new();
        }
        self.depth += 1;
        let inner = self.sequence();
        self.depth -= 1;
        if self.tokens.get(self.at) == Some(&Token::Close) {
            self.at += 1;
        }
        inner
    }

    fn command(&mut self, name: &str) -> String {
        match name {
            "frac" | "dfrac" | "tfrac" | "cfrac" => {
                let (above, below) = (self.argument(), self.argument());
                format!("{below}分之{above}")
            }
            "binom" => {
                let (above, below) = (self.argument(), self.argument());
                format!("{above}选{below}的组合数")
            }
            "sqrt" => {
                let index = self.optional();
                let inner = self.argument();
                match index.as_deref() {
                    None | Some("2") => format!("根号{inner}"),
                    Some(index) => format!("{inner}的{index}次方根"),
                }
            }
            "sum" | "prod" | "int" | "oint" | "lim" | "max" | "min" => self.bounded(name),
            "text" | "textrm" | "textit" | "mathrm" | "mathbf" | "mathit" | "mathsf"
            | "operatorname" | "boldsymbol" | "mathcal" | "mathbb" | "ce" | "mbox" => {
                self.verbatim()
            }
            "overline" | "bar" => format!("{}的平均", self.argument()),
            "hat" | "widehat" => format!("{}的估计", self.argument()),
            "dot" => format!("{}的时间导数", self.argument()),
            "vec" => format!("向量{}", self.argument()),
            "begin" | "end" | "label" | "tag" => {
                self.argument();
                String::new()
            }
            _ => word(name).map_or_else(|| name.to_owned(), ToOwned::to_owned),
        }
    }

    /// `[n]` behind a command.
    fn optional(&mut self) -> Option<String> {
        if self.tokens.get(self.at) != Some(&Token::Text("[".to_owned())) {
            return None;
        }
        let rest = &self.tokens[self.at + 1..];
        let length = rest.iter().position(|t| *t == Token::Text("]".to_owned()))?;
        let mut inner = Reader {
            tokens: &rest[..length],
            at: 0,
            depth: self.depth + 1,
        };
        let text = inner.sequence();
        self.at += length + 2;
        Some(text)
    }

    /// A sum, product, integral or limit with what stands below and above it.
    fn bounded(&mut self, name: &str) -> String {
        let (mut below, mut above) = (String::new(), String::new());
        loop {
            match self.tokens.get(self.at) {
                Some(Token::Subscript) => {
                    self.at += 1;
                    below = self.argument();
                }
                Some(Token::Superscript) => {
                    self.at += 1;
                    above = self.argument();
                }
                Some(Token::Command(name)) if name == "limits" || name == "nolimits" => {
                    self.at += 1;
                }
                _ => break,
            }
        }
        let verb = match name {
            "sum" => "求和",
            "prod" => "求积",
            "int" | "oint" => "积分",
            "lim" => return format!("当{below}时的极限"),
            "max" => "最大值",
            _ => "最小值",
        };
        match (below.is_empty(), above.is_empty()) {
            (true, true) => format!("{verb}，"),
            (false, true) => format!("对{below}{verb}，"),
            (true, false) => format!("到{above}{verb}，"),
            (false, false) => format!("从{below}到{above}{verb}，"),
        }
    }

    /// The letters of a group as they stand: units, names, chemistry.
    fn verbatim(&mut self) -> String {
        if self.tokens.get(self.at) != Some(&Token::Open) {
            return self.argument();
        }
        let mut out = String::new();
        let mut depth = 0;
        while let Some(token) = self.tokens.get(self.at) {
            self.at += 1;
            match token {
                Token::Open => depth += 1,
                Token::Close => depth -= 1,
                Token::Text(text) => out.push_str(text),
                Token::Command(name) => {
                    out.push_str(word(name).unwrap_or_default());
                }
                Token::Superscript | Token::Subscript => {}
            }
            if depth == 0 {
                break;
            }
        }
        out
    }
}

/// A superscript in words.
fn power(exponent: &str) -> String {
    match exponent {
        "" => String::new(),
        "2" => "的平方".to_owned(),
        "3" => "的立方".to_owned(),
        "度" | "撇" | "星号" => exponent.to_owned(),
        "正" | "加" => "正".to_owned(),
        _ => format!("的{exponent}次方"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_spoken() {
        let expected = [
            ("E = mc^2", "E等于m c的平方"),
            (r"\frac{a}{b}", "b分之a"),
            (r"x_i^{n+1}", "x下标i的n加1次方"),
            (r"\sum_{i=1}^{n} x_i", "从i等于1到n求和，x下标i"),
            (r"\Delta T = \lambda \cdot F", "德尔塔T等于拉姆达乘以F"),
            (r"-5.35 \ln \frac{C}{C_0}", "负5.35自然对数C下标0分之C"),
            (r"\sqrt{2}", "根号2"),
            (r"\sqrt[3]{x}", "x的3次方根"),
            (r"25\,^{\circ}\mathrm{C}", "25度C"),
            (r"\ce{CO2}", "CO2"),
            (r"a \le b", "a小于等于b"),
            (r"\unknowncommand", "unknowncommand"),
            ("", "公式"),
            ("}{", "公式"),
            (r"\lim_{x\to 0} f(x)", "当x趋于0时的极限f左括号x右括号"),
        ];
        for (tex, text) in expected {
            assert_eq!(spoken(tex), text, "{tex}");
        }
    }

    #[test]
    fn deep_nesting_ends() {
        let deep = format!("{}x{}", "{".repeat(100_000), "}".repeat(100_000));
        assert!(!spoken(&deep).is_empty());
    }
}
