//! The words of [`SiteFault`], in both languages: one arm a fault.

use super::SiteFault;
use crate::diagnostic::Message;

#[expect(clippy::too_many_lines, reason = "a table, one arm a fault")]
pub(super) fn message(fault: &SiteFault) -> [Message; 2] {
    use SiteFault as F;
    match fault {
F::NoSection { folder, nearest } => [Message::with_hint(
                format!("文件夹 `content/{folder}` 不是栏目，这篇不会发布"),
                nearest.as_ref().map_or_else(
                    || {
                        format!(
                            "在 `column.yaml` 的 `栏目` 里加上 `文件夹: {folder}`，或把文件移进已有的栏目"
                        )
                    },
                    |near| format!("是不是栏目 `{near}`？"),
                ),
            ), Message::with_hint(
                format!("the folder `content/{folder}` is no section, so this file is not published"),
                nearest.as_ref().map_or_else(
                    || format!("add `folder: {folder}` to `sections` in `column.yaml`, or move the file into a section"),
                    |near| format!("did you mean the section `{near}`?"),
                ),
            )],
F::ReservedName { name } => [Message::with_hint(
                format!("`{name}` 是网站自己要用的网址名"),
                "换一个文件名，或在文件头里写 `网址名:`",
            ), Message::with_hint(
                format!("`{name}` is a name that the site uses itself"),
                "choose another file name, or write `slug:`",
            )],
F::TooDeep { limit } => [Message::with_hint(format!("文件夹套得太深，最多 {limit} 层"), "把文件往上移几层"), Message::with_hint(format!("more than {limit} folders inside each other"), "move the file up")],
F::SameRoute { route, other } => [Message::with_hint(format!("网址 `{route}` 已经是 `{other}` 的"), "给其中一篇写上不同的 `网址名:`"), Message::with_hint(
                format!("the address `{route}` is that of `{other}` already"),
                "give one of them another `slug:`",
            )],
F::UnknownTopic { name, several, .. } if !several.is_empty() => [Message::with_hint(
                format!("`column.yaml` 里没有主题 `{name}`，这里像是写了 {} 个", several.len()),
                format!("各项放进方括号，用半角逗号分开：`[{}]`", several.join(", ")),
            ), Message::with_hint(
                format!("`column.yaml` has no topic `{name}`; these look like {}", several.len()),
                format!("put them in brackets with commas between: `[{}]`", several.join(", ")),
            )],
F::UnknownTopic { name, nearest, known, .. } => [Message::with_hint(
                format!("`column.yaml` 里没有主题 `{name}`"),
                nearest.as_ref().map_or_else(|| known_zh(known, "主题"), |near| format!("是不是 `{near}`？")),
            ), Message::with_hint(
                format!("`column.yaml` has no topic `{name}`"),
                nearest.as_ref().map_or_else(|| known_en(known, "topics"), |near| format!("did you mean `{near}`?")),
            )],
F::UnknownUnit { name, several, .. } if !several.is_empty() => [Message::with_hint(
                format!("`column.yaml` 里没有单位 `{name}`，这里像是写了 {} 个", several.len()),
                format!("各项放进方括号，用半角逗号分开：`[{}]`", several.join(", ")),
            ), Message::with_hint(
                format!("`column.yaml` has no unit `{name}`; these look like {}", several.len()),
                format!("put them in brackets with commas between: `[{}]`", several.join(", ")),
            )],
F::UnknownUnit { name, nearest, known, .. } => [Message::with_hint(
                format!("`column.yaml` 里没有单位 `{name}`"),
                nearest.as_ref().map_or_else(|| known_zh(known, "单位"), |near| format!("是不是 `{near}`？")),
            ), Message::with_hint(
                format!("`column.yaml` has no unit `{name}`"),
                nearest.as_ref().map_or_else(|| known_en(known, "units"), |near| format!("did you mean `{near}`?")),
            )],
F::UnknownPhase { name, nearest, known } => [Message::with_hint(
                format!("`column.yaml` 里没有阶段 `{name}`"),
                nearest.as_ref().map_or_else(|| known_zh(known, "阶段"), |near| format!("是不是 `{near}`？")),
            ), Message::with_hint(
                format!("`column.yaml` has no phase `{name}`"),
                nearest.as_ref().map_or_else(|| known_en(known, "phases"), |near| format!("did you mean `{near}`?")),
            )],
F::DateAhead { date } => [Message::with_hint(
                format!("日期 {date} 还没到，这篇到时才发布"),
                "如果是有意的，改用 `发布时间:`；如果写错了，改正日期",
            ), Message::with_hint(
                format!("the date {date} lies ahead; the piece is not published before"),
                "write `publish_at:` if that is meant, else correct the date",
            )],
F::AliasSelf { alias } => [Message::with_hint(format!("旧网址 `{alias}` 就是本文现在的网址"), "删去这一条"), Message::with_hint(
                format!("the former address `{alias}` is the piece's present one"),
                "delete the entry",
            )],
F::AliasTaken { alias, other } => [Message::with_hint(
                format!("旧网址 `{alias}` 现在是 `{other}` 的网址"),
                "删去这一条，或给那一篇换一个 `网址名:`",
            ), Message::with_hint(
                format!("the former address `{alias}` is the present one of `{other}`"),
                "delete the entry, or give that piece another `slug:`",
            )],
F::AliasCycle { alias, others } => [Message::with_hint(
                format!("旧网址 `{alias}` 与 {} 的旧网址互相指来指去", quoted(others, "、")),
                "只保留真正的旧网址",
            ), Message::with_hint(
                format!("the former address `{alias}` and those of {} lead round in a ring", quoted(others, ", ")),
                "keep only what really is a former address",
            )],
F::AliasTwice { alias, other } => [Message::with_hint(format!("旧网址 `{alias}` 已经写在 `{other}` 里"), "两处只留一处"), Message::with_hint(
                format!("the former address `{alias}` stands in `{other}` already"),
                "keep one of the two",
            )],
F::AliasReserved { alias } => [Message::with_hint(format!("`{alias}` 是网站自己生成的页面，不能作旧网址"), "删去这一条"), Message::with_hint(
                format!("the site has a page of its own at `{alias}`"),
                "delete the entry",
            )],
F::StaticNotForReaders { name } => [Message::with_hint(
                format!("`content/static/{name}` 不像是给读者的文件，没有发布"),
                "不用发布就移出 `content/`；确实要发布，在 `column.yaml` 里写 `发布: {另外发布: [文件名或扩展名]}`",
            ), Message::with_hint(
                format!("`content/static/{name}` does not look like a file for readers, and was not published"),
                "move it out of `content/`; if readers are to have it, write `publish: {also: [name or ending]}` in `column.yaml`",
            )],
F::StaticName { name } => [Message::with_hint(
                format!("`content/static/` 里的文件名 `{name}` 不能作网址"),
                "只用英文字母、数字、`-`、`_` 和 `.`",
            ), Message::with_hint(
                format!("the name `{name}` in `content/static/` can't be an address"),
                "use ASCII letters, digits, `-`, `_` and `.` only",
            )],
F::StaticTaken { name, other } => [Message::with_hint(
                other.as_ref().map_or_else(
                    || format!("`{name}` 是网站自己生成的文件，不能用 `content/static/` 里的代替"),
                    |other| format!("`{name}` 的位置已经是 `{other}` 的"),
                ),
                "换一个文件名，或删去这个文件",
            ), Message::with_hint(
                other.as_ref().map_or_else(
                    || format!("the site makes `{name}` itself; `content/static/` can't replace it"),
                    |other| format!("the place of `{name}` is that of `{other}` already"),
                ),
                "choose another name, or delete the file",
            )],
            F::MisnamedPiece { meant } => [
                Message::with_hint("这像是一篇稿件，但文件名不对，网站里没有它", format!("改名为 `{meant}`")),
                Message::with_hint(
                    "this looks like a piece, but by its name it is none, and the website lacks it",
                    format!("rename it to `{meant}`"),
                ),
            ],
            F::Manuscript { extension } => [
                Message::with_hint(
                    format!("`.{extension}` 文件不会成为网页，也没有稿件链接到它"),
                    "是稿件，就把文字粘贴到一个 `.md` 文件里；是附件，就在稿件里写上链接",
                ),
                Message::with_hint(
                    format!("a `.{extension}` file makes no page, and no text links to it"),
                    "paste a manuscript into a `.md` file; link an attachment from a text",
                ),
            ],
            F::EmptyPiece => [
                Message::with_hint(
                    "这篇只有文件头，没有正文，页面是空的",
                    "写上正文；还没写完，就在文件头加一行 `草稿: 是`",
                ),
                Message::with_hint(
                    "this piece has nothing below its front matter: its page would be empty",
                    "write the text; until then, `draft: true`",
                ),
            ],
F::MaterialWithoutFile => [
                Message::with_hint(
                    "学习资料没有文件，也没有正文，页面是空的",
                    "在文件头写上 `文件`，或写好正文；还没写完就加 `草稿: 是`",
                ),
                Message::with_hint(
                    "this study material has neither a file nor a text: its page would be empty",
                    "name a file under `files`, or write the text; until then, `draft: true`",
                ),
            ],
            F::AddressLine => [
                Message::with_hint(
                    "这一行不是网址名册的条目",
                    "合并时留下的 `<<<<<<<`、`=======`、`>>>>>>>` 整行删去，两边的条目都留下",
                ),
                Message::with_hint(
                    "this line is no entry of the address book",
                    "of a merge delete the lines `<<<<<<<`, `=======` and `>>>>>>>`, and keep the entries of both sides",
                ),
            ],
            F::AddressName { name } => [
                Message::with_hint(
                    format!("`{name}` 不能作网址里的名字，已忽略"),
                    "只用英文字母、数字和 `-`；或删去这一行，由程序重新填写",
                ),
                Message::with_hint(
                    format!("`{name}` can't stand in an address and is passed over"),
                    "use letters, digits and `-`, or delete the line: it is written again",
                ),
            ],
            F::AddressTwice { title, name } => [
                Message::with_hint(
                    format!("前面已有“{title}”或网址名 `{name}`，这一行不算"),
                    "多半是两边合并而来；下次生成网站时自动改好",
                ),
                Message::with_hint(
                    format!("a line above has `{title}` or the name `{name}` already; this one doesn't count"),
                    "it probably comes of a merge, and the next build puts it right",
                ),
            ],
            F::EmptySection { title, folder } => [Message::with_hint(
                format!("栏目“{title}”还是空的，导航里不显示"),
                format!("在 `content/{folder}/` 里放第一篇，或先从 `栏目` 里删去它"),
            ), Message::with_hint(
                format!("the section `{title}` is empty and not shown in the navigation"),
                format!("put a piece into `content/{folder}/`, or take it out of `sections` for now"),
            )],
F::StaleSection { title, days, limit } => [Message::with_hint(
                format!("栏目“{title}”已经 {days} 天没有更新，超过了 {limit} 天"),
                "发布新的一篇，或调整它的 `更新期限`",
            ), Message::with_hint(
                format!("nothing new in the section `{title}` for {days} days; the limit is {limit}"),
                "publish something, or change its `max_age_days`",
            )],
F::OtherSection { named, section, folder } => [other_section_zh(named, section, folder.as_deref()), Message::with_hint(
                format!("the front matter says section `{named}`, but the file lies in the section `{section}`, which decides"),
                folder.as_ref().map_or_else(
                    || format!("write `{section}`, or take the line out"),
                    |folder| format!("move the file to `content/{folder}/`, or write `{section}`"),
                ),
            )],
F::MissingFields { section, keys } => [Message::with_hint(
                format!(
                    "栏目“{section}”的文章必须写 {}",
                    pairs(keys, "、", |(en, zh)| format!("`{en}`（{zh}）"))
                ),
                keys.first().map_or(String::new(), |(_, zh)| format!("在文件头里补上，例如 `{zh}: …`")),
            ), Message::with_hint(
                format!("pieces of the section `{section}` must have {}", pairs(keys, ", ", |(en, _)| format!("`{en}`"))),
                keys.first().map_or(String::new(), |(en, _)| format!("add to the front matter: `{en}: …`")),
            )],
F::UpdatedAhead { date } => [Message::with_hint(format!("更新时间 {date} 还没到"), "改成实际更新的时间"), Message::with_hint(format!("`updated` lies ahead: {date}"), "write when it was really changed")],
F::PageTooHeavy { page, size, limit, piece } => [Message::with_hint(
                format!("`{page}` 压缩后有 {size} KB（照片不算），手机上打开慢；最多 {limit} KB"),
                if *piece {
                    "把长文分成几篇，用 `系列:` 连起来；很大的表格放进附件"
                } else {
                    "把 `column.yaml` 里的 `每页篇数` 改小，首页少列几个版块"
                },
            ), Message::with_hint(
                format!("`{page}` has {size} KB gzipped, photos not counted, and opens slowly on a phone; the limit is {limit} KB"),
                if *piece {
                    "cut a long text into several pieces and join them by `series:`; attach a large table as a file"
                } else {
                    "make `per_page` in `column.yaml` smaller, and let the home page show fewer blocks"
                },
            )],
F::NoDate => [Message::with_hint(
                "没有日期，会排在列表最后，检查时也不算更新",
                "在文件头里写 `日期: 2021-03-19`",
            ), Message::with_hint("no date: the piece comes last in its lists", "write `date: 2021-03-19` into the front matter")],
}
}

/// Names in backticks, one after the other.
fn quoted(names: &[String], between: &str) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(between)
}

fn pairs(keys: &[(String, String)], between: &str, show: impl Fn(&(String, String)) -> String) -> String {
    keys.iter().map(show).collect::<Vec<_>>().join(between)
}

fn known_zh(known: &[String], what: &str) -> String {
    if known.is_empty() {
        return format!("`column.yaml` 里还没有列出{what}");
    }
    format!("可用的{what}：{}", quoted(known, "、"))
}

fn known_en(known: &[String], what: &str) -> String {
    if known.is_empty() {
        return format!("`column.yaml` lists no {what} yet");
    }
    format!("known {what}: {}", quoted(known, ", "))
}

fn other_section_zh(named: &str, section: &str, folder: Option<&str>) -> Message {
    Message::with_hint(
        format!("文件头写的栏目是“{named}”，文件却在栏目“{section}”的文件夹里，按文件夹发布"),
        folder.map_or_else(
            || format!("改成“{section}”，或删去这一行"),
            |folder| format!("把文件移到 `content/{folder}/`，或把这一行改成“{section}”"),
        ),
    )
}
