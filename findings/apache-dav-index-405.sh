#!/usr/bin/env bash
# Apache 2.4 with mod_dav and mod_dir as Debian loads them: a WebDAV folder can be listed until it has an index.html. From
# then on PROPFIND of the folder is answered with 405 (and an Allow header without a method of WebDAV), since mod_dir sends
# the request on to index.html, for which nothing but reading is allowed. So a website can be published there by WebDAV once,
# and never again. `DirectoryIndex disabled` in the same <Directory> mends it. Nothing in mod_dav's documentation says so.
# Seen with Apache 2.4.71 (Debian 12): before 207, after 405, with the line 207. Ends non-zero where that changes.
set -eu
PATH=$PATH:/usr/sbin
for tool in apache2 curl; do command -v $tool >/dev/null || { echo "wants $tool (Debian: apache2-bin, curl)" >&2; exit 2; }; done
home=$(mktemp -d); port=$((20000 + RANDOM % 20000))
trap 'kill "$(cat "$home/pid" 2>/dev/null)" 2>/dev/null; rm -rf "$home"' EXIT
mkdir "$home/plain" "$home/mended"; chmod 777 "$home" "$home/plain" "$home/mended"
{
  echo "ServerRoot $home"
  for module in mpm_event authz_core alias dir mime dav dav_fs; do
    echo "LoadModule ${module}_module /usr/lib/apache2/modules/mod_$module.so"
  done
  printf 'Listen 127.0.0.1:%s\nServerName 127.0.0.1\nPidFile %s/pid\nErrorLog %s/error.log\nTypesConfig /etc/mime.types\n' "$port" "$home" "$home"
  [ "$(id -u)" != 0 ] || printf 'User #65534\nGroup #65534\n'
  printf 'DavLockDB %s/locks\nDocumentRoot %s\n<Directory %s>\n  Dav On\n  Require all granted\n</Directory>\n' "$home" "$home" "$home"
  printf '<Directory %s/mended>\n  DirectoryIndex disabled\n</Directory>\n' "$home"
} > "$home/httpd.conf"
apache2 -v | head -1
apache2 -f "$home/httpd.conf"
for _ in $(seq 50); do curl -s -o /dev/null "http://127.0.0.1:$port/" && break; sleep 0.1; done
ask() { curl -s -o "$home/body" -D "$home/head" -w '%{http_code}' -X PROPFIND -H 'Depth: 1' "http://127.0.0.1:$port/$1/"; }
before=$(ask plain)
for folder in plain mended; do
  curl -s -o /dev/null -T - "http://127.0.0.1:$port/$folder/index.html" <<< '<!doctype html><title>a</title>'
done
after=$(ask plain)
allow=$(tr -d '\r' < "$home/head" | sed -n 's/^Allow: //Ip')
mended=$(ask mended)
echo "empty: $before; with index.html: $after (Allow: $allow); with DirectoryIndex disabled: $mended"
[ "$before $after $mended" = "207 405 207" ] && ! grep -q PROPFIND <<< "$allow"
