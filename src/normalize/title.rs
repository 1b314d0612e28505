//! The title of a page, which names its product.

/// Whether a title has a product's name, or what stands in it before "for" and "on". Both are
/// canonical.
pub(super) fn names_product(title: &str, product: &str) -> bool {
    let cuts = [" for ", " on ", " in ", " with "];
    let head = cuts.iter().find_map(|cut| product.split_once(cut)).map(|(head, _)| head);
    let title = format!(" {title} ");
    let named = |name: &str| !name.is_empty() && title.contains(&format!(" {name} "));
    [Some(product), head].into_iter().flatten().any(named)
}
