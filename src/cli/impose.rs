//! `kepu impose`: any PDF, laid out on sheets for folding, cutting or stacking.

use std::fmt::Write;
use std::path::Path;

use kepu::diag::{Sink, Sources};
use kepu::output;
use kepu::prepress::imposition::{
    self, Bar, Blanks, BoundAt, Flip, Fold, Grid, Imposed, Request, Scheme, Sides,
};
use kepu::project::{self, ReadError};

use super::Exit;
use super::args::{
    self, BindEdge, BlankPlace, ColorBar, FlipEdge, ImposeScale, ImposeScheme,
};
use super::build::fault;
use super::terminal::Terminal;

/// The face that names the sheets.
const LETTERS: &str = "NotoSansSC-Regular.ttf";

/// A wrong call: what is wrong, and what to do.
type Misuse = (String, String);

pub(super) fn run(arguments: &args::Impose, terminal: &Terminal) -> Exit {
    let request = match request(arguments) {
        Ok(request) => request,
        Err((message, hint)) => return terminal.wrong_usage(&message, &hint),
    };
    let file = arguments.file.display();
    let mut sink = Sink::new();
    let pdf = match project::read_file(&arguments.file) {
        Ok(pdf) => pdf,
        Err(ReadError::Missing | ReadError::Folder) => {
            return terminal.wrong_usage(
                &format!("没有 {file} 这个文件"),
                "检查文件名和所在的文件夹",
            );
        }
        Err(error) => {
            sink.report(error.diagnostic(&file.to_string(), None));
            return terminal.report(&sink, &Sources::default());
        }
    };
    let font = project::carried_font(LETTERS);
    if let Some(imposed) = imposition::impose(&pdf, &request, font, &mut sink) {
        match output::write(&arguments.output, &imposed.bytes) {
            Ok(()) => terminal.status("拼版", &summary(&imposed, &arguments.output)),
            Err(error) => sink.report(fault(&error)),
        }
    }
    let exit = terminal.report(&sink, &Sources::default());
    terminal.summary(&sink);
    exit
}

/// What is asked for, with the defaults of the scheme.
fn request(arguments: &args::Impose) -> Result<Request, Misuse> {
    let office = arguments.scheme == ImposeScheme::Office;
    let on_paper = office || arguments.scheme == ImposeScheme::Nup;
    let sheet = arguments.sheet.as_deref().or(on_paper.then_some("A4"));
    let sheet = sheet.map(|text| {
        imposition::parse_sheet(text).ok_or_else(|| {
            let hint = format!("写“宽x高”毫米数，或 {}", imposition::sheet_names());
            (format!("`--sheet` 不能是 `{text}`"), hint)
        })
    });
    let sheet = sheet.transpose()?;
    let fit = match arguments.scale {
        Some(scale) => scale == ImposeScale::Fit,
        None => on_paper,
    };
    if fit && sheet.is_none() {
        return Err((
            "`--scale fit` 要知道纸有多大".to_owned(),
            "写出 --sheet，例如 --sheet A4".to_owned(),
        ));
    }
    if arguments.output == arguments.file {
        return Err((
            "拼好的文件会覆盖原来的文件".to_owned(),
            "在 -o 之后写另一个文件名".to_owned(),
        ));
    }
    let name = arguments.file.file_name().unwrap_or_default();
    Ok(Request {
        scheme: scheme(arguments)?,
        blanks: match arguments.blank {
            BlankPlace::End => Blanks::End,
            BlankPlace::BeforeLast => Blanks::BeforeLast,
            BlankPlace::AfterFirst => Blanks::AfterFirst,
        },
        bound: match arguments.bind {
            BindEdge::Left => BoundAt::Left,
            BindEdge::Right => BoundAt::Right,
        },
        sheet,
        fit,
        bleed: arguments.bleed,
        gutter: arguments.gutter,
        mill: arguments.mill,
        caliper: arguments.caliper.unwrap_or(0.0),
        gripper: arguments.gripper.unwrap_or(0.0),
        marks: !(arguments.no_marks || on_paper),
        bar: arguments.color_bar.map(|bar| match bar {
            ColorBar::Cmyk => Bar::Process,
            ColorBar::Black => Bar::Black,
            ColorBar::None => Bar::None,
        }),
        flip: arguments.flip.map(|edge| match edge {
            FlipEdge::Long => Flip::Long,
            FlipEdge::Short => Flip::Short,
        }),
        name: name.to_string_lossy().into_owned(),
    })
}

/// The scheme, if only options that concern it were given.
fn scheme(arguments: &args::Impose) -> Result<Scheme, Misuse> {
    let bound = matches!(
        arguments.scheme,
        ImposeScheme::Saddle | ImposeScheme::Perfect | ImposeScheme::Office
    );
    let stitched = bound && arguments.scheme != ImposeScheme::Perfect;
    let strangers: [(bool, &str, &str); 6] = [
        (!stitched && arguments.booklet.is_some(), "--booklet", "saddle 和 office"),
        (bound && arguments.grid.is_some(), "--grid", "nup 和 cutstack"),
        (bound && arguments.one_sided, "--one-sided", "nup 和 cutstack"),
        (!bound && arguments.signature.is_some(), "--signature", "saddle 和 perfect"),
        (!bound && arguments.caliper.is_some(), "--caliper", "saddle 和 perfect"),
        (
            arguments.scheme != ImposeScheme::Perfect && arguments.mill.is_some(),
            "--mill",
            "perfect",
        ),
    ];
    if let Some((_, option, schemes)) = strangers.iter().find(|(wrong, ..)| *wrong) {
        let message = format!("`{option}` 在这个方案里没有意义");
        return Err((message, format!("它只用于 {schemes}；删去它，或换一个 --scheme")));
    }
    let fold = |default: Fold| match arguments.signature {
        None => Ok(default),
        Some(pages) => Fold::of(pages).ok_or_else(|| {
            let hint = "一帖可以是 4、8、16 或 32 页".to_owned();
            (format!("`--signature` 不能是 `{pages}`"), hint)
        }),
    };
    let sides = if arguments.one_sided { Sides::One } else { Sides::Two };
    Ok(match arguments.scheme {
        ImposeScheme::Saddle | ImposeScheme::Office => match arguments.booklet {
            None => Scheme::Saddle(fold(Fold::Four)?),
            Some(most) => Scheme::Booklets(fold(Fold::Four)?, most.into()),
        },
        ImposeScheme::Perfect => Scheme::Gathered(fold(Fold::Sixteen)?),
        ImposeScheme::Nup => Scheme::Nup(grid(arguments)?, sides),
        ImposeScheme::Cutstack => Scheme::CutStack(grid(arguments)?, sides),
    })
}

fn grid(arguments: &args::Impose) -> Result<Grid, Misuse> {
    const MOST: usize = 32;
    let Some(text) = &arguments.grid else { return Ok(Grid { columns: 2, rows: 2 }) };
    let number = |text: &str| {
        let number: usize = text.trim().parse().ok()?;
        (1..=MOST).contains(&number).then_some(number)
    };
    let parsed = text.split_once(['x', 'X', '×', '*']).and_then(|(columns, rows)| {
        Some(Grid { columns: number(columns)?, rows: number(rows)? })
    });
    parsed.ok_or_else(|| {
        let hint = format!("写“列x行”，例如 2x2；最多 {MOST}x{MOST}");
        (format!("`--grid` 不能是 `{text}`"), hint)
    })
}

/// What was made, in one line.
fn summary(imposed: &Imposed, output: &Path) -> String {
    let mut line = format!(
        "{}  {} 页，{} 张纸，{:.0}×{:.0} mm",
        output.display(),
        imposed.pages,
        imposed.sheets,
        imposed.paper.width,
        imposed.paper.height
    );
    // Writing to a string cannot fail.
    let mut add = |text: std::fmt::Arguments<'_>| {
        let _ = line.write_fmt(text);
    };
    let (booklets, sections) = (runs(&imposed.booklets), runs(&imposed.sections));
    if !booklets.is_empty() {
        add(format_args!("；{} 册 {booklets}", imposed.booklets.len()));
    } else if !sections.is_empty() {
        add(format_args!("；书帖 {sections}"));
    }
    match imposed.blanks {
        0 => add(format_args!("；没有空白页")),
        blanks => add(format_args!("；补了 {blanks} 个空白页")),
    }
    if imposed.creep > 0.0 {
        add(format_args!("；爬移最多补偿 {:.2} mm", imposed.creep));
    }
    if imposed.scale < 0.9995 {
        add(format_args!("；缩小到 {:.1}%", imposed.scale * 100.0));
    }
    if imposed.turned > 0 {
        add(format_args!("；{} 页横页转了 90°", imposed.turned));
    }
    match imposed.flip {
        Some(Flip::Long) => add(format_args!("；双面打印时选“长边翻转”")),
        Some(Flip::Short) => add(format_args!("；双面打印时选“短边翻转”")),
        None => {}
    }
    line
}

/// Sections in order, equal ones together: `16 页 ×5、4 页、16 页`.
fn runs(sections: &[usize]) -> String {
    let groups = sections.chunk_by(|a, b| a == b).map(|group| match group {
        [pages] => format!("{pages} 页"),
        [pages, ..] => format!("{pages} 页 ×{}", group.len()),
        [] => String::new(),
    });
    groups.collect::<Vec<_>>().join("、")
}
