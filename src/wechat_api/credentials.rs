//! Who the account is: `AppID` and `AppSecret`.

use std::path::{Path, PathBuf};

use super::secret::Secret;
use crate::diagnostic::{Lang, Message};
use crate::disk;

/// The name of the variable with the `AppID`.
const APP_ID: &str = "ZHUANLAN_WECHAT_APPID";
/// The name of the variable with the `AppSecret`.
const SECRET: &str = "ZHUANLAN_WECHAT_SECRET";

/// The account's identity. Neither `Debug` nor `Clone`: it holds a [`Secret`].
pub struct Credentials {
    app_id: String,
    secret: Secret,
}

/// Why there are no credentials. No variant holds what was written.
#[derive(Debug)]
pub enum CredentialsFault {
    /// Neither the environment nor a file gives them.
    Missing,
    /// The `AppID` has characters that no `AppID` has.
    BadAppId,
    /// The file lies in the column's folder, or in its repository.
    InsideColumn(PathBuf),
    /// Others may read the file.
    ReadableByOthers(PathBuf),
    /// The file does not say both.
    Incomplete(PathBuf),
    /// The file can't be read.
    Disk(disk::Error),
}

impl Credentials {
    /// Those of the account `app_id`.
    ///
    /// # Errors
    /// Where a part is missing or can't be one.
    pub fn new(app_id: &str, secret: Secret) -> Result<Self, CredentialsFault> {
        let app_id = app_id.trim();
        if app_id.is_empty() || secret.is_empty() {
            return Err(CredentialsFault::Missing);
        }
        // The name of the state file is made of it.
        let fits = (6..=64).contains(&app_id.len()) && app_id.bytes().all(|b| b.is_ascii_alphanumeric());
        if !fits {
            return Err(CredentialsFault::BadAppId);
        }
        Ok(Self { app_id: app_id.to_owned(), secret })
    }

    /// Those that the environment gives, by `variable`.
    ///
    /// # Errors
    /// Where it gives none.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Self, CredentialsFault> {
        let value = |name| variable(name).unwrap_or_default();
        Self::new(&value(APP_ID), Secret::new(&value(SECRET)))
    }

    /// Those in the file at `path`: two lines, `appid = …` and `secret = …`
    /// (or the names of the variables). The column is at `root`.
    ///
    /// # Errors
    /// Where the file can't be read, or must not be used: one in the column's
    /// folder or repository is published or committed sooner or later, and one
    /// that others may read is no secret.
    pub fn from_file(path: &Path, root: &Path) -> Result<Self, CredentialsFault> {
        let real = disk::resolve(path).map_err(CredentialsFault::Disk)?;
        let root = disk::resolve(root).map_err(CredentialsFault::Disk)?;
        let repository = root.ancestors().find(|folder| disk::exists(&folder.join(".git")));
        if real.starts_with(repository.unwrap_or(&root)) {
            return Err(CredentialsFault::InsideColumn(path.to_owned()));
        }
        let bytes = disk::read(&real).map_err(CredentialsFault::Disk)?;
        if !disk::is_private(&real) {
            return Err(CredentialsFault::ReadableByOthers(path.to_owned()));
        }
        let text = String::from_utf8_lossy(&bytes);
        let value = |names: [&str; 2]| {
            let pairs =
                text.trim_start_matches('\u{feff}').lines().filter_map(|line| line.split_once(['=', ':']));
            pairs
                .filter(|(name, _)| names.iter().any(|known| name.trim().eq_ignore_ascii_case(known)))
                .map(|(_, value)| value.trim().trim_matches(['"', '\'']))
                .next()
                .unwrap_or_default()
        };
        Self::new(value(["appid", APP_ID]), Secret::new(value(["secret", SECRET]))).map_err(|fault| {
            match fault {
                CredentialsFault::Missing => CredentialsFault::Incomplete(path.to_owned()),
                other => other,
            }
        })
    }

    /// What stands in their place where requests are only shown.
    pub fn placeholder() -> Self {
        Self { app_id: "APPID".to_owned(), secret: Secret::new("SECRET") }
    }

    /// The account's `AppID`, which is no secret.
    pub(super) fn app_id(&self) -> &str {
        &self.app_id
    }

    /// The account's `AppSecret`.
    pub(super) fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The last four characters of the `AppID`, to tell accounts apart.
    pub fn tail(&self) -> String {
        let all: Vec<char> = self.app_id.chars().collect();
        format!("…{}", all.iter().skip(all.len().saturating_sub(4)).collect::<String>())
    }
}

impl CredentialsFault {
    /// The words for it.
    pub fn message(&self, lang: Lang) -> Message {
        if let Self::Disk(error) = self {
            return error.message(lang);
        }
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn zh(&self) -> Message {
        match self {
            Self::Missing | Self::Disk(_) => Message::with_hint(
                "没有公众号的 AppID 和 AppSecret",
                format!(
                    "写在环境变量 `{APP_ID}` 和 `{SECRET}` 里，或用 `--credentials` 指出专栏外面的一个文件"
                ),
            ),
            Self::BadAppId => {
                Message::with_hint("AppID 不对：只能有字母和数字", "到公众号后台“设置与开发”里复制 AppID")
            }
            Self::InsideColumn(path) => Message::with_hint(
                format!("密钥文件 `{}` 在专栏的文件夹或代码仓库里，没有使用", path.display()),
                "移到外面，例如您自己的主目录：放在这里迟早会被提交或发布出去",
            ),
            Self::ReadableByOthers(path) => Message::with_hint(
                format!("密钥文件 `{}` 别人也能读，没有使用", path.display()),
                format!("改成只有自己能读：`chmod 600 {}`", path.display()),
            ),
            Self::Incomplete(path) => Message::with_hint(
                format!("密钥文件 `{}` 没有写全", path.display()),
                "写两行：`appid = wx…` 和 `secret = …`",
            ),
        }
    }

    fn en(&self) -> Message {
        match self {
            Self::Missing | Self::Disk(_) => Message::with_hint(
                "the account's AppID and AppSecret are missing",
                format!(
                    "set `{APP_ID}` and `{SECRET}`, or name a file outside the column with `--credentials`"
                ),
            ),
            Self::BadAppId => Message::with_hint(
                "the AppID is wrong: it has letters and digits only",
                "copy it from the account's settings (设置与开发)",
            ),
            Self::InsideColumn(path) => Message::with_hint(
                format!("`{}` lies in the column's folder or repository, and was not used", path.display()),
                "move it out, to your home folder, say: here it will be committed or published some day",
            ),
            Self::ReadableByOthers(path) => Message::with_hint(
                format!("others may read `{}`, so it was not used", path.display()),
                format!("let nobody but yourself read it: `chmod 600 {}`", path.display()),
            ),
            Self::Incomplete(path) => Message::with_hint(
                format!("`{}` does not give both", path.display()),
                "write two lines: `appid = wx…` and `secret = …`",
            ),
        }
    }
}
