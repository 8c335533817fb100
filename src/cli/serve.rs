//! `serve`: the live preview.

use std::path::Path;

use super::args::{Common, ServeArgs};
use super::console::{self, Console};
use super::status::{self, StatusLine};
use super::{Error, Result, Verdict, paint, time_args};
use crate::build::{Allowed, Now, Options, guard};
use crate::diagnostic::{Lang, Message as Words};
use crate::disk;
use crate::path::OutputPath;
use crate::serve::{Editor, Keys, Preview, Settings, browse};
use crate::watch::{self, Handler, Ready, Turn, Waker, Watcher, on_interrupt};

/// `zhuanlan serve`.
pub(super) fn serve(common: &Common, args: &ServeArgs, console: Console) -> Result<Verdict> {
    let root = status::root(common)?;
    let how = status::how(args.poll)?;
    let now = time_args::now(args.now.as_deref())?;
    let preview = Preview::start(&root, &settings(args, console)?)?;
    let mut watcher = Watcher::new(&root, how)?;
    let options = Options {
        now,
        base_url: Some(preview.base().to_owned()),
        preview: true,
        drafts: false,
        fingerprint: false,
    };
    greet(&root, console);
    let keys = keys(preview.url().to_owned(), watcher.waker());
    let at_end = keys.clone();
    // Ending at once is all: the preview has put nothing anywhere.
    on_interrupt(move || {
        at_end.iter().for_each(Keys::restore);
        std::process::exit(0);
    })
    .map_err(Error::Signals)?;
    let mut session = Session { preview, now, console, open: args.open, has_keys: keys.is_some() };
    let ended = watch::run(&mut watcher, &options, &mut session);
    keys.iter().for_each(Keys::restore);
    ended?;
    Ok(Verdict::Fine)
}

fn settings(args: &ServeArgs, console: Console) -> Result<Settings> {
    let command = args.editor.as_deref();
    let editor =
        command.map(|command| Editor::new(command).ok_or_else(|| Error::BadEditor(command.to_owned())));
    Ok(Settings {
        host: args.host.clone(),
        port: args.port,
        lang: console.lang,
        editor: editor.transpose()?,
        inject: true,
    })
}

/// What to do about a folder that is no column yet, or can't be written to.
fn greet(root: &Path, console: Console) {
    if !disk::exists(&root.join("column.yaml")) && !disk::exists(&root.join("content")) {
        console.note(&not_a_column(root, console.lang));
    }
    if !disk::is_writable(root) {
        console.note(&read_only(root, console.lang));
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
struct Session {
    preview: Preview,
    /// As asked for: the clock's, or a moment that stays.
    now: Now,
    console: Console,
    /// Whether the browser is still to be opened.
    open: bool,
    has_keys: bool,
}

impl Handler for Session {
    fn turn(&mut self, turn: Turn<'_>) {
        match turn {
            Turn::Polling(polling) => self.console.note(&polling.message(self.console.lang)),
            Turn::Built { mut built, changed, first, took, .. } => {
                if let Some(former) = self.preview.former() {
                    guard(&mut built, Some(&former), self.now, Allowed::default());
                }
                let (time, flawed) = (status::time(&built), built.has_errors());
                let notices = status::notices(&built);
                let pages = self.preview.show(*built);
                let done = (!flawed).then(|| match self.console.lang {
                    Lang::Zh => format!("{pages} 页"),
                    Lang::En => format!("{pages} {}", if pages == 1 { "page" } else { "pages" }),
                });
                // That nobody reads what is printed does not stop the preview.
                let _ = StatusLine { time, changed, first, took, notices, done }.say(self.console);
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

impl Session {
    /// Says where to look, and what the keys do.
    fn invite(&mut self) {
        let console = self.console;
        if console.json {
            let _ = console::data(&format!("{}\n", serde_json::json!({ "url": self.preview.url() })));
        } else {
            let url = paint::bold(self.preview.url());
            console::tell(&format!("{}{url}", console.text("预览：", "preview: ")));
            if !console.quiet {
                console::tell(if self.has_keys {
                    console.text("按键：o 打开浏览器，r 重新生成，q 退出", "keys: o open, r rebuild, q quit")
                } else {
                    console.text("按 Ctrl+C 停止", "Ctrl+C stops it")
                });
            }
        }
        if std::mem::take(&mut self.open) && !browse(self.preview.url()) {
            console.note(&Words::plain(
                console.text("没能打开浏览器，请自己打开上面的地址", "no browser could be opened"),
            ));
        }
    }
}
