// Pins and rings on the map. Each is a link or a button whose name says in words what it shows.
import { Marker } from "../vendor/maplibre/maplibre-gl.mjs";
import { go, tell } from "./map.js";

export function startMarks(element, map, words) {
  const state = { element, map, words, statuses: JSON.parse(element.dataset.statuses), shown: new Map(), chosen: null };
  element.addEventListener("map:highlight", ({ detail }) => highlight(state, detail?.id ?? null));
  return state;
}

// Puts up what is new, takes down what is gone, leaves the rest where it is.
export function show(state, features) {
  const wanted = new Map(features.map((feature) => [signature(feature), feature]));
  for (const [mark, entry] of state.shown) {
    if (!wanted.has(mark)) {
      entry.marker.remove();
      state.shown.delete(mark);
    }
  }
  for (const [mark, feature] of wanted) if (!state.shown.has(mark)) state.shown.set(mark, put(state, feature));
  highlight(state, state.chosen);
  state.element.dataset.pins = String(state.shown.size);
}

function signature({ geometry, properties }) {
  return JSON.stringify([geometry.coordinates, properties]);
}

function put(state, feature) {
  const { properties, geometry } = feature;
  const ring = properties.count > 1;
  const mark = document.createElement(ring || !properties.url ? "button" : "a");
  mark.className = ring ? "geo-ring" : "geo-pin";
  if (mark.localName === "a") mark.href = properties.url;
  else mark.type = "button";
  mark.setAttribute("aria-label", properties.title || inWords(state, properties));
  const image = document.createElement("img");
  image.alt = "";
  image.src = ring ? ringAddress(state, properties) : pinAddress(state, properties);
  mark.append(image);
  mark.addEventListener("click", (event) => chosen(state, event, feature));
  const marker = new Marker({ element: mark, anchor: ring ? "center" : "bottom", offset: ring ? [0, 0] : [0, 5] });
  marker.setLngLat(geometry.coordinates).addTo(state.map);
  return { marker, mark, image, properties, ids: properties.ids ?? [properties.id] };
}

function chosen(state, event, { properties, geometry }) {
  event.stopPropagation();
  if (properties.count > 1) {
    const [lon, lat] = geometry.coordinates;
    go(state.map, { lon, lat, zoom: Math.min(19, state.map.getZoom() + 2) });
    return;
  }
  const detail = { id: properties.id, url: properties.url };
  if (!tell(state.element, "map:chosen", detail, true)) event.preventDefault();
}

// The pin of the row under the cursor is ink, larger, with the ring of focus; a ring that holds it has that ring too.
// The pin that the page is about (`chosen`) is ink and larger.
function highlight(state, id) {
  state.chosen = id;
  const about = state.element.dataset.chosen;
  for (const { mark, image, properties, ids } of state.shown.values()) {
    const on = id !== null && ids.includes(id);
    const named = properties.chosen === true || (about !== undefined && ids.includes(about));
    mark.classList.toggle("is-chosen", on || named);
    if (properties.count > 1) continue;
    const address = pinAddress(state, properties) + (on ? "&chosen&focus" : named ? "&chosen" : "");
    if (image.getAttribute("src") !== address) image.src = address;
  }
}

function pinAddress({ element }, { status, late }) {
  return `${element.dataset.pin.replace("STATUS", status)}?${late ? "late" : "v"}`;
}

function ringAddress({ element }, { shares, late }) {
  const query = new URLSearchParams(Object.entries(shares).map(([status, count]) => [status, String(count)]));
  if (late) query.set("late", String(late));
  return `${element.dataset.cluster}?${query}`;
}

function inWords({ words, statuses }, { status, count, shares, late }) {
  if (count <= 1) return statuses[status] ?? words.place;
  const parts = late ? [words.late.replace("{n}", late)] : [];
  for (const [code, number] of Object.entries(shares)) parts.push(`${number} ${(statuses[code] ?? code).toLowerCase()}`);
  return `${words.reports.replace("{n}", count)}: ${parts.join(", ")}`;
}
