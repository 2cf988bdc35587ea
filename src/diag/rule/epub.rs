//! Rules of the `epub` stage.

rules! {
    TARGET_LEFT_OUT = Warning "target-left-out",
        "引用所指的内容不在这个版本中",
        "图、表、公式或小节写在 :::仅 块里时，只有部分版本有它。别的版本若仍写着“见图 1-1”，\
         读者就找不到。把这处引用也放进同样条件的 :::仅 块，或换一种不点名的说法。";
    MEDIA_FORMAT = Error "media-format",
        "声音或影片的格式不能在 EPUB 中播放",
        "EPUB 3.3 只保证阅读器能播放 mp3、AAC（m4a）和 Opus 声音，影片则以 mp4 和 webm 最通行。\
         其他格式在多数阅读器里只是一块空白。请先转换格式，再在书稿中写新的文件名。";
    PART_MISSING = Error "part-missing",
        "EPUB 要收入的图、公式或影音没有准备好",
        "图、图表和公式由前面的步骤准备；其中一样失败时，EPUB 里会留下空白，所以不制作。\
         同一处通常另有一条错误说明原因，先改正那一条。";
    UNKNOWN_STYLE_TOKEN = Error "unknown-style-token",
        "样式表用了主题里没有的记号",
        "templates/epub.css 中的 {{名称}} 由 templates/theme.toml 里同名的值代替，\
         例如 {{palette.river.screen}}。名称写错时整条样式会失效，所以不制作。\
         请改正名称，或在主题里添加它。";
}
