// The layers of the explorable map, from the ground up, in the page's own colours.
const LARGEST = 15; // pixels: the radius of the circle with the most deaths, as in the still map

const DEATHS = ["get", "deaths"];
const DISPUTED = ["to-boolean", ["get", "disputed"]];

export function layers(features) {
  const most = Math.max(1, ...features.map(({ properties }) => properties.deaths ?? 0));
  return [
    { id: "ground", type: "background", paint: { "background-color": "var(--raised)" } },
    land("neighbour", "var(--land)"),
    border("neighbour", "var(--border)", 0.8),
    land("country", "var(--paper)"),
    border("country", "var(--ink)", 1.2),
    disputed(),
    circles(most),
    unknowns(),
  ];
}

function of(kind, ...conditions) {
  return ["all", ["==", ["get", "kind"], kind], ...conditions];
}

function land(kind, colour) {
  return layer(`${kind}-land`, "fill", of(kind), { "fill-color": colour });
}

function border(kind, colour, width) {
  const paint = { "line-color": colour, "line-width": width };
  return layer(`${kind}-border`, "line", of(kind, ["!", DISPUTED]), paint);
}

function disputed() {
  const isOutline = ["match", ["get", "kind"], ["neighbour", "country"], true, false];
  const paint = { "line-color": "var(--muted)", "line-width": 1.2, "line-dasharray": [4, 3] };
  return layer("disputed-border", "line", ["all", isOutline, DISPUTED], paint);
}

function circles(most) {
  const radius = ["*", LARGEST / Math.sqrt(most), ["sqrt", DEATHS]];
  const drawn = layer("violence", "circle", of("violence", ["!=", DEATHS, null]), {
    "circle-color": "var(--accent)",
    "circle-opacity": 0.55,
    "circle-radius": ["max", 2, radius],
    "circle-stroke-color": "var(--paper)",
    "circle-stroke-width": 0.5,
  });
  return { ...drawn, layout: { "circle-sort-key": ["-", DEATHS] } }; // small ones on top
}

function unknowns() {
  return layer("violence-unknown", "circle", of("violence", ["==", DEATHS, null]), {
    "circle-opacity": 0,
    "circle-radius": 4,
    "circle-stroke-color": "var(--muted)",
    "circle-stroke-width": 1,
  });
}

function layer(id, type, filter, paint) {
  return { id, type, source: "page", filter, paint };
}
