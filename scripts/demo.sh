#!/bin/sh
# The main job on the sample city: two releases made, published and compared. Everything lands in one folder, demo/ unless DEMO says otherwise.
set -eu
landgrade=${LANDGRADE:-target/release/landgrade}
demo=${DEMO:-demo}
parcels=${PARCELS:-3000}

step() { printf '\n== %s\n$ %s\n' "$1" "$2"; }
run() { step "$1" "landgrade $2"; shift 2; "$landgrade" "$@"; }

if [ -e "$demo" ]; then
    if [ ! -f "$demo/.made-by-landgrade-demo" ]; then
        echo "$demo is there and was not made by this demo: move it away, or set DEMO to another folder." >&2
        exit 2
    fi
    echo "removing the earlier demo in $demo"
    # Sealed releases are read-only.
    chmod -R u+w "$demo"
    rm -rf "$demo"
fi
mkdir -p "$demo"
: > "$demo/.made-by-landgrade-demo"

run "a city of $parcels parcels, as it was in 2025 and as it is in 2026 (样例城市)" \
    "sample $demo/city --parcels $parcels --seed 1" sample "$demo/city" --parcels "$parcels" --seed 1
for year in 2025 2026; do
    run "release $year: check, grade, price, seal, publish ($year 年成果)" \
        "run $demo/city/$year/project.toml" run "$demo/city/$year/project.toml"
done
step "what changed (两期比较)" "landgrade compare $demo/city/releases/2025 $demo/city/releases/2026 --to $demo/compared"
# Exit code 1 says that the releases differ, as they should.
"$landgrade" compare "$demo/city/releases/2025" "$demo/city/releases/2026" --to "$demo/compared" || [ $? = 1 ]
unit=$(sed -n '2s/,.*//p' "$demo/city/releases/2026-published/units.csv")
run "where one unit's grade and price come from (计算依据)" "explain $demo/city/releases/2026 $unit" \
    explain "$demo/city/releases/2026" "$unit" --inputs "$demo/city/2026"
run "the sealed release is what was sealed, and its inputs still give it (校验)" \
    "verify $demo/city/releases/2026 --inputs $demo/city/2026 --replay" \
    verify "$demo/city/releases/2026" --inputs "$demo/city/2026" --replay

run "print sheets and the web map of grades, prices, samples and changes (图件与网页地图)" \
    "publish $demo/city/releases/2026 --to $demo/maps --formats sheets,web --previous $demo/city/releases/2025 --layout $demo/city/2026/layout.toml" \
    publish "$demo/city/releases/2026" --to "$demo/maps" --formats sheets,web --previous "$demo/city/releases/2025" \
    --layout "$demo/city/2026/layout.toml"

cat <<END

== what was made, and where to look (成果位置)
  $demo/city/2026/project.toml                     the project file: what is graded, by what, how priced (项目文件)
  $demo/city/releases/2026/                        the sealed release: units, tables, findings, digests (封存成果)
  $demo/city/releases/2026-published/tables.xlsx   price tables for people (基准地价表)
  $demo/city/releases/2026-published/units.gpkg    graded units with styles: open it in QGIS (级别与地价图层)
  $demo/city/releases/2026-published/losses.csv    what each format could not hold (各格式的损失)
  $demo/compared/comparison.xlsx                   what changed since 2025, use by use and unit by unit (变化表)
  $demo/compared/changes.gpkg                      the changes as a layer (变化图层)
  $demo/maps/prices_commercial.pdf                 the map of benchmark prices, one of the print sheets (基准地价图)
  $demo/maps/map.html                              the web map: open it in a browser (网页地图)
Try next: $landgrade explain $demo/city/releases/2026 --all --to $demo/explained.csv
END
