//! The help in Chinese, in place of the English of `args`.

use std::io::Write as _;

use clap::{Arg, ArgAction, Command, CommandFactory as _};

use super::args::Args;
use crate::diagnostic::Lang;

/// The command with its help in `lang`.
pub(super) fn command(lang: Lang) -> Command {
    let command = Args::command();
    match lang {
        Lang::En => command.version(version()),
        Lang::Zh => in_chinese(command).version(version()).disable_version_flag(true).arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help("显示版本")
                .help_heading("选项"),
        ),
    }
}

/// The version, with the commit and the day that the build names
/// (`ZHUANLAN_COMMIT`, `ZHUANLAN_DATE`): a report of a fault says which it was.
pub(super) fn version() -> String {
    let build = [option_env!("ZHUANLAN_COMMIT"), option_env!("ZHUANLAN_DATE")];
    let build: Vec<&str> = build.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let number = env!("CARGO_PKG_VERSION");
    if build.is_empty() { number.to_owned() } else { format!("{number} ({})", build.join(" ")) }
}

/// Prints help: what was asked for to stdout, what was not to stderr. Nothing
/// is left to do if nobody reads.
pub(super) fn show(error: &clap::Error, lang: Lang) {
    let text = error.render().ansi().to_string();
    let text = if lang == Lang::Zh { without_english(&text) } else { text };
    let _ = if error.use_stderr() {
        write!(anstream::stderr(), "{text}")
    } else {
        write!(anstream::stdout(), "{text}")
    };
}

/// What clap writes itself, in Chinese; it has no words of another language.
const CLAP: [(&str, &str); 10] = [
    ("[OPTIONS]", "[选项]"),
    ("[COMMAND]", "[命令]"),
    ("<COMMAND>", "<命令>"),
    ("[default: ", "[默认："),
    ("[possible values: ", "[可以是："),
    ("选项:", "选项："),
    ("参数:", "参数："),
    ("命令:", "命令："),
    ("Usage:", "用法："),
    ("Options:", "选项："),
];

/// What stands for a value, by its English name.
const VALUES: [(&str, &str); 24] = [
    ("BOOKLET", "汇编"),
    ("CODE", "代码"),
    ("DATE", "日期"),
    ("FILE", "文件"),
    ("FIRST", "较早版本"),
    ("FOLDER", "文件夹"),
    ("FORMAT", "格式"),
    ("HOST", "主机"),
    ("KEY", "密钥"),
    ("LANG", "语言"),
    ("NUMBER", "个数"),
    ("PIECE", "稿件"),
    ("PORT", "端口"),
    ("PROGRAM", "程序"),
    ("RELEASE", "版本"),
    ("SECOND", "较晚版本"),
    ("SECONDS", "秒数"),
    ("SECTION", "栏目"),
    ("SERVER", "服务器"),
    ("SHELL", "命令行"),
    ("TARGET", "文件夹或网址"),
    ("TIME", "时间"),
    ("TITLE", "标题"),
    ("WHAT", "哪个"),
];

pub(super) fn without_english(help: &str) -> String {
    let mut help = help.to_owned();
    for (english, chinese) in CLAP {
        help = help.replace(english, chinese);
    }
    for (english, chinese) in VALUES {
        help = help.replace(&format!("<{english}>"), &format!("<{chinese}>"));
        help = help.replace(&format!("[{english}]"), &format!("[{chinese}]"));
    }
    help
}

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

fn in_chinese(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let (short, long) = about(&name);
    let mut command = command
        .about(short)
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .disable_help_flag(true)
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "参数" } else { "选项" };
            let help = help(&name, arg.get_id().as_str());
            arg.help(help).long_help(None).help_heading(heading)
        })
        .mut_subcommands(in_chinese)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help("显示帮助")
                .help_heading("选项"),
        );
    command = match long {
        "" => command.long_about(None),
        long => command.long_about(format!("{short}\n\n{long}")),
    };
    if name == "zhuanlan" {
        command = command.after_help(FIRST_STEPS);
    }
    command
}

const FIRST_STEPS: &str = "第一次用：\n  zhuanlan init 我的专栏              \
    建一个完整的小专栏\n  cd 我的专栏 && zhuanlan build       \
    生成网站，放在 output/\n  zhuanlan new news \"标题\"            新建一篇稿件";

/// What a command is for: in one line, and further sentences.
fn about(command: &str) -> (&'static str, &'static str) {
    match command {
        "zhuanlan" => (
            "把一个文件夹里的 Markdown 稿件、图片和学习资料做成完整的网站",
            "一个专栏就是一个文件夹，里面有 column.yaml 和 content/。zhuanlan build 把整个网站写到 output/，\
             双击就能打开，放到任何服务器上都能用。",
        ),
        "build" => (
            "检查稿件并生成网站",
            "网站要么整个更新，要么一点不动：有错误时，原来的网站保持不变。只写入有变化的文件。",
        ),
        "serve" => (
            "边写边看：在浏览器里预览网站，草稿也显示",
            "每次保存后马上看到；有问题就在页面上指出是哪一行。不会发布任何东西。",
        ),
        "watch" => {
            ("每次保存后生成网站", "适合由同事或同步工具取走网站文件夹的情形。有错误时，原来的网站保持不变。")
        }
        "check" => ("只检查稿件，不生成网站", ""),
        "booklet" => (
            "只生成 column.yaml 里 booklet: 的汇编：每本一个 EPUB 电子书和一个打印版网页",
            "文件夹里有 EPUB、打印版网页和它要用的文件。用 Chrome 或 Edge 打开网页，打印或另存为 PDF：A4 纸，\
             有目录和页码。zhuanlan build 会把同样的文件放进网站。",
        ),
        "wechat" => (
            "生成公众号版：一篇一个复制页，带图片和各项",
            "复制页上有排好的正文和复制按钮，标题、作者、摘要和它们的字数限制，要拖进去的图片，还要在后台做的事。\
             都放在 wechat/，不进网站。",
        ),
        "fix" => (
            "改好能改的地方：连成一段的文字、没有成形的列表和表格、从 Word 粘来的图片说明",
            "先显示要改什么，问过再改。只动空格、换行和标记，不动文字；要您拿主意的（这一行是不是小标题）逐处问，\
             或用 --all 一起改。",
        ),
        "explain" => (
            "讲清楚一条提示：为什么、怎么改，附一个例子",
            "代码写在每条提示开头的方括号里，例如 zhuanlan explain broken-link。不写代码，就按类别列出全部。",
        ),
        "list" => ("列出读者还看不到或已看不到的稿件，以及下一次变化的时间", ""),
        "schema" => ("输出 column.yaml、稿件开头部分和数据块的 JSON Schema，供编辑器补全和检查", ""),
        "init" => ("新建一个完整的小专栏", ""),
        "new" => ("在对应的文件夹里新建一篇稿件，写好开头部分", ""),
        "clean" => ("删除生成的网站；加 --cache 则删除可以重新生成的缓存", ""),
        "publish" => (
            "把网站发布到别处：对象存储（S3、阿里云 OSS、腾讯云 COS、华为云 OBS、MinIO）、WebDAV、SFTP、另一个文件夹",
            "只传有变化的文件，并且按次序：先是样式、图片和资料，再是网页，然后是列表、订阅和网站地图，最后才删去网站不再有的文件，\
             读者不会看到缺文件的网页。途中断了，再运行一次就接着传。\n\n位置这样写：\n\n  \
             s3://桶/路径?endpoint=https://s3.example.gov.cn    （还有 oss://、cos://、obs://）\n  \
             webdavs://服务器/路径    （不加密的是 webdav://）\n  \
             sftp://用户@服务器/路径    （用系统的 ssh 和它的密钥）\n  \
             文件夹，例如 /mnt/web/jyzd\n\n\
             也可以在 column.yaml 里起名字：发布: {发布到: {正式: \"s3://…\"}}，然后 zhuanlan publish 正式。密钥不能写在那里：\
             放在环境变量里（AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY；OSS_…、TENCENTCLOUD_…、OBS_…；WEBDAV_USER 和 \
             WEBDAV_PASSWORD），或写在文件里，一行一个“名字=值”，用 --credentials 指明。",
        ),
        "releases" => ("列出保留着的各个版本；写上版本号，就列出它的文件和 SHA-256", ""),
        "hold" => (
            "把一个版本定住，让别的程序整个读完：rsync、rclone、tar、备份",
            "例如 zhuanlan hold -- rsync -a --delay-updates --delete-after {}/ web:/var/www/column/：程序拿到的 {} 是一个完整版本的\
             文件夹，其间照样可以生成网站。直接读网站文件夹的程序，遇上发布，可能一半文件是这个版本、一半是下一个。退出码就是那个程序的。",
        ),
        "diff" => ("说出两个版本有什么不同：新增、修改、撤下的网页", ""),
        "verify" => (
            "核对一个文件夹，或服务器的回答，和某个版本是否一致：一份拷贝，或网站本身",
            "对服务器核对：每个文件的 SHA-256、文件类型、缓存、安全设置、旧网址、404 页；抽查，或用 --all 全部核对。\
             什么也不会改。",
        ),
        "serve-config" => (
            "输出网站服务器的配置：文件类型、缓存、安全、跳转、404 页",
            "按开头几行说的放好。里面是专栏现在的情况：网址有变化以后再生成一次。",
        ),
        "rollback" => ("马上退回到以前的一个版本", "稿件不变：下一次 zhuanlan build 会把稿件再发布出来。"),
        "package" => (
            "把某个版本以来的变化打成一个签名的文件，带到另一个网络去",
            "把文件拷过去，在那边运行 zhuanlan apply。第一次用 --since none 打包整个网站，以后写那边已有的版本号；\
             zhuanlan releases 列出各个版本的号码。",
        ),
        "apply" => (
            "把更新包里的版本放到读者看到的网站上：要么整个更新，要么一点不动",
            "先全部核对：是谁签名的、每个文件的 SHA-256、是不是接在现有版本的后面。原来的版本会保留，可以用 \
             zhuanlan rollback 退回。",
        ),
        "new-key" => (
            "生成更新包用的一对密钥：密钥用来签名，公钥用来核对",
            "就是 minisign 的密钥。密钥不要放在专栏文件夹里；设了环境变量 ZHUANLAN_KEY_PASSWORD 就用它加密。\
             公钥交给使用更新包的一边。",
        ),
        "push" => (
            "用官方接口把稿件放进公众号的草稿箱",
            "新建草稿，或更新以前推送的那一篇，然后读回来核对。不会发布或群发：要由人在公众号后台检查后发布。\
             AppID 和 AppSecret 写在环境变量（ZHUANLAN_WECHAT_APPID、ZHUANLAN_WECHAT_SECRET）里，或写在专栏外面的\
             一个文件里。",
        ),
        "completions" => ("输出命令行补全脚本：bash、zsh、fish、powershell 或 elvish", ""),
        "man" => ("把手册页（man）写进一个文件夹：英文在 man1/，中文在 zh_CN/man1/", ""),
        "help" => ("显示一个命令的帮助", ""),
        _ => ("", ""),
    }
}

/// What an argument is for.
fn help(command: &str, arg: &str) -> &'static str {
    match (command, arg) {
        (_, "root") => "专栏所在的文件夹，里面有 column.yaml（不写就是当前文件夹）",
        (_, "lang") => "提示用的语言：zh 或 en（不写则随系统）",
        (_, "format") => "给人看（human）或给脚本用（json，写到标准输出）",
        (_, "quiet") => "只说错误",
        (_, "verbose") => "还说做了什么、各用了多少时间",
        (_, "trace") => "把每个线程何时做了什么写进这个文件，用 Perfetto 或 chrome://tracing 打开",
        (_, "base_url") => "网站发布后的地址，代替 column.yaml 里的",
        ("check", "drafts") => "草稿也当作要发布的稿件来检查",
        (_, "drafts") => "草稿也发布",
        (_, "no_cache") => "全部从头做起，不用以前记下的结果",
        ("verify", "strict") => "只缺安全或缓存的设置，退出码也是 1",
        (_, "strict") => "把警告当作错误",
        (_, "allow_empty") => "content/ 本来就是空的，照样生成没有稿件的网站",
        ("publish", "allow_removals") => "那里一半以上的网页或整个栏目会消失，是有意的，照样发布",
        (_, "allow_removals") => "整个栏目、版式文件或一半以上的网页不见了，是有意删去的，照样更新网站",
        ("new", "open") => "用系统里打开这种文件的程序打开新稿件",
        (_, "open") => "打开浏览器",
        (_, "port") => "端口；写 0 由系统挑选",
        (_, "host") => "让局域网里的同事也能看：写本机的名称或地址，0.0.0.0 表示全部地址",
        (_, "editor") => "点击时打开文件的命令，例如 \"code -g {path}:{line}\"（不写则复制位置）",
        (_, "poll") => "每隔几秒检查一次改动，适合不会通知改动的网络盘",
        ("build" | "booklet" | "check" | "watch" | "wechat", "now") => {
            "按这个时间生成：“年-月-日”（当天结束时）或“年-月-日 时:分”，用专栏的时区"
        }
        (_, "now") => "当作是这个时间：“年-月-日”（当天结束时）或“年-月-日 时:分”",
        ("booklet", "booklet") => "只要其中一本：网址名（slug）或书名",
        ("booklet", "output") => "汇编的文件夹（不写就是专栏文件夹里的 booklet）",
        ("wechat", "pieces") => "只要这几篇：文件或网页的路径（不写就是各栏目的全部稿件）",
        ("wechat", "since") => "只要这一天和以后的稿件：年-月-日",
        ("wechat", "changed") => "只要上次以后新发的和改过的稿件",
        ("wechat", "output") => "公众号版的文件夹（不写就是专栏文件夹里的 wechat）",
        ("package", "since") => "那边已有的版本号；写 none 就打包整个网站",
        ("package", "key") => "签名用的密钥文件；有密码的，把密码放进 ZHUANLAN_KEY_PASSWORD",
        ("package", "out") => "更新包的文件名（不写就按版本号命名，放在当前文件夹）",
        ("apply", "file") => "更新包",
        ("apply", "key") => "生成更新包那一边的公钥：公钥文件，或它第二行的那串字符",
        ("apply", "to") => "网站的文件夹（不写就是当前文件夹里的 output）",
        ("apply", "other_site") => "这个更新包来自另一个网站文件夹，也照样使用",
        ("apply", "keep") => "保留几个以前的版本，以便退回（不写就是 5 个）",
        ("new-key", "file") => "密钥文件的名字；公钥的文件名在后面加 .pub",
        (_, "output") => "网站的文件夹（不写就是专栏文件夹里的 output）",
        (_, "keep") => "保留几个以前的版本，以便退回（不写则按 column.yaml，或 5 个）",
        (_, "first") => "较早版本的号码（不写就是现在网站的前一个）",
        (_, "second") => "较晚版本的号码（不写就是现在的网站）",
        (_, "html") => "输出网页代码，可放进网页或邮件",
        ("verify", "target") => "要核对的文件夹（不写就是网站的文件夹），或网址：https://…/",
        ("verify", "all") => "向服务器要每一个文件，不只是抽查",
        ("verify", "release") => "版本的号码（不写就是现在的网站）",
        ("publish", "target") => "发布到哪里：地址、文件夹，或 column.yaml 里起的名字（只有一个时可以不写）",
        ("publish" | "hold", "release") => "保留着的版本的号码（不写就是现在的网站）",
        ("publish", "dry_run") => "只说要传什么、删什么，不动手",
        (_, "adopt") => "另一个网站或别的工具放在那里的同名文件，由这个网站取代",
        (_, "recheck") => "和那里的全部文件核对（平常一天一次）：那里的文件被别的办法改动过",
        ("publish", "credentials") => {
            "写着密钥的文件，一行一个“名字=值”；要放在专栏文件夹以外，并且只有自己能读"
        }
        (_, "parallel") => "同时传几个文件（不写则按协议）",
        ("hold", "command") => "程序和它的参数；{} 代表版本的文件夹",
        ("releases", "release") => "版本的号码：列出它的文件",
        (_, "release") => "版本的号码（不写就是前一个）",
        (_, "in_place") => "逐个文件更新，适合一直打开着这个文件夹的同步工具",
        (_, "sync") => "等磁盘全部写完再更新，断电也不会留下坏的网站",
        ("fix", "files") => "只改这些文件或文件夹（不写就是整个专栏）",
        ("fix", "yes") => "不问，直接改",
        ("fix", "check") => "只显示要改什么；有可改的，退出码为 1",
        ("fix", "all") => "要逐处问的也一起改",
        (_, "code") => "提示的代码，例如 broken-link（不写就全部列出）",
        (_, "all") => "已发布的稿件也列出",
        (_, "what") => {
            "只要其中一个：column；article、story、material、page；gallery、timeline、ledger、figures、quiz"
        }
        (_, "table") => "列成可读的表：column.yaml 的全部项目，中英文对照",
        (_, "server") => "nginx、apache、caddy、iis，或 headers（读 _headers 和 _redirects 的托管平台）",
        ("serve-config", "folder") => "网站在服务器上的位置（不写就是网站的文件夹）",
        ("man", "folder") => "写到哪里，例如 /usr/share/man",
        ("help", "name") => "命令的名字（不写就列出全部）",
        (_, "folder") => "新文件夹的名字",
        (_, "theme") => "把自带的版式文件也写出来，以便修改",
        (_, "section") => "栏目：文件夹名或栏目名",
        (_, "title") => "标题，用引号括起来",
        (_, "date") => "稿件的日期，年-月-日（不写就是今天）",
        (_, "cache") => "删除缓存，不动网站",
        ("push", "pieces") => "稿件的文件或网页的路径",
        ("push", "dry_run") => "演练：显示每一个请求，什么也不发送",
        ("push", "again") => "没有变化也到公众号去看看：那边删掉了的草稿会重新建",
        ("push", "overwrite") => "覆盖别人在公众号草稿箱里做的改动",
        ("push", "credentials") => "专栏外面的一个文件，写两行：appid = … 和 secret = …",
        ("push", "api") => "接口前面的代理的地址（不写就是 https://api.weixin.qq.com）",
        (_, "shell") => "bash、zsh、fish、powershell 或 elvish",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What clap writes itself is Chinese too, but for names that are no words.
    #[test]
    fn no_english_bones_are_left() {
        let mut all = command(Lang::Zh);
        all.build();
        let mut helps = vec![all.render_long_help().to_string()];
        for sub in all.get_subcommands_mut() {
            helps.push(sub.render_long_help().to_string());
            helps.push(sub.render_help().to_string());
        }
        for help in helps {
            let help = without_english(&help);
            for bone in ["OPTIONS", "COMMAND", "default", "possible", "Usage", "Options", "Arguments"] {
                assert!(!help.contains(bone), "{bone}: {help}");
            }
            let values = help.split(['<', '[']).skip(1).filter_map(|rest| rest.split(['>', ']']).next());
            for value in values.filter(|value| value.chars().all(|c| c.is_ascii_uppercase())) {
                assert!(matches!(value, "URL"), "<{value}>: {help}");
            }
            assert!(!help.lines().any(|line| line.ends_with(':')), "a heading with a Western colon: {help}");
        }
    }

    /// Every command and argument has words in both languages.
    #[test]
    fn nothing_is_left_untaught() {
        fn look(english: &Command, chinese: &Command) {
            let name = english.get_name();
            let han = |text: String| text.chars().any(crate::text::is_han);
            let words =
                |text: Option<&clap::builder::StyledStr>| text.map(ToString::to_string).unwrap_or_default();
            assert!(!words(english.get_about()).is_empty(), "{name}");
            assert!(han(words(chinese.get_about())), "{name}");
            for arg in english.get_arguments() {
                assert!(!words(arg.get_help()).is_empty(), "{name} {}", arg.get_id());
            }
            for arg in chinese.get_arguments() {
                let help = words(arg.get_help());
                assert!(han(help.clone()) || help.contains("bash"), "{name} {}: {help}", arg.get_id());
            }
            for (english, chinese) in english.get_subcommands().zip(chinese.get_subcommands()) {
                look(english, chinese);
            }
        }
        look(&command(Lang::En), &command(Lang::Zh));
        command(Lang::En).debug_assert();
        command(Lang::Zh).debug_assert();
    }
}
