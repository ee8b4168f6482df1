// Accounting for everyone on a phone: marks go through the outbox, so that they are on the disk before anything is said, and
// what waits there is laid over the roster, also over a copy of the page that was kept before the network went. See offline.js.
// Nobody is shown as safe on this device where somebody else saw otherwise.
"use strict";

(() => {
  const offline = self.SlipwayOffline;
  const region = () => document.querySelector("[data-muster]");
  if (!region()) return;
  const COMMANDS = new Set(["safety.muster.mark"]);
  const labels = {};

  // What this device marked, by entry: what still waits, and what was sent after the page was made.
  const marked = async () => {
    const { site, emergency, made } = region().dataset;
    const marks = new Map();
    if (!offline?.works) return marks;
    for (const item of await self.SlipwayOutbox.list()) {
      if (!COMMANDS.has(item.command) || item.values?.site !== site || item.owner !== self.SlipwayOutbox.person) continue;
      // What was marked in an emergency that is over says nothing about the next one.
      if (item.values.emergency && emergency && item.values.emergency !== emergency) continue;
      if (item.state === "sent" && item.at && item.at < made) continue;
      const known = marks.get(item.values.entry);
      if (!known || known.claimed < item.claimed) marks.set(item.values.entry, item);
    }
    return marks;
  };

  const show = async () => {
    const place = region();
    const marks = await marked();
    let open = 0, safe = 0, conflicts = 0;
    for (const row of place.querySelectorAll("[data-entry]")) {
      const { standing, by } = row.dataset;
      const mark = marks.get(row.dataset.entry);
      const status = mark?.values.status;
      const differs = status && by === "others" && standing !== status && standing !== "self-reported";
      let now = standing;
      // What the house refused counts for nothing.
      if (status && mark.state !== "refused") now = standing === "conflict" || differs ? "conflict" : status;
      // What one says of oneself has been seen by nobody yet.
      if (now === "safe" && now !== standing && by !== "others" && row.dataset.entry === `p-${self.SlipwayOutbox.person}`) now = "self-reported";
      row.dataset.now = now;
      if (row.matches(".muster-row")) {
        if (now === "safe") safe += 1; else open += 1;
        if (now === "conflict") conflicts += 1;
      }
      let tag = row.querySelector("[data-local]");
      const told = row.querySelector("[data-muster-told]");
      if (told && status && mark.state !== "refused") told.hidden = false;
      if (!status) { tag?.remove(); continue; }
      if (!tag) {
        tag = document.createElement("span");
        tag.className = "badge badge-stale";
        tag.dataset.local = "yes";
        row.querySelector("[data-muster-badge]").append(" ", tag);
      }
      const text = `${labels[status] ?? status} · ${mark.state === "refused" ? mark.problem?.title ?? "!" : place.dataset.kept}${differs ? ` · ${place.dataset.differs}` : ""}`;
      if (tag.textContent !== text) tag.textContent = text;
    }
    const set = (name, value) => { const where = place.querySelector(`[data-muster-${name}]`); if (where && where.textContent !== String(value)) where.textContent = value; };
    set("open", open);
    set("safe", safe);
    set("conflicts", conflicts);
    filter();
  };

  const filter = () => {
    const place = region();
    const words = place.querySelector("[data-muster-find]")?.value.trim().toLowerCase() ?? "";
    const only = place.querySelector("[data-muster-only]")?.checked ?? false;
    for (const row of place.querySelectorAll(".muster-row")) {
      const hit = !words || row.querySelector(".muster-who").textContent.toLowerCase().includes(words);
      row.hidden = !hit || (only && (row.dataset.now ?? row.dataset.standing) === "safe");
    }
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-muster-form]") || !offline?.works || !event.submitter) return;
    event.preventDefault();
    const place = region();
    const row = form.closest("[data-entry]");
    const claimed = new Date().toISOString();
    const values = { site: place.dataset.site, entry: row.dataset.entry, status: event.submitter.value };
    if (place.dataset.emergency) values.emergency = place.dataset.emergency;
    const where = place.querySelector("[data-muster-place]")?.value;
    if (where) values.place = where;
    try {
      await offline.save({
        command: "safety.muster.mark", values, claimed, form: place.dataset.form, href: location.pathname,
        title: `${row.querySelector("strong").textContent} · ${event.submitter.textContent} · ${place.dataset.title}`,
      });
      document.getElementById("announcer").textContent = `${row.querySelector("strong").textContent}: ${event.submitter.textContent}`;
      await show();
    } catch (error) { offline.failed(error); }
  });

  // The place stays chosen when the roster is renewed.
  let chosen = "";
  document.addEventListener("change", (event) => { if (event.target.matches("[data-muster-place]")) chosen = event.target.value; });
  const choose = () => { const select = region().querySelector("[data-muster-place]"); if (select && chosen) select.value = chosen; };
  const learn = () => region().querySelectorAll(".muster-row [data-muster-form] button").forEach((button) => { labels[button.value] = button.textContent; });
  const renew = () => { learn(); choose(); show().catch(() => {}); };
  document.addEventListener("input", (event) => { if (event.target.matches("[data-muster-find], [data-muster-only]")) filter(); });
  addEventListener("slipway-outbox", () => { show().catch(() => {}); });
  document.body.addEventListener("htmx:afterSwap", renew);
  renew();
})();
