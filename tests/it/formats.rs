//! What a file is, whatever it is called: nothing that no reader claims is
//! published without a word.

#![expect(clippy::disallowed_methods, reason = "some files are fixtures")]

use std::sync::Arc;

use zhuanlan::diagnostic::{Lang, Located, MaterialFault};
use zhuanlan::material::{Inspection, examine};

use crate::documents::{self, zip};
use crate::project::Project;
use crate::sensitive::{offering, run, said};

fn studied(name: &str, bytes: &[u8]) -> Inspection {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    examine(extension, &Arc::from(bytes))
}

#[track_caller]
fn check(name: &str, bytes: &[u8], expected: &[MaterialFault]) {
    assert_eq!(studied(name, bytes).faults, expected, "{name}");
}

fn unopened(kind: &str) -> MaterialFault {
    MaterialFault::Unopened { kind: kind.to_owned() }
}

fn program(what: &str) -> MaterialFault {
    MaterialFault::IsProgram { what: what.to_owned() }
}

fn seems(seems: &str) -> MaterialFault {
    MaterialFault::UnknownFormat { seems: Some(seems.to_owned()) }
}

/// The input of a case that was seen with real files.
fn case(path: &str) -> Vec<u8> {
    let path = format!("{}/tests/fixtures/cases/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).expect("a fixture")
}

#[test]
fn doc_html_saved_as_doc_unnoticed() {
    let folder = "doc-html-saved-as-doc-unnoticed";
    for (name, kind) in [
        ("学习计划.doc", "HTML"),
        ("学习计划表.xls", "HTML"),
        ("学习计划.mht", "MHT"),
        ("学习计划2003.doc", "Word 2003 XML"),
    ] {
        check(name, &case(&format!("{folder}/{name}")), &[unopened(kind)]);
    }
}

#[test]
fn doc_xlsb_called_damaged_or_macros() {
    check("plan.xlsb", &case("doc-xlsb-called-damaged-or-macros/plan.xlsb"), &[unopened("XLSB")]);
}

#[test]
fn doc_xls_password_not_seen() {
    check("a.xls", &case("doc-xls-password-not-seen/plan-password.xls"), &[MaterialFault::Encrypted]);
}

#[test]
fn documents_that_nobody_reads_are_named() {
    check("a.doc", b"\xDB\xA5\x2D\0\0\0\0\0", &[unopened("Word 2")]);
    check("a.xls", b"\x09\x04\x06\0\0\x04\x10\0", &[unopened("Excel 2–4")]);
    check("a.wps", b"{\\rtf1 x}", &[unopened("RTF")]);
    check("a.docx", b"{\\rtf1 x}", &[unopened("RTF")]);
    check(
        "a.fodt",
        b"<?xml version='1.0'?><office:document xmlns:office='x'/>",
        &[unopened("OpenDocument XML")],
    );
    check(
        "a.xml",
        b"<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
        &[unopened("Excel 2003 XML")],
    );
    check("a.htm", b"<p>x</p>", &[unopened("HTML")]);
    check("a.zip", &zip(&[("Index/Document.iwa", b"x")]), &[unopened("iWork")]);
    check("a.dat", b"Rar!\x1A\x07\0", &[unopened("RAR")]);
    check("a.dat", b"\x1F\x8B\x08\0", &[unopened("gzip")]);
    check("a.doc", &documents::compound("--- /VisioDocument\nx"), &[unopened("Visio")]);
    check("a.doc", &documents::compound("--- /Other\nx"), &[seems("OLE")]);
    check("a.ttf", b"\0\x01\0\0\0\x0C\0\x80\0\x03\0\x40", &[seems("TTF")]);
    check("a.dat", b"\x01\x02\x03\x04", &[MaterialFault::UnknownFormat { seems: None }]);
}

#[test]
fn what_has_nothing_to_hide_passes() {
    for name in ["a.txt", "a.csv", "a.log", "a.doc", "a.json", "a.vtt"] {
        check(name, "学习计划\n一、学习\n".as_bytes(), &[]);
    }
    check("a.txt", b"<html><p>x</p>", &[]);
    check("a.txt", b"#!/bin/sh\n", &[]);
}

#[test]
fn programs_are_refused_by_their_bytes_and_by_their_names() {
    check("a.txt", b"MZ\x90\0\x03\0\0\0", &[program("EXE")]);
    check("a.pdf", b"\x7FELF\x02\x01\x01", &[program("ELF")]);
    check("a.doc", b"#!/bin/sh\nls\n", &[program("Shell")]);
    check("a.dat", b"@echo off\r\ndel x\r\n", &[program("BAT")]);
    check("a.vbs", b"MsgBox 1\r\n", &[program("VBS")]);
    check("a.ps1", b"ls\r\n", &[program("PS1")]);
    let jar = zip(&[("META-INF/MANIFEST.MF", b"x"), ("A.class", b"\xCA\xFE\xBA\xBE")]);
    check("a.zip", &jar, &[program("JAR")]);
    check("a.apk", &zip(&[("AndroidManifest.xml", b"x")]), &[program("APK")]);
}

#[test]
fn a_program_called_a_video_is_refused() {
    let text = "---\ntitle: 题\ndate: 2021-03-09\nsummary: 摘要。\n---\n[视频](a.mp4)\n";
    let project = offering("a.txt", b"x", "")
        .file("content/news/b.md", text)
        .file("content/news/a.mp4", b"MZ\x90\0\x03\0\0\0");
    assert_eq!(said(&run(&project)), ["program-attached 这个文件是程序或脚本（EXE），不能发布"]);
}

#[test]
fn files_of_content_static_are_looked_at_too() {
    let found = |name: &str, bytes: &[u8]| {
        let project = Project::new()
            .column("base_url: https://example.org/\nsections: [{folder: news, title: 新闻}]")
            .file("content/news/a.md", "---\ntitle: 题\ndate: 2021-03-09\nsummary: 摘要。\n---\n文\n")
            .file(&format!("content/static/{name}"), bytes);
        let code = |found: &Located| {
            assert_ne!(found.kind.message(Lang::Zh), found.kind.message(Lang::En));
            found.kind.code()
        };
        run(&project).findings.iter().map(code).collect::<Vec<_>>()
    };
    let plain: [(&str, &[u8]); 5] = [
        ("a.html", b"<!doctype html><p>x</p>"),
        ("a.js", b"new ActiveXObject('x')"),
        ("a.woff2", b"wOF2\0\x01\0\0"),
        ("verify.txt", b"x-1234"),
        (".htaccess", b"Options -Indexes"),
    ];
    for (name, bytes) in plain {
        assert_eq!(found(name, bytes), [""; 0], "{name}");
    }
    assert_eq!(found("a.pdf", &documents::pdf(documents::PDF)), ["static-unseen"]);
    assert_eq!(found("a.woff2", b"\x01\x02"), ["static-unseen"]);
    assert_eq!(found("a.txt", b"\x7FELF\x02\x01\x01"), ["program-attached"]);
    assert_eq!(found("a.csv", "张三,13912345678\n".as_bytes()), ["mobile-number"]);
}
