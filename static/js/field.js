// Field work without signal: keeps what is written in the phone's own store (field-store.js), shows what waits
// (field-list.js), opens the form (field-form.js) and sends when there is a line (field-send.js).
"use strict";
(() => {
  const root = document.querySelector("[data-field]");
  if (!root) return;
  const words = JSON.parse(document.getElementById("field-words").textContent);
  const say = (name, value = "") => words[name].replace("%n", value).replace("%t", value);
  const form = document.querySelector("form[data-entry]");
  const { fact, note } = fieldStore;
  let owner = "";

  const mine = (one) => !one.owner || !owner || one.owner === owner;
  const { field, tell, show } = fieldList({ words, say, mine });
  const signedIn = async (mark) => {
    owner = mark;
    await note("owner", mark);
  };
  const send = fieldSend({ address: root.dataset.sync, words, say, tell, show, mine, signedIn });

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
