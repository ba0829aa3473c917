#include "guarantor/report/watch_form_parts.h"

namespace guarantor::report {

namespace {

// Entries are kept as the lines that are saved, so that what a person sees is what is sent.
constexpr std::string_view kScript = R"js(
"use strict";
(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const field = (id) => document.getElementById(id);
const store = "guarantor-watch-form/" + data.scenario;
const now = () => new Date().toISOString().slice(0, 19) + "Z";
let state = { observer: "", entries: [], saved: {} };
let editing = null;

const remember = () => {
  try {
    localStorage.setItem(store, JSON.stringify(state));
    field("warning").textContent = "";
  } catch (error) {
    field("warning").textContent =
      "This browser keeps nothing: save the file before you close the page.";
  }
};
const recall = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(store));
    if (kept && Array.isArray(kept.entries)) { state = kept; }
  } catch (error) { /* remember() says so */ }
};

const options = (select, pairs) => {
  for (const [value, label] of pairs) { select.append(new Option(label, value)); }
};
const chosen = () => data.choices[Number(field("what").value)];
const label_of = (entry) => (data.choices.find((c) => c.kind === entry.kind &&
  (c.category || "") === (entry.category || "")) || { label: entry.kind }).label;

const show_fields = () => {
  const choice = chosen();
  field("meaning").textContent = choice.about;
  field("count-label").textContent = choice.kind === "cloud" ? "Covered, per cent" : "How many";
  for (const part of document.querySelectorAll("[data-for]")) {
    part.hidden = !choice.fields.includes(part.dataset.for);
  }
};

const number = (id, name, least, most, whole) => {
  const text = field(id).value.trim().replace(",", ".");
  if (text === "" || field(id).closest("[hidden]")) { return undefined; }
  const value = Number(text);
  if (!Number.isFinite(value) || value < least || value > most ||
      (whole && !Number.isInteger(value))) {
    throw [id, `${name} is a ${whole ? "whole " : ""}number from ${least} to ${most}.`];
  }
  return value;
};
const moment = (id, name) => {
  const text = field(id).value;
  if (text === "") { return undefined; }
  const value = new Date(text + "Z");
  if (Number.isNaN(value.getTime())) { throw [id, `${name} is no moment.`]; }
  return value.toISOString().slice(0, 19) + "Z";
};
const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
const fresh_id = (source) => {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return source + ":" + Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
};

const read = () => {
  const choice = chosen();
  const observer = field("observer").value.trim();
  if (slug(observer) === "") { throw ["observer", "Say who watches."]; }
  const from = moment("from", "From");
  if (!from) { throw ["from", "Say when it was, or began."]; }
  const to = moment("to", "To") || from;
  if (to < from) { throw ["to", "The end is before the beginning."]; }
  const source = editing ? editing.source : "form-" + slug(observer);
  const entry = { id: editing ? editing.id : fresh_id(source), source, observer,
    kind: choice.kind };
  if (choice.category) { entry.category = choice.category; }
  entry.from = from;
  entry.to = to;
  entry.reported = now();
  const latitude = number("latitude", "Latitude", -90, 90);
  const longitude = number("longitude", "Longitude", -180, 180);
  if ((latitude === undefined) !== (longitude === undefined)) {
    throw [latitude === undefined ? "latitude" : "longitude",
           "Latitude and longitude go together."];
  }
  const sector = field("sector").value;
  if (latitude === undefined && sector === "" && choice.somewhere) {
    throw ["sector", "Say where: a sector, or latitude and longitude."];
  }
  if (latitude !== undefined) {
    entry.latitude = latitude;
    entry.longitude = longitude;
    const precision = number("precision", "Exact to", 0, 1000000);
    if (precision !== undefined) { entry.precision_m = precision; }
  }
  if (sector !== "") { entry.sector = sector; }
  const most = choice.kind === "cloud" ? 100 : 1000000;
  const count = number("count", "The number", choice.kind === "cloud" ? 0 : 1, most, true);
  if (count !== undefined) { entry.count = count; }
  entry.sense = choice.fields.includes("sense") ? field("sense").value : "reported";
  if (choice.fields.includes("blast") && field("blast").value !== "") {
    entry.blast = field("blast").value;
  }
  if (choice.fields.includes("weapon")) {
    if (field("weapon").value.trim() !== "") { entry.weapon = field("weapon").value.trim(); }
    const calibre = number("calibre", "The calibre", 1, 100000, true);
    if (calibre !== undefined) { entry.calibre_mm = calibre; }
  }
  if (choice.fields.includes("live") && field("live_fire").checked) { entry.live_fire = true; }
  if (field("text").value.trim() !== "") { entry.text = field("text").value.trim(); }
  const evidence = field("evidence").value.split("\n").map((s) => s.trim()).filter((s) => s);
  if (evidence.length > 0) { entry.evidence = evidence; }
  return entry;
};

// Of two versions the one reported later stands: never the same moment twice.
const later = (entry, before) => {
  if (before && before.reported >= entry.reported) {
    entry.reported = new Date(Date.parse(before.reported) + 1000).toISOString().slice(0, 19) + "Z";
  }
  return entry;
};

const empty = () => {
  for (const id of ["from", "to", "latitude", "longitude", "count", "weapon", "calibre", "text",
                    "evidence"]) { field(id).value = ""; }
  field("live_fire").checked = false;
  field("blast").value = "";
  editing = null;
  field("observer").disabled = false;
  field("keep").textContent = "Keep this entry";
  field("leave").hidden = true;
};

const edit = (entry) => {
  empty();
  editing = entry;
  field("observer").value = entry.observer;
  field("observer").disabled = true;  // the id begins with it
  field("what").value = String(Math.max(0, data.choices.findIndex((c) => c.kind === entry.kind &&
    (c.category || "") === (entry.category || ""))));
  show_fields();
  field("from").value = entry.from.slice(0, 19);
  field("to").value = entry.to.slice(0, 19);
  field("sector").value = entry.sector || "";
  const cells = { latitude: entry.latitude, longitude: entry.longitude, count: entry.count,
    precision: entry.precision_m, weapon: entry.weapon, calibre: entry.calibre_mm,
    text: entry.text, blast: entry.blast };
  for (const [id, value] of Object.entries(cells)) {
    field(id).value = value === undefined ? "" : String(value);
  }
  field("sense").value = entry.sense;
  field("live_fire").checked = entry.live_fire === true;
  field("evidence").value = (entry.evidence || []).join("\n");
  field("keep").textContent = "Keep the correction";
  field("leave").hidden = false;
  field("what").focus();
};

const button = (text, about, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.setAttribute("aria-label", `${text}: ${about}`);
  made.addEventListener("click", act);
  return made;
};
const is_saved = (entry) => state.saved[entry.id] === entry.reported;

const draw = () => {
  const list = field("entries");
  list.replaceChildren();
  for (const entry of [...state.entries].reverse()) {
    const item = document.createElement("li");
    item.className = entry.withdrawn ? "withdrawn" : "";
    const what = document.createElement("p");
    what.className = "what";
    const many = entry.count === undefined ? "" : `, ${entry.count}`;
    what.textContent = `${label_of(entry)}${many}, ${entry.from.replace("T", " ")}` +
      (entry.sector ? `, ${entry.sector}` : "") + `, ${entry.observer}`;
    const note = document.createElement("p");
    note.className = "soft";
    note.textContent = (entry.withdrawn ? "withdrawn; " : "") +
      (is_saved(entry) ? "saved" : "not saved yet") + (entry.text ? `. ${entry.text}` : "");
    item.append(what, note);
    if (!entry.withdrawn) {
      item.append(button("Correct", what.textContent, () => edit(entry)),
                  button("Withdraw", what.textContent, () => withdraw(entry)));
    }
    list.append(item);
  }
  const open = state.entries.filter((entry) => !is_saved(entry)).length;
  field("status").textContent = state.entries.length === 0 ? "No entries yet." :
    `${state.entries.length} entries, ${open} not saved yet.`;
  field("save").disabled = state.entries.length === 0;
};

const put = (entry) => {
  const at = state.entries.findIndex((one) => one.id === entry.id);
  if (at < 0) { state.entries.push(entry); } else { state.entries[at] = later(entry, state.entries[at]); }
  state.observer = entry.observer;
  remember();
  draw();
};
const withdraw = (entry) => {
  if (editing && editing.id === entry.id) { empty(); }
  put({ ...entry, withdrawn: true, reported: now() });
};

const lines = () => state.entries.map((entry) => JSON.stringify(entry) + "\n").join("");
const save = () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines()], { type: "application/x-ndjson" }));
  link.download = `${data.prefix}form-${slug(state.observer)}-${now().replace(/[:]/g, "")}.ndjson`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  for (const entry of state.entries) { state.saved[entry.id] = entry.reported; }
  remember();
  draw();
};

field("entry").addEventListener("submit", (event) => {
  event.preventDefault();
  for (const wrong of document.querySelectorAll("[aria-invalid]")) {
    wrong.removeAttribute("aria-invalid");
  }
  field("wrong").textContent = "";
  let entry;
  try {
    entry = read();
  } catch (problem) {
    if (!Array.isArray(problem)) { throw problem; }
    field(problem[0]).setAttribute("aria-invalid", "true");
    field("wrong").textContent = problem[1];
    field(problem[0]).focus();
    return;
  }
  empty();
  put(entry);
});
field("leave").addEventListener("click", empty);
field("what").addEventListener("change", show_fields);
field("now").addEventListener("click", () => { field("from").value = now().slice(0, 19); });
field("save").addEventListener("click", save);
field("clear").addEventListener("click", () => {
  const gone = state.entries.filter(is_saved);
  if (gone.length === 0 || !confirm(`Remove ${gone.length} saved entries from this device? ` +
      "They can no longer be corrected here.")) { return; }
  state.entries = state.entries.filter((entry) => !is_saved(entry));
  for (const entry of gone) { delete state.saved[entry.id]; }
  empty();
  remember();
  draw();
});
const tick = () => { field("clock").textContent = now().slice(0, 16).replace("T", " "); };
setInterval(tick, 10000);
tick();
for (const sensor of data.sensors) { field("sensors").append(new Option(sensor[1], sensor[0])); }
options(field("what"), data.choices.map((choice, at) => [String(at), choice.label]));
options(field("sector"), [["", "none, or far from a line"], ...data.sectors.map((s) => [s, s])]);
options(field("sense"), data.senses.map((s) => [s, s]));
options(field("blast"), [["", "not said"], ...data.blasts.map((b) => [b, b])]);
recall();
field("observer").value = state.observer;
show_fields();
remember();
draw();
})();
)js";

}  // namespace

std::string_view watch_form_script() {
  return kScript;
}

}  // namespace guarantor::report
