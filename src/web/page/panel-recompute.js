// The form that corrects a price for other conditions, and its result step by step.

const FIELDS = ["far", "term", "date"];

function field(name, hint, then) {
  const id = `field-${name}`;
  const input = el("input", {
    id, name, type: name === "date" ? "date" : "text", inputmode: name === "date" ? null : "decimal",
    autocomplete: "off", "aria-describedby": `${id}-hint ${id}-fault`, on: { input: then },
  });
  return el("div", { class: "field" }, el("label", { for: id }, word(name)), input,
    el("p", { id: `${id}-hint`, class: "help" }, hint), el("p", { id: `${id}-fault`, class: "error", role: "alert" }));
}

function showErrors(form, errors) {
  for (const name of FIELDS) {
    const input = form.elements[name];
    form.querySelector(`#field-${name}-fault`).textContent = errors[name] ?? "";
    if (errors[name]) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}

const trimmed = (value) => String(Number(value.toPrecision(9)));

// The formula with its numbers.
function formulaText(done, step) {
  const numbers = done.parts.map((part) => trimmed(part.value)).join(" × ");
  const withArea = done.parts.some((part) => part.key === "k_area");
  const lines = [word(withArea ? "formula_area" : "formula"), `= ${number(done.benchmark)} × ${numbers}`, `= ${fixed(done.exact, 4)} ${word("yuan")}${aside(word(done.isFloor ? "floor" : "ground"))}`];
  if (done.ratio) lines.push(word(done.isFloor ? "floor_formula" : "ground_formula", { ratio: done.ratio }));
  if (step) lines.push(word("rounded", { step }));
  return lines;
}

function resultOf(done, use) {
  const rows = done.parts.map((part) => el("tr", { "data-part": part.key },
    el("th", { scope: "row" }, word(part.key)), cell(String(part.given === "" ? NONE : part.given)), cell(trimmed(part.value)), el("td", { class: "from" }, part.row)));
  const has = (test) => done.parts.some(test);
  const isAsked = has((part) => part.given !== "" && part.key !== "k_area");
  const what = isAsked ? "result_asked" : has((part) => part.key === "k_area") ? "result_as_set_area" : "result_as_set";
  return [
    el("h3", { id: "result-for" }, word("result"), aside(word(what, { object: objectWord(false) }))),
    el("dl", { class: "glance result" },
      line(word("ground"), yuan(done.ground), { class: "strong", id: "result-ground", "data-value": done.ground }),
      line(word("floor"), yuan(done.floor), { id: "result-floor", "data-value": done.floor }),
      line(word("mu"), `${fixed(done.mu, 2)} ${word("wan_mu")}`, { id: "result-mu" })),
    table(word("corrections"), [head(word("coefficient")), head(word("given")), head(word("value")), el("th", { scope: "col", class: "from" }, word("row"))], rows, { class: "parts" }),
    el("p", { class: "formula" }, formulaText(done, use.recompute.rounding).map((text) => el("span", {}, text))),
    el("ul", { class: "notes" }, [...done.notes, word("note_fair"), word("not_transaction")].map((text) => el("li", {}, text))),
  ];
}

const hasPrice = (use) => [use.grades, use.areas ?? [], use.streets ?? []].flat().some((one) => known(one.price));

// Why a use has no prices at all; nothing where it has some.
function noPriceText(use) {
  if (!HEAD.uses.some(hasPrice)) return word("no_price_release");
  return hasPrice(use) ? "" : word("no_price_use", { use: use.name });
}

// Why an object's price cannot be computed for other conditions; nothing where it can.
function notComputed(object, use) {
  if (noPriceText(use)) return noPriceText(use);
  if (!use.recompute) return say(use.recompute_note) || word("no_recompute");
  return valuedBy(object).price > 0 ? "" : word("no_recompute_price", { object: objectWord(false) });
}

function recompute(object, use) {
  const settings = use.recompute;
  const why = notComputed(object, use);
  if (why) return el("p", { class: "note", id: "no-recompute" }, why);
  const { grade } = valuedBy(object);
  const result = el("div", { id: "result", role: "status", "aria-live": "polite" });
  let form = null;
  const compute = () => {
    const fields = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value]));
    // A date half written has no value, but is no empty field either.
    if (form.elements.date.validity.badInput) fields.date = "?";
    const done = recomputed(object, fields);
    showErrors(form, done.errors);
    const failed = Object.keys(done.errors).length > 0;
    result.replaceChildren(...(failed ? [el("p", { class: "error" }, done.errors.all)] : resultOf(done, use)));
  };
  const soon = later(250, compute);
  const set = (value) => word("set_is", { value });
  form = el("form", { id: "recompute-form", novalidate: true, on: { submit: (event) => { event.preventDefault(); compute(); } } },
    el("p", { class: "help" }, word("recompute_help")),
    el("div", { class: "fields" },
      field("far", set(settings.set_plot_ratios[grade - 1] ?? NONE), soon),
      field("term", set(settings.term.set), soon),
      field("date", set(settings.index?.base ?? HEAD.base_date ?? NONE), soon)),
    el("button", { type: "submit" }, word("compute")));
  compute();
  return [form, result];
}
