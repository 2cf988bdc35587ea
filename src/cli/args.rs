//! What can be typed after `kepu`: types and help texts. No logic, no IO.

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

/// Markdown 章节、插图与术语表，一次排成屏幕版、印刷版、大字版和 EPUB。
#[derive(Debug, Parser)]
#[command(
    name = "kepu",
    version,
    about = "一份书稿，排成屏幕版、印刷版、大字版和 EPUB",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    subcommand_value_name = "命令",
    subcommand_help_heading = "命令"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options that every command understands.
#[derive(Debug, Args)]
#[command(next_help_heading = "通用选项")]
pub(super) struct Global {
    /// 项目文件夹；默认是最近的、含有 book/book.toml 的上级文件夹
    #[arg(long, global = true, value_name = "文件夹")]
    pub(super) project: Option<PathBuf>,
    /// 消息的形式：human 给人看；json 给程序看，每条一行，写到标准输出
    #[arg(
        long,
        global = true,
        value_name = "形式",
        default_value = "human",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(super) message_format: MessageFormat,
    /// 只说问题，不说进度
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// 多说一些：各步用时
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(super) verbose: bool,
    /// 颜色：auto、always 或 never
    #[arg(
        long,
        global = true,
        value_name = "何时",
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(super) color: ColorChoice,
    /// 有警告也算失败（退出码 1）
    #[arg(long, global = true)]
    pub(super) deny_warnings: bool,
    /// 显示帮助
    #[arg(short, long, global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 排出各个版本，写到 output 文件夹
    Build(Build),
    /// 检查书稿或一本做好的 EPUB，不写任何文件
    Check {
        /// 要检查的 EPUB 文件，哪家做的都行；不写则检查书稿
        #[arg(value_name = "文件.epub", conflicts_with = "layout")]
        file: Option<PathBuf>,
        /// 连版面一起检查（排版，但不写文件）
        #[arg(long)]
        layout: bool,
        /// 逐个查数的出处，并列出清单（写到标准输出）
        #[arg(long)]
        claims: bool,
    },
    /// 新建一本马上能排的书
    New {
        /// 放新书的文件夹
        #[arg(value_name = "文件夹")]
        folder: PathBuf,
        /// 书名；默认是文件夹的名字
        #[arg(long, value_name = "书名")]
        title: Option<String>,
    },
    /// 列出字体：找到了哪些，各版本用哪些
    Fonts,
    /// 列出各个版本
    Editions,
    /// 解释一条消息：为什么有这条规则，怎样改
    Explain {
        /// 消息方括号里的代码；不写则列出全部
        #[arg(value_name = "代码")]
        code: Option<String>,
    },
    /// 输出命令行补全脚本
    Completions {
        /// bash、zsh、fish、elvish 或 powershell
        #[arg(value_name = "外壳", hide_possible_values = true)]
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(super) struct Build {
    /// 要排的版本；不写则全部
    #[arg(value_name = "版本")]
    pub(super) editions: Vec<String>,
    /// 输出文件夹；默认是项目里的 output
    #[arg(long, value_name = "文件夹")]
    pub(super) out: Option<PathBuf>,
    /// 没有变化也重新排
    #[arg(long)]
    pub(super) force: bool,
    /// 把交给 typst 的源文件写到这个文件夹，不排版
    #[arg(long, value_name = "文件夹", conflicts_with = "force")]
    pub(super) emit_typst: Option<PathBuf>,
    /// 最多用几个线程；默认按处理器
    #[arg(long, value_name = "个数", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) jobs: Option<u16>,
}

/// The parser, with every heading in Chinese.
pub(super) fn parser() -> clap::Command {
    headed(Arguments::command(), "kepu")
}

/// Chinese headings for a command and those below it.
fn headed(command: clap::Command, path: &str) -> clap::Command {
    let operands: String = command
        .get_positionals()
        .map(|arg| {
            let name = arg.get_value_names().unwrap_or_default().join(" ");
            match (
                arg.is_required_set(),
                arg.get_num_args().is_some_and(|n| n.max_values() > 1),
            ) {
                (true, _) => format!(" <{name}>"),
                (false, true) => format!(" [{name}]…"),
                (false, false) => format!(" [{name}]"),
            }
        })
        .collect();
    let below = if command.has_subcommands() { " <命令>" } else { "" };
    command
        .disable_help_flag(true)
        .help_template("{about}\n\n用法：{usage}\n\n{all-args}")
        .override_usage(format!("{path} [选项]{below}{operands}"))
        .mut_args(|arg| {
            let heading = match (arg.get_help_heading(), arg.is_positional()) {
                (Some(_), _) => return arg,
                (None, true) => "参数",
                (None, false) => "选项",
            };
            arg.help_heading(heading)
        })
        .mut_subcommands(|command| {
            let path = format!("{path} {}", command.get_name());
            headed(command, &path)
        })
}

/// How diagnostics are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    Human,
    Json,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    Auto,
    Always,
    Never,
}
