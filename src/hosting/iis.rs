//! A configuration for IIS: the `web.config` of the site's folder.

use std::fmt::Write as _;

use super::served::TYPES;
use super::site::Hosted;

/// The whole file; writing to a string can't fail.
pub(super) fn configuration(site: &Hosted<'_>) -> String {
    let mut out = String::from(HEAD);
    let base = site.base;
    out.push_str("    <defaultDocument><files><clear /><add value=\"index.html\" /></files></defaultDocument>\n    <directoryBrowse enabled=\"false\" />\n    <staticContent>\n      <clientCache cacheControlMode=\"DisableCache\" />\n");
    for (extension, media_type) in TYPES {
        let _ = writeln!(
            out,
            "      <remove fileExtension=\".{extension}\" /><mimeMap fileExtension=\".{extension}\" mimeType=\"{media_type}\" />"
        );
    }
    out.push_str("      <remove fileExtension=\".\" /><mimeMap fileExtension=\".\" mimeType=\"text/plain\" />\n    </staticContent>\n    <urlCompression doStaticCompression=\"true\" />\n");
    let _ = write!(
        out,
        "    <httpErrors errorMode=\"Custom\" existingResponse=\"Auto\">\n      <remove statusCode=\"403\" /><remove statusCode=\"404\" /><remove statusCode=\"410\" />\n\
         \x20     <error statusCode=\"403\" path=\"{base}404.html\" responseMode=\"ExecuteURL\" />\n\
         \x20     <error statusCode=\"404\" path=\"{base}404.html\" responseMode=\"ExecuteURL\" />\n\
         \x20     <error statusCode=\"410\" path=\"{base}404.html\" responseMode=\"ExecuteURL\" />\n    </httpErrors>\n    <httpProtocol><customHeaders>\n      <remove name=\"X-Powered-By\" />\n"
    );
    for (name, value) in site.headers() {
        let _ = writeln!(
            out,
            "      <remove name=\"{name}\" /><add name=\"{name}\" value=\"{}\" />",
            xml(&value)
        );
    }
    out.push_str("    </customHeaders></httpProtocol>\n    <security><requestFiltering removeServerHeader=\"true\"><verbs allowUnlisted=\"false\"><add verb=\"GET\" allowed=\"true\" /><add verb=\"HEAD\" allowed=\"true\" /></verbs>\n      <denyUrlSequences><add sequence=\"/.env\" /><add sequence=\"/.git\" /><add sequence=\"/.ht\" /></denyUrlSequences></requestFiltering></security>\n  </system.webServer>\n");
    locations(site, &mut out);
    out.push_str("</configuration>\n");
    out
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- IIS 10. Put it as web.config into `content/static/`, so that each build publishes it, or into the application's\n     folder. Made by `zhuanlan serve-config iis`; make it anew when addresses change. -->\n<configuration>\n  <system.webServer>\n";

fn locations(site: &Hosted<'_>, out: &mut String) {
    out.push_str(
        "  <location path=\"assets\">\n    <system.webServer><staticContent><clientCache cacheControlCustom=\"public, immutable\" cacheControlMode=\"UseMaxAge\" cacheControlMaxAge=\"365.00:00:00\" /></staticContent></system.webServer>\n  </location>\n",
    );
    for (from, to) in site.redirects {
        let _ = writeln!(
            out,
            "  <location path=\"{from}\"><system.webServer><httpRedirect enabled=\"true\" destination=\"{}\" exactDestination=\"true\" httpResponseStatus=\"Permanent\" /></system.webServer></location>",
            site.at(to)
        );
    }
    for (path, value) in site.dispositions() {
        let _ = writeln!(
            out,
            "  <location path=\"{path}\"><system.webServer><httpProtocol><customHeaders><add name=\"Content-Disposition\" value=\"{}\" /></customHeaders></httpProtocol></system.webServer></location>",
            xml(&value)
        );
    }
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
