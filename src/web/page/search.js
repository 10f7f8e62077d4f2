// The search box: a combobox whose list is walked by arrow keys.

let hits = [];
let active = -1;
let asking = 0;
let answered = ""; // the query whose hits are listed

function hitText(hit) {
  if (hit.kind === "place") {
    const place = word("east_north", { lon: hit.lon.toFixed(5), lat: hit.lat.toFixed(5) });
    const metres = hit.metres && word("hit_metres", { x: number(hit.metres[0]), y: number(hit.metres[1]) });
    const turned = hit.turned && word(hit.metres ? "hit_turned_metres" : "hit_turned");
    return [word("hit_place", { place }), listed([metres, turned, hit.outside && word("hit_outside")])];
  }
  const use = HEAD.uses[hit.use];
  if (hit.kind === "object") return [numberOf(hit.id, hit.use), [use.name, gradeName(use, hit.grade), hit.text].filter(Boolean).join(" · ")];
  const kind = word(hit.kind === "areas" ? "area" : "street");
  return [say(hit.one.name) || hit.one.id, [kind, use.name, hit.one.price && `${number(hit.one.price)} ${word("yuan")}`].filter(Boolean).join(" · ")];
}

function showHits(all, query) {
  answered = query;
  const list = byId("hits");
  active = -1;
  list.replaceChildren(...hits.map((hit, at) => {
    const [title, detail] = hitText(hit);
    const on = { pointerdown: (event) => event.preventDefault(), click: () => chooseHit(at) };
    return el("li", { id: `hit-${at}`, role: "option", "aria-selected": "false", on }, el("b", {}, title), el("span", {}, detail));
  }));
  list.hidden = hits.length === 0;
  byId("query").setAttribute("aria-expanded", String(!list.hidden));
  byId("query").removeAttribute("aria-activedescendant");
  const text = hits.length === 0 ? word("hits_none", { query }) : word(all > hits.length ? "hits_some" : "hits_all", { all: count(all), shown: hits.length });
  byId("hit-count").textContent = query ? text : "";
}

function closeHits() {
  byId("hits").hidden = true;
  byId("query").setAttribute("aria-expanded", "false");
  byId("query").removeAttribute("aria-activedescendant");
  active = -1;
}

function activate(at) {
  const options = byId("hits").children;
  if (options.length === 0) return;
  active = (at + options.length) % options.length;
  for (const [index, option] of [...options].entries()) option.setAttribute("aria-selected", String(index === active));
  options[active].scrollIntoView({ block: "nearest" });
  byId("query").setAttribute("aria-activedescendant", `hit-${active}`);
}

// Asks for what stands in the box; an answer to an older question is dropped.
async function ask() {
  const query = byId("query").value.trim();
  const own = (asking += 1);
  if (query === "") {
    hits = [];
    showHits(0, "");
    return;
  }
  const slow = setTimeout(() => { byId("hit-count").textContent = word("searching"); }, 200);
  try {
    const answer = await find(query);
    if (own !== asking) return;
    hits = answer.hits;
    showHits(answer.all, query);
  } catch (error) {
    hits = [];
    showHits(0, "");
    byId("hit-count").textContent = word("fault_any", { what: error.message });
  } finally {
    clearTimeout(slow);
  }
}

async function chooseHit(at) {
  const hit = hits[at];
  if (!hit) return;
  closeHits();
  if (hit.kind === "object") return select(hit.row, { go: true, focus: true }).catch(fault);
  if (hit.kind === "place") return choosePlace(hit);
  change({ use: hit.use, row: null, place: { kind: hit.kind, use: hit.use, row: hit.row } });
  showNamed(hit);
  if (hit.one.place) goTo(hit.one.place, hit.kind === "areas" ? 13 : 14);
  return undefined;
}

// Goes to coordinates and chooses the object there.
function choosePlace({ lon, lat, outside }) {
  if (outside || !map) {
    byId("hit-count").textContent = word(outside ? "outside_map" : "fault_webgl");
    return;
  }
  goTo([lon, lat], Math.max(HEAD.tiles.objects_from, 15));
  map.once("idle", async () => {
    await choose(map.project([lon, lat]));
    setMark([lon, lat]);
  });
  map.triggerRepaint();
}

// Enter may come before the answer to what was typed last: then it is waited for.
async function submit() {
  if (active >= 0 && answered === byId("query").value.trim()) return chooseHit(active);
  await ask();
  return chooseHit(0);
}

const HIT_KEYS = {
  ArrowDown: () => activate(active + 1),
  ArrowUp: () => activate(active < 0 ? -1 : active - 1),
  Enter: () => submit(),
};

// What may be asked for, by the place in the middle of the map.
function helpText() {
  const [west, south, east, north] = HEAD.extent;
  const [x, y] = (HEAD.grid?.mid ?? []).map((metres) => (metres / 1000).toFixed(1));
  const values = { lon: ((west + east) / 2).toFixed(2), lat: ((south + north) / 2).toFixed(2), x, y };
  byId("query-help").textContent = word(HEAD.grid ? "search_help_grid" : "search_help", values);
}

function startSearch() {
  helpText();
  const box = byId("query");
  const askLater = later(120, ask);
  box.addEventListener("focus", () => { ids().catch(() => {}); columns().catch(() => {}); }, { once: true });
  box.addEventListener("input", () => {
    if (matchMedia("(max-width: 820px)").matches) byId("find").scrollIntoView({ block: "start" }); // room for the list
    askLater();
  });
  box.addEventListener("blur", () => setTimeout(closeHits, 0));
  box.addEventListener("focus", () => {
    if (hits.length && box.value.trim()) {
      byId("hits").hidden = false;
      box.setAttribute("aria-expanded", "true");
    }
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Chinese is being typed
    if (event.key === "Escape" && !byId("hits").hidden) {
      closeHits();
      event.preventDefault();
      event.stopPropagation();
    }
    if (!HIT_KEYS[event.key]) return;
    event.preventDefault();
    HIT_KEYS[event.key]();
  });
  byId("find").addEventListener("submit", (event) => event.preventDefault());
  watch("lang", () => {
    helpText();
    box.value = "";
    ask();
  });
}
