//! Rules of the `epub` stage.

rules! {
    MEDIA_FORMAT = Error "media-format",
        "声音或影片的格式不能在 EPUB 中播放",
        "EPUB 3.3 只保证阅读器能播放 mp3、AAC（m4a）和 Opus 声音，影片则以 mp4 和 webm 最通行。\
         其他格式在多数阅读器里只是一块空白。请先转换格式，再在书稿中写新的文件名。";
    UNKNOWN_STYLE_TOKEN = Error "unknown-style-token",
        "样式表用了主题里没有的记号",
        "templates/epub.css 中的 {{名称}} 由 templates/theme.toml 里同名的值代替，\
         例如 {{palette.river.screen}}。名称写错时整条样式会失效，所以不制作。\
         请改正名称，或在主题里添加它。";
}
