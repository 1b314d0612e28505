//! What a release brings beside the binary: completions and manual pages.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{refused, stdout};

fn is_there(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        eprintln!("skipped: there is no {program}");
    }
    found
}

#[test]
fn every_shell_gets_its_script() {
    for (shell, sign) in [
        ("bash", "complete -F _respdiff"),
        ("zsh", "#compdef respdiff"),
        ("fish", "complete -c respdiff"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion:arg-completer[respdiff]"),
    ] {
        let script = stdout(&["completions", shell]);
        assert!(script.contains(sign), "{shell}");
        for command in ["log", "stats", "git-driver", "hyperlinks"] {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
    assert!(refused(&["completions", "bsh"]).contains("'bash'"));
}

#[test]
fn bash_completes_commands_options_and_values() {
    if !is_there("bash") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("respdiff.bash");
    fs::write(&script, stdout(&["completions", "bash"])).unwrap();
    let script = script.to_str().unwrap();
    let good = Command::new("bash").args(["-n", script]).output().unwrap();
    assert!(good.status.success() && good.stderr.is_empty());
    let completed = |line: &str| -> Vec<String> {
        let words: Vec<&str> = line.split(' ').collect();
        let asked = format!(
            "source '{script}'; COMP_WORDS=({}); COMP_CWORD={}; \
             _respdiff respdiff '{}' '{}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" "),
            words.len() - 1,
            words[words.len() - 1],
            words[words.len() - 2],
        );
        let run = Command::new("bash").args(["--norc", "-c", &asked]).output().unwrap();
        let told = String::from_utf8(run.stdout).unwrap();
        told.lines().map(str::to_owned).collect()
    };
    assert_eq!(completed("respdiff sta"), ["stats"]);
    assert_eq!(completed("respdiff stats --by"), ["--by"]);
    assert_eq!(completed("respdiff stats --by are"), ["area"]);
    assert_eq!(completed("respdiff diff --view t"), ["table"]);
}

#[test]
fn every_command_has_a_page_that_roff_reads() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man/man1");
    stdout(&["man", "--output", pages.to_str().unwrap()]);
    let mut names: Vec<String> = fs::read_dir(&pages)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    let help = stdout(&["--help"]);
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands = commands.take_while(|line| !line.is_empty());
    let mut expected: Vec<String> = commands
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(|name| format!("respdiff-{name}.1"))
        .chain(["respdiff.1".to_owned()])
        .collect();
    expected.sort_unstable();
    assert_eq!(names, expected);
    for name in &names {
        check(&pages.join(name));
    }
    let page = fs::read_to_string(pages.join("respdiff-log.1")).unwrap();
    assert_eq!(page, stdout(&["man", "log"]));
    assert!(
        refused(&["man", "lag"]).contains("unknown command `lag`\nhint: the commands are diff,")
    );
}

/// No warning, and the examples are lines of their own.
#[track_caller]
fn check(page: &Path) {
    let source = fs::read_to_string(page).unwrap();
    assert!(source.contains(".SH EXAMPLES\n.nf\n"), "{}", page.display());
    if !is_there("groff") {
        return;
    }
    let groff = ["-ww", "-man", "-Kutf8", "-Tutf8", "-P-cbou", page.to_str().unwrap()];
    let read = Command::new("groff").args(groff).output().unwrap();
    let warnings = String::from_utf8_lossy(&read.stderr);
    assert!(read.status.success() && warnings.is_empty(), "{}: {warnings}", page.display());
    assert!(String::from_utf8(read.stdout).unwrap().contains("SYNOPSIS"));
}

#[cfg(target_os = "linux")]
#[test]
fn the_archive_of_a_release_is_the_same_each_time() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    // stands for the binary, which takes long to pack
    let binary = home.path().join("respdiff");
    let script = format!("#!/bin/sh\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_respdiff"));
    fs::write(&binary, script).unwrap();
    fs::set_permissions(&binary, fs::Permissions::from_mode(0o700)).unwrap();
    let pack = |name: &str| {
        let folder = home.path().join(name);
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/release.sh");
        let run = Command::new("bash")
            .arg(script)
            .arg(&folder)
            .env("RESPDIFF_BINARY", &binary)
            .env("SOURCE_DATE_EPOCH", "1750000000")
            .env("TARGET", "test-target")
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let archive = concat!("respdiff-", env!("CARGO_PKG_VERSION"), "-test-target.tar.gz");
        let sum = fs::read_to_string(folder.join(format!("{archive}.sha256"))).unwrap();
        (folder.join(archive), sum)
    };
    let ((archive, first), (_, second)) = (pack("one"), pack("two"));
    assert_eq!(first, second);
    let list = Command::new("tar").arg("-tvzf").arg(&archive).output().unwrap();
    let list = String::from_utf8(list.stdout).unwrap();
    for part in [
        "/respdiff\n",
        "/LICENSE\n",
        "/README.md\n",
        "/CHANGELOG.md\n",
        "/man/man1/respdiff-log.1\n",
        "/completions/respdiff.bash\n",
        "/completions/_respdiff\n",
    ] {
        assert!(list.contains(part), "{part}: {list}");
    }
    assert!(list.lines().all(|line| line.contains(" 0/0 ")), "{list}");
    if !is_there("python3") {
        return;
    }
    let mut unpack = Command::new("tar");
    unpack.arg("-xzOf").arg(&archive).args(["--wildcards", "*/LICENSES-OF-CRATES.txt"]);
    let licenses = unpack.output().unwrap();
    let licenses = String::from_utf8(licenses.stdout).unwrap();
    for part in
        ["\nserde 1.", "\nlibgit2-sys 0.", "libgit2 is Copyright (C)", "Permission is hereby"]
    {
        assert!(licenses.contains(part), "{part}");
    }
    assert!(!licenses.contains("\nserde_derive"));
}

/// A release for another architecture, whose binary only qemu runs here.
#[cfg(target_os = "linux")]
#[test]
fn a_binary_of_another_architecture_needs_something_that_runs_it() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    // no qemu has this name, whatever is installed
    let architecture = "riscv64gc";
    let program = |name: &str, text: &str| {
        let path = home.path().join(name);
        fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
        path
    };
    // it has to say no before anything is built
    program("cargo", "echo built >&2; exit 1");
    let binary = program("respdiff", "exit 126");
    let path = format!("{}:{}", home.path().display(), std::env::var("PATH").unwrap());
    let release = |settings: &[(&str, &std::path::Path)]| {
        let mut run = Command::new("bash");
        run.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/release.sh"));
        run.arg(home.path().join("dist")).env("PATH", &path);
        run.env("TARGET", format!("{architecture}-unknown-linux-gnu"));
        let run = run.envs(settings.iter().copied()).output().unwrap();
        (run.status.success(), String::from_utf8(run.stderr).unwrap())
    };
    let (done, told) = release(&[]);
    assert!(!done && told.contains("install qemu-user") && !told.contains("built"), "{told}");
    let (done, told) = release(&[("RESPDIFF_BINARY", &binary)]);
    assert!(!done && told.contains("name one that does in RESPDIFF_RUNS"), "{told}");
    let qemu = program(&format!("qemu-{architecture}"), "exit 126");
    let (done, told) = release(&[("QEMU_LD_PREFIX", home.path())]);
    assert!(!done && told.contains("the C library of riscv64gc"), "{told}");
    assert!(!told.contains("built"), "{told}");
    fs::remove_file(qemu).unwrap();
    fs::remove_file(home.path().join("cargo")).unwrap();
    let emulated = format!(
        "test \"$1\" = '{}' || exit 126\nshift\nexec '{}' \"$@\"",
        binary.display(),
        env!("CARGO_BIN_EXE_respdiff")
    );
    program(&format!("qemu-{architecture}"), &emulated);
    let (done, told) = release(&[("RESPDIFF_BINARY", &binary)]);
    assert!(done, "{told}");
    let archive =
        format!("respdiff-{}-{architecture}-unknown-linux-gnu.tar.gz", env!("CARGO_PKG_VERSION"));
    let list = Command::new("tar").arg("-tzf").arg(home.path().join("dist").join(archive)).output();
    assert!(
        String::from_utf8(list.unwrap().stdout).unwrap().contains("/man/man1/respdiff-log.1\n")
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_binary_for_newer_systems_only_is_no_release() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let objdump = home.path().join("objdump");
    let checked = |symbols: &str, libraries: &str| {
        let script = format!(
            "#!/bin/sh\ncase \"$1\" in -T) printf '%s\\n' {symbols} ;; *) printf '  NEEDED %s\\n' {libraries} ;; esac\n"
        );
        fs::write(&objdump, script).unwrap();
        fs::set_permissions(&objdump, fs::Permissions::from_mode(0o700)).unwrap();
        let path = format!("{}:{}", home.path().display(), std::env::var("PATH").unwrap());
        let run = Command::new("bash")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/symbols.sh"))
            .arg("respdiff")
            .env("PATH", path)
            .output()
            .unwrap();
        (run.status.code(), String::from_utf8(run.stderr).unwrap())
    };
    let old = "'0 DF *UND* (GLIBC_2.4) read' '0 DF *UND* (GLIBC_2.28) fcntl64'";
    assert_eq!(checked(old, "libc.so.6 libm.so.6"), (Some(0), String::new()));
    let (code, told) = checked("'0 DF *UND* (GLIBC_2.35) hypotf'", "libc.so.6");
    assert!(code == Some(1) && told.contains("glibc 2.35") && told.contains("hypotf"), "{told}");
    let (code, told) = checked(old, "libc.so.6 libz.so.1");
    assert!(code == Some(1) && told.contains("libz.so.1"), "{told}");
}

#[test]
fn the_hooks_take_the_wheel_of_this_version() {
    let read =
        |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let (top, version) = (read("pyproject.toml"), env!("CARGO_PKG_VERSION"));
    assert!(top.contains(&format!("version = \"{version}\"")), "{top}");
    assert!(top.contains(&format!("dependencies = [\"respdiff=={version}\"]")), "{top}");
    assert!(!top.contains("maturin"), "pre-commit would compile");
    // each hook by the wheel does what the one that compiles does
    let hooks = read(".pre-commit-hooks.yaml");
    let entries = |language: &str| -> Vec<String> {
        let hooks =
            hooks.split("- id: ").filter(|hook| hook.contains(&format!("language: {language}\n")));
        let entry =
            |hook: &str| hook.lines().find(|line| line.contains("entry: ")).unwrap().to_owned();
        hooks.map(entry).collect()
    };
    assert_eq!(entries("python"), entries("rust"));
    assert_eq!(entries("python").len(), 2);
    // pre-commit passes over deleted files: a commit of nothing else would not be checked
    let mut checks = hooks.split("- id: ").filter(|hook| hook.starts_with("respdiff-check"));
    assert!(checks.all(|hook| hook.contains("\n  always_run: true\n")), "{hooks}");
}

/// The docs name one placeholder for where respdiff is kept: that of Cargo.toml, which README.md
/// explains.
#[test]
fn the_docs_have_one_placeholder() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let address = env!("CARGO_PKG_REPOSITORY");
    assert!(read(&top.join("README.md")).contains(address));
    let mut hooks = 0;
    for page in fs::read_dir(top.join("docs")).unwrap() {
        let page = page.unwrap().path();
        if page.extension().is_none_or(|end| end != "md") {
            continue;
        }
        let text = read(&page);
        for line in text.lines().filter(|line| line.contains("respdiff")) {
            let place = line.trim_start().strip_prefix("- repo: ");
            if let Some(place) = place {
                hooks += 1;
                assert_eq!(place.split(' ').next(), Some(address), "{}", page.display());
            }
            let uses = line.trim_start().strip_prefix("- uses: ");
            assert!(uses.is_none_or(|uses| uses.starts_with("OWNER/")), "{line}");
        }
    }
    assert!(hooks > 1);
}
