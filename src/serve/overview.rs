//! The column's overview `/-/`: every piece with its state, and what is due.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use super::facts::shown;
use super::labels::{Words, state_name, state_text, wrong_text};
use super::page::{finding_html, frame, with_script};
use super::site::{Seen, Site};
use crate::build::Piece;
use crate::diagnostic::{Lang, Located, Severity, plain};
use crate::html::escape;
use crate::memo::Key;

/// The path that its tabs are known by.
pub(super) const PATH: &str = "-/";

/// Which pieces to show.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// `draft`, `scheduled`, `expired`, `published`, `findings`, or all.
    state: String,
    /// A section's title, or all.
    section: String,
    /// Part of a title or file name.
    q: String,
    /// From 1.
    page: usize,
}

/// Pieces on one page.
const PER_PAGE: usize = 200;

const STATES: [&str; 4] = ["published", "draft", "scheduled", "expired"];

/// The overview, with the preview's script.
pub(super) fn overview(site: &Site, wanted: &Wanted, lang: Lang) -> Vec<u8> {
    with_script(bare(site, wanted, lang).as_bytes(), PATH, &seen(site, lang).token())
}

/// What an overview's tab has seen: all pieces and findings, whichever it
/// shows, because its event stream does not know which.
pub(super) fn seen(site: &Site, lang: Lang) -> Seen {
    let mut parts: Vec<String> = Vec::new();
    for piece in &site.latest().pieces {
        let Piece { source, title, section, date, path, state, words, minutes: _ } = &**piece;
        parts.extend([source.to_string(), title.clone(), section.clone(), words.to_string()]);
        parts.extend([date.clone().unwrap_or_default(), path.clone().unwrap_or_default()]);
        parts.push(state_text(*state, lang));
    }
    parts.extend(site.findings().iter().map(|finding| plain(finding, lang)));
    Seen::alone(Key::hash_parts(parts.iter().map(String::as_bytes)))
}

fn bare(site: &Site, wanted: &Wanted, lang: Lang) -> String {
    let words = Words::for_lang(lang);
    let mut findings: BTreeMap<&str, Vec<&Located>> = BTreeMap::new();
    for finding in site.findings() {
        findings.entry(finding.path.as_str()).or_default().push(finding);
    }
    let mut pieces: Vec<&Piece> = site
        .latest()
        .pieces
        .iter()
        .map(|piece| &**piece)
        .filter(|piece| wanted.wants(piece, &findings))
        .collect();
    // The newest first; what has no date, last.
    pieces.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.source.cmp(&b.source)));
    let mut out = format!("<h1>{}</h1>\n", escape(words.overview));
    due(&mut out, site, words);
    tallies(&mut out, site, lang);
    filter(&mut out, site, wanted, lang);
    table(&mut out, wanted, &pieces, &findings, lang);
    pages(&mut out, wanted, pieces.len(), words);
    others(&mut out, site, &findings, lang);
    frame(lang, words.overview, &out)
}

impl Wanted {
    fn wants(&self, piece: &Piece, findings: &BTreeMap<&str, Vec<&Located>>) -> bool {
        let state = match self.state.as_str() {
            "" => true,
            "findings" => findings.contains_key(piece.source.as_str()),
            state => state_name(piece.state) == state,
        };
        let text = self.q.trim().to_lowercase();
        let named = |words: &str| words.to_lowercase().contains(&text);
        state
            && (self.section.is_empty() || piece.section == self.section)
            && (named(&piece.title) || named(piece.source.as_str()))
    }

    fn page(&self) -> usize {
        self.page.max(1)
    }

    /// The address of another page of the same pieces.
    fn address(&self, page: usize) -> String {
        let encode = |text: &str| {
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
        };
        let (state, section, q) = (encode(&self.state), encode(&self.section), encode(&self.q));
        format!("/-/?state={state}&section={section}&q={q}&page={page}")
    }
}

fn due(out: &mut String, site: &Site, words: &Words) {
    let next = site.latest().next.as_ref().map(|next| {
        let piece = site.latest().pieces.iter().find(|piece| piece.source == next.source);
        let title = piece.map_or(next.source.as_str(), |piece| piece.title.as_str());
        format!("{} {}", next.at.strftime("%Y-%m-%d %H:%M"), title)
    });
    let text = next.unwrap_or_else(|| words.nothing_due.to_owned());
    let _ = writeln!(out, "<p class=\"due\"><strong>{}</strong> {}</p>", escape(words.next), escape(&text));
}

/// How many pieces there are of each state.
fn tallies(out: &mut String, site: &Site, lang: Lang) {
    let words = Words::for_lang(lang);
    let pieces = &site.latest().pieces;
    let _ = write!(out, "<p class=\"tallies\">{} {}", pieces.len(), escape(words.pieces));
    for state in STATES.iter().skip(1) {
        let n = pieces.iter().filter(|piece| state_name(piece.state) == *state).count();
        if n > 0 {
            let _ =
                write!(out, " · <a href=\"/-/?state={state}\">{} {n}</a>", escape(option_text(state, lang)));
        }
    }
    out.push_str("</p>\n");
}

fn filter(out: &mut String, site: &Site, wanted: &Wanted, lang: Lang) {
    let words = Words::for_lang(lang);
    let mut sections: Vec<&str> = site.latest().pieces.iter().map(|piece| piece.section.as_str()).collect();
    sections.sort_unstable();
    sections.dedup();
    let _ = write!(
        out,
        "<form action=\"/-/\"><label>{} <input name=\"q\" value=\"{}\"></label>\n<label>{} <select name=\"state\">",
        escape(words.search),
        escape(&wanted.q),
        escape(words.state),
    );
    option(out, "", words.all, &wanted.state);
    for state in STATES.iter().chain(&["findings"]) {
        option(out, state, option_text(state, lang), &wanted.state);
    }
    let _ = write!(out, "</select></label>\n<label>{} <select name=\"section\">", escape(words.section));
    option(out, "", words.all, &wanted.section);
    for section in sections.into_iter().filter(|section| !section.is_empty()) {
        option(out, section, section, &wanted.section);
    }
    let _ = writeln!(out, "</select></label>\n<button>{}</button></form>", escape(words.filter));
}

fn option(out: &mut String, value: &str, text: &str, chosen: &str) {
    let selected = if value == chosen { " selected" } else { "" };
    let _ = write!(out, "<option value=\"{}\"{selected}>{}</option>", escape(value), escape(text));
}

fn option_text(state: &str, lang: Lang) -> &'static str {
    match (lang, state) {
        (Lang::Zh, "published") => "会发布",
        (Lang::Zh, "draft") => "草稿",
        (Lang::Zh, "scheduled") => "定时",
        (Lang::Zh, "expired") => "已到期",
        (Lang::En, "published") => "published",
        (Lang::En, "draft") => "draft",
        (Lang::En, "scheduled") => "scheduled",
        (Lang::En, "expired") => "expired",
        (lang, _) => Words::for_lang(lang).with_findings,
    }
}

fn table(
    out: &mut String,
    wanted: &Wanted,
    pieces: &[&Piece],
    findings: &BTreeMap<&str, Vec<&Located>>,
    lang: Lang,
) {
    let words = Words::for_lang(lang);
    out.push_str("<table>\n<thead><tr>");
    for head in [words.title, words.state, words.section, words.date, words.findings, words.source] {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escape(head));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for piece in pieces.iter().skip((wanted.page() - 1).saturating_mul(PER_PAGE)).take(PER_PAGE) {
        let title = escape(&piece.title);
        let title = piece
            .path
            .as_ref()
            .map_or(title.clone(), |path| format!("<a href=\"/{}\">{title}</a>", escape(path)));
        let about_it = findings.get(piece.source.as_str());
        let is_wrong =
            about_it.is_some_and(|all| all.iter().any(|found| found.severity() == Severity::Error));
        let state = if is_wrong { wrong_text } else { state_text };
        let _ = write!(
            out,
            "<tr class=\"{}\"><td>{title}</td><td>{}</td><td>{}</td><td>{}</td><td>",
            state_name(piece.state),
            escape(&state(piece.state, lang)),
            escape(&piece.section),
            escape(piece.date.as_deref().unwrap_or_default()),
        );
        about(out, about_it, lang);
        let _ = writeln!(out, "</td><td><code>{}</code></td></tr>", escape(piece.source.as_str()));
    }
    out.push_str("</tbody>\n</table>\n");
}

/// The findings about one file, folded.
fn about(out: &mut String, findings: Option<&Vec<&Located>>, lang: Lang) {
    let Some(findings) = findings else { return };
    let _ = writeln!(out, "<details><summary>{}</summary>", findings.len());
    for finding in findings {
        finding_html(out, &shown(finding, lang));
    }
    out.push_str("</details>");
}

fn pages(out: &mut String, wanted: &Wanted, pieces: usize, words: &Words) {
    let last = pieces.div_ceil(PER_PAGE).max(1);
    if last == 1 {
        return;
    }
    let page = wanted.page().min(last);
    out.push_str("<nav>");
    if page > 1 {
        let _ = write!(
            out,
            "<a href=\"{}\">{}</a> ",
            escape(&wanted.address(page - 1)),
            escape(words.previous_page)
        );
    }
    let _ = write!(out, "{page} / {last}");
    if page < last {
        let _ =
            write!(out, " <a href=\"{}\">{}</a>", escape(&wanted.address(page + 1)), escape(words.next_page));
    }
    out.push_str("</nav>\n");
}

/// Findings about files that are no pieces: the config, the theme, photos.
fn others(out: &mut String, site: &Site, findings: &BTreeMap<&str, Vec<&Located>>, lang: Lang) {
    let pieces = &site.latest().pieces;
    let is_piece = |path: &str| pieces.binary_search_by(|piece| piece.source.as_str().cmp(path)).is_ok();
    let rest: Vec<&&Located> =
        findings.iter().filter(|(path, _)| !is_piece(path)).flat_map(|(_, all)| all).collect();
    if rest.is_empty() {
        return;
    }
    let _ = writeln!(out, "<h2>{}</h2>", escape(Words::for_lang(lang).findings));
    for finding in rest {
        finding_html(out, &shown(finding, lang));
    }
}
