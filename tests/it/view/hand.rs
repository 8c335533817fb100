//! Sites made by hand, small enough to be seen whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use zhuanlan::config::{
    Config, Footer, Kind, Phase, Photos, Publishing, Section, SiteIdentity, Sort, Topics,
};
use zhuanlan::document::{Byline, Document, Front, Moment};
use zhuanlan::markdown::{Block, Body, Link, Segment};
use zhuanlan::memo::{Key, NoStore};
use zhuanlan::page::{Column, Memory, Page, ThemeFacts, View, ViewOptions, all};
use zhuanlan::path::{OutputPath, Route, SourcePath};
use zhuanlan::site::{
    Article, ArticleId, Asset, AssetId, AssetKind, List, Picture, Print, Reference, Series, Site, State,
    Taxonomy, Term, TermId,
};
use zhuanlan::text::{At, Span};

/// A site while it is made.
pub(crate) struct Hand {
    pub(crate) config: Config,
    pub(crate) now: DateTime,
    pub(crate) articles: Vec<Article>,
    pub(crate) assets: Vec<Asset>,
    pub(crate) aliases: Vec<(String, usize)>,
    pub(crate) booklets: Vec<zhuanlan::site::Booklet>,
    pub(crate) intros: BTreeMap<usize, Article>,
    pub(crate) series: Vec<(String, Vec<usize>)>,
    pub(crate) theme: ThemeFacts,
    pub(crate) options: ViewOptions,
    /// Names that pieces give, by the piece's number.
    named: Vec<(usize, Taxonomy, String)>,
}

pub(crate) fn at<T>(value: T) -> At<T> {
    At::new(value, Span::default())
}

pub(crate) fn moment(text: &str) -> Moment {
    let has_time = text.contains(':');
    let text = if has_time { text.replace(' ', "T") } else { format!("{text}T00:00") };
    Moment { civil: text.parse().unwrap(), has_time }
}

pub(crate) fn section(folder: &str, title: &str, kind: Kind) -> Section {
    Section {
        folder: folder.into(),
        span: Span::default(),
        title: title.into(),
        kind,
        sort: Sort::DateDesc,
        required: Vec::new(),
        column_type: None,
        description: String::new(),
        keywords: Vec::new(),
        max_age_days: None,
    }
}

pub(crate) fn phase(name: &str, slug: &str, start: &str, end: &str) -> Phase {
    let (start, end) = (start.parse().unwrap(), end.parse().unwrap());
    Phase { name: name.into(), slug: slug.into(), start, end, goals: Vec::new(), study_days: Vec::new() }
}

fn config() -> Config {
    Config {
        publishing: Publishing::default(),
        title: "教育整顿进行时".into(),
        description: "一个专栏。".into(),
        keywords: vec!["教育整顿".into()],
        base_url: Some("https://www.example.org/jyzd".into()),
        theme: at("gazette".into()),
        language: "zh-CN".into(),
        language_span: Span::default(),
        timezone: TimeZone::get("Asia/Shanghai").unwrap(),
        now: None,
        per_page: 2,
        trust_html: false,
        line_paragraphs: false,
        reading_speed: 400,
        search: true,
        sections: vec![
            section("news", "新闻动态", Kind::Article),
            section("study", "学习资料", Kind::Material),
            section("stories", "图片", Kind::Story),
            section("empty", "空栏", Kind::Article),
        ],
        units: Vec::new(),
        phases: Vec::new(),
        topics: Topics::Free,
        menu: None,
        site: SiteIdentity::default(),
        footer: Footer::default(),
        photos: Photos { widths: vec![480, 960, 1440], quality: 76 },
        booklets: Vec::new(),
        wechat: zhuanlan::config::Wechat::default(),
        pinyin: Vec::new(),
        allow: Vec::new(),
        settings: serde_json::Map::new(),
        settings_span: BTreeMap::new(),
    }
}

fn document(path: &str, title: &str) -> Document {
    Document {
        key: Key::hash(b""),
        class: Key::hash(b""),
        path: SourcePath::new(path).unwrap(),
        front: Front::default(),
        body: Body::default(),
        title: title.into(),
        title_words: vec![title.into()],
        summary: String::new(),
        slug: String::new(),
    }
}

impl Hand {
    pub(crate) fn new() -> Self {
        Self {
            config: config(),
            now: "2021-03-22T10:30".parse().unwrap(),
            articles: Vec::new(),
            assets: Vec::new(),
            aliases: Vec::new(),
            booklets: Vec::new(),
            intros: BTreeMap::new(),
            series: Vec::new(),
            theme: ThemeFacts {
                wording: Arc::new(zhuanlan::theme::builtin_wording("zh-CN")),
                ..ThemeFacts::default()
            },
            options: ViewOptions::default(),
            named: Vec::new(),
        }
    }

    /// A piece at `content/<path>.md`, in the section that its first folder
    /// names. `date` may be empty.
    pub(crate) fn piece(&mut self, path: &str, title: &str, date: &str) -> usize {
        let folder = path.split_once('/').map_or("", |(folder, _)| folder);
        let section = self.config.sections.iter().position(|section| section.folder == folder);
        let date = (!date.is_empty()).then(|| moment(date));
        self.articles.push(Article {
            document: Arc::new(document(&format!("content/{path}.md"), title)),
            section,
            kind: section.map_or(Kind::Page, |at| self.config.sections[at].kind),
            route: Route::new(&format!("{path}.html")).unwrap(),
            state: State::Published,
            date,
            terms: BTreeMap::new(),
            series: None,
            links: Vec::new(),
            cover: None,
            cover_in_text: false,
            wechat_cover: None,
            files: Vec::new(),
            previous: None,
            next: None,
            related: Vec::new(),
            replaces: None,
        });
        self.articles.len() - 1
    }

    /// The document of a piece, to be changed.
    pub(crate) fn document(&mut self, piece: usize) -> &mut Document {
        Arc::make_mut(&mut self.articles[piece].document)
    }

    /// Names a topic, unit, phase or person.
    pub(crate) fn name(&mut self, piece: usize, taxonomy: Taxonomy, name: &str) {
        self.named.push((piece, taxonomy, name.into()));
    }

    /// Names people in a byline, and as terms.
    pub(crate) fn byline(&mut self, piece: usize, role: &str, names: &[&str]) {
        let names_at = names.iter().map(|name| at((*name).to_owned())).collect();
        self.document(piece).front.byline.push(Byline { role: role.into(), names: names_at });
        for name in names {
            self.name(piece, Taxonomy::People, name);
        }
    }

    fn asset(&mut self, source: &str, output: &str, len: u64, kind: AssetKind) -> AssetId {
        let (source, output) = (SourcePath::new(source).unwrap(), OutputPath::new(output).unwrap());
        self.assets.push(Asset { source, output, len, kind, ai: None });
        AssetId(u32::try_from(self.assets.len() - 1).unwrap())
    }

    /// A photo of 1200 × 800 pixels at `assets/<name>.png`.
    pub(crate) fn photo(&mut self, name: &str) -> AssetId {
        let (source, output) = (format!("content/photos/{name}.png"), format!("assets/{name}.png"));
        let path = OutputPath::new(&output).unwrap();
        let prints = vec![Print { width: 1200, height: 800, path, webp: None }];
        let picture = Picture { width: 1200, height: 800, prints, ..Picture::default() };
        self.asset(&source, &output, 90_000, AssetKind::Photo(picture))
    }

    /// The photo in two sizes, in WebP too, with a colour.
    pub(crate) fn in_sizes(&mut self, name: &str) -> AssetId {
        let id = self.photo(name);
        let Some(Asset { kind: AssetKind::Photo(picture), .. }) = self.assets.last_mut() else { return id };
        let webp = |width: u32| OutputPath::new(&format!("assets/{name}.{width}.webp"));
        let path = OutputPath::new(&format!("assets/{name}.480.png")).unwrap();
        picture.tint = Some(9);
        picture.prints[0].webp = webp(1200);
        picture.prints.insert(0, Print { width: 480, height: 320, path, webp: webp(480) });
        id
    }

    /// A PDF at `assets/<name>.pdf` whose file is called `file`.
    pub(crate) fn file(&mut self, file: &str, name: &str, len: u64) -> AssetId {
        let kind = AssetKind::File { mark: "PDF".into(), pages: Some(3), sha256: None, picture: false };
        self.asset(&format!("content/materials/{file}"), &format!("assets/{name}.pdf"), len, kind)
    }

    /// A film at `assets/<name>.mp4`.
    pub(crate) fn film(&mut self, name: &str) -> AssetId {
        let kind = AssetKind::Media("video/mp4");
        self.asset(&format!("content/{name}.mp4"), &format!("assets/{name}.mp4"), 9, kind)
    }

    /// Adds `piece` to the body, and a link for it that means `reference`.
    pub(crate) fn slot(
        &mut self,
        at: usize,
        piece: fn(usize) -> Segment,
        link: (&str, &str, Option<&str>),
        to: Reference,
    ) {
        let n = self.link(at, link, to);
        let is_photo = matches!(piece(n), Segment::Figure(_) | Segment::Image(_));
        let body = &mut self.document(at).body;
        body.prose.edit(|prose| prose.pieces.push(piece(n)));
        body.footprint.photos += u32::from(is_photo);
    }

    /// Adds a link (target, alt, title) that means `reference`; its number.
    pub(crate) fn link(
        &mut self,
        at: usize,
        (target, alt, title): (&str, &str, Option<&str>),
        to: Reference,
    ) -> usize {
        let title = title.map(str::to_owned);
        let link = Link { target: target.into(), span: Span::default(), alt: alt.into(), title };
        self.articles[at].links.push(to);
        let body = &mut self.document(at).body;
        body.links.push(link);
        body.links.len() - 1
    }

    /// Adds HTML to the body.
    pub(crate) fn html(&mut self, piece: usize, html: &str) {
        self.document(piece).body.prose.edit(|prose| prose.pieces.push(Segment::Html(html.into())));
    }

    /// Adds a data block to the body.
    pub(crate) fn block(&mut self, piece: usize, block: Block) {
        let body = &mut self.document(piece).body;
        if let Block::Gallery(gallery) = &block {
            body.footprint.photos += u32::try_from(gallery.photos.len()).unwrap();
        }
        body.blocks.push(block);
        let block = Segment::Block(body.blocks.len() - 1);
        body.prose.edit(|prose| prose.pieces.push(block));
    }

    /// The site, put together as `site::assemble` does.
    pub(crate) fn site(&self) -> Site {
        let id = |at: usize| ArticleId(u32::try_from(at).unwrap());
        let mut articles = self.articles.clone();
        for article in &mut articles {
            let document = Arc::make_mut(&mut article.document);
            document.key = Key::hash(
                format!(
                    "{:?}",
                    (&document.path, &document.title, &document.summary, &document.front, &document.body)
                )
                .as_bytes(),
            );
        }
        let mut newest: Vec<usize> =
            (0..articles.len()).filter(|at| articles[*at].kind != Kind::Page).collect();
        newest.sort_by_key(|at| (std::cmp::Reverse(articles[*at].date), *at));
        let taxonomies = self.taxonomies(&mut articles, &newest);
        let mut sections = Vec::new();
        for section in 0..self.config.sections.len() {
            let mut items: Vec<usize> =
                newest.iter().copied().filter(|at| articles[*at].section == Some(section)).collect();
            for pair in items.windows(2) {
                articles[pair[0]].previous = Some(id(pair[1]));
                articles[pair[1]].next = Some(id(pair[0]));
            }
            items.sort_by_key(|at| !articles[*at].document.front.pinned);
            sections.push(List { section, items: items.into_iter().map(id).collect() });
        }
        let series = |(at, (title, items)): (usize, &(String, Vec<usize>))| Series {
            title: title.clone(),
            route: Route::new(&format!("series/s{at}.html")).unwrap(),
            items: items.iter().copied().map(id).collect(),
        };
        for (at, (_, items)) in self.series.iter().enumerate() {
            for (place, item) in items.iter().enumerate() {
                articles[*item].series = Some((at, place));
            }
        }
        let alias = |(from, to): &(String, usize)| zhuanlan::site::Alias {
            from: Route::new(from).unwrap(),
            to: id(*to),
        };
        Site {
            config: Arc::new(self.config.clone()),
            now: self.now,
            withheld: Vec::new(),
            next: None,
            sections,
            intros: self.intros.clone(),
            taxonomies,
            series: self.series.iter().enumerate().map(series).collect(),
            newest: newest.into_iter().map(id).collect(),
            studies: Vec::new(),
            texts: Vec::new(),
            assets: self.assets.clone(),
            booklets: self.booklets.clone(),
            address_book: None,
            aliases: self.aliases.iter().map(alias).collect(),
            pictures: BTreeMap::new(),
            statics: Vec::new(),
            captions: zhuanlan::site::Captions::default(),
            articles: articles.into(),
        }
    }

    fn taxonomies(&self, articles: &mut [Article], newest: &[usize]) -> BTreeMap<Taxonomy, Vec<Term>> {
        let mut all: BTreeMap<Taxonomy, Vec<Term>> = BTreeMap::new();
        for (piece, taxonomy, name) in &self.named {
            let terms = all.entry(*taxonomy).or_default();
            let at = terms.iter().position(|term| term.title == *name).unwrap_or_else(|| {
                let folder = ["topics", "units", "phases", "people"][*taxonomy as usize];
                let route = Route::new(&format!("{folder}/t{}.html", terms.len())).unwrap();
                terms.push(Term { title: name.clone(), route, items: Vec::new() });
                terms.len() - 1
            });
            let term = TermId(u32::try_from(at).unwrap());
            articles[*piece].terms.entry(*taxonomy).or_default().push(term);
            terms[at].items.push(ArticleId(u32::try_from(*piece).unwrap()));
        }
        let ranks: BTreeMap<usize, usize> = newest.iter().copied().zip(0..).collect();
        let rank = |id: &ArticleId| ranks.get(&(id.0 as usize)).copied();
        all.values_mut().flatten().for_each(|term| term.items.sort_by_key(rank));
        all
    }

    /// Runs `check` on the column and its pages.
    pub(crate) fn with<R>(&self, check: impl FnOnce(&Column<'_>, &[Page<'_>]) -> R) -> R {
        let site = self.site();
        let memory = Memory::default();
        let column = Column::new(&site, &self.theme, &self.options, &memory, &NoStore);
        let mut pages = all(&column);
        pages.extend(zhuanlan::book::pages(&column));
        check(&column, &pages)
    }

    /// The paths of all pages, sorted.
    pub(crate) fn paths(&self) -> Vec<String> {
        let mut paths =
            self.with(|_, pages| pages.iter().map(|page| page.path.to_string()).collect::<Vec<_>>());
        paths.sort();
        paths
    }

    /// The view of the page at `path`, as a template sees it.
    pub(crate) fn see(&self, path: &str) -> serde_json::Value {
        serde_json::to_value(self.view(path)).unwrap()
    }

    /// The view of the page at `path`.
    pub(crate) fn view(&self, path: &str) -> View {
        self.with(|_, pages| {
            let page = pages.iter().find(|page| page.path.as_str() == path);
            page.unwrap_or_else(|| panic!("no page {path}")).view()
        })
    }
}
