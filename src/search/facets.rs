//! What hits can be narrowed to.

use super::bit_writer::Bits;
use super::entry::Entry;
use super::script::string;
use crate::site::{Site, Taxonomy, TermId};

/// `[["栏目",["新闻动态",…]],…],"bits"`, the bits being of each value how many
/// pieces it has (and one), and their numbers, which are below `end`.
///
/// `names` is what sections, phases and units are called; `numbers` is by the
/// pieces' order.
pub(super) fn facets(
    site: &Site,
    names: &[String; 3],
    entries: &[Entry<'_>],
    numbers: &[u32],
    end: u32,
) -> String {
    let mut bits = Bits::default();
    let mut groups = Vec::new();
    let mut group = |title: &str, values: Vec<(&str, Vec<u32>)>| {
        let used: Vec<_> = values.into_iter().filter(|(_, numbers)| !numbers.is_empty()).collect();
        if used.len() < 2 {
            return;
        }
        let names: Vec<String> = used.iter().map(|(name, _)| string(name)).collect();
        groups.push(format!("[{},[{}]]", string(title), names.join(",")));
        for (_, mut numbers) in used {
            numbers.sort_unstable();
            bits.gamma(u32::try_from(numbers.len()).unwrap_or(0) + 1);
            bits.list(&numbers, end);
        }
    };
    let having = |has: &dyn Fn(&Entry<'_>) -> bool| -> Vec<u32> {
        let all = entries.iter().zip(numbers);
        all.filter(|(entry, _)| has(entry)).map(|(_, number)| *number).collect()
    };
    let sections = site.config.sections.iter().enumerate();
    let sections = sections
        .map(|(at, section)| (section.title.as_str(), having(&|entry| entry.article.section == Some(at))));
    let [name, phase, unit] = names;
    group(name, sections.collect());
    for (title, taxonomy) in [(phase, Taxonomy::Phases), (unit, Taxonomy::Units)] {
        let terms = site.taxonomies.get(&taxonomy).map_or(&[][..], Vec::as_slice);
        let terms = terms
            .iter()
            .zip(0..)
            .map(|(term, id)| (term.title.as_str(), having(&|entry| has_term(entry, taxonomy, TermId(id)))));
        group(title, terms.collect());
    }
    format!("[{}],\"{}\"", groups.join(","), bits.finish())
}

fn has_term(entry: &Entry<'_>, taxonomy: Taxonomy, id: TermId) -> bool {
    entry.article.terms.get(&taxonomy).is_some_and(|ids| ids.contains(&id))
}
