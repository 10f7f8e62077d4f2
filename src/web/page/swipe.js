// The last release beside this one: a second map over the first, cut at a bar that mouse, finger and keys move. Both sides show grades, object by
// object, so that what differs is what changed.

let lastMap = null;
let cut = 50; // percent of the width

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
  lastMap.once("load", () => {
    addRest(lastMap, state.use, "last", null);
    lay(lastMap, state.use, "last").catch(fault);
  });
  map.on("move", follow);
  map.on("resize", () => lastMap.resize());
}

function moveCut(percent) {
  cut = Math.min(100, Math.max(0, percent));
  byId("map-last").style.clipPath = `inset(0 ${100 - cut}% 0 0)`;
  const bar = byId("swipe-bar");
  bar.style.left = `${cut}%`;
  bar.setAttribute("aria-valuenow", String(Math.round(cut)));
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
    moveCut(((event.clientX - frame.left) / frame.width) * 100);
  });
  swipeWords();
  watch("lang", swipeWords);
  watch("swipe", showSwipe);
  watch("use", () => {
    if (!lastMap) return;
    restyle(lastMap, state.use, "last", null);
    lay(lastMap, state.use, "last").catch(fault);
  });
}
