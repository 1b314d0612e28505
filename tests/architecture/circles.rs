//! Names of types and import circles, read from the sources.

use std::collections::{BTreeMap, BTreeSet};

/// Names that two types may bear, with the reason.
const SHARED_NAMES: &[(&str, &str)] = &[];

/// The path of a module, from the root of the crate.
type ModulePath = Vec<String>;

struct Import {
    /// What is imported or named, as the file writes it.
    path: Vec<String>,
    /// The name that it has in this file; none for a path within code.
    alias: Option<String>,
}

/// The code of each module without its tests, by its path.
fn modules() -> BTreeMap<ModulePath, String> {
    let mut modules = BTreeMap::new();
    for source in super::sources() {
        let inner = source.path.with_extension("");
        let mut parts: Vec<String> =
            inner.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        match parts.last().map(String::as_str) {
            Some("tests" | "testing" | "fixture" | "main") => continue,
            Some("mod" | "lib") => drop(parts.pop()),
            _ => {}
        }
        modules.insert(parts, production_code(&source.text));
    }
    modules
}

/// The lines of a file above its tests, without comments and items that only tests have.
fn production_code(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let item = line.trim();
        if item.starts_with("#[cfg(test)]") || item.starts_with("#[cfg(all(test") {
            let next = lines.peek().map_or("", |next| next.trim());
            if next.ends_with(" {") && next.contains("mod ") {
                break;
            }
            if next.ends_with(';') {
                lines.next();
            }
            continue;
        }
        if !item.starts_with("//") {
            code.push_str(line);
            code.push('\n');
        }
    }
    code
}

/// All imports of a file, and all paths that its code names.
fn imports(code: &str) -> Vec<Import> {
    let mut imports = Vec::new();
    let mut statement = String::new();
    for line in code.lines() {
        let item = line.trim();
        let without_visibility = match item.strip_prefix("pub") {
            Some(rest) if rest.starts_with('(') => rest.split_once(')').map_or(rest, |(_, r)| r),
            Some(rest) => rest,
            None => item,
        };
        if !statement.is_empty() {
            statement.push_str(item);
        } else if let Some(tree) = without_visibility.trim_start().strip_prefix("use ") {
            statement.push_str(tree);
        } else {
            imports.extend(named_paths(line).map(|path| Import { path, alias: None }));
        }
        if statement.ends_with(';') {
            statement.pop();
            expand(&statement, &[], &mut imports);
            statement.clear();
        }
    }
    imports
}

/// The paths that a line of code names: `tables::align_tables`, `super::Names::builtin`.
fn named_paths(line: &str) -> impl Iterator<Item = Vec<String>> + '_ {
    line.split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':')
        .filter(|word| word.contains("::") && word.starts_with(|c: char| c.is_ascii_lowercase()))
        .map(|word| word.split("::").map(str::to_owned).collect())
}

/// The single paths of a tree such as `super::{a::B, c as d}`.
fn expand(tree: &str, prefix: &[String], imports: &mut Vec<Import>) {
    let tree = tree.trim();
    let segments = |path: &str| -> Vec<String> {
        let parts = path.split("::").map(str::trim).filter(|part| !part.is_empty());
        [prefix.to_vec(), parts.map(str::to_owned).collect()].concat()
    };
    if let Some((head, list)) = tree.split_once('{') {
        let prefix = segments(head);
        let list = list.trim_end().strip_suffix('}').unwrap_or(list);
        let (mut depth, mut start) = (0, 0);
        for (at, c) in list.char_indices().chain([(list.len(), ',')]) {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    if !list[start..at].trim().is_empty() {
                        expand(&list[start..at], &prefix, imports);
                    }
                    start = (at + 1).min(list.len());
                }
                _ => {}
            }
        }
        return;
    }
    let (path, alias) =
        tree.split_once(" as ").map_or((tree, None), |(path, alias)| (path, Some(alias)));
    let mut path = segments(path);
    if path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    let alias = alias.map(str::to_owned).or_else(|| path.last().cloned());
    imports.push(Import { path, alias });
}

struct Crate {
    modules: BTreeMap<ModulePath, Vec<Import>>,
    /// What each file imports under which name.
    aliases: BTreeMap<ModulePath, BTreeMap<String, Vec<String>>>,
}

impl Crate {
    fn read() -> Self {
        let modules: BTreeMap<_, _> =
            modules().into_iter().map(|(path, code)| (path, imports(&code))).collect();
        let mut found = Self { modules, aliases: BTreeMap::new() };
        for (module, imports) in &found.modules {
            let named = imports.iter().filter_map(|import| {
                Some((import.alias.clone()?, found.absolute(module, &import.path)?))
            });
            let named = named.collect();
            found.aliases.insert(module.clone(), named);
        }
        found
    }

    /// A path from the root of the crate; none where it leads to another crate.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<Vec<String>> {
        let (mut base, mut rest) = (module.to_vec(), path);
        match path.first().map(String::as_str) {
            Some("crate") => return Some(path[1..].to_vec()),
            Some("self") => rest = &path[1..],
            Some("super") => {
                while rest.first().is_some_and(|part| part == "super") {
                    base.pop()?;
                    rest = &rest[1..];
                }
            }
            Some(first) => {
                base.push(first.to_owned());
                if !self.modules.contains_key(&base) {
                    return None;
                }
                rest = &path[1..];
            }
            None => return None,
        }
        base.extend_from_slice(rest);
        Some(base)
    }

    /// The file that defines what a path names: names that a facade hands on are followed.
    fn definer(&self, path: &[String], depth: usize) -> Option<ModulePath> {
        let length = (0..=path.len()).rev().find(|n| self.modules.contains_key(&path[..*n]))?;
        let (module, rest) = path.split_at(length);
        let next = rest.first().and_then(|name| self.aliases.get(module)?.get(name));
        match next {
            Some(next) if depth < 6 => {
                self.definer(&[next.clone(), rest[1..].to_vec()].concat(), depth + 1)
            }
            _ => Some(module.to_vec()),
        }
    }

    /// The files that each file needs. That a facade names its own children in `use` is no need.
    fn arrows(&self) -> BTreeMap<&ModulePath, BTreeSet<ModulePath>> {
        let mut arrows = BTreeMap::new();
        for (module, imports) in &self.modules {
            let aliases = &self.aliases[module];
            let needed = imports.iter().filter_map(|import| {
                let known = import.path.first().and_then(|first| aliases.get(first));
                let path = match (import.alias.is_none(), known) {
                    (true, Some(known)) => [known.clone(), import.path[1..].to_vec()].concat(),
                    _ => self.absolute(module, &import.path)?,
                };
                let needed = self.definer(&path, 0)?;
                let is_facade = import.alias.is_some() && needed.starts_with(module);
                (needed != *module && !is_facade).then_some(needed)
            });
            arrows.insert(module, needed.collect());
        }
        arrows
    }
}

/// All files that can be reached from one, itself only if it lies in a circle.
fn reached<'a>(
    arrows: &'a BTreeMap<&ModulePath, BTreeSet<ModulePath>>,
    from: &ModulePath,
) -> BTreeSet<&'a ModulePath> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<_> = arrows[from].iter().collect();
    while let Some(module) = open.pop() {
        if reached.insert(module) {
            open.extend(arrows.get(module).into_iter().flatten());
        }
    }
    reached
}

#[test]
fn no_file_imports_itself_through_others() {
    let found = Crate::read();
    let arrows = found.arrows();
    let in_circle = arrows.keys().filter(|module| reached(&arrows, module).contains(*module));
    let in_circle: Vec<String> = in_circle.map(|module| module.join("::")).collect();
    assert!(in_circle.is_empty(), "files in import circles: {in_circle:#?}");
}

/// The names of the types that a file defines, aliases in `impl` blocks aside.
fn type_names(code: &str) -> impl Iterator<Item = &str> {
    code.lines().filter_map(|line| {
        let item = line.trim_start();
        let item = match item.strip_prefix("pub") {
            Some(rest) if rest.starts_with('(') => rest.split_once(") ")?.1,
            Some(rest) => rest.trim_start(),
            None => item,
        };
        let (keyword, rest) = item.split_once(' ')?;
        let is_item = matches!(keyword, "struct" | "enum" | "trait" | "union")
            || keyword == "type" && !line.starts_with(' ');
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        (is_item && end > 0).then(|| &rest[..end])
    })
}

#[test]
fn no_two_types_bear_one_name() {
    let modules = modules();
    let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (module, code) in &modules {
        for name in type_names(code) {
            places.entry(name).or_default().push(module.join("::"));
        }
    }
    places.retain(|name, places| {
        places.len() > 1 && !SHARED_NAMES.iter().any(|(shared, _)| shared == name)
    });
    assert!(places.is_empty(), "types of one name, each with its files: {places:#?}");
}

#[test]
fn imports_are_read_in_every_form() {
    let code = "use super::{a::{B, self}, c as d};\npub(crate) use e::F;\nlet x = g::h(1);\n";
    let read: Vec<_> = imports(code)
        .into_iter()
        .map(|import| (import.path.join("::"), import.alias.unwrap_or_default()))
        .collect();
    let wanted =
        [("super::a::B", "B"), ("super::a", "a"), ("super::c", "d"), ("e::F", "F"), ("g::h", "")];
    assert_eq!(read, wanted.map(|(path, alias)| (path.to_owned(), alias.to_owned())));
}
