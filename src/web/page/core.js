"use strict";
// What every part shares: the head of the file, what is chosen, and elements made of text alone.

const HEAD = JSON.parse(document.getElementById("head").textContent);

// What is chosen. `row` is an object's row number, `place` the row of an area or a street.
const state = { lang: HEAD.lang === "en" ? "en" : "zh", use: HEAD.uses[HEAD.first] ? HEAD.first : 0, view: "grades", swipe: false, row: null, place: null };

const watchers = [];

// Calls `then` after any of the named things changed.
function watch(names, then) {
  watchers.push([names.split(" "), then]);
}

function change(changes) {
  const changed = Object.keys(changes).filter((name) => state[name] !== changes[name]);
  if (changed.length === 0) return;
  Object.assign(state, changes);
  for (const [names, then] of watchers) if (names.some((name) => changed.includes(name))) then(changed);
}

const byId = (id) => document.getElementById(id);

const theUse = () => HEAD.uses[state.use];

// The grade of a use by its number; undefined for 0, which is no grade.
const gradeOf = (use, grade) => use.grades.find((one) => one.grade === grade);

// An element. Children are elements or text: text never becomes markup. `on` holds listeners.
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, then] of Object.entries(value)) made.addEventListener(event, then);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

// A colour of the data on a swatch: set as a property, so that it cannot be anything but a colour. It is the very colour that the map is drawn with.
function swatch(colour) {
  const made = el("span", { class: "swatch", "aria-hidden": "true" });
  made.style.backgroundColor = colour;
  return made;
}

// A line as the map draws it, as its key in a legend: `kind` is a class of map.css.
const lineKey = (kind) => el("span", { class: `swatch line ${kind}`, "aria-hidden": "true" });

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// One call for many in a short time, the last one.
function later(milliseconds, then) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => then(...values), milliseconds);
  };
}
