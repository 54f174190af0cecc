//! Help, usage errors, rules and completions.

use insta::assert_snapshot;

use crate::world::World;

#[test]
fn help_is_chinese() {
    let run = World::new().run(&["--help"]);
    assert_snapshot!(run, @r"
    status: 0
    --- stdout
    读取、审核、评分、导出项目支出绩效自评表

    用法：jixiao <命令> [选项] [输入]…

    命令：
      parse        读取自评表，输出表格或 JSON [别名：import]
      check        重新计算并审核自评表，列出问题
      score        按规则补算执行率、得分、总分和等级（定性指标仍由人评分）
      export       导出为官方格式的 Excel 工作簿
      template     生成空白的官方自评表，供手工填写
      rules        列出审核规则，或解释其中一条
      profile      列出内置的评分方案，或输出其中一个，供复制修改
      completions  生成命令行补全脚本
      help         显示本帮助，或某个命令的帮助

    通用选项：
      -q, --quiet
              只输出结果和错误，不输出提醒、说明和进度

          --color <方式>
              是否使用颜色（也遵从环境变量 NO_COLOR）

              可选值：
              - auto:   在终端上使用
              - always: 总是使用
              - never:  从不使用

              [默认：auto]

      -j, --jobs <数量>
              同时处理的文件数，默认与处理器核数相同；结果的顺序不受影响

          --progress <方式>
              是否显示进度（只在终端上、处理时间较长时显示）

              可选值：
              - auto:  在终端上且处理时间较长时显示
              - never: 从不显示

              [默认：auto]

      -h, --help
              显示帮助

      -V, --version
              显示版本

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
      jixiao rules F105                        解释一条审核规则
    --- stderr
    ");
}

#[test]
fn help_of_a_command_explains_its_inputs() {
    let run = World::new().run(&["check", "-h"]);
    assert_snapshot!(run, @r"
    status: 0
    --- stdout
    重新计算并审核自评表，列出问题

    用法：jixiao check [选项] <输入>…

    参数：
      <输入>...  文件、文件夹，或 -（标准输入）

    选项：
      -f, --format <格式>         输出格式 [默认：text] [可选：text, json, ndjson, xlsx, html]
      -o, --output <文件>         写入文件，而不是标准输出（格式 xlsx 必须指定）
          --force                 输出的 Excel 文件已存在时覆盖它
          --profile <方案>        评分方案：auto（按表的种类选择）、内置名称（如 mof-2020），或自己的 TOML 文件 [默认：auto]
          --fail-on <级别>        发现这一级别或更严重的问题时，退出状态为 1 [默认：error] [可选：error, warning, info, never]
          --select <规则>         只用这些规则，用逗号分隔；F 或 F1 这样的前缀选中一类。写得更长的优先，一样长时命令行优先于评分方案
          --ignore <规则>         不用这些规则，写法同 --select；与 --select 一样长时不用
          --severity <规则=级别>  改变规则的级别，如 F106=info,F107=error；优先于评分方案
          --previous <输入>...    上年的自评表（文件或文件夹），与同一单位同一项目的表比较；写在输入的后面
          --max-file-size <大小>  不读大于这个大小的文件，如 512M、2G [默认：256M]

    通用选项：
      -q, --quiet            只输出结果和错误，不输出提醒、说明和进度
          --color <方式>     是否使用颜色（也遵从环境变量 NO_COLOR） [默认：auto] [可选：auto, always, never]
      -j, --jobs <数量>      同时处理的文件数，默认与处理器核数相同；结果的顺序不受影响
          --progress <方式>  是否显示进度（只在终端上、处理时间较长时显示） [默认：auto] [可选：auto, never]
      -h, --help             显示帮助
      -V, --version          显示版本

    输入：
      可以是文件、文件夹（连同子文件夹）或 -（标准输入），程序按内容而不是按扩展名识别：
        文本（UTF-8、UTF-16、GB18030/GBK）、Excel 工作簿（.xlsx .xlsm .xls .ods）、PDF、
        Word 文档（.docx）、网页（HTML）、自评表 JSON（parse 或 score 的输出，数组、单个或一行一个都可以）
      文件夹中的文件按名称排序；隐藏文件和 Office 的临时文件 ~$… 不读；
      扫描件和图片须先做文字识别（OCR），.doc、.wps 须先另存为 .docx：单独指定时算读取失败，在文件夹里则跳过并说明
      一个文件读不了不影响其他文件：每个失败都会写明文件和原因，退出状态为 2
    --- stderr
    ");
}

#[test]
fn no_help_speaks_english() {
    for command in ["parse", "check", "score", "export", "template", "rules", "profile", "completions"] {
        for flag in ["-h", "--help"] {
            let run = World::new().run(&[command, flag]);
            assert_eq!(run.status, 0, "{run}");
            for english in ["Usage", "Options", "Arguments", "Commands", "default", "possible", "Print", "alias"] {
                assert!(!run.stdout.contains(english), "{command} {flag}: {english}\n{run}");
            }
        }
    }
}

#[test]
fn without_arguments_the_help_is_shown_as_an_error() {
    let run = World::new().run(&[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("用法：jixiao"), "{run}");
}

#[test]
fn usage_errors_are_chinese() {
    let world = World::new();
    assert_snapshot!(world.run(&["chek", "a.txt"]), @r"
    status: 2
    --- stdout
    --- stderr
    错误：没有「chek」这个命令
      提示：是不是想用「check」？

    用法：jixiao <命令> [选项] [输入]…

    要看全部用法，请运行 jixiao --help 或 jixiao <命令> --help
    ");
    assert_snapshot!(world.run(&["check"]), @r"
    status: 2
    --- stdout
    --- stderr
    错误：缺少 <输入>...

    用法：jixiao check [选项] <输入>…

    要看全部用法，请运行 jixiao --help 或 jixiao <命令> --help
    ");
    assert_snapshot!(world.run(&["check", "--format", "pdf", "a.txt"]), @r"
    status: 2
    --- stdout
    --- stderr
    错误：「--format <格式>」的值「pdf」不在可选范围内
      提示：可选的值：text、json、ndjson、xlsx、html

    要看全部用法，请运行 jixiao --help 或 jixiao <命令> --help
    ");
    assert_snapshot!(world.run(&["check", "--jobs", "0", "a.txt"]), @r"
    status: 2
    --- stdout
    --- stderr
    错误：「--jobs <数量>」的值「0」不对：应为 1 到 1024 的整数

    要看全部用法，请运行 jixiao --help 或 jixiao <命令> --help
    ");
    assert_snapshot!(world.run(&["check", "--fail-onn", "never", "a.txt"]), @r"
    status: 2
    --- stdout
    --- stderr
    错误：没有「--fail-onn」这个选项或参数
      提示：是不是想用「--fail-on」？

    用法：jixiao check [选项] <输入>…

    要看全部用法，请运行 jixiao --help 或 jixiao <命令> --help
    ");
    assert_snapshot!(world.run(&["export", "a.txt", "-o", "a.xlsx", "--split", "b"]), @r"
    status: 2
    --- stdout
    --- stderr
    错误：「--output <文件>」不能与「--split <文件夹>」同时使用

    用法：jixiao export [选项] <输入>… -o <文件>
           jixiao export [选项] <输入>… --split <文件夹>

    要看全部用法，请运行 jixiao --help 或 jixiao <命令> --help
    ");
}

#[test]
fn rules_are_listed_and_explained() {
    let world = World::new();
    let list = world.run(&["rules"]);
    assert_eq!(list.status, 0);
    for code in ["H001", "F105", "W202", "S307", "D402", "I505", "G602"] {
        assert!(list.stdout.contains(code), "{code}");
    }
    let page = world.run(&["rules", "f105"]);
    assert_eq!(page.status, 0);
    assert!(page.stdout.contains("F105"), "{page}");
    assert_snapshot!(world.run(&["rules", "F999"]), @r"
    status: 2
    --- stdout
    --- stderr
    错误：没有规则「F999」
      提示：运行 jixiao rules 查看全部规则
    ");
}

#[test]
fn a_builtin_profile_can_be_copied_and_used() {
    let world = World::new().file("表.json", crate::world::LAMPS);
    let profile = world.run(&["profile", "mof-2020"]).stdout;
    let world = world.file("我的.toml", profile);
    let run = world.run(&["check", "表.json", "--profile", "我的.toml", "--format", "json"]);
    assert_eq!(run.status, 1, "{run}");
}

#[test]
fn the_builtin_profiles_are_listed() {
    assert_snapshot!(World::new().run(&["profile"]), @r"
    status: 0
    --- stdout
    mof-2020  财政部《项目支出绩效评价管理办法》（财预〔2020〕10号）单位自评
    hubei     湖北省项目自评表：预算执行率 20 分，其余 80 分分布在各项指标上
    sichuan   四川省部门预算项目支出绩效自评表：预算执行率低于 90% 即提示

    运行 jixiao profile 名称 > 我的.toml 得到一份完整的样例，改好后用 check --profile 我的.toml
    --- stderr
    ");
    assert_snapshot!(World::new().run(&["profile", "mof"]), @r"
    status: 2
    --- stdout
    --- stderr
    错误：没有内置的评分方案「mof」
      提示：内置的有 mof-2020、hubei、sichuan
    ");
}

#[test]
fn completions_name_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let run = World::new().run(&["completions", shell]);
        assert_eq!(run.status, 0, "{run}");
        assert!(run.stdout.contains("template"), "{shell}");
    }
}
