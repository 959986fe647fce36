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
  const { entries, entry, put, remove, fact, note } = fieldStore;
  let owner = "";

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
    if (one.kind === "board") return [words.board, one.name].filter(Boolean).join(" · ");
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
      await note("owner", owner);
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
    if (one.photo) body.set(one.file || "source", one.photo, "photo.jpg");
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
      owner = (await fact("owner")) || "";
    } catch (error) {
      tell(words.no_store);
      return;
    }
    lead();
    if (form) {
      const parts = (form.dataset.entry === "board" ? fieldBoard : fieldSheet)({ form, words, say, field });
      await fieldForm({ form, parts, words, say, tell, field, show, owner: () => owner });
    }
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
