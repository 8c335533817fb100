//! `serve-config`: the configuration of the server that readers ask.

use super::args::{Common, ServeConfigArgs, ServerArg};
use super::build::survey;
use super::console::{Console, data};
use super::{Error, Result, Verdict, output_of, time_args};
use crate::build::{self, Memory, Options};
use crate::config::{self, Config};
use crate::diagnostic::{Rendered, Severity};
use crate::disk::{self, Files};
use crate::hosting::{Hosted, Server, configuration};
use crate::path::OutputPath;
use crate::publish::{self, Place};

/// `zhuanlan serve-config`.
pub(super) fn serve_config(common: &Common, args: &ServeConfigArgs, console: Console) -> Result<Verdict> {
    if let Some(url) = args.base_url.as_ref().filter(|url| split(url).is_none()) {
        return Err(Error::BadUrl(url.clone()));
    }
    let round = survey(common)?.read();
    let base_url = args.base_url.clone();
    let config = config::read(&round.tree, base_url.as_deref()).value;
    let options =
        Options { now: time_args::now(None)?, base_url, preview: false, drafts: false, fingerprint: true };
    let built = build::build(&round.tree, &options, &Files::new(&round.root), &Memory::default());
    let errors: Vec<Rendered> =
        built.findings.iter().map(Rendered::new).filter(|found| found.severity == Severity::Error).collect();
    console.findings(&errors, false);
    let output = output_of(common, args.output.as_ref());
    let gone = Place::new(&output, &common.root).ok().and_then(|place| publish::releases(&place));
    let gone: Vec<OutputPath> = gone.map(|kept| kept.gone).unwrap_or_default();
    let folder = args.folder.clone().map_or_else(|| disk::resolve(&output), Ok)?;
    let folder = folder.to_string_lossy();
    let (host, base) = config.base_url.as_deref().and_then(split).unwrap_or((None, "/".to_owned()));
    let foreign = foreign(&config);
    let site = Hosted {
        base: &base,
        host: host.as_deref(),
        folder: folder.trim_end_matches('/'),
        redirects: &built.output.redirects,
        gone: &gone,
        downloads: &built.output.downloads,
        foreign: &foreign,
        precompressed: config.publishing.precompress,
    };
    data(&configuration(server(args.server), &site))?;
    Ok(if errors.is_empty() { Verdict::Fine } else { Verdict::Faulty })
}

fn server(named: ServerArg) -> Server {
    match named {
        ServerArg::Nginx => Server::Nginx,
        ServerArg::Apache => Server::Apache,
        ServerArg::Caddy => Server::Caddy,
        ServerArg::Iis => Server::Iis,
        ServerArg::Headers => Server::HostFiles,
    }
}

/// The host and the path of an address; the path with `/` at both ends.
fn split(url: &str) -> Option<(Option<String>, String)> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = path.trim_matches('/');
    let base = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
    Some((Some(host.to_owned()).filter(|host| !host.is_empty()), base))
}

/// HTML that the column takes from others as it is.
fn foreign(config: &Config) -> Vec<String> {
    let footer = &config.footer;
    [&footer.party_mark_html, &footer.report_error_html].into_iter().flatten().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_host_and_a_path() {
        let check = |url: &str, host: &str, base: &str| {
            assert_eq!(split(url), Some((Some(host.to_owned()), base.to_owned())), "{url}");
        };
        check("https://www.example.gov.cn/jyzd/", "www.example.gov.cn", "/jyzd/");
        check("https://www.example.gov.cn/a/b", "www.example.gov.cn", "/a/b/");
        check("http://127.0.0.1:8080", "127.0.0.1:8080", "/");
        assert_eq!(split("jyzd"), None);
    }
}
