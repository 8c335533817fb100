//! Packages for an isolated network: what is applied is what was packed, and
//! nothing else is ever applied.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use zhuanlan::publish::{
    Applied, ApplyOptions, Error, Fault, Hooks, NoHooks, Package, Place, PublicKey, PublishOptions,
    Publisher, SecretKey, Step, new_pair, package,
};

use super::releases::Column;

type Site = BTreeMap<String, String>;

/// A key pair that every test shares.
fn keys() -> (SecretKey, PublicKey) {
    static PAIR: std::sync::OnceLock<(String, String)> = std::sync::OnceLock::new();
    let (secret, public) = PAIR.get_or_init(|| new_pair(None).unwrap());
    (SecretKey::parse(secret, None).unwrap(), PublicKey::parse(public).unwrap())
}

fn place(column: &Column) -> Place {
    Place::new(&column.output(), column.dir.path()).unwrap()
}

/// Packs the site of `from` into a file beside it.
fn pack(from: &Column, since: Option<u64>, name: &str) -> PathBuf {
    let to = from.dir.path().join(name);
    package(&place(from), since, &keys().0, &to, &NoHooks).unwrap();
    to
}

fn apply_with(to: &Column, file: &Path, hooks: &dyn Hooks, other_site: bool) -> Result<Applied, Error> {
    let package = Package::open(file, &keys().1, hooks)?;
    let publish = PublishOptions { at: to.now, in_place: to.in_place, ..PublishOptions::default() };
    Publisher::open(place(to), "test", hooks)?.apply(&package, ApplyOptions { publish, other_site })
}

fn apply(to: &Column, file: &Path) -> Result<Applied, Error> {
    apply_with(to, file, &NoHooks, false)
}

/// The fault that keeps `file` from being applied.
fn fault(to: &Column, file: &Path) -> Fault {
    match apply(to, file) {
        Err(Error::Package(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

/// All files below `folder`.
fn read(folder: &Path) -> Site {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let file = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        (path, String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned())
    };
    files.map(file).collect()
}

const FIRST: [(&str, &str); 4] = [
    ("assets/photos/a.aaaaaaaa.480.webp", "photo"),
    ("index.html", "首页 1"),
    ("news/a.html", "动员部署会"),
    ("news/b.html", "学习教育"),
];

const SECOND: [(&str, &str); 4] = [
    ("assets/photos/a.bbbbbbbb.480.webp", "another photo"),
    ("index.html", "首页 2"),
    ("news/a.html", "动员部署会"),
    ("news/c.html", "查纠整改"),
];

#[test]
fn what_is_applied_is_what_was_packed() {
    for in_place in [false, true] {
        let (from, mut to) = (Column::new(), Column { in_place, ..Column::new() });
        from.publish(&FIRST);
        let whole = pack(&from, None, "1.zlp");
        assert_eq!(apply(&to, &whole).unwrap().published.written, 4);
        assert_eq!(read(&to.output()), read(&from.output()));
        from.publish(&SECOND);
        let next = pack(&from, Some(1), "1-2.zlp");
        to.now += jiff::SignedDuration::from_hours(1);
        let done = apply(&to, &next).unwrap();
        assert_eq!((done.release, done.published.written, done.published.removed), (2, 3, 2));
        assert_eq!(read(&to.output()), read(&from.output()));
        // Once more is no trouble.
        let again = apply(&to, &pack(&from, None, "2.zlp")).unwrap();
        assert_eq!((again.published.written, again.published.removed), (0, 0));
        assert!(!store(&to).join("incoming").exists());
    }
}

#[test]
fn what_was_there_before_can_be_shown_again() {
    let (from, to) = (Column::new(), Column::new());
    from.publish(&FIRST);
    apply(&to, &pack(&from, None, "1.zlp")).unwrap();
    from.publish(&SECOND);
    apply(&to, &pack(&from, Some(1), "2.zlp")).unwrap();
    let how = PublishOptions { at: to.now, ..PublishOptions::default() };
    Publisher::open(place(&to), "test", &NoHooks).unwrap().roll_back(None, how).unwrap();
    assert_eq!(to.text("index.html").as_deref(), Some("首页 1"));
    // What continues the newer one does not continue this one; the words say how to go on.
    from.publish(&FIRST[..3]);
    let next = pack(&from, Some(2), "3.zlp");
    assert_eq!(fault(&to, &next), Fault::Gap { needs: 2, shown: Some(2), kept: Some(2) });
    // And an older one than was there is refused, though it would fit.
    assert_eq!(fault(&to, &pack_older(&from)), Fault::Older { package: 1, there: 2 });
    Publisher::open(place(&to), "test", &NoHooks).unwrap().roll_back(Some(2), how).unwrap();
    apply(&to, &next).unwrap();
    assert_eq!(read(&to.output()), read(&from.output()));
}

/// The package of the first release, which `what_was_there…` left beside it.
fn pack_older(from: &Column) -> PathBuf {
    from.dir.path().join("1.zlp")
}

#[test]
fn gaps_downgrades_and_other_sites_are_refused() {
    let (from, to) = (Column::new(), Column::new());
    from.publish(&FIRST);
    let first = pack(&from, None, "1.zlp");
    from.publish(&SECOND);
    let second = pack(&from, Some(1), "1-2.zlp");
    from.publish(&FIRST[..2]);
    let third = pack(&from, Some(2), "2-3.zlp");
    assert_eq!(fault(&to, &second), Fault::Gap { needs: 1, shown: None, kept: None });
    assert_eq!(read(&to.output()), Site::new(), "nothing was written");
    apply(&to, &first).unwrap();
    assert_eq!(fault(&to, &third), Fault::Gap { needs: 2, shown: Some(1), kept: None });
    apply(&to, &second).unwrap();
    apply(&to, &third).unwrap();
    assert_eq!(fault(&to, &first), Fault::Older { package: 1, there: 3 });
    assert_eq!(fault(&to, &second), Fault::Older { package: 2, there: 3 });
    let other = Column::new();
    for _ in 0..4 {
        other.publish(&SECOND);
        other.publish(&FIRST);
    }
    let elsewhere = pack(&other, None, "8.zlp");
    assert_eq!(fault(&to, &elsewhere), Fault::OtherSite);
    assert_eq!(read(&to.output()), read(&from.output()));
    apply_with(&to, &elsewhere, &NoHooks, true).unwrap();
    assert_eq!(read(&to.output()), read(&other.output()));
    // Nothing new is no package.
    let nothing = package(&place(&other), Some(8), &keys().0, &other.dir.path().join("x"), &NoHooks);
    assert!(matches!(nothing, Err(Error::Package(Fault::NothingNew(8)))), "{nothing:?}");
    assert!(!other.dir.path().join("x").exists());
}

#[test]
fn a_site_that_somebody_changed_is_not_built_upon() {
    let (from, to) = (Column::new(), Column::new());
    from.publish(&FIRST);
    apply(&to, &pack(&from, None, "1.zlp")).unwrap();
    from.publish(&SECOND);
    let next = pack(&from, Some(1), "2.zlp");
    let page = to.output().join("news/a.html");
    fs::remove_file(&page).unwrap();
    fs::write(&page, "改过的").unwrap();
    assert!(matches!(fault(&to, &next), Fault::Altered { example, .. } if example.as_str() == "news/a.html"));
    assert_eq!(to.text("news/a.html").as_deref(), Some("改过的"));
    // A whole one puts it right.
    apply(&to, &pack(&from, None, "whole.zlp")).unwrap();
    assert_eq!(read(&to.output()), read(&from.output()));
    // And where it is made, nothing is packed that was not published.
    fs::write(from.output().join("news/c.html"), "改过的").unwrap();
    let file = from.dir.path().join("x.zlp");
    let refused = package(&place(&from), None, &keys().0, &file, &NoHooks);
    assert!(matches!(refused, Err(Error::Package(Fault::Altered { .. }))), "{refused:?}");
    assert!(!file.exists());
}

#[test]
fn every_byte_counts() {
    let (from, to) = (Column::new(), Column::new());
    from.publish(&FIRST);
    let file = pack(&from, None, "1.zlp");
    let bytes = fs::read(&file).unwrap();
    let changed = to.dir.path().join("changed.zlp");
    let refused = |bytes: &[u8], what: &str| {
        fs::write(&changed, bytes).unwrap();
        let opened = Package::open(&changed, &keys().1, &NoHooks);
        assert!(matches!(opened, Err(Error::Package(_))), "{what}: {opened:?}");
    };
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        refused(&flipped, &format!("byte {at} of {}", bytes.len()));
    }
    for len in (0..bytes.len()).step_by(11) {
        refused(&bytes[..len], &format!("cut at {len}"));
    }
    refused(&[&bytes[..], b"x"].concat(), "one byte more");
    refused(&[&bytes[..], &bytes].concat(), "twice");
    let text = String::from_utf8_lossy(&bytes).replacen('\n', "\r\n", 5);
    refused(text.as_bytes(), "other line ends");
    assert_eq!(read(&to.output()), Site::new());
    // Another's key, and a signature of another file.
    let (_, other) = new_pair(None).unwrap();
    let opened = Package::open(&file, &PublicKey::parse(&other).unwrap(), &NoHooks);
    assert!(matches!(opened, Err(Error::Package(Fault::OtherKey))), "{opened:?}");
    from.publish(&SECOND);
    let second = fs::read(pack(&from, None, "2.zlp")).unwrap();
    let head = |bytes: &[u8]| {
        let ends: Vec<usize> =
            bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(n, _)| n).collect();
        ends[4] + 1
    };
    refused(&[&bytes[..head(&bytes)], &second[head(&second)..]].concat(), "another's signature");
    fs::write(&changed, "").unwrap();
    assert_eq!(fault(&to, &changed), Fault::NoPackage);
    fs::write(&changed, "zhuanlan package 2\n…").unwrap();
    assert_eq!(fault(&to, &changed), Fault::OtherVersion);
}

/// A package that is signed by the right key and says anything.
fn forge(column: &Column, base: bool, list: &str, rest: &[u8]) -> PathBuf {
    let hash = |text: &str| Sha256::digest(text).iter().map(|b| format!("{b:02x}")).collect::<String>();
    let frame = |bytes: &[u8]| {
        let mut out = Vec::new();
        let mut encoder = zstd::stream::write::Encoder::new(&mut out, 3).unwrap();
        io::Write::write_all(&mut encoder, bytes).unwrap();
        encoder.finish().unwrap();
        out
    };
    let empty = format!("{{\"release\":1,\"list\":\"{}\"}}", hash("zhuanlan files 1\n"));
    let base = if base { empty } else { "null".to_owned() };
    let head = format!(
        "{{\"origin\":\"x\",\"base\":{base},\"release\":9,\"at\":\"2026-11-30T08:00:00Z\",\"list\":\"{}\"}}",
        hash(list)
    );
    let payload = [frame(head.as_bytes()), frame(list.as_bytes()), rest.to_vec()].concat();
    let comment = "signature of a zhuanlan package, from the sixth line on";
    let (secret, _) = keys_text();
    let secret = minisign::SecretKeyBox::from_string(&secret).unwrap().into_unencrypted_secret_key().unwrap();
    let signature = minisign::sign(None, &secret, &payload[..], Some("x"), Some(comment)).unwrap();
    let file = column.dir.path().join("forged.zlp");
    fs::write(
        &file,
        [format!("zhuanlan package 1\n{}", signature.into_string()).as_bytes(), &payload].concat(),
    )
    .unwrap();
    file
}

/// A pair of its own, for packages that are made by hand.
fn keys_text() -> (String, String) {
    static PAIR: std::sync::OnceLock<(String, String)> = std::sync::OnceLock::new();
    PAIR.get_or_init(|| new_pair(None).unwrap()).clone()
}

fn apply_forged(to: &Column, file: &Path) -> Result<Applied, Error> {
    let key = PublicKey::parse(&keys_text().1).unwrap();
    let package = Package::open(file, &key, &NoHooks)?;
    Publisher::open(place(to), "test", &NoHooks)?.apply(&package, ApplyOptions::default())
}

/// A file's frame against nothing.
fn plain(text: &str) -> Vec<u8> {
    let mut out = vec![0];
    out.extend(zstd::stream::encode_all(text.as_bytes(), 3).unwrap());
    out
}

fn line(path: &str, text: &str) -> String {
    let hash: String = Sha256::digest(text).iter().map(|b| format!("{b:02x}")).collect();
    format!("{hash} {} {path}\n", text.len())
}

#[test]
fn a_signed_package_may_still_not_write_outside() {
    let to = Column::new();
    let first = "zhuanlan files 1\n";
    let fine = forge(&to, false, &format!("{first}{}", line("news/a.html", "a")), &plain("a"));
    apply_forged(&to, &fine).unwrap();
    assert_eq!(to.text("news/a.html").as_deref(), Some("a"));
    let before = all(to.dir.path());
    let refused = |list: &str, rest: &[u8], what: &str| {
        let file = forge(&to, false, list, rest);
        let result = apply_forged(&to, &file);
        assert!(
            matches!(result, Err(Error::Package(Fault::Malformed(_) | Fault::Altered { .. }))),
            "{what}: {result:?}"
        );
        fs::remove_file(file).unwrap();
        assert_eq!(all(to.dir.path()), before, "{what}");
    };
    for path in [
        "../outside.html",
        "/tmp/zhuanlan-outside.html",
        "news/../../outside.html",
        "news//a.html",
        "./a.html",
        "..",
        "C:\\outside.html",
        "news\\..\\outside.html",
        "a\0b.html",
        ".output.releases/../x",
        "a.html~new",
    ] {
        refused(&format!("{first}{}", line(path, "x")), &plain("x"), path);
    }
    refused(
        &format!("{first}{}{}", line("a", "x"), line("a/b", "x")),
        &[plain("x"), plain("x")].concat(),
        "clash",
    );
    let one = format!("{first}{}", line("b.html", "abc"));
    refused(&one, &plain("abd"), "other bytes");
    refused(&one, &plain("abcd"), "longer");
    refused(&one, &plain("ab"), "shorter");
    refused(&one, b"", "no file");
    refused(&one, &[plain("abc"), plain("abc")].concat()[..plain("abc").len() - 1], "cut");
    refused(&one, &[&[3], &plain("abc")[1..]].concat(), "no such reference");
    refused(&one, &[&[1, 0, 0, 0, 0], &plain("abc")[1..]].concat(), "a reference to no base");
    refused(&one, &[&[2, 0, 0, 0, 0], &plain("abc")[1..]].concat(), "a reference to itself");
    refused("zhuanlan files 2\n", b"", "another list");
    refused("", b"", "no list");
    let more = forge(&to, false, &one, &[plain("abc"), vec![0]].concat());
    assert!(matches!(apply_forged(&to, &more), Err(Error::Package(Fault::Tampered))), "more than all");
}

/// Everything below a folder that is not the hidden folder's own: a lock may
/// come and go there.
fn all(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let paths = entries.map(|entry| entry.path().to_owned());
    paths.filter(|path| !path.ends_with("lock") && !path.ends_with("forged.zlp")).collect()
}

/// A folder of the site that somebody made a link leads nowhere else.
#[cfg(unix)]
#[test]
fn links_in_the_site_are_not_followed() {
    for in_place in [false, true] {
        let (from, to) = (Column::new(), Column { in_place, ..Column::new() });
        from.publish(&FIRST[1..2]);
        apply(&to, &pack(&from, None, "1.zlp")).unwrap();
        let outside = to.dir.path().join("outside");
        fs::create_dir(&outside).unwrap();
        std::os::unix::fs::symlink(&outside, to.output().join("news")).unwrap();
        from.publish(&SECOND);
        apply(&to, &pack(&from, Some(1), "2.zlp")).unwrap();
        assert_eq!(read(&outside), Site::new(), "in place: {in_place}");
        assert_eq!(read(&to.output()), read(&from.output()), "in place: {in_place}");
    }
}

/// Fails at one step.
struct FailsAt {
    step: usize,
    count: AtomicUsize,
}

impl Hooks for FailsAt {
    fn before(&self, _: Step, _: &Path) -> io::Result<()> {
        let here = self.count.fetch_add(1, Ordering::Relaxed) == self.step;
        if here { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

#[test]
fn whole_or_not_at_all_whatever_fails() {
    let from = Column::new();
    from.publish(&FIRST);
    let first = pack(&from, None, "1.zlp");
    from.publish(&SECOND);
    let second = pack(&from, Some(1), "2.zlp");
    let mut step = 0;
    loop {
        let to = Column::new();
        apply(&to, &first).unwrap();
        let before = read(&to.output());
        let result = apply_with(&to, &second, &FailsAt { step, count: AtomicUsize::new(0) }, false);
        let after = read(&to.output());
        if result.is_ok() {
            break;
        }
        assert!(after == before || after == read(&from.output()), "a mixture at step {step}");
        apply(&to, &second).unwrap();
        assert_eq!(read(&to.output()), read(&from.output()), "step {step}");
        step += 1;
    }
    assert!(step > 10, "{step}");
}

/// The folder in which manifests and trees lie.
fn store(column: &Column) -> PathBuf {
    let hidden = column.dir.path().join(".output.releases");
    let entries = fs::read_dir(hidden).unwrap().map(|entry| entry.unwrap().path());
    entries.into_iter().find(|path| path.is_dir()).unwrap()
}

/// A site of few paths, so that releases share and rename files.
fn sites() -> impl Strategy<Value = Vec<Site>> {
    let path = prop::sample::select(vec![
        "index.html",
        "404.html",
        "news/a.html",
        "news/b.html",
        "news/deeper/c.html",
        "news",
        "search/t0-abc.js",
        "search/t0-xyz.js",
        "assets/a.11111111.css",
        "assets/a.22222222.css",
        "assets/photos/p.11111111.webp",
        "feed.atom",
        "关于/我们.html",
    ]);
    let text = prop_oneof![
        "[甲乙丙]{0,3}",
        Just("教育整顿".repeat(2000)),
        "[a-z]{200}".prop_map(|text| text.repeat(50)),
    ];
    let site = prop::collection::btree_map(path.prop_map(str::to_owned), text, 0..8);
    // A file and a folder of one name can't be in one site.
    let site = site.prop_map(|mut site: Site| {
        if site.keys().any(|path| path.starts_with("news/")) {
            site.remove("news");
        }
        site
    });
    prop::collection::vec(site, 1..6)
}

proptest! {
    #![proptest_config(crate::property::cases(40))]

    /// Any series of releases, some of them left out: each package leads from
    /// what is there to what was packed.
    #[test]
    fn any_series_of_releases(sites in sites(), skip in prop::collection::vec(any::<bool>(), 6), in_place: bool) {
        let (from, to) = (Column::new(), Column { in_place, ..Column::new() });
        let mut there = None;
        for (site, skip) in sites.iter().zip(skip) {
            let files: Vec<(&str, &str)> = site.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            let release = from.publish(&files).release;
            if skip || there == Some(release) || release == 0 {
                continue;
            }
            let file = pack(&from, there, "next.zlp");
            apply(&to, &file).unwrap();
            there = Some(release);
            let live = read(&from.output());
            let shown = read(&to.output());
            // Styles of former releases stay on both sides, each by its own.
            for (path, text) in site {
                prop_assert_eq!(shown.get(path), Some(text));
            }
            for path in shown.keys() {
                prop_assert!(site.contains_key(path) || live.contains_key(path) || path.starts_with("assets/a."));
            }
        }
    }
}

fn engine() -> impl base64::Engine {
    base64::engine::general_purpose::STANDARD
}

/// The bytes of a key's file.
fn base64(text: &str) -> Vec<u8> {
    engine().decode(text.lines().nth(1).unwrap()).unwrap()
}

#[test]
fn keys_are_minisigns_with_or_without_a_password() {
    let (secret, public) = new_pair(Some("长夏")).unwrap();
    assert!(matches!(SecretKey::parse(&secret, None), Err(Fault::PasswordWanted)));
    assert!(matches!(SecretKey::parse(&secret, Some("x")), Err(Fault::WrongPassword)));
    SecretKey::parse(&secret, Some("长夏")).unwrap();
    PublicKey::parse(&public).unwrap();
    PublicKey::parse(public.lines().nth(1).unwrap()).unwrap();
    // As Debian's `minisign -G -W` writes it: without a checksum.
    let (secret, public) = new_pair(None).unwrap();
    let mut bytes = base64(&secret);
    let len = bytes.len();
    bytes[len - 32..].fill(0);
    let without = format!("untrusted comment: x\n{}\n", engine().encode(&bytes));
    let key = SecretKey::parse(&without, None).unwrap();
    let column = Column::new();
    column.publish(&FIRST);
    let file = column.dir.path().join("1.zlp");
    package(&place(&column), None, &key, &file, &NoHooks).unwrap();
    Package::open(&file, &PublicKey::parse(&public).unwrap(), &NoHooks).unwrap();
    // A damaged one signs nothing.
    bytes[70] ^= 1;
    let damaged = format!("untrusted comment: x\n{}\n", engine().encode(&bytes));
    let key = SecretKey::parse(&damaged, None).unwrap();
    let refused = package(&place(&column), None, &key, &file, &NoHooks);
    assert!(matches!(refused, Err(Error::Package(Fault::NoSecretKey))), "{refused:?}");
    for text in ["", "x", "untrusted comment: x\nRWQ", "/etc/hostname", &secret] {
        assert!(matches!(PublicKey::parse(text), Err(Fault::NoPublicKey)), "{text}");
        if text != secret {
            assert!(matches!(SecretKey::parse(text, None), Err(Fault::NoSecretKey)), "{text}");
        }
    }
}
