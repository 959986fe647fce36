// The phone's own store for field work: what was written and not sent yet, and facts about this phone.
"use strict";
const fieldStore = (() => {
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
  const fact = (name) => store("facts", "readonly", (all) => all.get(name));
  const note = (name, value) => store("facts", "readwrite", (all) => all.put(value, name));
  return { entries, entry, put, remove, fact, note };
})();
