// Words and numbers as the page writes them.

const LANGS = { zh: 0, en: 1 };

// A word of the dictionary, `{name}` in it replaced by values.
function word(key, values = {}) {
  const text = WORDS[key][LANGS[state.lang]];
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// A text of the data that comes in both languages, or as it is.
function say(text) {
  if (text === null || text === undefined) return "";
  return typeof text === "object" ? (text[state.lang] ?? text.zh ?? text.en ?? "") : String(text);
}

const NONE = "—";

const known = (value) => value !== null && value !== undefined && !Number.isNaN(value);

// With so many decimals at most, without zeros at their end.
function number(value, decimals = 2) {
  if (!known(value)) return NONE;
  const text = value.toFixed(decimals);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

// With exactly so many decimals.
const fixed = (value, decimals) => (known(value) ? value.toFixed(decimals) : NONE);

// Digits and signs of full width as those of half width: １，２ is 1,2.
const halfWidth = (text) => text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

// What is added to a text in brackets, and texts one behind the other, as the language writes them.
const aside = (text) => (state.lang === "zh" ? `\uff08${text}\uff09` : ` (${text})`);
const listed = (texts) => texts.filter(Boolean).join(state.lang === "zh" ? "\uff0c" : ", ");

// The day of today, as 2026-01-31.
function today() {
  const now = new Date();
  const two = (value) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

const count = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");

function signed(value, decimals) {
  if (!known(value)) return NONE;
  const text = Math.abs(value).toFixed(decimals);
  const sign = Number(text) === 0 ? "" : value < 0 ? "−" : "+";
  return sign + text;
}

const percent = (value) => (known(value) ? `${signed(value, 2)} %` : NONE);

// m² as hectares.
const hectares = (area) => (known(area) ? fixed(area / 10000, 2) : NONE);

const gradeName = (use, grade) => say(gradeOf(use, grade)?.name) || word("no_grade");

// Addresses are searched where the file has any.
const wordOf = (name) => (name === "search_label" && HEAD.kept.length === 0 ? "search_label_plain" : name);

// The name of a price of land or of floor; where nothing tells which it is, of a price.
const kindWord = (use, key) => word(key === "ground" && use.kind_known === false ? "price_unknown" : key);

// What the objects are called, as a heading and inside a sentence.
const objectTitle = (many) => word((HEAD.objects.kind === "parcel" ? "parcel" : "unit") + (many ? "s" : ""));
const objectWord = (many) => objectTitle(many).toLowerCase();

// Fills every element that names its word, after a change of language too.
function fillWords() {
  document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(wordOf(node.dataset.word));
  for (const node of document.querySelectorAll("[data-word-label]")) {
    node.setAttribute("aria-label", word(node.dataset.wordLabel));
    if (node.tagName === "BUTTON") node.title = word(node.dataset.wordLabel);
  }
}
