// Field work without signal: keeps what is written in the phone's own store and sends it when there is a line.
// An entry leaves the phone only after the server has said that it is stored; its key makes it arrive once.
"use strict";
(() => {
  const root = document.querySelector("[data-field]");
  if (!root) return;
  const words = JSON.parse(document.getElementById("field-words").textContent);
  const say = (name, value = "") => words[name].replace("%n", value).replace("%t", value);
  const bar = document.querySelector("[data-unsent]");
  const list = document.querySelector("[data-waiting]");
  const form = document.querySelector("form[data-entry]");
  let owner = "";

  // --- the store on the phone ----------------------------------------------------------------------------

  const opening = new Promise((resolve, reject) => {
    if (!("indexedDB" in window)) { reject(new Error("no store")); return; }
    const request = indexedDB.open("prachakhom-field", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("entries", { keyPath: "key" });
      request.result.createObjectStore("facts");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const store = async (name, mode, act) => {
    const database = await opening;
    return new Promise((resolve, reject) => {
      const work = database.transaction(name, mode, { durability: "strict" });
      const request = act(work.objectStore(name));
      work.oncomplete = () => resolve(request.result);
      work.onerror = work.onabort = () => reject(work.error);
    });
  };
  const entries = async () => (await store("entries", "readonly", (all) => all.getAll())).sort((a, b) => a.changed - b.changed);
  const entry = (key) => store("entries", "readonly", (all) => all.get(key));
  const put = (one) => store("entries", "readwrite", (all) => all.put(one));
  const remove = (key) => store("entries", "readwrite", (all) => all.delete(key));
  const mine = (one) => !one.owner || !owner || one.owner === owner;

  // --- what is shown -------------------------------------------------------------------------------------

  const time = (stamp) => {
    const at = new Date(stamp), two = (n) => String(n).padStart(2, "0");
    const thai = document.documentElement.lang === "th";
    const clock = thai ? `${two(at.getHours())}.${two(at.getMinutes())} น.` : `${two(at.getHours())}:${two(at.getMinutes())}`;
    if (at.toDateString() === new Date().toDateString()) return clock;
    return `${at.toLocaleDateString(thai ? "th-TH-u-ca-buddhist" : "en-GB", { day: "numeric", month: "short" })} ${clock}`;
  };
  const field = (one, name) => (one.fields.find(([known]) => known === name) || [])[1] || "";
  const title = (one) => {
    if (one.kind === "person") return [words.person, field(one, "r0-name")].filter(Boolean).join(" · ");
    const hands = field(one, "people");
    return [field(one, "village_no") ? say("village_no", field(one, "village_no")) : words.village, hands ? say("hands", hands) : ""].filter(Boolean).join(" · ");
  };
  const tell = (text) => {
    for (const place of document.querySelectorAll("[data-told]")) {
      place.textContent = text;
      place.hidden = !text;
    }
  };

  const line = (one) => {
    const item = document.getElementById("waiting-line").content.firstElementChild.cloneNode(true);
    const part = (name) => item.querySelector(`[data-part=${name}]`);
    part("title").textContent = title(one);
    const state = one.problems.length ? words.wrong : one.ready ? words.waiting : words.draft;
    const photo = one.photo ? say("photo", Math.ceil(one.photo.size / 1024)) : "";
    part("state").textContent = [state, say("changed", time(one.changed)), photo, one.about].filter(Boolean).join(" · ");
    part("problems").textContent = one.problems.map((problem) => [problem.label, problem.message].filter(Boolean).join(": ")).join(" · ");
    part("problems").hidden = !one.problems.length;
    for (const label of item.querySelectorAll("[data-part=of]")) label.textContent = ` ${title(one)}`;
    const open = part("open");
    open.href = `${one.page}?entry=${one.key}`;
    part("delete").addEventListener("click", async () => {
      if (!window.confirm(words.confirm)) return;
      await remove(one.key);
      await show();
      (list.querySelector("a, button") || document.getElementById("waiting-title")).focus();
    });
    return item;
  };

  const show = async () => {
    const all = await entries();
    const own = all.filter(mine);
    const online = navigator.onLine;
    if (bar) {
      bar.hidden = online && !all.length;
      bar.querySelector("[data-signal]").textContent = online ? words.online : words.offline;
      bar.querySelector("[data-count]").textContent = own.length ? say("unsent", own.length) : words.nothing;
      for (const icon of bar.querySelectorAll("[data-icon]")) icon.hidden = (icon.dataset.icon === "off") === online;
    }
    if (!list) return;
    list.replaceChildren(...own.map(line));
    document.querySelector("[data-empty]").hidden = own.length > 0;
    document.querySelector("[data-send]").hidden = !own.length;
    document.getElementById("waiting-title").textContent = own.length ? say("unsent", own.length) : words.nothing;
    const others = document.querySelector("[data-others]");
    others.hidden = all.length === own.length;
    others.textContent = say("others", all.length - own.length);
  };

  // --- sending -------------------------------------------------------------------------------------------

  const ask = async (options) => {
    const response = await fetch(root.dataset.sync, { credentials: "same-origin", redirect: "manual", cache: "no-store", ...options });
    const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
    if (response.status === 401 || response.type === "opaqueredirect") return { signed_out: true };
    if (!isJson) throw new Error("no answer of ours");
    return response.json();
  };
  const who = async () => {
    const answer = await ask({});
    if (answer.owner) {
      owner = answer.owner;
      await store("facts", "readwrite", (all) => all.put(owner, "owner"));
    }
    return answer;
  };
  const signIn = (needed) => {
    const link = document.querySelector("[data-sign-in]");
    if (link) link.hidden = !needed;
  };

  const sendOne = async (one, token) => {
    const body = new FormData();
    for (const [name, value] of one.fields) body.append(name, value);
    body.set("key", one.key);
    body.set("kind", one.kind);
    body.set("hearing", one.hearing);
    if (one.photo) body.set("source", one.photo, "sheet.jpg");
    const answer = await ask({ method: "POST", body, headers: { "X-CSRFToken": token } });
    if (answer.stored === one.key) {
      await remove(one.key);
      return "sent";
    }
    if (answer.signed_out) return "signed_out";
    // It stays here, to be corrected; what was typed meanwhile in another window is not overwritten.
    const now = await entry(one.key);
    if (now && now.changed === one.changed) await put({ ...now, ready: false, problems: answer.problems || [] });
    return "wrong";
  };

  const sendAll = async () => {
    const ready = (await entries()).filter((one) => one.ready && mine(one));
    const answer = await who();
    signIn(Boolean(answer.signed_out));
    if (answer.signed_out) { if (ready.length) tell(words.sign_in); return; }
    const own = ready.filter((one) => !one.owner || one.owner === owner);
    if (!own.length) return;
    tell(say("sending", own.length));
    let sent = 0;
    for (const one of own) {
      const outcome = await sendOne(one, answer.token);
      if (outcome === "signed_out") { signIn(true); tell(words.sign_in); return; }
      if (outcome === "sent") sent += 1;
      await show();
    }
    tell(sent ? say("sent", sent) : words.wrong);
  };
  // One window sends at a time. Without a line nothing is lost; it is tried again when one comes.
  const send = async (loud = false) => {
    const work = async () => {
      try {
        await sendAll();
      } catch (error) {
        if (!(error instanceof TypeError) && !(error instanceof SyntaxError) && error.message !== "no answer of ours") throw error;
        if (loud || (await entries()).some((one) => one.ready)) tell(words.failed);
      }
      await show();
    };
    if (navigator.locks) await navigator.locks.request("field-send", work);
    else await work();
  };

  // --- writing -------------------------------------------------------------------------------------------

  const rowsBox = form && form.querySelector("[data-rows]");
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
      ...current, ready, owner: current.owner || owner, hearing: form.dataset.hearing, kind: form.dataset.entry,
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

  // --- the app -------------------------------------------------------------------------------------------

  const register = async () => {
    if (!("serviceWorker" in navigator)) return;
    await navigator.serviceWorker.register(root.dataset.worker, { scope: root.dataset.scope });
    const { active } = await navigator.serviceWorker.ready;
    navigator.serviceWorker.addEventListener("message", (event) => {
      if (event.data && event.data.kept) for (const note of document.querySelectorAll("[data-ready]")) note.hidden = false;
    });
    const pages = document.getElementById("field-pages");
    if (pages && navigator.onLine) active.postMessage({ keep: JSON.parse(pages.textContent) });
  };
  // With a store, "Start" opens the form that needs no line; without JavaScript it stays the ordinary one.
  const lead = () => {
    if (!("serviceWorker" in navigator)) return;
    for (const link of document.querySelectorAll("a[data-offline-href]")) link.href = link.dataset.offlineHref;
  };
  const offerInstall = () => {
    const button = document.querySelector("[data-install]");
    window.addEventListener("beforeinstallprompt", (event) => {
      if (!button) return;
      event.preventDefault();
      button.hidden = false;
      button.addEventListener("click", () => { event.prompt(); button.hidden = true; }, { once: true });
    });
  };

  const start = async () => {
    try {
      owner = (await store("facts", "readonly", (all) => all.get("owner"))) || "";
    } catch (error) {
      tell(words.no_store);
      return;
    }
    lead();
    if (form) await write();
    await show();
    document.querySelector("[data-send]")?.addEventListener("click", () => send(true));
    window.addEventListener("online", () => send());
    window.addEventListener("offline", show);
    register().catch(() => null); // without a worker the pages still work while there is a line
    await send();
  };
  offerInstall();
  start();
})();
