//! Zhuanlan (专栏) turns a folder of Markdown articles, photos and study materials
//! into a finished static microsite for a campaign news column.
//!
//! This list is the map. A room imports only from lower floors, plus the rooms
//! in brackets; `tests/it/tidy.rs` holds it against the code.
//!
//! Floor 0, words:

// The label of content that AI made (GB 45438-2025), as text.
pub mod ai_label;
// What is noticed about the author's content, and how it is worded and shown. \[ai_label, text, path, sensitive\]
pub mod diagnostic;
// HTML: text into markup, and markup changed on its way. [text]
pub mod html;
// Keys made from bytes, and pure stages that remember. [text]
pub mod memo;
// Paths that can't be mixed up: of sources, of output files, of pages; and media types.
pub mod path;
// What must not be published unseen: numbers of people, secrecy marks.
pub mod sensitive;
// Text: spans, lines and columns, display width, Chinese characters, slugs.
pub mod text;
// The theme's own words in the column's language, by their keys. [memo]
pub mod wording;

// Floor 1, inputs:

// `column.yaml`: the file's shape and the checked `Config`. [source, yaml]
pub mod config;
// Documents that are XML in a ZIP file, read and written again within bounds.
pub mod office;
// A picture of the input files, and the door to the large ones.
pub mod source;
// YAML into types: every fault at once, each at its own place.
pub mod yaml;

// Floor 2, one file:

// Front matter and body together: one `Document`. [markdown]
pub mod document;
// How a published site is to be served, and in which order it appears.
pub mod hosting;
// Markdown, Chinese rules included, into a body of pieces with slots.
pub mod markdown;
// Study materials: what is known of one attached file. [photo]
pub mod material;
// Photos: what is known of one picture file.
pub mod photo;
// A theme: templates, settings, stylesheets and scripts, compiled. [photo]
pub mod theme;
// Everything that a template may see: plain structs.
pub mod view;

// Floor 3, the whole site:

// One rule, one file: what the whole site reveals. [site]
pub mod lint;
// All documents assembled: routes, order, sections, terms, references.
pub mod site;

// Floor 4, for readers:

// Books that pieces are gathered into, to be printed and as EPUB. [page, render]
pub mod book;
// From a site to its pages: every page with its key, and its view when it is asked for.
pub mod page;
// Pages into bytes: HTML, feeds, sitemap. [page]
pub mod render;
// Search: an index of all pieces, as small scripts.
pub mod search;
// The WeChat edition of a piece: body, fields and pictures for the account. [page]
pub mod wechat;

// Floor 5, the whole:

// The pipeline, its memory, its output as a value, and the plan of a difference.
pub mod build;

// Floor 6, shell:

// The command: arguments, environment and clock in; words and exit codes out. [disk, publish, remote, scaffold, serve, watch, wechat_api]
pub mod cli;
// The only room that touches files: the picture of the inputs, and the verbs of change.
pub mod disk;
// A finished site into its folder: the old one or the new one, never a mixture. [disk]
pub mod publish;
// A published release to a place elsewhere: object storage, WebDAV, SFTP. [disk, publish]
pub mod remote;
// Beginnings: a small complete column, and a new piece in it. [disk]
pub mod scaffold;
// The live preview: the site of the latest build, served to editors. [disk]
pub mod serve;
// Waiting until the input files differ. [disk]
pub mod watch;
// Drafts into a WeChat account's draft box, by the official API. [disk]
pub mod wechat_api;
