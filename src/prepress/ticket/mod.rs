//! The job ticket for machines: XJDF 2.1 (CIP4).
//!
//! A product of intents: the book binds a cover and a block (`BindingIntent`),
//! each of which has its size (`LayoutIntent`), its stock (`MediaIntent`) and
//! its inks (`ColorIntent`); the files stand in `RunList`s, the people in
//! `Contact`s. What is not settled is not written: in XJDF an absent intent is
//! the printing house's to ask for. Lengths are points, thickness is microns.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::edition::{
    Binding, ColorPolicy, Component, Contact, CoverComponent, JobTicket, Paper,
};

/// The namespace of every XJDF 2 document.
const NAMESPACE: &str = "http://www.CIP4.org/JDFSchema_2_0";

/// Points in a millimetre.
const PT_PER_MM: f64 = 72.0 / 25.4;

/// The ticket as XJDF; UTF-8, the same ticket always the same bytes.
pub fn xjdf(ticket: &JobTicket) -> String {
    let mut xml = Xml {
        writer: Writer::new_with_indent(Vec::new(), b' ', 2),
    };
    xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    let attributes = [
        ("xmlns", NAMESPACE.to_owned()),
        ("DescriptiveName", ticket.title.clone()),
        ("JobID", ticket.id.clone()),
        ("Types", "Product".to_owned()),
        ("Version", "2.1".to_owned()),
    ];
    xml.open("XJDF", &attributes);
    audit(&mut xml, ticket);
    for note in &ticket.order.notes {
        xml.text("Comment", note);
    }
    xml.open("ProductList", &[]);
    book(&mut xml, ticket);
    if let Some(cover) = &ticket.cover {
        self::cover(&mut xml, cover, ticket);
    }
    block(&mut xml, ticket);
    xml.close("ProductList");
    contacts(&mut xml, ticket);
    delivery(&mut xml, ticket);
    files(&mut xml, ticket);
    xml.close("XJDF");
    String::from_utf8(xml.writer.into_inner()).unwrap_or_default() + "\n"
}

/// Who wrote the ticket, and when: on the book's own date.
fn audit(xml: &mut Xml, ticket: &JobTicket) {
    xml.open("AuditPool", &[]);
    xml.open("AuditCreated", &[]);
    let attributes = [
        ("AgentName", "kepu".to_owned()),
        ("AgentVersion", env!("CARGO_PKG_VERSION").to_owned()),
        ("DeviceID", "kepu".to_owned()),
        ("Time", moment(ticket.date)),
    ];
    xml.empty("Header", &attributes);
    xml.close("AuditCreated");
    xml.close("AuditPool");
}

/// The whole: how many, and how it is bound.
fn book(xml: &mut Xml, ticket: &JobTicket) {
    let mut attributes = Vec::new();
    attributes.extend(amount(ticket));
    attributes.extend([
        ("DescriptiveName", ticket.title.clone()),
        ("ID", "book".to_owned()),
        ("IsRoot", "true".to_owned()),
        ("ProductType", "Book".to_owned()),
    ]);
    xml.open("Product", &attributes);
    if !ticket.isbn.is_empty() {
        let id = [("IDUsage", "ISBN".to_owned()), ("IDValue", ticket.isbn.clone())];
        xml.empty("GeneralID", &id);
    }
    let kind = match ticket.binding {
        Binding::Perfect | Binding::Sewn => "SoftCover",
        Binding::SaddleStitch => "SaddleStitch",
        Binding::Spiral => "CoilBinding",
        Binding::None => "None",
    };
    let mut binding =
        vec![("BindingSide", "Left".to_owned()), ("BindingType", kind.to_owned())];
    if ticket.cover.is_some() {
        binding.push(("ChildRefs", "cover block".to_owned()));
    }
    xml.intent("BindingIntent", |xml| xml.empty("BindingIntent", &binding));
    let trim = ticket.block.trim;
    let depth = ticket.cover.as_ref().map_or(0.0, |cover| cover.spine.width);
    let shape = lengths(&[trim.width, trim.height, depth]);
    let layout = [("FinishedDimensions", shape)];
    xml.intent("LayoutIntent", |xml| xml.empty("LayoutIntent", &layout));
    xml.close("Product");
}

/// The sheet around the block, printed outside only.
fn cover(xml: &mut Xml, cover: &CoverComponent, ticket: &JobTicket) {
    let mut attributes = Vec::new();
    attributes.extend(amount(ticket));
    attributes.extend([
        ("ID", "cover".to_owned()),
        ("IsRoot", "false".to_owned()),
        ("ProductType", "Cover".to_owned()),
    ]);
    xml.open("Product", &attributes);
    for work in &ticket.order.finishing {
        xml.text("Comment", work);
    }
    media(xml, &cover.sheet.paper);
    let trim = ticket.block.trim;
    let shape = lengths(&[trim.width, trim.height, cover.spine.width]);
    layout(xml, &cover.sheet, "OneSided", shape);
    inks(xml, &cover.sheet, ticket, &["Front"]);
    let is_film = |work: &&String| work.contains('膜');
    if let Some(film) = ticket.order.finishing.iter().find(is_film) {
        let texture = if film.contains(['哑', '亚']) { "Matte" } else { "Gloss" };
        let film = [("Surface", "Front".to_owned()), ("Texture", texture.to_owned())];
        xml.intent("LaminatingIntent", |xml| xml.empty("LaminatingIntent", &film));
    }
    xml.close("Product");
}

/// The text block, printed on both sides of its leaves.
fn block(xml: &mut Xml, ticket: &JobTicket) {
    let mut attributes = Vec::new();
    attributes.extend(amount(ticket));
    attributes.extend([
        ("ID", "block".to_owned()),
        ("IsRoot", "false".to_owned()),
        ("ProductType", "BookBlock".to_owned()),
    ]);
    xml.open("Product", &attributes);
    let block = &ticket.block;
    media(xml, &block.paper);
    let shape = lengths(&[block.trim.width, block.trim.height, 0.0]);
    layout(xml, block, "TwoSidedHeadToHead", shape);
    inks(xml, block, ticket, &["Front", "Back"]);
    xml.close("Product");
}

fn media(xml: &mut Xml, paper: &Paper) {
    let mut attributes = Vec::new();
    if let Some(coated) = paper.coated {
        let coating = if coated { "Coated" } else { "None" };
        attributes.push(("Coating", coating.to_owned()));
    }
    if !paper.name.is_empty() {
        attributes.push(("MediaQuality", paper.name.clone()));
    }
    attributes.push(("MediaType", "Paper".to_owned()));
    if let Some(caliper) = paper.caliper() {
        attributes.push(("Thickness", number(caliper * 1000.0)));
    }
    if let Some(grammage) = paper.grammage {
        attributes.push(("Weight", number(grammage)));
    }
    xml.intent("MediaIntent", |xml| xml.empty("MediaIntent", &attributes));
}

fn layout(xml: &mut Xml, component: &Component, sides: &str, finished: String) {
    let flat = lengths(&[component.trim.width, component.trim.height]);
    let attributes = [
        ("Bleed", number(component.bleed * PT_PER_MM)),
        ("Dimensions", flat),
        ("FinishedDimensions", finished),
        ("Pages", component.pages.to_string()),
        ("Sides", sides.to_owned()),
    ];
    xml.intent("LayoutIntent", |xml| xml.empty("LayoutIntent", &attributes));
}

fn inks(xml: &mut Xml, component: &Component, ticket: &JobTicket, sides: &[&str]) {
    let inks = match component.color {
        ColorPolicy::Gray => "Black".to_owned(),
        ColorPolicy::MonoSpot => format!("Black {}", token(&component.spot)),
        ColorPolicy::Rgb | ColorPolicy::Cmyk => "Cyan Magenta Yellow Black".to_owned(),
    };
    xml.intent("ColorIntent", |xml| {
        xml.open("ColorIntent", &[]);
        for side in sides {
            let mut surface = vec![("ColorsUsed", inks.clone())];
            if !ticket.condition.is_empty() {
                surface.push(("PrintStandard", token(&ticket.condition)));
            }
            surface.push(("Surface", (*side).to_owned()));
            xml.empty("SurfaceColor", &surface);
        }
        xml.close("ColorIntent");
    });
}

fn contacts(xml: &mut Xml, ticket: &JobTicket) {
    let order = &ticket.order;
    let customer = (order.contact != Contact::default()).then_some(&order.contact);
    if customer.is_none() && order.delivery.is_empty() {
        return;
    }
    xml.open("ResourceSet", &[("Name", "Contact".to_owned()), usage()]);
    if let Some(contact) = customer {
        xml.open("Resource", &[]);
        xml.empty("Part", &[("ContactType", "Customer".to_owned())]);
        xml.open("Contact", &[]);
        for (kind, locator) in [("Phone", &contact.phone), ("Email", &contact.email)] {
            if !locator.is_empty() {
                let channel =
                    [("ChannelType", kind.to_owned()), ("Locator", locator.clone())];
                xml.empty("ComChannel", &channel);
            }
        }
        if !contact.company.is_empty() {
            xml.empty("Company", &[("OrganizationName", contact.company.clone())]);
        }
        if !contact.name.is_empty() {
            xml.empty("Person", &[("FamilyName", contact.name.clone())]);
        }
        xml.close("Contact");
        xml.close("Resource");
    }
    if !order.delivery.is_empty() {
        xml.open("Resource", &[]);
        xml.empty("Part", &[("ContactType", "Delivery".to_owned())]);
        xml.open("Contact", &[]);
        xml.open("Address", &[]);
        xml.text("AddressLine", &order.delivery);
        xml.close("Address");
        xml.close("Contact");
        xml.close("Resource");
    }
    xml.close("ResourceSet");
}

fn delivery(xml: &mut Xml, ticket: &JobTicket) {
    let order = &ticket.order;
    if order.deadline.is_none() && order.quantity.is_none() {
        return;
    }
    xml.open("ResourceSet", &[("Name", "DeliveryParams".to_owned()), usage()]);
    xml.open("Resource", &[]);
    let required = order.deadline.map(|date| ("Required", moment(date)));
    xml.open("DeliveryParams", required.as_slice());
    let mut item = Vec::new();
    item.extend(amount(ticket));
    item.push(("ItemRef", "book".to_owned()));
    xml.empty("DropItem", &item);
    xml.close("DeliveryParams");
    xml.close("Resource");
    xml.close("ResourceSet");
}

/// The PDFs, each for its part of the product.
fn files(xml: &mut Xml, ticket: &JobTicket) {
    let cover = ticket.cover.as_ref();
    let cover = cover.map(|cover| ("cover", &cover.sheet.file, 1));
    let parts = cover.into_iter();
    let block = ("block", &ticket.block.file, ticket.block.pages);
    let parts: Vec<_> =
        parts.chain([block]).filter(|(_, file, _)| !file.is_empty()).collect();
    if parts.is_empty() {
        return;
    }
    xml.open("ResourceSet", &[("Name", "RunList".to_owned()), usage()]);
    for (part, file, pages) in parts {
        xml.open("Resource", &[]);
        xml.empty("Part", &[("ProductPart", part.to_owned())]);
        xml.open("RunList", &[("NPage", pages.to_string())]);
        xml.empty("FileSpec", &[("URL", address(file))]);
        xml.close("RunList");
        xml.close("Resource");
    }
    xml.close("ResourceSet");
}

fn usage() -> (&'static str, String) {
    ("Usage", "Input".to_owned())
}

fn amount(ticket: &JobTicket) -> Option<(&'static str, String)> {
    ticket.order.quantity.map(|copies| ("Amount", copies.to_string()))
}

/// Midnight of a day, UTC (`xs:dateTime`).
fn moment((year, month, day): (i32, u8, u8)) -> String {
    format!("{year:04}-{month:02}-{day:02}T00:00:00Z")
}

/// Lengths in mm as points, separated by spaces.
fn lengths(mm: &[f64]) -> String {
    let points: Vec<_> = mm.iter().map(|mm| number(mm * PT_PER_MM)).collect();
    points.join(" ")
}

/// A number with at most three decimals.
fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A name without the spaces that an `xs:NMTOKEN` cannot have.
fn token(name: &str) -> String {
    let kept = name.chars().map(|c| {
        let fits = c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        if fits { c } else { '_' }
    });
    kept.collect()
}

/// A file's name as a relative URL.
fn address(file: &str) -> String {
    use std::fmt::Write;
    let mut url = String::new();
    for byte in file.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            url.push(char::from(byte));
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url
}

/// Writes elements; what XML cannot carry is left out of values.
struct Xml {
    writer: Writer<Vec<u8>>,
}

impl Xml {
    fn event(&mut self, event: Event<'_>) {
        // Writing to memory cannot fail.
        let _ = self.writer.write_event(event);
    }

    fn element(
        name: &str,
        attributes: &[(&str, String)],
    ) -> quick_xml::events::BytesStart<'static> {
        let mut element = quick_xml::events::BytesStart::new(name.to_owned());
        for (key, value) in attributes {
            element.push_attribute((*key, clean(value).as_str()));
        }
        element
    }

    fn open(&mut self, name: &str, attributes: &[(&str, String)]) {
        self.event(Event::Start(Self::element(name, attributes)));
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, String)]) {
        self.event(Event::Empty(Self::element(name, attributes)));
    }

    fn close(&mut self, name: &str) {
        self.event(Event::End(quick_xml::events::BytesEnd::new(name)));
    }

    fn text(&mut self, name: &str, text: &str) {
        self.open(name, &[]);
        self.event(Event::Text(BytesText::new(&clean(text))));
        self.close(name);
    }

    fn intent(&mut self, name: &str, inner: impl FnOnce(&mut Self)) {
        self.open("Intent", &[("Name", name.to_owned())]);
        inner(self);
        self.close("Intent");
    }
}

/// Without the control characters that XML 1.0 has no place for.
fn clean(text: &str) -> String {
    let fits = |c: &char| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}');
    text.chars()
        .map(|c| if c == '\n' || c == '\t' { ' ' } else { c })
        .filter(fits)
        .collect()
}

#[cfg(test)]
mod tests;
