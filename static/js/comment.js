// Keeps a half-written comment on this device until it is sent, and counts characters. The form works without it.
"use strict";

const DAYS = 30 * 24 * 60 * 60 * 1000;
const keyOf = (slug) => `comment:${slug}`;

// Not what anybody typed: proof of origin, buttons, the empty field, the clock and the edit code.
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "go", "step", "homepage", "started", "code", "work"]);
const MARKS = /^(key|q-seen|c\d+-block|capacity|publish_name)$/u;

const read = (key) => {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return kept && Date.now() - kept.at < DAYS && Array.isArray(kept.fields) ? kept.fields : [];
  } catch {
    return [];
  }
};

const write = (key, fields) => {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields }));
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

// The line under a box that says its limit says from now on how much of it is used.
const countIn = (box, form) => {
  const longest = Number(box.dataset.longest);
  const line = box.parentElement.querySelector("[data-limit]");
  const show = () => {
    line.textContent = `${box.value.length} / ${longest} ${form.dataset.count}`;
    line.classList.toggle("why", box.value.length > longest);
  };
  box.addEventListener("input", show);
  show();
};

const typedIn = (form) =>
  [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_KEPT.has(name));

const isWorthKeeping = (fields) => fields.some(([name, value]) => value.trim() && !MARKS.test(name));

const addHidden = (form, name, value) => {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  form.append(field);
};

// A button in the draft named another place than what is kept is about: it becomes one more place of the same comment.
const withPlace = (fields, place) => {
  const places = fields.filter(([name]) => /^c\d+-block$/u.test(name)).map(([, value]) => value);
  return !place || places.includes(place) ? fields : [...fields, [`c${Math.max(1, places.length)}-block`, place]];
};

const bringBack = (form, kept) => {
  const place = form.querySelector('input[type="hidden"][name="c0-block"]')?.value;
  const fields = withPlace(kept, place);
  for (const name of new Set(fields.map(([known]) => known))) {
    const values = fields.filter(([known]) => known === name).map(([, value]) => value);
    const boxes = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
    if (!boxes.length) for (const value of values) addHidden(form, name, value);
    for (const box of boxes) {
      if (box.type === "radio" || box.type === "checkbox") box.checked = values.includes(box.value);
      else [box.value] = values;
    }
  }
  for (const box of form.querySelectorAll("textarea")) box.dispatchEvent(new Event("input"));
};

const say = (form, words) => {
  const note = document.createElement("div");
  note.className = "note now stack stack-s";
  note.setAttribute("role", "status");
  const said = document.createElement("p");
  said.textContent = words;
  note.append(said);
  form.querySelector("h1").closest("fieldset, h1").before(note);
  return note;
};

const buttonOf = (words, press) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pill";
  button.textContent = words;
  button.addEventListener("click", press);
  return button;
};

const offer = (form, key, kept) => {
  const note = say(form, form.dataset.restored);
  const buttons = document.createElement("p");
  buttons.className = "tools";
  const bring = () => {
    bringBack(form, kept);
    note.firstChild.textContent = form.dataset.back;
    buttons.remove();
  };
  const remove = () => {
    forget(key);
    note.remove();
  };
  buttons.append(buttonOf(form.dataset.bring, bring), buttonOf(form.dataset.forget, remove));
  note.append(buttons);
};

const keepTyped = (form, key) => {
  const kept = read(key);
  const save = () => {
    const fields = typedIn(form);
    if (isWorthKeeping(fields)) write(key, fields);
  };
  if (!("fresh" in form.dataset)) save();
  else if (isWorthKeeping(kept)) offer(form, key, kept);
  form.addEventListener("input", save);
  form.addEventListener("change", save);
};

// Without a connection the browser would show its own page instead of the form.
const waitForConnection = (form) => {
  let note;
  form.addEventListener("submit", (event) => {
    note?.remove();
    if (navigator.onLine) return;
    event.preventDefault();
    note = say(form, form.dataset.offline);
    note.scrollIntoView({ block: "center" });
  });
};

for (const form of document.querySelectorAll("form[data-draft]")) {
  for (const box of form.querySelectorAll("textarea[data-longest]")) countIn(box, form);
  if (form.dataset.offline) waitForConnection(form);
  if (form.dataset.draft) keepTyped(form, keyOf(form.dataset.draft));
}
