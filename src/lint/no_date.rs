//! **`no-date`** (warning): a piece of a section has no date.
//!
//! "网站内容要清晰显示发布时间" (国办发〔2017〕47号); a page without one counts as not
//! updated, and lists by date can't place it. Pages outside the news, and
//! sections in an order of their own, need none.

use crate::config::{Kind, Sort};
use crate::diagnostic::{Diagnostic, SiteFault};
use crate::site::Site;
use crate::text::Span;

pub(super) fn check(site: &Site, found: &mut Vec<Diagnostic>) {
    for article in site.articles.iter().filter(|article| article.date.is_none()) {
        let Some(section) = article.section.and_then(|at| site.config.sections.get(at)) else { continue };
        let front = &article.document.front;
        // A date that could not be read has a finding of its own, and so has
        // one that the section requires.
        let tried = front.keys.iter().any(|(key, _)| key == "date" || key == "publish_at");
        let required = section.required.iter().any(|key| key == "date");
        let by_date = matches!(section.sort, Sort::DateDesc | Sort::Date);
        if !tried && !required && by_date && article.kind != Kind::Page {
            let fence = Span::new(front.span.start as usize, front.span.start as usize + 3);
            let there = front.span.end > front.span.start;
            found.push(crate::site::at(&article.document, there.then_some(fence), SiteFault::NoDate));
        }
    }
}
