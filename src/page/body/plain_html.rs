//! Pictures, players and data blocks as HTML that needs no theme: for feeds,
//! and for what another site hosts.

use std::fmt::Display;

use crate::view::{
    BlockView, CandidateView, FigureView, FiguresView, LedgerItemView, LedgerView, PhotoView, QuizItemView,
    TimelineItemView,
};

use crate::html::{attribute, element, escape_into};
use crate::page::body::links::Place;
use crate::page::frame::local::Local;

/// An `<img>`; a size of 0 is not known.
pub(crate) fn image(out: &mut String, src: &str, alt: &str, (width, height): (u32, u32), lazy: bool) {
    out.push_str("<img");
    attribute(out, "src", src);
    rest_of_image(out, alt, (width, height), lazy);
}

/// What an `<img>` says besides its source.
fn rest_of_image(out: &mut String, alt: &str, (width, height): (u32, u32), lazy: bool) {
    attribute(out, "alt", alt);
    if width > 0 && height > 0 {
        attribute(out, "width", &width.to_string());
        attribute(out, "height", &height.to_string());
    }
    if lazy {
        attribute(out, "loading", "lazy");
    }
    attribute(out, "decoding", "async");
    out.push('>');
}

/// A photo within text, in the sizes that there are. `root` leads to the site's
/// root.
pub(crate) fn picture(out: &mut String, photo: &PhotoView, root: &str, lazy: bool) {
    let set = |candidates: &[CandidateView]| {
        let one = |candidate: &CandidateView| format!("{root}{} {}w", candidate.path, candidate.width);
        candidates.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    // Within a line a photo is as wide as it is, at most as the text.
    let sizes = format!("(max-width: {0}px) 100vw, {0}px", photo.width);
    if !photo.webp.is_empty() {
        out.push_str("<picture><source type=\"image/webp\"");
        attribute(out, "srcset", &set(&photo.webp));
        attribute(out, "sizes", &sizes);
        out.push('>');
    }
    out.push_str("<img");
    attribute(out, "src", &format!("{root}{}", photo.src));
    if !photo.sizes.is_empty() {
        attribute(out, "srcset", &set(&photo.sizes));
        attribute(out, "sizes", &sizes);
    }
    rest_of_image(out, &photo.alt, (photo.width, photo.height), lazy);
    if !photo.webp.is_empty() {
        out.push_str("</picture>");
    }
    if !photo.ai.is_empty() {
        out.push_str("<span class=\"ai-mark\">");
        escape_into(out, &photo.ai);
        out.push_str("</span>");
    }
}

/// A player in a figure.
pub(crate) fn player(out: &mut String, src: &str, sound: bool, caption: &str) {
    let name = if sound { "audio" } else { "video" };
    out.push_str("<figure class=\"media\"><");
    out.push_str(name);
    out.push_str(" controls preload=\"metadata\"");
    attribute(out, "src", src);
    out.push_str("></");
    out.push_str(name);
    out.push('>');
    element(out, "figcaption", caption);
    out.push_str("</figure>\n");
}

/// Finished HTML of a body that is read at `place`: links to its own anchors
/// (footnotes) get the page's address before them.
pub(crate) fn text(out: &mut String, html: &str, place: Place<'_>) {
    const LINK: &str = " href=\"#";
    if !place.elsewhere {
        out.push_str(html);
        return;
    }
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(LINK) {
        out.push_str(before);
        // In prose the same characters are no link: only an `<a` that is
        // still open before them makes them one.
        let tag = before.rfind('<').is_some_and(|at| {
            before.get(at..).is_some_and(|tag| tag.starts_with("<a") && !tag.contains('>'))
        });
        out.push_str(" href=\"");
        if tag {
            escape_into(out, place.root);
            out.push_str(place.own);
        }
        out.push('#');
        rest = after;
    }
    out.push_str(rest);
}

/// A part of a body; `root` leads to the site's root.
pub(crate) fn block(out: &mut String, part: &BlockView, root: &str, local: &Local) {
    match part {
        BlockView::Figure(view) => figure(out, view, root),
        BlockView::Media(view) => {
            let words = [view.caption.as_str(), &view.ai].into_iter().filter(|words| !words.is_empty());
            let words = words.collect::<Vec<_>>().join("　");
            player(out, &format!("{root}{}", view.src), view.medium == "audio", &words);
        }
        BlockView::Gallery(view) => {
            heading(out, &view.title);
            view.photos.iter().for_each(|photo| figure(out, photo, root));
        }
        BlockView::Timeline(view) => {
            heading(out, &view.title);
            list(out, "ul", &view.items, event);
        }
        BlockView::Ledger(view) => ledger(out, view, local),
        BlockView::Figures(view) => figures(out, view, local),
        BlockView::Quiz(view) => {
            heading(out, &view.title);
            element(out, "p", &view.intro);
            list(out, "ol", &view.items, |out, item| question(out, item, local));
        }
    }
}

fn figure(out: &mut String, view: &FigureView, root: &str) {
    let photo = &view.photo;
    out.push_str("<figure>");
    image(out, &format!("{root}{}", photo.src), &photo.alt, (photo.width, photo.height), false);
    let credit = if photo.caption.is_empty() || photo.credit.is_empty() { "" } else { "　" };
    let mut words = format!("{}{credit}{}", photo.caption, photo.credit);
    if !photo.ai.is_empty() {
        words.push_str(if words.is_empty() { "" } else { "　" });
        words.push_str(&photo.ai);
    }
    element(out, "figcaption", &words);
    out.push_str("</figure>\n");
}

fn heading(out: &mut String, title: &str) {
    if !title.is_empty() {
        out.push_str("<p>");
        element(out, "strong", title);
        out.push_str("</p>\n");
    }
}

fn list<T>(out: &mut String, name: &str, items: &[T], write: impl Fn(&mut String, &T)) {
    if items.is_empty() {
        return;
    }
    out.push('<');
    out.push_str(name);
    out.push_str(">\n");
    for item in items {
        out.push_str("<li>");
        write(out, item);
        out.push_str("</li>\n");
    }
    out.push_str("</");
    out.push_str(name);
    out.push_str(">\n");
}

fn event(out: &mut String, item: &TimelineItemView) {
    escape_into(out, &item.date.long);
    out.push('　');
    if let Some(link) = &item.link {
        out.push_str("<a");
        attribute(out, "href", &link.href);
        out.push('>');
        escape_into(out, &item.title);
        out.push_str("</a>");
    } else {
        escape_into(out, &item.title);
    }
    element(out, "p", &item.text);
}

fn ledger(out: &mut String, view: &LedgerView, local: &Local) {
    heading(out, &view.title);
    let day = view.as_of.as_ref().map(|day| day.long.as_str());
    let values: [(&str, &dyn Display); 4] = [
        ("collected", &view.collected),
        ("answered", &view.answered),
        ("open", &view.open),
        ("day", &day.unwrap_or_default()),
    ];
    let key = if day.is_some() { "ledger.totals_as_of" } else { "ledger.totals" };
    element(out, "p", &local.fill(key, &values));
    list(out, "ul", &view.items, |out, item| opinion(out, item, local));
    element(out, "p", &view.note);
}

fn opinion(out: &mut String, item: &LedgerItemView, local: &Local) {
    let state = local.text(if item.answered { "ledger.answered" } else { "ledger.open" });
    let state = local.fill("bracketed", &[("text", &state)]);
    escape_into(out, &format!("{}. {}{state}", item.number, item.question));
    element(out, "p", &item.answer);
}

fn figures(out: &mut String, view: &FiguresView, local: &Local) {
    heading(out, &view.title);
    list(out, "ul", &view.items, |out, item| {
        element(out, "strong", &format!("{}{}", item.value, item.unit));
        out.push(' ');
        escape_into(out, &item.label);
        if !item.note.is_empty() {
            escape_into(out, &local.fill("bracketed", &[("text", &item.note)]));
        }
    });
    element(out, "p", &view.source);
}

fn question(out: &mut String, item: &QuizItemView, local: &Local) {
    escape_into(out, &item.question);
    list(out, "ul", &item.options, |out, option| {
        escape_into(out, &format!("{}. {}", option.letter, option.text));
    });
    let answer = local.fill("quiz.feed_answer", &[("answer", &item.answer)]);
    element(out, "p", &format!("{answer}{}", item.explain));
}
