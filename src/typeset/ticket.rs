//! The job ticket for people: one page, to be sent, filled in and signed.
//!
//! [`job_ticket`] joins what `book.toml` orders with what a build knows;
//! [`ticket`] sets it. `prepress::ticket` writes the same ticket for machines.

use std::collections::BTreeMap;

use super::escape::{array, string};
use super::layout::{Forme, Layout};
use super::sheet::Sheet;
use super::world::Desk;
use super::{faces, markup, with_templates};
use crate::book::{Contributor, Metadata};
use crate::diag::Sink;
use crate::edition::{
    Binding, Bleed, ColorPolicy, Component, Contact, CoverComponent, Design, Edition,
    Format, JobTicket, Margins, Spine, TrimSize,
};
use crate::project::Project;
use crate::resolve::Resolved;

/// A label, and what is known; `None` is still open.
type Row = (&'static str, Option<String>);

/// The ticket of a block with so many pages, and of its cover with this spine.
/// `files` are the names of both PDFs as they lie in the package.
pub fn job_ticket(
    metadata: &Metadata,
    project: &Project,
    (block, pages): (&Edition, usize),
    cover: Option<(&Edition, Spine)>,
) -> JobTicket {
    let file = |edition: &Edition| edition.file_name(&metadata.slug);
    let title = if metadata.subtitle.is_empty() {
        metadata.title.clone()
    } else {
        format!("{}：{}", metadata.title, metadata.subtitle)
    };
    let cover =
        cover.map(|(edition, spine)| CoverComponent::of(edition, spine, &file(edition)));
    JobTicket {
        id: metadata.slug.clone(),
        title,
        authors: people(&metadata.authors),
        publisher: metadata.publisher.clone(),
        isbn: metadata.isbn.clone(),
        price: metadata.price.clone(),
        edition_statement: metadata.edition_statement.clone(),
        date: metadata.date,
        block: Component::block(block, pages, &file(block)),
        cover,
        binding: block.binding,
        condition: block.press.condition_name().to_owned(),
        ink_limit: Some(block.press.ink_limit.0),
        order: project.config.order.clone(),
    }
}

/// The ticket as a PDF: tagged, A4, one page. The faces are those of `edition`.
pub fn ticket(
    book: &Resolved,
    project: &Project,
    edition: &Edition,
    ticket: &JobTicket,
    sink: &mut Sink,
) -> Option<Vec<u8>> {
    let edition = form(edition);
    let mut sheet = Sheet::default();
    sheet.push(&source(ticket));
    let sheets = BTreeMap::from([(markup::MAIN.to_owned(), sheet)]);
    let files = with_templates(book, project, &edition, &sheets);
    let desk = Desk::new(&files, faces(project), book.metadata.date)?;
    let sources = project.sources();
    let forme = Forme { desk, sheets, sources, edition: edition.clone() };
    let layout = Layout::of_sheet(forme, sink)?;
    let mut metadata = book.metadata.clone();
    metadata.title = format!("印制单：{}", metadata.title);
    metadata.subtitle = String::new();
    layout.pdf(&edition, &metadata, false, sink)
}

/// The page of a ticket: A4 in the faces of the book.
fn form(edition: &Edition) -> Edition {
    let trim = TrimSize::new(210.0, 297.0);
    let (body_size, leading) = (10.5, 17.5);
    Edition {
        name: "ticket".to_owned(),
        format: Format::ScreenPdf,
        design: Design::Standard,
        trim,
        bleed: Bleed(0.0),
        margins: Margins::around(trim, body_size, leading),
        body_size,
        leading,
        color: ColorPolicy::Rgb,
        cover: None,
        ..edition.clone()
    }
}

/// The one call that the page is.
fn source(ticket: &JobTicket) -> String {
    let group = |(name, rows): (&str, Vec<Row>)| {
        let rows = rows.into_iter().map(|(label, value)| {
            let value = value.map_or_else(|| "none".to_owned(), |value| string(&value));
            format!("({}, {value})", string(label))
        });
        format!("(name: {}, rows: {})", string(name), array(rows))
    };
    let (year, month, day) = ticket.date;
    format!(
        "#import \"/templates/book.typ\": *\n\
         #import \"/templates/ticket.typ\": ticket\n\
         #show: book\n\
         #ticket(title: {}, date: {}, left: {}, right: {}, notes: {})\n",
        string(&ticket.title),
        string(&format!("{year}年{month}月{day}日")),
        array(
            [book(ticket), product(ticket), color(ticket), delivery(ticket)].map(group)
        ),
        array(
            [Some(block(ticket)), cover(ticket), Some(contact(ticket))]
                .into_iter()
                .flatten()
                .map(group)
        ),
        array(ticket.order.notes.iter().map(|note| string(note))),
    )
}

fn book(ticket: &JobTicket) -> (&'static str, Vec<Row>) {
    let rows = vec![
        ("著者", said(&ticket.authors)),
        ("出版", said(&ticket.publisher)),
        ("书号", said(&ticket.isbn)),
        ("定价", said(&ticket.price)),
        ("版次", said(&ticket.edition_statement)),
    ];
    ("书", rows)
}

fn product(ticket: &JobTicket) -> (&'static str, Vec<Row>) {
    let binding = match ticket.binding {
        Binding::Perfect => "无线胶装",
        Binding::SaddleStitch => "骑马订",
        Binding::Sewn => "锁线胶装",
        Binding::Spiral => "圈装",
        Binding::None => "不装订",
    };
    let rows = vec![
        ("印数", ticket.order.quantity.map(|copies| format!("{copies} 册"))),
        ("成品尺寸", Some(size(ticket.block.trim))),
        ("装订", Some(binding.to_owned())),
    ];
    ("成品", rows)
}

fn block(ticket: &JobTicket) -> (&'static str, Vec<Row>) {
    let block = &ticket.block;
    let leaves = block.pages.div_ceil(2);
    let rows = vec![
        ("页数", Some(format!("{} 页（{leaves} 张）", block.pages))),
        ("用纸", said(&block.paper.name)),
        ("印色", Some(inks(block, "双面"))),
        ("出血", Some(millimetres(block.bleed))),
        ("文件", said(&block.file)),
    ];
    ("书芯", rows)
}

fn cover(ticket: &JobTicket) -> Option<(&'static str, Vec<Row>)> {
    let cover = ticket.cover.as_ref()?;
    let flaps = if cover.flaps > 0.0 {
        format!("前后各 {}", millimetres(cover.flaps))
    } else {
        "无".to_owned()
    };
    let spine = if cover.spine.width > 0.0 {
        format!("{}，以假书为准", millimetres(cover.spine.width))
    } else {
        "无".to_owned()
    };
    let rows = vec![
        ("展开尺寸", Some(size(cover.sheet.trim))),
        ("书脊", Some(spine)),
        ("勒口", Some(flaps)),
        ("用纸", said(&cover.sheet.paper.name)),
        ("印色", Some(inks(&cover.sheet, "单面"))),
        ("工艺", said(&ticket.order.finishing.join("、"))),
        ("文件", said(&cover.sheet.file)),
    ];
    Some(("封面", rows))
}

fn color(ticket: &JobTicket) -> (&'static str, Vec<Row>) {
    let limit = ticket.ink_limit.map(|limit| format!("不超过 {limit:.0}%"));
    let rows = vec![
        ("印刷条件", said(&ticket.condition)),
        ("色版", plates(ticket)),
        ("总墨量", limit),
        ("打样", said(&ticket.order.proof)),
    ];
    ("色彩", rows)
}

fn delivery(ticket: &JobTicket) -> (&'static str, Vec<Row>) {
    let order = &ticket.order;
    let date = order
        .deadline
        .map(|(year, month, day)| format!("{year}年{month}月{day}日"));
    let rows = vec![
        ("承印厂", said(&order.printer)),
        ("交货日期", date),
        ("交货地址", said(&order.delivery)),
        ("包装", said(&order.packing)),
    ];
    ("交货", rows)
}

fn contact(ticket: &JobTicket) -> (&'static str, Vec<Row>) {
    let contact = &ticket.order.contact;
    // Nobody at all is more than a detail that is still open.
    if *contact == Contact::default() {
        return ("联系人（未填，交稿前补上）", open_contact());
    }
    let rows = vec![
        ("单位", said(&contact.company)),
        ("姓名", said(&contact.name)),
        ("电话", said(&contact.phone)),
        ("邮箱", said(&contact.email)),
    ];
    ("联系人", rows)
}

/// The separations of block and cover; of both together where they are the same.
fn plates(ticket: &JobTicket) -> Option<String> {
    let of = |part: &Component| match part.color {
        ColorPolicy::Rgb => String::new(),
        ColorPolicy::Cmyk => "青、品红、黄、黑".to_owned(),
        ColorPolicy::Gray => "黑".to_owned(),
        ColorPolicy::MonoSpot => format!("黑、{}", part.spot),
    };
    let block = of(&ticket.block);
    let cover = ticket.cover.as_ref().map(|cover| of(&cover.sheet));
    match cover {
        Some(cover) if cover != block => said(&format!("书芯{block}；封面{cover}")),
        _ => said(&block),
    }
}

/// Lines to write on.
fn open_contact() -> Vec<Row> {
    vec![("单位", None), ("姓名", None), ("电话", None), ("邮箱", None)]
}

fn said(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn inks(part: &Component, sides: &str) -> String {
    match part.color {
        ColorPolicy::Gray => format!("单黑，{sides}"),
        ColorPolicy::MonoSpot => format!("双色：黑、专色 {}，{sides}", part.spot),
        ColorPolicy::Rgb | ColorPolicy::Cmyk => format!("四色（CMYK），{sides}"),
    }
}

fn size(trim: TrimSize) -> String {
    format!("{}×{} 毫米", decimal(trim.width), decimal(trim.height))
}

fn millimetres(length: f64) -> String {
    format!("{} 毫米", decimal(length))
}

/// A length to a tenth.
fn decimal(length: f64) -> String {
    let text = format!("{length:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

fn people(list: &[Contributor]) -> String {
    let names: Vec<_> = list.iter().map(|person| person.name.as_str()).collect();
    names.join("、")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::PrintOrder;
    use crate::typeset::tests::project;

    fn typeset(order: PrintOrder) -> (Option<Vec<u8>>, String) {
        let (_dir, mut project, _) = project("碳汇");
        project.config.order = order;
        let metadata = project.config.metadata.clone();
        let block = project.editions["print"].clone();
        let cover = project.editions["print-cover"].clone();
        let spine = Spine::around(96, &block, &cover);
        let job = job_ticket(&metadata, &project, (&block, 96), Some((&cover, spine)));
        let book = Resolved { metadata, ..Resolved::default() };
        let mut sink = Sink::new();
        let bytes = ticket(&book, &project, &block, &job, &mut sink);
        assert!(!sink.has_errors(), "{sink:?}");
        (bytes, source(&job))
    }

    #[test]
    fn a_ticket_is_one_page_with_what_is_known() {
        let order = PrintOrder { quantity: Some(3000), ..PrintOrder::default() };
        let (bytes, source) = typeset(order);
        let pdf = lopdf::Document::load_mem(&bytes.unwrap()).unwrap();
        assert_eq!(pdf.get_pages().len(), 1);
        for known in [
            "(\"色版\", \"青、品红、黄、黑\")",
            "3000 册",
            "96 页（48 张）",
            "148×210 毫米",
            "无线胶装",
        ] {
            assert!(source.contains(known), "{known}: {source}");
        }
        // 48 × 0.1 + 2 × 0.2125 + 0.3 = 5.525.
        assert!(source.contains("5.5 毫米"), "{source}");
        assert!(source.contains("(\"交货日期\", none)"), "{source}");
    }

    #[test]
    fn long_notes_still_make_a_ticket() {
        let note = "请先寄一份数码样，确认以后再上机；封面的深绿色请照样张追色。";
        let notes = vec![note.to_owned(); 6];
        let (bytes, _) = typeset(PrintOrder { notes, ..PrintOrder::default() });
        let pdf = lopdf::Document::load_mem(&bytes.unwrap()).unwrap();
        assert_eq!(pdf.get_pages().len(), 1);
    }
}
