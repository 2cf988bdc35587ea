//! Rules of the `lint` stage.

rules! {
    POOR_ALTERNATIVE = Warning "poor-alternative",
        "替代文字没有说出内容",
        "看不见图的读者只听得到替代文字。文件名、“图片”这样的字眼、照抄图题、LaTeX 代码，念出来都没有用；太长又让人记不住。\
         请用一两句话写出图里看到了什么，数字图写出走势和最要紧的数；复杂的图另用 description 详细说明。";
    MEDIA_WITHOUT_TEXT = Warning "media-without-text",
        "声音或影片没有文字稿",
        "听不见的读者需要文字稿，看不见的读者需要知道画面上有什么（WCAG 1.2.1）；印在纸上的二维码旁边也要有话可读。\
         请用 description 写出里面说了什么、看到了什么。";
    TABLE_WITHOUT_HEADER = Warning "table-without-header",
        "表没有表头",
        "屏幕阅读器念到一格时，会先念它的列名；第一行是空的，读者听到的只是一串数（WCAG 1.3.1）。\
         请在第一行写上各列的名称。";
    BOLD_AS_HEADING = Warning "bold-as-heading",
        "用加粗代替了标题",
        "独占一段的粗体字看着像标题，目录里却没有它，屏幕阅读器也跳不到它（WCAG 1.3.1）。\
         是标题就写成“## 标题”或“### 标题”；不是标题，就和后面的文字写在一段里。";
    TYPED_LIST = Warning "typed-list",
        "用打出来的符号冒充列表",
        "用“•”“·”开头的段落看着像列表，屏幕阅读器却不会说“列表，共几项”（WCAG 1.3.1）。\
         请用“- ”或“1. ”开头，符号由模板画。";
    VAGUE_LINK = Warning "vague-link",
        "链接文字没有说出通向哪里",
        "屏幕阅读器可以把全书的链接列成单子单独念，“这里”“更多”没有意义（WCAG 2.4.4）；印在纸上更是如此。\
         请把目标的名称写成链接文字。";
    POINTED_BY_PLACE = Warning "pointed-by-place",
        "靠位置指图或指表",
        "图和表会浮动，“上图”“右图”在大字版和电子书里不在那个位置，听书的读者也不知道上下左右（WCAG 1.3.3）。\
         请用“@fig:标识”“@tbl:标识”，程序会印出编号并连过去。";
    COLOR_ALONE = Warning "color-alone",
        "只用颜色指认图中的内容",
        "每十二个男人就有一个分不清某些颜色，灰度印刷也没有颜色（WCAG 1.4.1）。\
         请同时写出名称、形状或位置，例如“标着‘煤电’的那条线”。";
    SPACED_WORD = Warning "spaced-word",
        "在字间打空格",
        "为了好看在字间打空格，屏幕阅读器会一个字一个字地念，查找也找不到这个词。请去掉空格，字距由模板决定。";
}
