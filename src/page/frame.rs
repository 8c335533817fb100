//! What stands around every page: its head, the site's menu and footer, and
//! the words and dates in them.

pub(crate) mod date;
pub(crate) mod facts;
pub(crate) mod head;
pub(crate) mod json_ld;
pub(crate) mod labels;
pub(crate) mod local;
pub(crate) mod site_view;
