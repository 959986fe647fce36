// Keeps the words of a half-written comment on this device, and counts characters. The form works without it.
"use strict";

const DAYS = 30 * 24 * 60 * 60 * 1000;
const keyOf = (slug) => `comment:${slug}`;

const read = (key) => {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return kept && Date.now() - kept.at < DAYS ? kept.words : {};
  } catch {
    return {};
  }
};

const write = (key, words) => {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), words }));
  } catch {
    // A full or closed store: the form itself still carries everything.
  }
};

const forget = (key) => {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing to forget then.
  }
};

// The receipt says that it was sent: nothing stays on a phone that others may use.
for (const page of document.querySelectorAll("[data-draft-sent]")) forget(keyOf(page.dataset.draftSent));

const countIn = (box, form) => {
  const longest = Number(box.dataset.longest);
  const line = document.createElement("p");
  line.className = "hint s";
  const show = () => {
    line.textContent = `${box.value.length} / ${longest} ${form.dataset.count}`;
    line.classList.toggle("why", box.value.length > longest);
  };
  box.after(line);
  box.addEventListener("input", show);
  show();
};

const offerToForget = (form, key, boxes) => {
  const note = document.createElement("div");
  note.className = "note now";
  note.setAttribute("role", "status");
  const said = document.createElement("p");
  said.textContent = form.dataset.restored;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pill";
  button.textContent = form.dataset.forget;
  button.addEventListener("click", () => {
    forget(key);
    for (const box of boxes) box.value = "";
    note.remove();
  });
  note.append(said, button);
  form.querySelector("h1").closest("fieldset, h1").before(note);
};

for (const form of document.querySelectorAll("form[data-draft]")) {
  const boxes = [...form.querySelectorAll("textarea")];
  for (const box of boxes) countIn(box, form);
  if ("draftOff" in form.dataset || !boxes.length) continue;
  const key = keyOf(form.dataset.draft);
  const words = read(key);
  const back = boxes.filter((box) => !box.value && words[box.name]);
  for (const box of back) box.value = words[box.name];
  if (back.length) offerToForget(form, key, back);
  for (const box of boxes) box.dispatchEvent(new Event("input"));
  form.addEventListener("input", () => {
    const now = read(key);
    for (const box of boxes) now[box.name] = box.value;
    write(key, now);
  });
}
