// What the board is made of. News is foreign text: it goes in as text only, and a link leads to http or https only.

export const $ = (id) => document.getElementById(id);

// An element with a class, and children that are elements or text; null children are left out.
export function make(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  for (const child of children) if (child !== null && child !== undefined && child !== "") element.append(child);
  return element;
}

export function fill(parent, children) {
  parent.replaceChildren(...children.filter((child) => child !== null));
}

// A link to a source, or its text alone when the address is not one that a browser should follow.
export function link(address, text) {
  let url = null;
  try { url = new URL(address); } catch { /* not an address */ }
  if (!url || !["http:", "https:"].includes(url.protocol)) return make("span", "", text);
  const anchor = make("a", "", text);
  anchor.href = url.href;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer nofollow";
  return anchor;
}

// The sentence with the words of some fields marked. Offsets count code points in the article.
export function quote(source, fields) {
  const letters = Array.from(source.evidence);
  const marks = fields
    .map((field) => source.words[field])
    .filter((words) => words && words.start >= source.start && words.end <= source.start + letters.length)
    .map((words) => [words.start - source.start, words.end - source.start])
    .sort((a, b) => a[0] - b[0]);
  const parts = [];
  let at = 0;
  for (const [start, end] of marks) {
    if (start < at) continue;
    parts.push(letters.slice(at, start).join(""), make("mark", "", letters.slice(start, end).join("")));
    at = end;
  }
  return make("blockquote", "", ...parts, letters.slice(at).join(""));
}

export function day(text) {
  const element = make("time", "", text);
  element.dateTime = text;
  return element;
}
