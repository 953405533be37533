// Goes through a form as the server does: `asked` says which pages and questions are asked, `mistakes` what is wrong.

import { Beyond, HIDDEN, Num, UNKNOWN, answeredDay, compare, dayIn, exact, run } from "./feel.js";

const isContext = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isText = (value) => typeof value === "string";

function told(tree, scope) {
  try {
    return run(tree, scope);
  } catch (problem) {
    if (problem instanceof Beyond) return UNKNOWN;
    throw problem;
  }
}

// true, false, or null where only the server can tell
function isAsked(question, scope) {
  if (!question.when) return true;
  const found = told(question.when, scope);
  return found === UNKNOWN ? null : found === true;
}

function parts(names, kept) {
  return Object.fromEntries(names.map((each) => [each, Object.hasOwn(kept, each) && isText(kept[each]) ? kept[each] : null]));
}

const VALUES = {
  number: (_, kept) => exact(kept),
  money: (_, kept) => exact(kept),
  date: (_, kept) => answeredDay(kept),
  yes_no: (_, kept) => typeof kept === "boolean" ? kept : null,
  declaration: (_, kept) => typeof kept === "boolean" ? kept : null,
  radios: (question, kept) => question.options.includes(kept) ? kept : null,
  select: (question, kept) => question.options.includes(kept) ? kept : null,
  checkboxes: (question, kept) =>
    Array.isArray(kept) && kept.length && kept.every((each) => question.options.includes(each)) ? kept : null,
  matrix: (question, kept) => isContext(kept) ? parts(question.rows, kept) : null,
  files: () => UNKNOWN,
  place: () => UNKNOWN,
};

function valueOf(question, kept, scope) {
  if (question.value) return told(question.value, scope);
  if (kept === null || kept === undefined) return null;
  if (question.kind === "group") {
    return (Array.isArray(kept) ? kept : []).filter(isContext).map((each) => itemOf(question, each, scope));
  }
  if (question.kind in VALUES) return VALUES[question.kind](question, kept);
  if (question.parts.length) return isContext(kept) && Object.keys(kept).length ? parts(question.parts, kept) : null;
  return isText(kept) && kept ? kept : null;
}

function inside(group, item, scope) {
  const inner = Object.create(scope);
  for (const each of group.inside) settle(each, item, inner, isAsked(each, inner));
  return inner;
}

function itemOf(group, item, scope) {
  const inner = inside(group, item, scope);
  return Object.fromEntries(group.inside.map((each) => [each.name, inner[each.name]]));
}

function settle(question, answers, scope, asked) {
  const kept = Object.hasOwn(answers, question.name) ? answers[question.name] : null;
  scope[question.name] = asked === null ? UNKNOWN : asked ? valueOf(question, kept, scope) : null;
}

function factOf(kind, value) {
  if (isText(value)) return (kind === "date" && dayIn(value)) || value;
  if (typeof value === "number") return Num.read(String(value));
  return typeof value === "boolean" ? value : null;
}

function visit(sheet, answers, facts) {
  const scope = Object.create(null);
  for (const [name, kind] of Object.entries(sheet.facts)) scope[name] = factOf(kind, facts[name] ?? null);
  const pages = sheet.pages.map((page) => {
    const open = isAsked(page, scope);
    const questions = page.questions.map((question) => {
      const asked = open === true ? isAsked(question, scope) : open;
      settle(question, answers, scope, asked);
      return [question, asked];
    });
    return { page, questions };
  });
  return { pages, scope };
}

// [page, [question, ...]] for each page that is asked; null beside a name where only the server can tell
export function asked(sheet, answers, facts = {}) {
  return visit(sheet, answers, facts).pages
    .map(({ page, questions }) => [
      page.name,
      questions.filter(([, asked]) => asked !== false).map(([question, asked]) => asked ? question.name : [question.name, null]),
    ])
    .filter(([, questions]) => questions.length);
}

const number = (text) => Num.read(text);

function ofText(question, value) {
  if (!isText(value) || !value) return "shape";
  if (HIDDEN.test(value) || (question.kind === "text" && /[\n\t]/.test(value))) return "characters";
  const length = [...value].length;
  if (length > Number(question.most)) return "too_long";
  return question.least !== null && length < Number(question.least) ? "too_short" : null;
}

function ofNumber(question, value) {
  const found = exact(value);
  const fine = question.kind === "money" ? "money" : question.decimals ? "decimals" : "whole";
  if (!found) return typeof value === "number" && Math.abs(value) < 1e15 ? fine : "shape";
  if (found.places() > question.decimals) return fine;
  if (question.least !== null && compare("<", found, number(question.least))) return "too_small";
  return question.most !== null && compare(">", found, number(question.most)) ? "too_large" : null;
}

function ofChoice(question, value) {
  return !isText(value) ? "shape" : question.options.includes(value) ? null : "option";
}

function ofChoices(question, value) {
  if (!Array.isArray(value) || !value.length || new Set(value.map(String)).size !== value.length) return "shape";
  if (!value.every((each) => question.options.includes(each))) return "option";
  if (question.none && value.includes(question.none)) return value.length > 1 ? "alone" : null;
  if (question.least !== null && value.length < Number(question.least)) return "too_few";
  return question.most !== null && value.length > Number(question.most) ? "too_many" : null;
}

function ofGroup(question, value) {
  const names = question.inside.map((each) => each.name);
  const fits = (item) => isContext(item) && Object.keys(item).every((each) => names.includes(each));
  if (!Array.isArray(value) || !value.every(fits)) return "shape";
  if (question.least !== null && value.length < Number(question.least)) return "items_few";
  return value.length > Number(question.most) ? "items_many" : null;
}

const CHECKS = {
  text: ofText,
  long_text: ofText,
  number: ofNumber,
  money: ofNumber,
  date: (_, value) => !isText(value) ? "shape" : answeredDay(value) ? null : "no_date",
  yes_no: (_, value) => typeof value === "boolean" ? null : "shape",
  declaration: (_, value) => value === true ? null : "undeclared",
  radios: ofChoice,
  select: ofChoice,
  checkboxes: ofChoices,
  group: ofGroup,
};

function* unkept(musts, at, scope) {
  for (const [index, must] of musts.entries()) {
    let found = told(must.holds, scope);
    if (found === null && must.names.some((each) => (scope[each] ?? null) === null)) found = true;
    if (found === UNKNOWN) yield [at, "server", null];
    else if (found !== true) yield [at, `must_${index + 1}`, must.say];
  }
}

function* wrongIn(question, kept, at, scope) {
  const value = kept ?? null;
  if (question.value !== undefined) {
    if ((scope[question.name] ?? null) !== null) yield* unkept(question.musts, at, scope);
    return;
  }
  if (value === null) {
    if (question.required) yield [at, question.missing, question.says[question.missing]];
    return;
  }
  const rule = CHECKS[question.kind]?.(question, value) ?? null;
  if (rule) {
    yield [at, rule, question.says[rule]];
    return;
  }
  for (const [index, item] of question.inside.length ? value.entries() : []) {
    const inner = inside(question, item, scope);
    for (const each of question.inside) {
      const place = `${at}.${index}.${each.name}`, asked = isAsked(each, inner);
      if (asked === null) yield [place, "server", null];
      else if (asked) yield* wrongIn(each, item[each.name], place, inner);
    }
  }
  yield* unkept(question.musts, at, scope);
}

// [where, which rule, {en, cy}] for all that the browser knows to be wrong; [where, "server", null] for what only the
// server can tell. It looks again at everything.
export function mistakes(sheet, answers, facts = {}) {
  const { pages, scope } = visit(sheet, answers, facts), found = [];
  for (const { page, questions } of pages) {
    const now = questions.filter(([, asked]) => asked === true).map(([question]) => question);
    for (const question of now) found.push(...wrongIn(question, answers[question.name], question.name, scope));
    if (now.length) found.push(...unkept(page.musts, now[0].name, scope));
  }
  return found;
}
