//! PostScript calculator functions (ISO 32000-1, 7.10.5).

/// The deepest nesting of braces that is read.
const DEEPEST: usize = 32;
/// The most operands on the stack.
const TALLEST: usize = 100;

/// A program, parsed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Program(Vec<Step>);

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Number(f32),
    Operator(Operator),
    If(Vec<Step>),
    IfElse(Vec<Step>, Vec<Step>),
}

macro_rules! operators {
    ($($name:ident $word:literal),* $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        enum Operator { $($name),* }

        impl Operator {
            fn named(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

operators! {
    Abs "abs", Add "add", Atan "atan", Ceiling "ceiling", Cos "cos", Cvi "cvi", Cvr "cvr",
    Div "div", Exp "exp", Floor "floor", Idiv "idiv", Ln "ln", Log "log", Mod "mod", Mul "mul",
    Neg "neg", Round "round", Sin "sin", Sqrt "sqrt", Sub "sub", Truncate "truncate",
    And "and", Bitshift "bitshift", Eq "eq", False "false", Ge "ge", Gt "gt", Le "le", Lt "lt",
    Ne "ne", Not "not", Or "or", True "true", Xor "xor",
    Copy "copy", Dup "dup", Exch "exch", Index "index", Pop "pop", Roll "roll",
}

impl Program {
    /// Reads a program; `None` when it is not one.
    pub(super) fn read(code: &[u8]) -> Option<Self> {
        let code = str::from_utf8(code).ok()?;
        let code = code.replace('{', " { ").replace('}', " } ");
        let mut words = code.split_whitespace();
        if words.next()? != "{" {
            return None;
        }
        block(&mut words, 0).map(Self)
    }

    /// Runs the program on these operands and gives what is left on the stack;
    /// `None` when the program takes what is not there.
    pub(super) fn run(&self, operands: &[f32]) -> Option<Vec<f32>> {
        let mut stack = operands.to_vec();
        run(&self.0, &mut stack)?;
        Some(stack)
    }
}

fn block<'a>(
    words: &mut impl Iterator<Item = &'a str>,
    depth: usize,
) -> Option<Vec<Step>> {
    if depth > DEEPEST {
        return None;
    }
    let mut steps = Vec::new();
    let mut blocks: Vec<Vec<Step>> = Vec::new();
    loop {
        match words.next()? {
            "{" => blocks.push(block(words, depth + 1)?),
            "}" => return blocks.is_empty().then_some(steps),
            "if" => steps.push(Step::If(blocks.pop()?)),
            "ifelse" => {
                let otherwise = blocks.pop()?;
                steps.push(Step::IfElse(blocks.pop()?, otherwise));
            }
            word => steps.push(match word.parse::<f32>() {
                Ok(number) => Step::Number(number),
                Err(_) => Step::Operator(Operator::named(word)?),
            }),
        }
    }
}

fn run(steps: &[Step], stack: &mut Vec<f32>) -> Option<()> {
    for step in steps {
        match step {
            Step::Number(number) => stack.push(*number),
            Step::Operator(operator) => operate(*operator, stack)?,
            Step::If(then) => {
                if stack.pop()? != 0.0 {
                    run(then, stack)?;
                }
            }
            Step::IfElse(then, otherwise) => {
                let branch = if stack.pop()? == 0.0 { otherwise } else { then };
                run(branch, stack)?;
            }
        }
        if stack.len() > TALLEST {
            return None;
        }
    }
    Some(())
}

fn operate(operator: Operator, stack: &mut Vec<f32>) -> Option<()> {
    if let Some(()) = arrange(operator, stack) {
        return Some(());
    }
    let last = match operator {
        Operator::True => 1.0,
        Operator::False => 0.0,
        _ => {
            let last = stack.pop()?;
            match unary(operator, last) {
                Some(value) => value,
                None => binary(operator, stack.pop()?, last)?,
            }
        }
    };
    stack.push(last);
    Some(())
}

/// The operators that only move operands.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "casts of floats saturate, and sizes are checked"
)]
fn arrange(operator: Operator, stack: &mut Vec<f32>) -> Option<()> {
    match operator {
        Operator::Dup => stack.push(*stack.last()?),
        Operator::Pop => {
            stack.pop()?;
        }
        Operator::Exch => {
            let (a, b) = (stack.pop()?, stack.pop()?);
            stack.extend([a, b]);
        }
        Operator::Index => {
            let back = stack.pop()? as usize;
            stack.push(*stack.iter().rev().nth(back)?);
        }
        Operator::Copy => {
            let count = stack.pop()? as usize;
            let from = stack.len().checked_sub(count)?;
            if count > TALLEST {
                return None;
            }
            stack.extend_from_within(from..);
        }
        Operator::Roll => {
            let (by, count) = (stack.pop()? as i64, stack.pop()? as usize);
            let from = stack.len().checked_sub(count)?;
            if count > 0 {
                let by = by.rem_euclid(i64::try_from(count).ok()?);
                stack[from..].rotate_right(usize::try_from(by).ok()?);
            }
        }
        _ => return None,
    }
    Some(())
}

#[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
#[expect(clippy::cast_precision_loss, reason = "as the language has it")]
#[expect(clippy::float_cmp, reason = "truth is exactly 1")]
fn unary(operator: Operator, a: f32) -> Option<f32> {
    Some(match operator {
        Operator::Abs => a.abs(),
        Operator::Ceiling => a.ceil(),
        Operator::Cos => a.to_radians().cos(),
        Operator::Cvi | Operator::Truncate => a.trunc(),
        Operator::Cvr => a,
        Operator::Floor => a.floor(),
        Operator::Ln => a.ln(),
        Operator::Log => a.log10(),
        Operator::Neg => -a,
        // Booleans are 0 and 1 here; on anything else `not` works bitwise.
        Operator::Not if a == 0.0 || a == 1.0 => 1.0 - a,
        Operator::Not => !(a as i32) as f32,
        Operator::Round => (a + 0.5).floor(),
        Operator::Sin => a.to_radians().sin(),
        Operator::Sqrt => a.max(0.0).sqrt(),
        _ => return None,
    })
}

#[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
#[expect(clippy::cast_precision_loss, reason = "as the language has it")]
#[expect(clippy::float_cmp, reason = "the language compares exactly")]
fn binary(operator: Operator, a: f32, b: f32) -> Option<f32> {
    let truth = |is: bool| f32::from(u8::from(is));
    let (whole_a, whole_b) = (a as i32, b as i32);
    Some(match operator {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mul => a * b,
        Operator::Div => a / b,
        Operator::Idiv => whole_a.checked_div(whole_b)? as f32,
        Operator::Mod => whole_a.checked_rem(whole_b)? as f32,
        Operator::Exp => a.powf(b),
        Operator::Atan => {
            let degrees = a.atan2(b).to_degrees();
            if degrees < 0.0 { degrees + 360.0 } else { degrees }
        }
        Operator::Eq => truth(a == b),
        Operator::Ne => truth(a != b),
        Operator::Gt => truth(a > b),
        Operator::Ge => truth(a >= b),
        Operator::Lt => truth(a < b),
        Operator::Le => truth(a <= b),
        Operator::And => (whole_a & whole_b) as f32,
        Operator::Or => (whole_a | whole_b) as f32,
        Operator::Xor => (whole_a ^ whole_b) as f32,
        Operator::Bitshift if whole_b >= 0 => {
            whole_a.checked_shl(whole_b.unsigned_abs()).unwrap_or_default() as f32
        }
        Operator::Bitshift => {
            whole_a.checked_shr(whole_b.unsigned_abs()).unwrap_or_default() as f32
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(code: &str, operands: &[f32]) -> Option<Vec<f32>> {
        Program::read(code.as_bytes())?.run(operands)
    }

    #[test]
    fn programs_compute() {
        assert_eq!(result("{ 2 mul exch 1 sub }", &[3.0, 4.0]), Some(vec![8.0, 2.0]));
        assert_eq!(
            result("{dup 0.5 lt{pop 0}{1 exch sub}ifelse}", &[0.75]),
            Some(vec![0.25])
        );
        assert_eq!(result("{ 3 1 roll }", &[1.0, 2.0, 3.0]), Some(vec![3.0, 1.0, 2.0]));
        assert_eq!(result("{ 2 copy add }", &[1.0, 2.0]), Some(vec![1.0, 2.0, 3.0]));
        assert_eq!(result("{ 1 index }", &[7.0, 8.0]), Some(vec![7.0, 8.0, 7.0]));
        assert_eq!(result("{ 0 1 atan }", &[]), Some(vec![0.0]));
        assert_eq!(result("{ true not { 5 } if }", &[]), Some(vec![]));
    }

    #[test]
    fn bad_programs_are_nothing() {
        for code in
            ["", "{", "{ add }", "{ 1 0 idiv }", "{ foo }", "{ 9 index }", "{ if }"]
        {
            assert_eq!(result(code, &[]), None, "{code}");
        }
        assert_eq!(result(&"{".repeat(5000), &[]), None);
        assert_eq!(result(&format!("{{ {} }}", "dup ".repeat(5000)), &[1.0]), None);
    }
}
