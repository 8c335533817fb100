//! `serve` and `watch`: the same build after each save.

use std::time::Duration;

use super::args::{Common, ServeArgs, WatchArgs};
use super::summary;
use super::talk::{Talk, tell};
use super::{Error, Result, Verdict, build, output_of, paint, who};
use crate::build::{Built, Now, Options};
use crate::diagnostic::{Lang, Notice};
use crate::disk::{self, Files};
use crate::path::SourcePath;
use crate::publish::{How, Place, Publisher, Unhindered};
use crate::serve::{self, Editor, Keys, Preview};
use crate::watch::{self, Turn, Watcher};

/// `zhuanlan serve`: every build is shown, none is written.
pub(super) fn serve(common: &Common, args: &ServeArgs, talk: Talk) -> Result<Verdict> {
    let mut watcher = watcher(common, args.poll)?;
    let settings = serve::Settings {
        host: args.host.clone(),
        port: args.port,
        lang: talk.lang,
        editor: args.editor.as_deref().and_then(Editor::new),
        inject: true,
    };
    let preview = Preview::start(&watcher.round().root, &settings).map_err(Error::Serve)?;
    let url = preview.url().to_owned();
    let keys = listen(&watcher, &url);
    if keys.is_some() && !talk.quiet {
        tell(
            talk.say(
                "按键：o 打开浏览器，r 重新生成，q 结束",
                "keys: o opens the browser, r rebuilds, q ends",
            ),
        );
    }
    let ending = keys.clone();
    // Nothing is left behind but the terminal's mode.
    let end = move || {
        if let Some(keys) = &ending {
            keys.restore();
        }
        std::process::exit(0);
    };
    // Without it Ctrl-C still ends the process, only less politely.
    let _ = watch::on_interrupt(end);
    let options = Options {
        now: Now::Instant(jiff::Timestamp::now()),
        base_url: None,
        preview: true,
        drafts: false,
        fingerprint: false,
    };
    let open = args.open;
    let done = watch::rounds(&mut watcher, &options, |turn| match turn {
        Turn::Polling(polling) => talk.note(&polling.say(talk.lang)),
        Turn::Built { built, changed, first, took, .. } => {
            report(talk, &built, changed, took, first);
            preview.show(*built);
            if first {
                tell(&format!("{}{}", talk.say("预览：", "preview "), paint::bold(&url)));
                if open {
                    serve::browse(&url);
                }
            }
        }
    });
    if let Some(keys) = keys {
        keys.restore();
    }
    done.map_err(Error::Watch)?;
    Ok(Verdict::Fine)
}

/// `zhuanlan watch`: every build without an error is published.
pub(super) fn watch(common: &Common, args: &WatchArgs, talk: Talk) -> Result<Verdict> {
    let options = build::options(&args.asked)?;
    let mut watcher = watcher(common, args.poll)?;
    let place = Place::new(&output_of(common, args.output.as_ref()), &common.root)?;
    let index = place.output.join("index.html");
    let mut publisher = Publisher::open(place, &who(), &Unhindered)?;
    // A process that dies while it publishes leaves the old site or the new.
    let _ = watch::on_interrupt(|| std::process::exit(0));
    let how = How { in_place: args.in_place, sync: false };
    watch::rounds(&mut watcher, &options, |turn| match turn {
        Turn::Polling(polling) => talk.note(&polling.say(talk.lang)),
        Turn::Built { built, changed, first, files, took } => {
            report(talk, &built, changed, took, first);
            if build::is_faulty(&built, args.asked.strict) {
                return;
            }
            match publish(&mut publisher, &built, files, how, talk) {
                Ok(()) if first => {
                    tell(&format!(
                        "{}{}",
                        talk.say("打开：", "open "),
                        paint::bold(&index.display().to_string())
                    ));
                }
                Ok(()) => {}
                // The next build tries again.
                Err(error) => drop(talk.give_up(&error)),
            }
        }
    })
    .map_err(Error::Watch)?;
    Ok(Verdict::Fine)
}

fn publish(publisher: &mut Publisher<'_>, built: &Built, files: &Files, how: How, talk: Talk) -> Result<()> {
    let done = publisher.publish(&built.output, files, None, how)?;
    for note in &done.notes {
        talk.note(&summary::note(note, publisher.output(), talk.lang));
    }
    Ok(())
}

fn watcher(common: &Common, poll: Option<u64>) -> Result<Watcher> {
    if !disk::is_folder(&common.root) {
        return Err(Error::NoRoot(common.root.clone()));
    }
    let poll = poll.map(|seconds| Duration::from_secs(seconds.max(1)));
    Watcher::new(&common.root, watch::How { poll, ..watch::How::default() }).map_err(Error::Watch)
}

/// Listens to the terminal's keys.
fn listen(watcher: &Watcher, url: &str) -> Option<Keys> {
    let (waker, url) = (watcher.waker(), url.to_owned());
    Keys::listen(move |key| match key {
        'o' => drop(serve::browse(&url)),
        'r' => waker.rebuild(),
        'q' => waker.stop(),
        _ => {}
    })
}

/// One line a build, `14:03:21 news/x.md → 3 pages in 12 ms`, then its
/// findings.
fn report(talk: Talk, built: &Built, changed: &[SourcePath], took: Duration, first: bool) {
    if !talk.quiet {
        let at =
            built.output.valid.as_ref().map_or(String::new(), |v| v.from.strftime("%H:%M:%S ").to_string());
        let what = match changed {
            [] if first => talk.say("全部", "everything").to_owned(),
            [] => talk.say("重新生成", "again").to_owned(),
            [one] => one.to_string(),
            [one, rest @ ..] => format!("{one} (+{})", rest.len()),
        };
        let (pages, ms) = (built.counts.pages.made, took.as_secs_f64() * 1e3);
        tell(&match talk.lang {
            Lang::Zh => format!("{at}{what} → {pages} 页，{ms:.0} 毫秒"),
            Lang::En => format!("{at}{what} → {pages} pages in {ms:.0} ms"),
        });
    }
    let notices: Vec<Notice> = built.findings.iter().map(Notice::of).collect();
    talk.findings(&notices);
}
