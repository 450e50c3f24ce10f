// Beside the events: alerts, the health of the feeds, the state of the line.

import { $, day, fill, link, make } from "/static/dom.js";
import { worth } from "/static/events.js";
import { get, named, say, state, word } from "/static/state.js";

export function drawAlerts() {
  fill($("alerts"), state.alerts.length ? state.alerts.slice(0, 12).map((alert) => {
    const event = alert.now || alert.event;
    const changed = { retracted: "retracted", revised: "revised" }[event.status];
    const places = alert.places.map(named).join(state.language === "zh" ? "、" : ", ");
    const source = event.sources[0];
    return make("li", "",
      make("p", "facts", source ? link(source.url, places) : make("strong", "", places), worth(event),
        changed ? make("span", "warn", word(changed)) : null),
      make("small", "", day(event.day), ` · ${alert.rule} · ${alert.reason}`));
  }) : [make("li", "none", word("none"))]);
}

export async function loadAlerts() {
  state.alerts = (await get("alerts", { limit: 20 })).alerts;
  drawAlerts();
}

export async function loadSide() {
  const [feeds, status, letters] = await Promise.all([get("feeds"), get("status"), get("dead-letters", { limit: 1 })]);
  const health = Object.entries(feeds.health).map(([name, count]) => `${count} ${word(name)}`);
  $("feeds-note").textContent = health.join(" · ") || word("none");
  fill($("feeds"), feeds.feeds.slice(0, 12).map((feed) => make("li", feed.health,
    make("span", "dot"), make("span", "feed", feed.name.replace(/^https?:\/\//, "")),
    make("small", "", feed.health === "ok" ? "" : word(feed.health) + (feed.last_error ? `: ${feed.last_error}` : "")))));
  const dead = letters.counts.reduce((sum, reason) => sum + reason.count, 0);
  const lag = status.topics.reduce((sum, topic) => sum + topic.lag, 0);
  const facts = { events: status.held.events, regions: status.held.regions, dead_letters: dead, lag };
  fill($("line"), Object.entries(facts).map(([name, value]) =>
    make("div", "", make("dt", "", word(name)), make("dd", "", value.toLocaleString(state.language)))));
  fill($("reasons"), letters.counts.slice(0, 5).map((reason) =>
    make("li", "", `${reason.stage} · ${reason.reason} · ${reason.count}`)));
  say(status.ready ? "live" : "reading");
}

// An alert that is shown does not go on telling what its event no longer says.
export function onAlertedEvent(event) {
  const alert = state.alerts.find((held) => held.event.event_id === event.event_id);
  if (!alert || alert.event.revision === event.revision) return;
  alert.now = event;
  drawAlerts();
}

export function onAlert(alert) {
  state.alerts = [alert, ...state.alerts.filter((held) => held.alert_id !== alert.alert_id)].slice(0, 20);
  drawAlerts();
}
