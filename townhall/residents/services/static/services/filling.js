// Shows and puts away the questions of a page as its conditions say, by the same rules as the server, which looks again
// at everything. Without this every question that is asked is there after Continue. Also: a list to type in for long
// choices, a look back from another page, and the warning that was not read yet.
import { asked } from "../catalogue/forms.js";
import { keepDrafts } from "../design/drafts.js";

const form = document.querySelector("[data-form]");
const told = (id) => JSON.parse(document.getElementById(id)?.textContent || "{}");

function values(name) {
  return [...form.elements].filter((one) => one.name === name && !one.disabled).flatMap((one) => {
    if (one.type === "radio" || one.type === "checkbox") return one.checked ? [one.value] : [];
    return one.value.trim() ? [one.value.trim()] : [];
  });
}

const TRUTHS = { yes: true, true: true, no: false, false: false };

function numberIn(text) {
  const plain = text.replace(/[\s,£]/g, "");
  return /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(plain) ? Number(plain) : null;
}

function dayIn(at) {
  const [day, month, year] = ["day", "month", "year"].map((part) => values(`${at}.${part}`)[0] ?? "");
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return null;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

function partsOf(names, at) {
  const found = names.map((part) => [part, values(`${at}.${part}`).at(-1)]).filter(([, value]) => value);
  return found.length ? Object.fromEntries(found) : null;
}

const READ = {
  yes_no: (_, at) => TRUTHS[values(at).at(-1)] ?? null,
  declaration: (_, at) => TRUTHS[values(at).at(-1)] ?? null,
  number: (_, at) => numberIn(values(at).at(-1) ?? ""),
  money: (_, at) => numberIn(values(at).at(-1) ?? ""),
  date: (_, at) => dayIn(at),
  checkboxes: (_, at) => (values(at).length ? values(at) : null),
  matrix: (question, at) => partsOf(question.rows, at),
  group: (question, at) => itemsOf(question, at),
};

function answerOf(question, at) {
  if (READ[question.kind]) return READ[question.kind](question, at);
  return question.parts?.length ? partsOf(question.parts, at) : values(at).at(-1) ?? null;
}

function itemsOf(group, at) {
  const count = Number(values(`_items.${at}`)[0] ?? 0);
  const items = [...Array(count).keys()].map((number) => answersOf(group.inside, `${at}.${number}.`));
  return items.length ? items : null;
}

function answersOf(questions, before = "") {
  const found = {};
  for (const question of questions) {
    if (question.value !== undefined) continue;
    const answer = answerOf(question, before + question.name);
    if (answer !== null) found[question.name] = answer;
  }
  return found;
}

// The names of what is asked on this page; null where only the server can tell. Inside a group each item is gone
// through as if it were a page of its own.
function places(sheet, page, answers, facts) {
  const found = new Map();
  for (const [name, questions] of asked(sheet, answers, facts)) {
    if (name !== page.name) continue;
    for (const each of questions) Array.isArray(each) ? found.set(each[0], null) : found.set(each, true);
  }
  for (const group of page.questions.filter((one) => one.kind === "group")) inside(sheet, page, group, group.name, answers[group.name] ?? [], { answers, facts }, found);
  return found;
}

function inside(sheet, page, group, at, items, { answers, facts }, found) {
  const count = Math.max(items.length, Number(values(`_items.${at}`)[0] ?? 0));
  const before = sheet.pages.slice(0, sheet.pages.indexOf(page));
  for (let number = 0; number < count; number += 1) {
    const alone = { ...sheet, pages: [...before, { name: page.name, when: null, musts: [], questions: group.inside }] };
    const held = { ...answers, ...(items[number] ?? {}) };
    const names = new Map(asked(alone, held, facts).filter(([name]) => name === page.name).flatMap(([, questions]) => questions)
      .map((each) => (Array.isArray(each) ? [each[0], null] : [each, true])));
    for (const each of group.inside) {
      const place = `${at}.${number}.${each.name}`;
      if (names.has(each.name)) found.set(place, names.get(each.name));
      if (each.kind === "group") inside(sheet, page, each, place, items[number]?.[each.name] ?? [], { answers: held, facts }, found);
    }
  }
}

function settle(sheet, page, kept, facts) {
  const now = places(sheet, page, { ...kept, ...answersOf(page.questions) }, facts);
  for (const part of form.querySelectorAll("[data-when]")) {
    const state = now.has(part.dataset.when) ? now.get(part.dataset.when) : false;
    if (state === null) continue;
    part.hidden = !state;
    part.disabled = !state;
  }
}

async function begin() {
  const sheet = await (await fetch(form.dataset.form)).json();
  const page = sheet.pages.find((one) => one.name === form.dataset.page);
  const kept = told("answers"), facts = told("facts");
  const look = () => settle(sheet, page, kept, facts);
  form.addEventListener("input", look);
  form.addEventListener("change", look);
  look();
}

await keepDrafts();
if (form?.querySelector("[data-when]")) begin();
const long = document.querySelectorAll("select[data-type-ahead]");
if (long.length) import("./type-ahead.js").then(({ typeAhead }) => long.forEach(typeAhead));
document.querySelector("[data-takes-focus]")?.focus();
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
