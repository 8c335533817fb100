//! How much a build takes from the allocator: cold, again, after one edit,
//! after a theme edit.
//!
//! A bench of its own, because counting takes time that the other one measures.
//! `cargo bench --bench allocations` counts for 1,000 and 10,000 articles,
//! `cargo bench --bench allocations -- 100000` for as many as it says.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench takes arguments and prints figures"
)]
#![expect(clippy::indexing_slicing, clippy::expect_used, reason = "a bench's own tables and paths")]

mod column;

use std::alloc::System;

use column::{NoBlobs, article, column, path};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, Stats, StatsAlloc};
use zhuanlan::build::{Memory, Now, Options, build};
use zhuanlan::path::SourcePath;
use zhuanlan::source::{Source, SourceTree};

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Builds, and returns what was taken meanwhile.
fn counted(tree: &SourceTree, memory: &Memory) -> Stats {
    let options = Options {
        now: Now::Local(jiff::civil::date(2021, 12, 31).at(12, 0, 0, 0)),
        base_url: None,
        preview: false,
        drafts: false,
        fingerprint: false,
    };
    let region = Region::new(COUNTED);
    let built = build(tree, &options, &NoBlobs, memory);
    let taken = region.change();
    drop(built);
    taken
}

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000] } else { sizes };
    println!("{:>8}  {:>8} {:>12} {:>10}", "articles", "", "allocations", "MB in all");
    for count in sizes {
        let mut tree = column(count);
        let memory = Memory::default();
        let cold = counted(&tree, &memory);
        let again = counted(&tree, &memory);
        let middle = count / 2;
        tree.insert(path(middle), Source::text(article(middle, count, "", "补记。").into_bytes()));
        let body = counted(&tree, &memory);
        let css = SourcePath::new("themes/gazette/assets/base.css").expect("a plain path");
        let text = zhuanlan::theme::builtin_text(css.as_str()).unwrap_or_default();
        tree.insert(css, Source::text(format!("{text}\n.n {{ color: red }}\n").into_bytes()));
        let theme = counted(&tree, &memory);
        for (name, taken) in [("cold", cold), ("again", again), ("body", body), ("css", theme)] {
            let calls = taken.allocations + taken.reallocations;
            println!("{count:>8}  {name:>8} {calls:>12} {:>10}", taken.bytes_allocated >> 20);
        }
    }
}
