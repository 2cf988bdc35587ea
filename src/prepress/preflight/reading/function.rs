//! Whether functions have the numbers of values that their use asks for.
//!
//! A press program that meets too few values stops, or prints another colour;
//! checkers rarely count (ISO 32000-1, 7.10).

use lopdf::{Dictionary, Object};

use super::value::{Source, dictionary};

/// How deep stitching functions may nest.
const MAX_DEPTH: usize = 8;

/// Checks that a function, or an array of functions, maps `inputs` values to
/// `outputs` values; tells what is wrong.
pub(super) fn check(
    source: Source<'_>,
    object: &Object,
    inputs: usize,
    outputs: usize,
) -> Result<(), String> {
    if let Object::Array(functions) = object {
        if functions.len() != outputs {
            return Err(format!("应有 {outputs} 个函数，实有 {} 个", functions.len()));
        }
        for function in functions.iter().take(64) {
            let function = source.follow(function);
            one(source, function, inputs, 1, 0)?;
        }
        return Ok(());
    }
    one(source, object, inputs, outputs, 0)
}

fn one(
    source: Source<'_>,
    object: &Object,
    inputs: usize,
    outputs: usize,
    depth: usize,
) -> Result<(), String> {
    if depth > MAX_DEPTH || !source.budget.operator() {
        return Err("函数嵌套太深".into());
    }
    let Some(dict) = dictionary(object) else {
        return Err("函数不存在".into());
    };
    let domain = pairs(source, dict, "Domain")?;
    if domain != Some(inputs) {
        let found = domain.unwrap_or(0);
        return Err(format!("Domain 应有 {inputs} 对数，实有 {found} 对"));
    }
    let range = pairs(source, dict, "Range")?;
    if let Some(range) = range
        && range != outputs
    {
        return Err(format!("Range 应有 {outputs} 对数，实有 {range} 对"));
    }
    match source.count(dict, "FunctionType") {
        Some(0) => sampled(source, dict, object, inputs, outputs, range),
        Some(2) => exponential(source, dict, outputs),
        Some(3) => stitched(source, dict, outputs, depth),
        Some(4) if range.is_none() => Err("PostScript 函数缺少 Range".into()),
        Some(4) => Ok(()),
        _ => Err("FunctionType 不是 0、2、3、4".into()),
    }
}

/// The number of pairs under a key; all of them ordered and finite.
fn pairs(
    source: Source<'_>,
    dict: &Dictionary,
    key: &str,
) -> Result<Option<usize>, String> {
    let Object::Array(elements) = source.get(dict, key) else { return Ok(None) };
    let numbers = source.numbers(source.get(dict, key));
    if numbers.len() != elements.len() || numbers.len() % 2 == 1 {
        return Err(format!("{key} 不是成对的数"));
    }
    if numbers.chunks(2).any(|pair| pair[0] > pair[1]) {
        return Err(format!("{key} 的下限大于上限"));
    }
    Ok(Some(numbers.len() / 2))
}

fn sampled(
    source: Source<'_>,
    dict: &Dictionary,
    object: &Object,
    inputs: usize,
    outputs: usize,
    range: Option<usize>,
) -> Result<(), String> {
    if range.is_none() {
        return Err("抽样函数缺少 Range".into());
    }
    let sizes = source.numbers(source.get(dict, "Size"));
    if sizes.len() != inputs {
        return Err(format!("Size 应有 {inputs} 个数，实有 {} 个", sizes.len()));
    }
    let bits = source.number(dict, "BitsPerSample").unwrap_or(0.0);
    let bytes = sizes.iter().product::<f64>() * f64::from(small(outputs)) * bits / 8.0;
    let Object::Stream(stream) = object else {
        return Err("抽样函数不是流".into());
    };
    let data = source.data(stream).unwrap_or_default();
    if super::super::geometry::real(data.len()) + 1.0 < bytes {
        return Err(format!("抽样数据应有 {bytes:.0} 字节，实有 {} 字节", data.len()));
    }
    Ok(())
}

fn exponential(
    source: Source<'_>,
    dict: &Dictionary,
    outputs: usize,
) -> Result<(), String> {
    for key in ["C0", "C1"] {
        let count = match source.get(dict, key) {
            Object::Array(values) => values.len(),
            _ => 1,
        };
        if count != outputs {
            return Err(format!("{key} 应有 {outputs} 个数，实有 {count} 个"));
        }
    }
    Ok(())
}

fn stitched(
    source: Source<'_>,
    dict: &Dictionary,
    outputs: usize,
    depth: usize,
) -> Result<(), String> {
    let functions = source.list(dict, "Functions");
    let bounds = source.numbers(source.get(dict, "Bounds")).len();
    let encode = source.numbers(source.get(dict, "Encode")).len();
    if functions.is_empty() || bounds + 1 != functions.len() {
        return Err(format!("{} 个分段函数有 {bounds} 个分界", functions.len()));
    }
    if encode != functions.len() * 2 {
        return Err(format!("{} 个分段函数的 Encode 有 {encode} 个数", functions.len()));
    }
    for function in functions.into_iter().take(256) {
        one(source, function, 1, outputs, depth + 1)?;
    }
    Ok(())
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
