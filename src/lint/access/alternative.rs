//! Words for what is seen or heard (WCAG 1.1.1, 1.2.1).

use crate::book::{Block, BlockKind, Figure, FigureContent, plain_text};
use crate::diag::rule::lint as rule;
use crate::diag::{Diagnostic, Sink};

/// More than a voice reads at one go; what is longer belongs beside the picture.
pub(crate) const LONGEST: usize = 250;

/// Checks the words of a figure or a formula.
pub(super) fn check(block: &Block, sink: &mut Sink) {
    match &block.kind {
        BlockKind::Figure(figure) => {
            of_figure(figure, sink);
            let silent =
                figure.description.as_ref().is_none_or(|text| text.trim().is_empty());
            if let FigureContent::Media { span, .. } = &figure.content
                && silent
            {
                let message = "声音或影片没有文字稿";
                let found = Diagnostic::new(&rule::MEDIA_WITHOUT_TEXT, *span, message);
                sink.report(found.hint("用 desc=\"…\" 写出里面说了什么、看到了什么"));
            }
        }
        BlockKind::Equation(equation) if equation.alt.contains('\\') => {
            let message = "公式的读法里有 LaTeX 代码，念出来听不懂";
            let found = Diagnostic::new(&rule::POOR_ALTERNATIVE, block.span, message);
            sink.report(found.hint("按人说话的样子写，例如“S 等于圆周率乘以 r 的平方”"));
        }
        _ => {}
    }
}

fn of_figure(figure: &Figure, sink: &mut Sink) {
    let Some(alt) = &figure.alt else { return };
    let text = alt.value.trim();
    let report = |message: String, hint: &str, sink: &mut Sink| {
        let found = Diagnostic::new(&rule::POOR_ALTERNATIVE, alt.span, message);
        sink.report(found.hint(hint));
    };
    let length = text.chars().count();
    if is_placeholder(text) {
        let message = format!("替代文字“{text}”没有说出图里看到了什么");
        report(message, "用一两句话写出图里的内容", sink);
    } else if repeats(text, &plain_text(&figure.caption)) {
        let message = "替代文字照抄了图题，看不见图的读者会听到两遍同样的话".to_owned();
        report(message, "替代文字写图里看到了什么，图题写要说明什么", sink);
    } else if length > LONGEST {
        let message = format!("替代文字有 {length} 字，听着记不住");
        report(message, "留下一两句，其余写进 desc", sink);
    }
    if figure.description.as_ref().is_some_and(|told| told.trim() == text) {
        let message = "详细说明照抄了替代文字，听起来只是重复".to_owned();
        report(
            message,
            "desc 写替代文字里没有的：各部分、数和走势；没有可写的就不写",
            sink,
        );
    }
}

/// A file name, or a word that any picture could bear.
pub(crate) fn is_placeholder(alt: &str) -> bool {
    const EXTENSIONS: &[&str] =
        &[".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif", ".toml"];
    const WORDS: &[&str] = &[
        "图",
        "图片",
        "图像",
        "图表",
        "照片",
        "插图",
        "示意图",
        "如图",
        "见图",
        "image",
        "picture",
        "figure",
        "img",
        "photo",
    ];
    let lower = alt.trim().to_lowercase();
    let bare = lower.trim_end_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || "-–—.．_。".contains(c)
    });
    EXTENSIONS.iter().any(|extension| lower.ends_with(extension)) || WORDS.contains(&bare)
}

/// Whether an alternative says no more than the caption does.
pub(crate) fn repeats(alt: &str, caption: &str) -> bool {
    let letters =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let (alt, caption) = (letters(alt), letters(caption));
    // A caption that is taken from a page begins with the figure's number.
    let number = |c: char| c == '图' || c.is_ascii_digit();
    !caption.is_empty()
        && (alt == caption
            || alt.trim_start_matches(number) == caption.trim_start_matches(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_told_from_words() {
        for alt in ["图片", "图 3-2", "co2.PNG", "Figure 1"] {
            assert!(is_placeholder(alt), "{alt}");
        }
        assert!(!is_placeholder("图中一大一小两个圆"));
    }

    #[test]
    fn captions_are_known_again_behind_their_number() {
        assert!(repeats("大圆的面积，是小圆的四倍", "图 1-1 大圆的面积是小圆的四倍"));
        assert!(!repeats("两个圆", "") && !repeats("两个圆", "大圆的面积"));
    }
}
