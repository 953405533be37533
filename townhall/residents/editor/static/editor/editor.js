// Makes the editor quicker: arrows, Enter and paste in a table, a check of cells and conditions while they are typed.
// Everything works without it: each form is sent and answered as a page.
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
const PAUSE = 500;

function later(work) {
  let waiting = 0;
  return (...told) => { clearTimeout(waiting); waiting = setTimeout(() => work(...told), PAUSE); };
}

async function ask(address, body) {
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token() } });
    return answer.ok ? await answer.json() : null;
  } catch { return null; }
}

// Conditions in FEEL.
const lookAt = later(async (input) => {
  const body = new FormData();
  body.set("text", input.value);
  body.set("_file", input.form.querySelector("[name=_file]")?.value ?? "");
  const found = await ask(input.dataset.feel, body);
  const place = document.getElementById(`${input.id}-wrong`);
  if (found && place) place.textContent = found.wrong;
  input.toggleAttribute("aria-invalid", Boolean(found?.wrong));
});
document.addEventListener("input", (event) => { if (event.target.dataset?.feel) lookAt(event.target); });

// The table.
const grid = document.querySelector("[data-grid]");
const cellAt = (row, column) => grid.querySelector(`[data-cell="${row}.${column}"]`);
const placeOf = (cell) => cell.dataset.cell.split(".").map(Number);

function go(cell, down, right) {
  const [row, column] = placeOf(cell);
  const next = cellAt(row + down, column + right);
  if (next) { next.focus(); next.select(); }
  return Boolean(next);
}

function showWrong(wrong) {
  for (const cell of grid.querySelectorAll("[data-cell]")) {
    const text = wrong[cell.name];
    const held = cell.parentElement;
    held.classList.toggle("is-wrong", Boolean(text));
    cell.toggleAttribute("aria-invalid", Boolean(text));
    let place = held.querySelector(".th-error-text");
    if (!text) { place?.remove(); continue; }
    if (!place) {
      place = Object.assign(document.createElement("span"), { className: "th-error-text", lang: "en", id: `wrong-${cell.name.replaceAll(".", "-")}` });
      held.append(place);
      cell.setAttribute("aria-describedby", place.id);
    }
    place.textContent = text;
  }
}

const check = later(async () => {
  const found = await ask(grid.dataset.check, new FormData(grid));
  if (!found) return;
  showWrong(found.wrong);
  grid.querySelector("[data-all]").textContent = found.all;
});

function paste(event) {
  const cell = event.target.closest("[data-cell]");
  const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
  if (!cell || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  const [row, column] = placeOf(cell);
  const left = [];
  text.split("\n").forEach((line, down) => {
    const cells = line.split("\t");
    if (!cellAt(row + down, 0)) { left.push(line); return; }
    cells.forEach((value, right) => { const one = cellAt(row + down, column + right); if (one && !one.readOnly) one.value = value.trim(); });
  });
  const rest = grid.querySelector("[name=_paste]");
  if (left.length && rest) {
    rest.value = left.join("\n");
    rest.closest("details").open = true;
    rest.focus();
  }
  check();
}

if (grid) {
  grid.addEventListener("input", check);
  grid.addEventListener("paste", paste);
  grid.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
    const isAtEnd = cell.selectionStart === cell.value.length && cell.selectionEnd === cell.value.length;
    const isAtStart = cell.selectionStart === 0 && cell.selectionEnd === 0;
    const isWhole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    const moves = {
      ArrowDown: () => go(cell, 1, 0), ArrowUp: () => go(cell, -1, 0),
      Enter: () => go(cell, event.shiftKey ? -1 : 1, 0) || true,
      ArrowRight: () => (isAtEnd || isWhole) && go(cell, 0, 1), ArrowLeft: () => (isAtStart || isWhole) && go(cell, 0, -1),
      F2: () => { cell.setSelectionRange(cell.value.length, cell.value.length); return true; },
    };
    if (moves[event.key]?.()) event.preventDefault();
  });
}

// A line of a file that a mistake names is looked at.
const area = document.querySelector("[data-lines] textarea");
const line = Number(location.hash.match(/^#line-(\d+)$/)?.[1]);
if (area && line) {
  const before = area.value.split("\n").slice(0, line - 1).join("\n").length;
  const start = line > 1 ? before + 1 : 0;
  area.focus();
  area.setSelectionRange(start, start + (area.value.split("\n")[line - 1]?.length ?? 0));
  area.scrollTop = Math.max(0, (line - 6) * parseFloat(getComputedStyle(area).lineHeight));
}

// The drawing begins where the step stands that is looked at.
const sheet = document.querySelector(".ed-drawing [data-step]");
const shape = sheet && (sheet.querySelector(`[data-state="${CSS.escape(sheet.dataset.step)}"]`) ?? sheet.querySelector("[data-state]"));
if (shape) {
  const [box, around] = [shape.getBoundingClientRect(), sheet.getBoundingClientRect()];
  sheet.scrollLeft += box.left + box.width / 2 - around.left - around.width / 2;
  sheet.scrollTop += box.top + box.height / 2 - around.top - around.height / 2;
  shape.classList.add("ed-here");
}

// What was typed is not lost by going elsewhere unasked.
let isTouched = false;
document.addEventListener("input", (event) => { if (event.target.closest("form[method=post]") && !event.target.closest(".ed-try")) isTouched = true; });
document.addEventListener("submit", () => { isTouched = false; });
addEventListener("beforeunload", (event) => { if (isTouched) event.preventDefault(); });
