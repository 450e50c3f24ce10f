// Beside the events: alerts, the health of the feeds, the state of the line.

import { $, fill, link, make } from "/static/dom.js";
import { get, say, state, word } from "/static/state.js";

export function drawAlerts() {
  fill($("alerts"), state.alerts.length ? state.alerts.slice(0, 12).map((alert) => {
    const source = alert.event.sources[0];
    return make("li", "",
      source ? link(source.url, alert.headline) : make("span", "", alert.headline),
      make("small", "", `${alert.event.day} · ${alert.rule} · ${alert.reason}`));
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
    make("span", "dot"), make("span", "feed", feed.feed.replace(/^https?:\/\//, "")),
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

export function onAlert(alert) {
  state.alerts = [alert, ...state.alerts.filter((held) => held.alert_id !== alert.alert_id)].slice(0, 20);
  drawAlerts();
}
