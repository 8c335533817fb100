//! `releases` and `rollback`.

use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::TimeZone;
use serde_json::json;

use super::args::Common;
use super::console::{Console, data, object, tell};
use super::publish_args::{ReleasesArgs, RollbackArgs};
use super::{Result, Verdict, compare, notes, output_of, table, who};
use crate::diagnostic::Lang;
use crate::publish::{self, NoHooks, Place, PublishOptions, Publisher, Release};

/// `zhuanlan releases`.
pub(super) fn list(common: &Common, args: &ReleasesArgs, console: Console) -> Result<Verdict> {
    let place = Place::new(&output_of(common, args.output.as_ref()), &common.root)?;
    if args.release.is_some() {
        return compare::files(&publish::files(&place, args.release)?, console);
    }
    let Some(kept) = publish::releases(&place) else {
        if console.json {
            object(&json!({ "releases": [] }))?;
        } else if !console.quiet {
            tell(console.text("还没有发布过", "nothing has been published yet"));
        }
        return Ok(Verdict::Fine);
    };
    let all: Vec<(&Release, bool)> =
        kept.former.iter().map(|release| (release, false)).chain([(&kept.live, true)]).rev().collect();
    if console.json {
        let releases: Vec<_> = all.iter().map(|(release, live)| release_json(release, *live)).collect();
        object(&json!({ "releases": releases }))?;
        return Ok(Verdict::Fine);
    }
    let zone = kept.timezone.as_deref().and_then(|name| DateTimeParser::new().parse_time_zone(name).ok());
    let zone = zone.unwrap_or(TimeZone::UTC);
    let heads =
        console.text("版本 时间 文件 写入 删除 独有 状态", "release time files written removed own state");
    let mut rows: Vec<Vec<String>> = vec![heads.split(' ').map(str::to_owned).collect()];
    rows.extend(all.iter().map(|(release, live)| row(console, &zone, release, *live)));
    data(&table::align(&rows))?;
    Ok(Verdict::Fine)
}

fn release_json(release: &Release, live: bool) -> serde_json::Value {
    let Release { number, at, files, written, removed, own, again, retired, kept } = release;
    json!({
        "release": number, "at": at, "files": files, "written": written, "removed": removed, "own_bytes": own,
        "again": again, "retired": retired, "live": live, "can_go_back": *kept && !live,
    })
}

fn row(console: Console, zone: &TimeZone, release: &Release, live: bool) -> Vec<String> {
    let state = match (live, release.kept) {
        (true, _) => console.text("现在的网站", "the website now"),
        (false, true) => console.text("可退回", "can be shown again"),
        (false, false) => console.text("只有清单", "its list only"),
    };
    let again = match (release.again, console.lang) {
        (None, _) => String::new(),
        (Some(number), Lang::Zh) => format!("（同版本 {number}）"),
        (Some(number), Lang::En) => format!(" (release {number} again)"),
    };
    let at = zone.to_datetime(release.at).strftime("%Y-%m-%d %H:%M:%S").to_string();
    let count = |number: usize| number.to_string();
    let own = if live { String::new() } else { size(release.own) };
    vec![
        release.number.to_string(),
        at,
        count(release.files),
        count(release.written),
        count(release.removed),
        own,
        format!("{state}{again}"),
    ]
}

/// `35 KB`, `1.2 MB`.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// `zhuanlan rollback`.
pub(super) fn roll_back(common: &Common, args: &RollbackArgs, console: Console) -> Result<Verdict> {
    let place = Place::new(&output_of(common, args.output.as_ref()), &common.root)?;
    let output = place.output.clone();
    let mut publisher = Publisher::open(place, &who(), &NoHooks)?;
    let how =
        PublishOptions { in_place: args.in_place, at: jiff::Timestamp::now(), ..PublishOptions::default() };
    let done = publisher.roll_back(args.release, how)?;
    if console.json {
        let (written, removed) = (done.written, done.removed);
        object(&json!({ "release": done.release, "written": written, "removed": removed }))?;
    } else if !console.quiet {
        tell(&match console.lang {
            Lang::Zh => {
                format!("已退回；这是版本 {}：写入 {}，删除 {}", done.release, done.written, done.removed)
            }
            Lang::En => {
                format!("done: release {}; {} written, {} removed", done.release, done.written, done.removed)
            }
        });
        for note in &done.notes {
            console.note(&notes::words(note, &output, console.lang));
        }
        tell(console.text(
            "稿件没有变：下一次 `zhuanlan build` 会再发布出来",
            "the sources are as they were: the next `zhuanlan build` publishes them again",
        ));
    }
    Ok(Verdict::Fine)
}
