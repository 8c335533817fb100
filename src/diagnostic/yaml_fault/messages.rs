//! The words of [`YamlFault`], in both languages: a flat table each.

use super::{Expected, Found, YamlFault};
use crate::diagnostic::Message;
use crate::diagnostic::keys::in_chinese;

#[expect(clippy::too_many_lines, reason = "a flat table, one arm a fault")]
pub(super) fn message(fault: &YamlFault) -> [Message; 2] {
    use YamlFault as F;
    match fault {
        F::FullWidthColon => [
            Message::with_hint("键名后面用了全角冒号 `：`", "改成半角冒号加一个空格：`: `"),
            Message::with_hint(
                "full-width colon `：` after a key",
                "write a half-width colon and a space: `: `",
            ),
        ],
        F::FullWidthComma { comma } => [
            Message::with_hint(
                format!("方括号里的各项用了 `{comma}` 分隔"),
                "改成半角逗号 `,`；如果这一项本来就带这个标点，给它加上半角引号",
            ),
            Message::with_hint(
                format!("items in brackets are separated by `{comma}`"),
                "write a half-width comma `,`; quote the item if the mark belongs to it",
            ),
        ],
        F::NoSpaceAfterColon { key } => [
            Message::with_hint(
                format!("`{key}:` 的冒号后面少了空格"),
                format!("写成 `{key}: …`，冒号后空一格"),
            ),
            Message::with_hint(format!("no space after the colon of `{key}:`"), format!("write `{key}: …`")),
        ],
        F::NoSpaceAfterDash => [
            Message::with_hint("`-` 后面少了空格", "写成 `- …`，短横后空一格"),
            Message::with_hint("no space after `-`", "write `- …`"),
        ],
        F::WideSpace => [
            Message::with_hint("这里用了全角空格", "改成半角空格，或删去"),
            Message::with_hint("a full-width space", "write a common space, or delete it"),
        ],
        F::ListAmongKeys => [
            Message::with_hint(
                "同一级里既有 `键: 值`，又有 `- ` 开头的列表项",
                "列表项属于上面的键时，上面写成 `键:`，列表项缩进两个空格",
            ),
            Message::with_hint(
                "list items and `key: value` on one level",
                "if the items belong to the key above, write `key:` there and indent them by two spaces",
            ),
        ],
        F::ListBesideKey => [
            Message::with_hint("列表不能和键写在同一行", "换行后每项一行，以 `- ` 开头；或写成 `[甲, 乙]`"),
            Message::with_hint(
                "a list can't begin on the line of its key",
                "one item a line below the key, each beginning with `- `, or `[a, b]`",
            ),
        ],
        F::ChineseQuotes { value } => [
            Message::with_hint(format!("`{value}` 外面用了中文引号"), "去掉引号，直接写值"),
            Message::with_hint(
                format!("`{value}` stands in Chinese quotation marks"),
                "write the value without them",
            ),
        ],
        F::Tab => [
            Message::with_hint("行首用了制表符（Tab）缩进", "改成空格，每级缩进两个空格"),
            Message::with_hint("the line is indented with a tab", "indent with spaces, two a level"),
        ],
        F::UnclosedQuote { quote, chinese: true } => [
            Message::with_hint(
                format!("引号 `{quote}` 没有配对：结尾用了中文引号"),
                format!("结尾改成半角的 `{quote}`"),
            ),
            Message::with_hint(
                format!("the quotation begun by `{quote}` ends with a Chinese quotation mark"),
                format!("end it with a half-width `{quote}`"),
            ),
        ],
        F::UnclosedQuote { quote, chinese: false } => [
            Message::with_hint(
                format!("引号 `{quote}` 只有开头，没有结尾"),
                format!("在这一行末尾补上 `{quote}`"),
            ),
            Message::with_hint(
                format!("the quotation begun by `{quote}` never ends"),
                format!("add `{quote}` at the end of the line"),
            ),
        ],
        F::TextAfterQuote => [
            Message::with_hint(
                "半角引号结束之后还有文字",
                "文中的引号用中文引号“”；或者用单引号把整个值括起来",
            ),
            Message::with_hint(
                "text after the closing quotation mark",
                "use “” for quotations in Chinese text, or put the whole value in single quotes",
            ),
        ],
        F::UnclosedBracket { open } => [
            Message::with_hint(
                format!("括号 `{open}` 没有配对的 `{}`", closing(*open)),
                format!("在这一行末尾补上 `{}`", closing(*open)),
            ),
            Message::with_hint(
                format!("`{open}` without its `{}`", closing(*open)),
                format!("add `{}` at the end of the line", closing(*open)),
            ),
        ],
        F::StrayBracket => [
            Message::with_hint("多出一个右括号，或与左括号不配对", "检查这一行的 `[ ]` 和 `{ }` 是否成对"),
            Message::with_hint(
                "a closing bracket that matches no opening one",
                "check that `[ ]` and `{ }` come in pairs",
            ),
        ],
        F::Indentation => [
            Message::with_hint("这一行的缩进与上下文不一致", "同一级的各行左边对齐，下一级多两个空格"),
            Message::with_hint(
                "the line is indented unlike its neighbours",
                "align lines of one level, and indent the next level by two spaces",
            ),
        ],
        F::ColonInValue => [
            Message::with_hint(
                "值里面又出现了半角冒号加空格",
                "给整个值加上半角引号，或把里面的冒号改成全角 `：`",
            ),
            Message::with_hint(
                "a second colon and space within the value",
                "quote the whole value, or write a full-width `：` inside it",
            ),
        ],
        F::ReservedStart { character } => [
            {
                let named = if *character == '`' { "反引号".into() } else { format!(" `{character}` ") };
                Message::with_hint(format!("值不能直接以{named}开头"), "给整个值加上半角引号")
            },
            {
                let named = if *character == '`' { "a backtick".into() } else { format!("`{character}`") };
                Message::with_hint(
                    format!("an unquoted value can't begin with {named}"),
                    "quote the whole value",
                )
            },
        ],
        F::CommentSwallows { left } if left.is_empty() => [
            Message::with_hint("`#` 后面的内容被当作注释，这个键没有值", "给整个值加上半角引号"),
            Message::with_hint(
                "all after `#` is a comment, so the key has no value",
                "quote the whole value",
            ),
        ],
        F::CommentSwallows { left } => [
            Message::with_hint(
                format!("` #` 后面的内容被当作注释，这个键只剩下 `{left}`"),
                "给整个值加上半角引号；真是注释，就在 `#` 后面空一格",
            ),
            Message::with_hint(
                format!("all after ` #` is a comment, so only `{left}` is left"),
                "quote the whole value; a comment has a space after its `#`",
            ),
        ],
        F::BracketValue => [
            Message::with_hint(
                "值以方括号开头，会被当作列表，后面的文字读不了",
                "给整个值加上半角引号，或改用【 】",
            ),
            Message::with_hint(
                "a value that begins with a bracket is a list, and can't have text behind it",
                "quote the whole value",
            ),
        ],
        F::DocumentEnd => [
            Message::with_hint("单独一行的 `...` 表示到此为止，下面的内容会丢掉", "删去这一行"),
            Message::with_hint(
                "a line `...` ends it all: what stands below would be lost",
                "delete the line",
            ),
        ],
        F::UnknownEscape => [
            Message::with_hint("双引号里有不认识的反斜杠写法", "改用单引号，或把 `\\` 写成 `\\\\`"),
            Message::with_hint(
                "unknown backslash sequence in double quotes",
                "use single quotes, or write `\\\\` for `\\`",
            ),
        ],
        F::ControlCharacter => [
            Message::with_hint("这里有一个看不见的控制字符", "删去后重新输入这一处"),
            Message::with_hint("an invisible control character", "delete it and type the place anew"),
        ],
        F::NotAnEntry => [
            Message::with_hint(
                "这一行不是 `键: 值` 的形式",
                "写成 `键: 值`；如果是上一行的后半句，缩进两个空格",
            ),
            Message::with_hint(
                "the line is no `key: value`",
                "write `key: value`; if it goes on the line above, indent it by two spaces",
            ),
        ],
        F::Syntax => [
            Message::with_hint("这一行的 YAML 写法读不懂", "对照手册检查这一行和上一行的冒号、引号和缩进"),
            Message::with_hint(
                "this line is not YAML that can be read",
                "check colons, quotation marks and indentation of this line and the one before",
            ),
        ],
        F::SecondDocument => [
            Message::with_hint("`---` 又开始了一份新内容，后面的没有读取", "一个文件只写一份，删去这一行"),
            Message::with_hint(
                "`---` begins a second document, which was not read",
                "one file holds one document: delete this line",
            ),
        ],
        F::AliasToItself => [
            Message::with_hint("这个引用指向它自己", "删去引用，直接写出内容"),
            Message::with_hint("the alias points to itself", "write the content out"),
        ],
        F::AliasBudget { limit } => [
            Message::with_hint(format!("引用展开后超过 {limit} 项"), "少用 `&` 和 `*`，直接写出内容"),
            Message::with_hint(
                format!("aliases stand for more than {limit} values"),
                "use fewer of `&` and `*`; write the content out",
            ),
        ],
        F::TooDeep => [
            Message::with_hint("层次套得太深", "最多三十二层；检查是否多写了括号或缩进"),
            Message::with_hint("nested too deeply", "32 levels at most; check brackets and indentation"),
        ],
        F::TooManyFaults { limit } => [
            Message::with_hint(format!("问题太多，只列出前 {limit} 处"), "改好这些后再检查一次"),
            Message::with_hint(
                format!("too many faults, only the first {limit} are listed"),
                "mend these and check again",
            ),
        ],
        F::DuplicateKey { key, first } if key == first => [
            Message::with_hint(format!("`{key}` 写了两次"), "保留一处，删去另一处"),
            Message::with_hint(format!("`{key}` is given twice"), "keep one and delete the other"),
        ],
        F::DuplicateKey { key, first } => [
            Message::with_hint(format!("`{key}` 与前面的 `{first}` 是同一个键"), "中文名和英文名只写一个"),
            Message::with_hint(
                format!("`{key}` is the same key as `{first}` before it"),
                "give it once, under either name",
            ),
        ],
        F::UnknownKey { key, nearest: Some(nearest) } => [
            Message::with_hint(format!("不认识的键 `{key}`"), format!("是不是 `{nearest}`？")),
            Message::with_hint(format!("unknown key `{key}`"), format!("did you mean `{nearest}`?")),
        ],
        F::UnknownKey { key, nearest: None } => [
            Message::with_hint(format!("不认识的键 `{key}`"), "检查拼写，或删去这一行"),
            Message::with_hint(format!("unknown key `{key}`"), "check the spelling, or delete the line"),
        ],
        F::MissingKey { key } => [
            Message::with_hint(
                format!("缺少 `{}`", in_chinese(key)),
                format!("补上一行 `{}: …`", in_chinese(key)),
            ),
            Message::with_hint(format!("`{key}` is missing"), format!("add a line `{key}: …`")),
        ],
        F::MissingValue => [
            Message::with_hint("这里缺少内容", "填上内容，或删去这一行"),
            Message::with_hint("nothing is given here", "give a value, or delete the line"),
        ],
        F::WrongType { expected, found } => {
            [wrong_type_zh(*expected, found), wrong_type_en(*expected, found)]
        }
        F::NumberRange { max: i64::MAX, .. } => [
            Message::with_hint("这个数字太大或太小", "核对位数"),
            Message::with_hint("the number is too large or too small", "count its digits"),
        ],
        F::NumberRange { min, max } => [
            Message::plain(format!("数字要在 {min} 到 {max} 之间")),
            Message::plain(format!("the number must be from {min} to {max}")),
        ],
        F::UnknownChoice { value, nearest: Some(nearest), .. } => [
            Message::with_hint(format!("`{value}` 不在可选的范围内"), format!("是不是 `{nearest}`？")),
            Message::with_hint(
                format!("`{value}` is none of the choices"),
                format!("did you mean `{nearest}`?"),
            ),
        ],
        F::UnknownChoice { value, choices, .. } => [
            Message::with_hint(
                format!("`{value}` 不在可选的范围内"),
                format!("可以写：{}", quoted(choices, "、")),
            ),
            Message::with_hint(
                format!("`{value}` is none of the choices"),
                format!("choose from {}", quoted(choices, ", ")),
            ),
        ],
        F::NoSuchDay { text } => [
            Message::with_hint(format!("日期 `{text}` 不存在"), "核对月份和日子"),
            Message::with_hint(format!("there is no day `{text}`"), "check month and day"),
        ],
        F::NoSuchTime { text } => [
            Message::with_hint(format!("`{text}` 里的时间不存在"), "小时写 0 到 23，分钟写 0 到 59"),
            Message::with_hint(
                format!("there is no such time of day in `{text}`"),
                "hours go from 0 to 23, minutes from 0 to 59",
            ),
        ],
        F::DateForm { text, meant } => [
            Message::with_hint(format!("日期 `{text}` 的写法不对"), format!("写成 `{meant}`")),
            Message::with_hint(
                format!("the date `{text}` is not written as asked for"),
                format!("write `{meant}`"),
            ),
        ],
        F::NotADate { text } => [
            Message::with_hint(format!("`{text}` 不是日期"), "写成 `2021-03-08` 或 `2021-03-08 09:40`"),
            Message::with_hint(format!("`{text}` is no date"), "write `2021-03-08` or `2021-03-08 09:40`"),
        ],
        F::Refused => [
            Message::with_hint("这个值不能用在这里", "对照手册检查它的写法"),
            Message::with_hint("this value can't be used here", "check how it is to be written"),
        ],
    }
}

fn wrong_type_zh(expected: Expected, found: &Found) -> Message {
    let list = *found == Found::List;
    let found = match found {
        Found::Text(text) => format!(" `{text}`"),
        Found::List => "列表".into(),
        Found::Group => "下一级的 `键: 值`".into(),
    };
    let (what, hint) = match expected {
        Expected::Text => ("文字", "只写一段文字，不分项、不分级"),
        Expected::Number => ("数字", "用半角阿拉伯数字，不带单位"),
        Expected::Whole => ("整数", "用半角阿拉伯数字，不带小数和单位"),
        Expected::YesNo => ("是或否", "写 `是` 或 `否`"),
        Expected::List => ("列表", "每项一行，以 `- ` 开头；或写成 `[甲, 乙]`"),
        Expected::Group if list => ("下一级的 `键: 值`", "去掉行首的 `- `，每行写一个 `键: 值`"),
        Expected::Group => ("下一级的 `键: 值`", "换行并缩进两个空格，每行一个 `键: 值`"),
        Expected::TextOrGroup => ("文字或下一级的 `键: 值`", "写一段文字，或换行缩进后写 `键: 值`"),
        Expected::TextOrList => ("文字或列表", "写一项文字，或写成 `[甲, 乙]`"),
    };
    Message::with_hint(format!("这里要写{what}，现在是{found}"), hint)
}

fn wrong_type_en(expected: Expected, found: &Found) -> Message {
    let list = *found == Found::List;
    let found = match found {
        Found::Text(text) => format!("`{text}`"),
        Found::List => "a list".into(),
        Found::Group => "keys and values".into(),
    };
    let (what, hint) = match expected {
        Expected::Text => ("a text", "write one text, without items or levels"),
        Expected::Number => ("a number", "write half-width digits without a unit"),
        Expected::Whole => ("a whole number", "write half-width digits without fraction or unit"),
        Expected::YesNo => ("yes or no", "write `true` or `false`"),
        Expected::List => ("a list", "one item a line, each beginning with `- `, or `[a, b]`"),
        Expected::Group if list => ("keys and values", "write `key: value` lines without `- `"),
        Expected::Group => {
            ("keys and values", "on the following lines, indented by two spaces, `key: value`")
        }
        Expected::TextOrGroup => {
            ("a text or keys and values", "write a text, or `key: value` on indented lines")
        }
        Expected::TextOrList => ("a text or a list", "write one text, or `[a, b]`"),
    };
    Message::with_hint(format!("expected {what}, found {found}"), hint)
}

fn closing(open: char) -> char {
    match open {
        '[' => ']',
        '{' => '}',
        other => other,
    }
}

fn quoted(names: &[String], between: &str) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(between)
}
