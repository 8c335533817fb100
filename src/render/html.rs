//! One page by one template.

use std::cell::Cell;
use std::sync::Arc;

use crate::diagnostic::{Checked, Diagnostic, ThemeFault};
use crate::memo::{Key, Memo};
use crate::page::Page;
use crate::path::SourcePath;
use crate::theme::Theme;

/// The bytes of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    /// The hash of the bytes.
    pub key: Option<Key>,
    /// The page; empty where a template failed.
    pub bytes: Arc<[u8]>,
}

/// The size that a buffer for pages begins with, in bytes: most articles fit.
const USUAL: usize = 32 * 1024;

/// A buffer larger than this, in bytes, is not kept.
const MOST_KEPT: usize = 1 << 20;

thread_local! {
    /// What pages are rendered into, kept from page to page.
    static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Renders `page` by the theme's template for it, or remembers it; its view is
/// made only where it is rendered.
///
/// A page's path is in its key, so equal keys are of one page. Of a template
/// whose fault was told, the page is empty and nothing more is said.
pub fn html(theme: &Theme, page: &Page<'_>, memo: &Memo<Checked<Rendered>>) -> Arc<Checked<Rendered>> {
    let template_key = match template_key(theme, page) {
        Ok(key) => key,
        Err(found) => return Arc::new(failed(found)),
    };
    let key = Key::hash_parts([page.key.as_bytes().as_slice(), template_key.as_bytes()]);
    memo.get_or(key, || {
        let made = |key, bytes: &[u8]| Rendered { key: Some(key), bytes: Arc::from(bytes) };
        with_bytes(theme, page, made).map_or_else(|found| failed(Some(found)), Checked::clean)
    })
}

/// Renders `page`, gives its bytes with their hash to `done`, and keeps
/// nothing of it.
///
/// # Errors
/// What was found; `None` where it has been reported already.
pub(super) fn render_once<T>(
    theme: &Theme,
    page: &Page<'_>,
    done: impl FnOnce(Key, &[u8]) -> T,
) -> Result<T, Failed> {
    template_key(theme, page)?;
    with_bytes(theme, page, done).map_err(Some)
}

/// Why there is no page; `None` where it has been reported already.
type Failed = Option<Box<Diagnostic>>;

fn failed(found: Failed) -> Checked<Rendered> {
    Checked { value: Rendered::default(), diagnostics: found.map(|found| *found).into_iter().collect() }
}

/// The key of the page's template; or why it has none.
fn template_key(theme: &Theme, page: &Page<'_>) -> Result<Key, Failed> {
    if theme.templates.is_broken(page.template) {
        return Err(None);
    }
    theme.templates.key(page.template).ok_or_else(|| {
        let fault = ThemeFault::NoSuchTemplate { name: page.template.to_owned() };
        Some(Box::new(Diagnostic::of_file(&SourcePath::config(), fault)))
    })
}

fn with_bytes<T>(
    theme: &Theme,
    page: &Page<'_>,
    done: impl FnOnce(Key, &[u8]) -> T,
) -> Result<T, Box<Diagnostic>> {
    let fault = |message| ThemeFault::Render { message, page: page.path.to_string(), others: 0 };
    let context = match page.view().context() {
        Ok(context) => context,
        Err(error) => return Err(Diagnostic::of_file(&SourcePath::config(), fault(error.to_string())).into()),
    };
    let mut bytes = BUFFER.take();
    bytes.clear();
    bytes.reserve(USUAL);
    let rendered = theme.templates.render(page.template, &context, &mut bytes);
    let result = match rendered {
        Ok(()) => Ok(done(Key::hash(&bytes), &bytes)),
        Err(why) => Err(Box::new(match why.span {
            Some(span) => Diagnostic::at(&why.path, span, fault(why.message)),
            None => Diagnostic::of_file(&why.path, fault(why.message)),
        })),
    };
    if bytes.capacity() <= MOST_KEPT {
        BUFFER.set(bytes);
    }
    result
}
