// Where a grade and a price come from, in the panel.

// Factors that weigh in the use, with score, weight and contribution.
function factorTable(object, use) {
  const rows = [];
  HEAD.factors.forEach((factor, at) => {
    const weight = use.weights[at];
    if (!weight) return;
    const score = object.scores[at];
    const part = known(score) ? score * weight : null;
    const bar = el("span", { class: "bar", "aria-hidden": "true" });
    bar.style.width = `${known(score) ? score : 0}%`;
    rows.push(el("tr", { "data-factor": factor.key },
      el("th", { scope: "row" }, factor.name), cell(number(weight, 4)), el("td", { class: "scored" }, bar, fixed(score, 2)), cell(fixed(part, 3))));
  });
  const sum = el("tr", { class: "sum" }, el("th", { scope: "row", colspan: 3 }, word("factors_total")), cell(fixed(object.total, 3)));
  return table(word("factors_caption"),
    [head(word("factor")), head(word("weight")), head(word("score")), head(word("contribution"))], [...rows, sum], { class: "factors" });
}

// Between which limits the total lies: the grade by its total, in words.
function limitText(object, use) {
  const { limits } = use;
  const { total } = object;
  if (!limits?.length || !known(total)) return [];
  const found = limits.findIndex((limit) => total >= limit - 5e-6);
  const grade = found < 0 ? limits.length + 1 : found + 1;
  const values = {
    total: fixed(total, 3), grade: gradeName(use, grade),
    low: grade <= limits.length ? fixed(limits[grade - 1], 3) : "", high: grade > 1 ? fixed(limits[grade - 2], 3) : "",
  };
  const key = grade === 1 ? "limit_best" : grade > limits.length ? "limit_worst" : "limit_middle";
  const lines = [word(key, values)];
  if (grade > 1) lines.push(word("limit_up", { grade: gradeName(use, grade - 1), points: fixed(limits[grade - 2] - total, 3) }));
  if (object.grade && grade !== object.grade) lines.push(word("limit_moved", { by: gradeName(use, grade), grade: gradeName(use, object.grade) }));
  return lines;
}

function explanation(object, use) {
  const has = HEAD.factors.length > 0 && object.scores.length > 0 && use.weights.length > 0;
  return el("div", {},
    has ? factorTable(object, use) : el("p", { class: "note" }, word("no_factors")),
    limitText(object, use).map((text) => el("p", { class: "limit" }, text)));
}

function priceHow(object, use) {
  const one = gradeOf(use, object.grade);
  if (!one) return el("p", { class: "note" }, word("no_price"));
  const range = known(one.lowest) && known(one.highest) ? `${number(one.lowest)} – ${number(one.highest)} ${word("yuan")}` : NONE;
  return el("div", {},
    el("p", {}, say(one.reason)),
    el("dl", { class: "glance" },
      line(word("price"), `${yuan(one.price)}(${word(use.kind)})`),
      line(word("sample_count"), String(one.samples ?? NONE)),
      line(word("sample_range"), range)));
}
