//! The words of [`MarkdownFault`], in both languages. **Flat table:** one arm a fault.

use super::MarkdownFault;
use crate::diagnostic::Message;

#[expect(clippy::too_many_lines, reason = "a flat table, one arm a fault")]
pub(super) fn message(fault: &MarkdownFault) -> [Message; 2] {
    use MarkdownFault as F;
    match fault {
        F::FullWidthHeading => [
            Message::with_hint("行首的 `＃` 是全角字符，不会成为标题", "改成半角 `#` 加一个空格"),
            Message::with_hint(
                "the `＃` at the beginning of the line is full-width and makes no heading",
                "write a half-width `#` and a space",
            ),
        ],
        F::FullWidthFence => [
            Message::with_hint("行首的 `｀｀｀` 是全角字符，不会成为代码块或内容块", "改成半角的三个反引号"),
            Message::with_hint(
                "the backticks at the beginning of the line are full-width and make no block",
                "write three half-width backticks",
            ),
        ],
        F::HeadingWithoutSpace => [
            Message::with_hint("`#` 后面少了空格，这一行不会成为标题", "在 `#` 和文字之间空一格"),
            Message::with_hint(
                "no space after `#`, so the line is no heading",
                "put a space between `#` and the text",
            ),
        ],
        F::HeadingJump { from, to } => [
            {
                let next = from + 1;
                Message::with_hint(
                    format!("标题从 {from} 级跳到了 {to} 级"),
                    format!("这里用 {next} 个 `#`；标题不要跳级，读屏软件靠级别导航"),
                )
            },
            {
                let next = from + 1;
                Message::with_hint(
                    format!("headings jump from level {from} to level {to}"),
                    format!("use {next} `#` here: screen readers navigate by levels"),
                )
            },
        ],
        F::LevelOneHeading => [
            Message::with_hint("正文里用了一级标题，一级标题是文章的题目", "正文里的标题从 `##` 开始"),
            Message::with_hint(
                "a level-1 heading in the text, where level 1 is the title's",
                "begin with `##` in the text",
            ),
        ],
        F::EmptyHeading => [
            Message::with_hint("标题里没有文字", "写上标题，或删去这一行"),
            Message::with_hint("a heading without a text", "write one, or delete the line"),
        ],
        F::UnderlinedParagraph => [
            Message::with_hint("这条横线紧贴在段落下面，整段变成了标题", "在横线上面空一行，它才是分隔线"),
            Message::with_hint(
                "this line stands directly below a paragraph and makes it a heading",
                "leave an empty line above it, and it is a rule",
            ),
        ],
        F::FullWidthQuote => [
            Message::with_hint("行首的 `＞` 是全角字符，不会成为引文", "改成半角 `>` 加一个空格"),
            Message::with_hint(
                "the `＞` at the beginning of the line is full-width and makes no quotation",
                "write a half-width `>` and a space",
            ),
        ],
        F::ListWithoutSpace { marker } => [
            Message::with_hint(
                format!("`{marker}` 后面少了空格，这几行不会成为列表，会连成一段"),
                format!("在 `{marker}` 和文字之间空一格；不是列表就各空一行"),
            ),
            Message::with_hint(
                format!("no space after `{marker}`, so the lines are no list and run together"),
                format!("put a space behind `{marker}`, or an empty line between the lines"),
            ),
        ],
        F::BulletCharacter { sign } => [
            Message::with_hint(
                format!("`{sign}` 开头的几行不会成为列表，会连成一段"),
                format!("把 `{sign}` 改成 `-` 加一个空格"),
            ),
            Message::with_hint(
                format!("lines that begin with `{sign}` are no list and run together"),
                format!("write `-` and a space in place of `{sign}`"),
            ),
        ],
        F::TaskMark => [
            Message::with_hint(
                "这个方框不会成为待办框",
                "写成 `[ ]`（未完成）或 `[x]`（已完成），后面空一格",
            ),
            Message::with_hint("this is no box of a task", "write `[ ]` (to do) or `[x]` (done) and a space"),
        ],
        F::BrokenTable => [
            Message::with_hint(
                "这几行像表格，但没有成为表格",
                "第二行写成 `| --- | --- |`，列数与表头相同，符号用半角",
            ),
            Message::with_hint(
                "these lines look like a table, but make none",
                "the second line must be `| --- | --- |`, with as many columns as the head, in half-width signs",
            ),
        ],
        F::ExtraCells { columns } => [
            Message::with_hint(
                "这一行比表头多出了单元格，多出的不会显示",
                format!("表头有 {columns} 列；补上表头，或把单元格里的 `|` 写成 `\\|`"),
            ),
            Message::with_hint(
                "the row has more cells than the head, and the rest is not shown",
                format!("the head has {columns} columns: add to it, or write `\\|` for a `|` within a cell"),
            ),
        ],
        F::IndentedParagraph => [
            Message::with_hint("段首空了四格，这一段变成了代码", "删去段首的空格；段首缩进由主题来排"),
            Message::with_hint(
                "four spaces at the beginning make the paragraph code",
                "delete them: the theme indents paragraphs",
            ),
        ],
        F::IndentedLine => [
            Message::with_hint("这一行像另起的一段，但会与上一行连成一段", "在它上面空一行"),
            Message::with_hint(
                "this line looks like a new paragraph, but joins the line above",
                "leave an empty line above it",
            ),
        ],
        F::JoinedLines { lines } => [
            Message::with_hint(
                format!("这 {lines} 行各是一段，这里会连成一段"),
                "段与段之间空一行（`zhuanlan fix` 可以补上）；全栏都这样写，就在 `column.yaml` 里写 `换行: 每行一段`",
            ),
            Message::with_hint(
                format!("these {lines} lines are paragraphs, but run together into one"),
                "leave an empty line between them (`zhuanlan fix` does); where all pieces are written so, \
                 write `line_breaks: paragraphs` in `column.yaml`",
            ),
        ],
        F::PastedTable { rows, columns } => [
            Message::with_hint(
                format!("这 {rows} 行像是从表格里粘来的，现在不成表格，会连成一段"),
                format!("写成 {columns} 列的表格，格与格之间用 `|` 隔开；`zhuanlan fix` 可以改好"),
            ),
            Message::with_hint(
                format!("these {rows} lines look pasted from a spreadsheet, but make no table"),
                format!("write a table of {columns} columns with `|` between the cells; `zhuanlan fix` does"),
            ),
        ],
        F::StruckRange { text } => [
            Message::with_hint(
                format!("两个 `~` 之间的 `{text}` 会被画上删除线"),
                "数字范围用 `～` 或“至”：`3～5人`；`zhuanlan fix` 可以改好",
            ),
            Message::with_hint(
                format!("the `~` on both sides strike out `{text}`"),
                "write ranges with `～` or `–`; `zhuanlan fix` does",
            ),
        ],
        F::LookalikeHeading { bold } => [
            Message::with_hint(
                if *bold {
                    "这一行只是加粗，不算小标题"
                } else {
                    "这一行像小标题，现在只是一段文字"
                },
                "是小标题就在行首写 `## `，读者才能从目录跳到这里；`zhuanlan fix` 可以逐处问了再改",
            ),
            Message::with_hint(
                if *bold {
                    "this line is only bold, and no heading"
                } else {
                    "this line looks like a heading, but is a paragraph"
                },
                "begin a heading with `## `, so that it stands in the outline; `zhuanlan fix` asks and does",
            ),
        ],
        F::CaptionBelow { text } => [
            Message::with_hint(
                format!("`{text}` 像是上面图片的说明，现在是另外一段文字"),
                "说明写在图片的括号里：`![画面内容](图.jpg \"说明\")`；`zhuanlan fix` 可以改好",
            ),
            Message::with_hint(
                format!(
                    "`{text}` looks like the caption of the picture above, but is a paragraph of its own"
                ),
                "a caption stands within the parentheses: `![what is seen](a.jpg \"caption\")`; `zhuanlan fix` does",
            ),
        ],
        F::UnlinkedFile { name } => [
            Message::with_hint(
                format!("写了文件名 `{name}`，但没有链接，读者打不开"),
                format!("把文件放在稿件旁边，写成 `[{name}](<{name}>)`"),
            ),
            Message::with_hint(
                format!("`{name}` is named but not linked: readers can't open it"),
                format!("put the file beside the text and write `[{name}](<{name}>)`"),
            ),
        ],
        F::UnclosedComment => [
            Message::with_hint("注释 `<!--` 没有结束，后面的文字都不显示", "在注释末尾写上 `-->`"),
            Message::with_hint(
                "a comment `<!--` that is never closed: all that follows is hidden",
                "write `-->` at its end",
            ),
        ],
        F::UnclosedFence => [
            Message::with_hint(
                "代码块只有开头没有结尾，后面的文字都成了代码",
                "在代码块末尾另起一行，写上同样的围栏",
            ),
            Message::with_hint(
                "a code block that is never closed: all that follows is code",
                "write the same fence on a line of its own at its end",
            ),
        ],
        F::UnknownBlock { name, nearest } => [
            Message::with_hint(
                format!("没有名为 `{name}` 的内容块，这里按普通代码显示"),
                format!("要写的是 `{nearest}` 吗？"),
            ),
            Message::with_hint(
                format!("no block is called `{name}`, so it is shown as code"),
                format!("did you mean `{nearest}`?"),
            ),
        ],
        F::UnknownAlert { name, nearest } => [
            Message::with_hint(
                format!("没有名为 `{name}` 的提示框"),
                match nearest {
                    Some(nearest) => format!("要写的是 `[!{nearest}]` 吗？"),
                    None => "可用的有 NOTE、TIP、IMPORTANT、WARNING、CAUTION".into(),
                },
            ),
            Message::with_hint(
                format!("no alert is called `{name}`"),
                match nearest {
                    Some(nearest) => format!("did you mean `[!{nearest}]`?"),
                    None => "there are NOTE, TIP, IMPORTANT, WARNING and CAUTION".into(),
                },
            ),
        ],
        F::FullWidthLink => [
            Message::with_hint("这不会成为链接：括号要用半角，中间不能有空格", "写成 `[文字](网址)`"),
            Message::with_hint(
                "this is no link: the brackets must be half-width and touch",
                "write `[text](address)`",
            ),
        ],
        F::FullWidthLinkEnd => [
            Message::with_hint("链接用全角 `）` 结尾，不会成为链接", "改成半角 `)`"),
            Message::with_hint("the link ends in a full-width `）` and is none", "write a half-width `)`"),
        ],
        F::FullWidthTitle => [
            Message::with_hint(
                "链接里的标题用了中文引号，不会成为链接",
                "给标题改用半角引号：`(地址 \"标题\")`",
            ),
            Message::with_hint(
                "the title within the link has Chinese quotation marks, so it is no link",
                "use half-width ones: `(address \"title\")`",
            ),
        ],
        F::ReservedId { id } => [
            Message::with_hint(format!("锚点 `{id}` 是网页自己要用的"), "换一个名称"),
            Message::with_hint(format!("the anchor `{id}` is one of the page itself"), "choose another name"),
        ],
        F::ForeignMarkup { written, right } => [
            Message::with_hint(
                format!("`{written}` 是别的软件的写法，会原样显示"),
                right.as_ref().map_or_else(|| "删去它".to_owned(), |right| format!("写成 `{right}`")),
            ),
            Message::with_hint(
                format!("`{written}` is markup of another program and shows as it stands"),
                right.as_ref().map_or_else(|| "delete it".to_owned(), |right| format!("write `{right}`")),
            ),
        ],
        F::UndefinedReference { label } => [
            Message::with_hint(
                format!("没有写 `[{label}]` 的地址，不会成为链接"),
                format!("另起一行写 `[{label}]: 地址`，或改成 `[文字](地址)`"),
            ),
            Message::with_hint(
                format!("nothing says where `[{label}]` leads, so it is no link"),
                format!("write `[{label}]: address` on a line of its own, or `[text](address)`"),
            ),
        ],
        F::FullWidthReference => [
            Message::with_hint(
                "链接地址前面用了全角冒号，不会成为链接",
                "改成半角冒号加一个空格：`[名称]: 地址`",
            ),
            Message::with_hint(
                "a full-width colon before the address, so it is no link",
                "use a plain colon and a space: `[name]: address`",
            ),
        ],
        F::QuotesInTitle => [
            Message::with_hint(
                "图注里又有半角引号，图和图注都不会出现",
                "里面的引号用“”，或外面改用单引号：`(图.png '图注')`",
            ),
            Message::with_hint(
                "quotation marks within the caption, so there is neither picture nor caption",
                "use “” inside, or single quotes around: `(p.png 'caption')`",
            ),
        ],
        F::SizeInImage => [
            Message::with_hint("地址后面写了尺寸，图不会出现", "删去尺寸，大小由版式来定"),
            Message::with_hint(
                "a size behind the address, so there is no picture",
                "delete it: sizes are the theme's",
            ),
        ],
        F::AngleText { written } => [
            Message::with_hint(
                format!("`{written}` 不是网页标签，按文字显示"),
                format!("就是要显示它，写成 `\\{written}`；网页标签写错了，改用 Markdown 的写法"),
            ),
            Message::with_hint(
                format!("`{written}` is no HTML element and is shown as text"),
                format!("if that is meant, write `\\{written}`; if it is a mistyped element, use Markdown"),
            ),
        ],
        F::SpaceInLink => [
            Message::with_hint("地址里有空格，不会成为链接", "用尖括号把地址括起来：`(<地址>)`"),
            Message::with_hint(
                "the address holds a space, so it is no link",
                "put it in angle brackets: `(<address>)`",
            ),
        ],
        F::UnclosedLink => [
            Message::with_hint("链接的 `(` 没有配对的 `)`", "在地址后面补上 `)`"),
            Message::with_hint("the link's `(` has no `)`", "write `)` behind the address"),
        ],
        F::FullWidthImage => [
            Message::with_hint("`！` 是全角字符，这里成了链接而不是图片", "改成半角 `!`"),
            Message::with_hint(
                "the `！` is full-width, which makes this a link, not a picture",
                "write a half-width `!`",
            ),
        ],
        F::FullWidthUrl => [
            Message::with_hint("网址里用了全角冒号", "改成半角：`https://…`"),
            Message::with_hint("full-width colon in an address", "write it half-width: `https://…`"),
        ],
        F::BackslashPath => [
            Message::with_hint("路径里用了 `\\`", "改成 `/`"),
            Message::with_hint("`\\` in a path", "write `/`"),
        ],
        F::LocalPath => [
            Message::with_hint(
                "这是您自己电脑上的路径，读者打不开",
                "把文件放进专栏的文件夹，写相对路径，如 `photos/会场.jpg`",
            ),
            Message::with_hint(
                "a path on your own computer, where no reader gets",
                "put the file into the column's folder and write a relative path such as `photos/hall.jpg`",
            ),
        ],
        F::EmbeddedFile => [
            Message::with_hint(
                "文件嵌在了地址里（`data:`），没有显示",
                "把它另存为文件，放进专栏的文件夹，再写相对路径",
            ),
            Message::with_hint(
                "a file within the address (`data:`) is not shown",
                "save it as a file in the column's folder and write its relative path",
            ),
        ],
        F::UnsafeLink { scheme } => [
            Message::with_hint(
                format!("链接不能用 `{scheme}:`，已去掉"),
                "只能用 `https:`、`http:`、`mailto:`、`tel:`，或相对路径",
            ),
            Message::with_hint(
                format!("links must not use `{scheme}:`; it was left out"),
                "use `https:`, `http:`, `mailto:`, `tel:` or a relative path",
            ),
        ],
        F::EmptyLinkText => [
            Message::with_hint("链接没有文字，这里暂用地址代替", "在 `[ ]` 里写上通向哪里"),
            Message::with_hint(
                "a link without words; its address is shown instead",
                "write in the `[ ]` where it leads",
            ),
        ],
        F::PhotoWithoutAlt { in_gallery: true } => [
            Message::with_hint(
                "图集里的图片没有说明，看不见图片的读者不知道画面内容",
                "加上 `说明: …`，或写画面内容：`替代文字: 会议现场`",
            ),
            Message::with_hint(
                "a picture of a gallery without a description, for readers who can't see it",
                "write its `caption: …`, or what it shows: `alt: the meeting`",
            ),
        ],
        F::PhotoWithoutAlt { in_gallery: false } => [
            Message::with_hint(
                "图片没有说明，看不见图片的读者不知道画面内容",
                "在 `[ ]` 里写上画面内容：`![会议现场](…)`",
            ),
            Message::with_hint(
                "a picture without a description, for readers who can't see it",
                "write in the `[ ]` what it shows: `![the meeting](…)`",
            ),
        ],
        F::UndefinedNote { label } => [
            Message::with_hint(
                format!("脚注 `{label}` 没有内容"),
                format!("另起一行写：`[^{label}]: 脚注内容`"),
            ),
            Message::with_hint(
                format!("footnote `{label}` is not defined"),
                format!("write on a line of its own: `[^{label}]: its text`"),
            ),
        ],
        F::FullWidthNote => [
            Message::with_hint("脚注的冒号是全角的，不会成为脚注", "改成半角冒号加一个空格：`]: `"),
            Message::with_hint(
                "the footnote's colon is full-width, so it is none",
                "write a half-width colon and a space: `]: `",
            ),
        ],
        F::UnusedNote { label } => [
            Message::with_hint(
                format!("正文没有引用脚注 `{label}`，它不会显示"),
                format!("在正文里写上 `[^{label}]`，或删去这条脚注"),
            ),
            Message::with_hint(
                format!("nothing refers to footnote `{label}`, so it is not shown"),
                format!("write `[^{label}]` in the text, or delete it"),
            ),
        ],
        F::DuplicateNote { label } => [
            Message::with_hint(format!("脚注 `{label}` 写了两次，后一次没有采用"), "换一个名称"),
            Message::with_hint(
                format!("footnote `{label}` is defined twice, and the second was not used"),
                "give it another name",
            ),
        ],
        F::DuplicateId { id } => [
            Message::with_hint(format!("锚点 `{id}` 在这篇里已经有了"), "换一个名称"),
            Message::with_hint(format!("this text has an anchor `{id}` already"), "give it another name"),
        ],
        F::SpacedEmphasis => [
            Message::with_hint("`**` 里侧有空格，不会加粗", "去掉星号与文字之间的空格"),
            Message::with_hint(
                "blanks inside of `**`, so nothing is bold",
                "delete the blanks between asterisks and text",
            ),
        ],
        F::StrayAsterisks => [
            Message::with_hint("`**` 没有配对，会原样显示", "在要加粗的文字后面补上 `**`，或删去它"),
            Message::with_hint(
                "`**` without its counterpart is shown as it is",
                "write `**` behind the bold text too, or delete it",
            ),
        ],
        F::SwallowedAsterisks { text } => [
            Message::with_hint(
                format!("星号没有显示，`{text}` 成了强调"),
                "要显示星号，就在它前面加反斜杠：`\\*`",
            ),
            Message::with_hint(
                format!("the asterisks are not shown, and `{text}` is emphasised"),
                "to show an asterisk, write a backslash before it: `\\*`",
            ),
        ],
        F::RawElement { name } => [
            Message::with_hint(
                format!("网页标签 `<{name}>` 不能用，已去掉"),
                "改用 Markdown 的写法；样式由主题来定",
            ),
            Message::with_hint(
                format!("the HTML element `<{name}>` is not allowed and was left out"),
                "use Markdown; looks are the theme's",
            ),
        ],
        F::RawAttribute { name } => [
            Message::with_hint(
                format!("网页标签的属性 `{name}` 不能用，已去掉"),
                "删去它；样式和尺寸由主题来定",
            ),
            Message::with_hint(
                format!("the HTML attribute `{name}` is not allowed and was left out"),
                "delete it: looks and sizes are the theme's",
            ),
        ],
        F::PastedHtml { count } => [
            Message::with_hint(
                format!("这篇里有从网页或公众号粘来的网页代码，其中 {count} 处标签和样式不能用，已去掉"),
                "`zhuanlan fix` 把它变成 Markdown：文字、小标题、加粗、链接、图片和表格都留下",
            ),
            Message::with_hint(
                format!("pasted HTML: {count} tags and attributes of it are not allowed and were left out"),
                "`zhuanlan fix` turns it into Markdown: words, headings, bold, links, pictures and tables stay",
            ),
        ],
        F::ControlCharacter { code } => [
            Message::with_hint(
                format!("这里有看不见的控制字符（U+{code:04X}），已去掉"),
                "多半是从文字处理软件粘贴来的；删去，或改成换行",
            ),
            Message::with_hint(
                format!("an invisible control character (U+{code:04X}) was left out"),
                "most likely pasted from a word processor: delete it, or begin a new line",
            ),
        ],
        F::TooDeep { limit } => [
            Message::with_hint(
                format!("嵌套超过了 {limit} 层，更深的按普通文字显示"),
                "减少引文、列表和强调的层次",
            ),
            Message::with_hint(
                format!("nested more than {limit} deep; what is deeper is plain text"),
                "nest quotations, lists and emphasis less",
            ),
        ],
    }
}
