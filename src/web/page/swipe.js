// The last release beside this one: a second map over the first, cut at a bar that mouse, finger and keys move. Both sides are drawn object by
// object, so that what differs is what changed, and labelled by their own zones.

let lastMap = null;
let cut = 50; // percent of what the panel leaves free of the width
let share = 0.5; // of the whole width

function follow() {
  if (!lastMap || byId("map-last").hidden) return;
  lastMap.jumpTo({ center: map.getCenter(), zoom: map.getZoom(), padding: map.getPadding() });
}

function makeLastMap() {
  lastMap = new maplibregl.Map({
    ...MAP_OPTIONS, container: "map-last", style: styleOf(state.use, "last", null), interactive: false,
    center: map.getCenter(), zoom: map.getZoom(), minZoom: HEAD.tiles.min, maxZoom: 20,
  });
  lastMap.getCanvas().setAttribute("aria-hidden", "true");
  lastMap.getCanvas().tabIndex = -1;
  lastMap.on("error", ({ error }) => fault(error));
  drawMissing(lastMap);
  lastMap.once("load", () => {
    addRest(lastMap, state.use, "last", null);
    relabel(lastMap, state.use, state.view, true);
    lay(lastMap, state.use, "last").catch(fault);
  });
  map.on("move", follow);
  map.on("resize", () => lastMap.resize());
}

// How far right of the middle of what is free the side of this release has its own middle, where that side is wide enough to look at.
const besideCut = (free) => (state.swipe && cut < 80 ? (free * cut) / 200 : 0);

function moveCut(percent) {
  cut = Math.min(100, Math.max(0, percent));
  const width = byId("map-frame").clientWidth;
  const free = width - covered().right;
  share = width > 0 ? ((cut / 100) * free) / width : 0.5;
  byId("map-last").style.clipPath = `inset(0 ${100 - share * 100}% 0 0)`;
  const bar = byId("swipe-bar");
  bar.style.left = `${share * 100}%`;
  bar.setAttribute("aria-valuenow", String(Math.round(cut)));
  placeTags(share * width, width, free);
}

const [BUTTONS, BESIDE_BAR, LEAST_TAG] = [64, 10, 48]; // px

// The names of the releases on either side of the bar, as far as there is room beside buttons and panel.
function placeTags(at, width, free) {
  const [last, now] = [byId("tag-last"), byId("tag-now")];
  last.style.right = `${width - at + BESIDE_BAR}px`;
  now.style.left = `${at + BESIDE_BAR}px`;
  for (const [tag, room] of [[last, at - BESIDE_BAR - BUTTONS], [now, free - at - 2 * BESIDE_BAR]]) {
    tag.style.maxWidth = `${Math.max(0, room)}px`;
    tag.style.visibility = room < LEAST_TAG ? "hidden" : "";
  }
}

function showSwipe() {
  const on = state.swipe && map !== null;
  for (const id of ["map-last", "swipe-bar", "tag-last", "tag-now"]) byId(id).hidden = !on;
  if (!on) return;
  if (lastMap) lastMap.resize();
  else makeLastMap();
  moveCut(cut);
  follow();
}

function swipeWords() {
  byId("swipe-bar").setAttribute("aria-label", word("swipe_label"));
  byId("tag-last").textContent = word("tag_last", { name: HEAD.previous.name });
  byId("tag-now").textContent = word("tag_now", { name: HEAD.name });
}

const CUT_STEPS = { ArrowLeft: -2, ArrowDown: -2, ArrowRight: 2, ArrowUp: 2, PageDown: -10, PageUp: 10, Home: -100, End: 100 };

function startSwipe() {
  if (!map || !HEAD.previous) return;
  const bar = byId("swipe-bar");
  bar.addEventListener("keydown", (event) => {
    const step = CUT_STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    moveCut(cut + step);
  });
  bar.addEventListener("pointerdown", (event) => {
    bar.setPointerCapture(event.pointerId);
    event.preventDefault();
    bar.focus();
  });
  bar.addEventListener("pointermove", (event) => {
    if (!bar.hasPointerCapture(event.pointerId)) return;
    const frame = byId("map-frame").getBoundingClientRect();
    moveCut(((event.clientX - frame.left) / (frame.width - covered().right)) * 100);
  });
  swipeWords();
  watch("lang", swipeWords);
  watch("swipe", showSwipe);
  const room = new ResizeObserver(() => moveCut(cut)); // the panel opens and closes, the window changes
  for (const id of ["panel", "map-frame"]) room.observe(byId(id));
  watch("lang use view", () => {
    if (lastMap?.getLayer("chosen")) relabel(lastMap, state.use, state.view, true);
  });
  watch("use", () => {
    if (!lastMap) return;
    restyle(lastMap, state.use, "last", null);
    lay(lastMap, state.use, "last").catch(fault);
  });
}
