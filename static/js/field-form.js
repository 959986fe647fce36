// A form of field work without signal: keeps every word on the phone while it is typed, and shows what is missing before
// it goes into the queue. ``parts`` knows what this kind of form asks (field-sheet.js, field-board.js); field.js opens it
// and sends what it kept.
"use strict";
const fieldForm = ({ form, parts, words, say, tell, field, show, owner }) => {
  const { entry, put } = fieldStore;

  const shrink = async (file) => {
    // Small enough for a bad line, still readable; drawing it anew leaves behind where it was taken.
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.min(1, 1600 / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      return await new Promise((resolve) => { canvas.toBlob((blob) => resolve(blob || file), "image/jpeg", 0.8); });
    } catch (error) {
      return file; // no picture: the server says so
    }
  };

  const showProblems = (problems, heading) => {
    const box = document.querySelector("[data-problems]");
    for (const marked of form.querySelectorAll("[aria-invalid]")) marked.removeAttribute("aria-invalid");
    box.hidden = !problems.length;
    if (!problems.length) return;
    box.querySelector("h2").textContent = heading;
    box.querySelector("ul").replaceChildren(...problems.map((problem) => {
      const item = document.createElement("li");
      const text = [problem.label, problem.message].filter(Boolean).join(": ");
      const target = problem.anchor && document.getElementById(problem.anchor);
      if (!target) { item.textContent = text; return item; }
      target.setAttribute("aria-invalid", "true");
      const link = document.createElement("a");
      link.href = `#${problem.anchor}`;
      link.textContent = text;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        for (let folded = target.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
        target.focus();
      });
      item.append(link);
      return item;
    }));
    box.focus();
  };

  const write = async () => {
    const wanted = new URLSearchParams(window.location.search).get("entry");
    const kept = wanted ? await entry(wanted).catch(() => null) : null;
    let current = { key: kept ? kept.key : crypto.randomUUID(), photo: null, ready: false, problems: [], ...kept };
    parts.begin(kept);
    const day = new Date();
    form.elements[parts.day].value = `${day.getDate()}/${day.getMonth() + 1}/${day.getFullYear() + 543}`;
    if (kept) {
      for (const [name, value] of kept.fields) {
        for (const box of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
          if (box.type === "radio" || box.type === "checkbox") box.checked = box.checked || box.value === value;
          else box.value = value;
        }
      }
    } else if (wanted) tell(words.gone);
    parts.settle();
    for (const details of form.querySelectorAll("details")) {
      details.open = details.open || [...details.querySelectorAll("textarea, [inputmode=numeric]")].some((box) => box.value);
    }
    form.dispatchEvent(new Event("change"));
    const photoNote = form.querySelector("[data-photo]");
    const showPhoto = () => { photoNote.textContent = current.photo ? say("photo", Math.ceil(current.photo.size / 1024)) : ""; };
    showPhoto();
    if (current.problems.length) showProblems(current.problems, words.wrong);

    const snapshot = (ready) => ({
      ...current, ready, owner: current.owner || owner(), hearing: form.dataset.hearing, kind: form.dataset.entry,
      page: window.location.pathname, file: parts.photo, name: parts.name(), about: form.dataset.about,
      changed: Date.now(), problems: ready ? [] : current.problems,
      fields: [...new FormData(form)].filter(([name, value]) => typeof value === "string" && value.trim() && name !== "key"),
    });
    // Writes follow one another, so that a late one never undoes a newer one.
    let chain = Promise.resolve();
    const save = (ready) => {
      chain = chain.then(async () => {
        current = snapshot(ready);
        await put(current);
        // From now on a reload finds this entry again.
        window.history.replaceState(null, "", `?entry=${current.key}`);
        await show();
      });
      return chain;
    };
    let wait, done = false;
    const later = () => {
      clearTimeout(wait);
      if (!done) wait = setTimeout(() => save(false), 400);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", (event) => { if (event.target !== form) later(); });
    // Leaving the page or the app: keep what the timer has not kept yet.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && wait && !done) { clearTimeout(wait); save(false); }
    });
    let picture = Promise.resolve();
    form.elements[parts.photo].addEventListener("change", (event) => {
      const file = event.target.files[0];
      if (file) picture = shrink(file).then((photo) => {
        current.photo = photo;
        current.taken = file.lastModified || Date.now(); // the office may have a newer one when this arrives
        showPhoto();
        later();
      });
    });
    parts.changed(later);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const problems = parts.check(Boolean(current.photo || form.elements[parts.photo].files.length));
      showProblems(problems, words.summary);
      if (problems.length) { save(false); return; }
      done = true;
      clearTimeout(wait);
      await picture; // a photo that is still being made small comes along
      if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
      await save(true);
      window.location.assign(form.dataset.after);
    });
    form.hidden = false;
  };

  return write();
};
