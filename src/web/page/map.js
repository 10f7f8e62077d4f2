// The map: tiles out of this file, moved and zoomed by mouse, finger and keyboard.

let map = null;
let pin = null; // the chosen object where the tiles do not hold it
let mark = null; // a place asked for by coordinates

// All that is drawn: the objects, and what lies around them.
const bounds = () => [[HEAD.drawn[0], HEAD.drawn[1]], [HEAD.drawn[2], HEAD.drawn[3]]];

// The archive of tiles, read stretch by stretch.
function serveTiles() {
  const archive = new pmtiles.PMTiles({
    getKey: () => "tiles",
    getBytes: async (offset, length) => ({ data: (await stretch("tiles", offset, length)).buffer }),
  });
  maplibregl.addProtocol("landgrade", async ({ url }) => {
    const [z, x, y] = url.slice("landgrade://".length).split("/").map(Number);
    const tile = await archive.getZxy(z, x, y);
    return { data: tile ? tile.data : new ArrayBuffer(0) };
  });
}

function around() {
  const [west, south, east, north] = HEAD.drawn;
  const [wide, high] = [Math.max(0.05, east - west), Math.max(0.05, north - south)];
  return [[west - wide, south - high], [east + wide, north + high]];
}

const MAP_OPTIONS = {
  attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, maxPitch: 0,
  fadeDuration: 0, renderWorldCopies: false, canvasContextAttributes: { antialias: false },
};

function makeMap() {
  const made = new maplibregl.Map({
    ...MAP_OPTIONS, container: "map", style: styleOf(state.use, state.view, state.row), bounds: bounds(),
    fitBoundsOptions: whole(), maxBounds: around(), minZoom: HEAD.tiles.min, maxZoom: 20,
  });
  made.touchZoomRotate.disableRotation();
  made.keyboard.disableRotation();
  made.addControl(new maplibregl.ScaleControl({ maxWidth: 120, unit: "metric" }), "bottom-left");
  drawMissing(made);
  made.on("error", ({ error }) => fault(error));
  made.once("idle", () => {
    byId("map-wait").hidden = true;
    hasZones = made.querySourceFeatures("tiles", { sourceLayer: "zones" }).length > 0;
    addRest(made, state.use, drawnView(), state.row);
    restyle(made, state.use, drawnView(), state.row);
    relabel(made, state.use, state.view);
    lay(made, state.use, drawnView()).catch(fault);
  });
  return made;
}

// Says what went wrong where the map would be, or above it.
function fault(error) {
  console.warn(error);
  byId("map-wait").hidden = true;
  const box = byId("map-fault");
  box.textContent = word("fault_any", { what: error?.message ?? String(error) });
  box.hidden = false;
}

function noMap() {
  document.body.classList.add("no-map");
  byId("map-wait").hidden = true;
  const box = byId("map-fault");
  box.dataset.word = "fault_webgl";
  box.textContent = word("fault_webgl");
  box.hidden = false;
}

function labelCanvas() {
  map?.getCanvas().setAttribute("aria-label", word("canvas_label", { object: objectWord(false) }));
}

let toldPlace = null;

// Where the pointer is; where nothing points, the middle of the map.
function tellPlace({ lng, lat }) {
  toldPlace = { lng, lat };
  byId("place").textContent = word("east_north", { lon: lng.toFixed(5), lat: lat.toFixed(5) });
}

// The chosen object: an outline where the tiles hold it, else a pin.
async function showChosen() {
  if (!map) return;
  if (map.getLayer("chosen")) for (const id of ["chosen-under", "chosen"]) map.setFilter(id, ofRow(state.row));
  pin?.remove();
  pin = null;
  const row = state.row;
  if (row === null) return;
  const place = placeOf(await columns(), row);
  if (state.row !== row) return;
  pin = new maplibregl.Marker({ element: el("div", { class: "pin", "aria-hidden": "true" }) }).setLngLat(place).addTo(map);
  togglePin();
}

const togglePin = () => document.body.classList.toggle("objects-shown", map.getZoom() >= HEAD.tiles.objects_from);

// How much of the map the panel covers, at its right or on a phone from below.
function covered() {
  const panel = byId("panel");
  if (panel.hidden) return { right: 0, bottom: 0 };
  const [frame, own] = [byId("map-frame").getBoundingClientRect(), panel.getBoundingClientRect()];
  const below = own.width > frame.width * 0.9;
  const [right, bottom] = [Math.max(0, frame.right - own.left), Math.max(0, frame.bottom - own.top)];
  return below ? { right: 0, bottom: Math.min(bottom, frame.height - 60) } : { right: Math.min(right, frame.width - 60), bottom: 0 };
}

// Brings a place into the middle of what the panel leaves free, of the side of this release where two are shown.
function goTo([lon, lat], zoom) {
  if (!map) return;
  const { right, bottom } = covered();
  const target = { center: [lon, lat], zoom: Math.max(map.getZoom(), zoom), offset: [-right / 2 + besideCut(map.getCanvas().clientWidth - right), -bottom / 2] };
  const far = !map.getBounds().contains([lon, lat]) || Math.abs(target.zoom - map.getZoom()) > 3;
  map.easeTo({ ...target, duration: far || calm() ? 0 : 350 });
}

// Moves the map where the panel lies over a place.
function keepVisible(place) {
  if (!map) return;
  const { right, bottom } = covered();
  const { x, y } = map.project(place);
  const { clientWidth, clientHeight } = map.getCanvas();
  if (x > clientWidth - right || y > clientHeight - bottom) goTo(place, map.getZoom());
}

// A cross at a place asked for by its coordinates; none to take it away.
function setMark(place) {
  mark?.remove();
  mark = place && map ? new maplibregl.Marker({ element: el("div", { class: "mark", "aria-hidden": "true" }) }).setLngLat(place).addTo(map) : null;
}

// Outlines an area or a street that was found by its name.
function showPlace() {
  for (const one of [map, lastMap]) {
    for (const { id, filter } of askedLayers()) if (one?.getLayer(id)) one.setFilter(id, filter);
  }
}

// The whole map beside the panel and the buttons, and below the names of two releases; where there is little room the buttons lie on it.
function whole() {
  const { right, bottom } = covered();
  const { width } = byId("map-frame").getBoundingClientRect();
  const buttons = width - right > 480 ? 52 : 0;
  return { padding: { top: state.swipe ? 46 : 20, left: 20 + buttons, right: 20 + right, bottom: 28 + bottom } };
}

function startMap() {
  try {
    maplibregl.prewarm(); // the workers start while WebGL does
    serveTiles();
    map = makeMap();
  } catch (error) {
    console.warn(error);
    map = null;
    return noMap();
  }
  watch("lang", () => { if (toldPlace) tellPlace(toldPlace); });
  map.on("mousemove", ({ lngLat }) => tellPlace(lngLat));
  map.on("move", () => tellPlace(map.getCenter()));
  map.on("zoom", togglePin);
  byId("zoom-in").addEventListener("click", () => map.zoomIn({ animate: !calm() }));
  byId("zoom-out").addEventListener("click", () => map.zoomOut({ animate: !calm() }));
  byId("whole").addEventListener("click", () => map.fitBounds(bounds(), { animate: false, ...whole() }));
  labelCanvas();
  togglePin();
  watch("lang", labelCanvas);
  watch("lang use view swipe", () => {
    if (!map.getLayer("chosen")) return;
    const view = drawnView();
    restyle(map, state.use, view, state.row);
    relabel(map, state.use, state.view);
    lay(map, state.use, view).catch(fault);
  });
  watch("row", () => showChosen().catch(fault));
  watch("place", showPlace);
  return undefined;
}
