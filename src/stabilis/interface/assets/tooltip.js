// The tooltip of an explorable chart: names and values, as text.
import { told } from "./page.js";

const AWAY = 12; // pixels between the pointer and the box

export class Tooltip {
  box = document.body.appendChild(document.createElement("div"));

  constructor() {
    this.box.className = "tooltip";
    this.box.dir = "auto";
    this.box.setAttribute("aria-hidden", "true");
    this.remove();
  }

  show(event, value) {
    const rows = rowsOf(value);
    if (!rows.length) return this.remove();
    this.box.replaceChildren(...rows);
    document.body.append(this.box);
    this.place(event);
  }

  place({ clientX, clientY }) {
    const { width, height } = this.box.getBoundingClientRect();
    const fits = clientX + AWAY + width < innerWidth;
    const left = fits ? clientX + AWAY : Math.max(0, clientX - AWAY - width);
    const top = Math.max(0, Math.min(clientY + AWAY, innerHeight - height));
    this.box.style.left = `${left}px`;
    this.box.style.top = `${top}px`;
  }

  remove() {
    this.box.remove();
  }
}

function rowsOf(value) {
  if (value === null || value === undefined || value === "") return [];
  if (typeof value !== "object") return [told("div", String(value))];
  return Object.entries(value).map(([name, each]) => {
    const row = document.createElement("div");
    row.append(told("span", name), told("b", String(each)));
    return row;
  });
}
