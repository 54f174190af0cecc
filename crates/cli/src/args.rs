//! The command line as clap sees it: commands, options and their Chinese help.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::messages::Problem;
use crate::size;

const STATUS_HELP: &str = "\
退出状态：
  0  全部完成
  1  已完成，但 check 发现了达到 --fail-on 级别的问题
  2  用法不对，或至少有一个输入无法读取（其余的照常处理）
  130  被 Ctrl-C 或结束信号中断

示例：
  jixiao check 自评表/                     审核一个文件夹里的所有自评表
  jixiao check 自评表/ --format html -o 审核报告.html
                                           审核报告：一个网页文件，可打印
  jixiao parse 自评表.txt --format json    读成 JSON
  jixiao export 自评表.txt -o 自评表.xlsx  导出为官方格式的 Excel
  jixiao rules F105                        解释一条审核规则";

/// Help shown under every command that takes inputs.
const INPUT_HELP: &str = "\
输入：
  可以是文件、文件夹（连同子文件夹）或 -（标准输入），程序按内容而不是按扩展名识别：
    文本（UTF-8、UTF-16、GB18030/GBK）、Excel 工作簿（.xlsx .xlsm .xls .ods）、PDF、
    Word 文档（.docx）、网页（HTML）、自评表 JSON（parse 或 score 的输出，数组、单个或一行一个都可以）
  文件夹中的文件按名称排序；隐藏文件和 Office 的临时文件 ~$… 不读；
  扫描件和图片须先做文字识别（OCR），.doc、.wps 须先另存为 .docx：单独指定时算读取失败，在文件夹里则跳过并说明
  一个文件读不了不影响其他文件：每个失败都会写明文件和原因，退出状态为 2";

/// 读取、审核、评分、导出项目支出绩效自评表
#[derive(Debug, Parser)]
#[command(
    name = "jixiao",
    version,
    override_usage = "jixiao <命令> [选项] [输入]…",
    after_help = STATUS_HELP,
    subcommand_help_heading = "命令",
    term_width = 0,
    disable_help_flag = true,
    disable_version_flag = true,
    propagate_version = true,
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Options of every command.
    #[command(flatten)]
    pub(crate) common: Common,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "通用选项")]
pub(crate) struct Common {
    /// 只输出结果和错误，不输出提醒、说明和进度
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// 是否使用颜色（也遵从环境变量 NO_COLOR）
    #[arg(long, global = true, value_enum, value_name = "方式", default_value_t = ColorWhen::Auto)]
    pub(crate) color: ColorWhen,
    /// 同时处理的文件数，默认与处理器核数相同；结果的顺序不受影响
    #[arg(short, long, global = true, value_name = "数量", value_parser = parse_jobs)]
    pub(crate) jobs: Option<usize>,
    /// 是否显示进度（只在终端上、处理时间较长时显示）
    #[arg(long, global = true, value_enum, value_name = "方式", default_value_t = ProgressWhen::Auto)]
    pub(crate) progress: ProgressWhen,
    /// 显示帮助
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, global = true, action = ArgAction::Version)]
    version: Option<bool>,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorWhen {
    /// 在终端上使用
    Auto,
    /// 总是使用
    Always,
    /// 从不使用
    Never,
}

/// When to show progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProgressWhen {
    /// 在终端上且处理时间较长时显示
    Auto,
    /// 从不显示
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// 读取自评表，输出表格或 JSON
    #[command(visible_alias = "import", override_usage = "jixiao parse [选项] <输入>…", after_help = INPUT_HELP)]
    Parse(ParseArgs),
    /// 重新计算并审核自评表，列出问题
    #[command(override_usage = "jixiao check [选项] <输入>…", after_help = INPUT_HELP)]
    Check(CheckArgs),
    /// 按规则补算执行率、得分、总分和等级（定性指标仍由人评分）
    #[command(override_usage = "jixiao score [选项] <输入>…", after_help = INPUT_HELP)]
    Score(ScoreArgs),
    /// 导出为官方格式的 Excel 工作簿
    #[command(
        override_usage = "jixiao export [选项] <输入>… -o <文件>\n       jixiao export [选项] <输入>… --split <文件夹>",
        after_help = INPUT_HELP
    )]
    Export(ExportArgs),
    /// 生成空白的官方自评表，供手工填写
    #[command(override_usage = "jixiao template [选项] -o <文件>")]
    Template(TemplateArgs),
    /// 列出审核规则，或解释其中一条
    #[command(override_usage = "jixiao rules [规则代码]")]
    Rules(RulesArgs),
    /// 列出内置的评分方案，或输出其中一个，供复制修改
    #[command(override_usage = "jixiao profile [方案]")]
    Profile(ProfileArgs),
    /// 生成命令行补全脚本
    #[command(override_usage = "jixiao completions <SHELL>")]
    Completions(CompletionsArgs),
}

impl Command {
    /// True where the results go to the standard output.
    pub(crate) const fn prints_results(&self) -> bool {
        match self {
            Self::Parse(args) => args.output.is_none() && args.split.is_none(),
            Self::Check(args) => args.output.is_none(),
            Self::Score(args) => args.output.is_none(),
            Self::Export(_) | Self::Template(_) => false,
            Self::Rules(_) | Self::Profile(_) | Self::Completions(_) => true,
        }
    }
}

/// The inputs of a command.
#[derive(Debug, Clone, Args)]
pub(crate) struct Inputs {
    /// 文件、文件夹，或 -（标准输入）
    #[arg(required = true, value_name = "输入", help_heading = "参数")]
    pub(crate) inputs: Vec<PathBuf>,
    /// 不读大于这个大小的文件，如 512M、2G
    #[arg(long, display_order = 100, value_name = "大小", value_parser = size::parse, default_value = size::DEFAULT)]
    pub(crate) max_file_size: u64,
}

/// `jixiao parse`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct ParseArgs {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// 输出格式；默认在终端上为 table，其他情况为 json
    #[arg(short, long, value_enum, value_name = "格式")]
    pub(crate) format: Option<ParseFormat>,
    /// 写入文件，而不是标准输出
    #[arg(short, long, value_name = "文件")]
    pub(crate) output: Option<PathBuf>,
    /// 每个输入单独写成一个文件，放进这个文件夹
    #[arg(long, value_name = "文件夹", conflicts_with = "output")]
    pub(crate) split: Option<PathBuf>,
    /// 接着上次没有做完的做：--split 的文件夹里已有结果、且没有变过的输入不再处理
    #[arg(long, requires = "split")]
    pub(crate) resume: bool,
    /// --split 的文件夹里已有同名文件时覆盖它
    #[arg(long, requires = "split")]
    pub(crate) force: bool,
    /// 在 JSON 中同时输出每个字段在原文中的位置
    #[arg(long)]
    pub(crate) provenance: bool,
    /// 把 PDF 每一页认出的表格线、单元格和读入的栏目画成 SVG，放进这个文件夹
    #[arg(long, value_name = "文件夹")]
    pub(crate) debug_layout: Option<PathBuf>,
}

/// Output formats of `parse`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ParseFormat {
    /// 便于阅读的表格
    Table,
    /// JSON 数组，每张表一条记录
    Json,
    /// 一行一条 JSON 记录
    Ndjson,
}

impl ParseFormat {
    /// The extension of a file in that format.
    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Table => "txt",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
        }
    }
}

/// `jixiao check`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// 输出格式
    #[arg(short, long, value_enum, value_name = "格式", default_value_t = CheckFormat::Text)]
    pub(crate) format: CheckFormat,
    /// 写入文件，而不是标准输出（格式 xlsx 必须指定）
    #[arg(short, long, value_name = "文件")]
    pub(crate) output: Option<PathBuf>,
    /// 输出的 Excel 文件已存在时覆盖它
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) profile: ProfileArg,
    /// 发现这一级别或更严重的问题时，退出状态为 1
    #[arg(long, value_enum, value_name = "级别", default_value_t = FailOn::Error)]
    pub(crate) fail_on: FailOn,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    /// 上年的自评表（文件或文件夹），与同一单位同一项目的表比较；写在输入的后面
    #[arg(long, value_name = "输入", num_args = 1..)]
    pub(crate) previous: Vec<PathBuf>,
}

/// Which rules run, and how serious their findings are.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct RuleArgs {
    /// 只用这些规则，用逗号分隔；F 或 F1 这样的前缀选中一类。写得更长的优先，一样长时命令行优先于评分方案
    #[arg(long, value_name = "规则", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// 不用这些规则，写法同 --select；与 --select 一样长时不用
    #[arg(long, value_name = "规则", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// 改变规则的级别，如 F106=info,F107=error；优先于评分方案
    #[arg(long, value_name = "规则=级别", value_delimiter = ',')]
    pub(crate) severity: Vec<String>,
}

/// Output formats of `check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// 便于阅读的文字，标出原文中的位置
    Text,
    /// JSON 数组，每张表一条记录
    Json,
    /// 一行一条 JSON 记录
    Ndjson,
    /// Excel 问题清单，可筛选
    Xlsx,
    /// 一个独立的网页：汇总、逐表标出问题、规则说明，可打印
    Html,
}

/// The severity from which `check` exits with status 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// 错误
    Error,
    /// 警告及以上
    Warning,
    /// 提示及以上，即任何问题
    Info,
    /// 从不
    Never,
}

/// The scoring profile.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct ProfileArg {
    /// 评分方案：auto（按表的种类选择）、内置名称（如 mof-2020），或自己的 TOML 文件
    #[arg(long, value_name = "方案", default_value = "auto")]
    pub(crate) profile: String,
}

/// `jixiao score`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct ScoreArgs {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// 输出格式；不写 -o 时为 json，加 --explain 时为 text
    #[arg(short, long, value_enum, value_name = "格式")]
    pub(crate) format: Option<ScoreFormat>,
    /// 写入文件；以 .xlsx 结尾时写成官方格式的工作簿
    #[arg(short, long, value_name = "文件")]
    pub(crate) output: Option<PathBuf>,
    /// 输出的 Excel 文件已存在时覆盖它
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) profile: ProfileArg,
    /// 逐项写出算式，与表上一致的也写；不写 -o 和 --format 时只输出算式
    #[arg(long)]
    pub(crate) explain: bool,
}

/// Output formats of `score`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ScoreFormat {
    /// JSON 数组，每张表一条记录
    Json,
    /// 官方格式的 Excel 工作簿
    Xlsx,
    /// 逐项的算式和说明
    Text,
}

/// `jixiao export`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// 写入这个工作簿，一张自评表一个工作表
    #[arg(short, long, value_name = "文件", required_unless_present = "split", conflicts_with = "split")]
    pub(crate) output: Option<PathBuf>,
    /// 每张自评表单独写成一个文件，放进这个文件夹
    #[arg(long, value_name = "文件夹")]
    pub(crate) split: Option<PathBuf>,
    /// 接着上次没有做完的做：--split 的文件夹里已有结果、且没有变过的输入不再处理
    #[arg(long, requires = "split")]
    pub(crate) resume: bool,
    /// 表式：mof-2020、shanghai-2022、shanghai-2023 或 sichuan [默认：按表的种类和表名选择]
    #[arg(long, value_name = "表式")]
    pub(crate) layout: Option<String>,
    /// 填入自己的 Excel 模板，保留它的样式
    #[arg(long, value_name = "模板文件", conflicts_with_all = ["layout", "formulas"])]
    pub(crate) template: Option<PathBuf>,
    /// 执行率、得分、总分写成公式，而不是表上的数值
    #[arg(long)]
    pub(crate) formulas: bool,
    /// 输出文件已存在时覆盖它
    #[arg(long)]
    pub(crate) force: bool,
}

/// The layout of a workbook.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct LayoutArg {
    /// 表式：mof-2020、shanghai-2022、shanghai-2023 或 sichuan
    #[arg(long, value_name = "表式", default_value = "mof-2020")]
    pub(crate) layout: String,
}

/// `jixiao template`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct TemplateArgs {
    /// 写入这个工作簿
    #[arg(short, long, value_name = "文件")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) layout: LayoutArg,
    /// 预算年度，如 2024
    #[arg(long, value_name = "年度", value_parser = parse_year)]
    pub(crate) year: Option<i32>,
    /// 预留的三级指标行数
    #[arg(long, value_name = "行数", default_value = "15", value_parser = parse_indicators)]
    pub(crate) indicators: usize,
    /// 输出文件已存在时覆盖它
    #[arg(long)]
    pub(crate) force: bool,
}

/// `jixiao rules`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct RulesArgs {
    /// 规则代码，如 F105；不写则列出全部
    #[arg(value_name = "规则代码", help_heading = "参数")]
    pub(crate) code: Option<String>,
}

/// `jixiao profile`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct ProfileArgs {
    /// 内置的评分方案，如 mof-2020；不写则列出全部
    #[arg(value_name = "方案", help_heading = "参数")]
    pub(crate) name: Option<String>,
}

/// `jixiao completions`.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct CompletionsArgs {
    /// 命令行外壳
    #[arg(value_name = "SHELL", value_enum, help_heading = "参数")]
    pub(crate) shell: clap_complete::Shell,
}

/// More threads than this only cost memory.
const MAX_JOBS: usize = 1024;

/// More rows than this do not fit a printed form.
const MAX_INDICATORS: usize = 500;

fn parse_jobs(text: &str) -> Result<usize, Problem> {
    in_range(text, 1, MAX_JOBS)
}

fn parse_indicators(text: &str) -> Result<usize, Problem> {
    in_range(text, 1, MAX_INDICATORS)
}

fn parse_year(text: &str) -> Result<i32, Problem> {
    in_range(text, 1990, 2100)
}

fn in_range<T: std::str::FromStr + PartialOrd + std::fmt::Display>(text: &str, min: T, max: T) -> Result<T, Problem> {
    text.parse()
        .ok()
        .filter(|number| *number >= min && *number <= max)
        .ok_or_else(|| Problem::new(format!("应为 {min} 到 {max} 的整数")))
}
