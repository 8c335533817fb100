//! What a picture file says of AI: the label (GB 45438-2025), read wherever
//! TC260-PG-20259A puts it and written as a packet of its own, and weaker
//! signs, which are only reported.

use quick_xml::Reader;
use quick_xml::escape::{escape, unescape};
use quick_xml::events::{BytesStart, Event};

use super::strip::Notes;
use crate::ai_label::{self, AiLabel, AiLevel};
use crate::diagnostic::AssetFault;

/// The namespace of the label in XMP.
const NAMESPACE: &str = "http://www.tc260.org.cn/ns/AIGC/1.0/";

/// What a file says of AI.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Signs {
    /// What its label says, if it has one.
    pub level: Option<AiLevel>,
    /// What an editor hears of it.
    pub fault: Option<AssetFault>,
}

/// The label to be copied, as JSON.
pub(super) fn label(notes: &Notes) -> Option<String> {
    let label = AiLabel::read(&label_text(notes)?).ok()?;
    Some(label.json().to_owned())
}

/// What `notes` say of AI.
pub(super) fn signs(notes: &Notes) -> Signs {
    if let Some(text) = label_text(notes) {
        return of_label(&text);
    }
    let what = if says_trained(notes) {
        Some("IPTC DigitalSourceType")
    } else if notes.c2pa_ai {
        Some("C2PA")
    } else {
        notes.generator
    };
    Signs { level: None, fault: what.map(|what| AssetFault::AiTrace { what }) }
}

/// What a label's text says.
pub(super) fn of_label(text: &str) -> Signs {
    match AiLabel::read(text) {
        Ok(AiLabel { level, producer, number, .. }) => {
            Signs { level: Some(level), fault: Some(AssetFault::AiLabelled { level, producer, number }) }
        }
        Err(bad) => Signs {
            level: Some(ai_label::level_of_bad(text)),
            fault: Some(AssetFault::AiLabelNotCopied { bad }),
        },
    }
}

/// The text of the label: XMP's goes first, as in the standard.
fn label_text(notes: &Notes) -> Option<String> {
    let in_xmp = || property(std::str::from_utf8(notes.xmp.as_deref()?).ok()?, &is_label);
    let in_comment =
        || notes.user_comment().filter(|comment| comment.contains("AIGC") || comment.contains("\"Label\""));
    in_xmp().or_else(|| notes.label.clone()).or_else(in_comment)
}

fn is_label(name: &str) -> bool {
    name == "AIGC" || name.ends_with(":AIGC")
}

/// Whether XMP says that trained algorithms made it, wholly or in part (IPTC,
/// "Digital Source Type" news codes).
fn says_trained(notes: &Notes) -> bool {
    let value = || {
        let packet = std::str::from_utf8(notes.xmp.as_deref()?).ok()?;
        property(packet, &|name| name.ends_with(":DigitalSourceType"))
    };
    value().is_some_and(|value| value.ends_with("rainedAlgorithmicMedia"))
}

/// The value of the first property with such a name, as an attribute or as an
/// element with a text or a resource. `None` in a packet that is no XML up to
/// there.
pub(super) fn property(packet: &str, is_it: &dyn Fn(&str) -> bool) -> Option<String> {
    let mut reader = Reader::from_str(packet.trim_start_matches('\u{FEFF}'));
    let mut inside: Option<String> = None;
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) => {
                if let Some(value) = of_element(&element, is_it) {
                    return Some(value);
                }
                inside = is_it(&String::from_utf8_lossy(element.name().into_inner())).then(String::new);
            }
            Event::Empty(element) => {
                if let Some(value) = of_element(&element, is_it) {
                    return Some(value);
                }
            }
            Event::Text(text) => {
                if let Some(value) = &mut inside {
                    value.push_str(&text.decode().ok()?);
                }
            }
            Event::CData(text) => {
                if let Some(value) = &mut inside {
                    value.push_str(&text.decode().ok()?);
                }
            }
            Event::GeneralRef(name) => {
                if let Some(value) = &mut inside {
                    value.push_str(&unescape(&format!("&{};", name.decode().ok()?)).ok()?);
                }
            }
            Event::End(_) if inside.is_some() => return inside,
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The value that an element's attributes give: under the name itself, or as
/// the resource of an element with that name.
fn of_element(element: &BytesStart<'_>, is_it: &dyn Fn(&str) -> bool) -> Option<String> {
    let named = is_it(&String::from_utf8_lossy(element.name().into_inner()));
    element.attributes().with_checks(false).flatten().find_map(|attribute| {
        let key = String::from_utf8_lossy(attribute.key.into_inner()).into_owned();
        let meant = is_it(&key) || (named && key.ends_with(":resource"));
        let value = std::str::from_utf8(&attribute.value).ok().filter(|_| meant)?;
        Some(unescape(value).ok()?.into_owned())
    })
}

/// A packet of XMP that holds the label `json` and nothing else.
pub(super) fn packet(json: &str) -> String {
    format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">{}</x:xmpmeta><?xpacket end=\"r\"?>",
        rdf(json)
    )
}

/// The same as a drawing's metadata has it.
pub(super) fn rdf(json: &str) -> String {
    format!(
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:TC260=\"{NAMESPACE}\">\
         <TC260:AIGC>{}</TC260:AIGC></rdf:Description></rdf:RDF>",
        escape(json)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r#"{"Label":"1","ContentProducer":"demo"}"#;

    #[test]
    fn a_packet_gives_back_its_label() {
        assert_eq!(property(&packet(JSON), &is_label).as_deref(), Some(JSON));
        let attribute = format!("<a><rdf:Description TC260:AIGC='{}'/></a>", JSON.replace('"', "&quot;"));
        assert_eq!(property(&attribute, &is_label).as_deref(), Some(JSON));
        let data = format!("<a><TC260:AIGC><![CDATA[{JSON}]]></TC260:AIGC></a>");
        assert_eq!(property(&data, &is_label).as_deref(), Some(JSON));
        assert_eq!(property("<a><b>AIGC</b></a>", &is_label), None);
        assert_eq!(property("<a><b AIGC=", &is_label), None);
    }

    #[test]
    fn sources_are_named_as_attributes_and_as_resources() {
        let of = |xmp: &str| says_trained(&Notes { xmp: Some(xmp.as_bytes().to_vec()), ..Notes::default() });
        let code = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
        assert!(of(&format!("<a Iptc4xmpExt:DigitalSourceType='{code}'/>")));
        assert!(of(&format!("<a><Iptc4xmpExt:DigitalSourceType rdf:resource='{code}'/></a>")));
        assert!(of(&format!("<a><Iptc4xmpExt:DigitalSourceType>{code}</Iptc4xmpExt:DigitalSourceType></a>")));
        assert!(!of("<a Iptc4xmpExt:DigitalSourceType='http://x/digitalCapture'/>"));
    }
}
