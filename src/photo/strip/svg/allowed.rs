//! What draws: the elements and attributes of a drawing that go out.
//!
//! From the lists of SVG 1.1 and 2 (appendices "Element Index", "Attribute
//! Index" and "Property Index"), without what acts, moves, names or leads
//! elsewhere. **Flat table:** two lists.

/// Elements that draw.
pub(in crate::photo) const ELEMENTS: [&str; 48] = [
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "switch",
    "style",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "image",
    "text",
    "tspan",
    "textPath",
    "linearGradient",
    "radialGradient",
    "stop",
    "pattern",
    "clipPath",
    "mask",
    "marker",
    "filter",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feTile",
    "feTurbulence",
];

/// Elements that draw nothing, and whose going is no loss.
pub(super) const NOTES: [&str; 4] = ["title", "desc", "metadata", "view"];

/// Whether an attribute draws; names that others refer to (`id`, `class`) and
/// addresses (`href`) are dealt with apart.
pub(in crate::photo) fn draws(name: &str) -> bool {
    ATTRIBUTES.split_ascii_whitespace().any(|known| known == name)
}

const ATTRIBUTES: &str = "
    amplitude azimuth baseFrequency bias clipPathUnits cx cy d diffuseConstant divisor dx dy edgeMode elevation
    exponent filterRes filterUnits fr fx fy gradientTransform gradientUnits height in in2 intercept k1 k2 k3 k4
    kernelMatrix kernelUnitLength lengthAdjust limitingConeAngle markerHeight markerUnits markerWidth
    maskContentUnits maskUnits method mode numOctaves offset operator order orient path pathLength
    patternContentUnits patternTransform patternUnits points pointsAtX pointsAtY pointsAtZ preserveAlpha
    preserveAspectRatio primitiveUnits r radius refX refY result rotate rx ry scale seed side slope spacing
    specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles style surfaceScale
    systemLanguage tableValues targetX targetY textLength transform type values version viewBox width x x1 x2
    xChannelSelector xml:lang xml:space y y1 y2 yChannelSelector z media lang

    alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation
    color-interpolation-filters color-rendering direction display dominant-baseline enable-background fill
    fill-opacity fill-rule filter flood-color flood-opacity font font-family font-feature-settings font-kerning
    font-size font-size-adjust font-stretch font-style font-variant font-variant-caps
    font-variant-east-asian font-variant-ligatures font-variant-numeric font-weight
    glyph-orientation-horizontal glyph-orientation-vertical image-rendering isolation kerning letter-spacing
    lighting-color line-height marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity
    overflow paint-order shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration
    text-decoration-color text-decoration-line text-decoration-style text-orientation text-overflow
    text-rendering transform-box transform-origin unicode-bidi vector-effect visibility white-space
    word-spacing writing-mode
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_or_acts_draws_nothing() {
        for name in
            ["content", "host", "data-name", "aria-label", "role", "onload", "id", "href", "", "xmlns"]
        {
            assert!(!draws(name), "{name}");
        }
        assert!(draws("d") && draws("viewBox") && draws("stroke-width"));
    }
}
