//! Rules of chart files: `figures/<id>.toml` and their tables.

rules! {
    UNKNOWN_CHART_KIND = Error "unknown-chart-kind",
        "图表种类是认识的",
        "每种图表都有自己的画法，写错了种类就不知道该怎样画。\
         可用的种类有 line、area、stacked-area、bar、horizontal-bar、stacked-bar、donut、combo、\
         stripes、timeline、waterfall、sankey；普通图片的说明文件写 image。\
         请改成其中之一。";
    UNKNOWN_CHART_KEY = Error "unknown-chart-key",
        "图表文件只用认识的键",
        "拼错的键如果被悄悄忽略，图上就会少了刻度、标注或来源，却没有人知道。\
         所以不认识的键、这种图表用不上的键都会报错。\
         请照建议改正拼写，或者删去这一行；全部的键列在 figures/README.md。";
    CHART_VALUE = Error "chart-value",
        "图表的设置是对的类型和范围",
        "每个设置都有规定的写法：数字不加引号，文字要加引号，范围写成两个数的列表。\
         写法不对时不猜测，因为猜错的图比没有图更糟。\
         请照提示改成要求的写法。";
    MISSING_CHART_KEY = Error "missing-chart-key",
        "图表写全了必需的键",
        "图表至少要有 kind（种类）；大多数种类还要有 data（数据）和 x（横轴或分类用的列），\
         timeline 要有 events，sankey 要有 links，图片说明要有 file。\
         请补上缺少的键。";
    UNKNOWN_CHART_COLUMN = Error "unknown-chart-column",
        "图表用到的列在数据表里",
        "x 和 series 里写的是数据表第一行（表头）里的列名，要一字不差。\
         列名写错，就取不到这一列的数。\
         请从提示列出的列名里选一个；想让读者看到别的名称，用 { column = \"列名\", name = \"显示的名称\" }。";
    UNKNOWN_CHART_NAME = Error "unknown-chart-name",
        "突出、着色和选取的名称在图中存在",
        "highlight、colors、rows、except、totals 等设置用名称指明某一行或某一列。\
         名称对不上时设置不会起作用，要突出的地方就不突出了。\
         请改成数据里有的名称。";
    CHART_TABLE = Error "chart-table",
        "数据表的每一行与表头一样长",
        "数据表是 CSV：第一行是表头，以后每行一条记录，用英文逗号分隔；以 # 开头的行是注释。\
         某一行多了或少了格子，后面的数就会错位，画出的图是错的。\
         请补齐或删去多余的格子；内容里有逗号时，把整个格子放在英文引号里。";
    CHART_NUMBER = Error "chart-number",
        "数据表的数值是数字",
        "要画的列只能是数字，例如 12.5 或 -3；没有数据的格子留空。\
         千位逗号、单位、百分号和“约”字都会让数字读不出来。\
         请把单位写在 unit 里，把格子改成纯数字。";
    EMPTY_CHART = Error "empty-chart",
        "图表里有数据",
        "筛选之后没有剩下任何数据，图上就什么也没有。\
         多半是 from、to、rows 的范围与数据表不符，或者数据表只有表头。\
         请放宽筛选，或者检查数据表。";
    NEGATIVE_SHARE = Error "negative-share",
        "份额图里没有负数",
        "环形图、堆积图和桑基图画的是整体的组成部分，负数没有面积可画，画出来会误导读者。\
         请改用 waterfall（有加有减的瀑布图）或 bar（柱形图），或者检查数据。";
    DUPLICATE_CHART_ROW = Error "duplicate-chart-row",
        "图表的行名和列名不重复",
        "同一个年份或名称出现两次，就不知道该画哪一个数，折线会折回去。\
         请删去重复的一行或一列，或者改用不同的名称。";
}
