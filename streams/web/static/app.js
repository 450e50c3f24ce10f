// The board: puts its parts together and keeps them current by /api/live.

import { KINDS, TYPES, WINDOWS } from "/static/words.js";
import { $, fill, make } from "/static/dom.js";
import { choose, drawEvents, loadEvents, onEvent } from "/static/events.js";
import { drawAlerts, loadAlerts, loadSide, onAlert, onAlertedEvent } from "/static/side.js";
import { later, lost, say, state, word } from "/static/state.js";
import { drawTotals, loadTotals, onTotal } from "/static/totals.js";

const loadAll = later(() => Promise.all([loadTotals(), loadEvents(), loadAlerts(), loadSide()]).catch(lost), 50);

function connect() {
  const stream = new EventSource("/api/live");
  stream.addEventListener("hello", loadAll);
  stream.addEventListener("reset", loadAll);
  stream.addEventListener("event", (message) => {
    const changed = JSON.parse(message.data);
    onEvent(changed);
    onAlertedEvent(changed);
  });
  stream.addEventListener("total", (message) => onTotal(JSON.parse(message.data)));
  stream.addEventListener("alert", (message) => onAlert(JSON.parse(message.data)));
  stream.addEventListener("error", () => {
    say("lost");
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
  });
}

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
$("place").addEventListener("click", () => { choose(state.region); drawTotals(); });
$("more").addEventListener("click", () => loadEvents(true).catch(lost));
setInterval(() => { if (!document.hidden) loadSide().catch(lost); }, 15000);
drawFrame();
connect();
