//! The JSON Schemas of data blocks.

use serde_json::Value;

use super::Name;
use super::shape::{FiguresShape, GalleryShape, LedgerShape, QuizShape, TimelineShape};
use crate::yaml;

/// The schema of the YAML in a block: Chinese keys and descriptions included.
pub fn schema(name: Name) -> Value {
    match name {
        Name::Gallery => {
            yaml::schema::<GalleryShape>("图集 gallery", &[("", &["photos"]), ("PhotoShape", &["src"])])
        }
        Name::Timeline => {
            let required: [(&str, &[&str]); 2] = [("", &["items"]), ("EventShape", &["date", "title"])];
            yaml::schema::<TimelineShape>("时间线 timeline", &required)
        }
        Name::Ledger => yaml::schema::<LedgerShape>("台账 ledger", &[("OpinionShape", &["question"])]),
        Name::Figures => {
            let required: [(&str, &[&str]); 2] = [("", &["items"]), ("NumberShape", &["value", "label"])];
            yaml::schema::<FiguresShape>("数字 figures", &required)
        }
        Name::Quiz => {
            let question: &[&str] = &["question", "options", "answer"];
            yaml::schema::<QuizShape>("自测题 quiz", &[("", &["items"]), ("QuestionShape", question)])
        }
    }
}
