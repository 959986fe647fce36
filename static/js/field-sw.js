// Keeps the pages of field work on the phone. Loaded by /desk/field/worker.js, which names the files (self.FIELD);
// its folder is its scope, so no other page of the site ever passes through here.
"use strict";
(() => {
  const { language, version, files, static: assets, scope, home, form } = self.FIELD;
  const FAMILY = `field-${language}-`;
  const CACHE = FAMILY + version;
  const PATIENCE = 4000; // a line that is too slow is no line
  const LOOSE = { ignoreSearch: true, ignoreVary: true };
  const isKept = (path) => path.startsWith(home);

  // Only what the server really gave: never a sign-in page it led to, never an error.
  const fetchPage = async (path) => {
    const response = await fetch(path, { credentials: "same-origin", redirect: "manual" });
    return response.ok && response.type === "basic" ? response : null;
  };
  const keep = async (paths) => {
    const cache = await caches.open(CACHE);
    let all = true;
    for (const path of paths) {
      const response = await fetchPage(path).catch(() => null);
      if (response) await cache.put(path, response);
      else all = all && Boolean(await cache.match(path, LOOSE));
    }
    return all;
  };
  const older = async () => (await caches.keys()).filter((name) => name.startsWith(FAMILY) && name !== CACHE);

  // A new version takes over only when it has everything the old one had: a phone in the field never loses its form.
  const install = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(files);
    for (const name of await older()) {
      const pages = (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname).filter(isKept);
      if (!(await keep(pages))) throw new Error("pages are missing");
    }
    await self.skipWaiting();
  };
  const activate = async () => {
    await Promise.all((await older()).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  self.addEventListener("install", (event) => event.waitUntil(install()));
  self.addEventListener("activate", (event) => event.waitUntil(activate()));

  self.addEventListener("message", (event) => {
    if (!event.data || !Array.isArray(event.data.keep)) return;
    const answer = async () => event.source.postMessage({ kept: await keep(event.data.keep.filter(isKept)) });
    event.waitUntil(answer());
  });

  const stored = async (path) => (await caches.open(CACHE)).match(path, LOOSE);

  const openKept = async (event, url) => {
    const old = await stored(url.pathname);
    const fresh = (async () => {
      const response = await fetch(event.request);
      if (response.ok && response.type === "basic" && !response.redirected) {
        const copy = response.clone();
        await (await caches.open(CACHE)).put(url.pathname, copy);
      }
      return response.status >= 500 && old ? old : response;
    })();
    event.waitUntil(fresh.catch(() => null));
    if (!old) return fresh;
    const late = new Promise((resolve) => { setTimeout(() => resolve(old), PATIENCE); });
    return Promise.race([fresh.catch(() => old), late]);
  };

  // The ordinary pages are never kept: they hold names. Without a line they lead to the page that is.
  const openOther = async (event, url) => {
    try {
      return await fetch(event.request);
    } catch (error) {
      const number = url.pathname.startsWith(form.replace("0/", "")) && url.pathname.match(/\/([0-9]+)\/$/);
      const wanted = number ? `${home}${number[1]}/` : home;
      for (const path of [wanted, home]) if (await stored(path)) return Response.redirect(path);
      throw error;
    }
  };

  const file = async (request) => {
    const old = await caches.match(request, LOOSE);
    if (old) return old;
    const response = await fetch(request);
    if (response.ok) {
      const copy = response.clone();
      await (await caches.open(CACHE)).put(request, copy);
    }
    return response;
  };

  self.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
    if (event.request.mode === "navigate") {
      if (isKept(url.pathname)) event.respondWith(openKept(event, url));
      else if (url.pathname.startsWith(scope)) event.respondWith(openOther(event, url));
    } else if (url.pathname.startsWith(assets)) event.respondWith(file(event.request));
  });
})();
