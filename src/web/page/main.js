// The page starts: words and legend first, then the map; data of objects only when somebody asks.

function start() {
  startControls(); // the head takes its height before the map fits itself into the rest
  startMap();
  showViews();
  startLegend();
  startSearch();
  startPanel();
  startSwipe();
  startPicking();
  startPrint();
}

start();

// What a click or a search needs, fetched while nobody does anything.
const soon = globalThis.requestIdleCallback ?? ((then) => setTimeout(then, 500));
const fetchEarly = () => soon(() => Promise.all([ids(), columns(), scores()]).catch(() => {}));
if (map) map.once("idle", () => setTimeout(fetchEarly, 700));
else fetchEarly();

// For tests and for other pages.
globalThis.landgrade = {
  map,
  get lastMap() { return lastMap; },
  state,
  select: (row) => select(row, { go: true }),
  // When the map is drawn for the first time; at once where there is none.
  ready: map ? new Promise((done) => { map.once("idle", () => done(performance.now())); }) : Promise.resolve(performance.now()),
};
