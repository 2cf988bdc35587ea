//! From pages and a request to finished sheets: placing every page, drawing the
//! marks.

use std::fmt::Write;

use lopdf::Document;

use super::fitting::{
    Fitted, common_size, fit, largest, measure, millimetres, warn_of_sizes,
};
use super::layout::{Area, Laid, Measures, count};
use super::lettering::Lettering;
use super::marks::{Bar, Marks, number};
use super::matrix::Matrix;
use super::paper::PT;
use super::scheme::{Face, Plan, Scheme, Sheet, plan};
use super::source::{Forms, Page, Plate, group};
use super::writer::{Drawn, Flip, has_four_plates, write};
use super::{Imposed, Request, rule};
use crate::diag::{Diagnostic, Sink, rule::machine};
use crate::edition::TrimSize;
use crate::prepress::preflight::prints_in_color;

/// Places all pages and writes the sheets.
pub(super) fn run(
    mut document: Document,
    pages: &[Page],
    request: &Request,
    font: Option<&[u8]>,
    pdf: &[u8],
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
    let is_process = has_four_plates(&document);
    let bar = request.bar.unwrap_or_else(|| match is_process {
        // No mark makes a plate that no page needs.
        true if request.marks && !prints_in_color(pdf) => Bar::Black,
        true => Bar::Process,
        false => Bar::None,
    });
    let on_all = is_process && bar != Bar::Black;
    let line_color = if on_all { "/All CS 1 SCN" } else { "0 G" };
    let press = Press {
        request,
        measures,
        pages,
        fitted: &fitted,
        plates: &plates,
        lettering: Lettering::new(font),
        line_color,
        bar,
        upset_back: flip.is_some_and(|(_, upset)| upset),
    };
    let drawn = press.draw(&plan);
    let flip = flip.map(|(flip, _)| flip);
    let bytes =
        match write(document, drawn, measures.paper, forms.group.as_ref(), flip, pdf) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("拼好的 PDF 写不出来：{error}");
                sink.report(Diagnostic::global(&machine::PREPRESS_FAILED, message));
                return None;
            }
        };
    Some(press.summary(&plan, bytes, flip))
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

/// Everything that drawing a face needs.
struct Press<'a> {
    request: &'a Request,
    measures: Measures,
    pages: &'a [Page],
    fitted: &'a [Fitted],
    plates: &'a [Plate],
    lettering: Lettering<'a>,
    line_color: &'a str,
    bar: Bar,
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
                bar: self.bar,
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
