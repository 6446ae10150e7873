// The explorable map: outlines and circles from the page's own GeoJSON, and no tile server. The same
// drawing as the still one: disputed borders dashed, the area of a circle is its number of deaths.
import { Map, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import "./map.css";
import { layers } from "./maplayers.js";
import { inWords, json, stylesheet, told, withColours } from "./page.js";

const CIRCLES = ["violence", "violence-unknown"];

setWorkerUrl(new URL("map-worker.js", import.meta.url).href);

/** Draw the map in place of the still one; return what discards it. */
export async function draw(target, asked) {
  const [data] = await Promise.all([json(asked.geojson), stylesheet("map.css")]);
  const map = placed(target, data, JSON.parse(asked.words ?? "{}"));
  const role = target.getAttribute("role");
  target.setAttribute("role", "group"); // it now holds things to press, which an image may not
  const discard = () => {
    target.setAttribute("role", role);
    map.remove();
  };
  try {
    await drawn(map);
  } catch (error) {
    discard();
    throw error;
  }
  tellOnClick(map, asked);
  return discard;
}

function placed(target, data, locale) {
  const container = document.createElement("div");
  container.style.blockSize = `${Math.max(280, target.getBoundingClientRect().height)}px`;
  target.replaceChildren(container);
  const map = new Map({
    container,
    locale,
    style: withColours({
      version: 8,
      sources: { page: { type: "geojson", data } },
      layers: layers(data.features),
    }),
    bounds: boundsOf(data.features.filter(({ properties }) => properties.kind === "country")),
    fitBoundsOptions: { padding: 16 },
    attributionControl: false, // the figure's source line says it
    cooperativeGestures: true, // scrolling past the map scrolls the page
    dragRotate: false, // north is up
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  return map.addControl(new NavigationControl({ showCompass: false }));
}

function drawn(map) {
  return new Promise((loaded, failed) => {
    map.once("load", loaded);
    map.once("error", ({ error }) => failed(error));
  });
}

function boundsOf(features) {
  const points = features.flatMap(({ geometry }) => geometry.coordinates.flat(Infinity));
  const longitudes = points.filter((_, at) => at % 2 === 0);
  const latitudes = points.filter((_, at) => at % 2 === 1);
  return [longitudes, latitudes].map(range).reduce(([west, east], [south, north]) => [
    [west, south],
    [east, north],
  ]);
}

function range(numbers) {
  return numbers.reduce(([low, high], each) => [Math.min(low, each), Math.max(high, each)], [
    Infinity,
    -Infinity,
  ]);
}

function tellOnClick(map, { legend = "", unknown = "unknown" }) {
  const canvas = map.getCanvas();
  map.on("click", CIRCLES, ({ features: [{ geometry, properties }] }) => {
    const { place, year, deaths } = properties;
    const count = deaths === undefined || deaths === null ? unknown : inWords(deaths);
    const words = document.createElement("div");
    words.dir = "auto";
    words.append(told("b", place), told("div", `${year}: ${count} ${legend}`.trim()));
    new Popup().setLngLat(geometry.coordinates).setDOMContent(words).addTo(map);
  });
  map.on("mouseenter", CIRCLES, () => (canvas.style.cursor = "pointer"));
  map.on("mouseleave", CIRCLES, () => (canvas.style.cursor = ""));
}
