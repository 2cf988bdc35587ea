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
        /// 要连版面一起检查的版本；不写则是 build 默认排的各版本
        #[arg(value_name = "版本", requires = "layout")]
        editions: Vec<String>,
        /// 检查一本做好的 EPUB，哪家做的都行；不检查书稿
        #[arg(long, value_name = "文件", conflicts_with_all = ["layout", "claims"])]
        epub: Option<PathBuf>,
        /// 连版面一起检查（排版，但不写文件）
        #[arg(long)]
        layout: bool,
        /// 逐个查数的出处，并列出清单（写到标准输出）
        #[arg(long)]
        claims: bool,
    },
    /// 印前检查：像印厂那样检查任何 PDF
    Preflight(Preflight),
    /// 新建一本马上能排的书
    New {
        /// 放新书的文件夹
        #[arg(value_name = "文件夹")]
        folder: PathBuf,
        /// 书名；默认是文件夹的名字
        #[arg(long, value_name = "书名")]
        title: Option<String>,
    },
    /// 打包付印文件：内文、封面、检查报告、印制单、说明和校验和，装成一个 zip
    Package(Package),
    /// 拼版：把任何 PDF 的页面排到可以折、裁、叠成书的大张纸上
    Impose(Impose),
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

#[derive(Debug, Args)]
pub(super) struct Package {
    /// 内文的版本；默认 print，它的封面一起打包
    #[arg(value_name = "版本", default_value = "print", hide_default_value = true)]
    pub(super) edition: String,
    /// 输出文件夹；默认是项目里的 output
    #[arg(long, value_name = "文件夹")]
    pub(super) out: Option<PathBuf>,
    /// 检查配置：x4-coated、x4-uncoated、office，或自己写的 .toml 文件；默认按内文用纸选
    #[arg(long, value_name = "配置")]
    pub(super) profile: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Preflight {
    /// 要检查的 PDF
    #[arg(value_name = "文件")]
    pub(super) file: PathBuf,
    /// 检查配置：x4-coated、x4-uncoated、office，或自己写的 .toml 文件
    #[arg(
        long,
        value_name = "配置",
        default_value = "x4-coated",
        hide_default_value = true
    )]
    pub(super) profile: String,
    /// 把结果写成 JSON，给程序读
    #[arg(long, value_name = "文件")]
    pub(super) json: Option<PathBuf>,
    /// 把结果写成一页网页，每处问题附图
    #[arg(long, value_name = "文件")]
    pub(super) html: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Impose {
    /// 要拼版的 PDF
    #[arg(value_name = "文件")]
    pub(super) file: PathBuf,
    /// 拼好的 PDF 写到哪里
    #[arg(short, long, value_name = "文件")]
    pub(super) output: PathBuf,
    /// 怎样成书：saddle 骑马订；perfect 胶装；nup 多页并排；cutstack 切开叠起；office 办公打印机打成小册子（A4 双面，对折骑马订）
    #[arg(long, value_name = "方案", hide_possible_values = true)]
    pub(super) scheme: ImposeScheme,
    /// 纸张：A4、A3、SRA3、对开、大四开……或“宽x高”毫米；默认按版面大小（nup、office 是 A4）
    #[arg(long, value_name = "纸张")]
    pub(super) sheet: Option<String>,
    /// 一帖几页：4、8、16、32；默认骑马订 4，胶装 16
    #[arg(long, value_name = "页数")]
    pub(super) signature: Option<usize>,
    /// saddle、office 分成几册，每册最多几页；各册订好依次叠起
    #[arg(long, value_name = "页数", value_parser = clap::value_parser!(u16).range(4..=400))]
    pub(super) booklet: Option<u16>,
    /// nup、cutstack 一面放几格：“列x行”；默认 2x2
    #[arg(long, value_name = "列x行")]
    pub(super) grid: Option<String>,
    /// nup、cutstack 只印正面
    #[arg(long)]
    pub(super) one_sided: bool,
    /// 补的空白页放哪里：end 最后；before-last 最后一页之前；after-first 第一页之后
    #[arg(
        long,
        value_name = "位置",
        default_value = "end",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(super) blank: BlankPlace,
    /// 装订边：left 左边；right 右边（竖排书）
    #[arg(
        long,
        value_name = "边",
        default_value = "left",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(super) bind: BindEdge,
    /// 页面太大时：none 报错；fit 缩小到放得下；默认 nup、office 是 fit，其余 none
    #[arg(long, value_name = "办法", hide_possible_values = true)]
    pub(super) scale: Option<ImposeScale>,
    /// 出血，毫米；默认照文件里的
    #[arg(long, value_name = "毫米", value_parser = length)]
    pub(super) bleed: Option<f64>,
    /// 裁开的两页之间的空，毫米；默认是出血的两倍
    #[arg(long, value_name = "毫米", value_parser = length)]
    pub(super) gutter: Option<f64>,
    /// 胶装铣背时每页书脊铣掉多少，毫米；默认与出血相同
    #[arg(long, value_name = "毫米", value_parser = length)]
    pub(super) mill: Option<f64>,
    /// 纸的厚度，毫米，用来补偿里页的爬移；80 克胶版纸约 0.1
    #[arg(long, value_name = "毫米", value_parser = caliper)]
    pub(super) caliper: Option<f64>,
    /// 叼口：纸的下边留空多少，毫米
    #[arg(long, value_name = "毫米", value_parser = length)]
    pub(super) gripper: Option<f64>,
    /// 不画裁切线、折线、套准标记、色标和折标
    #[arg(long)]
    pub(super) no_marks: bool,
    /// 色标：cmyk 四色；black 单黑，其余标记也只用黑版；none 不画；默认看文件声明的印刷条件和用了哪些色版
    #[arg(long, value_name = "色标", hide_possible_values = true)]
    pub(super) color_bar: Option<ColorBar>,
    /// 打印机双面打印怎样翻面：long 长边；short 短边；默认按纸的方向，与书左右翻页一致
    #[arg(long, value_name = "边", hide_possible_values = true)]
    pub(super) flip: Option<FlipEdge>,
}

/// The patches beside imposed pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorBar {
    Cmyk,
    Black,
    None,
}

/// How sheets become a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ImposeScheme {
    Saddle,
    Perfect,
    Nup,
    Cutstack,
    Office,
}

/// Where added blank pages go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum BlankPlace {
    End,
    BeforeLast,
    AfterFirst,
}

/// The edge at which a book is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum BindEdge {
    Left,
    Right,
}

/// What happens to pages that are too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ImposeScale {
    None,
    Fit,
}

/// The edge about which a printer turns paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FlipEdge {
    Long,
    Short,
}

/// A length in mm that fits on a sheet.
fn length(text: &str) -> Result<f64, String> {
    let value: f64 = text.trim_end_matches("mm").trim().parse().map_err(|_| "")?;
    if (0.0..=100.0).contains(&value) { Ok(value) } else { Err(String::new()) }
}

/// A thickness of paper in mm.
fn caliper(text: &str) -> Result<f64, String> {
    let value = length(text)?;
    if value <= 2.0 { Ok(value) } else { Err(String::new()) }
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
