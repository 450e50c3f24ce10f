// The latest events: what, where, how much, and the sentence with its source.

import { money, range } from "/static/words.js";
import { $, day, fill, link, make, quote } from "/static/dom.js";
import { get, later, lost, named, state, word } from "/static/state.js";

const PAGE = 30, MOST = 500;

// Shows only the events of a place and all below it; the same place again shows all.
export function choose(place) {
  state.region = state.region?.code === place.code ? null : place;
  loadEvents().catch(lost);
}

export async function loadEvents(more = false) {
  const filter = { region: state.region?.code, type: state.type };
  const page = await get("events", { ...filter, limit: PAGE, before: more ? state.next : "" });
  if (filter.region !== state.region?.code || filter.type !== state.type) return;
  state.events = more ? state.events.concat(page.events) : page.events;
  state.next = page.next;
  drawEvents();
}

const fresh = new Set(); // ids of what came since the last drawing

export function drawEvents() {
  $("place").hidden = !state.region;
  $("place").textContent = state.region ? `${named(state.region)} ✕` : "";
  $("more").hidden = !state.next;
  fill($("events"), state.events.length
    ? state.events.map((event) => card(event, fresh.has(event.event_id)))
    : [make("li", "none", word("none"))]);
  fresh.clear();
}

function what(event) {
  const parts = [];
  if (event.count) parts.push(word(event.count_qualifier) + event.count.toLocaleString(state.language));
  if (event.projects) parts.push(word(event.projects_qualifier) + word("projects")(event.projects));
  if (event.amount_per_project) parts.push(`${word("each")} ${money(event.amount_per_project, state.language)}`);
  return parts.join(" · ");
}

export function worth(event) {
  if (!event.amount) return null;
  const stated = money(event.amount, state.language);
  if (event.amount.currency === "CNY" || !event.amount_cny) return make("b", "sum", stated);
  return make("b", "sum", stated, make("small", "", ` ¥${range(event.amount_cny, state.language)}`));
}

function card(event, isFresh) {
  const subtype = event.stage || event.kind || event.metric;
  const best = event.sources.find((source) => source.evidence === event.evidence) || event.sources[0];
  const sources = event.sources.map((source) => link(source.url, source.feed || word("from")));
  const count = event.sources.length > 1
    ? `${word("sources")(event.sources.length)}, ${word("independent")(event.independent_sources)}` : null;
  return make("li", isFresh ? "fresh" : "",
    make("p", "facts",
      make("span", `tag ${event.type}`, word(event.type) + (subtype ? ` · ${word(subtype)}` : "")),
      make("strong", "", event.places.map(named).join(state.language === "zh" ? "、" : ", ")),
      worth(event),
      make("span", "", what(event)),
      make("span", "who", (event.parties.length ? event.parties : event.names).slice(0, 3).join(" · ")),
      event.status === "revised" ? make("span", "warn", word("revised")) : null,
      event.ambiguous ? make("span", "warn", word("ambiguous")) : null,
      day(event.day)),
    best ? quote(best, ["amount", "projects", "count"]) : make("blockquote", "", event.evidence),
    make("p", "sources", ...sources.slice(0, 5), count ? make("span", "", count) : null));
}

const eventsSoon = later(() => loadEvents().catch(lost), 300);
const drawSoon = later(drawEvents, 100);

export function onEvent(event) {
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
  fresh.add(event.event_id);
  drawSoon();
}

// Whether a new event belongs in the list; for a chosen region only the server knows its subtree.
function fits(event) {
  if (state.region) { eventsSoon(); return false; }
  return !state.type || event.type === state.type;
}
