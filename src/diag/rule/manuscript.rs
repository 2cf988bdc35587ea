//! Rules of the `manuscript` stage.

rules! {
    BAD_HEADER = Error "bad-header", "章的头部写法有误",
        "每个章文件可以用两行 +++ 之间的 TOML 开头，写短书名、本章要回答的问题、主体和作者。头部没有结束、用了别的格式或别的值，后面的正文就会被当成头部，或者设置不起作用。按提示改正，不需要头部时整段删去即可。";
    CONTROL_CHARACTER = Error "control-character", "文中有不能排印的字符",
        "控制字符看不见，也没有字体能排，多半是从网页、PDF 或旧文档粘贴时带进来的；U+FFFD 表示原来的字已经在转换时丢了。删去它们，丢失的字按原文补上。";
    MISSING_TITLE = Error "missing-title", "章没有标题",
        "目录、书眉和章首页都要用章的标题。每个章文件的正文要以一行“# 标题”开头。";
    SECOND_TITLE = Error "second-title", "一章有两个一级标题",
        "一个文件是一章，一级标题就是章名，只能有一个。把多出来的一级标题改成二级，或者把那部分另存为一个文件，列进 book.toml。";
    TEXT_BEFORE_TITLE = Error "text-before-title", "章标题之前有内容",
        "章的一切内容都排在章标题之后，写在标题之前的文字没有地方可放。把它移到标题后面；章的设置写在 +++ 之间的头部里。";
    EMPTY_HEADING = Error "empty-heading", "标题没有文字",
        "空标题会在目录里留下空行，读屏软件也读不出来。写上标题，或删去这一行。";
    HEADING_WITHOUT_SPACE = Error "heading-without-space", "# 后面缺少空格",
        "Markdown 的标题在 # 和文字之间要有一个空格，少了空格就只是一行普通文字，# 也会印出来。补上空格；如果真要印出 #，在前面加反斜线。";
    HEADING_SKIPS_LEVEL = Error "heading-skips-level", "标题跳级",
        "标题的级别说明内容的层次：二级之下才有三级。跳级会使编号出现 1.0.1 这样的号码，也不合无障碍标准。把标题改到相邻的一级。";
    HEADING_TOO_DEEP = Error "heading-too-deep", "标题层次太多",
        "本书的标题最多到四级，再深的层次读者已经分辨不出。合并层次，或把最末一级改成加粗的一行文字。";
    MISPLACED_HEADING = Error "misplaced-heading", "标题放在了不该有标题的地方",
        "列表、引用、提示框和注里的标题不属于章的层次，编号和目录都无法处理。把标题移到外面，或改成加粗的一行；提示框的标题写在 :::名称 之后。";
    BAD_ATTRIBUTES = Error "bad-attributes", "属性写法有误",
        "标题、图、表题和公式之后可以写 {#标识符 .类 键=\"值\"}。值里有空格时要用英文直双引号括起来，花括号和引号都要成对。写错的属性不会起作用，所以报告为错误。";
    UNKNOWN_ATTRIBUTE = Error "unknown-attribute", "不认识的属性",
        "写错名字的属性不会起作用，比如 alt 写成 atl 就等于没有替代文字。按提示改成正确的名字，或删去它。";
    FULL_WIDTH_MARK = Error "full-width-mark", "标记用了全角符号",
        "书稿里的标记（:::、#、[@…]、[[…]]、{…}）都用英文半角符号。开着中文输入法打出的全角符号看上去一样，却只是普通的字，会照样印出来。按提示换成半角即可。";
    BAD_LABEL = Error "bad-label", "标识符不合规则",
        "标识符供引用使用，以种类开头：章节 sec:、图 fig:、表 tbl:、公式 eq:，其后只用英文字母、数字、- 和 _，这样“见@fig:co2所示”才知道标识符在哪里结束。";
    DUPLICATE_LABEL = Error "duplicate-label", "标识符重复",
        "一个标识符在全书中只能用一次，否则引用不知道指哪一个。给其中一个换个名字，并改掉对它的引用。";
    RAW_HTML = Error "raw-html", "稿件里有 HTML",
        "同一份稿件要做成印刷 PDF 和电子书，HTML 只对网页有意义，在纸上会丢失。上下标、注音、图、表和提示框都有自己的写法，按提示改写即可。HTML 注释可以保留，不会印出来。";
    REMOTE_IMAGE = Error "remote-image", "图取自网上",
        "网上的图随时会变、会消失，印刷也需要原图。确认许可后下载到书的文件夹里，再写相对路径。";
    INLINE_IMAGE = Error "inline-image", "图夹在文字里",
        "图有题注和编号，要独占一段。在图的前后各空一行；行内的小符号请直接使用字符。";
    UNKNOWN_FIGURE_FORMAT = Error "unknown-figure-format", "不认识的图片格式",
        "能用的图片有 PNG、JPEG、WebP、SVG，音像有 MP4、WebM、MP3、M4A，图表写成 .toml。其他格式请先转换。";
    MISSING_CAPTION = Error "missing-caption", "图或表题没有文字",
        "题注告诉读者要看什么，图目录和引用也用它。在 ![ ] 或“表：”之后写上题注。";
    MISSING_ALT = Error "missing-alt", "图没有替代文字",
        "看不见图的读者靠替代文字知道图上有什么，无障碍 PDF 和电子书都要求它。加上 {alt=\"…\"}，或写在图旁的 .toml 文件里；一两句话，说内容而不说“如图”。";
    MISSING_CREDIT = Warning "missing-credit", "图没有注明来源或许可",
        "出版物里的每幅图都要说清来自哪里、凭什么许可使用。加上 {source=\"…\" licence=\"…\"}，或写在图旁的 .toml 文件里；自己画的也要写明。";
    UNKNOWN_DIRECTIVE = Error "unknown-directive", "不认识的 ::: 块",
        "::: 之后的名称决定这是哪一种提示框。可用的有要点、案例、数据、政策、辟谣、动手做、想一想、提示、注意，以及自测和仅；名称和标题之间要有空格。";
    UNCLOSED_DIRECTIVE = Error "unclosed-directive", "::: 块没有结束",
        "每个 ::: 块都要用一行单独的 ::: 结束，否则后面的正文全会排进框里。块里再放块时，外面的一层多写几个冒号。";
    STRAY_DIRECTIVE_END = Error "stray-directive-end", "多出来的 :::",
        "这一行 ::: 没有对应的开头，多半是前面的块已经结束，或开头写漏了名称。删去它，或补上开头。";
    MISPLACED_DIRECTIVE = Error "misplaced-directive", "::: 块放错了地方",
        "::: 块要从行首开始，不能放在列表、引用或注里，那样排不出框来。把它移到列表或引用之外。";
    BAD_DIRECTIVE = Error "bad-directive", "::: 块的写法有误",
        "提示框要有内容；自测不带标题；“仅”要写明条件，如 :::仅 editions=print 或 audience=农村。";
    UNKNOWN_CONDITION = Error "unknown-condition", "条件里的版本不存在",
        "“仅”块只排进所列的版本。写错版本名，这段内容就哪里也不会出现。版本名可用 kepu editions 查看。";
    BAD_QUIZ = Error "bad-quiz", "自测的写法有误",
        "自测由题目组成：先写一段题目，再用 - [ ] 和 - [x] 列出选项（[x] 是正确的），之后可以写一段“解析：”。少了任何一样，书末的答案就排不出来。";
    UNCLOSED_TERM = Error "unclosed-term", "术语标记不完整",
        "术语写成 [[碳汇]]，文中换个说法时写成 [[碳汇|森林碳汇]]。括号不成对或里面没有词，链接和索引就无从建立。";
    UNCLOSED_FORMULA = Error "unclosed-formula", "公式没有结束",
        "行内公式写在 $…$ 之间，独立公式写在 $$…$$ 之间，里面不能有空行，紧贴美元符号的地方不能有空格。要印出美元符号时写成 \\$。";
    MISPLACED_FORMULA = Error "misplaced-formula", "独立公式夹在文字里",
        "$$…$$ 是单独占行的公式，要独占一段，才能居中和编号。夹在文字里的公式用 $…$。";
    BAD_CITATION = Error "bad-citation", "引文写法有误",
        "引文写成 [@键]，几种文献用分号隔开，页码跟在逗号后面：[@a; @b, p. 12]。键在 book/references.yml 里。";
    BAD_REFERENCE = Error "bad-reference", "引用写法有误",
        "引用书中内容写成 @sec:、@fig:、@tbl: 或 @eq: 加标识符，用英文冒号。标识符由英文字母、数字、- 和 _ 组成，遇到汉字或标点就结束。";
    BAD_LINK = Error "bad-link", "链接的地址不能用",
        "书里的链接要在纸上和电子书里都有意义，所以写完整的网址，以 https:// 开头。书中内容用 @sec:、@fig: 引用；脚本和本机文件的地址不能出现在书里。";
    UNDEFINED_NOTE = Error "undefined-note", "注没有注文",
        "正文里有注号 [^名称]，却没有对应的注文。在同一章另起一段写 [^名称]: 注文。";
    UNUSED_NOTE = Error "unused-note", "注文没有用到",
        "写了注文而正文里没有注号，这条注就不会出现在书里。补上注号 [^名称]，或删去注文。";
    DUPLICATE_NOTE = Error "duplicate-note", "注有两份注文",
        "同一章里两条注用了同一个名称，只有一条会出现。给其中一条换个名称。";
    NESTED_NOTE = Error "nested-note", "注里有注",
        "注文里再加注，纸上和电子书里都没有地方放。把内容并入这条注，或写进正文。";
    INDENTED_CODE = Error "indented-code", "行首的空格把正文变成了代码",
        "Markdown 把行首有四个空格的段落当作代码。段首缩进两字由版式决定，稿件里不用空格。真要写代码，用 ``` 围起来。";
    UNCLOSED_CODE = Error "unclosed-code", "代码块没有结束",
        "以 ``` 开始的代码块要用另一行 ``` 结束，否则后面的正文全会变成代码。";
    UNSUPPORTED_MARKUP = Error "unsupported-markup", "书里用不上的标记",
        "删除线、链接的提示标题、下划线式的标题在纸上没有对应的样子，默默丢掉会使稿件和书不一致，所以要求改写。";
    NESTING_TOO_DEEP = Error "nesting-too-deep", "嵌套得太深",
        "引用里套列表、列表里再套引用，层次过深时版面排不下，读者也读不明白，多半是写错了符号。减少层次。";
    TABLE_COLUMNS = Error "table-columns", "表格的格数不对",
        "一行的格子比表头多，多出来的会丢失。检查竖线的个数；单元格里面的竖线要写成 \\|，例如 [[碳汇\\|森林碳汇]]。";
    ORPHAN_CAPTION = Error "orphan-caption", "表题旁边没有表格",
        "“表：题注”要紧挨在表格的前面或后面，中间最多一个空行。表格另外要有一行 |---|---| 才会被认作表格。";
    INCOMPLETE_TERM = Error "incomplete-term", "词条不完整",
        "术语表按拼音排序，向读者解释词义，所以每个词条都要有 zh、pinyin 和 def。只进索引的词写 index_only = true，可以没有 def。";
    DUPLICATE_TERM = Error "duplicate-term", "词条重复",
        "同一个词（或别名）出现在两个词条里，链接就不知道指哪一个。合并词条，或删去重复的别名。";
    BAD_QUESTION = Error "bad-question", "题库里的题目写法有误",
        "book/quiz.toml 里每道题要有 type（single、multi、tf）、q 和 answer；选择题另有 options，答案用字母；判断题的答案写 T 或 F。题号不能重复。";
}
