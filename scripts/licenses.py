#!/usr/bin/env python3
"""Writes the licenses of all that is built into respdiff: scripts/licenses.py [TARGET]

Each crate with its license, then each text once, with those who come under it. Procedural macros
are not in the binary and not in the list. The same lock file gives the same bytes."""
import json
import pathlib
import re
import subprocess
import sys

TEXT = re.compile(r"(LICEN[CS]E|COPYING|COPYRIGHT|NOTICE|UNLICENSE)([-._].*)?$", re.IGNORECASE)
# C sources that crates bring, below the crate's own folder
VENDORED = {"libgit2-sys": ["libgit2/COPYING"], "libz-sys": ["src/zlib/LICENSE"]}


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def built_in(target):
    tree = ["cargo", "tree", "--locked", "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"]
    lines = output(*tree, "--target", target).splitlines()[1:]
    wanted = {tuple(line.split()[:2]) for line in lines if line}
    metadata = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
    found = json.loads(output(*metadata))["packages"]
    packages = [package for package in found if (package["name"], f"v{package['version']}") in wanted]
    return sorted(packages, key=lambda package: (package["name"], package["version"]))


def texts(package):
    folder = pathlib.Path(package["manifest_path"]).parent
    files = sorted(file for file in folder.iterdir() if file.is_file() and TEXT.match(file.name))
    files += [folder / name for name in VENDORED.get(package["name"], [])]
    for file in files:
        yield file.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip()


def main():
    # a target that cargo does not know has the dependencies of all
    known = output("rustc", "--print", "target-list").split()
    host = re.search("^host: (.*)$", output("rustc", "-vV"), re.MULTILINE).group(1)
    packages = built_in(next((name for name in sys.argv[1:] if name in known), host))
    print("respdiff is under Apache-2.0, see LICENSE. These crates are built into it:\n")
    users = {}
    for package in packages:
        name = f"{package['name']} {package['version']}"
        print(f"{name}: {package['license'] or 'see its text below'}")
        found = list(texts(package))
        for text in found:
            names = users.setdefault(text, [])
            if name not in names:
                names.append(name)
    print("\nSQLite, in libsqlite3-sys, is in the public domain.")
    for text, names in sorted(users.items(), key=lambda item: item[1]):
        print(f"\n{'=' * 80}\n{', '.join(names)}\n{'-' * 80}\n{text}")


main()
