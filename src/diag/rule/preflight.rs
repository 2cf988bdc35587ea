//! Preflight: what a print shop would phone about, in any PDF.
//!
//! The severities here are those of the profile `x4-coated`; a profile may
//! weigh each rule otherwise, or switch it off.

rules! {
    PDF_REPAIRED = Warning "pdf-repaired", "PDF 的交叉引用表坏了",
        "读的时候凭内容重建了它，但别的软件可能读成另一个样子。用生成它的软件重新导出，或用 qpdf 重写一遍再交印。";
    PARTLY_EXAMINED = Warning "partly-examined", "PDF 只检查了一部分",
        "文件里有损坏的、嵌套过深的或大得不合情理的内容，没有检查完。没有检查到的部分可能还有问题；重新导出通常就好了。";
    MISSING_TRIM_BOX = Error "missing-trim-box", "页面没有成品框",
        "TrimBox 告诉印厂从哪里裁切，没有它就只能猜。导出时设好成品尺寸和出血；PDF/X 要求每页都有 TrimBox 或 ArtBox。";
    TRIM_AND_ART_BOX = Error "trim-and-art-box", "页面既有成品框又有作品框",
        "PDF/X 只许有 TrimBox 和 ArtBox 中的一个，否则不知道以哪个为准。删去 ArtBox。";
    BAD_PAGE_BOX = Error "bad-page-box", "页面框套得不对",
        "成品框要在出血框里，出血框要在页面框（MediaBox）里，而且都不能是空的；否则裁切和拼版的位置会错。重新设置导出时的成品尺寸和出血。";
    MISSING_BLEED = Error "missing-bleed", "出血不够",
        "裁切有一毫米上下的误差，页边的底色和图片要伸出成品框（通常 3 毫米）才不会露白。在排版软件里设好出血，导出时选择“包括出血”。";
    EMPTY_BLEED = Error "empty-bleed", "印到页边的东西没有伸进出血",
        "出血框够大，但图片或色块正好停在裁切线上：裁偏一点就露出白边。把它拉到出血框的边上。";
    UNSAFE_MARGIN = Warning "unsafe-margin", "文字离裁切线太近",
        "离裁切线不到几毫米的文字可能被裁掉，也显得局促。把它往里移。";
    MIXED_PAGE_SIZE = Error "mixed-page-size", "各页的成品尺寸不一样",
        "一本书的内页只能有一个成品尺寸。改正尺寸不同的页；封面、折页另存为单独的文件。";
    PAGE_ROTATED = Warning "page-rotated", "页面被旋转或缩放显示",
        "/Rotate 和 /UserUnit 只影响显示，有的拼版软件不理会它，页面就会横躺或缩放。导出时让页面本身就是正的。";
    PAGE_COUNT = Warning "page-count", "页数不合装订的要求",
        "书帖由对折的纸组成，页数要是 2 或 4 的倍数（骑马订 4，无线胶装通常也按 4）。在合适的地方加空白页，比让印厂随便加在最后好。";
    FONT_NOT_EMBEDDED = Error "font-not-embedded", "字体没有嵌入",
        "印厂没有同样的字体，会换成别的字体，甚至变成乱码。导出时选择“嵌入全部字体”。";
    FONT_NOT_SUBSET = Warning "font-not-subset", "嵌入了整个字体",
        "只需要用到的字，整个中文字体会让文件大出十几兆。导出时选择“嵌入子集”。";
    TYPE3_FONT = Warning "type3-font", "用了 Type 3 字体",
        "Type 3 的字形是一段段绘图程序，没有字体提示，小字会发粗，有的制版软件处理得慢。能换成普通字体就换。";
    MISSING_GLYPH = Error "font-lacks-glyph", "文字里有缺字",
        "字体里没有这个字，印出来是空白或方框。换一种有这个字的字体。";
    RGB_COLOR = Error "rgb-color", "用了 RGB 颜色",
        "印刷机只有青、品红、黄、黑四种墨。RGB 要到制版时才转换：颜色会变，黑字会变成四色黑。导出时把颜色转换为 CMYK，黑字设为单色黑（K 100）。";
    ICC_COLOR = Warning "icc-color", "用了带特性文件的灰度、CMYK 或 Lab 颜色",
        "这样的颜色要再转换一次：单色黑可能变成四色黑，配好的 CMYK 数值会改变。直接用 DeviceGray、DeviceCMYK 或专色。";
    SPOT_COLOR = Warning "spot-color", "用了专色",
        "每一种专色多一块版、多一次墨，要多付钱。不打算用专色印，就把它转换为 CMYK；打算用，就在印制单上写明。";
    REGISTRATION_COLOR = Error "registration-color", "版心里用了套版色",
        "套版色（All）在每块版上都印，总墨量 400%，只能用于裁切线外的标记。改成单色黑或 CMYK。";
    GROUP_COLOR_SPACE = Error "group-color-space", "透明组在 RGB 里混合",
        "透明的东西先在组的色彩空间里混合。空间是 RGB 时，整组都先变成 RGB 再变成 CMYK，黑字变成四色黑。把透明混合空间设为 CMYK。";
    INK_LIMIT = Error "ink-limit", "总墨量太大",
        "一处的墨太多会干不透、蹭脏、粘页。铜版纸一般不超过 300%，胶版纸不超过 260% 上下。调浅颜色，或用总墨量受限的特性文件重新转换。";
    RICH_BLACK_TEXT = Error "rich-black-text", "黑色的字由几种墨叠成",
        "几块版只要套印差一点，小字就发虚、带彩边。正文黑字只用 K 100。";
    MULTI_INK_TEXT = Warning "multi-ink-text", "小字用了三种以上的墨",
        "套印误差约 0.1 毫米，而小字的笔画不到 0.2 毫米。小字用一种墨或两种墨，或把字放大。";
    REVERSED_TEXT = Warning "reversed-text", "多色底上的反白小字",
        "反白字的笔画是几块版共同留出的空白，套印差一点就被糊住。把字放大、加粗，或让底色只用一种墨。";
    WHITE_OVERPRINT = Error "white-overprint", "白色设成了叠印",
        "叠印的白色等于什么都不印：屏幕上看得见，印出来就消失了。把它改为镂空（不叠印）。";
    HAIRLINE = Error "hairline", "线太细",
        "细于 0.25 磅的线在印版上时断时续，反白的更糟。加粗到 0.25 磅以上。";
    LOW_IMAGE_RESOLUTION = Error "low-image-resolution", "图片分辨率太低",
        "按放置的大小算，彩图和灰度图要 300 ppi 左右，线条图要 600 以上；太低会发虚、有锯齿。换大图，或放小些。";
    TRANSPARENCY = Warning "transparency", "用了透明效果",
        "PDF/X-4 允许透明，但旧的制版流程（PDF/X-1a、X-3）会出错。按印厂的要求拼合透明，或确认它收 PDF/X-4。";
    LAYERS = Warning "layers", "有图层",
        "藏起来的图层也可能被印出来，看得见的也可能印不出来。导出时合并图层。";
    ANNOTATION_IN_PAGE = Error "annotation-in-page", "页面上有注释或链接",
        "链接、批注、表单域在印刷机上没有意义，有的会印出框来。PDF/X 不许它们落在出血框里。导出印刷版时不带链接和批注。";
    FORM_FIELD = Error "form-field", "有表单",
        "表单域的样子由软件临时画出，印出来的可能不一样。把表单拼合成普通内容。";
    PDF_ACTION = Error "pdf-action", "有脚本或动作",
        "JavaScript、打开时的动作、按钮在印刷文件里没有用处，PDF/X 不许有，也可能不安全。导出时去掉。";
    EMBEDDED_FILE = Warning "embedded-file", "里面藏着别的文件",
        "附件不会印出来，却可能泄露不该给印厂的东西。去掉附件再交印。";
    EXTERNAL_CONTENT = Error "external-content", "内容不全在文件里",
        "OPI 代用图、外部引用和 PostScript 片段要靠别的文件或旧设备，制版时会缺图。把原图放进来重新导出。";
    MISSING_RESOURCE = Error "missing-resource", "用到的东西不在文件里",
        "页面用了一种字体、一张图或一个对象的名字，文件里却没有它，印出来会缺一块。用生成它的软件重新导出。";
    TRANSFER_FUNCTION = Error "transfer-function", "带有传递函数",
        "传递函数会在制版时改变每块版的网点，印出来与看到的不一样。PDF/X 不许有。导出时不要包括传递函数。";
    HALFTONE = Warning "halftone", "自带网屏设置",
        "网屏由印厂按印版和纸来定。文件自带的设置可能被照用，出现龟纹。导出时不要包括半色调设置。";
    BAD_FUNCTION = Error "bad-function", "渐变或专色的函数有错",
        "函数给出的数与色彩空间要的数不一样多，有的制版软件会停下，有的会印成别的颜色。重新导出，或把渐变改成图片。";
    MISSING_OUTPUT_INTENT = Error "missing-output-intent", "没有输出意图",
        "输出意图说明文件是为哪种印刷条件（纸、墨、网点）准备的，没有它，CMYK 数值就没有确定的颜色。导出为 PDF/X-4，并选定印刷条件。";
    BAD_OUTPUT_PROFILE = Error "bad-output-profile", "输出意图的特性文件不对",
        "特性文件要嵌入在文件里，要是打印设备（prtr）的，色彩空间要是 CMYK，分量数要相符，并且有来回两张表。换成印厂给的 ICC 文件重新导出。";
    MISSING_PDFX = Error "missing-pdfx", "没有声明 PDF/X-4",
        "声明 PDF/X-4 的文件，印厂的软件就知道该按什么检查。导出时选 PDF/X-4；声明要写在 XMP 元数据里。";
    PDFX_CLAIM = Error "pdfx-claim", "PDF/X 的声明与内容不符",
        "声明和内容、或两处的声明互相矛盾，印厂的软件会拒收。选定一种 PDF/X 重新导出，不要手工改元数据。";
    MISSING_TRAPPED = Error "missing-trapped", "没有说明是否做过补漏白",
        "PDF/X 要求说明 Trapped 是 True 还是 False，否则印厂不知道要不要自己做补漏白。排版软件导出的一般是 False。";
    MISSING_FILE_ID = Error "missing-file-id", "没有文件标识",
        "PDF/X 要求文件尾有 /ID，改稿以后印厂靠它分清哪一份是哪一份。重新导出，不要用会删去它的工具。";
    MISSING_TITLE = Error "pdf-without-title", "元数据里没有书名",
        "PDF/X-4 要求 XMP 元数据有 dc:title，印厂的作业单也用它。在文件属性里填上书名。";
    MISSING_DATE = Error "pdf-without-date", "元数据里没有日期",
        "PDF/X-4 要求 XMP 元数据写明创建、修改和元数据的日期。用会写这些日期的软件重新导出。";
    BAD_METADATA = Error "bad-metadata", "元数据坏了",
        "XMP 元数据不是合格的 XML，软件读不到书名和 PDF/X 的声明。重新导出。";
    BARCODE_SIZE = Error "barcode-size", "条码的大小或颜色不对",
        "EAN-13 条码的放大系数要在 0.80 到 2.00 之间（GB/T 12906），条要用单色黑印，否则收银台扫不出来。放大条码，不要用四色黑。";
}
