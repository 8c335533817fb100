//! `serve`: the live preview.

use std::path::Path;

use super::args::{Common, ServeArgs};
use super::talk::{self, Talk};
use super::turn::{self, Said};
use super::{Error, Result, Verdict, moment, paint};
use crate::build::{Allowed, Now, Options, guard};
use crate::diagnostic::{Lang, Message as Words, Rendered};
use crate::disk;
use crate::path::OutputPath;
use crate::serve::{Editor, Keys, Preview, Settings, browse};
use crate::watch::{Audience, Ready, Turn, Waker, Watcher, on_interrupt, rounds};

/// `zhuanlan serve`.
pub(super) fn serve(common: &Common, args: &ServeArgs, talk: Talk) -> Result<Verdict> {
    let root = turn::root(common)?;
    let how = turn::how(args.poll)?;
    let now = moment::now(args.now.as_deref())?;
    let preview = Preview::start(&root, &settings(args, talk)?)?;
    let mut watcher = Watcher::new(&root, how)?;
    let options = Options {
        now,
        base_url: Some(preview.base().to_owned()),
        preview: true,
        drafts: false,
        fingerprint: false,
    };
    greet(&root, talk);
    let keys = keys(preview.url().to_owned(), watcher.waker());
    let at_end = keys.clone();
    // Ending at once is all: the preview has put nothing anywhere.
    on_interrupt(move || {
        at_end.iter().for_each(Keys::restore);
        std::process::exit(0);
    })
    .map_err(Error::Signals)?;
    let mut desk = Desk { preview, now, talk, open: args.open, has_keys: keys.is_some() };
    let ended = rounds(&mut watcher, &options, &mut desk);
    keys.iter().for_each(Keys::restore);
    ended?;
    Ok(Verdict::Fine)
}

fn settings(args: &ServeArgs, talk: Talk) -> Result<Settings> {
    let command = args.editor.as_deref();
    let editor =
        command.map(|command| Editor::new(command).ok_or_else(|| Error::BadEditor(command.to_owned())));
    Ok(Settings {
        host: args.host.clone(),
        port: args.port,
        lang: talk.lang,
        editor: editor.transpose()?,
        inject: true,
    })
}

/// What to do about a folder that is no column yet, or can't be written to.
fn greet(root: &Path, talk: Talk) {
    if !disk::exists(&root.join("column.yaml")) && !disk::exists(&root.join("content")) {
        talk.note(&not_a_column(root, talk.lang));
    }
    if !disk::is_writable(root) {
        talk.note(&read_only(root, talk.lang));
    }
}

fn not_a_column(root: &Path, lang: Lang) -> Words {
    let root = root.display();
    match lang {
        Lang::Zh => Words::with_hint(
            format!("`{root}` 里还没有专栏"),
            "用 `zhuanlan init 新文件夹` 建一个，或用 `--root` 指明专栏的文件夹；放进文件后，预览会自己更新",
        ),
        Lang::En => Words::with_hint(
            format!("there is no column in `{root}` yet"),
            "make one with `zhuanlan init FOLDER`, or name the column's folder with `--root`; \
             once there are files, the preview shows them by itself",
        ),
    }
}

fn read_only(root: &Path, lang: Lang) -> Words {
    let root = root.display();
    match lang {
        Lang::Zh => Words::with_hint(
            format!("`{root}` 是只读的"),
            "预览照常可用，只是每次启动都要重新读取；要生成网站，请用 `zhuanlan build --output` 写到别处",
        ),
        Lang::En => Words::with_hint(
            format!("`{root}` is read-only"),
            "the preview works all the same, but starts slowly; to build, name another place with \
             `zhuanlan build --output`",
        ),
    }
}

/// Listens to the terminal: `o` opens, `r` builds again, `q` ends.
fn keys(url: String, waker: Waker) -> Option<Keys> {
    Keys::listen(move |key| match key {
        'o' | 'O' => drop(browse(&url)),
        'r' | 'R' => waker.rebuild(),
        'q' | 'Q' => waker.stop(),
        _ => {}
    })
}

/// Shows each build, and says so.
struct Desk {
    preview: Preview,
    /// As asked for: the clock's, or a moment that stays.
    now: Now,
    talk: Talk,
    /// Whether the browser is still to be opened.
    open: bool,
    has_keys: bool,
}

impl Audience for Desk {
    fn turn(&mut self, turn: Turn<'_>) {
        match turn {
            Turn::Polling(polling) => self.talk.note(&polling.message(self.talk.lang)),
            Turn::Built { mut built, changed, first, took, .. } => {
                if let Some(former) = self.preview.former() {
                    guard(&mut built, Some(&former), self.now, Allowed::default());
                }
                let (time, flawed) = (turn::time(&built), built.has_errors());
                let notices = built.findings.iter().map(Rendered::of).collect();
                let pages = self.preview.show(*built);
                let done = (!flawed).then(|| match self.talk.lang {
                    Lang::Zh => format!("{pages} 页"),
                    Lang::En => format!("{pages} {}", if pages == 1 { "page" } else { "pages" }),
                });
                // That nobody reads what is printed does not stop the preview.
                let _ = Said { time, changed, first, took, notices, done }.say(self.talk);
                if first {
                    self.invite();
                }
            }
        }
    }

    fn looks_at(&self) -> Vec<OutputPath> {
        self.preview.looked_at()
    }

    fn early(&self) -> Ready {
        Box::new(self.preview.early())
    }
}

impl Desk {
    /// Says where to look, and what the keys do.
    fn invite(&mut self) {
        let talk = self.talk;
        if talk.json {
            let _ = talk::data(&format!("{}\n", serde_json::json!({ "url": self.preview.url() })));
        } else {
            let url = paint::bold(self.preview.url());
            talk::tell(&format!("{}{url}", talk.say("预览：", "preview: ")));
            if self.has_keys && !talk.quiet {
                talk::tell(
                    talk.say("按键：o 打开浏览器，r 重新生成，q 退出", "keys: o open, r rebuild, q quit"),
                );
            }
        }
        if std::mem::take(&mut self.open) && !browse(self.preview.url()) {
            talk.note(&Words::plain(
                talk.say("没能打开浏览器，请自己打开上面的地址", "no browser could be opened"),
            ));
        }
    }
}
