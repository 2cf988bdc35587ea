//! Rules of `kepu impose`.

rules! {
    UNPLACEABLE_PAGE = Error "unplaceable-page", "有的页拼不上去",
        "页面的对象坏了，没有页面框，或者尺寸小于 1 毫米、大于 5 米，就不知道该把它放在哪里。\
         少一页会使后面的页全部错位，所以整个文件都不拼。用制作它的软件重新导出，或先删去坏的页。";
    SHEET_TOO_SMALL = Error "sheet-too-small", "纸放不下拼好的版面",
        "一面要并排放下几页，连同页间的空和出血。默认按原大放置，不缩小，因为缩小的书开本就不对了。\
         换更大的纸（--sheet），减少一帖的页数（--signature），减小页间的空（--gutter）；\
         只是想打印出来看看，就用 --scale fit 缩小。";
    MIXED_PAGE_SIZES = Warning "mixed-page-sizes", "各页的大小不一样",
        "拼版时每页占同样大的一格，格子以最大的页为准；小的页居中放，裁切后四周会留白边。\
         横放的页会转九十度，不算大小不同。是无意的就在排版软件里改成一样大；封面另存为单独的文件。";
    THICK_BOOKLET = Warning "thick-booklet", "骑马订的页数太多",
        "骑马订的书脊是折出来的：页数多了折不平，书会自己张开，里页裁切后也会明显变窄，订书钉也容易脱。\
         通常不超过 64 页。更厚的书分成几册，各册订好依次叠起（--booklet 48），或改用胶装（--scheme perfect）。";
}
