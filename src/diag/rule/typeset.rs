//! Rules of the `typeset` stage.

rules! {
    FORMULA_SYNTAX = Error "formula-syntax",
        "公式读不懂",
        "公式用 LaTeX 写成，在 PDF 里排成公式，在 EPUB 里变成 MathML。读不懂的命令、没有配对的括号如果放过去，读者就会看到一串代码，所以在这里就报错。检查命令的拼写和花括号；编号、颜色不写在公式里：编号用 {#eq:名字}，颜色由模板决定。";
    NOTE_IN_TITLE = Error "note-in-title",
        "标题里有脚注或引文",
        "标题会在目录、书眉和书签里重复出现，而脚注和引文只能出现一次，留在标题里就会丢失或者重复。把它移到标题后的正文里。";
    LAYOUT_ERROR = Error "layout-error",
        "这里排不成版",
        "排版引擎在书稿的这个地方停了下来，常见的原因是公式的结构不完整或图片损坏。按照提示修改这个地方；如果书稿看不出问题，请检查项目自己的模板。";
    LAYOUT_WARNING = Warning "layout-warning",
        "排版引擎对这里有疑问",
        "这里排得出来，但排版引擎认为结果可能不是想要的，例如页码和引用在几轮排版后仍不稳定。查看成品的这个地方，必要时改写。";
    TEMPLATE_ERROR = Error "template-error",
        "模板有错误",
        "错误出在模板里，而不在书稿里。项目的 templates/ 文件夹可以覆盖默认模板；按照信息中的文件和行修改它，或者删去项目里的这个模板，改用默认的。";
    MISSING_GLYPH = Error "missing-glyph",
        "字体里没有这个字",
        "排好的页面上有字体画不出的字，读者看到的会是方框。换一个字，或者在版本的 fonts 设置里加入含有这个字的字体，并把字体文件放进 fonts/。";
    PDF_STANDARD = Error "pdf-standard",
        "PDF 达不到无障碍和存档标准",
        "屏幕版 PDF 同时遵守 PDF/UA-1（无障碍）和 PDF/A-2a（长期存档）。图片和公式要有替代文字，标题不能跳级，字体必须完整。按照提示补上缺少的内容。";
    OVERFULL_COVER = Warning "overfull-cover",
        "封面上的字太多",
        "封底和勒口的字排在曲线上方的一块地方，太多就会压到曲线和条码。删短 book.toml 里 [cover] 的 points、blurb、front_flap 或 back_flap，或加宽勒口（flaps）。";
}
