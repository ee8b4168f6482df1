// Working without a connection, for any page. The outbox itself stands in outbox.js, the service worker in sw.js.
//
// What a subject does to work offline:
//  1. Its command's form names the surface `.offline`; others are refused when they arrive (command.not-offline). Its
//     rule puts `ask.offline?.json` into the event: the claimed time, the clock's skew and the form's version.
//  2. Its pages are named by the room's `offlinePages` (a Part's `offline`), each with a tag that changes with the page:
//     every device of whoever is signed in keeps a copy, from its first visit to any page. A page that only those who
//     have opened it need puts <link rel="slipway-offline" href="{{self}}"> into its block `head` instead.
//     The network comes first; the copy is shown where it fails or takes longer than 6 s. Signing out forgets all copies.
//  3. A plain form goes into the outbox by <form data-outbox="room.subject.verb" data-form="edition" data-title="…"
//     data-next="/where/then">: its fields become the values (several of one name a list; data-type="number" a number,
//     "flag" a yes or no, "json" what it says; `people[0].name` stands in the row of a list), its files are kept and stand as their SHA-256. Nothing else is needed.
//  4. A page with a script of its own calls SlipwayOffline:
//       await SlipwayOffline.save({ command, values, form, title, href, files, claimed })   → the item, once it is on the disk
//       await SlipwayOffline.keepFile(blob)                    → the photo's SHA-256, computed now; name it in `files`
//       await SlipwayOffline.draft(id) / saveDraft(id, value, files) / finish(id, item)     → what is being filled in
//     `finish` ends the draft and makes the item in one step, under the key the draft got with its first answer, so that
//     a button pressed twice or a browser killed in between neither loses nor doubles it. Say “saved” only after them.
//     addEventListener("slipway-outbox", …) tells of every change; SlipwayOffline.state holds reached, waiting, refused.
//  5. The server answers each item: done, repeated (it was there already), refused or conflict (kept and shown with its
//     reason until the person sends it again or deletes it), later. Items of somebody else on this device wait for them.
"use strict";

(() => {
  const root = document.documentElement;
  const box = document.getElementById("outbox");
  const words = document.getElementById("outbox-words").dataset;
  const outbox = self.SlipwayOutbox;
  const person = box.dataset.person || null;
  const works = isSecureContext && "indexedDB" in self && "crypto" in self && !!crypto.subtle;
  const state = { reached: null, signin: false, waiting: 0, refused: 0, others: 0, skew: 0 };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  const local = (id) => `${person}:${id}`;
  outbox.person = person;

  // ---- the bar under the masthead: shown only where there is something to say
  const made = document.querySelector(".foot time");
  const showBar = () => {
    const parts = [];
    let head = "";
    if (state.reached === false && person) {
      head = words.none;
      if (made) parts.push(fill(words.copy, { time: made.textContent }));
    } else if (state.signin && state.waiting) head = words.signin;
    if (state.waiting) parts.push(fill(words.countWaiting, { n: state.waiting }));
    if (state.refused) parts.push(fill(words.countRefused, { n: state.refused }));
    if (state.others) parts.push(fill(words.others, { n: state.others }));
    if (Math.abs(state.skew) > 60) parts.push(fill(state.skew > 0 ? words.clockAhead : words.clockBehind, { n: Math.round(Math.abs(state.skew) / 60) }));
    const text = parts.join(" ");
    const [headPlace, textPlace] = [box.querySelector("[data-outbox-head]"), box.querySelector("[data-outbox-text]")];
    if (headPlace.textContent !== head) headPlace.textContent = head;
    if (textPlace.textContent !== text) textPlace.textContent = text;
    box.classList.toggle("outbox-refused", state.refused > 0);
    // The masthead's own word on a lost line would say it twice.
    box.toggleAttribute("data-unreached", head === words.none);
    box.hidden = !head && !text;
  };

  const count = async () => {
    const items = await outbox.list();
    const mine = items.filter((item) => item.owner === person);
    state.waiting = mine.filter((item) => item.state === "waiting").length;
    state.refused = mine.filter((item) => item.state === "refused").length;
    state.others = person ? items.filter((item) => item.owner !== person && item.state === "waiting").length : 0;
    showBar();
    navigator.setAppBadge?.(state.waiting + state.refused).catch(() => {});
    showList(mine);
    dispatchEvent(new CustomEvent("slipway-outbox", { detail: state }));
  };

  // ---- the list on /outbox
  const icons = { waiting: "stale", sent: "ok", refused: "danger" };
  const showList = (items) => {
    const place = document.querySelector("[data-outbox-list]");
    if (!place) return;
    place.replaceChildren(...items.map(row));
    document.querySelector("[data-outbox-empty]").hidden = items.length > 0;
  };
  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  const row = (item) => {
    const line = element("li", `panel outbox-item outbox-${item.state}`);
    line.dataset.key = item.key;
    line.dataset.state = item.state;
    const head = element("p", "outbox-head");
    head.innerHTML = `<svg class="icon" aria-hidden="true"><use href="/assets/icons.svg#${icons[item.state] ?? "info"}"/></svg>`;
    head.append(element("strong", "", stateWords(item)));
    const filled = fill(words.filled, { time: new Date(item.claimed).toLocaleString(root.lang, { timeZone: "Asia/Seoul" }) });
    line.append(head, element("p", "", item.title), element("p", "soft", filled + (item.files.length ? ` · ${fill(words.photos, { n: item.files.length })}` : "")));
    if (item.problem) {
      const reasons = [item.problem.title, ...(item.problem.errors ?? []).map((fault) => `${fault.field}: ${fault.detail}`)];
      reasons.filter(Boolean).forEach((reason) => line.append(element("p", "outbox-reason", reason)));
    }
    const actions = element("div", "actions");
    if (item.state === "refused") {
      const [again, away] = [element("button", "button", words.again), element("button", "button button-quiet", words.drop)];
      again.type = away.type = "button";
      again.addEventListener("click", async () => { await outbox.retry(item.key); soon(0); });
      away.addEventListener("click", () => { if (confirm(words.dropSure)) outbox.drop(item.key); });
      actions.append(again, away);
    }
    const trace = item.outcome?.correlation;
    if (item.state === "sent" && trace) {
      const link = element("a", "button", words.look);
      link.href = item.href ?? `/trace/${trace}`;
      actions.append(link);
    }
    if (actions.children.length) line.append(actions);
    return line;
  };
  const stateWords = (item) => {
    if (item.state !== "waiting") return words[item.state] ?? item.state;
    return state.signin ? words.signin : item.problem ? words.later : words.waiting;
  };

  // ---- sending: at once, when the line comes back, and again after ever longer pauses
  let timer = null;
  let pause = 5_000;
  const soon = (milliseconds) => { clearTimeout(timer); timer = setTimeout(round, milliseconds); };
  const round = async () => {
    let end = { state: "unreachable" };
    try { end = await outbox.flush(); } catch { /* the storage failed; the next round tries again */ }
    if (end.state !== "busy") {
      state.reached = end.state !== "unreachable";
      state.signin = end.state === "signin";
      if (end.skew !== undefined) state.skew = end.skew;
    }
    pause = end.state === "reached" && !end.waiting ? 60_000 : Math.min(Math.max(pause, 5_000) * 2, 300_000);
    if (end.state === "unreachable") pause = Math.min(pause, 30_000);
    soon(pause * (0.8 + Math.random() * 0.4));
    if (end.state === "reached") keepPages();
    await count();
  };
  const wake = () => { pause = 2_500; soon(0); };
  const register = async () => {
    // Where the browser can, it sends even after this page is closed.
    const registration = await navigator.serviceWorker?.ready;
    await registration?.sync?.register("slipway-outbox").catch(() => {});
  };

  // ---- pages this device keeps
  let keptAt = 0;
  let leaving = false;
  const keepPages = async () => {
    if (!person || leaving || !("caches" in self) || Date.now() - keptAt < 300_000) return;
    keptAt = Date.now();
    let wanted;
    try {
      const answer = await fetch("/api/v1/offline/pages", { headers: { Accept: "application/json" }, cache: "no-store" });
      if (!answer.ok) return;
      wanted = await answer.json();
    } catch { return; }
    if (wanted.person !== person || leaving) return;
    const pages = wanted.pages.map((page) => ({ ...page, tag: `${page.tag}|${root.lang}` }));
    document.querySelectorAll("link[rel=slipway-offline]").forEach((link) => {
      const place = new URL(link.href, location);
      pages.push({ path: place.pathname + place.search, title: document.title, tag: `visited|${made?.dateTime.slice(0, 16)}|${root.lang}` });
    });
    const cache = await caches.open(outbox.PAGES);
    const listed = new Set(wanted.pages.map((page) => page.path));
    for (const request of await cache.keys()) {
      const url = new URL(request.url);
      const tag = (await cache.match(request))?.headers.get("X-Slipway-Tag") ?? "";
      if (!listed.has(url.pathname + url.search) && !tag.startsWith("visited|")) await cache.delete(request);
    }
    const day = Date.now() - 86_400_000;
    const queue = [];
    for (const page of pages) {
      const copy = await cache.match(page.path, { ignoreVary: true });
      if (!copy || copy.headers.get("X-Slipway-Tag") !== page.tag || Date.parse(copy.headers.get("X-Slipway-Kept")) < day) queue.push(page);
    }
    const fetcher = async () => {
      for (let page = queue.shift(); page && !leaving; page = queue.shift()) {
        try {
          const answer = await fetch(page.path, { headers: { Accept: "text/html" }, cache: "no-store" });
          if (answer.ok && !answer.redirected && !leaving) await outbox.keepPage(page.path, answer, page.tag);
        } catch { return; }
      }
    };
    await Promise.all([fetcher(), fetcher(), fetcher()]);
    root.dataset.offlineReady = String(pages.length);
  };
  document.querySelector("form[action='/signout']")?.addEventListener("submit", (event) => {
    if (state.waiting && !confirm(fill(words.leave, { n: state.waiting }))) { event.preventDefault(); return; }
    leaving = true;
  });

  // ---- forms that go into the outbox
  // A row of a list: `people[0].name`.
  const rowOf = /^(\w+)\[(\d+)\]\.(\w+)$/;
  const valuesOf = async (form) => {
    const [values, files] = [{}, []];
    for (const field of form.elements) {
      if (!field.name || field.disabled || field.type === "submit" || ["csrf", "idempotency", "confirmed", "next"].includes(field.name)) continue;
      if (field.closest("[data-when][hidden]")) continue;
      let value;
      if (field.type === "file") {
        if (!field.files.length) continue;
        value = await outbox.keepFile(field.files[0]);
        files.push(value);
      } else if (field.type === "checkbox" && rowOf.test(field.name)) {
        if (!field.checked) continue;
        value = field.value;
      } else if (field.type === "checkbox" || field.dataset.type === "flag") value = field.type === "checkbox" ? field.checked : field.value === "true";
      else if (field.type === "radio" && !field.checked) continue;
      else if (field.value === "") continue;
      else if (field.dataset.type === "json") value = JSON.parse(field.value);
      else if (field.type === "number" || field.dataset.type === "number") value = Number(field.value);
      else value = field.value;
      const row = rowOf.exec(field.name);
      if (row) {
        values[row[1]] ??= [];
        (values[row[1]][row[2]] ??= {})[row[3]] = value;
        continue;
      }
      if (field.name in values && Array.isArray(values[field.name])) values[field.name].push(value);
      else values[field.name] = field.hasAttribute("data-several") ? [value] : value;
    }
    for (const name in values) if (Array.isArray(values[name])) values[name] = values[name].filter((entry) => entry !== undefined);
    return { values, files };
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!works || !form.dataset.outbox || event.defaultPrevented) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    const claimed = new Date().toISOString();
    try {
      const { values, files } = await valuesOf(form);
      await api.save({ command: form.dataset.outbox, values, files, claimed, form: form.dataset.form, title: form.dataset.title ?? document.title, href: form.dataset.href });
      document.getElementById("announcer").textContent = words.kept;
      if (form.dataset.next) location.assign(form.dataset.next);
      else form.reset();
    } catch (error) {
      failed(error);
    } finally {
      delete form.dataset.busy;
    }
  });
  // A full disk is said in words: whoever filled this in must not believe that it was kept.
  const failed = (error) => {
    box.hidden = false;
    box.querySelector("[data-outbox-head]").textContent = words.full;
    box.querySelector("[data-outbox-text]").textContent = String(error?.name ?? error);
    box.scrollIntoView({ block: "nearest" });
  };

  const sendSoon = (item) => { register(); soon(0); return item; };
  const api = {
    state, works, failed,
    save: async (item) => sendSoon(await outbox.add(item)),
    keepFile: outbox.keepFile,
    file: outbox.file,
    draft: (id) => outbox.draft(local(id)),
    saveDraft: (id, value, files) => outbox.saveDraft(local(id), value, files),
    dropDraft: (id) => outbox.dropDraft(local(id)),
    drafts: async () => (await outbox.drafts()).filter((draft) => draft.id.startsWith(`${person}:`)).map((draft) => ({ ...draft, id: draft.id.slice(person.length + 1) })),
    finish: async (id, item) => sendSoon(await outbox.add({ ...item, draft: local(id) })),
    flush: round,
  };
  self.SlipwayOffline = api;

  // ---- begin
  document.querySelectorAll("[data-outbox-now]").forEach((button) => button.addEventListener("click", wake));
  addEventListener("online", wake);
  addEventListener("offline", () => { state.reached = false; showBar(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
  if (!works) {
    document.querySelectorAll("[data-outbox-insecure]").forEach((place) => { place.hidden = false; });
    return;
  }
  outbox.onChange(() => { count().catch(() => {}); });
  navigator.serviceWorker?.register("/sw.js").catch(() => {});
  (async () => {
    if (person) {
      await outbox.arrive(person, root.lang);
      await round();
    } else if (await outbox.owner() === null) await caches.delete(outbox.PAGES);
  })().catch(failed);
  const pagesPlace = document.querySelector("[data-offline-pages]");
  if (pagesPlace) {
    (async () => {
      const cache = await caches.open(outbox.PAGES);
      for (const request of await cache.keys()) {
        const copy = await cache.match(request);
        const url = new URL(request.url);
        const title = new DOMParser().parseFromString(await copy.text(), "text/html").querySelector("h1")?.textContent;
        const item = element("li");
        const link = element("a", "panel door", title || url.pathname);
        link.href = url.pathname + url.search;
        item.append(link);
        pagesPlace.append(item);
      }
      document.querySelector("[data-offline-none]").hidden = pagesPlace.children.length > 0;
    })().catch(() => {});
  }
})();
