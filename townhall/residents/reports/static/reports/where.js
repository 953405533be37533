// Keeps the words beside the map in step with it: what was tapped is described at once, what is chosen in the list is shown.
const form = document.querySelector("[data-where]");
const map = form?.querySelector("[data-map]");
const here = form?.querySelector("[data-here]");
let chosenInList = false;

async function show({ lon, lat }) {
  const url = new URL(form.dataset.hereUrl, location.href);
  url.searchParams.set("where_lon", lon.toFixed(7));
  url.searchParams.set("where_lat", lat.toFixed(7));
  const answer = await fetch(url);
  if (answer.ok) here.innerHTML = await answer.text();
}

if (map && here) {
  map.addEventListener("map:picked", ({ detail }) => {
    if (!chosenInList) {
      for (const radio of form.querySelectorAll("[name=found]")) radio.checked = false;
      form.querySelector("[data-only-found]")?.remove();
    }
    chosenInList = false;
    show(detail);
  });
  form.addEventListener("change", ({ target }) => {
    if (target.name !== "found") return;
    chosenInList = true;
    const { lon, lat } = target.dataset;
    map.dispatchEvent(new CustomEvent("map:go", { detail: { lon: Number(lon), lat: Number(lat), zoom: 17 } }));
  });
}
