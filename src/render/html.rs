//! One page by one template.

use std::sync::Arc;

use crate::diagnostic::{Checked, Diagnostic, ThemeFault};
use crate::memo::{Key, Memo};
use crate::page::Page;
use crate::theme::Theme;

/// The bytes of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    /// The hash of the bytes.
    pub key: Option<Key>,
    /// The page; empty where a template failed.
    pub bytes: Arc<[u8]>,
}

/// The size that a page's buffer begins with, in bytes: most articles fit.
const USUAL: usize = 24 * 1024;

/// Renders `page` by the theme's template for it, or remembers it; its view is
/// made only where it is rendered.
///
/// A page's path is in its key, so equal keys are of one page. Of a template
/// whose fault was told, the page is empty and nothing more is said.
pub fn html(theme: &Theme, page: &Page<'_>, memo: &Memo<Checked<Rendered>>) -> Arc<Checked<Rendered>> {
    let (template, path) = (page.template, &page.path);
    if theme.templates.is_broken(template) {
        return Arc::default();
    }
    let Some(template_key) = theme.templates.key(template) else {
        let fault = ThemeFault::NoSuchTemplate { name: template.to_owned() };
        let found = Diagnostic::of_file(&crate::path::SourcePath::config(), fault);
        return Arc::new(Checked { value: Rendered::default(), diagnostics: vec![found] });
    };
    let key = Key::hash_parts([page.key.as_bytes().as_slice(), template_key.as_bytes()]);
    memo.get_or(key, || {
        let rendered = page
            .view()
            .context()
            .map_err(|error| error.to_string())
            .map(|context| theme.templates.render(template, &context, USUAL));
        match rendered {
            Ok(Ok(bytes)) => {
                Checked::clean(Rendered { key: Some(Key::hash(&bytes)), bytes: Arc::from(bytes) })
            }
            Ok(Err(fault)) => {
                let kind = ThemeFault::Render { message: fault.message, page: path.to_string(), others: 0 };
                let found = match fault.span {
                    Some(span) => Diagnostic::at(&fault.path, span, kind),
                    None => Diagnostic::of_file(&fault.path, kind),
                };
                Checked { value: Rendered::default(), diagnostics: vec![found] }
            }
            Err(message) => {
                let kind = ThemeFault::Render { message, page: path.to_string(), others: 0 };
                let found = Diagnostic::of_file(&crate::path::SourcePath::config(), kind);
                Checked { value: Rendered::default(), diagnostics: vec![found] }
            }
        }
    })
}
