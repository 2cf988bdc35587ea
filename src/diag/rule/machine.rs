//! Faults of the machine itself: disk, memory, missing tools (exit code 3).

rules! {
    UNREADABLE = Error "unreadable", "无法读取文件",
        "文件在，但是电脑不让读：没有权限，或磁盘出了问题。\
         检查文件的权限，或把书的文件夹复制到别的磁盘再试。";
    FILE_TOO_LARGE = Error "file-too-large", "文件太大",
        "超过 256 MB 的文件多半是放错了，或没有压缩过的图片和视频。\
         压缩它，或只引用它的网址。";
}
