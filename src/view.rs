//! Everything that a template may see: plain structs, the contract that
//! `docs/theme.md` documents. The room `page` fills them.
//!
//! A template gets one complete view and may call only pure filters. So the
//! view and the theme are the whole answer to "what does this page show?".
//!
//! **Paths.** Every `path` and `src` is relative to the site's root; a
//! template writes `{{ root }}{{ card.path }}`, so that cards can be shared
//! between pages of any depth. Text is plain unless its name ends in `html`.
//!
//! **Invariants:** no view has `skip_serializing_if` or `flatten`; what is
//! absent is `null`, an empty text or an empty list. What all pages share
//! ([`SiteView`]) holds nothing of a single piece, and no date of the build.

mod body;
mod booklet;
mod card;
mod feed;
mod lists;
mod page;
mod phases;
mod piece;
mod search;
mod shared;
mod site;
mod wechat;

pub use body::{
    BlockView, BodyView, CandidateView, FigureView, FiguresItemView, FiguresView, GalleryView,
    LedgerItemView, LedgerSource, LedgerView, LinkView, MediaView, PhotoView, PieceView, QuizItemView,
    QuizOptionView, QuizView, TimelineItemView, TimelineView,
};
pub use booklet::{
    BookAnswers, BookNote, BookPart, BookPhase, BookPiece, BookView, BookletChapter, BookletLink, BookletPage,
};
pub use card::{Card, DateView, PhaseDay, TermLink};
pub use feed::{FeedEntry, FeedView};
pub use lists::{
    ArchiveMonth, ArchivePage, ArchiveYear, Band, Counts, HomePage, LedgerEntry, LedgerPage, MaterialRow,
    MaterialsPage, MonthGroup, MonthPage, NotFoundPage, Pager, Period, PhotoMonth, PhotoTile, PhotosPage,
    RedirectPage, SectionPage, TermEntry, TermPage, TermsPage, Title,
};
pub use page::{Crumb, MetaTag, Notice, PageView};
pub use phases::{CalendarDay, CalendarMonth, EventView, PhaseView, PhasesPage, StudyDays, Today};
pub use piece::{
    ArticlePage, BylineView, CorrectionView, FileView, Neighbour, OutlineView, PreviewView, QrView,
    SeriesView, SourceView, VersionView,
};
pub use search::{SearchPage, SearchTerm};
pub use shared::{Json, Shared};
pub use site::{FooterView, LinkItem, PhaseMark, SectionLink, SiteView};
pub use wechat::{WechatArticle, WechatNote, WechatNotes, WechatSite};
