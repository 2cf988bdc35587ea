//! Rules of the `project` stage.

rules! {
    NOT_UTF8 = Error "not-utf8", "文本文件不是 UTF-8 编码",
        "所有文字文件都用 UTF-8 编码，这样在任何电脑上读出来都一样。\
         旧版记事本存的文件可能是 GBK。用编辑器打开，选“另存为”，编码选 UTF-8。";
    TOML_SYNTAX = Error "toml-syntax", "TOML 文件写法有误",
        "TOML 文件一行写一项：名字 = 值。文字放在英文双引号里，列表放在方括号里，\
         日期和数字不加引号。按提示改正标出的地方；其余各项照样检查。";
    UNKNOWN_KEY = Error "unknown-key", "不认识的设置项",
        "写错的设置项如果被忽略，作者会以为它生效了，印出来才发现。\
         所以不认识的名字一律报错，并给出最接近的一个。改正名字，或删去这一行。";
    WRONG_TYPE = Error "wrong-type", "设置项的值类型不对",
        "每一项都有自己的写法：文字加英文双引号，数字和日期不加引号，列表放在方括号里。\
         按提示改写。";
    MISSING_KEY = Error "missing-key", "缺少必填项",
        "书名和各章的清单没有默认值，必须写出。作者写成表时要有姓名，部分要有标题。";
    EMPTY_VALUE = Error "empty-value", "设置项是空的",
        "空的书名、姓名或清单会在书上留下空白。写上内容，或删去这一项以使用默认值。";
    MISSING_FILE = Error "missing-file", "找不到文件",
        "书里引用的文件必须都在书的文件夹里。检查文件名的拼写和大小写：\
         在 Windows 和 macOS 上大小写不同也能打开，在别的电脑上就找不到了。";
    PATH_OUTSIDE = Error "path-outside", "路径通向书的文件夹之外",
        "一本书的全部内容都在自己的文件夹里，复制到别处仍能做出同样的书；\
         别人给的书稿也就不能读走电脑上的其他文件。把文件复制进来，再用相对路径引用。";
    PATH_BACKSLASH = Error "path-backslash", "路径里有反斜线",
        "反斜线只在 Windows 上是路径的分隔符。写成斜线，在各种系统上都能用。";
    LISTED_TWICE = Error "listed-twice", "同一内容列了两次",
        "同一章在书里出现两次，编号、引用和索引都会指向不明的一处。\
         每个文件、每种自动生成的部分在 book.toml 里只列一次。";
    CHAPTERS_TWICE = Error "chapters-twice", "chapters 和 [[parts]] 同时出现",
        "不分部分的书用 chapters 列出各章，分部分的书把各章写在 [[parts]] 里。\
         两种都写，先后次序就不清楚了。只留一种。";
    UNKNOWN_PIECE = Error "unknown-piece", "不认识的文前、文后部分",
        "front 和 back 里可以写自动生成的部分（封面、书名页、版权页、目录、术语表、索引等，\
         中英文名字都行），也可以写 .md 文件。";
    UNKNOWN_VALUE = Error "unknown-value", "设置项没有这个值",
        "这一项只能从几个值里选一个。提示里列出了全部可用的值。";
    UNKNOWN_EDITION = Error "unknown-edition", "没有这个版本",
        "extends 和 page_list_of 要写一个已有版本的名字。标准版本有 screen、print、\
         print-cover、large-print、epub、large-print-epub，加上 book.toml 里自己定义的版本。";
    EDITION_CYCLE = Error "edition-cycle", "版本的 extends 绕成了圈",
        "版本用 extends 从另一个版本继承设置。如果绕一圈又回到自己，就没有起点了。\
         标准版本 print、large-print 和 epub 本来就继承 screen，\
         所以 screen 不能再继承它们。";
    BAD_NAME = Error "bad-name", "不能作文件名的名字",
        "slug 和版本名会成为输出文件名的一部分。只用字母、数字、连字符和下划线，\
         在各种系统和网址里才都安全。";
    SAME_OUTPUT = Error "same-output", "两个版本写同一个文件",
        "输出文件名由 slug 和版本名组成；两个版本的文件名相同（不计大小写），\
         后做的会盖掉先做的。给其中一个换名字。";
    BAD_TRIM = Error "bad-trim", "不认识的成品尺寸",
        "成品尺寸是裁切后的书页大小，写通行的名字（A5、16开、大32开等），\
         或写宽×高的毫米数，例如 148x210 mm。同一个开本名在各地可能尺寸不同，\
         以印刷厂给的毫米数为准。";
    BAD_LENGTH = Error "bad-length", "长度不合适",
        "页边和出血写毫米，字号和行距写磅或字号名（五号 = 10.5 磅）。\
         负数、太大或太小的数都不能排版；行距不能小于字号，否则上下行会重叠。";
    NO_TYPE_AREA = Error "no-type-area", "版心太小",
        "版心是书页除去四边空白后放文字的地方，至少要能放十个字宽、六行高。\
         减小页边或字号，或换大一些的成品尺寸。不写 margins 时，页边由成品尺寸和字号算出。";
    BAD_ISBN = Error "bad-isbn", "书号有误",
        "书号（ISBN）有 13 位，以 978 或 979 开头，末位是由前 12 位算出的校验码。\
         校验码不对，说明有一位写错了；印错书号的书无法入库销售。";
    INTERNAL_PUBLICATION = Error "internal-publication", "与出版性质不符的项目",
        "内部资料性出版物（kind = \"internal\"）不得定价，也没有书号，\
         封面要印“内部资料，免费交流”和完整的准印证号。\
         公开出版的书和网络读物没有准印证号。删去不合的那一项，或改 kind。";
    MISSING_PERMIT = Warning "missing-permit", "内部资料没有准印证号",
        "内部资料性出版物要先向主管部门领取准印证，完整的编号印在封面上。\
         拿到后写成 permit = \"…\"；没有准印证号就不要开印。";
    UNKNOWN_PAPER = Warning "unknown-paper", "不知道纸有多厚",
        "书脊的宽度由页数和纸厚算出；纸厚 = 克重 × 松厚度 ÷ 1000（毫米）。\
         程序认得常用的纸名；别的纸请写 bulk（松厚度，立方厘米/克）或 caliper（单张厚度，毫米），\
         也可以在封面版本里直接写印刷厂量好的 spine。";
    BAD_DATE = Error "bad-date", "出版日期有误",
        "日期写成 2026-11-23，不加引号。版权页、电子书和压缩包里的时间都取自它，\
         所以同一份书稿每次都做出一样的文件；压缩包只能记 1980 到 2107 年。";
    MISSING_DATE = Warning "missing-date", "没有写出版日期",
        "各版本里的日期都取自 book.toml 的 date，而不取自电脑的时钟，\
         这样同一份书稿每次都做出一样的文件。没有写时暂用 1980-01-01。";
    BAD_LANGUAGE = Error "bad-language", "不是语言代码",
        "language 写国际通用的语言代码，简体中文是 zh-CN。\
         朗读软件靠它选择发音，电子书靠它选择字形。";
    BAD_IDENTIFIER = Error "bad-identifier", "标识符有误",
        "identifier 是这部作品永远不变的名字，写成 urn:isbn:…、urn:uuid:… 或网址。\
         阅读器靠它认出同一本书的新版本。不写时由 slug 和书名算出。";
    MISSING_FONT = Error "missing-font", "找不到字体",
        "书里用的字体都在 fonts/ 文件夹或程序里，这样在每台电脑上排出的书都一样。\
         名字要写字体族名（kepu fonts 列出全部）。确实要用系统字体，写 system_fonts = true。";
    BROKEN_FONT = Error "broken-font", "字体文件损坏",
        "fonts/ 里的这个文件读不出字体，可能没有下载完整，或只是改了扩展名。\
         重新下载，或删去它。";
    UNCOVERED_CHARACTER = Error "uncovered-character", "字体里没有的字",
        "没有字形的字会印成方框或空白，纸书印出来就改不了了，所以在排版之前检查。\
         换成常用的写法，或在 fonts/ 里加一个有这个字的字体，写进版本的 fonts。";
}
