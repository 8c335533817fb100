//! Which elements and attributes of an OFD may stay (GB/T 33190-2016): those
//! that draw, lead somewhere, or say how the file is shown.

/// What may stay in a part.
pub(super) struct List {
    /// Elements without a text of their own.
    elements: &'static [&'static str],
    /// Elements with one.
    texts: &'static [&'static str],
    attributes: &'static [&'static str],
}

impl List {
    pub(super) fn has_element(&self, name: &[u8]) -> bool {
        self.elements.iter().any(|known| known.as_bytes() == name) || self.has_text(name)
    }

    /// Whether an element of that name has a text that stays.
    pub(super) fn has_text(&self, name: &[u8]) -> bool {
        self.texts.iter().any(|known| known.as_bytes() == name)
    }

    /// Whether the attribute `key` (whole, with its prefix) of an element may
    /// stay.
    pub(super) fn has_attribute(&self, element: &[u8], key: &[u8]) -> bool {
        match key {
            // Objects, templates and layers have names that nobody sees.
            b"Name" => matches!(element, b"Bookmark" | b"Attachment"),
            b"Creator" => element == b"Annot",
            key => {
                key == b"xmlns"
                    || key.starts_with(b"xmlns:")
                    || self.attributes.iter().any(|known| known.as_bytes() == key)
            }
        }
    }
}

/// Of the entry: who wrote it when with which program, and what programs note
/// of it, goes.
pub(super) const ROOT: List = List {
    elements: &["OFD", "DocBody", "DocInfo"],
    texts: &["DocID", "Title", "DocUsage", "DocRoot"],
    attributes: &["Version", "DocType"],
};

/// Of all other parts.
#[rustfmt::skip]
pub(super) const BODY: List = List {
    elements: &[
        // The document (7.5 to 7.9).
        "Document", "CommonData", "PageArea", "TemplatePage", "Pages", "Page", "Outlines", "OutlineElem", "Permissions",
        "Print", "ValidPeriod", "VPreferences", "Bookmarks", "Bookmark",
        // Actions (14).
        "Actions", "Action", "Region", "Area", "Move", "Line", "QuadraticBezier", "CubicBezier", "Arc", "Close", "Goto",
        "Dest", "URI", "GotoA", "Sound", "Movie",
        // Pages (7.7) and what stands on them (8 to 13).
        "Template", "Content", "Layer", "PageBlock", "TextObject", "PathObject", "ImageObject", "CompositeObject",
        "CGTransform", "FillColor", "StrokeColor", "Pattern", "CellContent", "AxialShd", "RadialShd", "GouraudShd",
        "GourandShd", "LaGouraudShd", "LaGourandShd", "Segment", "Color", "Point", "BackColor", "Border", "BorderColor",
        "Clips", "Clip", "Path", "Text",
        // Resources (7.9).
        "Res", "ColorSpaces", "ColorSpace", "Palette", "DrawParams", "DrawParam", "Fonts", "Font", "MultiMedias",
        "MultiMedia", "CompositeGraphicUnits", "CompositeGraphicUnit",
        // Annotations (15) and attachments (17).
        "PageAnnot", "Appearance", "Attachment",
    ],
    texts: &[
        "MaxUnitID", "PublicRes", "DocumentRes", "DefaultCS", "Edit", "Export", "Signature", "Watermark", "PrintScreen",
        "PageMode", "PageLayout", "TabDisplay", "HideToolbar", "HideMenubar", "HideWindowUI", "ZoomMode", "Zoom",
        "Annotations", "Attachments", "PhysicalBox", "ApplicationBox", "ContentBox", "BleedBox", "PageRes", "TextCode",
        "Glyphs", "AbbreviatedData", "CV", "FontFile", "MediaFile", "Substitution", "FileLoc", "Remark", "Annot",
    ],
    attributes: &[
        "ID", "Boundary", "CTM", "DrawParam", "LineWidth", "Cap", "Join", "MiterLimit", "DashOffset", "DashPattern",
        "Alpha", "Visible", "Type", "Subtype", "Font", "Size", "Stroke", "Fill", "HScale", "ReadDirection",
        "CharDirection", "Weight", "Italic", "X", "Y", "DeltaX", "DeltaY", "CodePosition", "CodeCount", "GlyphCount",
        "Rule", "Start", "ResourceID", "Substitution", "ImageMask", "Value", "Index", "ColorSpace", "MapType",
        "MapUnit", "Extend", "StartPoint", "EndPoint", "StartRadius", "EndRadius", "Eccentricity", "Angle", "Position",
        "EdgeFlag", "VerticesPerRow", "Width", "Height", "XStep", "YStep", "ReflectMethod", "RelativeTo", "BaseLoc",
        "TemplateID", "ZOrder", "FontName", "FamilyName", "Charset", "Serif", "Bold", "FixedWidth", "Format",
        "BitsPerComponent", "Profile", "DefaultCS", "Relative", "HorizonalCornerRadius", "VerticalCornerRadius",
        "TransFlag", "Event", "PageID", "Left", "Top", "Right", "Bottom", "Zoom", "URI", "Base", "AttachID",
        "NewWindow", "Volume", "Repeat", "Synchronous", "Operator", "Title", "Count", "Expanded", "Printable", "Copies",
        "StartDate", "EndDate", "Usage", "Print", "NoZoom", "NoRotate", "ReadOnly", "Point1", "Point2", "Point3",
        "EllipseSize", "RotationAngle", "LargeArc", "SweepDirection",
    ],
};
