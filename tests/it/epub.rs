//! EPUBs as materials: their text in the order of reading, and the copy that is
//! published. (That no planted name is in it: `office.rs`.)

use std::io::{Cursor, Read as _};
use std::sync::Arc;

use zhuanlan::diagnostic::MaterialFault;
use zhuanlan::material::{Inspection, TextState, cleaned, examine};

use crate::documents::package;

const CONTAINER: &str = "--- mimetype\napplication/epub+zip\n--- META-INF/container.xml\n<container><rootfiles><rootfile full-path=\"b/p.opf\"/></rootfiles></container>\n";

/// A book of these manifest entries, `id media href`, the spine in the order of
/// `spine`, and these parts.
fn book(items: &[&str], spine: &[&str], parts: &str) -> Vec<u8> {
    let item = |item: &&str| {
        let mut words = item.split(' ');
        let mut word = || words.next().expect("three words");
        format!("<item id=\"{}\" media-type=\"{}\" href=\"{}\"/>", word(), word(), word())
    };
    let items: String = items.iter().map(item).collect();
    let spine: String = spine.iter().map(|id| format!("<itemref idref=\"{id}\"/>")).collect();
    package(&format!(
        "{CONTAINER}--- b/p.opf\n<package unique-identifier=\"i\"><metadata><identifier id=\"i\">x</identifier><title>书</title></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>\n{parts}"
    ))
}

fn studied(bytes: &[u8]) -> Inspection {
    examine("epub", &Arc::from(bytes))
}

fn part(archive: &[u8], name: &str) -> Option<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).ok()?.read_to_string(&mut text).expect("a text");
    Some(text)
}

#[test]
fn chapters_are_read_in_the_order_of_the_spine() {
    let bytes = book(
        &[
            "a application/xhtml+xml x/a.xhtml",
            "b application/xhtml+xml %E4%B9%99.xhtml",
            "c application/xhtml+xml c.xhtml",
        ],
        &["b", "a", "b"],
        "--- b/乙.xhtml\n<html><head><title>题</title></head><body><h1>第一章</h1><div>甲<p>乙<br/>丙</p>丁</div><ruby>学<rt>xué</rt></ruby>习<p hidden=\"\">藏</p></body></html>\n\
         --- b/x/a.xhtml\n<html><body><table><tr><th>姓名</th><td><p>单位</p><p>职务</p></td></tr></table><p>A&nbsp;&amp;&hellip;</p></body></html>\n\
         --- b/c.xhtml\n<html><body>不在书里</body></html>\n",
    );
    let study = studied(&bytes);
    assert_eq!(study.faults, []);
    assert_eq!(study.text.paragraphs, ["第一章", "甲", "乙 丙", "丁", "学习", "姓名\t单位 职务", "A &…"]);
    assert!(study.copy.is_some());
}

#[test]
fn the_copy_has_what_readers_need() {
    let bytes = book(
        &[
            "a application/xhtml+xml a.xhtml",
            "s text/css s.css",
            "j text/javascript a.js",
            "f font/woff2 f.woff2",
        ],
        &["a"],
        "--- b/a.xhtml\n<html><head><link rel=\"stylesheet\" href=\"s.css\"/><script src=\"a.js\"/></head><body><p class=\"x\" id=\"y\"><a href=\"#y\">字</a></p></body></html>\n\
         --- b/s.css\np{content:\"/*\"}/* 甲 */\n--- b/a.js\nx\n--- b/f.woff2\nwOF2\n--- b/rest.txt\nx\n",
    );
    let clean = cleaned(&bytes).expect("a copy");
    assert_eq!(
        part(&clean, "b/a.xhtml").as_deref(),
        Some(
            "<html><head><link rel=\"stylesheet\" href=\"s.css\"/></head><body><p class=\"x\" id=\"y\"><a href=\"#y\">字</a></p></body></html>"
        )
    );
    assert_eq!(part(&clean, "b/s.css").as_deref(), Some("p{content:\"/*\"} "));
    assert_eq!((part(&clean, "b/a.js"), part(&clean, "b/rest.txt")), (None, None));
    assert!(part(&clean, "b/f.woff2").is_some());
    let opf = part(&clean, "b/p.opf").expect("a package file");
    assert!(!opf.contains("a.js") && opf.contains("<identifier id=\"i\">urn:sha256:"), "{opf}");
    // Programs know the file by what stands first (EPUB 3.3, 4.3.3).
    assert!(clean.get(30..38).is_some_and(|head| head == b"mimetype"));
    assert!(cleaned(&clean).is_some_and(|again| again == clean));
}

#[test]
fn books_that_can_not_be_read_are_said() {
    let chapter = "--- b/a.xhtml\n<html><body>字</body></html>\n";
    let encrypted = |way: &str| {
        let list = format!(
            "{chapter}--- META-INF/encryption.xml\n<encryption><EncryptedData><EncryptionMethod Algorithm=\"{way}\"/></EncryptedData></encryption>\n"
        );
        studied(&book(&["a application/xhtml+xml a.xhtml"], &["a"], &list)).faults
    };
    assert_eq!(encrypted("http://www.w3.org/2001/04/xmlenc#aes128-cbc"), [MaterialFault::Encrypted]);
    assert_eq!(encrypted("http://www.idpf.org/2008/embedding"), []);
    assert_eq!(studied(&package(CONTAINER)).faults, [MaterialFault::Damaged]);
    let unopened = MaterialFault::Unopened { kind: "EPUB".to_owned() };
    let strange =
        studied(&book(&["a application/x-dtbook+xml a.xml"], &["a"], "--- b/a.xml\n<book>字</book>\n"));
    assert_eq!((strange.faults, strange.text.state), (vec![unopened], TextState::Unread));
}
