//! Rules of the `prepress` stage, and of what `book.toml` says of the press.

rules! {
    BAD_PRESS_PROFILE = Error "bad-press-profile", "ICC 文件不能用来分色",
        "印刷版按 ICC 文件把颜色分成青、品红、黄、黑四色，所以它必须是四色印刷机的（类别 prtr，CMYK，\
         带有分色表）。显示器、相机和打印机的 RGB 文件都不行。向印刷厂要他们的 ICC 文件；\
         没有时删去 icc 这一行，用自带的 ISO Coated v2 300 %（FOGRA39）。";
    COATED_CONDITION = Warning "coated-condition", "胶版纸按涂布纸分色",
        "同样的墨印在双胶纸、轻型纸上比印在铜版纸上暗，网点也扩大得更多。自带的印刷条件是涂布纸的，\
         所以用非涂布纸时最好向印刷厂要对应的 ICC 文件（例如 PSO Uncoated，FOGRA52），写在版本的 icc 里。\
         印刷厂确认可以照涂布纸的条件交稿时，写明 condition 就不再提醒。";
    ORDER_WITHOUT_CONTACT = Warning "order-without-contact", "印制单上没有联系人",
        "印刷厂收到文件，有疑问时要找得到人：少了电话和姓名，多半会按自己的理解印。在 book.toml 的 [order.contact] \
         里写明 company、name、phone、email；不想写进书的文件夹时，打包以后在印制单上补填，连同压缩包一起交。";
    TOO_MUCH_INK = Error "too-much-ink", "墨太多",
        "几种油墨叠在一处，总量超过限度就干不透，会蹭脏背面、粘住相邻的书页。涂布纸一般不超过 300 %，\
         胶版纸不超过 280 %，以印刷厂的要求为准，写在版本的 ink_limit 里。\
         照片会自动减到限度以内；这里报告的是主题里配方太浓的颜色。改小 templates/theme.toml 里的 press。";
}
