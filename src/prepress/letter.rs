//! 付印说明: what the package tells the printing house, in Chinese.
//!
//! Every line comes from the job, the files or their examination; what is not
//! settled is named as such, so that nobody takes silence for consent.

use std::fmt::Write;

use crate::edition::{Binding, ColorPolicy, Component, JobTicket};

/// A PDF of the package, examined.
#[derive(Debug, Clone, PartialEq)]
pub struct Examined {
    /// Its name in the package.
    pub file: String,
    /// Pages.
    pub pages: usize,
    /// The rules it was examined by, by their title.
    pub profile: String,
    /// Findings that are errors, and those that are warnings.
    pub findings: (usize, usize),
    /// What it claims to be: `PDF/X-4`; may be empty.
    pub standard: String,
}

/// The letter. `others` are the further files of the package, each with what
/// it is.
pub fn letter(
    ticket: &JobTicket,
    examined: &[Examined],
    others: &[(String, &str)],
) -> String {
    let mut text = format!("《{}》付印说明\n\n", ticket.title);
    section(&mut text, "一、文件");
    for pdf in examined {
        let what = if pdf.file == ticket.block.file { "内文" } else { "封面" };
        let standard =
            if pdf.standard.is_empty() { "PDF" } else { pdf.standard.as_str() };
        line(&mut text, &pdf.file, &format!("{what}，{standard}，{} 页", pdf.pages));
    }
    for (file, what) in others {
        line(&mut text, file, what);
    }
    section(&mut text, "\n二、规格");
    product(&mut text, ticket);
    section(&mut text, "\n三、印前检查");
    for pdf in examined {
        let result = match pdf.findings {
            (0, 0) => "没有发现问题".to_owned(),
            (0, warnings) => format!("没有错误，{warnings} 处提醒，见检查报告"),
            (errors, warnings) => {
                format!("{errors} 个错误，{warnings} 处提醒，见检查报告")
            }
        };
        line(&mut text, &pdf.file, &format!("按“{}”：{result}", pdf.profile));
    }
    section(&mut text, "\n四、请核对");
    for (number, item) in questions(ticket).iter().enumerate() {
        let _ = writeln!(text, "  {}. {item}", number + 1);
    }
    section(&mut text, "\n五、联系");
    contact(&mut text, ticket);
    section(&mut text, "\n六、校验");
    text.push_str(
        "  SHA256SUMS 列出每个文件的 SHA-256。收到后运行 sha256sum -c SHA256SUMS\n  \
         （Windows 用 certutil -hashfile 文件名 SHA256 逐个比对），不一致就请重新索取。\n",
    );
    text
}

/// What is to be printed.
fn product(text: &mut String, ticket: &JobTicket) {
    let block = &ticket.block;
    line(text, "成品尺寸", &size(block));
    line(text, "出血", &format!("四边各 {} 毫米", short(block.bleed)));
    line(
        text,
        "内文页数",
        &format!("{} 页（{} 张）", block.pages, block.pages.div_ceil(2)),
    );
    line(text, "内文印色", &colors(block));
    line(text, "内文用纸", open(&block.paper.name));
    if let Some(cover) = &ticket.cover {
        line(text, "封面展开尺寸", &size(&cover.sheet));
        line(text, "封面印色", &colors(&cover.sheet));
        line(text, "封面用纸", open(&cover.sheet.paper.name));
        let spine =
            format!("{} 毫米 = {}", short(cover.spine.width), cover.spine.formula);
        line(text, "书脊", &spine);
        if cover.flaps > 0.0 {
            line(text, "勒口", &format!("{} 毫米", short(cover.flaps)));
        }
    }
    line(text, "装订", binding(ticket.binding));
    line(text, "输出条件", open(&ticket.condition));
    if let Some(limit) = ticket.ink_limit {
        line(text, "总墨量上限", &format!("{}%", short(limit)));
    }
    let quantity = ticket.order.quantity.map(|copies| format!("{copies} 册"));
    line(text, "印数", open(&quantity.unwrap_or_default()));
    line(text, "表面工艺", open(&ticket.order.finishing.join("、")));
    line(text, "ISBN", if ticket.isbn.is_empty() { "无" } else { &ticket.isbn });
}

/// What only the printing house can know or must look at.
fn questions(ticket: &JobTicket) -> Vec<String> {
    let mut items = vec![
        "页面是单页，TrimBox 是成品线，BleedBox 是出血线；没有拼版，请按贵厂的机器拼。"
            .to_owned(),
        "字体全部嵌入，没有加密，没有 RGB；如果流程报告与此不符，请先告诉我们，不要自行修改。"
            .to_owned(),
    ];
    if ticket.block.color != ColorPolicy::Rgb {
        items.push(
            "黑字、黑线只有 K，叠印；转换颜色空间时请保留，不要变成四色黑。".to_owned(),
        );
    }
    if ticket.block.color == ColorPolicy::MonoSpot {
        items.push(format!(
            "内文只出两块版：黑和专色 {}；专色请按色卡调墨，文件里的 CMYK 只供打样，不要转成四色。",
            ticket.block.spot
        ));
    }
    if let Some(cover) = &ticket.cover {
        if cover.spine.width > 0.0 {
            items.push(format!(
                "书脊 {} 毫米是按纸厚算的，以贵厂的白样为准；差 0.5 毫米以上请告知，我们改封面。",
                short(cover.spine.width)
            ));
        }
    } else {
        items.push("这一包里没有封面文件。".to_owned());
    }
    if !ticket.block.pages.is_multiple_of(4) {
        items.push(format!(
            "内文 {} 页，不是 4 的倍数，请告知空白页加在哪里。",
            ticket.block.pages
        ));
    }
    if ticket.block.paper.coated == Some(false) && is_coated(&ticket.condition) {
        items.push(format!(
            "内文是非涂布纸，文件按涂布纸的 {} 分色，印出来会偏深；请确认贵厂的印刷条件。",
            ticket.condition
        ));
    }
    for (what, value) in [
        ("内文用纸", &ticket.block.paper.name),
        ("输出条件", &ticket.condition),
        ("打样", &ticket.order.proof),
    ] {
        if value.is_empty() {
            items.push(format!("{what}没有定，请报价时提出建议。"));
        }
    }
    items
}

/// Whether a registered condition is that of coated paper.
fn is_coated(condition: &str) -> bool {
    ["FOGRA27", "FOGRA39", "FOGRA51", "JC200103", "GRACoL"]
        .iter()
        .any(|coated| condition.contains(coated))
}

fn contact(text: &mut String, ticket: &JobTicket) {
    let contact = &ticket.order.contact;
    let known = [
        ("单位", &contact.company),
        ("联系人", &contact.name),
        ("电话", &contact.phone),
        ("邮箱", &contact.email),
    ];
    let known: Vec<_> = known.iter().filter(|(_, value)| !value.is_empty()).collect();
    if known.is_empty() {
        text.push_str("  未填。有疑问请找交来这个压缩包的人，问清以后再上机。\n");
    }
    for (name, value) in known {
        line(text, name, value);
    }
    for note in &ticket.order.notes {
        line(text, "备注", note);
    }
}

fn section(text: &mut String, title: &str) {
    let _ = writeln!(text, "{title}");
}

fn line(text: &mut String, name: &str, value: &str) {
    let _ = writeln!(text, "  {name}：{value}");
}

fn open(value: &str) -> &str {
    if value.is_empty() { "未定" } else { value }
}

fn size(part: &Component) -> String {
    format!("{}×{} 毫米（宽×高）", short(part.trim.width), short(part.trim.height))
}

fn colors(part: &Component) -> String {
    match part.color {
        ColorPolicy::Rgb => "文件是 RGB，要由印厂分色".to_owned(),
        ColorPolicy::Cmyk => "四色（CMYK）".to_owned(),
        ColorPolicy::Gray => "单色黑".to_owned(),
        ColorPolicy::MonoSpot => format!("双色：黑、专色 {}", part.spot),
    }
}

fn binding(binding: Binding) -> &'static str {
    match binding {
        Binding::Perfect => "无线胶装",
        Binding::SaddleStitch => "骑马订",
        Binding::Sewn => "锁线胶装",
        Binding::Spiral => "圈装",
        Binding::None => "不装订",
    }
}

/// A length, to a tenth.
fn short(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::{Paper, TrimSize};

    #[test]
    fn the_letter_says_what_is_known_and_what_is_open() {
        let block = Component {
            pages: 102,
            trim: TrimSize::new(148.0, 210.0),
            bleed: 3.0,
            paper: Paper::named("80克双胶纸"),
            color: ColorPolicy::Cmyk,
            spot: String::new(),
            file: "book-print.pdf".to_owned(),
        };
        let ticket = JobTicket {
            title: "书".to_owned(),
            block,
            condition: "FOGRA39".to_owned(),
            ..JobTicket::default()
        };
        let examined = Examined {
            file: "book-print.pdf".to_owned(),
            pages: 102,
            profile: "涂布纸".to_owned(),
            findings: (0, 2),
            standard: "PDF/X-4".to_owned(),
        };
        let text = letter(&ticket, &[examined], &[("SHA256SUMS".to_owned(), "校验和")]);
        for said in [
            "《书》付印说明",
            "book-print.pdf：内文，PDF/X-4，102 页",
            "成品尺寸：148×210 毫米（宽×高）",
            "内文页数：102 页（51 张）",
            "没有错误，2 处提醒",
            "不是 4 的倍数",
            "印出来会偏深",
            "这一包里没有封面文件",
            "印数：未定",
            "打样没有定",
            "未填",
        ] {
            assert!(text.contains(said), "{said} is missing in\n{text}");
        }
    }
}
