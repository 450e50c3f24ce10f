// The board: totals, latest events, alerts and feeds, kept current by /api/live.

import { KINDS, TYPES, WINDOWS, WORDS, money, range } from "/static/words.js";
import { $, fill, link, make, quote } from "/static/dom.js";

const PAGE = 30, MOST = 500;
const state = {
  language: localStorage.getItem("language") || (navigator.language.startsWith("zh") ? "zh" : "en"),
  window: "30d", region: null, type: "",
  rows: new Map(), open: new Set(["CN"]), // code -> row of the totals; regions whose rows below are shown
  events: [], next: null, alerts: [], live: "reading",
};
const word = (name) => WORDS[state.language][name];
const named = (place) => place[state.language] || place.code;

async function get(path, params = {}) {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value));
  const answer = await fetch(`/api/${path}?${query}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

// ---- totals -------------------------------------------------------------------------------------

async function loadTotals() {
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

function drawTotals() {
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
  name.addEventListener("click", () => choose(row.place));
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
    make("small", "", small.join(" · ")));
  const title = [];
  if (sum.unknown) title.push(word("without")(sum.unknown));
  if (sum.joint) title.push(word("joint")(sum.joint));
  if (title.length) cellElement.title = title.join(" · ");
  cellElement.dataset.kind = word(kind);
  return cellElement;
}

function choose(place) {
  state.region = state.region?.code === place.code ? null : place;
  drawTotals();
  loadEvents().catch(lost);
}

// ---- events -------------------------------------------------------------------------------------

async function loadEvents(more = false) {
  const filter = { region: state.region?.code, type: state.type };
  const page = await get("events", { ...filter, limit: PAGE, before: more ? state.next : "" });
  if (filter.region !== state.region?.code || filter.type !== state.type) return;
  state.events = more ? state.events.concat(page.events) : page.events;
  state.next = page.next;
  drawEvents();
}

function drawEvents(fresh = null) {
  $("place").hidden = !state.region;
  $("place").textContent = state.region ? `${named(state.region)} ✕` : "";
  $("more").hidden = !state.next;
  fill($("events"), state.events.length
    ? state.events.map((event) => card(event, event.event_id === fresh))
    : [make("li", "none", word("none"))]);
}

function what(event) {
  const parts = [];
  if (event.count) parts.push(word(event.count_qualifier) + event.count.toLocaleString(state.language));
  if (event.projects) parts.push(word(event.projects_qualifier) + word("projects")(event.projects));
  if (event.amount_per_project) parts.push(`${word("each")} ${money(event.amount_per_project, state.language)}`);
  return parts.join(" · ");
}

function card(event, fresh) {
  const subtype = event.stage || event.kind || event.metric;
  const best = event.sources.find((source) => source.evidence === event.evidence) || event.sources[0];
  const sources = event.sources.map((source) => link(source.url, source.feed || word("from")));
  const count = event.sources.length > 1
    ? `${word("sources")(event.sources.length)}, ${word("independent")(event.independent_sources)}` : null;
  const item = make("li", fresh ? "fresh" : "",
    make("p", "facts",
      make("span", `tag ${event.type}`, word(event.type) + (subtype ? ` · ${word(subtype)}` : "")),
      make("strong", "", event.places.map(named).join(state.language === "zh" ? "、" : ", ")),
      event.amount ? make("b", "sum", money(event.amount, state.language)) : null,
      make("span", "", what(event)),
      event.ambiguous ? make("span", "warn", word("ambiguous")) : null,
      day(event.day)),
    best ? quote(best, ["amount", "projects", "count"]) : make("blockquote", "", event.evidence),
    make("p", "sources", ...sources.slice(0, 5), count ? make("span", "", count) : null));
  return item;
}

function day(text) {
  const element = make("time", "", text);
  element.dateTime = text;
  return element;
}

// ---- alerts, feeds, the line --------------------------------------------------------------------

function drawAlerts() {
  fill($("alerts"), state.alerts.length ? state.alerts.slice(0, 12).map((alert) => {
    const source = alert.event.sources[0];
    return make("li", "",
      source ? link(source.url, alert.headline) : make("span", "", alert.headline),
      make("small", "", `${alert.event.day} · ${alert.rule} · ${alert.reason}`));
  }) : [make("li", "none", word("none"))]);
}

async function loadAlerts() {
  state.alerts = (await get("alerts", { limit: 20 })).alerts;
  drawAlerts();
}

async function loadSide() {
  const [feeds, status, letters] = await Promise.all([get("feeds"), get("status"), get("dead-letters", { limit: 1 })]);
  const health = Object.entries(feeds.health).map(([name, count]) => `${count} ${word(name)}`);
  $("feeds-note").textContent = health.join(" · ") || word("none");
  fill($("feeds"), feeds.feeds.slice(0, 12).map((feed) => make("li", feed.health,
    make("span", "dot"), make("span", "feed", feed.feed.replace(/^https?:\/\//, "")),
    make("small", "", feed.health === "ok" ? "" : word(feed.health) + (feed.last_error ? `: ${feed.last_error}` : "")))));
  const dead = letters.counts.reduce((sum, reason) => sum + reason.count, 0);
  const lag = status.topics.reduce((sum, topic) => sum + topic.lag, 0);
  const facts = { events: status.held.events, regions: status.held.regions, dead_letters: dead, lag };
  fill($("line"), Object.entries(facts).map(([name, value]) =>
    make("div", "", make("dt", "", word(name)), make("dd", "", value.toLocaleString(state.language)))));
  say(status.ready ? "live" : "reading");
}

// ---- live ---------------------------------------------------------------------------------------

function say(name) {
  state.live = name;
  $("live").textContent = word(name);
  $("live").className = name;
}

const lost = (error) => { console.error(error); say("lost"); };
const later = (work, ms) => { let timer = null; return () => { timer ??= setTimeout(() => { timer = null; work(); }, ms); }; };
const totalsSoon = later(() => loadTotals().catch(lost), 300);
const eventsSoon = later(() => loadEvents().catch(lost), 300);
const loadAll = later(() => Promise.all([loadTotals(), loadEvents(), loadAlerts(), loadSide()]).catch(lost), 50);

function onEvent(event) {
  const at = state.events.findIndex((held) => held.event_id === event.event_id);
  const gone = event.status === "retracted" || event.merged_into;
  if (at >= 0 && gone) state.events.splice(at, 1);
  else if (at >= 0) state.events[at] = event;
  else if (gone || !fits(event)) return;
  else {
    const before = state.events.findIndex((held) => held.first_reported < event.first_reported);
    if (before < 0 && state.next) return; // older than the page that is shown
    state.events.splice(before < 0 ? state.events.length : before, 0, event);
    if (state.events.length > MOST) eventsSoon(); // a page left open for days
  }
  drawEvents(event.event_id);
}

// Whether a new event belongs in the list; for a chosen region only the server knows its subtree.
function fits(event) {
  if (state.region) { eventsSoon(); return false; }
  return !state.type || event.type === state.type;
}

function onTotal(total) {
  const row = state.rows.get(total.region);
  if (!row) { totalsSoon(); return; }
  row.kinds = total.windows[state.window] || {};
  row.as_of = total.as_of;
  drawTotals();
}

function onAlert(alert) {
  state.alerts = [alert, ...state.alerts.filter((held) => held.alert_id !== alert.alert_id)].slice(0, 20);
  drawAlerts();
}

function connect() {
  const stream = new EventSource("/api/live");
  stream.addEventListener("hello", loadAll);
  stream.addEventListener("reset", loadAll);
  stream.addEventListener("event", (message) => onEvent(JSON.parse(message.data)));
  stream.addEventListener("total", (message) => onTotal(JSON.parse(message.data)));
  stream.addEventListener("alert", (message) => onAlert(JSON.parse(message.data)));
  stream.addEventListener("error", () => {
    say("lost");
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
  });
}

// ---- the page -----------------------------------------------------------------------------------

function drawFrame() {
  document.documentElement.lang = state.language;
  for (const name of ["totals", "news", "alerts", "feeds", "line"]) $(`${name}-title`).textContent = word(name);
  $("tagline").textContent = word("tagline");
  $("language").textContent = word("other");
  $("totals-note").textContent = word("note");
  $("more").textContent = word("more");
  fill($("kinds"), ["region", ...KINDS].map((name) => {
    const head = make("th", "", word(name));
    head.scope = "col";
    return head;
  }));
  $("windows").setAttribute("aria-label", word("window"));
  $("type").setAttribute("aria-label", word("kind"));
  fill($("windows"), WINDOWS.map((name) => {
    const button = make("button", "", word(name === "all" ? "all_time" : name));
    button.type = "button";
    button.setAttribute("aria-pressed", String(name === state.window));
    button.addEventListener("click", () => { state.window = name; drawFrame(); loadTotals().catch(lost); });
    return button;
  }));
  fill($("type"), ["", ...TYPES].map((name) => {
    const option = make("option", "", word(name || "all"));
    option.value = name;
    option.selected = name === state.type;
    return option;
  }));
  say(state.live);
}

$("language").addEventListener("click", () => {
  state.language = state.language === "en" ? "zh" : "en";
  localStorage.setItem("language", state.language);
  drawFrame(); drawTotals(); drawEvents(); drawAlerts();
  loadSide().catch(lost);
});
$("type").addEventListener("change", (change) => { state.type = change.target.value; loadEvents().catch(lost); });
$("place").addEventListener("click", () => choose(state.region));
$("more").addEventListener("click", () => loadEvents(true).catch(lost));
setInterval(() => { if (!document.hidden) loadSide().catch(lost); }, 15000);
drawFrame();
connect();
