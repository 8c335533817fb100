//! Which keys may stay in which dictionary of a PDF (ISO 32000-2).
//!
//! Programs put keys of their own into every kind of object: who drew a figure,
//! on which computer, out of which file. So a list says what stays, not what
//! goes; it leaves out of the standard what no reader sees (dates, articles'
//! information, alternate pictures, measures, thumbnails).

use lopdf::{Dictionary, Object};

/// What an object is, by the way that led to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// A value of its own, or a way back to what stands elsewhere.
    Leaf,
    /// Something else: see [`Keys::Open`].
    Any,
    Catalog,
    /// A page, or a node of their tree (7.7.3).
    Node,
    Resources,
    /// A form or a picture (8.9, 8.10).
    Drawing,
    Pattern,
    /// A stream of operators or of data: nothing but how it is packed.
    Stream,
    /// Type 0, 1, 3, `TrueType`, and those that a Type 0 font is made of (9.6, 9.7).
    Font,
    Descriptor,
    FontFile,
    /// An annotation, a field of a form, or both (12.5, 12.7).
    Annotation,
    /// Streams by the states of an annotation (12.5.5).
    Appearance,
    Action,
    /// An action, or a place in the document.
    Opening,
    /// A file specification (7.11), also as a string.
    File,
    Embedded,
    /// The size of an embedded file.
    Parameters,
    Outline,
    /// The trees of names.
    Names,
    /// A tree whose leaves are files.
    FileTree,
    Form,
    /// The tree of structure and its elements (14.7).
    Structure,
    /// Attributes of an element.
    Attributes,
    Classes,
    Layers,
    LayerConfig,
    /// A layer, a group of them, or properties of marked content.
    Layer,
    Usage,
    /// Dictionaries whose keys are names that the document gives.
    Drawings,
    Patterns,
    Streams,
    Fonts,
    Layered,
    Actions,
    Appearances,
    EmbeddedFiles,
    Anything,
}

/// What may stand in a dictionary.
pub(super) enum Keys {
    /// These, each in its role.
    Listed(&'static [(&'static [&'static str], Role)]),
    /// Whatever there is, in this role.
    All(Role),
    /// Whatever there is, but what is private everywhere, and strings whose key
    /// is not among [`STRINGS`].
    Open,
}

impl Role {
    /// What may stand in a dictionary of this role.
    pub(super) fn keys(self) -> Keys {
        Keys::Listed(match self {
            Self::Leaf | Self::Any | Self::Opening => return Keys::Open,
            Self::Drawings | Self::Appearance => return Keys::All(Self::Drawing),
            Self::Patterns => return Keys::All(Self::Pattern),
            Self::Streams => return Keys::All(Self::Stream),
            Self::Fonts => return Keys::All(Self::Font),
            Self::Layered => return Keys::All(Self::Layer),
            Self::Actions => return Keys::All(Self::Action),
            Self::Appearances => return Keys::All(Self::Appearance),
            Self::Classes => return Keys::All(Self::Attributes),
            Self::EmbeddedFiles => return Keys::All(Self::Embedded),
            Self::Anything => return Keys::All(Self::Any),
            Self::Catalog => CATALOG,
            Self::Node => NODE,
            Self::Resources => RESOURCES,
            Self::Drawing => DRAWING,
            Self::Pattern => PATTERN,
            Self::Stream => STREAM,
            Self::Font => FONT,
            Self::Descriptor => DESCRIPTOR,
            Self::FontFile => FONT_FILE,
            Self::Annotation => ANNOTATION,
            Self::Action => ACTION,
            Self::File => FILE,
            Self::Embedded => EMBEDDED,
            Self::Parameters => PARAMETERS,
            Self::Outline => OUTLINE,
            Self::Names => NAMES,
            Self::FileTree => FILE_TREE,
            Self::Form => FORM,
            Self::Structure => STRUCTURE,
            Self::Attributes => ATTRIBUTES,
            Self::Layers => LAYERS,
            Self::LayerConfig => LAYER_CONFIG,
            Self::Layer => LAYER,
            Self::Usage => USAGE,
        })
    }

    /// What a dictionary is that was come upon on an open way, by what it says
    /// of itself.
    pub(super) fn of(dictionary: &Dictionary) -> Self {
        let name = |key: &[u8]| dictionary.get(key).and_then(Object::as_name).unwrap_or_default();
        match (name(b"Type"), name(b"Subtype")) {
            (b"Catalog", _) => Self::Catalog,
            (b"Page" | b"Pages", _) => Self::Node,
            (b"Font", _) => Self::Font,
            (b"FontDescriptor", _) => Self::Descriptor,
            (b"XObject", _) | (b"", b"Form" | b"Image") => Self::Drawing,
            (b"Pattern", _) => Self::Pattern,
            (b"Annot", _) => Self::Annotation,
            (b"Action", _) => Self::Action,
            (b"Filespec" | b"F", _) => Self::File,
            (b"EmbeddedFile", _) => Self::Embedded,
            (b"Outlines", _) => Self::Outline,
            (b"OCG" | b"OCMD", _) => Self::Layer,
            (b"StructTreeRoot" | b"StructElem", _) => Self::Structure,
            _ if dictionary.has(b"EF") => Self::File,
            _ if dictionary.has(b"S") && (dictionary.has(b"URI") || dictionary.has(b"F")) => Self::Action,
            _ => Self::Any,
        }
    }
}

/// Keys of strings, and of lists with strings in them, that the standard knows
/// in dictionaries without a list of their own: labels of pages, colours,
/// collections of characters, buttons, trees of names.
pub(super) const STRINGS: [&str; 22] = [
    "P",
    "OutputCondition",
    "OutputConditionIdentifier",
    "RegistryName",
    "Info",
    "Registry",
    "Ordering",
    "CA",
    "RC",
    "AC",
    "N",
    "D",
    "F",
    "UF",
    "Lang",
    "NS",
    "Names",
    "Limits",
    "ColorSpace",
    "CS",
    "V",
    "Order",
];

/// Keys, each in its role.
type List = &'static [(&'static [&'static str], Role)];

const CATALOG: List = &[
    (&["Type", "Version", "Extensions", "PageLayout", "PageMode", "MarkInfo", "Lang", "Dests"], Role::Leaf),
    (&["NeedsRendering"], Role::Leaf),
    (&["PageLabels", "ViewerPreferences", "OutputIntents", "Collection"], Role::Any),
    (&["Pages"], Role::Node),
    (&["Names"], Role::Names),
    (&["Outlines"], Role::Outline),
    (&["OpenAction"], Role::Opening),
    (&["AcroForm"], Role::Form),
    (&["StructTreeRoot"], Role::Structure),
    (&["OCProperties"], Role::Layers),
    (&["AF"], Role::File),
];

const NODE: List = &[
    (&["Type", "Count", "MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox"], Role::Leaf),
    (&["Rotate", "StructParents", "UserUnit", "Tabs", "Dur", "Parent"], Role::Leaf),
    (&["Kids"], Role::Node),
    (&["Resources"], Role::Resources),
    (&["Contents"], Role::Stream),
    (&["Group", "Trans", "BoxColorInfo", "OutputIntents"], Role::Any),
    (&["Annots"], Role::Annotation),
    (&["AF"], Role::File),
];

const RESOURCES: List = &[
    (&["ExtGState", "ColorSpace", "Shading"], Role::Anything),
    (&["ProcSet"], Role::Leaf),
    (&["XObject"], Role::Drawings),
    (&["Pattern"], Role::Patterns),
    (&["Font"], Role::Fonts),
    (&["Properties"], Role::Layered),
];

/// How every stream may be packed.
const STREAM: List = &[(&["Length", "Filter"], Role::Leaf), (&["DecodeParms"], Role::Any)];

const DRAWING: List = &[
    (&["Length", "Filter", "Type", "Subtype", "Subtype2", "FormType", "BBox", "Matrix", "Name"], Role::Leaf),
    (&["StructParent", "StructParents", "Width", "Height", "BitsPerComponent", "Intent"], Role::Leaf),
    (&["ImageMask", "Decode", "Interpolate", "SMaskInData", "Matte"], Role::Leaf),
    (&["DecodeParms", "Group", "ColorSpace"], Role::Any),
    (&["Mask", "SMask"], Role::Drawing),
    (&["Resources"], Role::Resources),
    (&["OC"], Role::Layer),
];

const PATTERN: List = &[
    (&["Length", "Filter", "Type", "PatternType", "PaintType", "TilingType", "BBox"], Role::Leaf),
    (&["XStep", "YStep", "Matrix"], Role::Leaf),
    (&["DecodeParms", "Shading", "ExtGState"], Role::Any),
    (&["Resources"], Role::Resources),
];

const FONT: List = &[
    (&["Type", "Subtype", "Name", "BaseFont", "FirstChar", "LastChar", "CIDSystemInfo", "DW"], Role::Leaf),
    (&["DW2", "FontBBox", "FontMatrix"], Role::Leaf),
    (&["Widths", "W", "W2", "Encoding", "ToUnicode", "CIDToGIDMap"], Role::Any),
    (&["FontDescriptor"], Role::Descriptor),
    (&["DescendantFonts"], Role::Font),
    (&["CharProcs"], Role::Streams),
    (&["Resources"], Role::Resources),
];

const DESCRIPTOR: List = &[
    (&["Type", "FontName", "FontFamily", "FontStretch", "FontWeight", "Flags", "FontBBox"], Role::Leaf),
    (&["ItalicAngle", "Ascent", "Descent", "Leading", "CapHeight", "XHeight", "StemV", "StemH"], Role::Leaf),
    (&["AvgWidth", "MaxWidth", "MissingWidth", "CharSet", "Style", "Lang"], Role::Leaf),
    (&["FD"], Role::Any),
    (&["CIDSet"], Role::Stream),
    (&["FontFile", "FontFile2", "FontFile3"], Role::FontFile),
];

const FONT_FILE: List = &[
    (&["Length", "Filter", "Length1", "Length2", "Length3", "Subtype"], Role::Leaf),
    (&["DecodeParms"], Role::Any),
];

const ANNOTATION: List = &[
    (
        &["Type", "Subtype", "Rect", "Contents", "F", "AS", "Border", "C", "StructParent", "CA", "ca"],
        Role::Leaf,
    ),
    (&["BM", "Lang", "Dest", "H", "QuadPoints", "IT", "Open", "Name", "Sy", "CL", "RD", "DA"], Role::Leaf),
    (&["Q", "DS", "RC", "RT", "State", "StateModel", "L", "LE", "LL", "LLE", "Cap", "LLO", "CP"], Role::Leaf),
    (
        &["CO", "IC", "Vertices", "InkList", "Path", "FT", "Ff", "T", "TU", "DV", "V", "MaxLen", "Opt"],
        Role::Leaf,
    ),
    (&["TI", "I", "Repeat", "OverlayText", "RO", "P"], Role::Leaf),
    (&["BS", "BE", "Movie", "Sound", "RichMediaContent", "RichMediaSettings"], Role::Any),
    (&["3DD", "3DV", "3DA", "3DI", "3DB"], Role::Any),
    (&["Popup", "Parent", "Kids", "IRT"], Role::Annotation),
    (&["AP"], Role::Appearances),
    (&["MK"], Role::Any),
    (&["A", "PA"], Role::Action),
    (&["AA"], Role::Actions),
    (&["FS"], Role::File),
    (&["OC"], Role::Layer),
];

const ACTION: List = &[
    (&["Type", "S", "D", "SD", "NewWindow", "URI", "IsMap", "N", "T", "H", "Fields", "Flags"], Role::Leaf),
    (&["Annotation", "Operation", "State", "PreserveRB", "Volume", "Synchronous", "Repeat"], Role::Leaf),
    (&["Mix", "OP", "AN", "JS", "TA", "CMD", "CI"], Role::Leaf),
    (&["R", "Sound", "Trans"], Role::Any),
    (&["F"], Role::File),
    (&["Next"], Role::Action),
];

const FILE: List = &[
    (&["Type", "FS", "F", "UF", "Desc", "AFRelationship"], Role::Leaf),
    (&["EF"], Role::EmbeddedFiles),
    (&["CI"], Role::Any),
];

const EMBEDDED: List = &[
    (&["Type", "Subtype", "Length", "Filter"], Role::Leaf),
    (&["DecodeParms"], Role::Any),
    (&["Params"], Role::Parameters),
];

const PARAMETERS: List = &[(&["Size"], Role::Leaf)];

const OUTLINE: List = &[
    (&["Type", "Title", "Count", "Dest", "C", "F"], Role::Leaf),
    (&["Parent", "Prev", "Next", "First", "Last"], Role::Outline),
    (&["A"], Role::Action),
    (&["SE"], Role::Structure),
];

const NAMES: List = &[
    (&["Dests"], Role::Leaf),
    (&["AP", "JavaScript", "Renditions"], Role::Any),
    (&["EmbeddedFiles"], Role::FileTree),
];

const FILE_TREE: List = &[(&["Kids"], Role::FileTree), (&["Names", "Limits"], Role::File)];

const FORM: List = &[
    (&["NeedAppearances", "SigFlags", "CO", "DA", "Q"], Role::Leaf),
    (&["Fields"], Role::Annotation),
    (&["DR"], Role::Resources),
];

const STRUCTURE: List = &[
    (&["Type", "S", "ID", "IDTree", "C", "R", "Lang", "Alt", "E", "ActualText", "NS", "RoleMap"], Role::Leaf),
    (&["ParentTree", "ParentTreeNextKey", "Namespaces", "MCID", "Stm", "StmOwn", "Obj"], Role::Leaf),
    (&["Phoneme", "PhoneticAlphabet", "Pg"], Role::Leaf),
    (&["K", "P", "Ref"], Role::Structure),
    (&["A"], Role::Attributes),
    (&["ClassMap"], Role::Classes),
    (&["AF"], Role::File),
];

/// Of layout, lists, tables and fields (14.8.5); not what users define.
const ATTRIBUTES: List = &[
    (&["O", "Placement", "WritingMode", "BackgroundColor", "BorderColor", "BorderStyle"], Role::Leaf),
    (&["BorderThickness", "Padding", "Color", "SpaceBefore", "SpaceAfter", "StartIndent"], Role::Leaf),
    (&["EndIndent", "TextIndent", "TextAlign", "BBox", "Width", "Height", "BlockAlign"], Role::Leaf),
    (&["InlineAlign", "TBorderStyle", "TPadding", "LineHeight", "BaselineShift"], Role::Leaf),
    (&["TextDecorationColor", "TextDecorationThickness", "TextDecorationType", "RubyAlign"], Role::Leaf),
    (&["RubyPosition", "GlyphOrientationVertical", "ColumnCount", "ColumnGap", "ColumnWidths"], Role::Leaf),
    (&["ListNumbering", "ContinuedList", "ContinuedFrom", "Role", "checked", "Checked", "Desc"], Role::Leaf),
    (&["RowSpan", "ColSpan", "Headers", "Scope", "Summary", "Short", "Type", "Subtype"], Role::Leaf),
];

const LAYERS: List = &[(&["OCGs"], Role::Layer), (&["D", "Configs"], Role::LayerConfig)];

const LAYER_CONFIG: List = &[
    (&["Name", "BaseState", "Intent", "ListMode", "RBGroups", "Locked", "AS"], Role::Leaf),
    (&["ON", "OFF", "Order"], Role::Layer),
];

const LAYER: List = &[
    (&["Type", "Subtype", "Name", "Intent", "VE", "MCID", "Lang", "ActualText", "Alt", "E"], Role::Leaf),
    (&["Attached", "BBox"], Role::Leaf),
    (&["OCGs"], Role::Layer),
    (&["P"], Role::Leaf),
    (&["Usage"], Role::Usage),
];

const USAGE: List = &[(&["Language", "Export", "Zoom", "Print", "View", "PageElement"], Role::Any)];
