// Labels of zones, areas and streets: pictures of text, drawn here, since there is no network to take glyphs from.

const LABEL_SCALE = 2;
const NAME = "#46466e"; // names of districts, as on sheets

// The lines of a zone's label in a view.
function zoneLabel(use, grade, view) {
  const cell = gradeOf(use, grade);
  if (!cell) return [word("no_grade")];
  if (view === "prices") return [gradeName(use, grade), number(cell[use.kind] ?? cell.price)];
  if (view === "growth") return known(cell.growth) ? [gradeName(use, grade), percent(cell.growth)] : [gradeName(use, grade)];
  return [gradeName(use, grade)];
}

// That of a zone of the last release: its grade and, where prices are looked at, its price then.
function lastLabel(use, grade, view) {
  const price = gradeOf(use, grade)?.previous;
  return [gradeName(use, grade), ...(view !== "grades" && known(price) ? [number(price)] : [])];
}

const placeLabel = (one) => [say(one.name) || String(one.id), number(one.price)];

// Text with a light edge, as an image for the map.
function textImage(lines, colour) {
  const canvas = document.createElement("canvas");
  const draw = canvas.getContext("2d", { willReadFrequently: true });
  const size = 13 * LABEL_SCALE;
  const font = (line) => `${line === 0 ? 700 : 500} ${line === 0 ? size : size * 0.94}px ${FONTS}`;
  const widths = lines.map((text, line) => {
    draw.font = font(line);
    return draw.measureText(text).width;
  });
  canvas.width = Math.ceil(Math.max(...widths)) + 8 * LABEL_SCALE;
  canvas.height = Math.ceil(size * 1.22 * lines.length) + 4 * LABEL_SCALE;
  draw.textAlign = "center";
  draw.textBaseline = "middle";
  draw.lineJoin = "round";
  lines.forEach((text, line) => {
    const [x, y] = [canvas.width / 2, 2 * LABEL_SCALE + size * 1.22 * (line + 0.5)];
    draw.font = font(line);
    draw.lineWidth = 3.2 * LABEL_SCALE;
    draw.strokeStyle = "rgba(255,255,255,0.92)";
    draw.strokeText(text, x, y);
    draw.fillStyle = colour;
    draw.fillText(text, x, y);
  });
  return draw.getImageData(0, 0, canvas.width, canvas.height);
}

const FONTS = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei","WenQuanYi Micro Hei",sans-serif';

// An image is named by what stands on it: what/language/view/use/row.
function labelImage(name) {
  const [what, , view, at, row] = name.split("/");
  const use = HEAD.uses[Number(at)];
  if (what === "names") return textImage([groundNames[Number(row)] ?? ""], NAME);
  if (what === "last") return textImage(lastLabel(use, Number(row), view), INK);
  if (what === "zone") return textImage(zoneLabel(use, Number(row), view), INK);
  const one = use?.[what]?.[Number(row)];
  return one ? textImage(placeLabel(one), "#4a2c6b") : null;
}

function drawMissing(map) {
  map.on("styleimagemissing", ({ id }) => {
    if (map.hasImage(id)) return;
    const image = labelImage(id);
    if (image) map.addImage(id, image, { pixelRatio: LABEL_SCALE });
  });
}

const imageName = (what, view, at, row) => ["concat", `${what}/${state.lang}/${view}/${at}/`, ["to-string", ["get", row]]];

// Zones large enough at a scale to bear a label: `a` is the area of a zone in m², where the tiles tell it.
const LEAST_SIDE = 15; // px at a whole zoom, up to twice that between
const metresPerPixel = 78271.517 * Math.cos((((HEAD.extent[1] + HEAD.extent[3]) / 2) * Math.PI) / 180);
const largeEnough = ["any", ["!", ["has", "a"]], [">=", ["get", "a"], ["*", (LEAST_SIDE * metresPerPixel) ** 2, ["^", 0.25, ["zoom"]]]]];

// Which labels belong on a map: names of districts on each; of zones those of its own release, and so for areas and streets.
function labelled(id, view, isLast) {
  if (id === "names-label") return true;
  if (id === "last-label") return isLast;
  return id === "zone-label" ? !isLast : !isLast && showsPlaces(view);
}

function labelLayers(at, view) {
  const layer = (id, source, row, layout) => ({
    id, type: "symbol", source: "tiles", "source-layer": source, filter: ofPriced(at),
    layout: { "icon-image": imageName(id.replace("-label", ""), view, at, row), "icon-padding": 6, ...layout },
  });
  return [
    ...(hasAreas ? [layer("areas-label", "areas", "r", { "icon-padding": 2 })] : []),
    ...(hasStreets ? [{ ...layer("streets-label", "streets", "r", { "symbol-placement": "line-center", "icon-rotation-alignment": "viewport" }), minzoom: 12 }] : []),
    ...[["zone-label", "zones"], ...(HEAD.previous ? [["last-label", "last"]] : [])].map(([id, source]) => (
      { ...layer(id, source, "g", { "icon-padding": 16, "symbol-sort-key": ["get", "g"] }), filter: ["all", ofUse(at), largeEnough] })),
    ...(groundNames.length ? [{ ...layer("names-label", "names", "r", { "icon-padding": 6 }), filter: ["has", "r"] }] : []),
  ];
}

// Adds the labels to a map, or writes them anew in the language, view and use of now; `isLast` is a map of the last release.
function relabel(map, at, view, isLast = view === "last") {
  for (const layer of labelLayers(at, view)) {
    if (!map.getLayer(layer.id)) map.addLayer(layer);
    else {
      map.setFilter(layer.id, layer.filter);
      map.setLayoutProperty(layer.id, "icon-image", layer.layout["icon-image"]);
    }
    map.setLayoutProperty(layer.id, "visibility", labelled(layer.id, view, isLast) ? "visible" : "none");
  }
}
