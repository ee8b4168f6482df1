// What the pages do beyond plain HTML: theme, ages and staleness, live connection, read-back, charts, table keys, copying.
// Everything here is an addition: without it pages still show their data and forms still post.
"use strict";

(() => {
  const root = document.documentElement;
  const words = () => document.getElementById("words").dataset;
  const say = (text) => { document.getElementById("announcer").textContent = text; };
  root.classList.remove("no-js");

  // ---- theme: kept in a cookie, so that the server can write it into the page before the first paint
  const themes = ["auto", "light", "dark"];
  const themeSwitch = document.querySelector("[data-theme-switch]");
  const showTheme = () => {
    if (themeSwitch) themeSwitch.querySelector("[data-theme-label]").textContent = themeSwitch.dataset[root.dataset.theme || "auto"];
  };
  themeSwitch?.addEventListener("click", () => {
    const next = themes[(themes.indexOf(root.dataset.theme || "auto") + 1) % themes.length];
    if (next === "auto") delete root.dataset.theme; else root.dataset.theme = next;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${next === "auto" ? "" : next}; Path=/; Max-Age=${next === "auto" ? 0 : 31536000}; SameSite=Lax${secure}`;
    showTheme();
    say(themeSwitch.dataset[next]);
    drawCharts();
  });
  showTheme();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawCharts());

  // ---- menu on narrow screens
  const menuButton = document.querySelector(".menu-button");
  menuButton?.addEventListener("click", () => {
    const open = document.getElementById("menu").classList.toggle("menu-open");
    menuButton.setAttribute("aria-expanded", String(open));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.account[open]").forEach((box) => { box.open = false; box.querySelector("summary").focus(); });
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.account[open]").forEach((box) => { if (!box.contains(event.target)) box.open = false; });
  });

  // ---- ages: the server's clock counts, since the device's may be wrong
  const made = document.querySelector(".foot time");
  const drift = made ? Date.parse(made.dateTime) - Date.now() : 0;
  const serverNow = () => Date.now() + drift;
  const age = (seconds) => {
    const text = words();
    if (seconds < 5) return text.now;
    if (seconds < 90) return text.seconds.replace("{n}", Math.round(seconds));
    if (seconds < 5400) return text.minutes.replace("{n}", Math.round(seconds / 60));
    if (seconds < 172800) return text.hours.replace("{n}", Math.round(seconds / 3600));
    return text.days.replace("{n}", Math.round(seconds / 86400));
  };
  const refreshAges = () => {
    const now = serverNow();
    document.querySelectorAll("[data-ago]").forEach((place) => {
      const text = age(Math.max(0, (now - Date.parse(place.dataset.ago)) / 1000));
      if (place.textContent !== text) place.textContent = text;
    });
  };
  refreshAges();
  setInterval(refreshAges, 1000);

  // ---- forms: a field that depends on another's value is shown with it; a list grows by a row
  const valueOf = (form, name) => new FormData(form).get(name);
  const showDependent = () => {
    document.querySelectorAll("[data-when]").forEach((field) => {
      const form = field.closest("form");
      if (form) field.hidden = valueOf(form, field.dataset.when) !== field.dataset.is;
    });
  };
  document.addEventListener("change", showDependent);
  showDependent();
  document.addEventListener("click", (event) => {
    const more = event.target.closest("[data-list-more]");
    if (!more) return;
    const list = more.closest("[data-list]");
    const rows = list.querySelectorAll(".list-row");
    if (rows.length >= Number(list.dataset.most)) { more.disabled = true; return; }
    const row = rows[rows.length - 1].cloneNode(true);
    const [before, after] = [rows.length - 1, rows.length];
    row.querySelectorAll("input[type=hidden]").forEach((carrier) => carrier.remove());
    row.querySelectorAll("[data-search][data-name]").forEach((input) => { input.name = input.dataset.name; delete input.dataset.name; });
    row.querySelector("legend").textContent = after + 1;
    for (const attribute of ["id", "name", "for", "list", "aria-describedby"]) {
      row.querySelectorAll(`[${attribute}]`).forEach((part) => part.setAttribute(attribute, part.getAttribute(attribute)
        .replace(`${list.dataset.list}[${before}]`, `${list.dataset.list}[${after}]`)
        .replace(`f-${list.dataset.list}-${before}-`, `f-${list.dataset.list}-${after}-`)));
    }
    row.querySelectorAll("input:not([type=radio]), textarea").forEach((input) => { input.value = ""; input.removeAttribute("value"); });
    row.querySelectorAll("input[type=radio]").forEach((input) => { input.checked = false; });
    more.before(row);
    row.querySelector("input, select, textarea")?.focus();
  });

  // ---- live connection: says when it is lost, and as of when the page's values are
  const lost = document.getElementById("lost");
  let lastHeard = serverNow();
  let lostTimer = null;
  // The page speaks in the district's time, which its own times carry, and so does the banner.
  const offset = made?.dateTime.match(/[+-]\d\d:\d\d$/)?.[0];
  const clock = (time) => {
    const parts = { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false };
    try { return new Intl.DateTimeFormat(root.lang, { ...parts, timeZone: offset }).format(time); } catch { return new Intl.DateTimeFormat(root.lang, parts).format(time); }
  };
  const showLost = () => {
    if (!lost.hidden) return;
    const detail = lost.querySelector("[data-lost-detail]");
    detail.textContent = detail.dataset.lostDetail.replace("{time}", clock(new Date(lastHeard)));
    lost.hidden = false;
  };
  const suspectLost = () => { lostTimer ??= setTimeout(showLost, 3000); };
  const found = () => { clearTimeout(lostTimer); lostTimer = null; lost.hidden = true; lastHeard = serverNow(); };
  document.body.addEventListener("htmx:sseError", suspectLost);
  let openedBefore = false;
  document.body.addEventListener("htmx:sseOpen", () => {
    found();
    // What happened while the stream was away is fetched once.
    if (openedBefore) document.querySelectorAll("[hx-trigger^='sse:']").forEach(again);
    openedBefore = true;
  });
  addEventListener("offline", () => { if (document.body.hasAttribute("sse-connect")) showLost(); });
  lost.querySelector("[data-reload]").addEventListener("click", () => location.reload());

  // ---- live regions: what a person has open, selected, in focus or under the finger survives the exchange
  let openDetails = [];
  let focused = null;
  let pressed = null;
  let announced = document.querySelector("[data-announce]")?.dataset.announce;
  const waiting = new Set();
  const again = (region) => window.htmx?.trigger(region, region.getAttribute("hx-trigger").split(/[\s,]/)[0]);
  const later = (region) => {
    waiting.add(region.id);
    setTimeout(() => { if (waiting.delete(region.id) && document.getElementById(region.id)) again(document.getElementById(region.id)); }, 1500);
  };
  const inHand = (region) => {
    const selection = getSelection();
    return region.contains(pressed) || (selection && !selection.isCollapsed && region.contains(selection.anchorNode)) ||
      (readback.open && region.contains(readbackForm)) || region.querySelector("[data-sent], :user-invalid") !== null ||
      (region.contains(document.activeElement) && document.activeElement.matches("input, textarea, select"));
  };
  addEventListener("pointerdown", (event) => { pressed = event.target; });
  ["pointerup", "pointercancel"].forEach((name) => addEventListener(name, () => setTimeout(() => { pressed = null; }, 250)));
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden || inHand(event.detail.target)) { event.preventDefault(); later(event.detail.target); }
  });
  const sameAs = (element) => element && (element.id || `${element.tagName} ${element.getAttribute("href") || element.textContent.trim()}`);
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr, serverResponse } = event.detail;
    // Another page than this one (signed out, an error) is never put in piecemeal.
    if (xhr.status !== 200 || !serverResponse.includes(`id="${target.id}"`)) { event.detail.shouldSwap = false; return; }
    if (inHand(target)) { event.detail.shouldSwap = false; later(target); return; }
    openDetails = [...target.querySelectorAll("details[open][id]")].map((box) => box.id);
    focused = target.contains(document.activeElement) ? sameAs(document.activeElement) : null;
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    openDetails.forEach((id) => { const box = document.getElementById(id); if (box) box.open = true; });
    if (focused) [...document.querySelectorAll("main a, main button, main summary, main [tabindex]")].find((element) => sameAs(element) === focused)?.focus({ preventScroll: true });
    focused = null;
    refreshAges();
    prepare();
    const headline = document.querySelector("[data-announce]")?.dataset.announce;
    if (headline && headline !== announced) say(headline);
    announced = headline;
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) location.reload(); else suspectLost();
  });
  document.body.addEventListener("htmx:sendError", suspectLost);
  document.body.addEventListener("htmx:afterOnLoad", found);

  // ---- read-back: the sentence is shown before the form goes; without script the server shows its own page
  const readback = document.getElementById("readback");
  let readbackForm = null;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.readback && !form.elements.confirmed) {
      event.preventDefault();
      readbackForm = form;
      readback.querySelector("[data-readback-text]").textContent = form.dataset.readback;
      readback.showModal();
      // The sentence takes the focus: it is read out, and a second Enter confirms nothing by accident.
      readback.querySelector("[data-readback-text]").focus();
      return;
    }
    if ("once" in form.dataset) {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      const button = event.submitter || form.querySelector("[type=submit]");
      button?.setAttribute("aria-busy", "true");
      say(words().sending);
    }
  });
  readback.querySelector("[data-readback-yes]").addEventListener("click", () => {
    const form = readbackForm;
    readback.close();
    const confirmed = document.createElement("input");
    Object.assign(confirmed, { type: "hidden", name: "confirmed", value: "yes" });
    form.append(confirmed);
    form.requestSubmit();
  });
  readback.querySelector("[data-readback-no]").addEventListener("click", () => readback.close());
  // Back from the browser's cache: forms may be sent again.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.elements.confirmed?.type === "hidden" && form.dataset.readback && form.elements.confirmed.remove();
      form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
    });
  });

  // ---- small conveniences
  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      try {
        await navigator.clipboard.writeText(copy.dataset.copy);
        copy.textContent = words().copied;
        say(words().copied);
      } catch {
        const text = copy.parentElement.querySelector("pre code");
        if (text) getSelection().selectAllChildren(text);
      }
    }
    const locate = event.target.closest("[data-locate]");
    if (locate && navigator.geolocation) {
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        const place = locate.closest("[data-place]");
        place.querySelector("[name$='.lat']").value = coords.latitude.toFixed(6);
        place.querySelector("[name$='.lon']").value = coords.longitude.toFixed(6);
      });
    }
  });
  // What was refused stays in sight though the scanner's box has the focus; a number that stands there is typed over.
  const first = document.querySelector("[data-focus]");
  const refused = document.querySelector("main .notice-danger[role=alert]");
  first?.focus({ preventScroll: refused !== null });
  if (first?.type === "number") first.select();
  refused?.scrollIntoView({ block: "center" });

  // Choice with search: asks the server for matches; expects [{ "value": …, "label": … }]. The box shows the chosen
  // one's name, and a hidden field beside it carries its identifier.
  const matches = async (input, words) => {
    const address = new URL(input.dataset.search, location.href);
    address.searchParams.set("q", words);
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    return answer?.ok ? await answer.json() : [];
  };
  const choose = (input, { value, label }) => {
    const carrier = document.createElement("input");
    Object.assign(carrier, { type: "hidden", name: input.name || input.dataset.name, value });
    input.dataset.name = carrier.name;
    input.removeAttribute("name");
    input.value = label;
    input.carrier?.remove();
    input.carrier = carrier;
    input.after(carrier);
  };
  let searchTimer = null;
  document.addEventListener("input", (event) => {
    const input = event.target.closest("[data-search]");
    if (!input) return;
    if (input.carrier) {
      input.name = input.dataset.name;
      input.carrier.remove();
      input.carrier = null;
    }
    const picked = [...(input.list?.options ?? [])].find((option) => option.value === input.value);
    if (picked) { choose(input, { value: picked.value, label: picked.textContent }); return; }
    clearTimeout(searchTimer);
    searchTimer = setTimeout(async () => {
      const found = await matches(input, input.value);
      input.list.replaceChildren(...found.map(({ value, label }) => Object.assign(document.createElement("option"), { value, textContent: label })));
      const named = found.find(({ label }) => label === input.value);
      if (named) choose(input, named);
    }, 200);
  });
  document.addEventListener("focusin", (event) => {
    const input = event.target.closest("[data-search]");
    if (input && !input.value && !input.list.options.length) input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.querySelectorAll("[data-search]").forEach(async (input) => {
    const known = input.value && (await matches(input, input.value)).find(({ value }) => value === input.value);
    if (known) choose(input, known);
  });

  // ---- tables: arrow keys go from row to row, only while the focus is inside
  document.addEventListener("keydown", (event) => {
    const table = event.target.closest?.("table[data-table]");
    const steps = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
    if (!table || !(event.key in steps) || event.ctrlKey || event.altKey || event.metaKey) return;
    const rows = [...table.querySelectorAll("tbody tr")].map((row) => row.querySelector("a, button")).filter(Boolean);
    if (!rows.length) return;
    const here = rows.findIndex((link) => link.closest("tr") === event.target.closest("tr"));
    const next = rows[Math.max(0, Math.min(rows.length - 1, here + steps[event.key]))];
    event.preventDefault();
    next.focus();
  });

  // ---- charts
  const drawn = new Map();
  const resolve = (name) => {
    const probe = document.createElement("span");
    probe.hidden = true;
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
  };
  const faint = (colour, part) => `rgba(${colour.match(/[\d.]+/g).slice(0, 3)}, ${part})`;

  const fetchChart = async (place) => {
    try {
      const answer = await fetch(place.dataset.chart, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      drawChart(place, await answer.json());
    } catch {
      if (!drawn.has(place)) fillPlot(place, words().chartFailed);
    }
  };
  const fillPlot = (place, text) => {
    drawn.get(place)?.plot?.destroy();
    drawn.delete(place);
    place.replaceChildren(Object.assign(document.createElement("p"), { className: "plot-failed", textContent: text }));
  };
  const drawChart = (place, data) => {
    if (!data.time.length) { fillPlot(place, words().chartEmpty); return; }
    const names = ["seen", "expected", "low", "high"].filter((name) => data[name]);
    const columns = [data.time, ...names.map((name) => data[name])];
    const kept = drawn.get(place);
    if (kept?.plot && kept.names.join() === names.join() && !kept.redraw) {
      kept.data = data;
      kept.plot.setData(columns);
      return;
    }
    kept?.plot?.destroy();
    const entry = { data, names, redraw: false };
    place.replaceChildren();
    entry.plot = new uPlot(options(place, entry), columns, place);
    drawn.set(place, entry);
  };
  const options = (place, entry) => {
    const { data, names } = entry;
    const zone = data.zone || undefined;
    const colour = { seen: resolve("--seen"), band: resolve("--band"), limit: resolve("--limit"), text: resolve("--ink-soft"), grid: resolve("--grid"), mark: resolve("--danger") };
    const font = `14px ${getComputedStyle(document.body).fontFamily}`;
    const series = {
      seen: { stroke: colour.seen, width: 2, spanGaps: false, points: { show: false } },
      expected: { stroke: colour.band, width: 1.5, dash: [6, 5], points: { show: false } },
      low: { stroke: faint(colour.band, 0.7), width: 1, dash: [2, 3], points: { show: false } },
      high: { stroke: faint(colour.band, 0.7), width: 1, dash: [2, 3], points: { show: false } },
    };
    const at = (name) => names.indexOf(name) + 1;
    const range = (plot, low, high) => {
      const limits = (entry.data.limits || []).map((limit) => limit.value).filter((value) => value <= high + (high - low) * 2 && value >= low - (high - low) * 2);
      const [from, to] = [Math.min(low, ...limits), Math.max(high, ...limits)];
      const margin = (to - from || Math.abs(to) || 1) * 0.08;
      return [from - margin, to + margin];
    };
    const format = (time, parts) => new Intl.DateTimeFormat(root.lang, { timeZone: zone, hour12: false, ...parts }).format(new Date(time));
    const span = data.time.at(-1) - data.time[0];
    const tick = span > 3 * 86400000 ? { month: "numeric", day: "numeric" } : span > 600000 ? { hour: "2-digit", minute: "2-digit" } : { hour: "2-digit", minute: "2-digit", second: "2-digit" };
    const numbers = new Intl.NumberFormat(root.lang, { maximumFractionDigits: 3 });
    const readout = (index) => {
      const read = document.querySelector(`[data-read="${CSS.escape(place.id)}"]`);
      if (!read || index < 0) return;
      const value = entry.data.seen[index];
      const low = entry.data.low?.[index], high = entry.data.high?.[index];
      const time = format(entry.data.time[index], { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" });
      read.textContent = `${time} · ${value == null ? "–" : numbers.format(value)} ${entry.data.unit}` +
        (low != null && high != null ? ` (${words().expected} ${numbers.format(low)}${root.lang === "ko" ? "~" : "–"}${numbers.format(high)})` : "");
    };
    const axis = { font, stroke: colour.text, grid: { stroke: colour.grid, width: 1 }, ticks: { stroke: colour.grid, width: 1 } };
    return {
      width: place.clientWidth || 600,
      height: place.clientWidth < 480 ? 220 : 280,
      ms: 1,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 8 } },
      scales: { x: { time: true }, y: { range } },
      axes: [
        { ...axis, space: 90, values: (_, splits) => splits.map((time) => format(time, tick)) },
        { ...axis, size: 64, values: (_, splits) => splits.map((value) => numbers.format(value)) },
      ],
      series: [{}, ...names.map((name) => series[name])],
      bands: data.low && data.high ? [{ series: [at("high"), at("low")], fill: faint(colour.band, 0.16) }] : [],
      hooks: {
        draw: [(plot) => {
          const { ctx } = plot;
          const { left, top, width, height } = plot.bbox;
          const scale = devicePixelRatio;
          ctx.save();
          ctx.beginPath();
          ctx.rect(left, top, width, height);
          ctx.clip();
          ctx.font = font.replace("14px", `${13 * scale}px`);
          ctx.lineWidth = 2 * scale;
          ctx.textAlign = "left";
          ctx.textBaseline = "alphabetic";
          for (const limit of entry.data.limits || []) {
            const y = plot.valToPos(limit.value, "y", true);
            ctx.strokeStyle = ctx.fillStyle = colour.limit;
            ctx.setLineDash([8 * scale, 6 * scale]);
            ctx.beginPath(); ctx.moveTo(left, y); ctx.lineTo(left + width, y); ctx.stroke();
            ctx.fillText(limit.label, left + 8 * scale, y - 6 * scale);
          }
          ctx.setLineDash([]);
          for (const mark of entry.data.marks || []) {
            const x = plot.valToPos(mark.time, "x", true);
            ctx.strokeStyle = ctx.fillStyle = colour.mark;
            ctx.beginPath(); ctx.moveTo(x, top); ctx.lineTo(x, top + height); ctx.stroke();
            const wide = ctx.measureText(mark.label).width;
            ctx.fillText(mark.label, x + wide + 10 * scale > left + width ? x - wide - 6 * scale : x + 6 * scale, top + 16 * scale);
          }
          ctx.restore();
        }],
        ready: [() => readout(entry.data.seen.findLastIndex((value) => value != null))],
        setCursor: [(plot) => readout(plot.cursor.idx ?? entry.data.seen.findLastIndex((value) => value != null))],
      },
    };
  };
  const drawCharts = () => drawn.forEach((entry, place) => { entry.redraw = true; drawChart(place, entry.data); });
  const sizes = new ResizeObserver((changes) => changes.forEach(({ target }) => {
    const plot = drawn.get(target)?.plot;
    if (plot && target.clientWidth && plot.width !== target.clientWidth) plot.setSize({ width: target.clientWidth, height: plot.height });
  }));
  const seen = new WeakSet();
  const near = new IntersectionObserver((changes) => changes.forEach(({ target, isIntersecting }) => {
    if (isIntersecting) { near.unobserve(target); fetchChart(target); }
  }), { rootMargin: "400px" });
  const prepare = () => {
    drawn.forEach((entry, place) => { if (!place.isConnected) { entry.plot?.destroy(); drawn.delete(place); } });
    document.querySelectorAll("[data-chart]").forEach((place) => {
      if (seen.has(place)) return;
      seen.add(place);
      sizes.observe(place);
      near.observe(place);
    });
    document.querySelectorAll("table[data-table]").forEach((table) => {
      const box = table.closest(".tablebox");
      if (!box || box.querySelector(".table-keys") || !table.querySelector("tbody a") || !matchMedia("(hover: hover)").matches) return;
      box.querySelector(".tablescroll").after(Object.assign(document.createElement("p"), { className: "table-keys", textContent: words().tableKeys }));
    });
  };
  // The event stream belongs to htmx; charts listen to it beside the regions, each for its own topic.
  document.body.addEventListener("htmx:sseOpen", ({ detail: { source } }) => {
    if (source.slipway) return;
    source.slipway = true;
    const topics = new Set([...document.querySelectorAll("[data-chart][data-topic]")].map((place) => place.dataset.topic));
    topics.forEach((topic) => source.addEventListener(topic, () => {
      lastHeard = serverNow();
      drawn.forEach((_, place) => { if (place.dataset.topic === topic && !document.hidden) fetchChart(place); });
    }));
  });
  if (window.uPlot) prepare(); else addEventListener("DOMContentLoaded", prepare);
})();
