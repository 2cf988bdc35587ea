//! Wrong usage, said in Chinese.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Exit;
use super::terminal::say;

/// Reports what the argument parser found, help and version included.
pub(super) fn report(error: &Error) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            Exit::Made
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            Exit::Usage
        }
        kind => {
            say(&format!("错误：{}\n", message(error, kind)));
            if let Some(hint) = hint(error) {
                say(&format!("  = 建议：{hint}\n"));
            }
            say("  = 全部用法见 `kepu --help`\n");
            Exit::Usage
        }
    }
}

fn message(error: &Error, kind: ErrorKind) -> String {
    let argument = context(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
    match kind {
        ErrorKind::UnknownArgument => format!("没有 `{argument}` 这个选项"),
        ErrorKind::InvalidSubcommand => {
            let name = context(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("没有 `{name}` 这个命令")
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict => {
            let other = context(error, ContextKind::PriorArg).unwrap_or_default();
            format!("`{argument}` 不能与 `{other}` 同用")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => {
            format!("`{argument}` 后面缺少内容")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("`{argument}` 不能是 `{value}`")
        }
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 编码".to_owned(),
        _ => format!("参数有误：`{argument}`"),
    }
}

fn hint(error: &Error) -> Option<String> {
    for kind in [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ] {
        if let Some(suggestion) = context(error, kind) {
            return Some(format!("是不是要写 `{suggestion}`"));
        }
    }
    context(error, ContextKind::ValidValue).map(|values| format!("可以写：{values}"))
}

fn context(error: &Error, kind: ContextKind) -> Option<String> {
    let text = match error.get(kind)? {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(list) => list.join("、"),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}
