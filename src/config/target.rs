//! Where a site is published to, as it is written: `s3://bucket/path?endpoint=…`,
//! `webdavs://host/path`, `sftp://user@host/path`, or a folder.
//!
//! **Invariant:** a target holds no secret: one that is written with a password
//! or a key is refused, since targets stand in `column.yaml` and in histories
//! of shells.

use std::fmt;
use std::path::PathBuf;

use url::Url;

use crate::diagnostic::nearest;

/// Where a site is published to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A bucket of an object store that speaks S3's protocol.
    Bucket(Bucket),
    /// A folder of a WebDAV server.
    WebDav {
        /// `https://host/path/`.
        endpoint: String,
        /// The user, where one is named.
        user: Option<String>,
    },
    /// A folder of a server that is reached by SSH.
    Sftp {
        /// `ssh://host:port`.
        endpoint: String,
        /// The user, where one is named.
        user: Option<String>,
        /// The folder; empty for the user's own.
        folder: String,
        /// The file of the private key, in place of those that ssh tries.
        key: Option<String>,
        /// Whether a host that is not known yet is taken down as known.
        new_hosts: bool,
    },
    /// A folder of this computer, or one that is mounted.
    Folder(PathBuf),
}

/// A bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Who runs the store.
    pub vendor: Vendor,
    /// Its name.
    pub name: String,
    /// Where the site begins in it, without `/` at the ends.
    pub prefix: String,
    /// The address of the store; none for Amazon's own.
    pub endpoint: Option<String>,
    /// Where it stands, as its signatures have to say.
    pub region: Option<String>,
    /// Whether its name is a part of the host's name (else of the path).
    pub virtual_host: bool,
}

/// Who runs an object store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vendor {
    /// Amazon S3, MinIO and all others that speak its protocol.
    S3,
    /// Alibaba Cloud OSS (阿里云).
    Oss,
    /// Tencent Cloud COS (腾讯云).
    Cos,
    /// Huawei Cloud OBS (华为云).
    Obs,
}

/// Why something is no target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetFault {
    /// What stands before `://` is not known; the nearest that is.
    Scheme(String, Option<&'static str>),
    /// It can't be read as an address.
    Address,
    /// There is a password or a key in it.
    Secret,
    /// No bucket, host or folder is named.
    Nameless(&'static str),
    /// The store's address is missing.
    NoEndpoint(Vendor),
    /// What stands behind `?` is not known; the nearest that is.
    Parameter(String, Option<&'static str>),
    /// A parameter can't have this value.
    Value(&'static str, String),
}

/// What may stand before `://`.
const SCHEMES: [&str; 7] = ["s3", "oss", "cos", "obs", "webdav", "webdavs", "sftp"];

/// Parameters of buckets.
const OF_BUCKETS: [&str; 3] = ["endpoint", "region", "style"];

/// Parameters of SFTP.
const OF_SFTP: [&str; 2] = ["key", "hosts"];

/// Parameters that would be secrets.
const SECRETS: [&str; 9] = [
    "access_key_id",
    "secret_access_key",
    "access_key",
    "secret_key",
    "secret",
    "password",
    "token",
    "session_token",
    "secret_id",
];

impl Target {
    /// Reads what somebody wrote.
    ///
    /// # Errors
    /// Where it is no target, with the reason.
    pub fn parse(text: &str) -> Result<Self, TargetFault> {
        let text = text.trim();
        let Some((scheme, _)) = text.split_once("://") else {
            return match text {
                "" => Err(TargetFault::Nameless("folder")),
                folder => Ok(Self::Folder(PathBuf::from(folder))),
            };
        };
        let scheme = scheme.to_ascii_lowercase();
        let known = SCHEMES.iter().find(|known| **known == scheme);
        let Some(known) = known else {
            let near = match scheme.as_str() {
                "http" => Some("webdav"),
                "https" => Some("webdavs"),
                other => nearest(other, SCHEMES),
            };
            return Err(TargetFault::Scheme(scheme, near));
        };
        let url = Url::parse(text).map_err(|_| TargetFault::Address)?;
        let secret = |name: &str| SECRETS.contains(&name.to_ascii_lowercase().as_str());
        if url.password().is_some() || url.query_pairs().any(|(name, _)| secret(&name)) {
            return Err(TargetFault::Secret);
        }
        match *known {
            "s3" => bucket(&url, Vendor::S3),
            "oss" => bucket(&url, Vendor::Oss),
            "cos" => bucket(&url, Vendor::Cos),
            "obs" => bucket(&url, Vendor::Obs),
            "sftp" => sftp(&url),
            plain => webdav(&url, if plain == "webdavs" { "https" } else { "http" }),
        }
    }
}

fn bucket(url: &Url, vendor: Vendor) -> Result<Target, TargetFault> {
    let name = url.host_str().filter(|name| !name.is_empty()).ok_or(TargetFault::Nameless("bucket"))?;
    if !url.username().is_empty() {
        return Err(TargetFault::Secret);
    }
    let (mut endpoint, mut region, mut style) = (None, None, None);
    for (key, value) in url.query_pairs() {
        match key.as_ref() {
            "endpoint" => endpoint = Some(absolute(&value)?),
            "region" => region = Some(value.into_owned()),
            "style" => style = Some(value.into_owned()),
            other => return Err(unknown(other, &OF_BUCKETS)),
        }
    }
    let virtual_host = match style.as_deref() {
        None => vendor != Vendor::S3,
        Some("virtual") => true,
        Some("path") => false,
        Some(other) => return Err(TargetFault::Value("style", other.to_owned())),
    };
    if vendor != Vendor::S3 && endpoint.is_none() {
        return Err(TargetFault::NoEndpoint(vendor));
    }
    let region = region.or_else(|| region_of(endpoint.as_deref().unwrap_or_default(), vendor));
    let prefix = plain(url.path())?;
    Ok(Target::Bucket(Bucket { vendor, name: name.to_owned(), prefix, endpoint, region, virtual_host }))
}

/// `oss-cn-beijing.aliyuncs.com` and the like as `https://…`; OSS speaks S3's
/// protocol at hosts of its own, which begin with `s3.`.
fn absolute(endpoint: &str) -> Result<String, TargetFault> {
    let whole = if endpoint.contains("://") { endpoint.to_owned() } else { format!("https://{endpoint}") };
    let bad = || TargetFault::Value("endpoint", endpoint.to_owned());
    let url = Url::parse(&whole).map_err(|_| bad())?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(bad());
    }
    if url.password().is_some() || !url.username().is_empty() {
        return Err(TargetFault::Secret);
    }
    let s3 = whole.replacen("://oss-", "://s3.oss-", 1);
    Ok(if whole.contains(".aliyuncs.com") { s3 } else { whole }.trim_end_matches('/').to_owned())
}

/// The region that a store's host name tells: `cos.ap-beijing.myqcloud.com`.
fn region_of(endpoint: &str, vendor: Vendor) -> Option<String> {
    let host = endpoint.split("://").nth(1)?.split(['/', ':']).next()?;
    let region = match vendor {
        Vendor::S3 => return None,
        Vendor::Oss => host.strip_prefix("s3.")?.split('.').next()?.trim_end_matches("-internal"),
        Vendor::Cos | Vendor::Obs => host.split('.').nth(1)?,
    };
    Some(region.to_owned())
}

fn webdav(url: &Url, scheme: &str) -> Result<Target, TargetFault> {
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or(TargetFault::Nameless("host"))?;
    if let Some((key, _)) = url.query_pairs().next() {
        return Err(unknown(&key, &[]));
    }
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let endpoint = format!("{scheme}://{host}{port}{}", url.path().trim_end_matches('/'));
    Ok(Target::WebDav { endpoint, user: user(url)? })
}

fn sftp(url: &Url) -> Result<Target, TargetFault> {
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or(TargetFault::Nameless("host"))?;
    let (mut key, mut new_hosts) = (None, false);
    for (name, value) in url.query_pairs() {
        match name.as_ref() {
            "key" => key = Some(value.into_owned()),
            "hosts" if matches!(&*value, "add" | "known") => new_hosts = value == "add",
            "hosts" => return Err(TargetFault::Value("hosts", value.into_owned())),
            other => return Err(unknown(other, &OF_SFTP)),
        }
    }
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let path = decoded(url.path())?;
    // `sftp://host/~/site` is below the user's own folder.
    let folder = match path.strip_prefix("/~/") {
        Some(own) => own.trim_end_matches('/').to_owned(),
        None => path.trim_end_matches('/').to_owned(),
    };
    if folder.is_empty() {
        return Err(TargetFault::Nameless("folder"));
    }
    Ok(Target::Sftp { endpoint: format!("ssh://{host}{port}"), user: user(url)?, folder, key, new_hosts })
}

fn user(url: &Url) -> Result<Option<String>, TargetFault> {
    let user = decoded(url.username())?;
    Ok(Some(user).filter(|user| !user.is_empty()))
}

/// A path without `/` at its ends, as meant.
fn plain(path: &str) -> Result<String, TargetFault> {
    Ok(decoded(path)?.trim_matches('/').to_owned())
}

fn decoded(text: &str) -> Result<String, TargetFault> {
    let text = percent_encoding::percent_decode_str(text).decode_utf8();
    text.map(std::borrow::Cow::into_owned).map_err(|_| TargetFault::Address)
}

fn unknown(name: &str, known: &[&'static str]) -> TargetFault {
    TargetFault::Parameter(name.to_owned(), nearest(name, known.iter().copied()))
}

impl Vendor {
    /// What stands before `://`.
    pub fn scheme(self) -> &'static str {
        match self {
            Self::S3 => "s3",
            Self::Oss => "oss",
            Self::Cos => "cos",
            Self::Obs => "obs",
        }
    }

    /// Names of environment variables that hold the key's name and the key, the
    /// store's own first.
    pub fn variables(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::S3 => &[("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")],
            Self::Oss => &[
                ("OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET"),
                ("ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"),
                ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
            ],
            Self::Cos => &[
                ("TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"),
                ("COS_SECRET_ID", "COS_SECRET_KEY"),
                ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
            ],
            Self::Obs => &[
                ("OBS_ACCESS_KEY_ID", "OBS_SECRET_ACCESS_KEY"),
                ("HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK"),
                ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
            ],
        }
    }
}

impl fmt::Display for Target {
    /// Where it is, in short: without parameters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bucket(bucket) => {
                write!(f, "{}://{}/{}", bucket.vendor.scheme(), bucket.name, bucket.prefix)
            }
            Self::WebDav { endpoint, .. } => f.write_str(endpoint),
            Self::Sftp { endpoint, folder, .. } => {
                write!(
                    f,
                    "sftp://{}/{}",
                    endpoint.trim_start_matches("ssh://"),
                    folder.trim_start_matches('/')
                )
            }
            Self::Folder(folder) => write!(f, "{}", folder.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket(text: &str) -> Bucket {
        match Target::parse(text) {
            Ok(Target::Bucket(bucket)) => bucket,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn buckets() {
        let one = bucket("s3://column/教育整顿/站点 1?endpoint=http://127.0.0.1:9000/&region=cn-north-1");
        assert_eq!((one.name.as_str(), one.prefix.as_str()), ("column", "教育整顿/站点 1"));
        assert_eq!(one.endpoint.as_deref(), Some("http://127.0.0.1:9000"));
        assert_eq!((one.region.as_deref(), one.virtual_host), (Some("cn-north-1"), false));
        let oss = bucket("oss://column/jyzd?endpoint=oss-cn-beijing.aliyuncs.com");
        assert_eq!(oss.endpoint.as_deref(), Some("https://s3.oss-cn-beijing.aliyuncs.com"));
        assert_eq!((oss.region.as_deref(), oss.virtual_host), (Some("oss-cn-beijing"), true));
        let cos = bucket("cos://column-125/jyzd?endpoint=cos.ap-beijing.myqcloud.com");
        assert_eq!(cos.region.as_deref(), Some("ap-beijing"));
        let obs = bucket("obs://column?endpoint=obs.cn-north-4.myhuaweicloud.com&style=path");
        assert_eq!((obs.region.as_deref(), obs.virtual_host), (Some("cn-north-4"), false));
        assert_eq!(obs.prefix, "");
    }

    #[test]
    fn other_servers_and_folders() {
        let dav = Target::parse("webdavs://编辑@dav.example.gov.cn:8443/web/jyzd/").unwrap();
        let endpoint = "https://dav.example.gov.cn:8443/web/jyzd".to_owned();
        assert_eq!(dav, Target::WebDav { endpoint, user: Some("编辑".to_owned()) });
        let sftp = |text: &str| match Target::parse(text) {
            Ok(Target::Sftp { endpoint, user, folder, .. }) => (endpoint, user, folder),
            other => panic!("{other:?}"),
        };
        let (endpoint, user, folder) = sftp("sftp://web@10.0.0.5:2222/srv/www/jyzd/");
        assert_eq!((endpoint.as_str(), user.as_deref()), ("ssh://10.0.0.5:2222", Some("web")));
        assert_eq!(folder, "/srv/www/jyzd");
        assert_eq!(sftp("sftp://host/~/site").2, "site");
        assert_eq!(Target::parse("/srv/www"), Ok(Target::Folder("/srv/www".into())));
        assert_eq!(Target::parse(r"D:\网站"), Ok(Target::Folder(r"D:\网站".into())));
    }

    #[test]
    fn what_is_no_target_says_why() {
        use TargetFault::{Nameless, NoEndpoint, Parameter, Scheme, Secret, Value};
        let check = |text: &str, fault: TargetFault| assert_eq!(Target::parse(text), Err(fault), "{text}");
        check("s4://a", Scheme("s4".into(), Some("s3")));
        check("https://a/b", Scheme("https".into(), Some("webdavs")));
        check("s3://key:secret@bucket/a", Secret);
        check("webdav://a:b@host/c", Secret);
        check("s3://a?secret_access_key=x", Secret);
        check("s3://a?endpoint=http://u:p@host", Secret);
        check("s3:///a", Nameless("bucket"));
        check("oss://a/b", NoEndpoint(Vendor::Oss));
        check("s3://a?endpiont=b", Parameter("endpiont".into(), Some("endpoint")));
        check("s3://a?style=big", Value("style", "big".into()));
        check("sftp://host/", Nameless("folder"));
        check("", Nameless("folder"));
    }
}
