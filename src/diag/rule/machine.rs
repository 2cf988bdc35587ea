//! Faults of the machine: disk, memory, missing tools (exit code 3).

rules! {
    UNWRITABLE_OUTPUT = Error "unwritable-output", "成品写不进输出文件夹",
        "输出文件夹要能写入，磁盘要有空间。每个文件都先写成临时文件再改名，所以写不进时，上一次的成品仍然完好。";
    PREPRESS_FAILED = Error "prepress-failed", "排好的 PDF 无法做印前加工",
        "这是程序自身的问题，与书稿无关。请把书稿和这条消息一起报告给开发者。";
    INTERNAL_FAULT = Error "internal-fault", "程序内部出错",
        "这是程序自身的问题，与书稿无关。上一次的成品没有被改动。请把书稿和这条消息一起报告给开发者。";
}
