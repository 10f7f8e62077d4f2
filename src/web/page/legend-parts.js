// Below the legend's table: keys of lines and of the ground, what the prices stand for, and prices of areas and streets.

const keyRow = (key, text) => el("li", {}, key, text);

// Areas and streets with prices of their own, where the use has them and the map shows them.
function placeKeys(use) {
  if (!showsPlaces(state.view)) return "";
  const rows = [
    pricedOf(use.areas).length ? keyRow(lineKey("key-area"), word("key_area")) : null,
    pricedOf(use.streets).length ? keyRow(lineKey("key-street"), word("key_street")) : null,
  ].filter(Boolean);
  return rows.length ? el("ul", { class: "keys", id: "place-keys" }, rows) : "";
}

// What is drawn below the prices, only what there is; around the objects and between them there is always paper.
function groundKeys() {
  const rows = [
    keyRow(swatch(PAPER), word("key_ungraded")),
    HEAD.uses.length > 1 ? keyRow(swatch(OTHERS), word("other_uses")) : null,
    hasWater ? keyRow(swatch(WATER), word("key_water")) : null,
    hasRoads ? keyRow(lineKey("key-road"), word("key_road")) : null,
    hasDistricts ? keyRow(lineKey("key-district"), word("key_district")) : null,
  ].filter(Boolean);
  return rows.length ? el("section", { class: "ground", id: "ground-keys" }, el("h3", {}, word("base_map")), el("ul", { class: "keys" }, rows)) : "";
}

// Texts of the connotation; where development differs by grade, that of each grade.
function conditions(use) {
  const lines = use.connotation.map((one) => [say(one.label), say(one.text)]);
  const developments = use.grades.map((one) => say(one.development));
  const differs = new Set(developments.filter(Boolean)).size > 1;
  const own = differs ? use.grades.filter((one) => one.development) : [];
  const ratios = new Set(use.grades.map((one) => one.plot_ratio).filter(known)).size > 1 ? use.grades.filter((one) => known(one.plot_ratio)) : [];
  if (lines.length + own.length === 0) return "";
  return el("section", { class: "conditions" },
    el("h3", {}, word("conditions")),
    el("dl", {}, lines.map(([label, text]) => [el("dt", {}, label), el("dd", {}, text)]),
      ratios.map((one) => [el("dt", {}, `${say(one.name)} ${word("plot_ratio")}`), el("dd", {}, number(one.plot_ratio))]),
      own.map((one) => [el("dt", {}, `${say(one.name)} ${word("development")}`), el("dd", {}, say(one.development))])));
}

const MOST_ROWS = 200; // a longer list is searched, not read

function placeTable(use, kind) {
  const list = (use[kind] ?? []).map((one, row) => ({ one, row })).filter(({ one }) => known(one.price));
  if (list.length === 0) return null;
  const at = HEAD.uses.indexOf(use);
  const isArea = kind === "areas";
  const rows = list.slice(0, MOST_ROWS).map(({ one, row }) => {
    const go = () => {
      hits = [{ kind, use: at, row, one }];
      chooseHit(0);
    };
    const name = say(one.name) || one.id;
    const last = isArea ? gradeName(use, one.grade) : number(one.standard_depth);
    return el("tr", {},
      el("th", { scope: "row" }, el("button", { type: "button", class: "link", on: { click: go } }, name)), cell(last), cell(number(one.price)));
  });
  const more = list.length > MOST_ROWS ? el("p", { class: "note" }, word("hits_some", { all: count(list.length), shown: MOST_ROWS })) : null;
  return [
    table(word(isArea ? "areas_caption" : "streets_caption", { use: use.name }),
      [head(word("name")), head(word(isArea ? "grade" : "depth")), head(word("price"), word("yuan"))], rows),
    more,
  ];
}

function placeTables(use) {
  const tables = ["areas", "streets"].flatMap((kind) => placeTable(use, kind) ?? []);
  if (tables.length === 0) return [];
  return [el("details", {}, el("summary", {}, word("areas_streets")), tables)];
}
