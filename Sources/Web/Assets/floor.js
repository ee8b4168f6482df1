// The maps of Robots: a site's floor as it is now, its editor, where time was lost, and an hour again.
// One drawing for all four: the plan lies on a canvas of its own that is drawn anew only when the view changes; vehicles
// move on a second one above it. Whatever is drawn stands in words beside the map.
"use strict";
(() => {
  const root = document.querySelector("[data-floor-mode]");
  if (!root) return;
  const mode = root.dataset.floorMode;
  const words = root.dataset;
  const lang = document.documentElement.lang;
  const say = (name) => (name ? name[lang] || name.ko || name.en : "");

  // ---- colours: a canvas reads no custom properties, so each is asked of an element that has it.
  const probe = document.createElement("span");
  probe.hidden = true;
  root.append(probe);
  let colours = {};
  let font = "sans-serif";
  const readColours = () => {
    font = getComputedStyle(document.body).fontFamily;
    for (const name of ["ink", "ink-soft", "line", "line-strong", "surface", "sunken", "primary", "ok", "warn", "danger", "stale", "info", "on-mark"]) {
      probe.style.color = `var(--${name})`;
      colours[name] = getComputedStyle(probe).color;
    }
  };

  // ---- the view: metres to pixels, y upwards.
  const canvas = root.querySelector(".floor-canvas");
  const pen = canvas.getContext("2d");
  const still = document.createElement("canvas");
  const stillPen = still.getContext("2d");
  const view = { scale: 10, x: 0, y: 0, floor: null, ratio: 1, dirty: true };
  let plan = null;
  let nodes = new Map();
  const screen = (x, y) => [(x - view.x) * view.scale + canvas.width / view.ratio / 2, canvas.height / view.ratio / 2 - (y - view.y) * view.scale];
  const metres = (px, py) => [(px - canvas.width / view.ratio / 2) / view.scale + view.x, (canvas.height / view.ratio / 2 - py) / view.scale + view.y];
  const changed = () => { view.dirty = true; wake(); };
  const size = () => {
    view.ratio = Math.min(devicePixelRatio || 1, 2);
    const box = canvas.getBoundingClientRect();
    canvas.width = still.width = Math.max(1, Math.round(box.width * view.ratio));
    canvas.height = still.height = Math.max(1, Math.round(box.height * view.ratio));
    changed();
  };
  const fit = () => {
    const here = plan ? plan.nodes.filter((node) => node.map === view.floor).map((node) => [node.x, node.y]) : [];
    for (const zone of plan?.zones ?? []) if (zone.map === view.floor) here.push(...zone.corners);
    if (!here.length) { Object.assign(view, { scale: 20, x: 0, y: 0 }); return changed(); }
    const xs = here.map((at) => at[0]), ys = here.map((at) => at[1]);
    const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    view.x = (left + right) / 2; view.y = (low + high) / 2;
    view.scale = Math.min(80, Math.max(0.2, Math.min(canvas.width / view.ratio / (right - left + 6), canvas.height / view.ratio / (high - low + 6))));
    changed();
  };
  const zoom = (factor, px, py) => {
    const [x, y] = metres(px, py);
    view.scale = Math.min(200, Math.max(0.2, view.scale * factor));
    const [nx, ny] = metres(px, py);
    view.x += x - nx; view.y += y - ny;
    changed();
  };
  const within = (corners, x, y) => {
    let inside = false;
    corners.forEach(([ax, ay], index) => {
      const [bx, by] = corners[(index + 1) % corners.length];
      if ((ay > y) !== (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax) inside = !inside;
    });
    return inside;
  };
  const middle = () => [canvas.width / view.ratio / 2, canvas.height / view.ratio / 2];
  const setFloor = (id) => {
    view.floor = id;
    root.querySelectorAll("[data-floor]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.floor === id)));
    fit();
    root.dispatchEvent(new Event("floor"));
  };

  // ---- patterns, so that nothing is told by colour alone.
  const pattern = (kind) => {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 12;
    const tip = tile.getContext("2d");
    const colour = { closed: colours.danger, held: colours.warn, blocked: colours.danger, speed: colours.info, cost: colours.stale, capacity: colours.info }[kind];
    if (!colour) return null;
    tip.strokeStyle = tip.fillStyle = colour;
    tip.lineWidth = kind === "closed" ? 3.5 : 1.2;
    tip.beginPath();
    if (kind === "closed" || kind === "blocked") { tip.moveTo(-3, 15); tip.lineTo(15, -3); tip.moveTo(-9, 9); tip.lineTo(9, -9); tip.moveTo(3, 21); tip.lineTo(21, 3); }
    if (kind === "blocked") { tip.moveTo(-3, -3); tip.lineTo(15, 15); }
    if (kind === "held") { tip.lineWidth = 3; tip.moveTo(0, 6); tip.lineTo(12, 6); }
    if (kind === "cost") { tip.moveTo(6, 0); tip.lineTo(6, 12); }
    tip.stroke();
    if (kind === "speed") { tip.beginPath(); tip.arc(6, 6, 1.2, 0, 7); tip.fill(); }
    if (kind === "capacity") { tip.strokeRect(3, 3, 5, 5); }
    return stillPen.createPattern(tile, "repeat");
  };
  let patterns = {};
  const ruleWords = (zone) => ({ blocked: words.noDriving, speed: `${words.atMost} ${zone.value} m/s`, capacity: `${words.atMost} ${zone.value}`, cost: `×${zone.value}` }[zone.rule] ?? "");
  const text = (on, label, x, y, colour, size = 13, weight = 600) => {
    on.font = `${weight} ${size}px ${font}`;
    on.textAlign = "center";
    on.lineWidth = 3.5;
    on.strokeStyle = colours.surface;
    on.strokeText(label, x, y);
    on.fillStyle = colour;
    on.fillText(label, x, y);
  };
  const area = (corners) => {
    stillPen.beginPath();
    corners.forEach(([x, y], index) => { const [px, py] = screen(x, y); if (index) stillPen.lineTo(px, py); else stillPen.moveTo(px, py); });
    stillPen.closePath();
  };

  let marks = [];
  let chosen = null;
  let faulty = new Set();
  let heat = [];
  const drawPlan = () => {
    stillPen.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    stillPen.fillStyle = colours.surface;
    stillPen.fillRect(0, 0, still.width, still.height);
    if (!plan) return;
    const closed = new Map();
    for (const mark of marks) for (const zone of mark.zones) closed.set(zone, mark);
    const whole = marks.find((mark) => mark.all);
    if (whole) { stillPen.fillStyle = patterns[whole.hold ? "held" : "closed"]; stillPen.globalAlpha = 0.35; stillPen.fillRect(0, 0, still.width, still.height); stillPen.globalAlpha = 1; }
    const labels = [];
    for (const zone of plan.zones.filter((zone) => zone.map === view.floor)) {
      area(zone.corners);
      const mark = closed.get(zone.id);
      const kind = mark ? (mark.hold ? "held" : "closed") : zone.rule;
      if (patterns[kind]) { stillPen.fillStyle = patterns[kind]; stillPen.globalAlpha = mark ? 0.85 : 0.45; stillPen.fill(); stillPen.globalAlpha = 1; }
      stillPen.strokeStyle = mark ? colours[mark.hold ? "warn" : "danger"] : chosen?.list === "zones" && chosen.id === zone.id ? colours.primary : colours["line-strong"];
      stillPen.lineWidth = mark || (chosen?.list === "zones" && chosen.id === zone.id) ? 3 : 1;
      if (faulty.has(`zones/${zone.id}`)) { stillPen.strokeStyle = colours.danger; stillPen.lineWidth = 3; }
      stillPen.setLineDash(zone.rule === "named" && !mark ? [6, 4] : []);
      stillPen.stroke();
      stillPen.setLineDash([]);
      const top = zone.corners.reduce((best, corner) => (corner[1] > best[1] ? corner : best));
      const across = zone.corners.reduce((sum, corner) => sum + corner[0], 0) / zone.corners.length;
      const rule = ruleWords(zone);
      labels.push([`${say(zone.name)}${mark ? ` – ${mark.label}` : rule ? ` (${rule})` : ""}`, across, top[1], mark ? colours[mark.hold ? "warn" : "danger"] : colours["ink-soft"], undefined, mark ? 0 : zone.id.startsWith("civic-vote-") ? 2.5 : 3]);
    }
    stillPen.lineCap = "round";
    for (const edge of plan.edges) {
      const from = nodes.get(edge.from), to = nodes.get(edge.to);
      if (!from || !to || from.map !== view.floor || to.map !== view.floor) continue;
      const [ax, ay] = screen(from.x, from.y), [bx, by] = screen(to.x, to.y);
      const isChosen = chosen?.list === "edges" && chosen.id === edge.id;
      stillPen.strokeStyle = faulty.has(`edges/${edge.id}`) ? colours.danger : isChosen ? colours.primary : colours["line-strong"];
      stillPen.lineWidth = isChosen || faulty.has(`edges/${edge.id}`) ? 5 : Math.max(1.2, Math.min(4, view.scale / 8));
      stillPen.setLineDash(edge.door ? [8, 5] : []);
      stillPen.beginPath(); stillPen.moveTo(ax, ay); stillPen.lineTo(bx, by); stillPen.stroke();
      stillPen.setLineDash([]);
      if (edge.two_way === false && Math.hypot(bx - ax, by - ay) > 14) {
        const turn = Math.atan2(by - ay, bx - ax), [mx, my] = [(ax + bx) / 2, (ay + by) / 2];
        stillPen.fillStyle = stillPen.strokeStyle;
        stillPen.beginPath();
        for (const [reach, off] of [[8, 0], [6, 2.5], [6, -2.5]]) stillPen.lineTo(mx + Math.cos(turn + off) * reach, my + Math.sin(turn + off) * reach);
        stillPen.fill();
      }
    }
    const lifts = new Set((plan.lifts ?? []).flatMap((lift) => lift.stops));
    const big = mode === "edit";
    for (const node of plan.nodes) {
      if (node.map !== view.floor) continue;
      const [x, y] = screen(node.x, node.y);
      if (x < -50 || y < -50 || x > still.width || y > still.height) continue;
      const isChosen = chosen?.list === "nodes" && chosen.id === node.id;
      const kind = node.kind ?? "way", wrong = faulty.has(`nodes/${node.id}`);
      const reach = kind === "way" ? (big ? 6 : 2.5) : big ? 10 : 8;
      stillPen.fillStyle = kind === "way" ? colours["line-strong"] : colours.surface;
      stillPen.strokeStyle = wrong ? colours.danger : isChosen ? colours.primary : kind === "charger" ? colours.info : kind === "station" ? colours.ink : colours.ok;
      stillPen.lineWidth = isChosen || wrong ? 4 : 2;
      stillPen.beginPath();
      if (kind === "station") stillPen.rect(x - reach, y - reach, 2 * reach, 2 * reach);
      else if (kind === "escape") { stillPen.moveTo(x, y - reach - 2); stillPen.lineTo(x + reach + 1, y + reach - 1); stillPen.lineTo(x - reach - 1, y + reach - 1); stillPen.closePath(); }
      else stillPen.arc(x, y, reach, 0, 7);
      stillPen.fill();
      if (kind !== "way" || isChosen || wrong) stillPen.stroke();
      const sign = lifts.has(node.id) ? "↕" : { charger: "⚡", parking: "P" }[kind];
      if (sign) text(stillPen, sign, x, y + 4, colours.ink, 12, 700);
      if (node.name && (kind === "station" || view.scale > 14)) labels.push([say(node.name), node.x, node.y, colours.ink, reach, kind === "station" ? 1 : 2]);
      if (wrong) text(stillPen, "!", x, y - reach - 5, colours.danger, 18, 800);
    }
    // Names that would lie on another are left out, the less important first: robots, then what is held or closed, places of
    // work, other places, and zones. The list beside has them all.
    const taken = [...vehicles.values()].filter((one) => one.map === view.floor).map((one) => { const [px, py] = screen(one.x, one.y); return [px, py + Math.max(7, (plan.footprint ?? 0.4) * view.scale) + 15, 60]; });
    labels.sort((one, other) => one[5] - other[5]);
    for (const [label, x, y, colour, off] of labels) {
      const [px, py] = screen(x, y);
      const at = [px, py - (off ?? 0) - 6];
      const half = label.length * (lang === "ko" ? 6.5 : 3.8);
      if (taken.some(([tx, ty, th]) => Math.abs(tx - at[0]) < th + half && Math.abs(ty - at[1]) < 15)) continue;
      taken.push([at[0], at[1], half]);
      text(stillPen, label, at[0], at[1], colour, 13, off === undefined ? 500 : 600);
    }
    const most = Math.max(1, ...heat.map((place) => place.lost));
    for (const place of heat) {
      if (place.map !== view.floor) continue;
      const [x, y] = screen(place.x, place.y);
      const reach = 4 + 26 * Math.sqrt(place.lost / most);
      stillPen.globalAlpha = 0.35; stillPen.fillStyle = colours.danger;
      stillPen.beginPath(); stillPen.arc(x, y, reach, 0, 7); stillPen.fill();
      stillPen.globalAlpha = 1; stillPen.strokeStyle = colours.danger; stillPen.lineWidth = 1.5; stillPen.stroke();
      if (reach > 14) text(stillPen, `${Math.round(place.lost)} ${words.seconds}`, x, y + 5, colours.ink, 13, 700);
    }
    scaleBar();
  };
  const scaleBar = () => {
    const length = [1, 2, 5, 10, 20, 50, 100, 200].find((metre) => metre * view.scale > 60) ?? 500;
    const low = still.height / view.ratio - 14;
    stillPen.strokeStyle = colours.ink; stillPen.lineWidth = 3;
    stillPen.beginPath(); stillPen.moveTo(14, low); stillPen.lineTo(14 + length * view.scale, low); stillPen.stroke();
    text(stillPen, `${length} m`, 14 + length * view.scale / 2, low - 6, colours.ink, 12);
  };

  // ---- vehicles: between two reports they are where they would be by then.
  const vehicles = new Map();
  const STATES = { driving: "primary", working: "primary", clearing: "warn", idle: "ink-soft", charging: "info", riding: "info", fault: "danger", contested: "danger", lost: "stale", unheard: "stale", off: "stale" };
  const UNKNOWN = ["lost", "unheard", "off"];
  let moving = false;
  const drawVehicles = (now) => {
    moving = false;
    const many = vehicles.size > 60;
    for (const vehicle of vehicles.values()) {
      if (vehicle.map !== view.floor) continue;
      const share = vehicle.span ? Math.min(1, (now - vehicle.since) / vehicle.span) : 1;
      if (share < 1) moving = true;
      const x = vehicle.fromX + (vehicle.x - vehicle.fromX) * share, y = vehicle.fromY + (vehicle.y - vehicle.fromY) * share;
      let turn = vehicle.heading - vehicle.fromHeading;
      turn -= Math.round(turn / (2 * Math.PI)) * 2 * Math.PI;
      const heading = vehicle.fromHeading + turn * share;
      const [px, py] = screen(x, y);
      if (px < -40 || py < -40 || px > canvas.width || py > canvas.height) continue;
      const reach = Math.max(7, (plan?.footprint ?? 0.4) * view.scale);
      const colour = colours[STATES[vehicle.state] ?? (vehicle.state ? "warn" : "primary")];
      pen.lineWidth = 2.5;
      pen.strokeStyle = colour;
      pen.fillStyle = [undefined, "driving", "working", "clearing", "fault"].includes(vehicle.state) ? colour : colours.surface;
      pen.setLineDash(UNKNOWN.includes(vehicle.state) ? [4, 3] : []);
      pen.beginPath(); pen.arc(px, py, reach, 0, 7); pen.fill(); pen.stroke();
      pen.setLineDash([]);
      pen.beginPath();
      pen.moveTo(px + Math.cos(heading) * reach * 1.7, py - Math.sin(heading) * reach * 1.7);
      pen.lineTo(px + Math.cos(heading + 0.6) * reach, py - Math.sin(heading + 0.6) * reach);
      pen.lineTo(px + Math.cos(heading - 0.6) * reach, py - Math.sin(heading - 0.6) * reach);
      pen.fillStyle = colour; pen.fill();
      const sign = vehicle.call ? "!" : { fault: "!", contested: "!", lost: "?", unheard: "?", off: "?", charging: "⚡", idle: "‖", manual: "M", held: "■", stopping: "■", paused: "■", person: "☺", gate: "↕", riding: "↕", barred: "…", way: "…" }[vehicle.state];
      if (sign) { pen.font = `700 ${Math.max(11, reach)}px ${font}`; pen.textAlign = "center"; pen.fillStyle = vehicle.state === "fault" ? colours["on-mark"] : colour; pen.fillText(sign, px, py + Math.max(11, reach) * 0.36); }
      if (!many || view.scale > 18 || vehicle.call || vehicle.state === "fault") text(pen, [vehicle.name, vehicle.short ?? (vehicle.charge === undefined ? "" : `${vehicle.charge}%`)].filter(Boolean).join(" "), px, py + reach + 15, colours.ink, 12);
    }
  };
  let waking = 0;
  const frame = (now) => {
    waking = 0;
    if (view.dirty) { view.dirty = false; drawPlan(); }
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(still, 0, 0);
    pen.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    drawVehicles(now);
    above?.(pen, now);
    root.dataset.frames = String(Number(root.dataset.frames ?? 0) + 1);
    if (moving) wake();
  };
  const wake = () => { waking ||= requestAnimationFrame(frame); };
  let above = null;
  const place = (given, now, span) => {
    const last = vehicles.get(given.id);
    const share = last?.span ? Math.min(1, (now - last.since) / last.span) : 1;
    const jumps = !last || last.map !== given.map || Math.hypot(given.x - last.x, given.y - last.y) > 20;
    vehicles.set(given.id, {
      ...given, span: jumps ? 0 : span, since: now,
      fromX: jumps ? given.x : last.fromX + (last.x - last.fromX) * share,
      fromY: jumps ? given.y : last.fromY + (last.y - last.fromY) * share,
      fromHeading: jumps ? given.heading ?? 0 : last.fromHeading + (last.heading - last.fromHeading) * share,
      heading: given.heading ?? 0,
    });
  };
  const list = (entries) => {
    const box = root.querySelector("[data-floor-vehicles]");
    if (!box) return;
    root.querySelector("[data-floor-none]")?.toggleAttribute("hidden", entries.length > 0);
    const kept = new Map([...box.children].map((item) => [item.dataset.vehicle, item]));
    for (const entry of entries) {
      const item = kept.get(entry.id) ?? document.createElement("li");
      kept.delete(entry.id);
      item.dataset.vehicle = entry.id;
      const key = JSON.stringify([entry.says, entry.where, entry.power, entry.ago, entry.fault, entry.call, entry.mission]);
      if (item.dataset.key === key) continue;
      item.dataset.key = key;
      const link = document.createElement(entry.href ? "a" : "strong");
      if (entry.href) link.href = entry.href;
      link.textContent = entry.name;
      const parts = [link];
      if (entry.says) {
        const badge = document.createElement("span");
        badge.className = `badge badge-${entry.badge}`;
        badge.innerHTML = `<svg class="icon" aria-hidden="true"><use href="/assets/icons.svg#${entry.badge}"/></svg>`;
        badge.append(entry.says);
        parts.push(" ", badge);
      }
      if (entry.call) { const call = document.createElement("strong"); call.textContent = entry.call; parts.push(" ", call); }
      if (entry.mission) { const mission = document.createElement("a"); mission.href = entry.mission_href; mission.textContent = entry.mission; parts.push(" ", mission); }
      const rest = document.createElement("span");
      rest.className = "soft";
      rest.textContent = [entry.where, entry.power, entry.ago].filter(Boolean).join(" · ");
      parts.push(" ", rest);
      if (entry.fault) { const fault = document.createElement("strong"); fault.textContent = ` ${entry.fault}`; parts.push(fault); }
      item.replaceChildren(...parts);
      // Focus must not jump while somebody reads the list: entries stay where they are, new ones come last.
      if (!item.isConnected) box.append(item);
    }
    kept.forEach((item) => item.remove());
    const count = root.querySelector("[data-floor-count]");
    if (count) count.textContent = String(entries.length);
  };

  const take = (given) => {
    plan = given;
    nodes = new Map(plan.nodes.map((node) => [node.id, node]));
    if (!plan.maps.some((floor) => floor.id === view.floor)) setFloor(plan.maps[0]?.id);
    changed();
  };
  const json = async (path, options = {}) => {
    const answer = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(15_000), ...options, headers: { Accept: "application/json", ...options.headers } });
    const said = await answer.json();
    if (!answer.ok) throw said;
    return said;
  };

  // ---- moving about: one finger or the mouse drags, two fingers and the wheel zoom.
  const pointers = new Map();
  let gesture = null;
  const spot = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  let tool = null;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, spot(event));
    gesture = pointers.size === 1 ? { at: spot(event), moved: false, held: tool?.grab?.(spot(event)) } : { pinch: true };
  });
  canvas.addEventListener("pointermove", (event) => {
    const last = pointers.get(event.pointerId), now = spot(event);
    if (!last) return;
    const others = [...pointers].filter(([id]) => id !== event.pointerId);
    pointers.set(event.pointerId, now);
    if (others.length) {
      const far = (one) => Math.hypot(one[0] - others[0][1][0], one[1] - others[0][1][1]);
      zoom(far(now) / Math.max(1, far(last)), (now[0] + others[0][1][0]) / 2, (now[1] + others[0][1][1]) / 2);
    } else if (gesture?.held) {
      if (Math.hypot(now[0] - gesture.at[0], now[1] - gesture.at[1]) > 5) gesture.moved = true;
      if (gesture.moved) tool.drag(gesture.held, now);
    } else {
      // A glove trembles: less than this is a press, not a drag.
      if (gesture && Math.hypot(now[0] - gesture.at[0], now[1] - gesture.at[1]) > 8) gesture.moved = true;
      if (gesture?.moved) { view.x -= (now[0] - last[0]) / view.scale; view.y += (now[1] - last[1]) / view.scale; changed(); }
    }
  });
  const release = (event) => {
    if (!pointers.delete(event.pointerId)) return;
    if (event.type === "pointerup" && gesture && !gesture.pinch) {
      if (gesture.held && gesture.moved) tool.drop(gesture.held, spot(event));
      else if (!gesture.moved) tool?.press?.(spot(event));
    }
    if (!pointers.size) gesture = null;
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("wheel", (event) => {
    // The page scrolls unless the map has been chosen.
    if (document.activeElement !== canvas && !event.ctrlKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, ...spot(event));
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (tool?.key?.(event)) return event.preventDefault();
    const step = 60 / view.scale;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (moves[event.key]) { view.x += moves[event.key][0]; view.y += moves[event.key][1]; changed(); event.preventDefault(); }
    if (event.key === "+" || event.key === "=") zoom(1.25, ...middle());
    if (event.key === "-") zoom(0.8, ...middle());
  });
  root.querySelectorAll("[data-floor]").forEach((button) => button.addEventListener("click", () => setFloor(button.dataset.floor)));
  root.querySelectorAll("[data-zoom]").forEach((button) => button.addEventListener("click", () => {
    if (button.dataset.zoom === "fit") fit(); else zoom(button.dataset.zoom === "in" ? 1.4 : 1 / 1.4, ...middle());
  }));

  // ---- the four pages
  const live = async () => {
    const stale = root.querySelector("[data-floor-stale]");
    let edition = words.edition;
    take(await json(words.plan));
    const round = async () => {
      if (document.hidden) return;
      try {
        const said = await json(words.now);
        if (said.edition !== edition) { location.reload(); return; }
        const now = performance.now();
        const gone = new Set(vehicles.keys());
        for (const vehicle of said.vehicles) {
          gone.delete(vehicle.id);
          if (vehicle.map !== undefined) place(vehicle, now, 1000);
        }
        gone.forEach((id) => vehicles.delete(id));
        list(said.vehicles);
        // Which floor has robots stands on its button; names make way for robots that have moved.
        root.querySelectorAll("[data-floor]").forEach((button) => {
          button.dataset.label ??= button.textContent;
          const many = said.vehicles.filter((vehicle) => vehicle.map === button.dataset.floor).length;
          button.textContent = many ? `${button.dataset.label} (${words.vehicle} ${many})` : button.dataset.label;
        });
        if (vehicles.size <= 60) view.dirty = true;
        const told = JSON.stringify(said.marks);
        if (told !== root.dataset.marks) {
          root.dataset.marks = told;
          marks = said.marks;
          root.querySelector("[data-floor-marks]").replaceChildren(...marks.map((mark) => {
            const item = document.createElement("li");
            item.className = `notice notice-${mark.kind}`;
            const line = document.createElement("p");
            const strong = document.createElement("strong");
            strong.textContent = mark.label;
            line.append(strong, ` ${mark.where} – ${mark.says}`);
            item.append(line);
            return item;
          }));
          changed();
        }
        stale.hidden = true;
        wake();
      } catch { stale.hidden = false; }
    };
    const beat = async () => { await round(); setTimeout(beat, 1000); };
    document.addEventListener("visibilitychange", () => { if (!document.hidden) round(); });
    const pressed = root.querySelector("[data-press]");
    if (pressed) tool = { press: (at) => {
      const [x, y] = metres(...at);
      // The smallest that is pressed on: zones may lie in each other.
      const area = (zone) => Math.abs(zone.corners.reduce((sum, [ax, ay], index) => { const [bx, by] = zone.corners[(index + 1) % zone.corners.length]; return sum + ax * by - bx * ay; }, 0));
      const zone = plan.zones.filter((one) => one.map === view.floor && within(one.corners, x, y)).sort((one, other) => area(one) - area(other))[0];
      pressed.hidden = !zone;
      if (!zone) return;
      pressed.querySelector("[data-press-name]").textContent = say(zone.name);
      pressed.querySelector("[data-press-hold]").href = root.querySelector(`[data-zone-hold="${CSS.escape(zone.id)}"]`)?.href ?? "/robots/holds";
    } };
    beat();
  };

  const replay = async () => {
    const said = await json(words.history, { signal: AbortSignal.timeout(60_000) });
    if (!said.plan) return;
    take(said.plan);
    const slide = root.querySelector("[data-slide]"), clock = root.querySelector("[data-clock]");
    const play = root.querySelector("[data-play]");
    let at = said.first ?? 0, pace = 10, last = 0, runs = false;
    const show = () => {
      const entries = [];
      vehicles.clear();
      for (const vehicle of said.vehicles) {
        let low = 0, high = vehicle.points.length;
        while (low < high) { const mid = (low + high) >> 1; if (vehicle.points[mid][0] <= at) low = mid + 1; else high = mid; }
        const point = vehicle.points[low - 1], next = vehicle.points[low];
        // Silence of more than ten seconds is shown as silence, not filled in.
        const isHeard = point && at - point[0] <= 10;
        if (!point) { entries.push({ id: vehicle.id, name: vehicle.name, where: words.silent }); continue; }
        const flows = isHeard && next && next[3] === point[3] && next[0] - point[0] <= 10;
        const share = flows ? (at - point[0]) / Math.max(0.001, next[0] - point[0]) : 0;
        const x = point[1] + (flows ? (next[1] - point[1]) * share : 0), y = point[2] + (flows ? (next[2] - point[2]) * share : 0);
        const heading = flows && (next[1] !== point[1] || next[2] !== point[2]) ? Math.atan2(next[2] - point[2], next[1] - point[1]) : 0;
        vehicles.set(vehicle.id, { id: vehicle.id, name: vehicle.name, map: point[3], x, y, heading, fromX: x, fromY: y, fromHeading: heading, state: isHeard ? "driving" : "lost" });
        const floor = plan.maps.find((one) => one.id === point[3]);
        entries.push({ id: vehicle.id, name: vehicle.name, where: `${say(floor?.name)} ${x.toFixed(1)}, ${y.toFixed(1)} m${isHeard ? "" : ` · ${words.lost}`}` });
      }
      list(entries);
      slide.value = String(Math.floor(at));
      const moment = new Date((said.from + at) * 1000);
      clock.textContent = moment.toLocaleTimeString(lang === "ko" ? "ko-KR" : "en-GB", { timeZone: "Asia/Seoul" });
      slide.setAttribute("aria-valuetext", clock.textContent);
      wake();
    };
    const step = (now) => {
      if (!runs) return;
      at = Math.min(3600, at + (now - last) / 1000 * pace);
      last = now;
      show();
      if (at >= 3600) press(false);
      else requestAnimationFrame(step);
    };
    const press = (on) => {
      runs = on;
      play.setAttribute("aria-pressed", String(on));
      play.textContent = on ? play.dataset.pauseWord : play.dataset.playWord;
      if (on) { if (at >= 3600) at = said.first ?? 0; last = performance.now(); requestAnimationFrame(step); }
    };
    play.addEventListener("click", () => press(!runs));
    slide.addEventListener("input", () => { at = Number(slide.value); show(); });
    root.querySelectorAll("[data-pace]").forEach((button) => button.addEventListener("click", () => {
      pace = Number(button.dataset.pace);
      root.querySelectorAll("[data-pace]").forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
    }));
    root.querySelector("[data-events]").replaceChildren(...said.events.map((event) => {
      const item = document.createElement("li");
      const jump = document.createElement("button");
      jump.type = "button"; jump.className = "button button-quiet";
      jump.textContent = new Date((said.from + event.at) * 1000).toLocaleTimeString(lang === "ko" ? "ko-KR" : "en-GB", { timeZone: "Asia/Seoul" });
      jump.addEventListener("click", () => { at = Math.max(0, event.at); show(); });
      const link = document.createElement("a");
      link.href = event.href; link.textContent = event.says;
      item.append(jump, " ", link);
      return item;
    }));
    root.dataset.ready = "yes";
    show();
  };

  const edit = async () => {
    const told = root.querySelector("[data-say]"), find = root.querySelector("[data-find]");
    const forms = Object.fromEntries([...root.querySelectorAll("[data-form]")].map((form) => [form.dataset.form, form]));
    const state = { tool: "pick", from: null, corners: [], cross: null, busy: Promise.resolve() };
    const tell = (line) => { told.textContent = line; };
    const near = ([px, py], kinds = ["nodes", "edges", "zones"]) => {
      if (kinds.includes("nodes")) {
        let best = null;
        for (const node of plan.nodes) {
          if (node.map !== view.floor) continue;
          const [x, y] = screen(node.x, node.y), far = Math.hypot(x - px, y - py);
          // A finger in a glove covers this much.
          if (far < 24 && far < (best?.far ?? Infinity)) best = { list: "nodes", id: node.id, far };
        }
        if (best) return best;
      }
      if (kinds.includes("edges")) {
        let best = null;
        for (const edge of plan.edges) {
          const from = nodes.get(edge.from), to = nodes.get(edge.to);
          if (!from || !to || from.map !== view.floor || to.map !== view.floor) continue;
          const [ax, ay] = screen(from.x, from.y), [bx, by] = screen(to.x, to.y);
          const square = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
          const share = Math.max(0, Math.min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / square));
          const far = Math.hypot(px - ax - share * (bx - ax), py - ay - share * (by - ay));
          if (far < 14 && far < (best?.far ?? Infinity)) best = { list: "edges", id: edge.id, far };
        }
        if (best) return best;
      }
      if (kinds.includes("zones")) {
        const [x, y] = metres(px, py);
        for (const zone of plan.zones) {
          if (zone.map !== view.floor) continue;
          if (within(zone.corners, x, y)) return { list: "zones", id: zone.id };
        }
      }
      return null;
    };
    const found = () => chosen && plan[chosen.list].find((one) => one.id === chosen.id);
    const fill = () => {
      const one = found();
      if (!one) chosen = null;
      root.querySelector("[data-none]").hidden = Boolean(one);
      for (const [name, form] of Object.entries(forms)) {
        form.hidden = chosen?.list !== name;
        if (form.hidden) continue;
        for (const field of form.elements) {
          if (!field.name) continue;
          if (field.name === "name_ko") field.value = one.name?.ko ?? "";
          else if (field.name === "name_en") field.value = one.name?.en ?? "";
          else if (field.name === "one_way") field.checked = one.two_way === false;
          else field.value = one[field.name] ?? { kind: "way", slope: 0 }[field.name] ?? "";
        }
        const ends = form.querySelector("[data-ends]");
        if (ends) ends.textContent = `${say(nodes.get(one.from)?.name) || one.from} → ${say(nodes.get(one.to)?.name) || one.to}`;
      }
      find.value = chosen ? `${chosen.list}/${chosen.id}` : "";
      changed();
    };
    const choose = (one) => { chosen = one ? { list: one.list, id: one.id } : null; fill(); };
    const options = () => {
      find.replaceChildren(new Option("–", ""));
      const here = (id) => nodes.get(id)?.map === view.floor;
      for (const node of plan.nodes) if (node.map === view.floor) find.add(new Option(`● ${say(node.name) || node.id}`, `nodes/${node.id}`));
      for (const edge of plan.edges) if (here(edge.from)) find.add(new Option(`— ${say(nodes.get(edge.from)?.name) || edge.from} → ${say(nodes.get(edge.to)?.name) || edge.to}`, `edges/${edge.id}`));
      for (const zone of plan.zones) if (zone.map === view.floor) find.add(new Option(`▧ ${say(zone.name)}`, `zones/${zone.id}`));
    };
    const load = async () => {
      const said = await json(words.draft);
      faulty = new Set(said.faults.map((fault) => fault.field));
      take(said.plan);
      options();
      fill();
      showFaults(said.faults, said.hints);
      root.querySelector("[data-steps-said]").textContent = `${words.steps} ${said.revision}`;
      root.dataset.revision = String(said.revision);
    };
    const showFaults = (faults, hints = []) => {
      // Whether it may be published stands on the button itself.
      const button = root.querySelector('[data-do="publish"]');
      button.disabled = faults.length > 0;
      button.textContent = faults.length ? words.notYet.replace("{n}", String(faults.length)) : words.publish;
      root.querySelector("[data-hints]").replaceChildren(...hints.map((hint) => { const item = document.createElement("li"); item.textContent = hint; return item; }));
      root.querySelector("[data-faults]").replaceChildren(...(faults.length ? faults : [{ detail: words.noFaults, field: "" }]).map((fault) => {
        const item = document.createElement("li");
        const [listName, id] = fault.field.split("/");
        if (plan[listName]?.some?.((one) => one.id === id) && forms[listName]) {
          const go = document.createElement("button");
          go.type = "button"; go.className = "button button-quiet"; go.textContent = fault.detail;
          go.addEventListener("click", () => {
            const one = plan[listName].find((each) => each.id === id);
            const where = listName === "nodes" ? one : listName === "edges" ? nodes.get(one.from) : { map: one.map, x: one.corners[0]?.[0], y: one.corners[0]?.[1] };
            if (where) { if (where.map !== view.floor) setFloor(where.map); view.x = where.x; view.y = where.y; view.scale = Math.max(view.scale, 18); }
            choose({ list: listName, id });
            canvas.focus();
          });
          item.append(go);
        } else item.textContent = fault.detail;
        return item;
      }));
    };
    // One after the other, as they were made: each answers before the next leaves.
    const ask = (command, values, then) => (state.busy = state.busy.then(async () => {
      root.setAttribute("aria-busy", "true");
      try {
        await json(`/api/v1/commands/${command}`, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": words.csrf }, body: JSON.stringify({ site: words.site, ...values }) });
        tell(words.saved);
        if (then) return then();
        await load();
      } catch (said) {
        // What the list of faults says is not said a second time.
        const details = [...new Set((said?.errors ?? []).map((error) => error.detail))].filter((detail) => detail && !said.title?.includes(detail));
        const isListed = command === "robots.site.publish" && details.length > 0;
        tell([words.failed, said?.title, ...(isListed ? [] : details)].filter(Boolean).join(" "));
        if (said?.errors?.length && command === "robots.site.publish") { faulty = new Set(said.errors.map((error) => error.field)); showFaults(said.errors); changed(); }
        else await load().catch(() => {});
      } finally { root.removeAttribute("aria-busy"); }
    }));
    const round = (value) => Math.round(value * 10) / 10;
    const free = (letter, among) => { let number = among.length + 1; while (among.some((one) => one.id === letter + number)) number += 1; return letter + number; };
    const put = (node) => ask("robots.site-node.put", { node: node.id, map: node.map, x: node.x, y: node.y, kind: node.kind ?? "way", name_ko: node.name?.ko, name_en: node.name?.en, thing: node.thing });
    const join = (edge) => ask("robots.site-edge.join", { edge: edge.id, from: edge.from, to: edge.to, one_way: edge.two_way === false, speed: edge.speed, slope: edge.slope ?? 0, width: edge.width, lift: edge.lift, door: edge.door });
    const putZone = (zone) => ask("robots.site-zone.put", { zone: zone.id, map: zone.map, name_ko: zone.name?.ko, name_en: zone.name?.en, rule: zone.rule, value: zone.value, thing: zone.thing, corners: zone.corners.map(([x, y]) => ({ x, y })) });
    const put1 = { nodes: put, edges: join, zones: putZone };
    const act = (at) => {
      const [x, y] = metres(...at).map(round);
      if (state.tool === "node") {
        const id = free("n", plan.nodes), kind = root.querySelector("[data-new-kind]").value;
        const label = kind === "way" ? undefined : { ko: `${root.querySelector("[data-new-kind]").selectedOptions[0].text} ${id}`, en: `${kind} ${id}` };
        chosen = { list: "nodes", id };
        put({ id, map: view.floor, x, y, kind, name: label });
      } else if (state.tool === "join") {
        const one = near(at, ["nodes"]);
        if (!one) return;
        choose(one);
        if (!state.from) { state.from = one.id; tell(words.pickSecond); return; }
        if (state.from !== one.id) {
          const id = free("e", plan.edges);
          join({ id, from: state.from, to: one.id, speed: 1 });
          chosen = { list: "edges", id };
        }
        state.from = null;
      } else if (state.tool === "zone") {
        const first = state.corners[0];
        if (first && state.corners.length > 2 && Math.hypot(...screen(...first).map((value, index) => value - at[index])) < 24) return close();
        state.corners.push([x, y]);
        tell(words.zoneCorners);
        wake();
      } else choose(near(at));
    };
    const close = () => {
      const id = free("z", plan.zones);
      putZone({ id, map: view.floor, name: { ko: `구역 ${id}`, en: `Zone ${id}` }, rule: "named", corners: state.corners });
      chosen = { list: "zones", id };
      state.corners = [];
    };
    const remove = () => {
      const one = chosen;
      if (!one) return tell(root.querySelector("[data-none]").textContent);
      chosen = null;
      if (one.list === "nodes") ask("robots.site-node.remove", { node: one.id });
      if (one.list === "edges") ask("robots.site-edge.part", { edge: one.id });
      if (one.list === "zones") ask("robots.site-zone.remove", { zone: one.id });
    };
    const undo = () => ask("robots.site-draft.undo", {});
    tool = {
      grab: (at) => (state.tool === "pick" ? near(at, ["nodes"]) : null),
      drag: (held, at) => { const node = nodes.get(held.id); [node.x, node.y] = metres(...at).map(round); choose(held); },
      drop: (held, at) => { const [x, y] = metres(...at).map(round); ask("robots.site-node.move", { node: held.id, x, y }); },
      press: act,
      key: (event) => {
        const step = event.shiftKey ? 5 : 0.5;
        const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
        if (moves[event.key]) {
          state.cross = state.cross ?? [round(view.x), round(view.y)];
          state.cross = [round(state.cross[0] + moves[event.key][0]), round(state.cross[1] + moves[event.key][1])];
          const [px, py] = screen(...state.cross);
          if (px < 20 || py < 20 || px > canvas.width / view.ratio - 20 || py > canvas.height / view.ratio - 20) { [view.x, view.y] = state.cross; changed(); }
          tell(`${state.cross[0]}, ${state.cross[1]} m`);
          wake();
          return true;
        }
        if (event.key === "Enter" || event.key === " ") { state.cross = state.cross ?? [round(view.x), round(view.y)]; act(screen(...state.cross)); return true; }
        if (event.key === "Delete") { remove(); return true; }
        if (event.key === "Escape") { state.from = null; state.corners = []; choose(null); return true; }
        return false;
      },
    };
    above = (on) => {
      if (state.corners.length) {
        on.strokeStyle = colours.primary; on.lineWidth = 2.5; on.setLineDash([6, 4]);
        on.beginPath();
        state.corners.forEach((corner, index) => { const [x, y] = screen(...corner); if (index) on.lineTo(x, y); else on.moveTo(x, y); });
        on.stroke(); on.setLineDash([]);
        for (const corner of state.corners) { const [x, y] = screen(...corner); on.fillStyle = colours.primary; on.fillRect(x - 5, y - 5, 10, 10); }
      }
      if (state.cross && document.activeElement === canvas) {
        const [x, y] = screen(...state.cross);
        on.strokeStyle = colours.primary; on.lineWidth = 2;
        on.beginPath(); on.moveTo(x - 14, y); on.lineTo(x + 14, y); on.moveTo(x, y - 14); on.lineTo(x, y + 14); on.stroke();
      }
    };
    root.querySelectorAll("[data-tool]").forEach((button) => button.addEventListener("click", () => {
      Object.assign(state, { tool: button.dataset.tool, from: null, corners: [] });
      root.querySelectorAll("[data-tool]").forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
      if (state.tool === "zone") tell(words.zoneCorners);
      wake();
    }));
    const turn = () => { const edge = found(); if (edge) ask("robots.site-edge.join", { edge: edge.id, from: edge.to, to: edge.from, one_way: edge.two_way === false, speed: edge.speed, slope: -(edge.slope ?? 0), width: edge.width, lift: edge.lift, door: edge.door }); };
    const deeds = {
      remove, undo, turn,
      discard: () => { if (confirm(words.discardSure)) ask("robots.site-draft.discard", {}); },
      publish: () => ask("robots.site.publish", { source: "draft" }, () => { location.href = words.next; }),
    };
    root.querySelectorAll("[data-do]").forEach((button) => button.addEventListener("click", () => deeds[button.dataset.do]()));
    addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "z" && !event.target.closest("input, textarea, select")) { event.preventDefault(); undo(); }
    });
    find.addEventListener("change", () => { const [listName, ...id] = find.value.split("/"); choose(find.value ? { list: listName, id: id.join("/") } : null); });
    for (const [name, form] of Object.entries(forms)) form.addEventListener("submit", (event) => {
      event.preventDefault();
      const one = found();
      if (!one) return;
      const given = Object.fromEntries(new FormData(form));
      const numbers = ["x", "y", "speed", "slope", "value"];
      const next = { ...one };
      for (const [key, value] of Object.entries(given)) {
        if (key.startsWith("name_") || key === "one_way") continue;
        next[key] = numbers.includes(key) ? (value === "" ? undefined : Number(value)) : value;
      }
      if ("name_ko" in given) next.name = given.name_ko || given.name_en ? { ko: given.name_ko || given.name_en, en: given.name_en || given.name_ko } : undefined;
      if (name === "edges") next.two_way = !form.elements.one_way.checked;
      put1[name](next);
    });
    root.addEventListener("floor", () => { if (plan) { options(); state.cross = null; } });
    await load();
    fit();
    root.dataset.ready = "yes";
  };

  const start = async () => {
    readColours();
    patterns = Object.fromEntries(["closed", "held", "blocked", "speed", "cost", "capacity"].map((kind) => [kind, pattern(kind)]));
    new ResizeObserver(() => { const fresh = canvas.width <= 1; size(); if (fresh) fit(); }).observe(canvas);
    new MutationObserver(() => { readColours(); patterns = Object.fromEntries(Object.keys(patterns).map((kind) => [kind, pattern(kind)])); changed(); })
      .observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    size();
    if (mode === "live") await live();
    if (mode === "edit") await edit();
    if (mode === "replay") await replay();
    if (mode === "heat") { heat = JSON.parse(words.places); take(await json(words.plan)); if (words.counting) setTimeout(() => location.reload(), 2000); }
    root.dataset.ready = "yes";
  };
  start().catch((error) => { root.dataset.failed = String(error?.title ?? error); const stale = root.querySelector("[data-floor-stale]"); if (stale) stale.hidden = false; });
})();
