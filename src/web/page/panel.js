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

// Of a grade, an area or a street the prices of land, of floor and per mu as they are published, else those of an object's own price: nothing is
// rounded anew.
function pricesOf(one, use, price) {
  if (known(one?.price)) return one;
  return known(price) ? { [use.kind]: price } : null;
}

const priceLine = (key, prices, label = word(key), data = {}) =>
  line(label, prices ? yuan(prices[key]) : NONE, { id: `panel-${key}`, "data-value": prices?.[key], ...data });

const muLine = (prices, id = "panel-mu") =>
  line(word("mu"), known(prices?.mu) ? `${fixed(prices.mu, 2)} ${word("wan_mu")}` : NONE, { id, "data-value": prices?.mu });

// An area or a street by its name and number.
const placeName = (one) => (say(one.name) && say(one.name) !== String(one.id) ? say(one.name) + aside(`ID ${one.id}`) : String(one.id));

// The area or street whose price the ground is valued by, before the price of the grade.
function basisLines(object, use) {
  const { basis, price } = valuedBy(object);
  if (!basis) return [];
  const other = use.kind === "floor" ? "ground" : "floor";
  const isArea = basis.kind === "areas";
  const own = el("b", { id: "panel-basis-price", "data-value": price }, `${yuan(price)}${aside(word(use.kind))}`);
  return [
    line(word("valued_by"), [word(isArea ? "area" : "street"), " ", placeName(basis.one)], { id: "panel-basis", "data-kind": basis.kind, "data-id": basis.one.id }),
    line(word(isArea ? "area_price" : "street_price"), own, { class: "strong" }),
    priceLine(other, basis.one, word(other), { id: `panel-basis-${other}` }),
    muLine(basis.one, "panel-basis-mu"),
    isArea ? [] : line(word("depth"), number(basis.one.standard_depth)),
    el("dd", { class: "note wide" }, word(isArea ? "note_area" : "note_street", { object: objectWord(false) })),
  ];
}

// What grew since the last release, or why that is not told.
function growthTold(object, use) {
  if (object.growth !== null) return percent((object.price / object.lastPrice - 1) * 100);
  const both = known(object.price) && known(object.lastPrice);
  const why = say(use.growth_note) || (both ? word("not_compared") : "");
  return [NONE, why ? el("span", { class: "note" }, ` ${why}`) : null];
}

// The last price of an area or street, and what it grew by.
function placeLastLines(one, use) {
  const why = say(use.growth_note) || (known(one.previous) ? word("not_compared") : word("place_was_not_there"));
  return [
    line(word("last_price"), yuan(one.previous)),
    line(word("growth"), known(one.growth) ? percent(one.growth) : [NONE, el("span", { class: "note" }, ` ${why}`)],
      { id: "panel-place-growth", "data-value": one.growth }),
  ];
}

// What the object was in the last release. Where an area or a street gives the price, its growth is the object's, and that of its grade says so.
function lastLines(object, use) {
  if (!HEAD.previous) return [];
  const { basis } = valuedBy(object);
  const label = (key) => (basis ? word("of_grade_last", { what: word(key) }) : word(key));
  return [
    basis ? placeLastLines(basis.one, use) : [],
    line(word("last_grade"), object.lastGrade ? gradeName(use, object.lastGrade) : word("last_had_none")),
    line(label("last_price"), yuan(object.lastPrice)),
    line(label("growth"), growthTold(object, use), { id: "panel-growth", "data-tenths": object.growth }),
    object.lastParts > 1 ? el("dd", { class: "note wide" }, word("last_parts", { count: object.lastParts, object: objectWord(false) })) : [],
  ];
}

function facts(object, use) {
  const one = gradeOf(use, object.grade);
  const prices = pricesOf(one, use, object.price);
  const basis = basisLines(object, use);
  const set = gradeOf(use, valuedBy(object).grade); // what the price is set at
  const label = (key) => (basis.length ? word("of_grade", { price: word(key) }) : kindWord(use, key));
  return el("dl", { class: "glance" },
    line(word("use"), use.name),
    line(word("grade"), [swatch(gradeColour(use, object.grade)), gradeName(use, object.grade)], { id: "panel-grade", "data-grade": object.grade }),
    basis,
    prices ? priceLine("ground", prices, label("ground"), { class: basis.length ? null : "strong" }) : line(label("ground"), noPriceText(use) || word("no_price"), { id: "panel-ground" }),
    prices && use.kind_known !== false ? priceLine("floor", prices, label("floor")) : [],
    basis.length || !prices || use.kind_known === false ? [] : muLine(prices),
    line(word("area_column"), known(object.area) ? `${fixed(object.area, 2)} ${word("square_metres")}` : NONE),
    lastLines(object, use),
    set?.development && say(set.development) ? line(word("development"), say(set.development)) : [],
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
  openPanel(numberOf(object.id, object.use), objectTitle(false), [
    facts(object, use),
    el("details", { open: true, id: "explanation" }, el("summary", {}, word("explanation")), explanation(object, use)),
    // Where the use has no prices that is told once, above.
    noPriceText(use) ? [] : el("details", { open: true }, el("summary", {}, word("price_how")), priceHow(object, use)),
    noPriceText(use) ? [] : el("details", { open: true, id: "recompute" }, el("summary", {}, word("recompute")), recompute(object, use)),
    conditions(use) ? el("details", {}, el("summary", {}, word("conditions")), conditions(use)) : [],
  ], focus);
  performance.mark("panel");
  const { price } = valuedBy(object);
  tell(listed([`${objectTitle(false)} ${numberOf(object.id, object.use)}`, use.name, gradeName(use, object.grade), known(price) ? yuan(price) : word("no_price")]));
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
      ["ground", "floor"].map((key) => priceLine(key, one, word(key), { class: key === use.kind ? "strong" : null })),
      muLine(one),
      HEAD.previous ? placeLastLines(one, use) : []),
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
  // Another use was chosen: the same ground in it, where it is graded for it too; else what is in the panel is not of it.
  watch("use", async () => {
    const own = shown?.object ?? shown?.hit;
    const { use } = state;
    if (!own || own.use === use) return;
    const row = shown.object ? await siblingOf(shown.object, use).catch(() => null) : null;
    if (state.use !== use) return;
    if (row === null) closePanel();
    else select(row).catch(fault);
  });
}
