// The panel of the chosen object: what it is, what it costs, and how that came about.

let shown = null; // the object in the panel
let cameFrom = null; // where the focus goes back to

function closePanel() {
  const panel = byId("panel");
  if (panel.hidden) return;
  const held = panel.contains(document.activeElement) || document.activeElement === document.body;
  panel.hidden = true;
  document.body.classList.remove("panel-open");
  shown = null;
  change({ row: null, place: null });
  setMark(null);
  if (held) (cameFrom?.isConnected ? cameFrom : byId("query")).focus({ preventScroll: true });
  cameFrom = null;
}

function openPanel(title, kind, children, focus) {
  const panel = byId("panel");
  const heading = el("h2", { id: "panel-title", tabindex: "-1" }, title);
  const close = el("button", { type: "button", class: "close", "aria-label": word("close"), title: word("close"), on: { click: closePanel } }, "×");
  if (panel.hidden || !panel.contains(document.activeElement)) cameFrom = document.activeElement === document.body ? map?.getCanvas() : document.activeElement;
  panel.replaceChildren(el("header", {}, el("p", { class: "kind" }, kind), heading, close), el("div", { class: "body" }, children));
  panel.hidden = false;
  panel.scrollTop = 0;
  document.body.classList.add("panel-open");
  if (focus) heading.focus({ preventScroll: true });
}

const line = (label, value, data = {}) => [el("dt", {}, label), el("dd", data, value)];

const yuan = (value) => (known(value) ? `${number(value)} ${word("yuan")}` : NONE);

// Prices of an object of land and of floor and per mu: of its own price where that is not its grade's.
function pricesOf(object, use) {
  const one = gradeOf(use, object.grade);
  if (!known(object.price)) return null;
  if (one && known(one.price) && Math.fround(one.price) === Math.fround(object.price)) return { ...one, own: false };
  const ratio = one?.plot_ratio ?? null;
  const isFloor = use.kind === "floor";
  const ground = isFloor ? ratio && object.price * ratio : object.price;
  const floor = isFloor ? object.price : ratio && object.price / ratio;
  return { ground, floor, mu: known(ground) ? ground / 15 : null, own: true, of: one?.price };
}

function facts(object, use) {
  const prices = pricesOf(object, use);
  const one = gradeOf(use, object.grade);
  const last = HEAD.previous;
  return el("dl", { class: "glance" },
    line(word("use"), use.name),
    line(word("grade"), [swatch(gradeColour(use, object.grade)), gradeName(use, object.grade)], { id: "panel-grade", "data-grade": object.grade }),
    line(word("ground"), prices ? yuan(prices.ground) : word("no_price"), { class: "strong", id: "panel-ground" }),
    line(word("floor"), prices ? yuan(prices.floor) : NONE),
    line(word("mu"), prices ? `${fixed(prices.mu, 2)} ${word("wan_mu")}` : NONE),
    line(word("area_column"), known(object.area) ? `${fixed(object.area, 2)} ${word("square_metres")}` : NONE),
    last ? line(word("last_grade"), object.lastGrade ? gradeName(use, object.lastGrade) : word("last_had_none")) : [],
    last ? line(word("last_price"), object.lastPrice === null ? NONE : yuan(object.lastPrice)) : [],
    last ? line(word("growth"), object.growth === null ? [NONE, use.growth_note ? el("span", { class: "note" }, ` ${say(use.growth_note)}`) : null] : percent(object.growth / 10)) : [],
    prices?.own && known(prices.of) ? el("dd", { class: "note wide" }, word("own_price", { object: objectWord(false), price: number(prices.of) })) : [],
    one?.development && say(one.development) ? line(word("development"), say(one.development)) : [],
    HEAD.kept.map((kept, at) => line(say(kept.name), "…", { "data-kept": at })));
}

// Kept texts come with their own parts of the file, so after the rest.
async function fillKept(row) {
  for (const node of document.querySelectorAll("#panel [data-kept]")) {
    const texts = await keptOf[Number(node.dataset.kept)]();
    if (state.row !== row) return;
    node.textContent = texts.at(row) || NONE;
  }
}

function showObject(object, focus = false) {
  shown = { object };
  const use = HEAD.uses[object.use];
  openPanel(object.id, objectWord(false), [
    facts(object, use),
    el("details", { open: true, id: "explanation" }, el("summary", {}, word("explanation")), explanation(object, use)),
    el("details", { open: true }, el("summary", {}, word("price_how")), priceHow(object, use)),
    el("details", { open: true, id: "recompute" }, el("summary", {}, word("recompute")), recompute(object, use)),
    el("details", {}, el("summary", {}, word("conditions")), conditions(use)),
  ], focus);
  performance.mark("panel");
  tell(`${objectWord(false)} ${object.id}, ${use.name}, ${gradeName(use, object.grade)}, ${known(object.price) ? yuan(object.price) : word("no_price")}`);
  fillKept(object.row).catch(fault);
}

// An area or a street with a price of its own.
function showNamed(hit) {
  shown = { hit };
  const { one, kind } = hit;
  const use = HEAD.uses[hit.use];
  const isArea = kind === "areas";
  openPanel(say(one.name) || one.id, word(isArea ? "area" : "street"), [
    el("dl", { class: "glance" },
      line("ID", String(one.id)),
      line(word("use"), use.name),
      isArea ? line(word("grade"), [swatch(gradeColour(use, one.grade)), gradeName(use, one.grade)]) : line(word("depth"), number(one.standard_depth)),
      line(word(use.kind === "floor" ? "floor" : "ground"), yuan(one.price), { class: "strong" }),
      known(one.previous) ? line(word("last_price"), yuan(one.previous)) : []),
    conditions(use),
  ], true);
}

function startPanel() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) closePanel();
  });
  watch("lang", () => {
    if (shown?.object) showObject(shown.object);
    else if (shown?.hit) showNamed(shown.hit);
  });
  // Another use was chosen: what is in the panel is not of it.
  watch("use", () => {
    const own = shown?.object ?? shown?.hit;
    if (own && own.use !== state.use) closePanel();
  });
}
