// The legend: the published table of the use, or the classes of what the map shows, with its conditions below.

const cell = (text, data = {}) => el("td", data, text);

const head = (text, unit) => el("th", { scope: "col" }, text, unit ? el("span", { class: "unit" }, unit) : null);

const rowHead = (use, grade, name) => el("th", { scope: "row" }, swatch(gradeColour(use, grade)), name ?? gradeName(use, grade));

function table(caption, heads, rows, data = {}) {
  return el("table", data, el("caption", {}, caption), el("thead", {}, el("tr", {}, heads)), el("tbody", {}, rows));
}

// What is published of each grade.
function gradeTable(use) {
  const columns = [
    ["ground", kindWord(use, "ground"), word("yuan"), (one) => number(one.ground)],
    ["floor", word("floor"), word("yuan"), (one) => number(one.floor)],
    ["mu", word("mu"), word("wan_mu"), (one) => fixed(one.mu, 2)],
    ["plot_ratio", word("plot_ratio"), "", (one) => number(one.plot_ratio)],
    ["area", word("area_column"), word("ha"), (one) => hectares(one.area)],
    ["objects", word("count"), objectTitle(true), (one) => count(one.objects)],
  ].filter(([key]) => !["ground", "floor", "mu", "plot_ratio"].includes(key) || use.grades.some((one) => known(one[key])));
  const rows = use.grades.map((one) => el("tr", { "data-grade": one.grade },
    rowHead(use, one.grade), columns.map(([key, , , text]) => cell(text(one), { "data-column": key, "data-value": one[key] }))));
  return table(word(hasPrice(use) ? "legend_caption" : "legend_grades", { use: use.name }),
    [head(word("grade")), ...columns.map(([, name, unit]) => head(name, unit))], rows, { class: "grades" });
}

function growthText(at) {
  const [one, next] = [GROWTH[at], GROWTH[at + 1]];
  const edge = (tenths) => number(tenths / 10).replace("-", "−");
  const values = { low: edge(one.from), high: next && edge(next.from) };
  if (at === 0) return word("growth_below", values);
  if (one.from === 0) return word("growth_zero");
  return word(next ? "growth_between" : "growth_above", values);
}

// Classes of growth with how many objects are in each, filled in when they are counted.
function growthTables(use) {
  const last = HEAD.previous.name;
  if (use.growth_note) return [el("p", {}, say(use.growth_note)), el("p", { class: "others" }, swatch(GREY), word("growth_unknown"))];
  const classes = [...GROWTH.map((one, at) => [one.colour, growthText(at), at]), [GREY, word("growth_unknown"), "none"]];
  const rows = classes.map(([colour, text, key]) => el("tr", {},
    el("th", { scope: "row" }, swatch(colour), text), cell("…", { "data-count": `growth ${key}` })));
  const grades = use.grades.map((one) => el("tr", { "data-grade": one.grade }, rowHead(use, one.grade),
    cell(number(one.previous)), cell(number(one.price)), cell(percent(one.growth), { "data-column": "growth", "data-value": one.growth })));
  return [
    table(word("legend_growth", { use: use.name, last }), [head(word("growth_class")), head(word("count"), objectTitle(true))], rows),
    el("p", { class: "note" }, word("growth_note", { object: objectWord(false) })),
    pricedOf(use.areas).length + pricedOf(use.streets).length ? el("p", { class: "note" }, word("growth_of_grades")) : "",
    table(word("growth_caption", { use: use.name }),
      [head(word("grade")), head(word("last_price"), word("yuan")), head(word("price"), word("yuan")), head(word("growth"), "%")], grades),
  ];
}

// The table as the last release had it; below it how many objects of this one were not there then.
function lastTable(use) {
  const rows = (use.last ?? []).map((one) => el("tr", { "data-last": one.grade },
    rowHead(use, one.grade, gradeOf(use, one.grade) ? undefined : say(one.name)),
    cell(number(one.price), { "data-column": "previous", "data-value": one.price }), cell(count(one.objects), { "data-column": "objects" })));
  rows.push(el("tr", { "data-last": 0 },
    rowHead(use, 0, word("was_not_there", { object: objectWord(false) })), cell(""), cell("…", { "data-count": "grade 0" })));
  return table(word("legend_last", { use: use.name, last: HEAD.previous.name }),
    [head(word("grade")), head(word("last_price"), word("yuan")), head(word("count"), objectTitle(true))], rows);
}

// Counts the objects of the use by a key and writes the counts into the legend.
async function fillCounts(box) {
  const waiting = [...box.querySelectorAll("[data-count]")];
  if (waiting.length === 0) return;
  const { use } = state;
  const data = await columns();
  const counts = new Map();
  const more = (key) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (let row = 0; row < HEAD.objects.count; row += 1) {
    if (data.uses[row] !== use) continue;
    const growth = growthOf(data, row);
    more(`grade ${data.lastGrades[row]}`);
    more(`growth ${growth === null ? "none" : growthClass(growth)}`);
  }
  for (const node of waiting) node.textContent = count(counts.get(node.dataset.count) ?? 0);
}

function legendParts(use) {
  const last = state.view === "last" || (state.swipe && map) ? [lastTable(use)] : [];
  if (state.view === "growth") return [...growthTables(use), ...last];
  return state.view === "last" ? last : [gradeTable(use), ...last];
}

function showLegend() {
  const use = theUse();
  const box = byId("legend");
  box.replaceChildren(...[el("h2", {}, word("legend")), ...legendParts(use), placeKeys(use), groundKeys(), conditions(use), ...placeTables(use)].filter(Boolean));
  fillCounts(box).catch(fault);
}

function startLegend() {
  showLegend();
  watch("lang use view swipe", showLegend);
}
