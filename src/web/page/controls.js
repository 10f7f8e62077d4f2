// The head of the page, and what one chooses by: language, use, view.

function fact(label, text) {
  return el("div", {}, el("dt", {}, label), el("dd", {}, text));
}

// A date of a stage that is noted but has not been reached.
const toCome = (date) => (date && date > today() ? aside(word("to_come")) : "");

function showHead() {
  byId("title").textContent = HEAD.title;
  document.title = HEAD.title;
  const last = HEAD.previous;
  byId("facts").replaceChildren(
    fact(word("release"), HEAD.name),
    fact(word("state"), say(HEAD.state) + toCome(HEAD.state_date)),
    fact(word("base_date"), HEAD.base_date ?? word("undated")),
    ...(HEAD.documents ?? []).map((one) => fact(say(one.label), say(one.text) + toCome(one.date))),
    ...(last ? [fact(word("last_release"), last.base_date ? word("with_date", { name: last.name, date: last.base_date }) : last.name)] : []),
    ...(HEAD.maker ? [fact(word("maker"), HEAD.maker)] : []),
    fact(word("crs"), HEAD.crs),
  );
  const language = byId("language");
  language.textContent = word("other_language");
  language.lang = state.lang === "zh" ? "en" : "zh-CN";
  language.setAttribute("aria-label", word("other_language_label"));
}

const views = () => {
  const priced = HEAD.uses.some(hasPrice);
  return ["grades", priced && "prices", priced && HEAD.previous && "growth", HEAD.previous && "last"].filter(Boolean);
};

let noted = null; // what the swipe did to the view, or a view to the swipe: a word and the view

// Says it below the choices; nothing takes it away again.
function noteSwipe(key, view) {
  noted = key ? [key, view] : null;
  byId("swipe-note").textContent = noted ? word(key, { view: word(`view_${view}`) }) : "";
}

// The swipe shows grades or prices: a view of the objects ends it, and it ends such a view.
function chooseView(view) {
  const ends = state.swipe && ofObjects(view);
  change({ view, swipe: state.swipe && !ends });
  noteSwipe(ends ? "swipe_ended" : null, view);
}

function chooseSwipe(swipe) {
  const { view } = state;
  const ends = swipe && ofObjects(view);
  change({ swipe, view: ends ? "grades" : view });
  noteSwipe(ends ? "swipe_grades" : null, view);
}

function showViews() {
  const choice = (view) => el("label", {},
    el("input", { type: "radio", name: "view", value: view, checked: view === state.view, on: { change: () => chooseView(view) } }),
    el("span", {}, word(`view_${view}`)));
  const held = document.activeElement?.name === "view";
  byId("view-list").replaceChildren(...views().map(choice));
  if (held) byId("view-list").querySelector("input:checked").focus();
  if (HEAD.previous) {
    byId("swipe-choice").hidden = map === null;
    byId("swipe-word").textContent = word("swipe_choice", { last: HEAD.previous.name });
  }
}

function showUses() {
  byId("use").replaceChildren(...HEAD.uses.map((use, at) => el("option", { value: at, selected: at === state.use }, use.name)));
}

function startControls() {
  showUses();
  byId("language").addEventListener("click", () => change({ lang: state.lang === "zh" ? "en" : "zh" }));
  byId("use").addEventListener("change", (event) => change({ use: Number(event.target.value) }));
  byId("swipe").addEventListener("change", (event) => chooseSwipe(event.target.checked));
  const words = () => {
    fillWords();
    showHead();
    showViews();
    noteSwipe(...(noted ?? []));
  };
  words();
  watch("lang", words);
  watch("use", () => { byId("use").value = String(state.use); });
  watch("view", showViews);
  watch("swipe", () => { byId("swipe").checked = state.swipe; });
}
