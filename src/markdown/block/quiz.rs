//! A self-test.

use super::Reader;
use super::shape::{QuestionShape, QuizShape};
use crate::diagnostic::{BlockFault, Diagnostic};
use crate::markdown::{Quiz, QuizItem};
use crate::text::At;
use crate::yaml::OneOrMany;

pub(super) fn read(reader: &mut Reader<'_, '_>) -> Quiz {
    let shape: QuizShape = reader.decode();
    reader.example(shape.example);
    reader.say(&[shape.title.as_deref(), shape.intro.as_deref()]);
    if shape.items.is_empty() {
        reader.empty();
    }
    let items = shape.items.into_iter().filter_map(|item| read_question(reader, item)).collect();
    Quiz { title: shape.title, intro: shape.intro, items }
}

fn read_question(reader: &mut Reader<'_, '_>, item: At<QuestionShape>) -> Option<QuizItem> {
    let At { value: shape, span } = item;
    let question = reader.needed(shape.question, span, "question");
    reader.say(&[question.as_deref()]);
    let Some(At { value: options, span: options_span }) = shape.options else {
        reader.missing(span, "options");
        return None;
    };
    if options.len() < 2 {
        reader.report(options_span, BlockFault::TooFewOptions { options: options.len() });
    }
    for (at, option) in options.iter().enumerate() {
        if let Some(first) = options.iter().take(at).find(|first| first.value == option.value) {
            let path = reader.writer.source.path;
            let fault = BlockFault::DuplicateOption { text: option.value.clone() };
            reader.writer.found.push(Diagnostic::at(path, option.span, fault).and(path, Some(first.span)));
        }
    }
    let options = without_letters(options.into_iter().map(|option| option.value).collect());
    for option in &options {
        reader.say(&[Some(option)]);
    }
    let answer = if let Some(answer) = shape.answer {
        read_answer(reader, &answer, &options)
    } else {
        reader.missing(span, "answer");
        Vec::new()
    };
    reader.say(&[shape.explain.as_deref()]);
    // Without an answer there is no test.
    (options.len() > 1 && !answer.is_empty()).then_some(QuizItem {
        question: question?,
        options,
        answer,
        explain: shape.explain,
    })
}

/// The options' own letters (`A. 甲`, `B、乙`) taken away where every option
/// has its own: the page writes them.
fn without_letters(options: Vec<String>) -> Vec<String> {
    let bare: Option<Vec<String>> = ('A'..='Z')
        .zip(&options)
        .map(|(letter, option)| {
            let rest = half_width(option.trim()).strip_prefix(letter).is_some();
            let mut chars = option.trim().chars();
            chars.next();
            let mark = chars.next().filter(|c| matches!(c, '.' | '．' | '、' | ':' | '：' | ')' | '）'));
            (rest && mark.is_some()).then(|| chars.as_str().trim().to_owned())
        })
        .collect();
    bare.filter(|bare| bare.len() == options.len()).unwrap_or(options)
}

/// Full-width letters in half width, all in upper case.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// The indexes of the right options: letters in any width and case, or the
/// text of an option.
fn read_answer(
    reader: &mut Reader<'_, '_>,
    answer: &At<OneOrMany<String>>,
    options: &[String],
) -> Vec<usize> {
    let mut right = Vec::new();
    for written in &answer.value.0 {
        let written = written.trim();
        if let Some(at) = options.iter().position(|option| option == written) {
            right.push(at);
            continue;
        }
        for letter in half_width(written).chars() {
            match letter {
                'A'..='Z' => {
                    let at = usize::try_from(u32::from(letter) - u32::from('A')).unwrap_or(usize::MAX);
                    if at < options.len() {
                        right.push(at);
                    } else {
                        let fault = BlockFault::AnswerBeyond { letter, options: options.len() };
                        reader.report(answer.span, fault);
                    }
                }
                ' ' | '、' | ',' | '，' | '和' => {}
                _ => {
                    reader.report(answer.span, BlockFault::UnreadableAnswer { text: written.into() });
                    break;
                }
            }
        }
    }
    right.sort_unstable();
    right.dedup();
    right
}
