// A long list to type in: the select stays and is what is sent, a combobox stands before it. What fits no answer of the
// list is sent as it was typed, so that the server can say so and nothing is lost. Without this it is a plain select.
import "../vendor/autocomplete/accessible-autocomplete.min.js";

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

// Answers that begin with what was typed come first, then those of which a word does, then those that hold it.
function fitting(all, typed) {
  const wanted = plain(typed);
  const places = all.map((one) => {
    const words = plain(one);
    if (words.startsWith(wanted)) return 0;
    return words.includes(` ${wanted}`) ? 1 : words.includes(wanted) ? 2 : 3;
  });
  return [0, 1, 2].flatMap((place) => all.filter((_, index) => places[index] === place));
}

// The library rewrites what describes its input; the hint and the message of the question stay among it.
function keepDescribed(input, own) {
  if (!own.length) return;
  const see = () => {
    const now = (input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
    if (own.some((id) => !now.includes(id))) input.setAttribute("aria-describedby", [...new Set([...own, ...now])].join(" "));
  };
  new MutationObserver(see).observe(input, { attributeFilter: ["aria-describedby"] });
  see();
}

export function typeAhead(select) {
  const said = JSON.parse(select.dataset.typeAhead);
  const given = [...select.options].filter((one) => one.value && !("typed" in one.dataset));
  const all = given.map((one) => one.text);
  const unknown = select.querySelector("[data-typed]") ?? Object.assign(new Option("", ""), { hidden: true });
  if (!unknown.isConnected) select.append(unknown);
  const own = (select.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
  const isWrong = select.classList.contains("govuk-select--error");

  const take = (typed) => {
    const found = given.find((one) => plain(one.text) === plain(typed));
    if (!found) unknown.value = unknown.textContent = typed.trim();
    (found ?? unknown).selected = true;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };

  globalThis.accessibleAutocomplete.enhanceSelectElement({
    selectElement: select,
    source: (typed, give) => give(all.some((one) => one === typed) ? all : fitting(all, typed)),
    defaultValue: "",
    autoselect: false,
    confirmOnBlur: false,
    showAllValues: true,
    inputClasses: `govuk-input${isWrong ? " govuk-input--error" : ""}`,
    onConfirm: (chosen) => { if (chosen !== undefined) take(chosen); },
    tAssistiveHint: () => said.hint,
    tNoResults: () => said.none,
    tStatusNoResults: () => said.none,
    tStatusQueryTooShort: () => said.hint,
    tStatusResults: (count, content) => `${count === 1 ? said.one : said.many.replace("{n}", count)}. ${content ?? ""}`,
    tStatusSelectedOption: (words, count, index) => said.now.replace("{words}", words).replace("{n}", index + 1).replace("{of}", count),
  });
  const input = select.parentElement.querySelector(".autocomplete__input");
  input.addEventListener("input", () => take(input.value));
  if (isWrong) input.setAttribute("aria-invalid", "true");
  keepDescribed(input, own);
}
