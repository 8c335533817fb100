//! The site's pieces, in runs: neighbours that are looked up together.
//!
//! A whole column is too much to be one key (each edit would change it), and a
//! piece too little (ten thousand looks for one edit). A run is some sixty
//! pieces; what follows from its pieces alone is remembered under its key.

use std::ops::Index;
use std::sync::Arc;

use super::{Article, ArticleId};
use crate::memo::Key;

/// Some neighbouring pieces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    key: Option<Key>,
    articles: Vec<Article>,
}

impl Run {
    /// The run of `articles`.
    pub fn new(articles: Vec<Article>) -> Self {
        Self { key: Some(Key::hash_value(&articles)), articles }
    }

    /// The key of all its pieces: equal keys mean equal pieces.
    pub fn key(&self) -> Key {
        self.key.unwrap_or_else(|| Key::hash(b""))
    }

    /// The pieces, in the site's order.
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }
}

/// All pieces, by their [`ArticleId`].
#[derive(Debug, Clone, Default)]
pub struct Articles {
    runs: Vec<Arc<Run>>,
    /// By id: the run's number, and the place in it.
    places: Vec<(u32, u32)>,
}

impl Articles {
    /// The pieces of `runs`, one after the other.
    pub fn new(runs: Vec<Arc<Run>>) -> Self {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut places = Vec::with_capacity(runs.iter().map(|run| run.articles.len()).sum());
        for (at, run) in runs.iter().enumerate() {
            places.extend((0..run.articles.len()).map(|place| (number(at), number(place))));
        }
        Self { runs, places }
    }

    /// The piece of that number.
    pub fn get(&self, at: usize) -> Option<&Article> {
        let (run, place) = self.place(at)?;
        self.runs.get(run)?.articles.get(place)
    }

    /// The piece `id`.
    pub fn by_id(&self, id: ArticleId) -> Option<&Article> {
        self.get(id.0 as usize)
    }

    /// In which run the piece of that number is, and at which place.
    pub fn place(&self, at: usize) -> Option<(usize, usize)> {
        self.places.get(at).map(|(run, place)| (*run as usize, *place as usize))
    }

    /// All pieces, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Article> + Clone {
        self.runs.iter().flat_map(|run| &run.articles)
    }

    /// The runs.
    pub fn runs(&self) -> &[Arc<Run>] {
        &self.runs
    }

    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

/// A single run.
impl From<Vec<Article>> for Articles {
    fn from(articles: Vec<Article>) -> Self {
        Self::new(vec![Arc::new(Run::new(articles))])
    }
}

/// How the pieces are cut into runs is nobody's business.
impl PartialEq for Articles {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl Eq for Articles {}

impl<'a> IntoIterator for &'a Articles {
    type Item = &'a Article;
    type IntoIter = std::iter::FlatMap<
        std::slice::Iter<'a, Arc<Run>>,
        &'a Vec<Article>,
        fn(&'a Arc<Run>) -> &'a Vec<Article>,
    >;

    fn into_iter(self) -> Self::IntoIter {
        self.runs.iter().flat_map(|run| &run.articles)
    }
}

/// For tests, which know how many pieces there are.
impl Index<usize> for Articles {
    type Output = Article;

    #[expect(clippy::expect_used, reason = "as with slices: whoever indexes knows the length")]
    fn index(&self, at: usize) -> &Article {
        self.get(at).expect("a piece of that number")
    }
}
