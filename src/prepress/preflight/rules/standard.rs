//! What PDF/X-4 asks of the file (ISO 15930-7:2010): claim, output intent,
//! metadata, identifiers.

use crate::diag::rule::preflight as rule;
use crate::prepress::preflight::finding::{Bench, Found};
use crate::prepress::preflight::inspected::{IccProfile, Metadata, OutputIntent};

const RE_EXPORT: &str = "导出为 PDF/X-4，并选定印刷条件";

pub(super) fn check(bench: &mut Bench<'_>) {
    claim(bench);
    intent(bench);
    metadata(bench);
    let facts = bench.facts;
    if !facts.has_id {
        let found = Found::new("文件尾没有 /ID", "用会写 /ID 的软件重新导出");
        bench.find(&rule::MISSING_FILE_ID, found);
    }
    let trapped = facts.info.get("Trapped").map(String::as_str);
    let in_metadata = facts.metadata.get("pdf:Trapped");
    let known = |value: Option<&str>| matches!(value, Some("True" | "False"));
    if !known(trapped) && !known(in_metadata) {
        let message = match trapped.or(in_metadata) {
            Some(value) => format!("Trapped 是 {value}，要是 True 或 False"),
            None => "没有 Trapped".to_owned(),
        };
        bench.find(&rule::MISSING_TRAPPED, Found::new(message, "把 Trapped 设为 False"));
    } else if known(trapped) && in_metadata.is_some() && trapped != in_metadata {
        let message = "文档信息与 XMP 里的 Trapped 不同";
        bench.find(&rule::PDFX_CLAIM, Found::new(message, RE_EXPORT));
    }
}

/// What the file claims to be, in both places.
fn claim(bench: &mut Bench<'_>) {
    let facts = bench.facts;
    let metadata = facts
        .metadata
        .get("pdfxid:GTS_PDFXVersion")
        .or_else(|| facts.metadata.get("pdfx:GTS_PDFXVersion"));
    let info = facts.info.get("GTS_PDFXVersion").map(String::as_str);
    if let Some(wanted) = bench.profile.standard.clone() {
        match (metadata, info) {
            (Some(claimed), _) if claimed == wanted => {}
            (None, None) => {
                let message = format!("没有声明 {wanted}");
                bench.find(&rule::MISSING_PDFX, Found::new(message, RE_EXPORT));
            }
            (None, Some(claimed)) if claimed == wanted => {
                let message = format!("{wanted} 只写在文档信息里，XMP 元数据里没有");
                bench.find(&rule::MISSING_PDFX, Found::new(message, RE_EXPORT));
            }
            (Some(claimed), _) | (None, Some(claimed)) => {
                let message = format!("声明的是 {claimed}，要的是 {wanted}");
                bench.find(&rule::MISSING_PDFX, Found::new(message, RE_EXPORT));
            }
        }
    }
    let Some(claimed) = metadata.or(info) else { return };
    let mut wrong = Vec::new();
    if let (Some(metadata), Some(info)) = (metadata, info)
        && metadata != info
    {
        wrong.push(format!("XMP 说是 {metadata}，文档信息说是 {info}"));
    }
    if !facts.intents.iter().any(is_for_pdfx) {
        wrong.push(format!("声明 {claimed}，却没有 GTS_PDFX 输出意图"));
    }
    if facts.encrypted {
        wrong.push(format!("声明 {claimed}，却加了密"));
    }
    if facts.version.starts_with('2') && !claimed.starts_with("PDF/X-6") {
        wrong.push(format!("声明 {claimed}，却是 PDF {}", facts.version));
    }
    for message in wrong {
        bench.find(&rule::PDFX_CLAIM, Found::new(message, RE_EXPORT));
    }
}

fn is_for_pdfx(intent: &OutputIntent) -> bool {
    intent.subtype == "GTS_PDFX"
}

fn intent(bench: &mut Bench<'_>) {
    let mut intents = bench.facts.intents.iter().filter(|intent| is_for_pdfx(intent));
    let Some(intent) = intents.next() else {
        let found = Found::new("没有 GTS_PDFX 输出意图", RE_EXPORT);
        bench.find(&rule::MISSING_OUTPUT_INTENT, found);
        return;
    };
    if intents.next().is_some() {
        let found = Found::new("有不止一个 GTS_PDFX 输出意图", "只留一个");
        bench.find(&rule::BAD_OUTPUT_PROFILE, found);
    }
    if intent.condition.as_deref().unwrap_or_default().is_empty() {
        let message = "输出意图没有说明印刷条件（OutputConditionIdentifier）";
        bench.find(&rule::BAD_OUTPUT_PROFILE, Found::new(message, RE_EXPORT));
    }
    let Some(profile) = &intent.profile else {
        let message = "输出意图没有嵌入特性文件（DestOutputProfile）";
        bench.find(&rule::BAD_OUTPUT_PROFILE, Found::new(message, RE_EXPORT));
        return;
    };
    if let Some(message) = profile_fault(profile) {
        let found = Found::new(message, "换成印厂给的 CMYK 特性文件，重新导出");
        bench.find(&rule::BAD_OUTPUT_PROFILE, found.object(profile.object));
    }
}

/// What is wrong with an output profile.
fn profile_fault(profile: &IccProfile) -> Option<String> {
    let name = profile.description.as_deref().unwrap_or("无名");
    let expected = match profile.space.as_str() {
        "GRAY" => 1,
        "RGB" => 3,
        "CMYK" => 4,
        _ => 0,
    };
    if profile.class.is_empty() {
        Some("特性文件不是 ICC 文件".into())
    } else if profile.class != "prtr" {
        Some(format!("特性文件“{name}”的类别是 {}，要是 prtr（打印设备）", profile.class))
    } else if profile.space != "CMYK" && profile.space != "GRAY" {
        Some(format!("特性文件“{name}”的色彩空间是 {}，要是 CMYK", profile.space))
    } else if profile.components != Some(expected) {
        let stated =
            profile.components.map_or("没有".into(), |count| count.to_string());
        Some(format!("特性文件有 {expected} 个分量，/N 却是 {stated}"))
    } else if !profile.has_tables && profile.space == "CMYK" {
        Some(format!("特性文件“{name}”缺少来回转换的表（A2B0、B2A0）"))
    } else {
        None
    }
}

fn metadata(bench: &mut Bench<'_>) {
    match &bench.facts.metadata {
        Metadata::Broken(why) => {
            let message = format!("XMP 元数据读不出来：{why}");
            bench.find(&rule::BAD_METADATA, Found::new(message, "重新导出"));
        }
        Metadata::Missing => {
            let found = Found::new("没有 XMP 元数据，也就没有书名", "重新导出");
            bench.find(&rule::MISSING_TITLE, found);
        }
        Metadata::Read(_) => {
            let filled = |name| {
                let value = bench.facts.metadata.get(name);
                value.is_some_and(|value| !value.is_empty())
            };
            let missing: Vec<&str> =
                ["xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"]
                    .into_iter()
                    .filter(|name| !filled(name))
                    .collect();
            let titled = filled("dc:title");
            if !missing.is_empty() {
                let message = format!("XMP 元数据里没有 {}", missing.join("、"));
                bench.find(&rule::MISSING_DATE, Found::new(message, RE_EXPORT));
            }
            if !titled {
                let found =
                    Found::new("XMP 元数据里没有 dc:title", "在文件属性里填上书名");
                bench.find(&rule::MISSING_TITLE, found);
            }
        }
    }
}
