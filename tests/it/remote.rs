//! Publications to places elsewhere, as far as they can be thought through: the
//! order of requests, whatever is there and wherever one stops.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use zhuanlan::path::OutputPath;
use zhuanlan::remote::{Head, Object, Plan, Role, Situation, State, Wanted, plan};

/// A site in the small: pages by their number, each with a text, a style and
/// perhaps a photo; styles and photos are named after their bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Site {
    style: u8,
    script: u8,
    pages: BTreeMap<u8, (u8, Option<u8>)>,
}

/// What stands at an object: its bytes say which files it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bytes {
    text: String,
    needs: Vec<String>,
}

fn path(path: &str) -> OutputPath {
    OutputPath::new(path).unwrap()
}

impl Site {
    fn files(&self) -> BTreeMap<String, Bytes> {
        let plain = |text: String| Bytes { text, needs: Vec::new() };
        let style = format!("assets/gazette.{:08x}.css", self.style);
        let mut files = BTreeMap::new();
        files.insert(style.clone(), plain(format!("style {}", self.style)));
        files.insert("progress.css".to_owned(), plain(format!("progress {}", self.script)));
        let keys = format!("search/k{:08x}-a{:02x}.js", self.script, self.script);
        files.insert(keys.clone(), plain("keys".to_owned()));
        files
            .insert("search/index.js".to_owned(), Bytes { text: format!("index {keys}"), needs: vec![keys] });
        let needs = vec![style, "progress.css".to_owned(), "search/index.js".to_owned()];
        let mut listed = needs.clone();
        for (number, (text, photo)) in &self.pages {
            let mut needs = needs.clone();
            if let Some(photo) = photo {
                let photo = format!("assets/photos/p.{photo:08x}.480.webp");
                files.insert(photo.clone(), plain(photo.clone()));
                needs.push(photo);
            }
            let page = format!("news/a{number:03}.html");
            listed.push(page.clone());
            files.insert(page, Bytes { text: format!("{text} {needs:?}"), needs });
        }
        files.insert("index.html".to_owned(), Bytes { text: format!("{listed:?}"), needs: listed.clone() });
        listed.push("index.html".to_owned());
        files.insert("sitemap.xml".to_owned(), Bytes { text: format!("{listed:?}"), needs: listed });
        files
    }
}

fn sites() -> impl Strategy<Value = Site> {
    let page = (0..4_u8, proptest::option::of(0..6_u8));
    (0..3_u8, 0..4_u8, proptest::collection::btree_map(0..8_u8, page, 0..7))
        .prop_map(|(style, script, pages)| Site { style, script, pages })
}

/// A target, as a store with or without entity tags in its lists.
#[derive(Debug, Clone)]
struct Target {
    objects: BTreeMap<String, (Bytes, Timestamp)>,
    manifest: Option<(State, Timestamp)>,
    /// What a run that was broken off may have changed.
    claimed: BTreeSet<OutputPath>,
    tags: bool,
    now: Timestamp,
}

fn sha256(bytes: &Bytes) -> [u8; 32] {
    zhuanlan::disk::sha256_of(bytes.text.as_bytes())
}

/// 32 digits, as an MD5 has.
fn tag(bytes: &Bytes) -> String {
    sha256(bytes)[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Target {
    fn new(tags: bool) -> Self {
        let now = Timestamp::from_second(1_764_489_600).unwrap();
        Self { objects: BTreeMap::new(), manifest: None, claimed: BTreeSet::new(), tags, now }
    }

    fn list(&self) -> BTreeMap<String, Object> {
        let object = |(name, (bytes, modified)): (&String, &(Bytes, Timestamp))| {
            let etag = self.tags.then(|| format!("\"{}\"", tag(bytes)));
            (name.clone(), Object { size: bytes.text.len() as u64, etag, modified: Some(*modified) })
        };
        let mut objects: BTreeMap<String, Object> = self.objects.iter().map(object).collect();
        if let Some((_, modified)) = &self.manifest {
            let manifest = Object { size: 1, etag: None, modified: Some(*modified) };
            objects.insert(".zhuanlan.manifest".to_owned(), manifest);
        }
        objects
    }

    /// Publishes, but stops before step `stop`; whether it came to its end.
    fn publish(&mut self, site: &Site, stop: usize, shuffle: u64) -> bool {
        let files = site.files();
        let wanted: BTreeMap<OutputPath, Wanted> = files
            .iter()
            .map(|(name, bytes)| {
                let size = bytes.text.len() as u64;
                (path(name), Wanted { sha256: sha256(bytes), size, headers: 1 })
            })
            .collect();
        let same = |path: &OutputPath, there: &str| tag(&files[path.as_str()]) == there;
        let plan = plan(&Situation {
            wanted: &wanted,
            state: self.manifest.as_ref().map(|(state, _)| state),
            objects: &self.list(),
            claimed: &self.claimed,
            now: self.now,
            adopt: false,
            same: &same,
        });
        assert_eq!(plan.strangers, []);
        self.claimed.extend(plan.stages.iter().flatten().map(|put| put.path.clone()));
        self.now += SignedDuration::from_secs(10);
        self.carry_out(&plan, &files, &wanted, stop, shuffle)
    }

    fn carry_out(
        &mut self,
        plan: &Plan,
        files: &BTreeMap<String, Bytes>,
        wanted: &BTreeMap<OutputPath, Wanted>,
        stop: usize,
        shuffle: u64,
    ) -> bool {
        let mut steps = 0;
        let mut entries = plan.keeps.clone();
        for stage in &plan.stages {
            // Within a stage any order may come true.
            let mut stage = stage.clone();
            stage.sort_by_key(|put| {
                zhuanlan::memo::Key::hash(format!("{shuffle}{}", put.path).as_bytes()).to_string()
            });
            for put in stage {
                if steps == stop {
                    return false;
                }
                steps += 1;
                let bytes = files[put.path.as_str()].clone();
                let etag = self.tags.then(|| tag(&bytes));
                let Wanted { sha256, size, headers } = wanted[&put.path];
                self.objects.insert(put.path.to_string(), (bytes, self.now));
                let entry = zhuanlan::remote::Entry { role: Role::Site, sha256, size, headers, etag };
                entries.insert(put.path, entry);
                self.check();
            }
        }
        if steps == stop {
            return false;
        }
        steps += 1;
        self.manifest = Some((State { head: Head::default(), entries }, self.now));
        for name in plan.deletes.iter().flatten() {
            if steps == stop {
                // The manifest names the run, so its lease claims nothing.
                self.claimed.clear();
                return false;
            }
            steps += 1;
            self.objects.remove(name).expect("only what is there is deleted");
            self.check();
        }
        self.claimed.clear();
        true
    }

    /// Every page, list and feed has all that it needs.
    fn check(&self) {
        for (name, (bytes, _)) in &self.objects {
            for need in &bytes.needs {
                assert!(self.objects.contains_key(need), "{name} needs {need}");
            }
        }
    }

    /// Beyond the site only what stays for a day.
    fn holds(&self, site: &Site) {
        let files = site.files();
        for (name, bytes) in &files {
            assert_eq!(self.objects.get(name).map(|(there, _)| there), Some(bytes), "{name}");
        }
        for name in self.objects.keys().filter(|name| !files.contains_key(*name)) {
            assert!(name.ends_with(".css"), "{name} is left over");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..crate::property::cases(300) })]

    /// A series of sites, each publication broken off anywhere; then one that
    /// comes to its end.
    #[test]
    fn no_page_ever_lacks_a_file(
        series in proptest::collection::vec((sites(), 0..40_usize, any::<u64>()), 1..6),
        last in sites(),
        tags in any::<bool>(),
    ) {
        let mut target = Target::new(tags);
        for (site, stop, shuffle) in &series {
            if target.publish(site, *stop, *shuffle) {
                target.holds(site);
            }
        }
        prop_assert!(target.publish(&last, usize::MAX, 7));
        target.holds(&last);
        // What is settled stays: no request, and what stayed for a day goes.
        let before = target.objects.clone();
        prop_assert!(target.publish(&last, usize::MAX, 7));
        prop_assert_eq!(&before.keys().collect::<Vec<_>>(), &target.objects.keys().collect::<Vec<_>>());
        target.now += SignedDuration::from_hours(25);
        prop_assert!(target.publish(&last, usize::MAX, 7));
        let names: Vec<String> = target.objects.keys().cloned().collect();
        prop_assert_eq!(names, last.files().keys().cloned().collect::<Vec<_>>());
    }
}

fn small(number: u8) -> Site {
    Site { style: 1, script: 1, pages: BTreeMap::from([(1, (number, Some(1)))]) }
}

/// What others put is neither changed nor deleted, and named where it is in the
/// way.
#[test]
fn strangers_are_left_alone() {
    let files = small(1).files();
    let wanted: BTreeMap<OutputPath, Wanted> = files
        .iter()
        .map(|(name, bytes)| (path(name), Wanted { sha256: sha256(bytes), size: 1, headers: 1 }))
        .collect();
    let other = Object { size: 1, etag: Some("x".into()), modified: None };
    let objects = BTreeMap::from([
        ("index.html".to_owned(), other.clone()),
        ("jyzd2/index.html".to_owned(), other.clone()),
        ("研讨 +%.txt".to_owned(), other),
    ]);
    let nothing = BTreeSet::new();
    let situation = |adopt| Situation {
        wanted: &wanted,
        state: None,
        objects: &objects,
        claimed: &nothing,
        now: Timestamp::UNIX_EPOCH,
        adopt,
        same: &|_, _| false,
    };
    let refused = plan(&situation(false));
    assert_eq!(refused.strangers, [path("index.html")]);
    assert_eq!(refused.deleted(), 0);
    let adopted = plan(&situation(true));
    assert_eq!((adopted.strangers.len(), adopted.deleted()), (0, 0));
    assert_eq!(adopted.puts(), files.len());
}

/// One edited article: the page, what lists it, and nothing else.
#[test]
fn only_what_differs_is_sent() {
    for tags in [true, false] {
        let mut target = Target::new(tags);
        assert!(target.publish(&small(1), usize::MAX, 0));
        let there = target.objects.clone();
        target.now += SignedDuration::from_secs(60);
        assert!(target.publish(&small(2), usize::MAX, 0));
        let changed: Vec<&String> = target
            .objects
            .iter()
            .filter(|(name, object)| there.get(*name) != Some(object))
            .map(|(n, _)| n)
            .collect();
        assert_eq!(changed, ["news/a001.html"], "{tags}");
    }
}

/// What an unfinished run sent is known again by its entity tag.
#[test]
fn what_was_sent_is_not_sent_again() {
    let mut target = Target::new(true);
    assert!(!target.publish(&small(1), 3, 0));
    let sent: Vec<Timestamp> = target.objects.values().map(|(_, at)| *at).collect();
    assert_eq!(sent.len(), 3);
    target.now += SignedDuration::from_secs(60);
    assert!(target.publish(&small(1), usize::MAX, 0));
    target.holds(&small(1));
    let kept = target.objects.values().filter(|(_, at)| sent.contains(at)).count();
    assert_eq!(kept, 3);
}
