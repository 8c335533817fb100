#!/bin/bash
# minisign 0.11 (Debian 12, 0.11-1) and the crate `minisign` 0.10.0 (crates.io) disagree about secret keys without a
# password. The program writes 32 zeros where the key's checksum belongs (`minisign -G -W`), and takes such keys
# itself; the crate compares them with the checksum and says "Corrupted key". `SecretKey::from_bytes` does not compare.
# A key without a password that the crate wrote is taken by the program.
# Exits with 1 where any of this is no longer so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -qq minisign=0.11-1 libsodium23
for package in *.deb; do dpkg -x "$package" root; done
export LD_LIBRARY_PATH=$(dirname "$(find "$dir/root" -name 'libsodium.so.23' | head -1)")
minisign=$dir/root/usr/bin/minisign
"$minisign" -v
mkdir -p try/src
cat > try/Cargo.toml <<'TOML'
[package]
name = "try"
version = "0.1.0"
edition = "2021"
[dependencies]
minisign = "=0.10.0"
TOML
cat > try/src/main.rs <<'RUST'
use minisign::{KeyPair, SecretKeyBox};
fn main() {
    let text = std::fs::read_to_string("../theirs.key").unwrap();
    let taken = SecretKeyBox::from_string(&text).unwrap().into_unencrypted_secret_key();
    println!("crate, the program's key: {}", taken.map_or_else(|e| e.to_string(), |_| "taken".into()));
    let pair = KeyPair::generate_unencrypted_keypair().unwrap();
    std::fs::write("../ours.key", pair.sk.to_box(None).unwrap().into_string()).unwrap();
    std::fs::write("../ours.pub", pair.pk.to_box().unwrap().into_string()).unwrap();
}
RUST
"$minisign" -G -W -p theirs.pub -s theirs.key > /dev/null
zeros=$(sed -n 2p theirs.key | base64 -d | tail -c 32 | tr -d '\0' | wc -c)
echo "bytes of the program's checksum that are not zero: $zeros"
(cd try && cargo run --quiet) | tee said
echo abc > file
"$minisign" -S -W -s theirs.key -m file > /dev/null && "$minisign" -Vm file -p theirs.pub | head -1
"$minisign" -S -W -s ours.key -m file > /dev/null && "$minisign" -Vm file -p ours.pub | head -1
[ "$zeros" = 0 ] && grep -q "Corrupted key" said
