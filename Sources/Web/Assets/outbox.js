// The outbox: what was filled in on this device and must reach the house, kept in IndexedDB until it has.
// Pages and the service worker use the same one; see offline.js for how a page does. It shows nothing itself.
//
// Stores:  items   one for each thing filled in: key, owner, command, values, form, claimed, title, href, files, state …
//          files   photos by their SHA-256, as Blobs, until every item that names them has been done
//          drafts  what is being filled in, by a name of the page's choosing
//          meta    whose device this is just now
// States:  waiting → sent | refused.  `waiting` with a `problem` was put off by the house and is sent again.
"use strict";

(() => {
  const PAGES = "slipway-pages";
  const LOCK = "slipway-outbox";
  // The house takes 4 MB of items at once; room is left for the braces.
  const MOST_BYTES = 3_000_000;
  // What was sent is remembered so long, in milliseconds.
  const REMEMBERED = 30 * 86_400_000;
  const news = "BroadcastChannel" in self ? new BroadcastChannel("slipway-outbox") : null;
  const listeners = new Set();

  const tell = () => {
    news?.postMessage("changed");
    listeners.forEach((listener) => listener());
  };
  if (news) news.onmessage = () => listeners.forEach((listener) => listener());

  // ---- the database
  let opening = null;
  const database = () => {
    opening ??= new Promise((yes, no) => {
      const request = indexedDB.open("slipway", 1);
      request.onupgradeneeded = () => {
        const db = request.result;
        db.createObjectStore("items", { keyPath: "key" });
        db.createObjectStore("files", { keyPath: "hash" });
        db.createObjectStore("drafts", { keyPath: "id" });
        db.createObjectStore("meta", { keyPath: "name" });
      };
      request.onsuccess = () => {
        // A browser may close it at any time (storage pressure, an update in another tab).
        request.result.onclose = () => { opening = null; };
        request.result.onversionchange = () => { request.result.close(); opening = null; };
        yes(request.result);
      };
      request.onerror = () => { opening = null; no(request.error); };
    });
    return opening;
  };
  // Runs a body with the stores of one transaction; resolves only when what was written is on the disk.
  const write = async (names, body) => {
    const db = await database();
    return new Promise((yes, no) => {
      const transaction = db.transaction(names, "readwrite", { durability: "strict" });
      let value;
      transaction.oncomplete = () => yes(value);
      transaction.onerror = transaction.onabort = () => no(transaction.error ?? new Error("aborted"));
      Promise.resolve(body(...names.map((name) => transaction.objectStore(name)))).then((result) => { value = result; }, (error) => {
        try { transaction.abort(); } catch { /* it has ended already */ }
        no(error);
      });
    });
  };
  const done = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = () => no(request.error); });
  const read = async (name, body) => {
    const db = await database();
    return done(body(db.transaction(name).objectStore(name)));
  };

  // ---- small things
  const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const newKey = () => hex(crypto.getRandomValues(new Uint8Array(16)));
  const hash = async (blob) => hex(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  const owner = async () => (await read("meta", (meta) => meta.get("owner")))?.value ?? null;
  const language = async () => (await read("meta", (meta) => meta.get("language")))?.value ?? "ko";
  const askToStay = () => { self.navigator.storage?.persist?.().catch(() => {}); };

  // ---- files, drafts, items
  // Keeps a photo; answers its hash, by which values name it. Written when it resolves.
  const keepFile = async (blob) => {
    const name = await hash(blob);
    await write(["files"], (files) => { files.put({ hash: name, blob, type: blob.type, taken: new Date().toISOString() }); });
    askToStay();
    return name;
  };
  const file = (name) => read("files", (files) => files.get(name));

  const draft = (id) => read("drafts", (drafts) => drafts.get(id));
  // Keeps what is being filled in. The key is made with the first answer and stays, however often it is handed in.
  const saveDraft = (id, value, files = []) => write(["drafts", "meta"], async (drafts, meta) => {
    const [before, mine] = await Promise.all([done(drafts.get(id)), done(meta.get("owner"))]);
    const now = new Date().toISOString();
    const kept = { id, owner: api.person ?? mine?.value ?? null, key: before?.key ?? newKey(), begun: before?.begun ?? now, changed: now, value, files };
    drafts.put(kept);
    return kept;
  }).then((kept) => { askToStay(); return kept; });
  const dropDraft = (id) => write(["drafts"], (drafts) => { drafts.delete(id); });
  const drafts = () => read("drafts", (all) => all.getAll());

  // Puts something that was filled in into the outbox; with the name of a draft, the draft ends in the same moment.
  const add = async ({ command, values, form, title, href, files = [], key, claimed, draft: id }) => {
    const item = await write(["items", "drafts", "meta"], async (items, drafts, meta) => {
      const [before, mine] = await Promise.all([id ? done(drafts.get(id)) : undefined, done(meta.get("owner"))]);
      const name = key ?? before?.key ?? newKey();
      const known = await done(items.get(name));
      if (id) drafts.delete(id);
      if (known) return known;
      const fresh = {
        key: name, owner: api.person ?? mine?.value ?? null, command, values, form: form ?? "", claimed: claimed ?? new Date().toISOString(),
        title: title ?? command, href: href ?? null, files, state: "waiting", problem: null, outcome: null, at: null,
      };
      items.add(fresh);
      return fresh;
    });
    askToStay();
    tell();
    return item;
  };
  const list = async () => (await read("items", (items) => items.getAll())).sort((a, b) => (a.claimed < b.claimed ? 1 : -1));
  const retry = async (key) => {
    await write(["items", "files"], async (items, files) => {
      const item = await done(items.get(key));
      if (!item) return;
      items.put({ ...item, state: "waiting", problem: null });
      // It may be a photo that the house has lost: all of them go again.
      for (const name of item.files) {
        const kept = await done(files.get(name));
        if (kept) files.put({ ...kept, sentFor: null });
      }
    });
    tell();
  };
  const drop = async (key) => {
    await write(["items"], (items) => { items.delete(key); });
    await sweep();
    tell();
  };
  // Forgets photos that nothing names any more, and what was sent long ago.
  const sweep = () => write(["items", "files", "drafts"], async (items, files, drafts) => {
    const [all, open, kept] = await Promise.all([done(items.getAll()), done(drafts.getAll()), done(files.getAll())]);
    const old = new Date(Date.now() - REMEMBERED).toISOString();
    for (const item of all) if (item.state === "sent" && item.at < old) items.delete(item.key);
    const named = new Set([...all.filter((item) => item.state !== "sent"), ...open].flatMap((one) => one.files ?? []));
    // One just taken may not stand in its draft yet.
    const fresh = new Date(Date.now() - 3_600_000).toISOString();
    for (const one of kept) if (!named.has(one.hash) && one.taken < fresh) files.delete(one.hash);
  });

  // ---- sending
  const settle = (key, change) => write(["items"], async (items) => {
    const item = await done(items.get(key));
    if (item && item.state === "waiting") items.put({ ...item, ...change });
  });
  const ask = (path, options = {}) => fetch(path, {
    credentials: "same-origin", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(60_000), ...options,
    headers: { Accept: "application/json", ...options.headers },
  });
  const problem = async (answer) => {
    let said;
    try { said = await answer.json(); } catch { said = { title: `${answer.status}`, code: `http.${answer.status}` }; }
    // Somebody signed in anew meanwhile: the next round asks again who it is.
    if (said.code === "csrf.missing") throw "unreachable";
    return said;
  };
  const ends = (answer) => {
    if (answer.status === 401) throw "signin";
    // A house that is busy or down: all of it waits.
    if (answer.type === "opaqueredirect" || answer.status === 429 || answer.status >= 500) throw "unreachable";
  };

  // Photos first: an item is sent only once the house has every file that it names. False where one is refused.
  const sendFiles = async (item, csrf) => {
    for (const name of item.files) {
      const kept = await file(name);
      if (kept && kept.sentFor === item.owner) continue;
      const gone = { title: "사진 파일이 이 기기에서 지워졌습니다. (The photo is no longer on this device.)", code: "file.gone" };
      if (!kept) { await settle(item.key, { state: "refused", problem: gone }); return false; }
      const answer = await ask("/api/v1/attachments", {
        method: "POST", body: kept.blob, signal: AbortSignal.timeout(600_000), headers: { "X-CSRF-Token": csrf, "Content-Type": kept.type || "application/octet-stream" },
      });
      ends(answer);
      const said = await problem(answer);
      if (!answer.ok) { await settle(item.key, { state: "refused", problem: said }); return false; }
      if (said.hash !== name) throw "unreachable";
      // Remembered, so that a line that drops does not carry the same photo twice.
      await write(["files"], (files) => { files.put({ ...kept, sentFor: item.owner }); });
    }
    return true;
  };

  const sendItems = async (items, csrf) => {
    const answer = await ask("/api/v1/outbox", {
      method: "POST", headers: { "X-CSRF-Token": csrf, "Content-Type": "application/json" },
      body: JSON.stringify({ sent: new Date().toISOString(), items: items.map(wire) }),
    });
    ends(answer);
    const said = await problem(answer);
    if (!answer.ok) {
      if (items.length > 1) {
        // Too much at once, or one that spoils the rest: each half on its own finds it.
        await sendItems(items.slice(0, items.length >> 1), csrf);
        await sendItems(items.slice(items.length >> 1), csrf);
      } else await settle(items[0].key, { state: "refused", problem: said });
      return;
    }
    const at = new Date().toISOString();
    for (const one of said.items) {
      const known = { at, skew: said.skew, answer: one.state };
      if (one.state === "done" || one.state === "repeated") {
        // The house has it: its words and photos need not stay on the device.
        await settle(one.key, { ...known, state: "sent", problem: null, outcome: one.outcome, values: null });
      } else if (one.state === "later") await settle(one.key, { problem: one.problem });
      else await settle(one.key, { ...known, state: "refused", problem: one.problem });
    }
  };
  const wire = ({ key, command, values, form, claimed }) => ({ key, command, values, form, claimed });

  const deliver = async () => {
    let desk;
    try {
      const answer = await ask("/api/v1/outbox", { signal: AbortSignal.timeout(10_000) });
      ends(answer);
      if (!answer.ok) throw "unreachable";
      desk = await answer.json();
    } catch (reason) {
      return { state: reason === "signin" ? "signin" : "unreachable" };
    }
    const skew = (Date.now() - Date.parse(desk.now)) / 1000;
    try {
      const mine = (await list()).filter((item) => item.state === "waiting" && item.owner === desk.person).reverse();
      if (mine.length) tell();
      let batch = [];
      let bytes = 0;
      const post = async () => {
        if (batch.length) await sendItems(batch, desk.csrf);
        [batch, bytes] = [[], 0];
        tell();
      };
      for (const item of mine) {
        if (!await sendFiles(item, desk.csrf)) continue;
        const size = new Blob([JSON.stringify(wire(item))]).size;
        if (batch.length >= (desk.most ?? 100) || bytes + size > MOST_BYTES) await post();
        batch.push(item);
        bytes += size;
      }
      await post();
      if (mine.length) await sweep();
      return { state: "reached", person: desk.person, skew };
    } catch (reason) {
      return { state: reason === "signin" ? "signin" : "unreachable", skew };
    } finally {
      tell();
    }
  };
  // Sends what waits, once at a time on this device. Answers { state: reached | unreachable | signin | busy, waiting }.
  const flush = async () => {
    const run = async (lock) => {
      const end = lock === null ? { state: "busy" } : await deliver();
      end.waiting = (await list()).filter((item) => item.state === "waiting").length;
      return end;
    };
    return self.navigator.locks ? self.navigator.locks.request(LOCK, { ifAvailable: true }, run) : run();
  };

  // ---- kept pages, and whose they are
  const keepPage = async (path, answer, tag) => {
    const headers = new Headers(answer.headers);
    headers.set("X-Slipway-Tag", tag ?? "");
    headers.set("X-Slipway-Kept", new Date().toISOString());
    const body = await answer.arrayBuffer();
    if (!await owner()) return;
    const cache = await caches.open(PAGES);
    await cache.put(path, new Response(body, { status: 200, headers }));
  };
  // Somebody is here: pages that were kept for another are forgotten.
  const arrive = async (person, language) => {
    await write(["meta"], (meta) => { meta.put({ name: "language", value: language }); });
    if (await owner() === person) return;
    await self.caches?.delete(PAGES);
    await write(["meta"], (meta) => { meta.put({ name: "owner", value: person }); });
  };
  const leave = async () => {
    await write(["meta"], (meta) => { meta.put({ name: "owner", value: null }); });
    await self.caches?.delete(PAGES);
  };

  const api = {
    // Who the page was made for; null in the service worker, which makes no items.
    person: null,
    PAGES, newKey, hash, owner, language, keepFile, file, draft, drafts, saveDraft, dropDraft, add, list, retry, drop, flush, keepPage, arrive, leave,
    onChange: (listener) => { listeners.add(listener); },
  };
  self.SlipwayOutbox = api;
})();
