// What the board knows, and the few things that every part of it needs.

import { WORDS } from "/static/words.js";
import { $ } from "/static/dom.js";

export const state = {
  language: localStorage.getItem("language") || (navigator.language.startsWith("zh") ? "zh" : "en"),
  window: "30d", region: null, type: "",
  rows: new Map(), open: new Set(["CN"]), // code -> row of the totals; regions whose rows below are shown
  events: [], next: null, alerts: [], live: "reading",
};
export const word = (name) => WORDS[state.language][name];
export const named = (place) => place[state.language] || place.code;

export async function get(path, params = {}) {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value));
  const answer = await fetch(`/api/${path}?${query}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

// Runs work once, `ms` after the first of many calls.
export function later(work, ms) {
  let timer = null;
  return () => { timer ??= setTimeout(() => { timer = null; work(); }, ms); };
}

export function say(name) {
  state.live = name;
  $("live").textContent = word(name);
  $("live").className = name;
}

export function lost(error) {
  console.error(error);
  say("lost");
}
