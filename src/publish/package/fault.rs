//! What is wrong with a package or a key, in words.

use std::path::PathBuf;

use crate::diagnostic::{Lang, Message};
use crate::path::OutputPath;

/// What is wrong with a package, a key, or the site that a package is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The file is no package.
    NoPackage,
    /// A package of a later version of this program.
    OtherVersion,
    /// It is not as it was signed.
    Tampered,
    /// Somebody else signed it.
    OtherKey,
    /// It is as it was signed, and wrong: what was found.
    Malformed(String),
    /// It continues another release than the one that is there.
    Gap {
        /// The release that it continues, where it was made.
        needs: u64,
        /// The one that is there, by the number where it was made.
        shown: Option<u64>,
        /// The former release here that is the needed one.
        kept: Option<u64>,
    },
    /// It is older than one that was applied before.
    Older {
        /// Its release.
        package: u64,
        /// The newest that was applied.
        there: u64,
    },
    /// It was made from another site than those before it.
    OtherSite,
    /// Files of a release are not as they were published.
    Altered {
        /// Which release; 0 for the site.
        release: u64,
        /// One of them.
        example: OutputPath,
    },
    /// The release that a package shall continue is the site itself.
    NothingNew(u64),
    /// What was typed is no number of a release.
    BadRelease(String),
    /// The secret key lies where it is shared with others.
    SharedKey {
        /// The key.
        key: PathBuf,
        /// The column's folder, or the repository.
        folder: PathBuf,
    },
    /// There is a key of that name.
    KeyExists(PathBuf),
    /// The text is no secret key.
    NoSecretKey,
    /// The text is no public key.
    NoPublicKey,
    /// The secret key has a password.
    PasswordWanted,
    /// The password is another one.
    WrongPassword,
    /// The system gave no chance to make a key from.
    NoChance,
}

impl Fault {
    /// The words for it.
    pub fn message(&self, lang: Lang) -> Message {
        let [zh, en] = self.both();
        let ((text, hint), _) = match lang {
            Lang::Zh => (zh, en),
            Lang::En => (en, zh),
        };
        if hint.is_empty() { Message::plain(text) } else { Message::with_hint(text, hint) }
    }

    /// In Chinese, in English; each with what to do.
    #[expect(clippy::too_many_lines, reason = "a table, one arm a fault")]
    fn both(&self) -> [(String, String); 2] {
        let both = |zh: &str, zh_hint: &str, en: &str, en_hint: &str| {
            [(zh.to_owned(), zh_hint.to_owned()), (en.to_owned(), en_hint.to_owned())]
        };
        match self {
            Self::NoPackage => both(
                "这个文件不是 zhuanlan 的更新包",
                "更新包由 `zhuanlan package` 生成，文件名一般以 .zlp 结尾",
                "this file is no package of zhuanlan",
                "packages are made by `zhuanlan package`; their names mostly end in .zlp",
            ),
            Self::OtherVersion => both(
                "这个更新包是更新版本的 zhuanlan 生成的",
                "两边用同一个版本的 zhuanlan",
                "this package was made by a later version of zhuanlan",
                "use the same version of zhuanlan on both sides",
            ),
            Self::Tampered => both(
                "更新包和签名对不上：传输中损坏了，或者被人改过；网站没有动",
                "重新拷贝一次；还不行就请生成更新包的同事核对",
                "the package is not as it was signed: it was damaged on the way, or somebody changed it; the website is as it was",
                "copy it once more; if that does not help, ask those who made it",
            ),
            Self::OtherKey => both(
                "更新包是用另一把密钥签名的；网站没有动",
                "`--key` 要写生成更新包那一边的公钥（.pub 文件）",
                "the package was signed with another key; the website is as it was",
                "`--key` is the public key (the .pub file) of those who made the package",
            ),
            Self::Malformed(what) => [
                (format!("更新包的签名是对的，内容却有问题（{what}）；网站没有动"), "请生成更新包的同事重新生成".to_owned()),
                (
                    format!("the package is signed, but wrong inside ({what}); the website is as it was"),
                    "ask those who made it to make it again".to_owned(),
                ),
            ],
            Self::Gap { needs, shown, kept } => gap(*needs, *shown, *kept),
            Self::Older { package, there } => [
                (
                    format!("更新包是版本 {package}，这里已经用过更新的版本 {there}；网站没有动"),
                    "要退回以前的版本，用 `zhuanlan rollback`".to_owned(),
                ),
                (
                    format!("the package has release {package}, and release {there} was here already; the website is as it was"),
                    "to show a former release again, use `zhuanlan rollback`".to_owned(),
                ),
            ],
            Self::OtherSite => both(
                "这个更新包来自另一个网站文件夹；网站没有动",
                "写对 `--to`；如果那边确实换了电脑或重新开始发布，加 `--other-site`",
                "this package was made from another website's folder; the website is as it was",
                "see whether `--to` is right; where the site is published from another computer now, add `--other-site`",
            ),
            Self::Altered { example, .. } => [
                (
                    format!("网站的文件和发布时不一样，例如 `{example}`；没有动它"),
                    "在生成网站的一边，再运行 `zhuanlan build` 和 `zhuanlan package`；在接收的一边，用 `zhuanlan package --since none` 的完整更新包".to_owned(),
                ),
                (
                    format!("files of the website are not as they were published, `{example}` for one; nothing was touched"),
                    "where the site is built, run `zhuanlan build` and `zhuanlan package` again; where a package is applied, ask for a whole one (`zhuanlan package --since none`)".to_owned(),
                ),
            ],
            Self::NothingNew(release) => [
                (format!("现在的网站就是版本 {release}，没有可打包的变化"), "用 `zhuanlan releases` 看各个版本的号码".to_owned()),
                (
                    format!("release {release} is the website now: nothing changed since"),
                    "see the numbers of releases with `zhuanlan releases`".to_owned(),
                ),
            ],
            Self::BadRelease(text) => [
                (
                    format!("`--since` 看不懂 `{text}`"),
                    "写那边已有的版本号（`zhuanlan releases` 列出），或写 none 打包整个网站".to_owned(),
                ),
                (
                    format!("`--since` can't be `{text}`"),
                    "write the number of the release that is there (`zhuanlan releases` lists them), or none".to_owned(),
                ),
            ],
            Self::SharedKey { key, folder } => [
                (
                    format!("密钥 `{}` 不能放在 `{}` 里：会和稿件一起交给别人", key.display(), folder.display()),
                    "放到别处，例如自己的主文件夹；已经交出去过的，用 `zhuanlan new-key` 换一把".to_owned(),
                ),
                (
                    format!(
                        "the secret key `{}` can't lie in `{}`: it would go to others with the sources",
                        key.display(),
                        folder.display()
                    ),
                    "keep it elsewhere, in your home folder, say; if others have it already, make another with `zhuanlan new-key`"
                        .to_owned(),
                ),
            ],
            Self::KeyExists(path) => [
                (
                    format!("`{}` 已经有了，没有动它", path.display()),
                    "换一个名字；换了密钥，要把新的公钥交给使用更新包的一边".to_owned(),
                ),
                (
                    format!("there is a `{}` already; it was not touched", path.display()),
                    "choose another name; those who apply packages need the new public key then".to_owned(),
                ),
            ],
            Self::NoSecretKey => both(
                "这不是密钥文件",
                "用 `zhuanlan new-key` 生成；minisign 的密钥也可以用",
                "this is no secret key",
                "make one with `zhuanlan new-key`; those of minisign do as well",
            ),
            Self::NoPublicKey => both(
                "`--key` 不是公钥",
                "写公钥文件（.pub）的路径，或它第二行的那串字符",
                "`--key` is no public key",
                "name the file of the public key (.pub), or write its second line",
            ),
            Self::PasswordWanted => both(
                "这把密钥有密码",
                "把密码放进环境变量 ZHUANLAN_KEY_PASSWORD",
                "this key has a password",
                "put the password into the environment variable ZHUANLAN_KEY_PASSWORD",
            ),
            Self::WrongPassword => both(
                "密钥的密码不对",
                "检查环境变量 ZHUANLAN_KEY_PASSWORD",
                "the key's password is another one",
                "see the environment variable ZHUANLAN_KEY_PASSWORD",
            ),
            Self::NoChance => both(
                "系统没有给出随机数，不能生成密钥",
                "",
                "the system gave no random numbers to make a key from",
                "",
            ),
        }
    }
}

/// The words for a gap.
fn gap(needs: u64, shown: Option<u64>, kept: Option<u64>) -> [(String, String); 2] {
    let (zh_shown, en_shown) = match shown {
        Some(number) => (format!("这里是版本 {number}"), format!("here is release {number}")),
        None => ("这里不是那个版本".to_owned(), "what is here is not that one".to_owned()),
    };
    let (zh, en) = match kept {
        Some(number) => (
            format!("它还在这里：先 `zhuanlan rollback {number}`，再用这个更新包"),
            format!("it is kept here: run `zhuanlan rollback {number}`, then apply the package"),
        ),
        None => (
            "按顺序把中间的更新包都用上；缺了的，请那边用 `zhuanlan package --since none` 生成完整的".to_owned(),
            "apply the packages in between first; if one is lost, ask for a whole one (`zhuanlan package --since none`)"
                .to_owned(),
        ),
    };
    [
        (format!("更新包接在版本 {needs} 后面，{zh_shown}；网站没有动"), zh),
        (format!("the package continues release {needs}, and {en_shown}; the website is as it was"), en),
    ]
}
