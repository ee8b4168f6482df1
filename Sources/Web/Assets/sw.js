// The service worker: it answers where the house cannot be reached, and sends the outbox when it can be again.
// It keeps the shell (style, script, pictures) and the pages that a person's device was told to keep; nothing else.
// The server fills in the edition and the files of the shell.
"use strict";

importScripts("/assets/outbox.js?__EDITION__");

const SHELL = "slipway-shell-__EDITION__";
const FILES = __SHELL__;
const PAGES = "slipway-pages";
// How long the network may take before a kept copy is shown instead, in milliseconds.
const PATIENCE = 6000;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(SHELL);
    await cache.addAll(FILES.map((path) => new Request(path, { cache: "reload", credentials: "omit" })));
    // The page for no connection knows nobody, and is kept in both languages.
    for (const language of ["ko", "en"]) {
      const answer = await fetch("/offline", { cache: "reload", credentials: "omit", headers: { "Accept-Language": language } });
      if (!answer.ok) throw new Error("the page for no connection is missing");
      await cache.put(`/offline?${language}`, answer);
    }
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("slipway-shell-") && name !== SHELL) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  // Whoever signs out leaves nothing to read behind. What they have not sent yet stays for when they come back.
  if (request.method === "POST" && url.pathname === "/signout") event.waitUntil(SlipwayOutbox.leave());
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
  else if (request.mode === "navigate") event.respondWith(page(request, url));
});

self.addEventListener("sync", (event) => {
  if (event.tag === "slipway-outbox") event.waitUntil(SlipwayOutbox.flush().then((end) => {
    // A failed sync is repeated by the browser at its own time.
    if (end.waiting > 0 && end.state === "unreachable") throw new Error("not reached");
  }));
});

const within = (milliseconds, request) => {
  const answer = fetch(request);
  if (!milliseconds) return answer;
  return Promise.race([answer, new Promise((_, no) => setTimeout(() => no(new Error("slow")), milliseconds))]);
};

async function asset(request) {
  const kept = () => caches.match(request, { cacheName: SHELL, ignoreSearch: true, ignoreVary: true });
  const copy = await kept();
  try {
    return await within(copy ? PATIENCE / 2 : 0, request);
  } catch {
    return copy ?? Response.error();
  }
}

async function page(request, url) {
  const cache = await caches.open(PAGES);
  const place = url.pathname + url.search;
  const copy = await cache.match(place, { ignoreVary: true });
  try {
    const answer = await within(copy ? PATIENCE : 0, request);
    // A gateway that answers for a house that is down.
    if ([502, 503, 504].includes(answer.status) && copy) return copy;
    if (copy && answer.ok && answer.type === "basic" && !answer.redirected) {
      await SlipwayOutbox.keepPage(place, answer.clone(), copy.headers.get("X-Slipway-Tag"));
    }
    return answer;
  } catch {
    const language = await SlipwayOutbox.language();
    return copy ?? (await caches.match(`/offline?${language}`, { cacheName: SHELL, ignoreVary: true })) ?? Response.error();
  }
}
