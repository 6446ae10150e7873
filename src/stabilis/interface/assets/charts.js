// Draw the page's Vega-Lite specification so that it answers the pointer. Expressions are interpreted,
// never compiled: the content policy forbids eval.
import { View, Warn, parse } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile } from "vega-lite";
import "./charts.css";
import { json, stylesheet, withColours } from "./page.js";
import { Tooltip } from "./tooltip.js";

/** Draw a chart in place of the still one; return what discards it. */
export async function draw(target, { spec: address }) {
  const [spec] = await Promise.all([json(address), stylesheet("charts.css")]);
  const tooltip = new Tooltip();
  const frame = document.createElement("div");
  const view = new View(parse(compiled(spec), null, { ast: true }), {
    expr: expressionInterpreter,
    renderer: "svg",
    container: frame,
    hover: true,
    logLevel: Warn,
    tooltip: (_handler, event, _item, value) => tooltip.show(event, value),
  });
  try {
    await view.runAsync();
  } catch (error) {
    view.finalize();
    throw error;
  }
  frame.querySelector("svg").setAttribute("aria-hidden", "true"); // the figure has its alternative
  target.replaceChildren(frame);
  return () => {
    tooltip.remove();
    view.finalize();
  };
}

function compiled(spec) {
  const config = { ...spec.config, mark: { tooltip: true, ...spec.config?.mark } };
  return compile(withColours({ ...spec, config })).spec;
}
