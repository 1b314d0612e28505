//! Entities of HTML.

/// The character of an entity.
pub(super) fn entity_text(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        let sign = char::from_u32(code)?;
        let seen = !sign.is_control()
            && !matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
        return Some(if sign == '\u{a0}' {
            " ".into()
        } else if seen {
            sign.into()
        } else {
            String::new()
        });
    }
    let text = match name {
        "nbsp" | "ensp" | "emsp" | "thinsp" => " ",
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "apos" => "'",
        "reg" => "®",
        "trade" => "™",
        "copy" => "©",
        "mdash" => "—",
        "ndash" => "–",
        "hellip" => "…",
        "rsquo" | "lsquo" => "’",
        "quot" | "ldquo" | "rdquo" => "\"",
        "bull" => "•",
        "check" => "✓",
        "shy" | "zwnj" | "zwj" => "",
        _ => return None,
    };
    Some(text.to_owned())
}
