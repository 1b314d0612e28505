#!/usr/bin/env bash
# Builds what a release has: an archive (the binary, manual pages, completions, README, changelog and
# licenses, those of all crates too), a .deb and, where rpmbuild is, a .rpm, each with its SHA-256
# beside it. The same sources give the same bytes.
#
#   scripts/release.sh [OUTPUT-FOLDER]      default: target/dist
#
# For Linux it builds with zig, so that the binary runs with glibc 2.28 (RHEL 8) or newer, without
# a zlib of the system. cargo-zigbuild and ziglang come from PyPI (scripts/release-requirements.txt).
#
# TARGET             builds for another target triple, such as aarch64-unknown-linux-gnu. Rust's standard
#                    library for it comes from `rustup target add`, or with Debian's rustc from a package:
#                    dpkg --add-architecture arm64; apt install rustc cargo libstd-rust-dev:arm64 qemu-user
# RESPDIFF_BINARY    packs this binary and builds none
# RESPDIFF_RUNS      a respdiff that runs here and writes the manual pages, where the packed one does not;
#                    without it, qemu (qemu-user) runs one of another architecture, with the C library in
#                    QEMU_LD_PREFIX (default: that of Debian's cross packages, such as libc6-arm64-cross)
# SOURCE_DATE_EPOCH  the time of all files; default: that of the last commit
set -euo pipefail
output="${1:-$(dirname "$0")/../target/dist}"
mkdir -p "$output"
output="$(cd "$output" && pwd)"
cd "$(dirname "$0")/.."

version="$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)"
host="$(rustc -vV | sed -n 's/^host: //p')"
target="${TARGET:-$host}"
epoch="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}"
export SOURCE_DATE_EPOCH="$epoch"
readonly GLIBC=2.28

tools() { # cargo-zigbuild and zig, once
  local folder=target/release-tools
  if [[ ! -x $folder/bin/cargo-zigbuild ]]; then
    command -v python3 >/dev/null || { echo 'error: Python is missing, which brings zig' >&2; exit 1; }
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check --requirement scripts/release-requirements.txt
  fi
  PATH="$PWD/$folder/bin:$PATH"
  export PATH CARGO_ZIGBUILD_PYTHON_PATH="$PWD/$folder/bin/python"
}

# what a binary of another architecture needs to run here; told before a build of minutes
runner=()
if [[ -z "${RESPDIFF_RUNS:-}" && "$target" == *-linux-* && "${target%%-*}" != "${host%%-*}" ]]; then
  architecture="${target%%-*}"
  qemu="$(command -v "qemu-$architecture" || command -v "qemu-$architecture-static" || true)"
  # where Debian's cross packages put the C library
  if [[ -d "/usr/$architecture-linux-gnu" ]]; then
    export QEMU_LD_PREFIX="${QEMU_LD_PREFIX:-/usr/$architecture-linux-gnu}"
  fi
  missing=""
  if [[ -z "$qemu" ]]; then
    missing="qemu-user"
  elif [[ "$target" == *-linux-gnu ]] && ! compgen -G "${QEMU_LD_PREFIX:-}/lib/ld-linux-*" >/dev/null; then
    missing="the C library of $architecture (on Debian, libc6-arm64-cross), or name its folder in QEMU_LD_PREFIX"
  fi
  if [[ -n "$qemu" ]]; then runner=("$qemu"); fi
  if [[ -n "$missing" && -z "${RESPDIFF_BINARY:-}" ]]; then
    echo "error: nothing here runs a binary for $target: install $missing, or name a respdiff that runs in RESPDIFF_RUNS" >&2
    exit 1
  fi
fi

binary="${RESPDIFF_BINARY:-}"
if [[ -z "$binary" ]]; then
  # no path of this machine in the binary, whether from Rust or from C; of several that match, the last holds
  cargo_home="${CARGO_HOME:-$HOME/.cargo}"
  target_folder="$(realpath -m "${CARGO_TARGET_DIR:-target}")"
  for pair in "$PWD=." "$cargo_home=cargo" "$target_folder=target"; do
    RUSTFLAGS="${RUSTFLAGS:-} --remap-path-prefix=$pair"
    CFLAGS="${CFLAGS:-} -ffile-prefix-map=$pair"
  done
  export RUSTFLAGS CFLAGS
  if [[ "$target" == *-linux-gnu ]]; then
    tools
    # zlib is built in, as libgit2 and SQLite are
    LIBZ_SYS_STATIC=1 cargo zigbuild --profile small --locked --target "$target.$GLIBC"
  else
    cargo build --profile small --locked --target "$target"
  fi
  binary="${CARGO_TARGET_DIR:-target}/$target/small/respdiff"
  if [[ "$target" == *-linux-gnu ]]; then scripts/symbols.sh "$binary" "$GLIBC"; fi
fi
runs=(${runner[@]+"${runner[@]}"} "${RESPDIFF_RUNS:-$binary}")
"${runs[@]}" --version >/dev/null || { echo "error: ${runs[*]} does not run here: name one that does in RESPDIFF_RUNS" >&2; exit 1; }

sum() { # NAME: its SHA-256 beside it
  (cd "$output" && sha256sum "$1" >"$1.sha256")
  echo "$output/$1"
}

name="respdiff-$version-$target"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
root="$work/$name"
mkdir -p "$root/completions"
install -m 755 "$binary" "$root/respdiff"
install -m 644 LICENSE README.md CHANGELOG.md "$root/"
if command -v python3 >/dev/null; then
  python3 scripts/licenses.py "$target" >"$root/LICENSES-OF-CRATES.txt"
else
  echo 'left out: the licenses of the crates, since Python is missing' >&2
fi
"${runs[@]}" man --output "$root/man/man1" 2>/dev/null
"${runs[@]}" completions bash >"$root/completions/respdiff.bash"
"${runs[@]}" completions zsh >"$root/completions/_respdiff"
"${runs[@]}" completions fish >"$root/completions/respdiff.fish"
"${runs[@]}" completions powershell >"$root/completions/respdiff.ps1"
"${runs[@]}" completions elvish >"$root/completions/respdiff.elv"

# order, owners, modes and times are the same wherever it is made
find "$root" -type d -exec chmod 755 {} +
find "$root" -type f ! -path "$root/respdiff" -exec chmod 644 {} +
tar --create --format=ustar --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner \
  --directory "$work" "$name" | gzip -9n >"$output/$name.tar.gz"
sum "$name.tar.gz"

case "$target" in
  x86_64-unknown-linux-gnu) debian=amd64 ;;
  aarch64-unknown-linux-gnu) debian=arm64 ;;
  *) exit 0 ;;
esac

# the same files where a distribution keeps them
tree="$work/tree"
install -D -m 755 "$binary" "$tree/usr/bin/respdiff"
mkdir -p "$tree/usr/share/man"
cp -r "$root/man/man1" "$tree/usr/share/man/"
gzip -9n "$tree"/usr/share/man/man1/*
install -D -m 644 "$root/completions/respdiff.bash" "$tree/usr/share/bash-completion/completions/respdiff"
install -D -m 644 "$root/completions/_respdiff" "$tree/usr/share/zsh/vendor-completions/_respdiff"
install -D -m 644 "$root/completions/respdiff.fish" "$tree/usr/share/fish/vendor_completions.d/respdiff.fish"
install -D -m 644 LICENSE "$tree/usr/share/doc/respdiff/copyright"
if [[ -f "$root/LICENSES-OF-CRATES.txt" ]]; then
  gzip -9n <"$root/LICENSES-OF-CRATES.txt" >"$tree/usr/share/doc/respdiff/LICENSES-OF-CRATES.txt.gz"
fi
gzip -9n <CHANGELOG.md >"$tree/usr/share/doc/respdiff/changelog.gz"
if command -v dpkg-deb >/dev/null; then
  mkdir "$tree/DEBIAN"
  {
    echo 'Package: respdiff'
    echo "Version: $version"
    echo "Architecture: $debian"
    echo 'Maintainer: The authors of respdiff <respdiff@localhost>'
    echo "Installed-Size: $(du -sk --apparent-size "$tree/usr" | cut -f 1)"
    echo "Depends: libc6 (>= $GLIBC)"
    echo 'Recommends: git'
    echo 'Section: vcs'
    echo 'Priority: optional'
    echo 'Description: semantic differences of shared-responsibility pages'
    sed -n 's/^description = "\(.*\)"$/ \1./p' Cargo.toml
  } >"$tree/DEBIAN/control"
  find "$tree" -type d -exec chmod 755 {} +
  find "$tree" -type f ! -path '*/bin/respdiff' -exec chmod 644 {} +
  dpkg-deb --root-owner-group -Zxz --build "$tree" "$output/respdiff_${version}_$debian.deb" >/dev/null
  sum "respdiff_${version}_$debian.deb"
  rm -r "$tree/DEBIAN"
else
  echo 'left out: the .deb, since dpkg-deb is missing' >&2
fi
if command -v rpmbuild >/dev/null; then
  rpm="respdiff-$version-1.${target%%-*}.rpm"
  rpmbuild -bb --quiet --target "${target%%-*}" --buildroot "$work/buildroot" \
    --define "_topdir $work/rpm" --define "_rpmdir $work/rpms" --define "tree $tree" --define "release_version $version" \
    --define '_build_id_links none' --define 'debug_package %{nil}' --define '__os_install_post %{nil}' \
    --define '_binary_payload w9.gzdio' --define 'use_source_date_epoch_as_buildtime 1' --define '_buildhost localhost' \
    --define "clamp_mtime_to_source_date_epoch 1" scripts/respdiff.spec
  find "$work/rpms" -name '*.rpm' -exec mv {} "$output/$rpm" \;
  sum "$rpm"
else
  echo 'left out: the .rpm, since rpmbuild is missing' >&2
fi
