//! Rules of legibility: measured on laid-out pages, against the figures of the
//! edition's rule set. Errors where the edition claims the set.

rules! {
    RULES_WITHOUT_FIGURES = Error "rules-without-figures",
        "声明了还没有数字的规则集",
        "版本用 rules 声明自己达到一套规则，版权页上也会这样写。规则集里没有数字，就没有东西可量，声明就是空话。读到标准原文以后，把数字写进 templates/rules/ 里的规则集；在那以前换用别的规则集。";
    SMALL_TYPE = Warning "small-type",
        "字号小于规则的下限",
        "视力不好的人读不了小字，书眉、页码、表格、图注里的小字也是字。规则集里的 smallest_type 管全书每一个字，取缩放以后印在纸上的大小。在模板的字号表（templates/theme.toml 的 type）里放大它，或换一种放得下的排法。";
    SMALL_BODY = Warning "small-body",
        "正文字号小于规则的下限",
        "正文是读得最久的字。规则集里的 body_type 是正文的最小字号：大字本 18 磅，特大字本 24 磅，教科书按年级从 12 磅到 16 磅。加大版本的 body_size。";
    SMALL_SECONDARY = Warning "small-secondary",
        "辅文字号小于规则的下限",
        "辅文是图注、表格、脚注、书眉这些正文以外的文字，规则集里的 secondary_type 是它们的最小字号。在模板的字号表（templates/theme.toml 的 type）里放大它们。";
    SMALL_LETTERING = Warning "small-lettering",
        "图里的字太小",
        "图里的字缩放以后往往比正文小得多，读者却不能单独放大它。这里量的是图放进版面以后字的实际大小。加大图里的字，减少字数，去掉 width 让图占满版心，或者把一幅图拆成两幅。";
    SMALL_INDEX = Warning "small-index",
        "上下标太小",
        "CO₂ 里的 2、m² 里的 2、参考文献的角标和公式里的指数，缩小以后常常是全书最小的字。大字本要求它们也不小于下限：把上下标排得和辅文一样大，只抬高或放低。在模板里改 sub 和 super 的字号。";
    SMALL_FOLIO = Warning "small-folio",
        "页码太小或太细",
        "在班上或读书会里一起读书，靠页码找到同一页，所以页码不能比正文小，也不能用细体。在模板的页码处加大字号、加粗。";
    TIGHT_LINES = Warning "tight-lines",
        "行距太小",
        "行与行太近，眼睛换行时容易串行。规则集里的 leading 是行距与字号之比（大字本 1.5 以上），row_gap 是行空，即两行字之间的空白（教科书按年级 3 到 5 毫米）。加大版本的 leading，或模板里这一处的行距。";
    LONG_LINE = Warning "long-line",
        "一行的字太多",
        "行太长，低视力读者读到行尾就找不回下一行的开头。大字本一行不超过 22 个汉字（43 个西文字母）。加大 body_size 或页边；次要的文字字号小，每行就更容易超过，让它们缩进一些。";
    LOW_CONTRAST = Warning "low-contrast",
        "文字与底色的对比度不够",
        "文字和它背后的颜色亮度太接近，老年人和低视力读者就看不清。对比度按 WCAG 2.2 计算，7∶1 是 AAA 级；背后有色块、渐变或图片时，量的是文字底下最不利的一处。换深一些的字色，或浅一些的底色。";
    LIGHT_TYPE = Warning "light-type",
        "字体太细",
        "细体字笔画少墨，在远处、弱光下先消失。规则集里的 weight 是字重的下限（常规体 400）。换用常规体、中黑或粗体。";
    SLANTED_TYPE = Warning "slanted-type",
        "用了斜体",
        "斜体字形改变、笔画变细，低视力和阅读障碍的读者难以辨认；汉字本来也没有斜体。强调用粗体。数学公式里的变量不算。";
    BRUSH_TYPE = Warning "brush-type",
        "大字本里用了楷体",
        "楷体笔画粗细不匀、字面偏小，同样的字号看起来小一号。大字本的正文、引文和强调都用黑体或宋体。在版本的 fonts 或模板里换掉它。";
    STRETCHED_TYPE = Warning "stretched-type",
        "字距被撑开了",
        "为了两端对齐而撑开字距，大字每行字少，撑得就更开，词被拆散，阅读障碍的读者最受影响。大字本左边对齐，右边随它参差。在模板里取消 justify。";
    NEAR_BINDING = Warning "near-binding",
        "文字离订口太近",
        "书装订以后，订口一侧的字陷进书脊，翻不平就看不见；低视力读者常把书压平放在放大镜下。加大版本的 margins.inner。";
    NEAR_EDGE = Warning "near-edge",
        "文字离书页边缘太近",
        "裁切会有一两毫米的误差，拿书的手指也会盖住边缘。加大版本的 margins。";
    DOTTED_LEADER = Warning "dotted-leader",
        "目录里有成排的点",
        "目录的点线引着好眼睛从标题走到页码，低视力读者却会在中途丢失；放大镜里只有一排点。大字本用隔行的底色代替点线。";
    TEXT_OVER_PICTURE = Warning "text-over-picture",
        "文字压在照片上",
        "照片各处明暗不同，压在上面的字总有一部分看不清。把文字移到照片外面，或者在文字下面垫一块不透明的底色。";
    MOVING_FOLIO = Warning "moving-folio",
        "页码换了位置",
        "低视力读者用放大镜找页码，页码每一页都在同一个外下角，才不必满页找。在模板里让各页的页码站在同一处。";
    MISSING_PAGE_MARK = Warning "missing-page-mark",
        "漏标了标准版的页码",
        "大字本的一页不到标准版的半页。页边标出标准版每一页从哪里开始，用大字本的人才能和全班翻到同一页。page_list_of 要写读者手里那一版的名字，模板里的 page-mark 不能隐去它。";
    LARGE_TRIM = Warning "large-trim",
        "书页太大",
        "书页太大就拿不住，也放不进书包和放大器的载物台；规则集里的 trim_width 和 trim_height 是上限。换小一些的 trim。";
    HEAVY_VOLUME = Warning "heavy-volume",
        "一册太厚或太重",
        "大字本常常是一本书的两三倍厚。老年人和孩子要能一只手拿住它，规则集按用纸的定量估算一册的重量和厚度，并可限制页数。换薄一些、轻一些的纸，或者分成几册。";
}
