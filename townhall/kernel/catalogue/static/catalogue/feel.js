// What is asked and what is wrong, told in the browser with the server's meaning.
// A sheet comes from townhall/kernel/catalogue/forms/browser.py; answers are as the server keeps them.
// Nothing is evaluated as code. What only the server can tell throws Beyond, and is null in what comes out.

class Beyond extends Error {}

const UNKNOWN = Symbol("only the server knows");
const PLAIN = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/;
const HIDDEN = /[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]/u;
const DIGITS = 15, FEEL_DIGITS = 34;

// Numbers: decimals, exact. `n` is a whole number, `s` how many of its digits stand after the point.

class Num {
  constructor(n, s) { this.n = n; this.s = s; }

  static read(text) {
    const found = PLAIN.exec(text);
    if (!found) return null;
    const after = found[3] ?? "", exponent = Number(found[4] ?? 0);
    const n = BigInt(found[1] + found[2] + after), s = after.length - exponent;
    return s < 0 ? new Num(n * 10n ** BigInt(-s), 0) : new Num(n, s);
  }

  at(s) { return this.n * 10n ** BigInt(s - this.s); }

  digits() { return Math.max(String(this.n < 0n ? -this.n : this.n).length, this.s); }

  places() {
    let n = this.n, s = this.s;
    while (s > 0 && n % 10n === 0n) { n /= 10n; s -= 1; }
    return s;
  }

  kept() {
    let n = this.n, s = this.s;
    while (n !== 0n && n % 10n === 0n) { n /= 10n; s -= 1; }
    if (String(n < 0n ? -n : n).length > FEEL_DIGITS) throw new Beyond();
    return this;
  }
}

class Day { constructor(text) { this.text = text; } }

function exact(value) {
  if (typeof value !== "number" || !Number.isFinite(value)) return null;
  const found = Num.read(String(value));
  const limit = 10n ** BigInt(DIGITS + found.s);
  return found.digits() <= DIGITS && found.n < limit && found.n > -limit ? found : null;
}

function dayIn(text) {
  const found = typeof text === "string" && /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return month >= 1 && month <= 12 && day >= 1 && day <= lengths[month - 1] ? new Day(text) : null;
}

function answeredDay(text) {
  const found = dayIn(text);
  return found && text >= "1800" && text < "2200" ? found : null;
}

// The logic of true, false and null.

const both = (one, other) => one === false || other === false ? false : one === true && other === true ? true : null;
const either = (one, other) => one === true || other === true ? true : one === false && other === false ? false : null;
const opposite = (one) => typeof one === "boolean" ? !one : null;

function kindOf(value) {
  if (Array.isArray(value)) return "list";
  if (value instanceof Num) return "number";
  if (value instanceof Day) return "date";
  return value === null ? "null" : typeof value === "object" ? "context" : typeof value;
}

function equal(one, other) {
  if (one === null || other === null) return one === other;
  const kind = kindOf(one);
  if (kind !== kindOf(other)) return null;
  if (kind === "context") throw new Beyond();
  if (kind !== "list") return kind === "boolean" ? one === other : order(one, other) === 0;
  if (one.length !== other.length) return false;
  let found = true;
  for (let at = 0; at < one.length && found !== false; at += 1) found = both(found, equal(one[at], other[at]));
  return found;
}

function order(one, other) {
  const kind = kindOf(one);
  if (kind !== kindOf(other)) return null;
  if (kind === "number") {
    const s = Math.max(one.s, other.s), mine = one.at(s), yours = other.at(s);
    return mine < yours ? -1 : mine > yours ? 1 : 0;
  }
  if (kind === "date") return one.text < other.text ? -1 : one.text > other.text ? 1 : 0;
  return kind === "string" ? byCharacter([...one], [...other]) : null;
}

function byCharacter(one, other) {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const difference = one[at].codePointAt(0) - other[at].codePointAt(0);
    if (difference) return Math.sign(difference);
  }
  return Math.sign(one.length - other.length);
}

function compare(sign, one, other) {
  if (sign === "=") return equal(one, other);
  if (sign === "!=") return opposite(equal(one, other));
  const found = order(one, other);
  if (found === null) return null;
  if (sign === "<") return found < 0;
  if (sign === "<=") return found <= 0;
  return sign === ">" ? found > 0 : found >= 0;
}

function calculate(sign, one, other) {
  const kinds = [kindOf(one), kindOf(other)];
  if (sign === "-" && kinds[0] === "date" && kinds[1] === "date") throw new Beyond();
  if (sign === "+" && kinds[0] === "string" && kinds[1] === "string") return one + other;
  if (kinds[0] !== "number" || kinds[1] !== "number") return null;
  if (sign === "*") return new Num(one.n * other.n, one.s + other.s).kept();
  const s = Math.max(one.s, other.s);
  return new Num(sign === "+" ? one.at(s) + other.at(s) : one.at(s) - other.at(s), s).kept();
}

function member(value, name) {
  const kind = kindOf(value);
  if (kind === "list") return value.map((each) => member(each, name));
  if (kind === "context") return Object.hasOwn(value, name) ? known(value[name]) : null;
  const at = { year: [0, 4], month: [5, 7], day: [8, 10] }[name];
  return kind === "date" && at ? Num.read(String(Number(value.text.slice(...at)))) : null;
}

function known(value) {
  if (value === UNKNOWN) throw new Beyond();
  return value;
}

// A tree is a list: what is done, then with what.

const RUN = {
  server() { throw new Beyond(); },
  c: ([value]) => value,
  s: ([text]) => text,
  n: ([text]) => Num.read(text),
  d: ([text]) => new Day(text),
  v: ([name], scope) => name in scope ? known(scope[name]) : null,
  path: ([source, name], scope) => member(run(source, scope), name),
  and: ([one, other], scope) => { const f = both(true, run(one, scope)); return f === false ? f : both(f, run(other, scope)); },
  or: ([one, other], scope) => { const f = either(false, run(one, scope)); return f === true ? f : either(f, run(other, scope)); },
  neg: ([one], scope) => { const f = run(one, scope); return f instanceof Num ? new Num(-f.n, f.s) : null; },
  list: (items, scope) => items.map((each) => run(each, scope)),
  between([value, low, high], scope) {
    const found = run(value, scope);
    return both(compare(">=", found, run(low, scope)), compare("<=", found, run(high, scope)));
  },
  if([test, yes, no], scope) {
    const found = run(test, scope);
    return found === true ? run(yes, scope) : found === false || found === null ? run(no, scope) : null;
  },
  in([value, tests], scope) {
    const found = run(value, scope);
    if (tests.length === 1) return passes(found, tests[0], scope);
    return tests.reduce((so, each) => so === true ? so : either(so, passes(found, each, scope)), false);
  },
  not([one], scope) {
    const found = run(one, scope);
    return opposite(Array.isArray(found) && found.length === 1 ? found[0] : found);
  },
  count([one], scope) {
    const found = run(one, scope);
    return found === null ? null : new Num(BigInt(Array.isArray(found) ? found.length : 1), 0);
  },
  "list contains"([list, item], scope) {
    const found = run(list, scope), wanted = run(item, scope);
    return found === null ? null : (Array.isArray(found) ? found : [found]).some((each) => equal(each, wanted) === true);
  },
  "string length"([one], scope) {
    let found = run(one, scope);
    if (Array.isArray(found) && found.length === 1) [found] = found;
    return typeof found === "string" ? new Num(BigInt([...found].length), 0) : null;
  },
};
for (const sign of ["=", "!=", "<", "<=", ">", ">="])
  RUN[sign] = ([one, other], scope) => compare(sign, run(one, scope), run(other, scope));
for (const sign of ["+", "-", "*"])
  RUN[sign] = ([one, other], scope) => calculate(sign, run(one, scope), run(other, scope));

function run(tree, scope) {
  if (!Object.hasOwn(RUN, tree[0])) throw new Beyond();
  return RUN[tree[0]](tree.slice(1), scope);
}

function passes(value, [word, ...rest], scope) {
  if (word === "cmp") return compare(rest[0], value, run(rest[1], scope));
  if (word === "range") {
    const [low, high] = [run(rest[0], scope), run(rest[1], scope)], ends = order(low, high);
    if (ends === null || ends > 0) return null;
    return both(compare(rest[2] ? ">=" : ">", value, low), compare(rest[3] ? "<=" : "<", value, high));
  }
  const found = run(rest[0], scope);
  if (found === null && !rest[1]) return value === null && rest[2] ? true : null;
  return satisfies(value, found);
}

function satisfies(value, test) {
  if (!Array.isArray(test)) return equal(value, test);
  if (Array.isArray(value) && equal(value, test) === true) return true;
  return test.some((each) => (Array.isArray(each) ? equal(value, each) : satisfies(value, each)) === true);
}

export { Beyond, UNKNOWN, Num, HIDDEN, answeredDay, compare, dayIn, exact, run };
