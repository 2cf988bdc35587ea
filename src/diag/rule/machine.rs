//! Faults of the machine: disk, memory, missing tools (exit code 3).

rules! {
    UNWRITABLE_OUTPUT = Error "unwritable-output", "成品写不进输出文件夹",
        "输出文件夹要能写入，磁盘要有空间。每个文件都先写成临时文件再改名，所以写不进时，上一次的成品仍然完好。";
    PREPRESS_FAILED = Error "prepress-failed", "排好的 PDF 无法做印前加工",
        "这是程序自身的问题，与书稿无关。请把书稿和这条消息一起报告给开发者。";
    INTERNAL_FAULT = Error "internal-fault", "程序内部出错",
        "这是程序自身的问题，与书稿无关。上一次的成品没有被改动。请把书稿和这条消息一起报告给开发者。";
    PART_MISSING = Error "part-missing", "EPUB 要收入的东西没有准备好",
        "图、图表和公式由前面的步骤准备；准备不成时前面已经报告并停下，所以走到这一步是程序自身的问题，与书稿无关。\
         请把书稿和这条消息一起报告给开发者。";
    UNREADABLE = Error "unreadable", "无法读取文件",
        "文件在，但是电脑不让读：没有权限，或磁盘出了问题。\
         检查文件的权限，或把书的文件夹复制到别的磁盘再试。";
    FILE_TOO_LARGE = Error "file-too-large", "文件太大",
        "超过 256 MB 的文件多半是放错了，或没有压缩过的图片和视频。\
         压缩它，或只引用它的网址。";
}
