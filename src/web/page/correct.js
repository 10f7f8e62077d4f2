// The benchmark price corrected for one parcel, step by step, as `landgrade appraise` does it.

// Half up, on the decimal a number stands for: what the binary form loses lies beyond the ninth decimal of a step.
function roundHalfUp(value, step) {
  if (!step) return value;
  const steps = value / step;
  const clean = Math.abs(steps) < 9e6 ? Math.round(steps * 1e9) / 1e9 : steps;
  return Number((Math.floor(clean + 0.5) * step).toPrecision(15));
}

const rowText = ([at, k]) => `${at} → ${k}`;

// A table read by straight lines, its ends taken outside it.
function between(rows, value) {
  const [first, last] = [rows[0], rows[rows.length - 1]];
  if (value <= first[0] || value >= last[0]) {
    const end = value <= first[0] ? first : last;
    return { k: end[1], row: rowText(end), clamped: value !== end[0] };
  }
  const above = rows.findIndex((row) => row[0] > value);
  const [low, high] = [rows[above - 1], rows[above]];
  if (low[0] === value) return { k: low[1], row: rowText(low), clamped: false };
  const k = low[1] + ((high[1] - low[1]) * (value - low[0])) / (high[0] - low[0]);
  return { k, row: `${rowText(low)}, ${rowText(high)}`, clamped: false };
}

// The coefficient of a plot ratio; null where the law gives none.
function ofPlotRatio(law, ratio) {
  const [low, high] = law.range ?? [0, Infinity];
  const inside = Math.min(Math.max(ratio, low), high);
  let found;
  if (law.form.table) {
    const atSet = law.form.at_set;
    found = between(law.form.table, inside);
    found.k /= atSet;
    if (atSet !== 1) found.row = word("row_over", { rows: found.row, at_set: atSet, set: law.set });
  } else if ("power" in law.form) {
    found = { k: (inside / law.set) ** law.form.power, row: `(${inside}/${law.set})^${law.form.power}`, clamped: false };
  } else {
    const [slope, c] = law.form.linear_log;
    found = inside <= law.set
      ? { k: 1 + slope * (inside - law.set), row: `1 + ${slope}·(${inside} − ${law.set})`, clamped: false }
      : { k: 1 + c * Math.log(inside / law.set), row: `1 + ${c}·ln(${inside}/${law.set})`, clamped: false };
  }
  found.clamped ||= inside !== ratio;
  return found.k > 0 ? found : null;
}

// The coefficient of so many remaining years: by the table, or by [1 − (1 + r)^−n] / [1 − (1 + r)^−N].
function ofTerm(term, years) {
  const inside = Math.min(years, term.statutory);
  const clamped = inside !== years;
  if (term.table) {
    const found = between(term.table, inside);
    return { ...found, clamped: found.clamped || clamped };
  }
  const worth = (n) => -Math.expm1(-n * Math.log1p(term.rate));
  const part = (n) => `[1 − (1 + ${term.rate})^−${n}]`;
  return { k: worth(inside) / worth(term.statutory), row: `${part(inside)} / ${part(term.statutory)}`, clamped };
}

// A day by its parts; null where there is no such day.
function dayOf(text) {
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text ?? "") ?? [];
  if (!year) return null;
  const real = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const same = real.getUTCMonth() + 1 === Number(month) && real.getUTCDate() === Number(day);
  return same ? { year: Number(year), month: Number(month), day: Number(day) } : null;
}

const quarterOf = (day) => ({ year: day.year, quarter: Math.ceil(day.month / 3) });
const quarterText = ({ year, quarter }) => `${year}Q${quarter}`;
const quarterBefore = ({ year, quarter }) => (quarter === 1 ? { year: year - 1, quarter: 4 } : { year, quarter: quarter - 1 });
const monthText = (day) => `${String(day.year).padStart(4, "0")}-${String(day.month).padStart(2, "0")}`;

// The coefficient of a date: null where it is that of the base date, `missing` naming the quarter without a value.
function ofDate(index, day, base) {
  const series = new Map(index?.series ?? []);
  const quarter = (of) => {
    const name = quarterText(of);
    return series.has(name) ? { value: series.get(name) } : { missing: name };
  };
  const inMonth = (at) => {
    const end = quarter(quarterOf(at));
    const left = quarterOf(at).quarter * 3 - at.month;
    if (end.missing || left === 0) return end;
    const start = quarter(quarterBefore(quarterOf(at)));
    return start.missing ? start : { value: start.value + ((end.value - start.value) * (3 - left)) / 3 };
  };
  const byMonth = index?.reading === "month";
  const name = byMonth ? monthText : (at) => quarterText(quarterOf(at));
  if (name(day) === name(base)) return null;
  const value = byMonth ? inMonth : (at) => quarter(quarterOf(at));
  const [at, atBase] = [value(day), value(base)];
  const missing = at.missing ?? atBase.missing;
  if (missing) return { missing };
  return { k: at.value / atBase.value, row: `${at.value} (${name(day)}) / ${atBase.value} (${name(base)})`, clamped: false };
}

// Of the price of the grade a negotiated grant may not go below (协议出让最低价).
const LEAST_SHARE = 0.7;
// Years after the base date from which a price is called old, and very old.
const OLD = [6, 3];

function oldNote(base, day, dayText) {
  const reached = (years) => (day.year - base.year - years) * 372 + (day.month - base.month) * 31 + (day.day - base.day) >= 0;
  const years = OLD.find(reached);
  return years ? [word("note_old", { base: HEAD.base_date, day: dayText, years })] : [];
}

// A plain decimal number, as `landgrade appraise` takes it: no commas, no exponent, no other base. NaN where it is none.
function decimalNumber(text) {
  const plain = halfWidth(text.trim());
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
}

// What is asked, checked: numbers, or what is wrong with a field.
function asked(fields, recompute) {
  const errors = {};
  const positive = (name, text) => {
    if (text.trim() === "") return null;
    const value = decimalNumber(text);
    if (Number.isFinite(value) && value > 0) return value;
    errors[name] = word(name === "far" ? "bad_far" : "bad_term");
    return null;
  };
  const far = positive("far", fields.far);
  const term = positive("term", fields.term);
  const base = dayOf(recompute.index?.base ?? HEAD.base_date);
  let date = null;
  if (fields.date.trim() !== "") {
    date = dayOf(fields.date.trim());
    if (!date) errors.date = word("bad_date");
    else if (!base) errors.date = word("no_base_date");
  }
  return { far, term, date, base, errors };
}

// What an object's ground is valued by: the price of its area or street, else that of its grade; with the grade whose laws count, that grade's
// own price, and the samples the price rests on, where they are known.
function valuedBy(object) {
  const use = HEAD.uses[object.use];
  const basis = object.basis && known(object.basis.one.price) ? object.basis : null;
  const grade = basis?.one.grade || object.grade;
  const cell = gradeOf(use, grade);
  const price = basis?.one.price ?? cell?.price ?? object.price;
  const { lowest, highest, inferred } = basis?.one ?? cell ?? {};
  return { basis, grade, price, ofGrade: cell?.price ?? price, lowest, highest, inferred };
}

// The price of an object's ground under the conditions asked. `fields` are texts: far, term, date; an empty one is as set.
function recomputed(object, fields) {
  const use = HEAD.uses[object.use];
  const { recompute } = use;
  const { basis, grade, price: benchmark, ofGrade, lowest, highest, inferred } = valuedBy(object);
  const { far, term, date, base, errors } = asked(fields, recompute);
  const law = recompute.plot_ratio.find((one) => !one.grades || one.grades.includes(grade));
  const set = recompute.set_plot_ratios[grade - 1] ?? law?.set;
  const [notes, parts] = [inferred ? [say(inferred)] : [], []];
  const k = (value) => (recompute.decimals === null ? value : roundHalfUp(value, 10 ** -recompute.decimals));
  const push = (key, given, found) => {
    parts.push({ key, given, value: found ? k(found.k) : 1, row: found?.row ?? word("as_set") });
    if (found?.clamped) notes.push(word("note_outside", { name: word(key), given }));
  };

  const dated = date && base ? ofDate(recompute.index, date, base) : null;
  if (dated?.missing) errors.date = word("no_index", { quarter: dated.missing });
  push("k_date", date ? fields.date.trim() : "", dated?.missing ? null : dated);

  const ratioFound = far !== null && law ? ofPlotRatio(law, far) : null;
  if (far !== null && law && !ratioFound) errors.far = word("bad_far_law");
  if (far !== null && !law && far !== set) notes.push(word("note_no_ratio_table", { ratio: far }));
  push("k_far", far ?? "", ratioFound);

  const byArea = (recompute.area ?? []).find((one) => !one.grades || one.grades.includes(grade));
  if (byArea && object.area > 0) {
    const found = between(byArea.rows, object.area);
    if (byArea.sum) parts.push({ key: "k_area", given: object.area, value: 1 + found.k / 100, row: found.row });
    else push("k_area", object.area, found);
  }

  push("k_term", term ?? "", term !== null ? ofTerm(recompute.term, term) : null);
  if (Object.keys(errors).length) return { errors };

  const exact = parts.reduce((product, part) => product * part.value, benchmark);
  if (!(exact > 0)) return { errors: { all: word("no_price_left") } };
  const step = recompute.rounding;
  const ratio = far ?? set;
  const isFloor = use.kind === "floor";
  const ground = roundHalfUp(isFloor ? exact * ratio : exact, step);
  const floor = ratio ? roundHalfUp(isFloor ? exact : exact / ratio, step) : null;
  if (basis?.kind === "streets") notes.push(word("note_depth", { depth: number(basis.one.standard_depth) }));
  if (known(lowest) && known(highest) && (benchmark < lowest * 0.9995 - (step ?? 0) / 2 || benchmark > highest * 1.0005 + (step ?? 0) / 2)) {
    notes.push(word("note_samples", { price: fixed(benchmark, 2), lowest: fixed(lowest, 2), highest: fixed(highest, 2) }));
  }
  const least = LEAST_SHARE * ofGrade;
  if (exact < least) notes.push(word("note_floor", { least: fixed(least, 2) }));
  const dayText = date ? fields.date.trim() : today();
  if (base) notes.push(...oldNote(base, dayOf(dayText), dayText));
  return { errors, benchmark, parts, exact, ground, floor, mu: roundHalfUp(ground / 15, 0.01), ratio, isFloor, notes };
}
