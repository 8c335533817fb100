//! The whole way, on real files: whatever series of edits, once it is quiet,
//! what is served equals a clean build, and so does what is published.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use tempfile::TempDir;
use zhuanlan::build::{Content, Counts, Memory, Options, Output, build};
use zhuanlan::disk::{self, Files};
use zhuanlan::publish::{self, NoHooks, Place, Publisher};
use zhuanlan::serve::{Preview, Settings};
use zhuanlan::source::Blobs as _;
use zhuanlan::watch::{self, Turn, Waker, WatchOptions, Watcher};

use super::client::Client;
use super::{options, settings, write};

/// A column that is watched, previewed and published at once.
struct Desk {
    dir: TempDir,
    preview: Arc<Preview>,
    turns: Arc<Mutex<Vec<(Counts, bool)>>>,
    wakers: Vec<Waker>,
    threads: Vec<JoinHandle<()>>,
}

fn published() -> Options {
    Options { preview: false, fingerprint: true, base_url: None, ..options() }
}

impl Desk {
    fn new(in_place: bool) -> Self {
        let dir = TempDir::new().unwrap();
        write(dir.path(), "column.yaml", config(0));
        for n in 0..6 {
            write(dir.path(), &article_path(n), article(n, 0));
        }
        let root = disk::resolve(dir.path()).unwrap();
        let preview = Arc::new(Preview::start(&root, &Settings { inject: false, ..settings() }).unwrap());
        let mut desk = Self { dir, preview, turns: Arc::default(), wakers: Vec::new(), threads: Vec::new() };
        desk.serve();
        desk.watch(in_place);
        desk
    }

    fn serve(&mut self) {
        let (preview, turns) = (Arc::clone(&self.preview), Arc::clone(&self.turns));
        self.run(options(), move |turn| {
            let Turn::Built { built, .. } = turn else { return };
            turns.lock().unwrap().push((built.counts, built.has_errors()));
            preview.show(*built);
        });
    }

    fn watch(&mut self, in_place: bool) {
        let place = Place::new(&self.dir.path().join("output"), self.dir.path()).unwrap();
        let mut publisher = Publisher::open(place, "test", &NoHooks).unwrap();
        self.run(published(), move |turn| {
            let Turn::Built { built, files, .. } = turn else { return };
            if !built.has_errors() {
                let how = publish::PublishOptions { in_place, ..publish::PublishOptions::default() };
                publisher.publish(&built.output, files, None, how).unwrap();
            }
        });
    }

    fn run(&mut self, options: Options, mut each: impl FnMut(Turn<'_>) + Send + 'static) {
        let how = WatchOptions { poll: None, every: Duration::from_hours(1) };
        let mut watcher = Watcher::new(self.dir.path(), how).unwrap();
        self.wakers.push(watcher.waker());
        self.threads.push(std::thread::spawn(move || watch::run(&mut watcher, &options, &mut each).unwrap()));
    }

    /// A clean build; `None` where it has an error.
    fn clean(&self, options: &Options) -> Option<Output> {
        let round = disk::scan(self.dir.path()).unwrap();
        let built = build(&round.tree, options, &Files::new(&round.root), &Memory::default());
        (!built.has_errors()).then_some(built.output)
    }

    /// What differs between what is served and `output`; paths that `former`
    /// had and `output` has not must be gone.
    fn served_otherwise(&self, output: &Output, former: &BTreeSet<String>) -> Vec<String> {
        let client = Client::of(&self.preview);
        let mut wrong = Vec::new();
        for (path, bytes) in bytes_of(output, self.dir.path()) {
            let answer = client.get(&format!("/{path}"));
            if answer.status != 200 || answer.body != bytes {
                wrong.push(path);
            }
        }
        let gone = former.iter().filter(|path| !output.files.contains_key(path.as_str()));
        wrong.extend(gone.filter(|path| client.get(&format!("/{path}")).status != 404).cloned());
        wrong
    }

    /// What differs between the folder and `output`.
    fn published_otherwise(&self, output: &Output) -> Vec<String> {
        let folder = self.dir.path().join("output");
        let there = files_below(&folder);
        let mut wrong: Vec<String> =
            there.iter().filter(|path| !output.files.contains_key(path.as_str())).cloned().collect();
        // Styles and scripts of before stay for pages that readers have open.
        wrong.retain(|path| !zhuanlan::hosting::outlives_its_release(path));
        for (path, bytes) in bytes_of(output, self.dir.path()) {
            if fs::read(folder.join(&path)).ok() != Some(bytes) {
                wrong.push(path);
            }
        }
        wrong
    }

    /// Waits until both are as a clean build is.
    fn settle(&self, former: &mut BTreeSet<String>) -> Result<(), TestCaseError> {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            std::thread::sleep(Duration::from_millis(150));
            let wrong = (
                self.clean(&options()).map(|output| {
                    let wrong = self.served_otherwise(&output, former);
                    former.extend(output.files.keys().map(ToString::to_string));
                    wrong
                }),
                self.clean(&published()).map(|output| self.published_otherwise(&output)),
            );
            if wrong.0.as_ref().is_none_or(Vec::is_empty) && wrong.1.as_ref().is_none_or(Vec::is_empty) {
                return Ok(());
            }
            prop_assert!(Instant::now() < until, "served {:?}, published {:?}", wrong.0, wrong.1);
        }
    }

    fn stop(self) {
        self.wakers.iter().for_each(Waker::stop);
        for thread in self.threads {
            thread.join().unwrap();
        }
    }
}

fn bytes_of(output: &Output, root: &Path) -> Vec<(String, Vec<u8>)> {
    let files = Files::new(&disk::resolve(root).unwrap());
    let bytes = |content: &Content| match content {
        Content::Bytes(bytes) => bytes.to_vec(),
        Content::Spooled(_) => panic!("a preview hands nothing over"),
        Content::Blob(source, _) => files.read(source).unwrap().to_vec(),
        Content::Cleaned(source, copy) => files.cleaned(source, copy).unwrap(),
        Content::Deferred(recipe) => files.picture(recipe).unwrap(),
    };
    output.files.iter().map(|(path, artifact)| (path.to_string(), bytes(&artifact.content))).collect()
}

fn files_below(folder: &Path) -> Vec<String> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        // While a site is published its folders come and go; who asks waits
        // until it is settled.
        for entry in fs::read_dir(next).into_iter().flatten().flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(entry.path());
            } else {
                let path = entry.path();
                all.push(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    all
}

fn config(n: u8) -> String {
    format!(
        "title: 教育整顿进行时{n}\nper_page: {}\nsections:\n  - {{folder: news, title: 工作动态}}\n  - {{folder: study, title: 学习资料}}\n",
        2 + n % 3
    )
}

fn article_path(n: usize) -> String {
    format!("content/{}/p{n}.md", ["news", "study"][n % 2])
}

fn article(n: usize, text: u8) -> String {
    let state = ["", "draft: true\n", "expire_at: 2021-03-21\n", ""][usize::from(text) % 4];
    format!(
        "---\ntitle: 第{n}篇{}\ndate: 2021-03-{:02}\ntopics: [学习教育]\n{state}---\n\n第{text}稿。\n\n![示意图](../photos/{}.png)\n",
        text / 3,
        1 + n,
        text % 2
    )
}

fn photo(n: u8) -> Vec<u8> {
    let mut bytes = include_bytes!("../../fixtures/pixel.png").to_vec();
    bytes.push(n);
    bytes
}

#[derive(Debug, Clone)]
enum Edit {
    Article(usize, u8),
    Replace(usize, u8),
    Move(usize, usize),
    Delete(usize),
    Folder(bool),
    Photo(u8, u8),
    Config(u8),
    Style(u8),
    Template(Option<u8>),
    Fault(usize),
    Pause(u64),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        5 => (0..8_usize, 0..9_u8).prop_map(|(n, text)| Edit::Article(n, text)),
        3 => (0..8_usize, 0..9_u8).prop_map(|(n, text)| Edit::Replace(n, text)),
        2 => (0..8_usize, 0..8_usize).prop_map(|(a, b)| Edit::Move(a, b)),
        2 => (0..8_usize).prop_map(Edit::Delete),
        1 => any::<bool>().prop_map(Edit::Folder),
        2 => (0..2_u8, 0..4_u8).prop_map(|(n, to)| Edit::Photo(n, to)),
        1 => (0..4_u8).prop_map(Edit::Config),
        1 => (0..4_u8).prop_map(Edit::Style),
        1 => prop::option::of(0..4_u8).prop_map(Edit::Template),
        1 => (0..8_usize).prop_map(Edit::Fault),
        3 => (0..60_u64).prop_map(Edit::Pause),
    ]
}

impl Edit {
    /// What the system does not let us do is not done.
    fn apply(&self, root: &Path) {
        match *self {
            Self::Article(n, text) => write(root, &article_path(n), article(n, text)),
            Self::Replace(n, text) => {
                let path = root.join(article_path(n));
                write(root, &format!("{}.new~", article_path(n)), article(n, text));
                let _ = fs::rename(path.with_extension("md.new~"), path);
            }
            Self::Move(a, b) => drop(fs::rename(root.join(article_path(a)), root.join(article_path(b)))),
            Self::Delete(n) => drop(fs::remove_file(root.join(article_path(n)))),
            Self::Folder(away) => {
                let (here, there) = (root.join("content/study"), root.join("kept"));
                let _ = if away { fs::rename(here, there) } else { fs::rename(there, here) };
            }
            Self::Photo(n, to) => write(root, &format!("content/photos/{n}.png"), photo(to)),
            Self::Config(n) => write(root, "column.yaml", config(n)),
            Self::Style(n) => {
                write(root, "themes/gazette/assets/print.css", format!("@media print{{h1{{margin:{n}px}}}}"));
            }
            Self::Template(Some(n)) => write(
                root,
                "themes/gazette/templates/404.html",
                format!("{{% extends \"base.html\" %}}{{% block main %}}<p>没有{n}</p>{{% endblock %}}"),
            ),
            Self::Template(None) => drop(fs::remove_file(root.join("themes/gazette/templates/404.html"))),
            Self::Fault(n) => write(root, &article_path(n), "---\ntitle：全角冒号\n---\n\n坏了。\n"),
            Self::Pause(ms) => std::thread::sleep(Duration::from_millis(ms)),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 8, ..crate::property::cases(16) })]

    #[test]
    fn what_is_served_and_published_equals_a_clean_build(
        series in prop::collection::vec(prop::collection::vec(edit(), 1..8), 1..4),
        in_place in any::<bool>(),
    ) {
        let desk = Desk::new(in_place);
        let mut former = BTreeSet::new();
        desk.settle(&mut former)?;
        for edits in series {
            edits.iter().for_each(|edit| edit.apply(desk.dir.path()));
            desk.settle(&mut former)?;
        }
        desk.stop();
    }
}

#[test]
fn a_body_edit_parses_one_file_and_renders_what_shows_it() {
    let desk = Desk::new(false);
    let mut former = BTreeSet::new();
    write(desk.dir.path(), "content/photos/0.png", photo(0));
    write(desk.dir.path(), "content/photos/1.png", photo(1));
    // Cards show summary and count of words; neither changes.
    let fixed = article(2, 0).replace("topics:", "summary: 摘要。\ntopics:");
    write(desk.dir.path(), &article_path(2), fixed);
    desk.settle(&mut former).unwrap();
    let before = desk.turns.lock().unwrap().len();
    let path = desk.dir.path().join(article_path(2));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("第0稿", "第八稿")).unwrap();
    desk.settle(&mut former).unwrap();
    let turns = desk.turns.lock().unwrap()[before..].to_vec();
    assert_eq!(turns.len(), 1, "one save, one build");
    let (counts, _) = turns[0];
    assert_eq!(counts.documents.made, 1);
    assert_eq!(counts.themes.made, 0);
    assert_eq!(counts.pages.made, 1, "{counts:?}");
    desk.stop();
}
