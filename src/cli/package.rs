//! `package`, `apply` and `new-key`: releases for an isolated network.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::{ApplyArgs, Common, NewKeyArgs, PackageArgs};
use super::console::{Console, data, object, tell};
use super::progress::Progress;
use super::{Result, Verdict, notes, output_of, who};
use crate::diagnostic::Lang;
use crate::disk;
use crate::publish::{
    self, ApplyOptions, Fault, Package, Packed, Place, PublicKey, PublishOptions, Publisher, SecretKey,
};

/// Where a secret key's password stands.
const PASSWORD: &str = "ZHUANLAN_KEY_PASSWORD";

fn password() -> Option<String> {
    std::env::var(PASSWORD).ok().filter(|password| !password.is_empty())
}

/// `zhuanlan package`.
pub(super) fn package(common: &Common, args: &PackageArgs, console: Console) -> Result<Verdict> {
    let since = match args.since.as_str() {
        "none" | "0" => None,
        number => {
            let bad = |_| publish::Error::from(Fault::BadRelease(number.to_owned()));
            Some(number.parse().map_err(bad)?)
        }
    };
    let place = Place::new(&output_of(common, args.output.as_ref()), &common.root)?;
    let key = secret_key(common, &args.key)?;
    let progress = Progress::new(console);
    progress.stage(["打包", "packing"]);
    let live = publish::releases(&place).map_or(0, |kept| kept.live.number);
    let named = match since {
        Some(since) => format!("zhuanlan-{since}-{live}.zlp"),
        None => format!("zhuanlan-{live}.zlp"),
    };
    let to = args.out.clone().unwrap_or_else(|| PathBuf::from(named));
    let packed = publish::package(&place, since, &key, &to, &progress)?;
    drop(progress);
    let Packed { base, release, files, removed, bytes } = &packed;
    if console.json {
        object(&json!({
            "package": to.display().to_string(), "since": base, "release": release, "files": files,
            "removed": removed, "bytes": bytes,
        }))?;
    } else if !console.quiet {
        tell(&summary(&packed, console.lang));
        data(&format!("{}\n", to.display()))?;
    }
    Ok(Verdict::Fine)
}

fn summary(packed: &Packed, lang: Lang) -> String {
    let Packed { base, release, files, removed, bytes } = packed;
    let size = size(*bytes);
    match (base, lang) {
        (Some(base), Lang::Zh) => {
            format!("版本 {base} → {release}：{files} 个文件有变化，删除 {removed} 个，{size}")
        }
        (None, Lang::Zh) => format!("整个版本 {release}：{files} 个文件，{size}"),
        (Some(base), Lang::En) => {
            format!("release {base} → {release}: {files} files new or changed, {removed} removed, {size}")
        }
        (None, Lang::En) => format!("the whole of release {release}: {files} files, {size}"),
    }
}

/// `zhuanlan apply`.
pub(super) fn apply(common: &Common, args: &ApplyArgs, console: Console) -> Result<Verdict> {
    let key = public_key(&args.key)?;
    let progress = Progress::new(console);
    progress.stage(["核对更新包", "verifying"]);
    let package = Package::open(&args.file, &key, &progress)?;
    let place = Place::new(&output_of(common, args.to.as_ref()), &common.root)?;
    let output = place.output.clone();
    let mut publisher = Publisher::open(place, &who(), &progress)?;
    let publish = PublishOptions {
        in_place: args.in_place,
        sync: args.sync,
        at: jiff::Timestamp::now(),
        keep: args.keep,
    };
    let applied = publisher.apply(&package, ApplyOptions { publish, other_site: args.other_site })?;
    drop(progress);
    let (number, done) = (applied.release, &applied.published);
    if console.json {
        object(&json!({
            "release": number, "here": done.release, "written": done.written, "removed": done.removed,
        }))?;
    } else if !console.quiet {
        let (written, removed, here) = (done.written, done.removed, done.release);
        tell(&match (written + removed, console.lang) {
            (0, Lang::Zh) => format!("已经是版本 {number}，没有变化"),
            (0, Lang::En) => format!("release {number} is there already; nothing changed"),
            (_, Lang::Zh) => {
                format!("完成：版本 {number}（这里的第 {here} 个），写入 {written}，删除 {removed}")
            }
            (_, Lang::En) => {
                format!("done: release {number} (number {here} here), {written} written, {removed} removed")
            }
        });
        for note in &done.notes {
            console.note(&notes::words(note, &output, console.lang));
        }
    }
    Ok(Verdict::Fine)
}

/// The secret key in a file.
fn secret_key(common: &Common, file: &Path) -> Result<SecretKey> {
    must_not_be_shared(common, file)?;
    let text = String::from_utf8(disk::read(file)?).unwrap_or_default();
    Ok(SecretKey::parse(&text, password().as_deref()).map_err(publish::Error::from)?)
}

/// The public key in the file of that name, or as it was typed.
fn public_key(typed: &str) -> Result<PublicKey> {
    let text = disk::read(Path::new(typed)).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    Ok(PublicKey::parse(text.as_deref().unwrap_or(typed)).map_err(publish::Error::from)?)
}

/// `zhuanlan new-key`.
pub(super) fn new_key(common: &Common, args: &NewKeyArgs, console: Console) -> Result<Verdict> {
    must_not_be_shared(common, &args.file)?;
    let public_file = disk::append_name(&args.file, ".pub");
    if let Some(there) = [&args.file, &public_file].into_iter().find(|path| disk::exists(path)) {
        return Err(publish::Error::from(Fault::KeyExists(there.clone())).into());
    }
    let password = password();
    let (secret, public) = publish::new_pair(password.as_deref()).map_err(publish::Error::from)?;
    disk::create_secret(&args.file, secret.as_bytes())?;
    disk::create_new(&public_file, public.as_bytes())?;
    let line = public.lines().nth(1).unwrap_or_default();
    if console.json {
        object(&json!({ "public": line, "encrypted": password.is_some() }))?;
        return Ok(Verdict::Fine);
    }
    if !console.quiet {
        let secret = args.file.display();
        let public = public_file.display();
        let zh = match password {
            Some(_) => "已用密码加密",
            None => "没有密码：只有您能读它，请收好",
        };
        let en = match password {
            Some(_) => "encrypted with the password",
            None => "without a password: keep it where only you can read it",
        };
        tell(&match console.lang {
            Lang::Zh => format!("密钥 `{secret}`（{zh}）；公钥 `{public}`，交给使用更新包的一边："),
            Lang::En => {
                format!("secret key `{secret}` ({en}); public key `{public}`, for those who apply packages:")
            }
        });
    }
    data(&format!("{line}\n"))?;
    Ok(Verdict::Fine)
}

/// Refuses a secret key in the column's folder or in a repository: it would go
/// to others with the sources.
fn must_not_be_shared(common: &Common, key: &Path) -> Result<()> {
    let real = disk::resolve(key)?;
    let root = disk::resolve(&common.root)?;
    let column = Some(root).filter(|root| disk::exists(&root.join("column.yaml")) && real.starts_with(root));
    let repository = real.ancestors().skip(1).find(|folder| disk::exists(&folder.join(".git")));
    match column.or_else(|| repository.map(Path::to_owned)) {
        Some(folder) => Err(publish::Error::from(Fault::SharedKey { key: key.to_owned(), folder }).into()),
        None => Ok(()),
    }
}

/// `812 B`, `35 KB`, `1.2 MB`.
fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} B"),
        10_000..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
