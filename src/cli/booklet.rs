//! `booklet`: the column's books in a folder of their own.

use std::collections::BTreeMap;
use std::path::Path;

use super::args::{BookletArgs, Common};
use super::build::{self, Course, Ending};
use super::console::{Console, is_grave, object, tell};
use super::progress::Progress;
use super::stages::Stages;
use super::{Error, Result, Verdict, paint, who};
use crate::build::{Booklet, Output, Priority, Span, Stage};
use crate::diagnostic::{Rendered, nearest};
use crate::disk::Files;
use crate::path::OutputPath;
use crate::publish::{Place, PublishOptions, Published, Publisher};

/// `zhuanlan booklet`: a build of which only the books are kept.
pub(super) fn booklet(common: &Common, args: &BookletArgs, console: Console) -> Result<Verdict> {
    let options = build::options(&args.asked)?;
    let progress = Progress::new(console);
    let stages = Stages::start(Some(&progress), false);
    let span = Span::new(&stages, Stage::Read, 1);
    let round = build::survey(common)?.read();
    let output = args.output.clone().unwrap_or_else(|| common.root.join("booklet"));
    let place = Place::new(&output, &common.root)?;
    let folder = place.output.clone();
    let mut publisher = Publisher::open(place, &who(), &progress)?;
    drop(span);
    let files = Files::new(&round.root);
    let past = build::Past::new(&round.root, args.asked.no_cache);
    let early = Priority { observer: &stages, ..Priority::nothing() };
    let (built, mut ending) =
        build::run(round.tree, &options, &files, args.asked.strict, &early, past.memory(), None);
    let mut books = Output::default();
    if !ending.is_faulty() {
        books = alone(&built.output, &wanted(&built.output.booklets, args.booklet.as_deref())?);
        ending.find_more(&books, &publisher, &files, &progress);
    }
    if ending.is_faulty() {
        progress.hide();
        return ending.withheld(console, &Course { stages: &stages, counts: Some(built.counts) });
    }
    // A book of former days is of no use to anybody.
    let how = PublishOptions { at: jiff::Timestamp::now(), keep: Some(0), ..PublishOptions::default() };
    let done = publisher.publish(&books, &files, None, how)?;
    progress.hide();
    let books = wanted(&built.output.booklets, args.booklet.as_deref())?;
    say(console, &ending, &books, &folder, &done)
}

/// The book called `name`, or all of them.
fn wanted<'b>(all: &'b [Booklet], name: Option<&str>) -> Result<Vec<&'b Booklet>> {
    if all.is_empty() {
        return Err(Error::NoBooklets);
    }
    let Some(name) = name else { return Ok(all.iter().collect()) };
    let found: Vec<&Booklet> = all.iter().filter(|book| book.slug == name || book.title == name).collect();
    if found.is_empty() {
        let names = || all.iter().flat_map(|book| [book.slug.as_str(), book.title.as_str()]);
        let nearest = nearest(name, names()).or_else(|| names().next()).unwrap_or_default().to_owned();
        return Err(Error::UnknownBooklet { name: name.to_owned(), nearest });
    }
    Ok(found)
}

/// Of `output` what `books` consist of.
fn alone(output: &Output, books: &[&Booklet]) -> Output {
    let own = books.iter().flat_map(|book| [&book.page, &book.epub].into_iter().chain(&book.needs));
    let files: BTreeMap<_, _> =
        own.filter_map(|path| Some((path.clone(), output.files.get(path)?.clone()))).collect();
    Output { files, ..Output::default() }
}

fn say(
    console: Console,
    ending: &Ending,
    books: &[&Booklet],
    output: &Path,
    done: &Published,
) -> Result<Verdict> {
    if console.json {
        object(&serde_json::json!({
            "booklets": books.iter().map(|book| serde_json::json!({
                "title": book.title, "slug": book.slug, "pieces": book.pieces,
                "page": book.page, "epub": book.epub,
            })).collect::<Vec<_>>(),
            "written": done.written,
            "findings": ending.notices.iter().map(|notice| notice.json(console.lang)).collect::<Vec<_>>(),
        }))?;
        return Ok(Verdict::Fine);
    }
    let grave: Vec<Rendered> =
        ending.notices.iter().filter(|notice| is_grave(notice, true)).cloned().collect();
    console.findings(&grave, false);
    if console.quiet {
        return Ok(Verdict::Fine);
    }
    for book in books {
        let count = book.pieces;
        let named = (format!("《{}》，{count} 篇", book.title), format!("“{}”, {count} pieces", book.title));
        tell(console.text(&named.0, &named.1));
        let at = |path: &OutputPath| paint::bold(&output.join(path.as_str()).display().to_string());
        tell(&format!("  {}{}", console.text("打印：", "print  "), at(&book.page)));
        tell(&format!("  {}{}", console.text("电子书：", "e-book "), at(&book.epub)));
    }
    tell(console.text(
        "用 Chrome 或 Edge 打开打印版，按 Ctrl+P 打印或另存为 PDF",
        "open the page in Chrome or Edge and press Ctrl+P to print it or save it as PDF",
    ));
    Ok(Verdict::Fine)
}
