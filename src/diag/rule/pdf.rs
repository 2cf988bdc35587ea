//! Rules for PDF files that come from elsewhere: whether they can be read.

rules! {
    PDF_UNREADABLE = Error "pdf-unreadable", "文件不能当作 PDF 读出来",
        "文件不是 PDF、已经损坏，或大得不合情理。用生成它的软件重新导出一次；从邮件、网盘取来的，重新下载一次。";
    PDF_ENCRYPTED = Error "pdf-encrypted", "PDF 加了密",
        "印厂的制版软件打不开加密的文件，PDF/X 也不许加密。导出时不要设密码，也不要限制打印或复制。";
}
