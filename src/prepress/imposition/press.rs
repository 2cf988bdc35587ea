//! From pages and a request to finished sheets: choosing the paper, placing
//! every page, drawing the marks.

use std::collections::BTreeMap;
use std::fmt::Write;

use lopdf::Document;

use super::layout::{Area, Laid, Measures, count};
use super::lettering::Lettering;
use super::marks::{Marks, ROOM, number};
use super::matrix::Matrix;
use super::paper::PT;
use super::scheme::{Face, Plan, Scheme, Sheet, plan};
use super::source::{Forms, LARGEST_BLEED, Page, Plate, group};
use super::writer::{Drawn, Flip, has_four_plates, write};
use super::{Imposed, Request, list, rule};
use crate::diag::{Diagnostic, Sink, rule::machine};
use crate::edition::TrimSize;

/// Sizes that differ by less are the same, in points: half a millimetre.
const SAME: f64 = 0.5 * PT;

/// A page, and how it comes into its cell.
struct Fitted {
    /// Turned by a quarter to stand like the others.
    turned: bool,
    /// Its size as placed, in points.
    size: (f64, f64),
    scale: f64,
    /// Whether it fills its cell, so that its bleed may be printed.
    fills: bool,
}

/// Places all pages and writes the sheets.
pub(super) fn run(
    mut document: Document,
    pages: &[Page],
    request: &Request,
    font: Option<&[u8]>,
    seed: &[u8],
    sink: &mut Sink,
) -> Option<Imposed> {
    let plan = plan(pages.len(), request.scheme, request.blanks, request.bound);
    let common = common_size(pages);
    warn_of_sizes(pages, common, sink);
    let measures = measure(&plan, pages, common, request);
    let faces = plan.sheets.iter().flat_map(|s| [Some(&s.front), s.back.as_ref()]);
    let faces: Vec<&Face> = faces.flatten().collect();
    let needed = largest(&measures, &faces);
    let (free_x, free_y) =
        (measures.paper.0 - needed.0, measures.paper.1 - measures.gripper - needed.1);
    if free_x < -0.01 || free_y < -0.01 {
        sink.report(too_small(&measures, needed));
        return None;
    }
    let fitted: Vec<Fitted> = pages
        .iter()
        .map(|page| fit(page, common, &measures, request))
        .collect();
    let mut forms = Forms::new(group(&document, pages));
    let mut plates = Vec::new();
    for (number, (page, fitted)) in pages.iter().zip(&fitted).enumerate() {
        let bleeds = fitted.fills && measures.bleed > 0.0;
        let Some(plate) = forms.plate(&mut document, page, bleeds) else {
            let message = format!("第 {} 页的内容太大，不能拼版", number + 1);
            sink.report(Diagnostic::global(&rule::UNPLACEABLE_PAGE, message));
            return None;
        };
        plates.push(plate);
    }
    let flip = flip(&plan, &measures, request);
    let line_color = if has_four_plates(&document) { "/All CS 1 SCN" } else { "0 G" };
    let press = Press {
        request,
        measures,
        pages,
        fitted: &fitted,
        plates: &plates,
        lettering: Lettering::new(font),
        line_color,
        upset_back: flip.is_some_and(|(_, upset)| upset),
    };
    let drawn = press.draw(&plan);
    let flip = flip.map(|(flip, _)| flip);
    let bytes =
        match write(document, drawn, measures.paper, forms.group.as_ref(), flip, seed) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("拼好的 PDF 写不出来：{error}");
                sink.report(Diagnostic::global(&machine::PREPRESS_FAILED, message));
                return None;
            }
        };
    Some(press.summary(&plan, bytes, flip))
}

/// The size that most pages have, upright or not, in points.
fn common_size(pages: &[Page]) -> (f64, f64) {
    // Hundredths of a millimetre; a file has few different sizes.
    #[expect(clippy::cast_possible_truncation, reason = "pages are under 14400 pt")]
    let key = |(w, h): (f64, f64)| ((w / SAME).round() as i64, (h / SAME).round() as i64);
    // How often, where first, and exactly how large.
    let mut sizes = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        let entry = sizes.entry(key(page.size())).or_insert((0, number, page.size()));
        entry.0 += 1;
    }
    let most = sizes
        .values()
        .max_by_key(|(times, first, _)| (*times, std::cmp::Reverse(*first)));
    most.map_or((0.0, 0.0), |(.., size)| *size)
}

/// Whether a page lies on its side compared with the others.
fn lies(size: (f64, f64), common: (f64, f64)) -> bool {
    let wide = |(width, height): (f64, f64)| width > height + SAME;
    let high = |(width, height): (f64, f64)| height > width + SAME;
    (wide(size) && high(common)) || (high(size) && wide(common))
}

/// A page's size, stood like the others.
fn stood(page: &Page, common: (f64, f64)) -> (f64, f64) {
    let (width, height) = page.size();
    if lies(page.size(), common) { (height, width) } else { (width, height) }
}

fn same(a: (f64, f64), b: (f64, f64)) -> bool {
    (a.0 - b.0).abs() <= SAME && (a.1 - b.1).abs() <= SAME
}

fn warn_of_sizes(pages: &[Page], common: (f64, f64), sink: &mut Sink) {
    let other = pages.iter().enumerate();
    let other = other.filter(|(_, page)| !same(stood(page, common), common));
    let other: Vec<usize> = other.map(|(number, _)| number + 1).collect();
    if other.is_empty() {
        return;
    }
    let message = format!("多数页是 {}，第 {} 页不是", millimetres(common), list(&other));
    sink.report(
        Diagnostic::global(&rule::MIXED_PAGE_SIZES, message)
            .hint("不同的页居中放置；裁切以最大的页为准，请看拼好的样子是不是想要的"),
    );
}

/// The measures of all faces: cells, gutters, and the paper as it lies best.
fn measure(
    plan: &Plan,
    pages: &[Page],
    common: (f64, f64),
    request: &Request,
) -> Measures {
    let own = pages.iter().map(Page::bleed).fold(0.0, f64::max);
    let bleed = match (request.fit, request.bleed) {
        (true, _) => 0.0,
        (_, Some(bleed)) => bleed * PT,
        _ => own.min(LARGEST_BLEED),
    };
    let gutter = request.gutter.map_or(2.0 * bleed, |gutter| gutter * PT);
    let spine = match request.scheme {
        Scheme::Saddle(_) | Scheme::Booklets(..) => 0.0,
        Scheme::Gathered(_) => request.mill.map_or(2.0 * bleed, |mill| 2.0 * mill * PT),
        Scheme::Nup(..) | Scheme::CutStack(..) => gutter,
    };
    let largest_page = pages.iter().map(|page| stood(page, common));
    let cell = largest_page
        .fold((0.0_f64, 0.0_f64), |cell, size| (cell.0.max(size.0), cell.1.max(size.1)));
    let mut measures = Measures {
        paper: (0.0, 0.0),
        cell,
        gutter,
        spine,
        bleed,
        gripper: request.gripper * PT,
        caliper: request.caliper * PT,
    };
    let faces: Vec<&Face> = plan.sheets.iter().map(|sheet| &sheet.front).collect();
    let Some(sheet) = request.sheet else {
        let room = 2.0 * if request.marks { ROOM } else { 0.0 };
        let (width, height) = largest(&measures, &faces);
        measures.paper = (width + room, height + room + measures.gripper);
        return measures;
    };
    let upright = (sheet.width * PT, sheet.height * PT);
    let either = [upright, (upright.1, upright.0)];
    let way = |paper: (f64, f64)| {
        let mut measures = Measures { paper, ..measures };
        if request.fit {
            measures.cell = largest_cell(&measures, &faces);
        }
        measures
    };
    let [first, second] = either.map(way);
    let merit = |way: &Measures| {
        if request.fit {
            (way.cell.0 / common.0).min(way.cell.1 / common.1).min(1.0)
        } else {
            let (width, height) = largest(way, &faces);
            (way.paper.0 - width).min(way.paper.1 - way.gripper - height)
        }
    };
    if merit(&second) > merit(&first) { second } else { first }
}

/// What the largest face needs with its bleed, in points.
fn largest(measures: &Measures, faces: &[&Face]) -> (f64, f64) {
    let blocks = faces.iter().map(|face| measures.block(face));
    let (width, height) =
        blocks.fold((0.0_f64, 0.0_f64), |a, b| (a.0.max(b.0), a.1.max(b.1)));
    (width + 2.0 * measures.bleed, height + 2.0 * measures.bleed)
}

/// The largest cells that the paper holds.
fn largest_cell(measures: &Measures, faces: &[&Face]) -> (f64, f64) {
    let empty = Measures { cell: (0.0, 0.0), ..*measures };
    let free = (measures.paper.0, measures.paper.1 - measures.gripper);
    let cells = faces.iter().map(|face| {
        let (width, height) = empty.block(face);
        let columns = count(face.first().map_or(1, Vec::len));
        ((free.0 - width) / columns, (free.1 - height) / count(face.len()))
    });
    let (width, height) =
        cells.fold((f64::INFINITY, f64::INFINITY), |a, b| (a.0.min(b.0), a.1.min(b.1)));
    (width.max(0.0), height.max(0.0))
}

fn too_small(measures: &Measures, needed: (f64, f64)) -> Diagnostic {
    let message = format!(
        "纸张 {} 放不下拼好的版面：连出血共需 {}",
        millimetres(measures.paper),
        millimetres((needed.0, needed.1 + measures.gripper))
    );
    Diagnostic::global(&rule::SHEET_TOO_SMALL, message)
        .hint("换更大的纸（--sheet），减小 --gutter，或用 --scale fit 缩小页面")
}

/// How a page comes into its cell.
fn fit(
    page: &Page,
    common: (f64, f64),
    measures: &Measures,
    request: &Request,
) -> Fitted {
    let (width, height) = stood(page, common);
    let scale = if request.fit {
        (measures.cell.0 / width).min(measures.cell.1 / height).min(1.0)
    } else {
        1.0
    };
    let size = (width * scale, height * scale);
    Fitted {
        turned: lies(page.size(), common),
        size,
        scale,
        fills: same(size, measures.cell),
    }
}

/// How a printer must turn the paper, and whether the backs must stand on
/// their heads for that. Over the left edge is over the short edge when the
/// paper lies.
fn flip(plan: &Plan, measures: &Measures, request: &Request) -> Option<(Flip, bool)> {
    plan.sheets.first()?.back.as_ref()?;
    let natural =
        if measures.paper.0 > measures.paper.1 { Flip::Short } else { Flip::Long };
    let wanted = request.flip.unwrap_or(natural);
    Some((wanted, wanted != natural))
}

/// A size for a message.
fn millimetres((width, height): (f64, f64)) -> String {
    let mm = |points: f64| number((points / PT * 10.0).round() / 10.0);
    format!("{}×{} mm", mm(width), mm(height))
}

/// Everything that drawing a face needs.
struct Press<'a> {
    request: &'a Request,
    measures: Measures,
    pages: &'a [Page],
    fitted: &'a [Fitted],
    plates: &'a [Plate],
    lettering: Lettering<'a>,
    line_color: &'a str,
    upset_back: bool,
}

impl Press<'_> {
    fn draw(&self, plan: &Plan) -> Vec<Drawn> {
        let mut drawn = Vec::new();
        for (number, sheet) in plan.sheets.iter().enumerate() {
            let label = |side: &str| self.label(plan, number, side);
            drawn.push(self.face(&sheet.front, Some(number), &label("正面"), false));
            if let Some(back) = &sheet.back {
                drawn.push(self.face(back, None, &label("反面"), self.upset_back));
            }
        }
        drawn
    }

    fn label(&self, plan: &Plan, number: usize, side: &str) -> String {
        let name = &self.request.name;
        let (sheet, total) = (&plan.sheets[number], plan.sheets.len());
        let pages = 2 * sheet.front.iter().map(Vec::len).sum::<usize>();
        let place = match self.request.scheme {
            Scheme::Saddle(_) | Scheme::Gathered(_) => {
                format!("第 {} 帖，共 {total} 帖，{pages} 页", number + 1)
            }
            Scheme::Booklets(..) => {
                let own = plan.sheets.iter().enumerate();
                let mut own = own.filter(|(_, other)| other.booklet == sheet.booklet);
                let first = own.next().map_or(0, |(first, _)| first);
                format!("第 {} 册第 {} 帖", sheet.booklet + 1, number - first + 1)
            }
            Scheme::Nup(..) | Scheme::CutStack(..) => {
                format!("第 {} 张，共 {total} 张", number + 1)
            }
        };
        format!("{name}　{place}　{side}")
    }

    fn face(&self, face: &Face, sheet: Option<usize>, label: &str, upset: bool) -> Drawn {
        let laid = self.measures.lay(face);
        let mut content = String::new();
        let mut forms = Vec::new();
        // Writing to a string cannot fail, here and below.
        if upset {
            let (width, height) = self.measures.paper;
            let (width, height) = (number(width), number(height));
            let _ = writeln!(content, "-1 0 0 -1 {width} {height} cm");
        }
        self.pages(&laid, &mut content, &mut forms);
        if self.request.marks {
            let marks = Marks {
                line_color: self.line_color,
                folded: self.is_folded(),
                section: sheet
                    .filter(|_| matches!(self.request.scheme, Scheme::Gathered(_))),
                label,
                lettering: &self.lettering,
            };
            content += &marks.draw(&laid, &self.measures);
        }
        let seen = |area: Area| {
            let (width, height) = self.measures.paper;
            if !upset {
                return area;
            }
            Area {
                left: width - area.right(),
                bottom: height - area.top(),
                ..area
            }
        };
        Drawn {
            content,
            forms,
            trim: seen(laid.block),
            bleed: seen(laid.block.grown(self.measures.bleed)),
        }
    }

    /// The operators that place the pages of a face.
    fn pages(
        &self,
        laid: &Laid,
        content: &mut String,
        forms: &mut Vec<(String, lopdf::ObjectId)>,
    ) {
        for slot in &laid.slots {
            let Some(page) = slot.cell.page else { continue };
            let (Some(source), Some(fitted), Some(plate)) =
                (self.pages.get(page), self.fitted.get(page), self.plates.get(page))
            else {
                continue;
            };
            let cell = (slot.trim.width, slot.trim.height);
            let placed = source
                .upright(fitted.turned)
                .then(Matrix::scaled(fitted.scale))
                .then(Matrix::shifted(
                    (cell.0 - fitted.size.0) / 2.0,
                    (cell.1 - fitted.size.1) / 2.0,
                ))
                .then(Matrix::turned(if slot.cell.inverted { 180 } else { 0 }, cell))
                .then(Matrix::shifted(
                    slot.trim.left + self.measures.creep(&slot.cell),
                    slot.trim.bottom,
                ));
            let Area { left, bottom, width, height } = slot.clip;
            let clip = [left, bottom, width, height].map(number).join(" ");
            let _ = writeln!(content, "q {clip} re W n");
            for (part, (form, matrix)) in plate.iter().enumerate() {
                let name = if part == 0 {
                    format!("P{}", page + 1)
                } else {
                    format!("P{}A{part}", page + 1)
                };
                let matrix = precise(matrix.then(placed));
                let _ = writeln!(content, "q {matrix} cm /{name} Do Q");
                forms.push((name, *form));
            }
            content.push_str("Q\n");
        }
    }

    fn is_folded(&self) -> bool {
        !matches!(self.request.scheme, Scheme::Nup(..) | Scheme::CutStack(..))
    }

    fn summary(&self, plan: &Plan, bytes: Vec<u8>, flip: Option<Flip>) -> Imposed {
        let (width, height) = self.measures.paper;
        let cells = plan.sheets.iter().flat_map(|sheet| sheet.front.iter().flatten());
        let deepest = cells.map(|cell| cell.depth).max().unwrap_or(0);
        let sheet_pages =
            |sheet: &Sheet| 2 * sheet.front.iter().map(Vec::len).sum::<usize>();
        let sections = plan.sheets.iter().filter(|_| self.is_folded());
        let booklets = match self.request.scheme {
            Scheme::Booklets(..) => {
                plan.sheets.chunk_by(|a, b| a.booklet == b.booklet).collect()
            }
            _ => Vec::new(),
        };
        Imposed {
            bytes,
            pages: self.pages.len(),
            sheets: plan.sheets.len(),
            sections: sections.map(sheet_pages).collect(),
            booklets: booklets
                .into_iter()
                .map(|sheets| sheets.iter().map(sheet_pages).sum())
                .collect(),
            blanks: plan.blanks,
            paper: TrimSize::new(width / PT, height / PT),
            creep: count(deepest) * self.request.caliper,
            scale: self.fitted.iter().map(|fitted| fitted.scale).fold(1.0, f64::min),
            turned: self.fitted.iter().filter(|fitted| fitted.turned).count(),
            flip,
        }
    }
}

/// A matrix in an operator: scales need more digits than places.
fn precise(matrix: Matrix) -> String {
    let [scales @ .., _, _] = matrix.0;
    let factor = |value: f64| {
        let text = format!("{value:.6}");
        let text = text.trim_end_matches('0').trim_end_matches('.').to_owned();
        if text == "-0" { "0".to_owned() } else { text }
    };
    let shift = matrix.apply((0.0, 0.0));
    format!("{} {} {}", scales.map(factor).join(" "), number(shift.0), number(shift.1))
}
