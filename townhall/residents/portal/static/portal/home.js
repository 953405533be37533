// Suggestions while typing, and "which council does this?" answered at once. Both forms work as they are without this.
const WAIT_MILLISECONDS = 180;

function follow(form, input, target, address, name) {
  let timer = 0;
  let asked = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++asked;
      const text = input.value.trim();
      if (text.length < 3) {
        target.replaceChildren();
        return;
      }
      const answer = await fetch(`${address}?${name}=${encodeURIComponent(text)}`);
      if (answer.ok && mine === asked) target.innerHTML = await answer.text();
    }, WAIT_MILLISECONDS);
  });
}

const search = document.querySelector("[data-suggest]");
const list = document.querySelector("[data-suggestions]");
if (search && list) {
  follow(search, search.elements.q, list, search.dataset.suggest, "q");
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") list.replaceChildren(); });
  search.elements.q.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      const first = list.querySelector("a");
      if (first) event.preventDefault();
      first?.focus();
    }
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const links = [...list.querySelectorAll("a")];
    const next = links[links.indexOf(document.activeElement) + step];
    (next ?? (step < 0 ? search.elements.q : links[0])).focus();
  });
}
const which = document.querySelector("[data-which]");
const answer = document.querySelector("[data-which-answer]");
if (which && answer) follow(which, which.elements.what, answer, which.dataset.which, "what");
