//! How long a build takes in a new process, over a site that is published and
//! with the memory of the process before: the whole but reading and writing
//! files, opening and saving the memory included.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use zhuanlan::build::{BuildResult, Memory, PROGRAM, Priority, Site, Spool, build_once};
use zhuanlan::disk::ValueStore;
use zhuanlan::memo::Key;
use zhuanlan::path::OutputPath;
use zhuanlan::source::{Source, SourceTree};

use crate::column::{NoBlobs, article, path};
use crate::{ROUNDS, median, options, theme_edit};

/// What is published.
#[derive(Debug, Default)]
struct Published(BTreeMap<OutputPath, Key>);

impl Site for Published {
    fn has(&self, path: &OutputPath, key: Key) -> bool {
        self.0.get(path) == Some(&key)
    }
}

/// One process: its time in milliseconds, the site that it leaves, and how many
/// pages it rendered.
fn process(root: &Path, tree: &SourceTree, site: &Arc<Published>) -> (f64, Arc<Published>, u64) {
    let tree = tree.clone();
    let start = Instant::now();
    let store = Arc::new(ValueStore::open(root, PROGRAM));
    let memory = Memory::with_store(Arc::<ValueStore>::clone(&store)).after(Arc::<Published>::clone(site));
    let spool: Spool<'_> = &|_, _, _| true;
    let early = Priority { spool: Some(spool), ..Priority::whole() };
    let built: BuildResult = build_once(tree, &options(), &NoBlobs, memory, &early);
    store.save();
    let time = start.elapsed().as_secs_f64() * 1000.0;
    let files = built.output.files.iter().map(|(path, artifact)| (path.clone(), artifact.key));
    (time, Arc::new(Published(files.collect())), built.counts.pages.made)
}

/// Prints how long new processes take: with no memory, again, after one edit of
/// a body and of a title, with the memory but without the site, and after an
/// edit of the theme.
pub(crate) fn print(count: usize, tree: &SourceTree) {
    let root = tempfile::tempdir().expect("a temporary folder");
    let mut tree = tree.clone();
    let none = Arc::new(Published::default());
    let (cold, mut site, _) = process(root.path(), &tree, &none);
    let mut rounds = |edit: &dyn Fn(&mut SourceTree, usize), fresh: bool| {
        let mut times = Vec::new();
        let mut pages = 0;
        for round in 0..ROUNDS {
            edit(&mut tree, round);
            let (time, after, made) = process(root.path(), &tree, if fresh { &none } else { &site });
            (site, pages) = (after, made);
            times.push(time);
        }
        (median(times), pages)
    };
    let rewrite = |tree: &mut SourceTree, title: &str, body: &str| {
        let text = article(count / 2, count, title, body);
        tree.insert(path(count / 2), Source::text(text.into_bytes()));
    };
    let restyle = |tree: &mut SourceTree, round: usize| {
        theme_edit(tree, "assets/base.css", &format!("\n.p{round} {{ color: red }}\n"));
    };
    let figures = [
        ("again", rounds(&|_, _| {}, false)),
        ("body", rounds(&|tree, round| rewrite(tree, "", &format!("又记{round}。")), false)),
        ("title", rounds(&|tree, round| rewrite(tree, &format!("再{round}"), ""), false)),
        ("carried", rounds(&|tree, round| rewrite(tree, "", &format!("三记{round}。")), true)),
        ("css", rounds(&restyle, false)),
    ];
    let figure = |(name, (time, pages)): &(&str, (f64, u64))| {
        format!("{name} {time:.1} ms ({:.3}, {pages} pages)", time / cold)
    };
    let all: Vec<String> = figures.iter().map(figure).collect();
    println!("{:>8}  new process: cold {cold:.1} ms, {}", "", all.join(", "));
}
