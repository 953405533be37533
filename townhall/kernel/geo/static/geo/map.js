// The live map. It covers the drawn picture once it is ready; where the browser cannot draw it, the picture stays.
//
// Events on the element. It tells: map:ready, map:moved {bbox, zoom}, map:chosen {id, url} (cancel it to stay on the
// page), map:picked {lon, lat, place, ward, postcode, inside, assets}. It hears: map:highlight {id}, map:reload {query?},
// map:go {lon, lat, zoom?}.
import { Map as Drawing, ScaleControl } from "../vendor/maplibre/maplibre-gl.mjs";
import { startLayer } from "./layer.js";
import { startPicker } from "./picker.js";
import { startPins } from "./pins.js";

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export async function mount(element) {
  if (element.dataset.mounted) return element.map;
  element.dataset.mounted = "yes";
  const holder = element.querySelector("[data-live-map]");
  const words = JSON.parse(element.dataset.words);
  try {
    holder.hidden = false;
    const style = await styleOf(element.dataset.style);
    const map = draw(element, holder, style, words);
    element.map = map;
    await new Promise((done) => map.once("load", done));
    cover(element, map, words);
    credit(element, style.sources.town.attribution);
    return map;
  } catch (problem) {
    holder.hidden = true;
    element.dataset.failed = problem.name;
    return null;
  }
}

// The style with whole addresses, which MapLibre's worker needs.
async function styleOf(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`style: ${answer.status}`);
  const style = await answer.json();
  style.sources.town.tiles = style.sources.town.tiles.map((tile) => location.origin + tile);
  return style;
}

function draw(element, holder, style, words) {
  const { lon, lat, zoom, label, gentle, box } = element.dataset;
  const map = new Drawing({
    container: holder,
    style,
    center: lon ? [Number(lon), Number(lat)] : style.center,
    zoom: zoom ? Number(zoom) : style.zoom,
    ...(box ? { bounds: box.split(",").map(Number) } : {}),
    minZoom: 8,
    maxZoom: 19.5,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    cooperativeGestures: gentle !== undefined,
    fadeDuration: calm() ? 0 : 120,
    locale: {
      "Map.Title": label,
      "CooperativeGesturesHandler.WindowsHelpText": words.scroll,
      "CooperativeGesturesHandler.MacHelpText": words.scrollMac,
      "CooperativeGesturesHandler.MobileHelpText": words.touch,
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.on("style.load", () => {
    for (const [kind, look] of Object.entries(style.metadata["townhall:dots"])) addDots(map, `dots-${kind}`, look);
  });
  return map;
}

// The tree dots of parks and woods: drawn here from the same list as the still picture's.
function addDots(map, id, look) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = look.side * 2;
  const pen = canvas.getContext("2d");
  pen.scale(2, 2);
  pen.fillStyle = look.colour;
  for (const [x, y, radius] of look.dots) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fill();
  }
  map.addImage(id, pen.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: 2 });
}

function cover(element, map, words) {
  const picture = element.querySelector(".geo-map__picture");
  for (const still of element.querySelectorAll(".geo-map__picture, .geo-map__marks, .geo-map__pan")) still.hidden = true;
  if (picture.matches("input")) picture.disabled = true;
  addButtons(element, map, words);
  map.addControl(new ScaleControl({ maxWidth: 96, unit: "metric" }), "bottom-right");
  map.on("moveend", () => tell(element, "map:moved", whereabouts(map)));
  element.addEventListener("map:go", ({ detail }) => go(map, detail));
  if (element.dataset.layer) startLayer(element, map, words);
  if (element.dataset.pinsUrl) startPins(element, map, words);
  if (element.dataset.picker !== undefined) startPicker(element, map, words);
  element.dataset.ready = "yes";
  tell(element, "map:ready", whereabouts(map));
}

function credit(element, words) {
  if (!words) return;
  const line = document.createElement("p");
  line.className = "geo-map__credit";
  line.textContent = words;
  element.append(line);
}

function addButtons(element, map, words) {
  const box = document.createElement("div");
  box.className = "geo-map__zoom";
  for (const [sign, word, act] of [["+", words.in, "zoomIn"], ["−", words.out, "zoomOut"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", word);
    button.addEventListener("click", () => map[act]({ animate: !calm() }));
    box.append(button);
  }
  element.append(box);
}

export function whereabouts(map) {
  const box = map.getBounds();
  const sides = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
  return { bbox: sides.map((side) => side.toFixed(6)).join(","), zoom: Number(map.getZoom().toFixed(2)) };
}

export function go(map, { lon, lat, zoom }) {
  const view = { center: [lon, lat], zoom: zoom ?? map.getZoom() };
  if (calm()) map.jumpTo(view);
  else map.easeTo({ ...view, duration: 200 });
}

export function tell(element, kind, detail, cancelable = false) {
  return element.dispatchEvent(new CustomEvent(kind, { bubbles: true, cancelable, detail }));
}

for (const element of document.querySelectorAll("[data-map]")) mount(element);
