//! Emphasis in Chinese, Japanese, Korean and mixed text.

use crate::commonmark::normal;
use crate::markdown::{Random, html};

fn comrak(text: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.cjk_friendly_emphasis = true;
    options.extension.strikethrough = true;
    comrak::markdown_to_html(text, &options)
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = normal(&html(text));
        let found = found.trim_start_matches("<p>").trim_end_matches("</p>");
        if found != *expected {
            wrong.push(format!(
                "{text}\n  expected {expected}\n  found    {found}\n  comrak   {}",
                comrak(text)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `rounds` random texts of `parts` give what comrak's implementation of the
/// amendment gives.
#[track_caller]
fn same_as_comrak(seed: u64, rounds: usize, parts: &[&str], view: fn(&str) -> String) {
    let mut random = Random(seed);
    let mut wrong = Vec::new();
    for _ in 0..rounds {
        let text = random.text(parts, 14);
        let (ours, theirs) = (view(&normal(&html(&text))), view(&normal(&comrak(&text))));
        if ours != theirs {
            wrong.push(format!("{text:?}\n  comrak {theirs}\n  ours   {ours}"));
        }
    }
    let shown: Vec<&str> = wrong.iter().take(10).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} of {rounds} differ\n{}", wrong.len(), shown.join("\n"));
}

#[test]
fn random_asterisks_as_in_comrak() {
    let parts = [
        "*",
        "**",
        "***",
        "中",
        "文",
        "。",
        "，",
        "《",
        "》",
        "“",
        "”",
        "：",
        "a",
        "b",
        " ",
        ".",
        "(",
        ")",
        "！",
        "か",
        "ー",
        "「",
        "」",
        "한",
        "글",
        "…",
        "—",
        "é",
        "１",
        "（",
        "）",
        "\\",
        "`",
        "_",
        "塚\u{FE00}",
        "葛\u{E0100}",
        "①",
        "④",
        "㋐",
        "¥",
        "￥",
        "👍",
        "·",
    ];
    same_as_comrak(20_210_308, 100_000, &parts, str::to_owned);
}

#[test]
fn random_tildes_as_in_comrak() {
    let parts = [
        "~~", "~~", "中", "文", "。", "《", "》", "“", "a", "b", " ", ".", "(", "！", "か", "「", "한", "**",
        "*",
    ];
    same_as_comrak(7, 10_000, &parts, str::to_owned);
}

/// Line ends are left out, because ours vanish between Chinese characters.
#[test]
fn random_lines_as_in_comrak() {
    let parts = [
        "*", "**", "***", "中", "文", "。", "《", "》", "“", "：", "a", " ", ".", "(", "！", "\n", "\n",
        "> ", "- ", "[a", "](x)", "1. ", "# ", "_",
    ];
    same_as_comrak(8, 10_000, &parts, |html| html.replace('\n', ""));
}

#[test]
fn chinese_punctuation_inside() {
    check(&[
        ("这是**《教育整顿进行时》**专栏", "这是<strong>《教育整顿进行时》</strong>专栏"),
        ("**重要提示：**请注意", "<strong>重要提示：</strong>请注意"),
        ("**注意！**请勿靠近", "<strong>注意！</strong>请勿靠近"),
        ("**能办吗？**能办。", "<strong>能办吗？</strong>能办。"),
        ("**第一，**抓好学习", "<strong>第一，</strong>抓好学习"),
        ("**首先、**其次", "<strong>首先、</strong>其次"),
        ("**分号；**之后", "<strong>分号；</strong>之后"),
        ("**一句话。**另一句", "<strong>一句话。</strong>另一句"),
        ("**（一）**总体要求", "<strong>（一）</strong>总体要求"),
        ("坚持**（严）**字当头", "坚持<strong>（严）</strong>字当头"),
        ("把**“严”**字贯穿始终", "把<strong>“严”</strong>字贯穿始终"),
        ("把**‘严’**字贯穿始终", "把<strong>‘严’</strong>字贯穿始终"),
        ("**【通知】**全体民警", "<strong>【通知】</strong>全体民警"),
        ("学习**〈建议〉**原文", "学习<strong>〈建议〉</strong>原文"),
        ("**「直角引号」**也行", "<strong>「直角引号」</strong>也行"),
        ("**『双直角』**也行", "<strong>『双直角』</strong>也行"),
        ("文号**〔2020〕**在中间", "文号<strong>〔2020〕</strong>在中间"),
        ("**省略……**之后", "<strong>省略……</strong>之后"),
        ("**破折——**之后", "<strong>破折——</strong>之后"),
        ("前面**——破折**后面", "前面<strong>——破折</strong>后面"),
        ("**间隔·**之后", "<strong>间隔·</strong>之后"),
        ("**百分之五十％**以上", "<strong>百分之五十％</strong>以上"),
        ("增长**50%**以上", "增长<strong>50%</strong>以上"),
        ("金额**￥100**元", "金额<strong>￥100</strong>元"),
        ("气温**38℃**左右", "气温<strong>38℃</strong>左右"),
        ("**全角！？**结尾", "<strong>全角！？</strong>结尾"),
    ]);
}

#[test]
fn chinese_single_asterisks() {
    check(&[
        ("这是*《文件》*原文", "这是<em>《文件》</em>原文"),
        ("*提示：*请看", "<em>提示：</em>请看"),
        ("中*文*中", "中<em>文</em>中"),
        ("中*“文”*中", "中<em>“文”</em>中"),
        ("*（见附件）*之后", "<em>（见附件）</em>之后"),
        ("一*。*二", "一<em>。</em>二"),
        ("强调*，*逗号", "强调<em>，</em>逗号"),
        ("***《又粗又斜》***之后", "<em><strong>《又粗又斜》</strong></em>之后"),
        ("前***！***后", "前<em><strong>！</strong></em>后"),
        ("**粗*斜：*粗**后", "<strong>粗<em>斜：</em>粗</strong>后"),
        ("*斜**粗。**斜*后", "<em>斜<strong>粗。</strong>斜</em>后"),
    ]);
}

#[test]
fn beside_latin_and_digits() {
    check(&[
        ("用**GPS**定位", "用<strong>GPS</strong>定位"),
        ("用**GPS（北斗）**定位", "用<strong>GPS（北斗）</strong>定位"),
        ("在**2021年3月8日**召开", "在<strong>2021年3月8日</strong>召开"),
        ("共**25个（条）**意见", "共<strong>25个（条）</strong>意见"),
        ("实行**“1+3+1+N”**模式", "实行<strong>“1+3+1+N”</strong>模式"),
        ("Go**「初学者」**入门", "Go<strong>「初学者」</strong>入门"),
        ("Rust**（语言）**and more", "Rust<strong>（语言）</strong>and more"),
        ("a**《b》**c", "a<strong>《b》</strong>c"),
        ("a**。**b", "a<strong>。</strong>b"),
        ("**C#**和**F#**都行", "<strong>C#</strong>和<strong>F#</strong>都行"),
        ("**C++**程序", "<strong>C++</strong>程序"),
        ("用**`code`**表示", "用<strong><code>code</code></strong>表示"),
        ("**`code`**表示代码", "<strong><code>code</code></strong>表示代码"),
        ("见**[通知](a.md)**全文", "见<strong><a href=\"a.md\">通知</a></strong>全文"),
        ("**[通知](a.md)**全文", "<strong><a href=\"a.md\">通知</a></strong>全文"),
        ("见**<https://a.cn>**全文", "见<strong><a href=\"https://a.cn\">https://a.cn</a></strong>全文"),
        ("中**\"文\"**中", "中<strong>\"文\"</strong>中"),
        ("中**(文)**中", "中<strong>(文)</strong>中"),
        ("中**[文]**中", "中<strong>[文]</strong>中"),
        ("中**-文-**中", "中<strong>-文-</strong>中"),
        ("中**#1**号", "中<strong>#1</strong>号"),
        ("中**@某人**好", "中<strong>@某人</strong>好"),
        ("中**&amp;**中", "中<strong>&amp;</strong>中"),
        ("**A.**甲**B.**乙", "<strong>A.</strong>甲<strong>B.</strong>乙"),
        ("选**A、B**两项", "选<strong>A、B</strong>两项"),
    ]);
}

#[test]
fn what_latin_text_keeps() {
    check(&[
        ("foo**bar**baz", "foo<strong>bar</strong>baz"),
        ("foo*bar*baz", "foo<em>bar</em>baz"),
        ("a**(b)**c", "a**(b)**c"),
        ("a**\"b\"**c", "a**\"b\"**c"),
        ("a*(b)*c", "a*(b)*c"),
        ("**foo.**bar", "**foo.**bar"),
        ("** foo **", "** foo **"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("5*6*78", "5<em>6</em>78"),
        ("snake_case_name", "snake_case_name"),
        ("中_文_中", "中_文_中"),
        ("_中文_。", "<em>中文</em>。"),
        ("__注意__：事项", "<strong>注意</strong>：事项"),
        ("注意：__事项__", "注意：<strong>事项</strong>"),
        ("（_强调_）", "（<em>强调</em>）"),
    ]);
}

#[test]
fn blanks_still_block() {
    check(&[
        ("中 ** 文 ** 中", "中 ** 文 ** 中"),
        ("中** 文**中", "中** 文**中"),
        ("中**文 **中", "中**文 **中"),
        ("中　**文**　中", "中　<strong>文</strong>　中"),
        ("中**　文**中", "中**　文**中"),
        ("** 重点**", "** 重点**"),
        ("中 *文* 中", "中 <em>文</em> 中"),
    ]);
}

#[test]
fn struck_through() {
    check(&[
        ("原价~~《一百》~~现价", "原价<del>《一百》</del>现价"),
        ("~~删去。~~保留", "<del>删去。</del>保留"),
        ("中~~“文”~~中", "中<del>“文”</del>中"),
        ("中~~（文）~~中", "中<del>（文）</del>中"),
        ("a~~「a~~」", "a<del>「a</del>」"),
        ("「~~a」~~a", "「<del>a」</del>a"),
        ("~~a~~：~~a~~", "<del>a</del>：<del>a</del>"),
        ("a~~a()~~あ", "a<del>a()</del>あ"),
        ("あ~~()a~~a", "あ<del>()a</del>a"),
        ("**~~又粗又删。~~**后", "<strong><del>又粗又删。</del></strong>后"),
        ("~~**又删又粗。**~~后", "<del><strong>又删又粗。</strong></del>后"),
        ("a**~~b~~**c", "a<strong><del>b</del></strong>c"),
        ("需要3~5天，10~20人", "需要3~5天，10~20人"),
    ]);
}

#[test]
fn japanese() {
    check(&[
        (
            "これは**私のやりたかったこと。**だからする",
            "これは<strong>私のやりたかったこと。</strong>だからする",
        ),
        ("**「こんにちは」**と言った", "<strong>「こんにちは」</strong>と言った"),
        ("太郎は**「はい」**と言った", "太郎は<strong>「はい」</strong>と言った"),
        ("税込**¥10,000**で入手", "税込<strong>¥10,000</strong>で入手"),
        ("正解は**④**です", "正解は<strong>④</strong>です"),
        ("・**㋐**:一つ目", "・<strong>㋐</strong>:一つ目"),
        (".NET**（不可）**では", ".NET<strong>（不可）</strong>では"),
        ("**カタカナ・**ひらがな", "<strong>カタカナ・</strong>ひらがな"),
        ("**長音ー**の後", "<strong>長音ー</strong>の後"),
        ("先頭の**`コード`も注意。**", "先頭の<strong><code>コード</code>も注意。</strong>"),
        ("**末尾の`コード`**も注意", "<strong>末尾の<code>コード</code></strong>も注意"),
        ("〜**（範囲）**〜", "〜<strong>（範囲）</strong>〜"),
        ("々**（繰り返し）**々", "々<strong>（繰り返し）</strong>々"),
        ("ｱ**（半角）**ｱ", "ｱ<strong>（半角）</strong>ｱ"),
        ("*「斜体」*です", "<em>「斜体」</em>です"),
        ("禰\u{E0100}**(ね)**豆子", "禰\u{E0100}<strong>(ね)</strong>豆子"),
        ("大塚\u{FE00}**(U+585A)** 大塚", "大塚\u{FE00}<strong>(U+585A)</strong> 大塚"),
    ]);
}

#[test]
fn korean() {
    check(&[
        ("**스크립트(script)**라고", "<strong>스크립트(script)</strong>라고"),
        ("**안녕(hello)**하세요.", "<strong>안녕(hello)</strong>하세요."),
        ("**`npm publish`**를 실행", "<strong><code>npm publish</code></strong>를 실행"),
        ("**이 [링크](https://a.kr/)**만을", "<strong>이 <a href=\"https://a.kr/\">링크</a></strong>만을"),
        ("한국어**“인용”**문장", "한국어<strong>“인용”</strong>문장"),
        ("*강조!*합니다", "<em>강조!</em>합니다"),
        ("ᅡ**(a)**", "ᅡ<strong>(a)</strong>"),
        ("**(k)**ᄏ", "<strong>(k)</strong>ᄏ"),
        ("띄어 **쓰기** 문장", "띄어 <strong>쓰기</strong> 문장"),
        ("값은~~(이전)~~새값", "값은<del>(이전)</del>새값"),
    ]);
}

#[test]
fn rare_characters() {
    check(&[
        ("𠮷**（上下）**野家", "𠮷<strong>（上下）</strong>野家"),
        ("𩸽**()a**a", "𩸽<strong>()a</strong>a"),
        ("a**〰**a", "a<strong>〰</strong>a"),
        ("a**㊗**a", "a<strong>㊗</strong>a"),
        ("a**🈂**a", "a<strong>🈂</strong>a"),
        ("a**👍**a", "a**👍**a"),
        ("中**👍**中", "中<strong>👍</strong>中"),
        ("〇**（零）**〇", "〇<strong>（零）</strong>〇"),
        ("ㄅ**（注音）**ㄆ", "ㄅ<strong>（注音）</strong>ㄆ"),
        ("**“\u{FE01}引号”\u{FE01}**a", "<strong>“\u{FE01}引号”\u{FE01}</strong>a"),
        ("**true。\u{FE01}**false", "<strong>true。\u{FE01}</strong>false"),
        ("Ａ**（全角字母）**Ｂ", "Ａ<strong>（全角字母）</strong>Ｂ"),
        ("１**（全角数字）**２", "１<strong>（全角数字）</strong>２"),
    ]);
}

/// Stars that hide digits are no emphasis: our own rule.
#[test]
fn masked_numbers() {
    check(&[
        ("电话138****1234", "电话138****1234"),
        ("138****1234和139****5678", "138****1234和139****5678"),
        ("身份证35*************123", "身份证35*************123"),
        ("**联系人**138****1234", "<strong>联系人</strong>138****1234"),
        ("**138****1234**", "<strong>138****1234</strong>"),
        ("`138****1234`", "<code>138****1234</code>"),
        ("1**2**3", "1<strong>2</strong>3"),
    ]);
}

/// Marks leave no trace, wherever a run stands.
#[test]
fn marks_leave_no_trace() {
    check(&[
        ("`中**「文」**中`", "<code>中**「文」**中</code>"),
        (
            "[中**「文」**中](a.md \"中**「文」**中\")",
            "<a href=\"a.md\" title=\"中**「文」**中\">中<strong>「文」</strong>中</a>",
        ),
        ("[甲](</中**「文」**中>)", "<a href=\"/%E4%B8%AD**%E3%80%8C%E6%96%87%E3%80%8D**%E4%B8%AD\">甲</a>"),
        ("中**「文」**中\\*", "中<strong>「文」</strong>中*"),
        ("中\\**「文」*中", "中*<em>「文」</em>中"),
        ("中\\\\**「文」**中", "中\\<strong>「文」</strong>中"),
        ("[中**「文」**中]\n\n[中**「文」**中]: a.md", "<a href=\"a.md\">中<strong>「文」</strong>中</a>"),
        ("中**「文」**中&#xFDD0;", "中<strong>「文」</strong>中"),
        ("\u{FDD0}中**「文」**中", "中<strong>「文」</strong>中"),
        (
            "\u{1680}中**「文」**中138****1234\u{169B}",
            "\u{1680}中<strong>「文」</strong>中138****1234\u{169B}",
        ),
    ]);
    let every: String = ('\u{FDD0}'..='\u{FDEF}').collect();
    check(&[(&format!("{every}中**「文」**中"), "中**「文」**中")]);
}
