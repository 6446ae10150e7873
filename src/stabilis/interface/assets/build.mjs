// Bundle the browser's files: `node build.mjs FOLDER`. One file per entry and plain names, so that
// core.js finds charts.js and map.js beside itself, and no page has to know a hash.
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const folder = process.argv[2];
if (!folder) throw new Error("name the folder to build into: node build.mjs FOLDER");

// Only what core.js loads on demand stays apart: a library may have a file called map.js as well.
const onDemand = {
  name: "on-demand",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/(charts|map)\.js$/ }, ({ path, kind }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    ),
};

await mkdir(folder, { recursive: true });
await build({
  entryPoints: ["core.js", "charts.js", "map.js"],
  outdir: folder,
  bundle: true,
  plugins: [onDemand],
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "inline",
  logLevel: "warning",
});
await copyFile("node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs", join(folder, "map-worker.js"));
