//! Names in addresses: ASCII, and no two alike.

use std::collections::{BTreeMap, HashSet};

use crate::memo::Key;
use crate::path::is_any_list_page;

/// Gives every title a name of its own. `kept` are names that titles have
/// already; a title that is not there stays away from them all. `wanted` are
/// titles with the names that they would like, in the order in which they may
/// choose: of two equal names, and of a name that pages of a list have, the
/// later one gets a short hash of its title.
pub(super) fn unique<'t>(
    wanted: impl IntoIterator<Item = (&'t str, String)>,
    kept: &BTreeMap<&str, &str>,
) -> Vec<String> {
    let mut taken: HashSet<String> = kept.values().map(|name| (*name).to_owned()).collect();
    let mut names = Vec::new();
    for (title, wish) in wanted {
        if let Some(name) = kept.get(title) {
            names.push((*name).to_owned());
            continue;
        }
        let mut name = wish.clone();
        let mut digits = 6;
        while name.is_empty() || is_any_list_page(&name) || taken.contains(&name) {
            let hash = Key::hash(title.as_bytes()).short(digits);
            name = if wish.is_empty() { hash } else { format!("{wish}-{hash}") };
            digits += 2;
            if digits > 40 {
                break;
            }
        }
        taken.insert(name.clone());
        names.push(name);
    }
    names
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::unique;

    #[test]
    fn later_titles_give_way() {
        let none = BTreeMap::new();
        let names = unique(
            [("王小明", "wangxiaoming"), ("王晓明", "wangxiaoming"), ("！", "")]
                .map(|(t, n)| (t, n.to_owned())),
            &none,
        );
        assert_eq!(names[0], "wangxiaoming");
        assert_eq!(
            names[1],
            format!("wangxiaoming-{}", crate::memo::Key::hash("王晓明".as_bytes()).short(6))
        );
        assert_eq!(names[2], crate::memo::Key::hash("！".as_bytes()).short(6));
        assert_ne!(unique([("甲", "index".to_owned())], &none), ["index"]);
        assert_ne!(unique([("甲", "jia-page-2".to_owned())], &none), ["jia-page-2"]);
    }

    #[test]
    fn who_had_a_name_keeps_it() {
        let kept = BTreeMap::from([("章威", "zhang-wei"), ("已走", "yi-zou")]);
        let wanted = [("张伟", "zhang-wei"), ("章威", "zhang-wei"), ("以走", "yi-zou")];
        let names = unique(wanted.map(|(t, n)| (t, n.to_owned())), &kept);
        assert_eq!(names[1], "zhang-wei");
        assert!(names[0].starts_with("zhang-wei-") && names[2].starts_with("yi-zou-"), "{names:?}");
    }
}
