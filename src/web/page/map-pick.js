// Choosing an object on the map: the one drawn there, else the one whose middle is nearest.

const REACH = 14; // px

// The row of the object at a point of the screen; null where there is none.
async function pick(point) {
  if (map.getZoom() >= HEAD.tiles.objects_from && map.getLayer("objects")) {
    const drawn = map.queryRenderedFeatures(point, { layers: ["objects", "others"] });
    const own = drawn.find((one) => one.properties.u === state.use) ?? drawn[0];
    return own ? (own.id ?? 0) : null;
  }
  return nearest(await columns(), map.unproject(point), point);
}

// The object of the use whose middle is nearest, within its own size or a finger's width.
function nearest(data, { lng, lat }, point) {
  const [west, south, east, north] = HEAD.extent;
  const perDegree = 111320; // m
  const squeeze = Math.cos((lat * Math.PI) / 180);
  const aside = map.unproject([point.x + REACH, point.y]);
  const reach = Math.abs(aside.lng - lng) * perDegree * squeeze; // m
  let [best, least] = [null, Infinity];
  for (let row = 0; row < HEAD.objects.count; row += 1) {
    if (data.uses[row] !== state.use) continue;
    const dx = (west + ((east - west) * data.x[row]) / 65535 - lng) * perDegree * squeeze;
    const dy = (south + ((north - south) * data.y[row]) / 65535 - lat) * perDegree;
    const away = dx * dx + dy * dy;
    if (away < least) [best, least] = [row, away];
  }
  if (best === null) return null;
  const size = Math.sqrt(data.areas[best] > 0 ? data.areas[best] : 0);
  return Math.sqrt(least) <= Math.max(reach, size) ? best : null;
}

async function choose(point) {
  try {
    const row = await pick(point);
    if (row === null) tell(word("nothing_here", { object: objectWord(false) }));
    else await select(row);
  } catch (error) {
    fault(error);
  }
}

// Chooses an object: its use, its outline and its panel; `go` also brings it into view.
async function select(row, { go = false, focus = false } = {}) {
  performance.mark("select");
  const object = await objectAt(row);
  setMark(null);
  shown = { object };
  change({ use: object.use, row, place: null });
  showObject(object, focus);
  if (matchMedia("(max-width: 820px)").matches) byId("map-frame").scrollIntoView({ block: "start" });
  if (!go) keepVisible(object.place);
  if (go) goTo(object.place, Math.max(HEAD.tiles.objects_from, Math.min(17, zoomOf(object.area))));
}

// The scale at which an object of so many m² is well seen.
const zoomOf = (area) => (known(area) ? Math.log2((78271 * 0.85 * 120) / Math.sqrt(area)) : 16);

// Says something to a reader of the screen, and briefly on the page.
function tell(text) {
  byId("news").textContent = text;
}

function startPicking() {
  if (!map) return;
  map.on("click", ({ point }) => choose(point));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const { clientWidth, clientHeight } = map.getCanvas();
    choose(new maplibregl.Point(clientWidth / 2, clientHeight / 2));
  });
}
