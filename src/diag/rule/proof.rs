//! Rules of the EPUB inspection (`epub::proof`).

rules! {
    UNREADABLE = Error "epub-unreadable",
        "EPUB 打不开或读不懂",
        "EPUB 是一个 zip 包：第一个文件是未压缩的 mimetype，META-INF/container.xml 指出包文件，每个正文文件都是合格的 XML。\
         任何一处不对，阅读器都可能整本打不开。按提示的位置改正后重新打包。";
    LANGUAGE = Error "epub-language",
        "没有写明语言",
        "屏幕阅读器按 lang 和 xml:lang 选择语音：没有它们，中文会用英语的读音念出来（WCAG 3.1.1）。\
         包文件要有 xml:lang 和 dc:language，每个正文文件的 html 元素两个属性都要写，并且相同。";
    TITLE = Error "epub-title",
        "没有标题",
        "读者在窗口、书架和屏幕阅读器里靠标题知道自己在哪里（WCAG 2.4.2）。每个文件的 title 写本章的标题。";
    HEADINGS = Error "epub-headings",
        "标题的层级跳了级或标题是空的",
        "用屏幕阅读器的读者按标题的层级跳着读（WCAG 1.3.1、2.4.6）。从 h1 跳到 h3，他们会以为漏了一节；空标题读不出来。\
         层级一级一级往下，要大要小由样式表决定。";
    ALTERNATIVE = Error "epub-alternative",
        "图、公式或影音没有替代文字",
        "看不见、听不到的读者靠替代文字知道内容（WCAG 1.1.1、1.2.1）。图写 alt，SVG 写 title，公式写 alttext，影音写 aria-label；\
         只作装饰的图写 alt=\"\" 或 aria-hidden=\"true\"，让语音跳过。";
    POOR_ALTERNATIVE = Warning "epub-poor-alternative",
        "替代文字没有说出内容",
        "文件名、“图片”这样的字眼、照抄图题、LaTeX 代码，念出来都没有用；太长又让人记不住。\
         替代文字用一两句话写出图里看到了什么，复杂的图另写详细说明。";
    TABLE = Error "epub-table",
        "表没有表头，或表头没有说明管行还是管列",
        "屏幕阅读器念到一个数时，会先念它的行名和列名；没有 th 和 scope，听到的只是一串数（WCAG 1.3.1）。\
         各列的名称写成 <th scope=\"col\">，各行的名称写成 <th scope=\"row\">。";
    NOTE = Error "epub-note",
        "注号与注对不上",
        "弹出注释要注号指到注，注里有回到正文的链接，两头都不能落空；多出来的注没有人能读到。\
         注号写 epub:type=\"noteref\" role=\"doc-noteref\"，注写 epub:type=\"footnote\" role=\"doc-footnote\"。";
    LINK = Error "epub-link",
        "链接的目标不存在",
        "点了没有反应的链接会让读者以为阅读器坏了。检查文件名和 # 后的标识。";
    LINK_PURPOSE = Error "epub-link-purpose",
        "链接没有说出通向哪里",
        "屏幕阅读器可以把一页里的链接列成单子，单独念出“这里”“更多”没有意义（WCAG 2.4.4）。链接文字写目标的名称。";
    DUPLICATE_ID = Error "epub-duplicate-id",
        "同一个文件里有相同的标识",
        "标识相同的元素，链接只能跳到其中一个，朗读时也会张冠李戴。给其中一个换名，并改动指向它的链接。";
    ROLE = Error "epub-role",
        "有 epub:type，没有相应的 role",
        "epub:type 给阅读器看，role 给屏幕阅读器看。只写前者，读者听不出这是注、术语还是换页处。两个都要写。";
    PRIVATE_CHARACTER = Error "epub-private-character",
        "有私用区字符或替换字符",
        "私用区的字只有特定的字体认得，换一种字体就是方框，语音也念不出来；U+FFFD 说明转换时丢了字。请换成通用的字。";
    PLAYER = Error "epub-player",
        "影音自动播放或没有控制按钮",
        "突然响起的声音会盖过屏幕阅读器（WCAG 1.4.2）。影音由读者开始和停止：不写 autoplay，写 controls。";
    CONTENTS = Error "epub-contents",
        "目录缺失、是空的或顺序不对",
        "目录是读者进书的门。导航文件要有 nav epub:type=\"toc\"，各条按阅读的顺序指到真有的位置。";
    PAGE_LIST = Error "epub-page-list",
        "页码表与换页处对不上",
        "同一堂课上，拿纸书和拿电子书的人靠页码找到同一处。页码表的每一条都要指到写着同一页码的换页处，一个不多，一个不少，按顺序排。";
    MANIFEST = Error "epub-manifest",
        "包文件的清单与内容不符",
        "manifest 要列出包里的每个文件，并写明它含有 MathML、SVG 还是脚本；漏列的文件有的阅读器不会显示。";
    ACCESS_METADATA = Error "epub-accessibility-metadata",
        "无障碍元数据缺失或写法不对",
        "EPUB Accessibility 1.1 要求写明内容靠什么感知、有哪些便利、有没有危险，并用一段话说明；有纸书页码的还要写明是哪个版本。书店据此告诉读者能不能用。";
    FALSE_CLAIM = Error "epub-false-claim",
        "声明的无障碍特性与内容不符",
        "读者按声明买书。声明了书里没有的，是骗人；有而没有声明的，需要的人找不到。声明应当从内容算出来。";
    READER_SETTINGS = Warning "epub-reader-settings",
        "样式表压过了读者的设置",
        "低视力和读写障碍的读者要自己选字号、字体、行距和颜色。样式表规定了正文的这些，他们就读不成。字号用 em，正文的颜色和字体不写。";
    CONTRAST = Warning "epub-contrast",
        "文字与底色的对比度不够",
        "普通文字至少 4.5 比 1，图形至少 3 比 1（WCAG 1.4.3、1.4.11），白天的白底和夜间的黑底都要够。请换颜色。";
    COLOR_ALONE = Warning "epub-color-alone",
        "链接只靠颜色分辨",
        "分不清颜色的读者看不出哪里能点（WCAG 1.4.1）。正文里的链接留下划线。";
    SCROLL_BOX = Warning "epub-scroll-box",
        "有会滚动的方框",
        "分页显示的阅读器滚不动方框，用键盘的读者也进不去（WCAG 2.1.1）。让内容换行，宽表改成窄表或逐条列出。";
}
