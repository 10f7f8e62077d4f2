// How the map is drawn: its layers, and colours by grade, by last grade and by growth.

const PAPER = "#f6f4ee";
const GREY = "#c9c7c1";
const INK = "#1d2329";
const OTHERS = "#e3e1db"; // land of other uses
const WATER = "#cfe3ef";
const [ROAD, ROAD_EDGE] = ["#fffdf8", "#a89f92"];
const [AREA, STREET] = ["#5b2a86", "#00596b"];
const CHOSEN = "#c8102e";

// Classes of growth in tenths of a percent: each from its first value up to the next one's. Nothing of it is the blue of water.
const GROWTH = [
  { from: -Infinity, colour: "#0b6b60" },
  { from: -100, colour: "#57b0a5" },
  { from: -50, colour: "#a9d9cf" },
  { from: 0, colour: "#f3e9bd" },
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

// Whether a view colours the objects themselves, not the zones. `now` is the grades of this release drawn as those of the last one are.
const ofObjects = (view) => view === "growth" || view === "last" || view === "now";

// Whether a view colours each object by a grade, without borders of zones.
const byObjectGrade = (view) => view === "last" || view === "now";

// Whether areas, streets and labels of this release belong on a view: not beside or above the last one.
const showsPlaces = (view) => view !== "last" && !state.swipe;

let hasZones = true; // known when the first tiles are there: a release that was imported may have none

// The view as it is drawn: beside the last release both sides are drawn alike, and what has no zones is drawn by its objects.
const drawnView = () => (state.swipe || (!hasZones && !ofObjects(state.view)) ? "now" : state.view);

function fillOf(use, view) {
  if (view === "growth") return byGrowth(use);
  return byGrade(use, view === "last" ? "p" : "g");
}

const NOTHING = ["==", ["get", "u"], -1];
const ofUse = (at) => ["==", ["get", "u"], at];
const ofPriced = (at) => ["all", ofUse(at), ["has", "v"]]; // areas and streets with a price of their own
const placeFilter = (kind) => (state.place?.kind === kind ? ["all", ofUse(state.place.use), ["==", ["get", "r"], state.place.row]] : NOTHING);
const ofRow = (row) => ["==", ["coalesce", ["id"], 0], row === null ? -1 : row];

const pricedOf = (list) => (list ?? []).filter((one) => known(one.price));
const hasAreas = HEAD.uses.some((use) => use.areas?.length);
const hasStreets = HEAD.uses.some((use) => use.streets?.length);

const { water: hasWater, roads: hasRoads, districts: hasDistricts, names: groundNames = [] } = HEAD.ground ?? {};

const layerOf = (id, type, source, more) => ({ id, type, source: "tiles", "source-layer": source, ...more });

const byZoom = (...stops) => ["interpolate", ["linear"], ["zoom"], ...stops];

// What lies below the prices: water, and the land of other uses, so that the whole city is seen.
const groundLayers = (at) => [
  { id: "paper", type: "background", paint: { "background-color": PAPER } },
  ...(hasWater ? [
    layerOf("water", "fill", "water", { paint: { "fill-color": WATER } }),
    layerOf("rivers", "line", "rivers", { layout: { "line-cap": "round" }, paint: { "line-color": WATER, "line-width": byZoom(9, 0.8, 13, 2, 17, 8) } }),
  ] : []),
  layerOf("other-zones", "fill", "zones", { filter: ["!=", ["get", "u"], at], paint: { "fill-color": OTHERS, "fill-antialias": false } }),
  layerOf("others", "fill", "objects", { minzoom: HEAD.tiles.objects_from, filter: ["!=", ["get", "u"], at], paint: { "fill-color": OTHERS, "fill-antialias": false } }),
];

// Roads, quiet: a grey edge and, when they are seen larger, a light middle.
const roadLayers = () => (hasRoads ? [
  layerOf("roads-edge", "line", "roads", { layout: { "line-join": "round" }, paint: { "line-color": ROAD_EDGE, "line-width": byZoom(9, 0.3, 12, 0.8, 14, 1.8, 17, 6) } }),
  layerOf("roads", "line", "roads", { minzoom: 12, layout: { "line-join": "round" }, paint: { "line-color": ROAD, "line-width": byZoom(12, 0.2, 14, 1, 17, 4.6) } }),
] : []);

const districtLayers = () => (hasDistricts
  ? [layerOf("districts", "line", "districts", { paint: { "line-color": "#3a3f45", "line-width": byZoom(9, 0.9, 14, 1.8), "line-dasharray": [6, 2, 1, 2] } })]
  : []);

// Areas and streets with prices of their own, each on a light edge, so that they stand out on every colour.
function placeLayers(at, view) {
  const layout = { visibility: showsPlaces(view) ? "visible" : "none" };
  const one = (id, source, paint) => layerOf(id, "line", source, { filter: ofPriced(at), layout: { ...layout, "line-join": "round" }, paint });
  return [
    ...(hasAreas ? [one("areas-edge", "areas", { "line-color": "#ffffff", "line-width": 3.6 }), one("area-lines", "areas", { "line-color": AREA, "line-width": 1.8, "line-dasharray": [5, 2.5] })] : []),
    ...(hasStreets ? [one("streets-edge", "streets", { "line-color": "#ffffff", "line-width": 6 }), one("streets", "streets", { "line-color": STREET, "line-width": 3.4 })] : []),
  ];
}

// A line in the colour of what is chosen, on a light edge.
const chosenLine = (id, source, filter, width, more = {}) => [
  layerOf(`${id}-under`, "line", source, { ...more, filter, paint: { "line-color": "#ffffff", "line-width": width + 4 } }),
  layerOf(id, "line", source, { ...more, filter, paint: { "line-color": CHOSEN, "line-width": width } }),
];

// The area or street that was asked for.
const askedLayers = () => [
  ...(hasAreas ? [
    layerOf("chosen-area-fill", "fill", "areas", { filter: placeFilter("areas"), paint: { "fill-color": CHOSEN, "fill-opacity": 0.14 } }),
    ...chosenLine("chosen-area", "areas", placeFilter("areas"), 3),
  ] : []),
  ...(hasStreets ? chosenLine("chosen-street", "streets", placeFilter("streets"), 5) : []),
];

// Everything drawn of a use in a view, lowest first. Fills cover what is below: a colour on the map is that of its key in the legend.
function layersOf(at, view, row) {
  const use = HEAD.uses[at];
  const from = HEAD.tiles.objects_from;
  const objects = ofObjects(view);
  return [
    ...groundLayers(at),
    layerOf("zones", "fill", "zones", {
      filter: ofUse(at), layout: { visibility: objects ? "none" : "visible" },
      paint: { "fill-color": fillOf(use, objects ? "grades" : view), "fill-antialias": false },
    }),
    layerOf("objects", "fill", "objects", {
      minzoom: from, filter: ofUse(at), paint: { "fill-color": fillOf(use, view), "fill-opacity": objects ? 1 : 0, "fill-antialias": false },
    }),
    ...roadLayers(),
    layerOf("object-lines", "line", "objects", {
      minzoom: from, paint: { "line-color": INK, "line-opacity": 0.24, "line-width": byZoom(13, 0.2, 17, 0.9) },
    }),
    layerOf("zone-lines", "line", "zones", {
      filter: ofUse(at), layout: { "line-join": "round" },
      paint: { "line-color": INK, "line-opacity": byObjectGrade(view) ? 0 : objects ? 0.18 : 0.7, "line-width": byZoom(8, 0.3, 12, 0.7, 16, 1.6) },
    }),
    ...districtLayers(),
    ...placeLayers(at, view),
    ...askedLayers(),
    ...chosenLine("chosen", "objects", ofRow(row), 3, { minzoom: from }),
  ];
}

// What the first picture is made of; the rest is added when that stands, since each kind of layer takes its time.
const FIRST = ["paper", "zones"];

function addRest(map, at, view, row) {
  let above;
  for (const layer of layersOf(at, view, row).reverse()) {
    if (!map.getLayer(layer.id)) map.addLayer(layer, above);
    above = layer.id;
  }
}

const styleOf = (at, view, row) => ({
  version: 8,
  sources: { tiles: { type: "vector", tiles: ["landgrade://{z}/{x}/{y}"], minzoom: HEAD.tiles.min, maxzoom: HEAD.tiles.max, bounds: HEAD.drawn } },
  layers: layersOf(at, view, row).filter((layer) => FIRST.includes(layer.id)),
});

// Brings a map that is drawn to another use, view or object, without loading anything again.
function restyle(map, at, view, row) {
  for (const layer of layersOf(at, view, row)) {
    if (layer.type === "background" || !map.getLayer(layer.id)) continue;
    map.setFilter(layer.id, layer.filter ?? null);
    for (const [name, value] of Object.entries(layer.paint)) map.setPaintProperty(layer.id, name, value);
    if (layer.layout?.visibility) map.setLayoutProperty(layer.id, "visibility", layer.layout.visibility);
  }
}
