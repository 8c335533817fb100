//! A configuration for IIS: the `web.config` of the site's folder.

use std::fmt::Write as _;

use super::site::Hosted;
use crate::html::escape_xml;
use crate::path::MEDIA_TYPES;

/// The whole file; writing to a string can't fail.
pub(super) fn configuration(site: &Hosted<'_>) -> String {
    let mut out = String::from(HEAD);
    let base = site.base;
    out.push_str("    <defaultDocument><files><clear /><add value=\"index.html\" /></files></defaultDocument>\n    <directoryBrowse enabled=\"false\" />\n    <staticContent>\n      <clientCache cacheControlMode=\"DisableCache\" />\n");
    for (extension, media_type) in MEDIA_TYPES {
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
            escape_xml(&value)
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
            escape_xml(&value)
        );
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use quick_xml::events::Event;

    use super::*;
    use crate::path::OutputPath;

    /// Elements with their attributes, in order; it must be well-formed.
    fn elements(text: &str) -> Vec<(String, Vec<(String, String)>)> {
        let mut reader = quick_xml::Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        let mut found = Vec::new();
        let mut depth = 0_i32;
        loop {
            let event = reader.read_event().unwrap();
            depth += match &event {
                Event::Start(_) => 1,
                Event::End(_) => -1,
                _ => 0,
            };
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let attribute = |attribute: quick_xml::events::attributes::Attribute<'_>| {
                        let key = String::from_utf8(attribute.key.0.to_vec()).unwrap();
                        let value = String::from_utf8(attribute.value.to_vec()).unwrap();
                        assert!(!value.contains('<'), "{value}");
                        (key, value)
                    };
                    let attributes = tag.attributes().map(|found| attribute(found.unwrap())).collect();
                    found.push((String::from_utf8(tag.name().0.to_vec()).unwrap(), attributes));
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
        found
    }

    #[test]
    fn it_is_well_formed_and_says_nothing_twice() {
        let path = |path: &str| OutputPath::former(path).unwrap();
        let text = configuration(&Hosted {
            base: "/jyzd/",
            host: None,
            folder: "C:\\inetpub\\jyzd",
            redirects: &[(path("旧/网址（一）.html"), path("news/a.html"))],
            gone: &[path("news/gone.html")],
            downloads: &[(path("assets/files/a.174ac3fe.docx"), "学习<笔记> & \"心得\".docx".to_owned())],
            foreign: &["<script src=\"//dcs.example.cn/js/x.js\"></script>".to_owned()],
            precompressed: true,
        });
        let elements = elements(&text);
        let all = |name: &str, key: &str| -> Vec<String> {
            let named = elements.iter().filter(|(element, _)| element == name);
            named.flat_map(|(_, all)| all.iter().filter(|(k, _)| k == key).map(|(_, v)| v.clone())).collect()
        };
        // IIS answers 500.19 to a second one of these.
        let types = all("mimeMap", "fileExtension");
        assert_eq!(types.iter().collect::<BTreeSet<_>>().len(), types.len());
        assert!(types.len() > MEDIA_TYPES.len());
        assert_eq!(
            all("mimeMap", "fileExtension"),
            {
                let removed = elements.iter().filter(|(name, _)| name == "remove");
                removed
                    .flat_map(|(_, a)| a.iter().filter(|(k, _)| k == "fileExtension").map(|(_, v)| v.clone()))
                    .collect::<Vec<_>>()
            },
            "each is removed first: a server may know it already"
        );
        let places = all("location", "path");
        assert_eq!(places, ["assets", "旧/网址（一）.html", "assets/files/a.174ac3fe.docx"]);
        assert_eq!(all("httpRedirect", "destination"), ["/jyzd/news/a.html"]);
        let names = all("add", "name");
        for name in ["Content-Security-Policy", "X-Content-Type-Options", "Content-Disposition"] {
            assert_eq!(names.iter().filter(|n| *n == name).count(), 1, "{name}");
        }
    }
}
