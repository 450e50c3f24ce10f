// Totals by region: a tree of rows, a column for each kind of money.

import { KINDS, range } from "/static/words.js";
import { $, fill, make } from "/static/dom.js";
import { choose } from "/static/events.js";
import { get, later, lost, named, state, word } from "/static/state.js";

export async function loadTotals() {
  const window = state.window;
  const answers = [get("totals", { window, levels: 2 })];
  for (const under of state.open) if (under !== "CN") answers.push(get("totals", { window, under }));
  const tables = await Promise.all(answers);
  if (window !== state.window) return; // another window was chosen meanwhile
  state.rows = new Map(tables.flatMap((table) => table.rows).map((row) => [row.place.code, row]));
  drawTotals();
}

async function toggle(row) {
  const code = row.place.code;
  if (!state.open.delete(code)) {
    state.open.add(code);
    const table = await get("totals", { window: state.window, under: code });
    for (const below of table.rows) state.rows.set(below.place.code, below);
  }
  drawTotals();
}

export function drawTotals() {
  const lines = [];
  const draw = (parent, depth) => {
    for (const row of state.rows.values()) {
      if (row.parent !== parent) continue;
      if (!Object.keys(row.kinds).length) continue; // nothing in this window
      lines.push(line(row, depth));
      if (state.open.has(row.place.code)) draw(row.place.code, depth + 1);
    }
  };
  draw(null, 0);
  fill($("rows"), lines.length ? lines : [make("tr", "", make("td", "none", word("none")))]);
}

function line(row, depth) {
  const code = row.place.code;
  const name = make("button", "name", named(row.place));
  name.type = "button";
  name.setAttribute("aria-pressed", String(state.region?.code === code));
  name.addEventListener("click", () => { choose(row.place); drawTotals(); });
  let arrow = make("span", "arrow");
  if (row.below) {
    arrow = make("button", "arrow", state.open.has(code) ? "▾" : "▸");
    arrow.type = "button";
    arrow.setAttribute("aria-expanded", String(state.open.has(code)));
    arrow.setAttribute("aria-label", named(row.place));
    arrow.addEventListener("click", () => toggle(row).catch(lost));
  }
  const head = make("th", `depth${Math.min(depth, 3)}`, arrow, name);
  head.scope = "row";
  return make("tr", "", head, ...KINDS.map((kind) => cell(row.kinds[kind], kind)));
}

function cell(sum, kind) {
  if (!sum) return make("td", "empty");
  const known = sum.exact + sum.bounded > 0;
  const small = [word("happenings")(sum.happenings)];
  if (sum.projects) small.push(word("projects")(sum.projects));
  const cellElement = make("td", "",
    make("b", "", known ? range(sum.amount_cny, state.language) : "–"),
    make("small", "", ...small.map((part) => make("span", "", part))));
  const title = [];
  if (sum.unknown) title.push(word("without")(sum.unknown));
  if (sum.joint) title.push(word("joint")(sum.joint));
  if (title.length) cellElement.title = title.join(" · ");
  cellElement.dataset.kind = word(kind);
  return cellElement;
}

const totalsSoon = later(() => loadTotals().catch(lost), 300);
const drawSoon = later(drawTotals, 100); // when the day turns, every region has news at once

export function onTotal(total) {
  const row = state.rows.get(total.region);
  if (!row) { totalsSoon(); return; }
  row.kinds = total.windows[state.window] || {};
  row.as_of = total.as_of;
  drawSoon();
}
