// The form of field work without signal: grows by rows, keeps every word on the phone while it is typed, and says what
// is missing before it goes into the queue. field.js opens it and sends what it kept.
"use strict";
const fieldForm = ({ form, words, say, tell, field, show, owner }) => {
  const { entry, put } = fieldStore;

  const rowsBox = form.querySelector("[data-rows]");
  const addRow = () => {
    const number = rowsBox.children.length;
    if (number >= Number(rowsBox.dataset.most)) return null;
    const holder = document.createElement("template");
    holder.innerHTML = document.getElementById("blank-row").innerHTML.replaceAll("__n__", number);
    rowsBox.append(holder.content);
    form.elements.rows.value = rowsBox.children.length;
    const more = form.querySelector("[data-add]");
    if (more) more.hidden = rowsBox.children.length >= Number(rowsBox.dataset.most);
    return rowsBox.lastElementChild;
  };

  const linkAreas = () => {
    const [province, district, subdistrict] = ["province", "district", "subdistrict"].map((name) => form.elements[name]);
    const all = new Map([district, subdistrict].map((select) => [select, [...select.options]]));
    const narrow = (select, start) => {
      const chosen = select.value;
      const fitting = all.get(select).filter((option) => !option.value || (start && option.value.startsWith(start)));
      select.replaceChildren(...fitting);
      select.value = fitting.some((option) => option.value === chosen) ? chosen : "";
      (select.closest("[data-level]") || select.closest(".f")).hidden = fitting.length < 2;
    };
    const follow = () => {
      narrow(district, province.value);
      narrow(subdistrict, district.value);
    };
    province.addEventListener("change", follow);
    district.addEventListener("change", follow);
    return { open: () => { for (const [select, options] of all) select.replaceChildren(...options); }, follow };
  };

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

  const number = (text) => Number([...text.trim()].map((c) => ("๐๑๒๓๔๕๖๗๘๙".includes(c) ? "๐๑๒๓๔๕๖๗๘๙".indexOf(c) : c)).join("") || 0);
  const check = () => {
    const wrong = [];
    const value = (name) => (form.elements[name] ? form.elements[name].value.trim() : "");
    const add = (name, text) => wrong.push({ anchor: (form.elements[name].id || form.elements[name][0].id), label: "", message: text });
    if (!value("district")) add("district", words.need_district);
    if (!value("held_on")) add("held_on", words.need_day);
    if (form.elements.people) {
      const people = number(value("people"));
      const hands = ["agree", "partly", "against", "other"].reduce((sum, name) => sum + number(value(`head_${name}`)), 0);
      if (!(people > 0)) add("people", words.need_people);
      else if (hands > people) add("people", words.hands_more);
    }
    [...rowsBox.children].forEach((row, n) => {
      const name = (part) => `r${n}-${part}`;
      const answered = [...new FormData(form)].some(([known, text]) => known.startsWith(`r${n}-q-r`) && text);
      const spoke = Boolean(value(name("reason")) || value(name("suggestion")) || answered);
      if (!spoke && !value(name("name")) && !value(name("stance")) && form.elements.people) return;
      if (!value(name("stance"))) add(name("stance"), say("need_stance", n + 1));
      if (spoke && !form.elements[name("agreed")].checked) add(name("agreed"), say("need_consent", n + 1));
    });
    return wrong;
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
        const folded = target.closest("details");
        if (folded) folded.open = true;
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
    const areas = linkAreas();
    let current = { key: kept ? kept.key : crypto.randomUUID(), photo: null, ready: false, problems: [], ...kept };
    const firstRows = kept ? Number(field(kept, "rows")) || 1 : Number(rowsBox.dataset.first);
    for (let n = 0; n < firstRows; n += 1) addRow();
    const day = new Date();
    form.elements.held_on.value = `${day.getDate()}/${day.getMonth() + 1}/${day.getFullYear() + 543}`;
    if (kept) {
      areas.open();
      for (const [name, value] of kept.fields) {
        for (const box of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
          if (box.type === "radio" || box.type === "checkbox") box.checked = box.checked || box.value === value;
          else box.value = value;
        }
      }
    } else if (wanted) tell(words.gone);
    areas.follow();
    for (const details of form.querySelectorAll("details")) {
      details.open = details.open || [...details.querySelectorAll("textarea")].some((box) => box.value);
    }
    form.dispatchEvent(new Event("change"));
    const photoNote = form.querySelector("[data-photo]");
    const showPhoto = () => { photoNote.textContent = current.photo ? say("photo", Math.ceil(current.photo.size / 1024)) : ""; };
    showPhoto();
    if (current.problems.length) showProblems(current.problems, words.wrong);

    const snapshot = (ready) => ({
      ...current, ready, owner: current.owner || owner(), hearing: form.dataset.hearing, kind: form.dataset.entry,
      page: window.location.pathname, about: form.dataset.about, changed: Date.now(), problems: ready ? [] : current.problems,
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
    form.elements.source.addEventListener("change", async (event) => {
      const file = event.target.files[0];
      if (!file) return;
      current.photo = await shrink(file);
      showPhoto();
      later();
    });
    const more = form.querySelector("[data-add]");
    if (more) more.addEventListener("click", () => {
      const row = addRow();
      form.dispatchEvent(new Event("change"));
      if (row) row.querySelector("input").focus();
      later();
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const problems = check();
      showProblems(problems, words.summary);
      if (problems.length) { save(false); return; }
      done = true;
      clearTimeout(wait);
      if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
      await save(true);
      window.location.assign(form.dataset.after);
    });
    form.hidden = false;
  };

  return write();
};
