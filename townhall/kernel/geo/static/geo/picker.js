// Choosing a place: tap the map, move the pin with the arrow keys, or say "use where I am now".
import { Marker } from "../vendor/maplibre/maplibre-gl.mjs";
import { calm, go, tell } from "./map.js";

const STEP_PIXELS = 10;
const STRIDE_PIXELS = 60;
const WAIT_MILLISECONDS = 250;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function startPicker(element, map, words) {
  const pin = document.createElement("div");
  pin.className = "geo-pin geo-pin--picked";
  pin.setAttribute("role", "img");
  pin.setAttribute("aria-label", words.place);
  const image = document.createElement("img");
  image.alt = "";
  image.src = `${element.dataset.pin.replace("STATUS", element.dataset.status)}?chosen`;
  pin.append(image);
  const state = { element, map, words, marker: new Marker({ element: pin, anchor: "bottom", offset: [0, 7] }), said: voice(element) };
  if (element.dataset.lon && element.dataset.placed !== undefined) state.marker.setLngLat(map.getCenter()).addTo(map);
  map.keyboard.disable();
  for (const hint of element.parentElement.querySelectorAll("[data-map-hint]")) hint.hidden = hint.dataset.mapHint !== "live";
  map.on("click", (event) => pick(state, event.lngLat));
  const canvas = map.getCanvas();
  canvas.addEventListener("keydown", (event) => press(state, event));
  for (const kind of ["focus", "blur"]) {
    canvas.addEventListener(kind, () => { image.src = image.src.replace(/&focus$/, "") + (kind === "focus" ? "&focus" : ""); });
  }
  element.addEventListener("map:go", ({ detail }) => pick(state, { lng: detail.lon, lat: detail.lat }, { quiet: detail.quiet }));
  for (const button of document.querySelectorAll(`[data-map-locate="${element.id}"]`)) offerLocation(state, button);
}

// Where what was chosen is said, for people who cannot see it.
function voice(element) {
  const said = document.createElement("p");
  said.className = "geo-map__said";
  said.setAttribute("role", "status");
  element.after(said);
  return said;
}

function pick(state, { lng, lat }, { quiet = false } = {}) {
  state.marker.setLngLat([lng, lat]).addTo(state.map);
  state.element.querySelector("[data-lon-field]").value = lng.toFixed(7);
  state.element.querySelector("[data-lat-field]").value = lat.toFixed(7);
  clearTimeout(state.timer);
  if (!quiet) state.timer = setTimeout(() => describe(state, lng, lat), WAIT_MILLISECONDS);
}

async function describe(state, lng, lat) {
  const url = new URL(state.element.dataset.describe, location.href);
  url.searchParams.set("lon", lng.toFixed(7));
  url.searchParams.set("lat", lat.toFixed(7));
  if (state.element.dataset.assetKind) url.searchParams.set("kind", state.element.dataset.assetKind);
  const answer = await fetch(url);
  const about = answer.ok ? await answer.json() : {};
  state.said.textContent = about.place ?? "";
  tell(state.element, "map:picked", { lon: lng, lat, ...about });
}

function press(state, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "+" || event.key === "=" || event.key === "-") {
    zoom(state, event.key === "-" ? -1 : 1);
  } else if (ARROWS[event.key]) {
    move(state, ARROWS[event.key], event.shiftKey ? STRIDE_PIXELS : STEP_PIXELS);
  } else {
    return;
  }
  event.preventDefault();
}

// About the pin, so that it stays where it is.
function zoom({ map, marker }, by) {
  const view = { zoom: map.getZoom() + by, around: marker.getLngLat() ?? map.getCenter() };
  map.easeTo({ ...view, duration: calm() ? 0 : 120 });
}

function move(state, [dx, dy], step) {
  const { map, marker } = state;
  const from = map.project(marker.getLngLat() ?? map.getCenter());
  const to = map.unproject([from.x + dx * step, from.y + dy * step]);
  pick(state, to);
  const { clientWidth, clientHeight } = map.getCanvas();
  const { x, y } = map.project(to);
  if (x < 60 || x > clientWidth - 60 || y < 80 || y > clientHeight - 40) go(map, { lon: to.lng, lat: to.lat });
}

function offerLocation(state, button) {
  if (!navigator.geolocation) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    const done = () => button.removeAttribute("aria-busy");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        done();
        go(state.map, { lon: coords.longitude, lat: coords.latitude, zoom: 17 });
        pick(state, { lng: coords.longitude, lat: coords.latitude });
      },
      () => {
        done();
        state.said.textContent = state.words.nowhere;
        state.said.classList.add("is-shown");
        tell(state.element, "map:nowhere", {});
      },
      { enableHighAccuracy: true, timeout: 10000, maximumAge: 30000 },
    );
  });
}
