//! Rules of the `resolve` stage.

rules! {
    UNDEFINED_REFERENCE = Error "undefined-reference",
        "交叉引用的目标不存在",
        "正文用“@fig:…”“@tbl:…”“@sec:…”“@eq:…”引用图、表、章节和公式，编号由程序排定。\
         目标不存在时读者会看到一个空引用。请检查标识的拼写，或在目标处写上“{#标识}”。";
    UNREFERENCED_FIGURE = Warning "unreferenced-figure",
        "正文没有提到的图",
        "图应当与文字呼应：读者要在正文里知道何时看图、看什么。\
         请在图附近的正文中用“@fig:…”提到它，或者删去这幅图。";
    UNDEFINED_TERM = Error "undefined-term",
        "用到的术语不在术语表中",
        "“[[术语]]”把正文连到术语表的词条，并进入索引。词条不存在时链接落空。\
         请在 book/glossary.toml 中添加词条，或把它写成已有词条的别名。";
    UNUSED_TERM = Warning "unused-term",
        "术语表中的词条在书中没有用到",
        "术语表是给正文作解释的，书中没有出现的词条只会占去读者的时间。\
         请在正文中用到它，或从 book/glossary.toml 中删去。";
    FORBIDDEN_TERM = Warning "forbidden-term",
        "用了本书约定不用的写法",
        "同一个概念全书只用一种写法，读者才不会以为是两回事。\
         词条的 forbidden 列出了不用的写法。请改成词条本身的写法。";
    UNDEFINED_CITATION = Error "undefined-citation",
        "引用的文献不在文献库中",
        "“[@键]”引用 book/references.yml 中的条目。键不存在时参考文献表里没有这一条。\
         请检查键的拼写，或在文献库中添加条目。";
    UNCITED_REFERENCE = Warning "uncited-reference",
        "文献库中有没有引用的条目",
        "参考文献表只列出书中引用过的文献，没有引用的条目不会印出来。\
         请在用到它的地方引用，或从 book/references.yml 中删去。";
    BAD_REFERENCES_FILE = Error "bad-references-file",
        "文献库的格式不对",
        "book/references.yml 是 Hayagriva 格式的 YAML：每个条目以键开头，下面缩进写 type、title、author、date 等。\
         请按提示的位置改正；一个条目写坏不影响检查其他条目。";
    DUPLICATE_REFERENCE_KEY = Error "duplicate-reference-key",
        "文献库中有相同的键",
        "键用来在正文中引用文献，必须唯一，否则不知道引用的是哪一条。\
         请给其中一条换个键，并改动引用它的地方。";
    DUPLICATE_REFERENCE = Warning "duplicate-reference",
        "文献库中有两条指向同一文献",
        "两个条目的网址或 DOI 相同，多半是同一文献录了两遍，参考文献表里会出现两个号。\
         请合并成一条，并改动引用它的地方。";
    INCOMPLETE_REFERENCE = Warning "incomplete-reference",
        "文献条目缺少必需的项目",
        "GB/T 7714 要求每条文献至少有题名，网页还要有网址和引用日期，读者才找得到它。\
         请在 book/references.yml 中补上所缺的项目。";
    UNKNOWN_REFERENCE_FIELD = Warning "unknown-reference-field",
        "文献条目中有不认识的项目",
        "不认识的项目不会印出来：拼错的项目名会让内容不声不响地丢掉。\
         请改成 Hayagriva 的项目名；期刊名和书名写在 parent 的 title 里，自己看的说明写在 note 里。";
    BAD_CITATION_STYLE = Error "bad-citation-style",
        "引文样式文件不能用",
        "citation_style 指向的文件要是一个独立的 CSL 1.0 样式（<style> 中有 <citation> 和 <bibliography>）。\
         请换一个样式文件，或改用内置的 gb-7714-2025-numeric。";
    TARGET_LEFT_OUT = Warning "target-left-out",
        "引用所指的内容不在这个版本中",
        "图、表、公式或小节写在 :::仅 块里时，只有部分版本有它。别的版本若仍写着“见图 1-1”，\
         读者就找不到。把这处引用也放进同样条件的 :::仅 块，或换一种不点名的说法。";
    MISSING_BACK_PIECE = Warning "missing-back-piece",
        "文后缺少书中要用的部分",
        "书中有引文就要有参考文献表，有自测题就要有答案，否则链接无处可去。\
         程序已把它排在文后的末尾；请在 book/book.toml 的 back 中写明它的位置。";
}
