//! The known name that a mistyped one probably meant.

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
