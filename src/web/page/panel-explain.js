// Where a grade and a price come from, in the panel.

// Contributions in hundredths of a point that add up to the total as it is shown: each is rounded down, and what the total then misses goes to
// those that lost most. Scores have two decimals, so a contribution has no more. Where a score is not known, or something else is missing, each is
// rounded by itself.
function contributions(object, use) {
  const parts = HEAD.factors.map((_, at) => (use.weights[at] && known(object.scores[at]) ? object.scores[at] * use.weights[at] * 100 : null));
  const counted = parts.map((part, at) => ({ at, part })).filter(({ part }) => part !== null);
  const whole = HEAD.factors.every((_, at) => !use.weights[at] || parts[at] !== null) && known(object.total);
  const low = parts.map((part) => (part === null ? null : Math.floor(part + 1e-9)));
  const missing = whole ? Math.round(object.total * 100) - counted.reduce((sum, { at }) => sum + low[at], 0) : 0;
  if (Math.abs(missing) > counted.length || !whole) return parts.map((part) => (part === null ? null : Math.round(part) / 100));
  counted.sort((one, other) => other.part - low[other.at] - (one.part - low[one.at]) || one.at - other.at);
  // Mean scores of parcels are rounded: then the total may be one less, which those lose that lost least.
  const order = missing < 0 ? counted.filter(({ at }) => low[at] > 0).reverse() : counted;
  for (const { at } of order.slice(0, Math.abs(missing))) low[at] += Math.sign(missing);
  return low.map((part) => (part === null ? null : part / 100));
}

// Factors that weigh in the use, with score, weight and contribution.
function factorTable(object, use) {
  const rows = [];
  const parts = contributions(object, use);
  HEAD.factors.forEach((factor, at) => {
    const weight = use.weights[at];
    if (!weight) return;
    const score = object.scores[at];
    const bar = el("span", { class: "bar", "aria-hidden": "true" });
    bar.style.width = `${known(score) ? score : 0}%`;
    rows.push(el("tr", { "data-factor": factor.key },
      el("th", { scope: "row" }, factor.name), cell(number(weight, 4)), el("td", { class: "scored" }, bar, fixed(score, 2)), cell(fixed(parts[at], 2))));
  });
  const sum = el("tr", { class: "sum" }, el("th", { scope: "row", colspan: 3 }, word("factors_total")), cell(fixed(object.total, 2), { "data-value": object.total }));
  return table(word("factors_caption"),
    [head(word("factor")), head(word("weight")), head(word("score")), head(word("contribution"))], [...rows, sum], { class: "factors" });
}

const HAIR = 5e-6; // a total has seven digits

// The grade of a total and the limits it lies between. Limits ascend: the best grade, 1, lies above the last, and a total on a limit belongs to
// the better grade.
function byTotal(limits, total) {
  const above = limits.filter((limit) => total < limit - HAIR).length;
  return { grade: above + 1, low: limits[limits.length - above - 1], high: limits[limits.length - above] };
}

// Between which limits the total lies: the grade by its total, in words.
function limitText(object, use) {
  const { limits } = use;
  const { total } = object;
  if (!limits?.length || !known(total)) return [];
  const { grade, low, high } = byTotal(limits, total);
  // As many decimals as tell the total from the limit above it.
  const decimals = fixed(high ?? Infinity, 3) === fixed(total, 3) ? 6 : 3;
  const [best, worst] = [high === undefined, low === undefined];
  const values = { total: fixed(total, decimals), grade: gradeName(use, grade), low: fixed(low, decimals), high: fixed(high, decimals) };
  const lines = [word(best ? "limit_best" : worst ? "limit_worst" : "limit_middle", values)];
  if (!best) lines.push(word("limit_up", { grade: gradeName(use, grade - 1), points: fixed(high - total, decimals) }));
  if (object.grade && grade !== object.grade && !byGround(object)) lines.push(word("limit_moved", { by: gradeName(use, grade), grade: gradeName(use, object.grade) }));
  return lines;
}

// Whether a parcel that lies in several grades has that of most of its ground or its front.
const byGround = (object) => object.decided > 1;

// Of a parcel what decided its grade; nothing of units.
function decidedText(object, use) {
  if (!object.decided) return [];
  const key = ["", "decided_whole", "decided_area", "decided_front"][object.decided];
  return [word(key, { grade: gradeName(use, object.grade), share: object.share }), HEAD.factors.length ? word("mean_scores") : []].flat();
}

function explanation(object, use) {
  const has = HEAD.factors.length > 0 && object.scores.length > 0 && use.weights.length > 0;
  return el("div", {},
    has ? factorTable(object, use) : el("p", { class: "note" }, word("no_factors")),
    el("div", { class: "limits" }, [...decidedText(object, use), ...limitText(object, use)].map((text) => el("p", { class: "limit" }, text))));
}

function priceHow(object, use) {
  const one = gradeOf(use, object.grade);
  if (!one) return el("p", { class: "note" }, word("no_price"));
  if (!known(one.price)) return el("p", { class: "note" }, noPriceText(use) || say(one.reason));
  const range = known(one.lowest) && known(one.highest) ? `${number(one.lowest)} – ${number(one.highest)} ${word("yuan")}` : NONE;
  return el("div", {},
    el("p", {}, say(one.reason)),
    el("dl", { class: "glance" },
      line(word("price"), yuan(one.price) + aside(kindWord(use, use.kind))),
      line(word("sample_count"), String(one.samples ?? NONE)),
      line(word("sample_range"), range)));
}
