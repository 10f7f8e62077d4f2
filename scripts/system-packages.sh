#!/bin/sh
# Installs the Debian packages that building and testing need and that are missing; prints them where it may not install.
set -eu
# A font with Chinese characters for print sheets, and a reader of PDF files for their tests. GDAL reads and writes GIS files; PROJ and its bindings' header parser (clang) for projections; SQLite is the one GDAL uses.
packages="gcc libc6-dev pkg-config libgdal-dev libproj-dev proj-data libsqlite3-dev libclang1-14 libclang-common-14-dev gdal-bin fonts-wqy-microhei poppler-utils"

command -v cargo >/dev/null 2>&1 || { echo "Rust 1.95 or newer is needed: install it with rustup, then run make again." >&2; exit 2; }

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This is not a Debian system. Install what matches these packages, then build with cargo: $packages" >&2
    # The build itself says what is missing.
    packages=""
fi

missing=""
# Node.js for the libraries of the web map, whichever way it was installed.
command -v npm >/dev/null 2>&1 || [ -z "$packages" ] || missing=" nodejs npm"
for package in $packages; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
install() {
    $1 apt-get update -qq
    # shellcheck disable=SC2086
    $1 env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
}
if [ -z "$missing" ]; then :
elif echo "installing system packages:$missing"; [ "$(id -u)" = 0 ]; then install ""
elif command -v sudo >/dev/null 2>&1; then install sudo
else
    echo "These packages are missing and there is no sudo here. As root, run:" >&2
    echo "  apt-get install --no-install-recommends$missing" >&2
    exit 2
fi

# The libraries of the web map; a build without them says so where a web map is asked for.
web=$(dirname "$0")/../src/web
if ! command -v npm >/dev/null 2>&1; then
    echo "npm is not installed: the web map is left out of the build (Debian: apt-get install nodejs npm)." >&2
elif ! [ "$web/node_modules/.package-lock.json" -nt "$web/package-lock.json" ]; then
    echo "installing the libraries of the web map"
    (cd "$web" && npm ci --no-audit --no-fund --silent && touch node_modules/.package-lock.json) ||
        echo "npm could not install them: the web map is left out of the build. Try again: npm ci --prefix src/web" >&2
fi
