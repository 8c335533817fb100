//! How long a build takes: cold, again, after one edit, after a theme edit.
//!
//! `cargo bench` prints figures for 100, 1,000 and 10,000 articles in memory,
//! without reading or writing files; `cargo bench --bench build -- 1000` for one size, 100000 too. The
//! figures decide nothing: they are for people.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench measures time and prints figures"
)]
#![expect(clippy::indexing_slicing, clippy::expect_used, reason = "a bench's own tables and paths")]

mod column;
mod index;
mod process;

use std::time::Instant;

use column::{NoBlobs, article, column, path};
use zhuanlan::build::{BuildResult, Memory, Now, Options, build};
use zhuanlan::path::SourcePath;
use zhuanlan::source::{Source, SourceTree};

/// How often each figure is taken; the median is printed.
const ROUNDS: usize = 5;

fn options() -> Options {
    Options {
        now: Now::Local(jiff::civil::date(2021, 12, 31).at(12, 0, 0, 0)),
        base_url: None,
        preview: false,
        drafts: false,
        fingerprint: false,
    }
}

fn timed(tree: &SourceTree, memory: &Memory) -> (f64, BuildResult) {
    let start = Instant::now();
    let built = build(tree, &options(), &NoBlobs, memory);
    (start.elapsed().as_secs_f64() * 1000.0, built)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The median of a warm build after each of some edits, and how many pages it
/// rendered.
fn after(memory: &Memory, tree: &mut SourceTree, edit: impl Fn(&mut SourceTree, usize)) -> (f64, u64) {
    let mut times = Vec::new();
    let mut pages = 0;
    for round in 0..ROUNDS {
        edit(tree, round);
        let (time, built) = timed(tree, memory);
        times.push(time);
        pages = built.counts.pages.made;
    }
    (median(times), pages)
}

/// An edit of a file of the built-in theme: its text with `note` behind it.
fn theme_edit(tree: &mut SourceTree, file: &str, note: &str) {
    let path = SourcePath::new(&format!("themes/gazette/{file}")).expect("a plain path");
    let text = zhuanlan::theme::builtin_text(path.as_str()).unwrap_or_default();
    tree.insert(path, Source::text(format!("{text}{note}").into_bytes()));
}

/// Warm builds only, one after the other, for a profiler: `again`, or `body`
/// for an edit before each.
fn over_and_over(count: usize, edited: bool) {
    let mut tree = column(count);
    let memory = Memory::default();
    timed(&tree, &memory);
    let mut times = Vec::new();
    for round in 0..60 {
        if edited {
            let text = article(count / 2, count, "", &format!("补记{round}。"));
            tree.insert(path(count / 2), Source::text(text.into_bytes()));
        }
        times.push(timed(&tree, &memory).0);
    }
    println!("{count:>8} articles, {:>8.1} ms", median(times));
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let asked = |word: &str| words.iter().any(|given| given == word);
    if asked("again") || asked("body") {
        return over_and_over(10_000, asked("body"));
    }
    let sizes: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![100, 1_000, 10_000] } else { sizes };
    let heads =
        ["cold", "again", "body", "title", "css", "template"].map(|head| format!("{head:>10}")).join(" ");
    println!("{:>8}  {heads}  ms (median of {ROUNDS})", "articles");
    for count in sizes {
        let mut tree = column(count);
        let cold = median((0..ROUNDS).map(|_| timed(&tree, &Memory::default()).0).collect());
        let memory = Memory::default();
        let (_, built) = timed(&tree, &memory);
        index::print(&built);
        let pages = built.counts.pages.made;
        let middle = count / 2;
        let mut rewrite = |title: bool| {
            after(&memory, &mut tree, |tree, round| {
                let (title, body) = if title {
                    (format!("新{round}"), String::new())
                } else {
                    (String::new(), format!("补记{round}。"))
                };
                tree.insert(path(middle), Source::text(article(middle, count, &title, &body).into_bytes()));
            })
        };
        let (body, title) = (rewrite(false), rewrite(true));
        let again = after(&memory, &mut tree, |_, _| {});
        let css = after(&memory, &mut tree, |tree, round| {
            theme_edit(tree, "assets/base.css", &format!("\n.n{round} {{ color: red }}\n"));
        });
        let template = after(&memory, &mut tree, |tree, round| {
            theme_edit(tree, "templates/article.html", &format!("{{# {round} #}}"));
        });
        let all = [(cold, pages), again, body, title, css, template];
        let line = |show: &dyn Fn(&(f64, u64)) -> String| {
            all.iter().map(|one| format!("{:>10}", show(one))).collect::<Vec<_>>().join(" ")
        };
        println!("{count:>8}  {}", line(&|(time, _)| format!("{time:.1}")));
        process::print(count, &tree);
        println!("{:>8}  {}  pages rendered", "", line(&|(_, pages)| pages.to_string()));
    }
}
