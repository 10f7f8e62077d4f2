// How the map is drawn: its layers, and colours by grade, by last grade and by growth.

const PAPER = "#f6f4ee";
const GREY = "#c9c7c1";
const INK = "#1d2329";
const OTHERS = "#e9e6dd"; // objects of other uses

// Classes of growth in tenths of a percent: each from its first value up to the next one's.
const GROWTH = [
  { from: -Infinity, colour: "#2b6cb0" },
  { from: -100, colour: "#74aed6" },
  { from: -50, colour: "#c6dff0" },
  { from: 0, colour: "#f7f4ea" },
  { from: 1, colour: "#fbd9bd" },
  { from: 50, colour: "#f4a071" },
  { from: 100, colour: "#d95f3b" },
  { from: 200, colour: "#a31b1f" },
];

const growthClass = (growth) => GROWTH.findLastIndex((one) => growth >= one.from);

// The colour of a grade of a use; of one that only the last release had, that of the worst.
function gradeColour(use, grade) {
  if (!grade) return GREY;
  return (gradeOf(use, grade) ?? use.grades[use.grades.length - 1])?.colour ?? GREY;
}

// Colours by the grade that a property holds.
function byGrade(use, property) {
  const most = Math.max(12, use.grades.length);
  const pairs = Array.from({ length: most }, (_, at) => [at + 1, gradeColour(use, at + 1)]).flat();
  return ["match", ["coalesce", ["get", property], 0], ...pairs, GREY];
}

function byGrowth(use) {
  if (use.growth_note) return GREY;
  const steps = GROWTH.slice(1).flatMap((one) => [one.from, one.colour]);
  return ["case", ["has", "d"], ["step", ["get", "d"], GROWTH[0].colour, ...steps], GREY];
}

// Whether a view colours the objects themselves, not the zones.
const ofObjects = (view) => view === "growth" || view === "last";

function fillOf(use, view) {
  if (view === "growth") return byGrowth(use);
  return byGrade(use, view === "last" ? "p" : "g");
}

const NOTHING = ["==", ["get", "u"], -1];
const ofUse = (at) => ["==", ["get", "u"], at];
const ofRow = (row) => ["==", ["coalesce", ["id"], 0], row === null ? -1 : row];

const hasAreas = HEAD.uses.some((use) => use.areas?.length);
const hasStreets = HEAD.uses.some((use) => use.streets?.length);

// Everything drawn of a use in a view, lowest first.
function layersOf(at, view, row) {
  const use = HEAD.uses[at];
  const from = HEAD.tiles.objects_from;
  const layer = (id, type, source, more) => ({ id, type, source: "tiles", "source-layer": source, ...more });
  const objects = ofObjects(view);
  return [
    { id: "paper", type: "background", paint: { "background-color": PAPER } },
    layer("others", "fill", "objects", { minzoom: from, filter: ["!=", ["get", "u"], at], paint: { "fill-color": OTHERS, "fill-antialias": false } }),
    layer("zones", "fill", "zones", {
      filter: ofUse(at),
      layout: { visibility: objects ? "none" : "visible" },
      paint: { "fill-color": fillOf(use, objects ? "grades" : view), "fill-opacity": 0.82, "fill-antialias": false },
    }),
    layer("objects", "fill", "objects", { minzoom: from, filter: ofUse(at), paint: { "fill-color": fillOf(use, view), "fill-opacity": objects ? 0.9 : 0, "fill-antialias": false } }),
    layer("object-lines", "line", "objects", {
      minzoom: from,
      paint: { "line-color": INK, "line-opacity": 0.24, "line-width": ["interpolate", ["linear"], ["zoom"], 13, 0.2, 17, 0.9] },
    }),
    layer("zone-lines", "line", "zones", {
      filter: ofUse(at), layout: { "line-join": "round" },
      paint: { "line-color": INK, "line-opacity": objects ? 0.18 : 0.7, "line-width": ["interpolate", ["linear"], ["zoom"], 8, 0.3, 12, 0.7, 16, 1.6] },
    }),
    ...(hasAreas ? [layer("area-lines", "line", "areas", { filter: ofUse(at), paint: { "line-color": "#4a2c6b", "line-width": 1.4, "line-dasharray": [4, 2] } })] : []),
    ...(hasStreets ? [layer("streets", "line", "streets", { filter: ofUse(at), layout: { "line-cap": "round" }, paint: { "line-color": "#4a2c6b", "line-width": 3 } })] : []),
    layer("chosen-under", "line", "objects", { minzoom: from, filter: ofRow(row), paint: { "line-color": "#ffffff", "line-width": 6 } }),
    layer("chosen", "line", "objects", { minzoom: from, filter: ofRow(row), paint: { "line-color": "#c8102e", "line-width": 3 } }),
    ...(hasAreas ? [layer("chosen-area", "line", "areas", { filter: NOTHING, paint: { "line-color": "#c8102e", "line-width": 3 } })] : []),
    ...(hasStreets ? [layer("chosen-street", "line", "streets", { filter: NOTHING, paint: { "line-color": "#c8102e", "line-width": 6 } })] : []),
  ];
}

// What the first picture is made of; the rest is added when that stands, since each kind of layer takes its time.
const FIRST = ["paper", "zones", "zone-lines"];

function addRest(map, at, view, row) {
  let above;
  for (const layer of layersOf(at, view, row).reverse()) {
    if (!map.getLayer(layer.id)) map.addLayer(layer, above);
    above = layer.id;
  }
}

const styleOf = (at, view, row) => ({
  version: 8,
  sources: { tiles: { type: "vector", tiles: ["landgrade://{z}/{x}/{y}"], minzoom: HEAD.tiles.min, maxzoom: HEAD.tiles.max, bounds: HEAD.extent } },
  layers: layersOf(at, view, row).filter((layer) => FIRST.includes(layer.id)),
});

// Brings a map that is drawn to another use, view or object, without loading anything again.
function restyle(map, at, view, row) {
  for (const layer of layersOf(at, view, row)) {
    if (layer.type === "background" || !map.getLayer(layer.id)) continue;
    if (!layer.id.startsWith("chosen-a") && !layer.id.startsWith("chosen-s")) map.setFilter(layer.id, layer.filter ?? null);
    for (const [name, value] of Object.entries(layer.paint)) map.setPaintProperty(layer.id, name, value);
    if (layer.layout?.visibility) map.setLayoutProperty(layer.id, "visibility", layer.layout.visibility);
  }
}
