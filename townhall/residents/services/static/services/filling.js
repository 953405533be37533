// Shows and puts away the questions of a form as its conditions say, by the same rules as the server, which looks again
// at everything: a page of an application, or the whole form of a message or a task. Without this every question that is
// asked is there after Continue. Also: a list to type in for long choices, a look back from another page, and the
// warning that was not read yet.
import { asked } from "../catalogue/forms.js";
import { keepDrafts } from "../design/drafts.js";

const TRUTHS = { yes: true, true: true, no: false, false: false };

function numberIn(text) {
  const plain = text.replace(/[\s,£]/g, "");
  return /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(plain) ? Number(plain) : null;
}

const READ = {
  yes_no: (typed, _, at) => TRUTHS[typed.last(at)] ?? null,
  declaration: (typed, _, at) => TRUTHS[typed.last(at)] ?? null,
  number: (typed, _, at) => numberIn(typed.last(at) ?? ""),
  money: (typed, _, at) => numberIn(typed.last(at) ?? ""),
  date: (typed, _, at) => typed.day(at),
  checkboxes: (typed, _, at) => (typed.values(at).length ? typed.values(at) : null),
  matrix: (typed, question, at) => typed.parts(question.rows, at),
  group: (typed, question, at) => typed.items(question, at),
};

// What stands in a form, as answers.
class Typed {
  constructor(form) {
    this.form = form;
  }

  values(name) {
    return [...this.form.elements].filter((one) => one.name === name && !one.disabled).flatMap((one) => {
      if (one.type === "radio" || one.type === "checkbox") return one.checked ? [one.value] : [];
      return one.value.trim() ? [one.value.trim()] : [];
    });
  }

  last(name) {
    return this.values(name).at(-1);
  }

  count(at) {
    return Number(this.values(`_items.${at}`)[0] ?? 0);
  }

  day(at) {
    const [day, month, year] = ["day", "month", "year"].map((part) => this.values(`${at}.${part}`)[0] ?? "");
    if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return null;
    return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  }

  parts(names, at) {
    const found = names.map((part) => [part, this.last(`${at}.${part}`)]).filter(([, value]) => value);
    return found.length ? Object.fromEntries(found) : null;
  }

  items(group, at) {
    const items = [...Array(this.count(at)).keys()].map((number) => this.answers(group.inside, `${at}.${number}.`));
    return items.length ? items : null;
  }

  answer(question, at) {
    if (READ[question.kind]) return READ[question.kind](this, question, at);
    return question.parts?.length ? this.parts(question.parts, at) : this.last(at) ?? null;
  }

  answers(questions, before = "") {
    const found = {};
    for (const question of questions) {
      if (question.value !== undefined) continue;
      const answer = this.answer(question, before + question.name);
      if (answer !== null) found[question.name] = answer;
    }
    return found;
  }
}

const isSure = (each) => (Array.isArray(each) ? [each[0], null] : [each, true]);

// A form in the page: `shown` are the pages of its sheet that stand there.
class Filling {
  constructor(form, sheet) {
    this.form = form;
    this.sheet = sheet;
    this.typed = new Typed(form);
    this.shown = sheet.pages.filter((one) => !form.dataset.page || one.name === form.dataset.page);
    this.kept = JSON.parse(form.dataset.answers);
    this.facts = JSON.parse(form.dataset.facts);
  }

  // The names of what is asked here; null where only the server can tell. Inside a group each item is gone through as
  // if it were a page of its own.
  places() {
    const found = new Map(), answers = { ...this.kept, ...this.typed.answers(this.shown.flatMap((page) => page.questions)) };
    const here = new Set(this.shown.map((page) => page.name));
    for (const [name, questions] of asked(this.sheet, answers, this.facts)) {
      if (here.has(name)) questions.map(isSure).forEach(([place, state]) => found.set(place, state));
    }
    for (const page of this.shown) {
      for (const group of page.questions) if (group.kind === "group") this.inside(page, group, group.name, answers[group.name] ?? [], answers, found);
    }
    return found;
  }

  inside(page, group, at, items, answers, found) {
    const before = this.sheet.pages.slice(0, this.sheet.pages.indexOf(page));
    const pages = [...before, { name: page.name, when: null, musts: [], questions: group.inside }];
    for (let number = 0; number < Math.max(items.length, this.typed.count(at)); number += 1) {
      const held = { ...answers, ...(items[number] ?? {}) };
      const mine = asked({ ...this.sheet, pages }, held, this.facts).filter(([name]) => name === page.name);
      const names = new Map(mine.flatMap(([, questions]) => questions).map(isSure));
      for (const each of group.inside) {
        const place = `${at}.${number}.${each.name}`;
        if (names.has(each.name)) found.set(place, names.get(each.name));
        if (each.kind === "group") this.inside(page, each, place, items[number]?.[each.name] ?? [], held, found);
      }
    }
  }

  settle() {
    const now = this.places();
    for (const part of this.form.querySelectorAll("[data-when]")) {
      const state = now.has(part.dataset.when) ? now.get(part.dataset.when) : false;
      if (state === null) continue;
      part.hidden = !state;
      part.disabled = !state;
    }
  }
}

async function begin(form) {
  const filling = new Filling(form, await (await fetch(form.dataset.form)).json());
  for (const kind of ["input", "change"]) form.addEventListener(kind, () => filling.settle());
  filling.settle();
}

function beginAll() {
  for (const form of document.querySelectorAll("[data-form]")) if (form.querySelector("[data-when]")) begin(form);
  const long = document.querySelectorAll("select[data-type-ahead]");
  if (long.length) import("./type-ahead.js").then(({ typeAhead }) => long.forEach(typeAhead));
}

await keepDrafts();
beginAll();
document.querySelector("[data-takes-focus]")?.focus();
addEventListener("pageshow", (event) => { if (event.persisted && document.querySelector("[data-drafts], [data-page]")) location.reload(); });
