//! **`wrong-word`** (warning): a word that is a slip wherever it stands.
//!
//! The table holds slips named in inspectors' reports (中国入民, 烈土, 党十九大) and
//! the commonest wrong characters in set phrases. A word belongs here only if
//! it can't be part of a right text; what comes close has its exceptions:
//! 热烈土 in 热烈土家歌舞, 布署 in 发布署名文章.

use std::ops::Range;

use super::{Context, Found, Rule};
use crate::diagnostic::TextFault;
use crate::text::Span;

pub(super) const RULE: Rule = Rule { triggers: &WRONG, judge };

/// Wrong, right, and what may stand before or behind the wrong characters
/// where they belong to other words.
const TABLE: [(&str, &str, &str, &str); 67] = [
    ("中国入民", "中国人民", "", ""),
    ("入民警察", "人民警察", "加深融投步转纳列引并", ""),
    ("入民政府", "人民政府", "加深融投步转纳列引并", ""),
    ("入民公安", "人民公安", "加深融投步转纳列引并", ""),
    ("入民法院", "人民法院", "加深融投步转纳列引并", ""),
    ("入民检察院", "人民检察院", "加深融投步转纳列引并", ""),
    ("入民代表", "人民代表", "加深融投步转纳列引并", ""),
    ("人民代表大人", "人民代表大会", "", ""),
    ("人民代表大常", "人民代表大会常", "", ""),
    ("烈土", "烈士", "热剧激猛强惨壮浓炽", "壤地石方层家豪建木产特"),
    ("党十九大", "党的十九大", "全", ""),
    ("党二十大", "党的二十大", "全", ""),
    ("布署", "部署", "公发颁宣", "名"),
    ("再接再励", "再接再厉", "", ""),
    ("迫不急待", "迫不及待", "", ""),
    ("一如继往", "一如既往", "", ""),
    ("按步就班", "按部就班", "", ""),
    ("鼎立相助", "鼎力相助", "", ""),
    ("鼎立支持", "鼎力支持", "", ""),
    ("仗义直言", "仗义执言", "", ""),
    ("名列前矛", "名列前茅", "", ""),
    ("墨守陈规", "墨守成规", "", ""),
    ("默守成规", "墨守成规", "", ""),
    ("凤毛鳞角", "凤毛麟角", "", ""),
    ("金榜提名", "金榜题名", "", ""),
    ("甘败下风", "甘拜下风", "", ""),
    ("一愁莫展", "一筹莫展", "", ""),
    ("谈笑风声", "谈笑风生", "", ""),
    ("穿流不息", "川流不息", "", ""),
    ("兴高彩烈", "兴高采烈", "", ""),
    ("出奇不意", "出其不意", "", ""),
    ("走头无路", "走投无路", "", ""),
    ("不径而走", "不胫而走", "", ""),
    ("声名雀起", "声名鹊起", "", ""),
    ("沤心沥血", "呕心沥血", "", ""),
    ("天翻地复", "天翻地覆", "", ""),
    ("饮鸠止渴", "饮鸩止渴", "", ""),
    ("悬梁刺骨", "悬梁刺股", "", ""),
    ("脉博", "脉搏", "命", "大文"),
    ("松驰", "松弛", "", ""),
    ("针贬", "针砭", "方", "值"),
    ("泊来品", "舶来品", "", ""),
    ("追朔", "追溯", "", ""),
    ("震憾", "震撼", "", ""),
    ("寒喧", "寒暄", "", "闹"),
    ("杀戳", "杀戮", "", ""),
    ("痉孪", "痉挛", "", ""),
    ("膺品", "赝品", "荣", ""),
    ("粗旷", "粗犷", "", ""),
    ("防碍", "妨碍", "消边国预人", ""),
    ("急燥", "急躁", "", "热火"),
    ("浮燥", "浮躁", "", ""),
    ("反腐昌廉", "反腐倡廉", "", ""),
    ("以身做则", "以身作则", "", ""),
    ("洗耳躬听", "洗耳恭听", "", ""),
    ("坐阵指挥", "坐镇指挥", "", ""),
    ("顽瘴痼急", "顽瘴痼疾", "", ""),
    ("犯罪份子", "犯罪分子", "", ""),
    ("积极份子", "积极分子", "", ""),
    ("知识份子", "知识分子", "", ""),
    ("恐怖份子", "恐怖分子", "", ""),
    ("公按局", "公安局", "办", ""),
    ("公按机关", "公安机关", "办", ""),
    ("派处所", "派出所", "分选指委", ""),
    ("人民警查", "人民警察", "", ""),
    ("行政拘流", "行政拘留", "", ""),
    ("刑事拘流", "刑事拘留", "", ""),
];

const WRONG: [&str; TABLE.len()] = {
    let mut words = [""; TABLE.len()];
    let mut at = 0;
    while at < words.len() {
        #[expect(clippy::indexing_slicing, reason = "`at` is below the length of both, at compile time")]
        {
            words[at] = TABLE[at].0;
        }
        at += 1;
    }
    words
};

fn judge(context: &Context<'_>, trigger: usize, hit: Range<usize>) -> Option<Found> {
    let (wrong, right, before, after) = TABLE.get(trigger)?;
    let ends = context.before(hit.start).chars().next_back().is_some_and(|c| before.contains(c));
    let goes_on = context.after(hit.end).chars().next().is_some_and(|c| after.contains(c));
    let allowed = context.options.allow.iter().any(|word| word == wrong);
    if ends || goes_on || allowed {
        return None;
    }
    let fault = TextFault::WrongWord { wrong: (*wrong).to_owned(), right: (*right).to_owned() };
    Some((Span::new(hit.start, hit.end), fault))
}
