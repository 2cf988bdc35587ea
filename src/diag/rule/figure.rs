//! Rules of the `figure` stage.

rules! {
    UNREADABLE_PICTURE = Error "unreadable-picture", "图片文件损坏或格式不支持",
        "插图可以是 PNG、JPEG、WebP 或 SVG。扩展名写错没有关系，程序看的是文件内容；但文件必须完整，像素总数不超过一亿，SVG 必须有 viewBox 或宽高。";
    UNSAFE_SVG = Error "unsafe-svg", "SVG 图片引用了文件之外的东西",
        "印刷厂和阅读器都只收到这一个文件。SVG 里的脚本、外部图片、外部样式在那里要么丢失，要么被拒收，所以必须嵌入图中或删去。";
}
