//! The known name that a mistyped one probably meant, and the hint that asks so.

use super::Message;

/// The candidate nearest to `name`, if one is near enough to be worth naming.
///
/// Distance is Damerau–Levenshtein in characters; a name of up to three
/// characters may be off by one, a longer one by about a third. Of two equally
/// near candidates the first wins.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = name.chars().count();
    let allowed = (length / 3).clamp(1, 3);
    let lower = name.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed && *distance < length)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The hint in Chinese: is it `nearest`? Where nothing is near, `otherwise`.
pub(super) fn nearest_zh(nearest: Option<&str>, otherwise: impl Into<String>) -> String {
    nearest.map_or_else(|| otherwise.into(), |near| format!("是不是 `{near}`？"))
}

/// The same in English.
pub(super) fn nearest_en(nearest: Option<&str>, otherwise: impl Into<String>) -> String {
    nearest.map_or_else(|| otherwise.into(), |near| format!("did you mean `{near}`?"))
}

/// A message whose hint is the nearest name, if there is one.
pub(super) fn near_or_plain(zh: String, en: String, near: Option<&str>) -> [Message; 2] {
    [
        Message { text: zh, hint: near.map(|near| format!("是不是 `{near}`？")) },
        Message { text: en, hint: near.map(|near| format!("did you mean `{near}`?")) },
    ]
}
