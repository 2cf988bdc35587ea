//! Faults of the machine itself: disk, memory, missing tools (exit code 3).

rules! {
    UNREADABLE = Error "unreadable", "无法读取文件",
        "文件在，但是电脑不让读：没有权限，或磁盘出了问题。\
         检查文件的权限，或把书的文件夹复制到别的磁盘再试。";
}
