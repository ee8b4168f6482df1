// Taking an inspection on a phone, and marking in the list what waits on this device. The questions come with the page
// (data-take), so that a kept copy of it asks them without a connection; answers go into a draft on the device with each
// tap, and into the outbox when they are signed. See offline.js.
"use strict";

(() => {
  const offline = self.SlipwayOffline;
  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const draftOf = (schedule) => `inspection:${schedule}`;

  // ---- the list of rounds: what has been begun, and what is done and waits to be sent
  const mark = async () => {
    const list = document.querySelector(".rounds");
    if (!list || !offline?.works) return;
    const drafts = new Set((await offline.drafts()).map((draft) => draft.id));
    const waiting = (await self.SlipwayOutbox.list()).filter((item) => item.state === "waiting" && item.command === "safety.inspection.submit");
    for (const card of list.querySelectorAll("[data-round]")) {
      const count = waiting.filter((item) => item.values?.schedule === card.dataset.round).length;
      const text = count ? list.dataset.onDevice : drafts.has(draftOf(card.dataset.round)) ? list.dataset.begun : "";
      let tag = card.querySelector("[data-device]");
      if (!tag && text) {
        tag = make("span", "badge badge-stale");
        tag.dataset.device = "yes";
        card.querySelector(".round-tags").prepend(tag);
      }
      if (tag) { tag.hidden = !text; if (tag.textContent !== text) tag.textContent = text; }
    }
  };
  addEventListener("slipway-outbox", () => { mark().catch(() => {}); });
  document.body.addEventListener("htmx:afterSwap", () => { mark().catch(() => {}); });

  const form = document.querySelector("[data-take]");
  if (!form || !offline?.works) { mark().catch(() => {}); return; }

  // ---- one inspection
  const words = form.dataset;
  let spec = JSON.parse(form.dataset.take);
  const id = draftOf(spec.schedule);
  let answers = {};
  let saving = Promise.resolve();
  let timer = null;
  const place = form.querySelector("[data-take-questions]");
  const keptPlace = form.querySelector("[data-take-kept]");
  const cards = new Map();

  const filesOf = () => [...new Set(Object.values(answers).flatMap((answer) => answer.photos ?? []))];
  // Each writing waits for the one before it, so that the last word is the one that stays.
  const keep = () => {
    clearTimeout(timer);
    timer = null;
    const value = { spec, answers: structuredClone(answers) };
    const files = filesOf();
    saving = saving.catch(() => {}).then(() => offline.saveDraft(id, value, files)).then((draft) => {
      keptPlace.textContent = `${words.kept} ${new Date(draft.changed).toLocaleTimeString(document.documentElement.lang, { timeZone: "Asia/Seoul" })}`;
      form.dataset.saved = draft.changed;
    });
    saving.catch(offline.failed);
    return saving;
  };
  const keepSoon = () => { clearTimeout(timer); timer = setTimeout(keep, 400); };
  addEventListener("pagehide", () => { if (timer) keep(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && timer) keep(); });

  const plain = (text) => /^-?\d+(\.\d+)?$/.test(text ?? "");
  const valueOf = (question) => {
    const answer = answers[question.id];
    return (question.kind === "text" ? answer?.words : answer?.value)?.trim() ?? "";
  };
  const fails = (question) => {
    const value = valueOf(question);
    if (!value || value === "na") return false;
    if (question.kind === "check") return value === "no";
    if (question.kind === "choice") return question.choices.some((choice) => choice.value === value && choice.fails);
    if (question.kind !== "number" || !plain(value)) return false;
    const number = Number(value);
    return (question.low !== undefined && number < question.low) || (question.high !== undefined && number > question.high) ||
      (question.below !== undefined && number >= question.below);
  };
  // What is asked now: a condition counts only where its own question is asked.
  const askedNow = () => {
    const given = {};
    return spec.questions.filter((question) => {
      if (question.when && given[question.when.question] !== question.when.is) return false;
      given[question.id] = valueOf(question);
      return true;
    });
  };
  const wrong = (question) => {
    const value = valueOf(question);
    if (!value) return question.required;
    if (question.kind === "number" && value !== "na" && !plain(value)) return true;
    return fails(question) && question.photo && !(answers[question.id].photos ?? []).length;
  };

  const show = () => {
    const asked = askedNow();
    const names = new Set(asked.map((question) => question.id));
    asked.forEach((question, index) => { cards.get(question.id).legend.textContent = `${index + 1}. ${question.text}`; });
    for (const [name, card] of cards) {
      card.box.hidden = !names.has(name);
      const failed = fails(card.question);
      card.box.classList.toggle("question-failed", failed);
      card.more.hidden = !failed && !card.opened && !answers[name]?.note && !(answers[name]?.photos ?? []).length;
      card.verdict.textContent = !valueOf(card.question) || card.question.kind === "text" ? "" : valueOf(card.question) === "na" ? words.na : failed ? words.failed : words.good;
      card.verdict.hidden = !card.verdict.textContent;
      card.verdict.className = `badge ${failed ? "badge-danger" : "badge-ok"}`;
      if (!wrong(card.question)) { card.box.classList.remove("question-wrong"); card.error.hidden = true; }
    }
    const done = asked.filter((question) => !wrong(question) && (valueOf(question) || !question.required)).length;
    form.querySelector("[data-take-progress]").textContent = `${done} / ${asked.length}`;
  };
  const set = (question, change) => { answers[question.id] = { ...answers[question.id], ...change }; show(); };

  const pick = (question, value, label, isFailure) => {
    const box = make("label", `pick${isFailure ? " pick-fails" : ""}`);
    const input = make("input");
    Object.assign(input, { type: "radio", name: question.id, value, checked: answers[question.id]?.value === value });
    input.addEventListener("change", () => { set(question, { value }); keep(); });
    box.append(input, make("span", "", label));
    return box;
  };
  const thumbs = async (question, list) => {
    list.replaceChildren();
    for (const name of answers[question.id]?.photos ?? []) {
      const kept = await offline.file(name);
      const item = make("figure", "thumb");
      const picture = make("img");
      picture.alt = name.slice(0, 12);
      if (kept) picture.src = URL.createObjectURL(kept.blob);
      const away = make("button", "button button-quiet", words.remove);
      away.type = "button";
      away.addEventListener("click", () => { set(question, { photos: answers[question.id].photos.filter((one) => one !== name) }); keep(); thumbs(question, list); });
      item.append(picture, away);
      list.append(item);
    }
  };
  const ask = (question) => {
    const box = make("fieldset", "panel question");
    box.dataset.question = question.id;
    const legend = make("legend", "", question.text);
    box.append(legend);
    const tags = make("p", "question-tags");
    const verdict = make("span", "badge");
    tags.append(make("span", "soft", `${words.ifFailed} ${question.severityLabel}`), verdict);
    if (question.photo) tags.append(make("span", "soft", words.photoNeeded));
    if (!question.required) tags.append(make("span", "soft", words.optional));
    box.append(tags);
    if (question.kind === "check" || question.kind === "choice") {
      const picks = make("div", "picks");
      if (question.kind === "check") picks.append(pick(question, "yes", words.yes, false), pick(question, "no", words.no, true));
      else question.choices.forEach((choice) => picks.append(pick(question, choice.value, choice.label, choice.fails)));
      if (question.na) picks.append(pick(question, "na", words.na, false));
      box.append(picks);
    } else if (question.kind === "number") {
      const line = make("div", "take-number");
      const input = make("input", "input");
      Object.assign(input, { type: "text", inputMode: "decimal", maxLength: 20, value: plain(answers[question.id]?.value) ? answers[question.id].value : "" });
      input.setAttribute("aria-label", `${question.text} (${question.unit})`);
      input.addEventListener("input", () => { set(question, { value: input.value.replace(",", ".").trim() }); keepSoon(); });
      input.addEventListener("change", keep);
      line.append(input, make("span", "unit", question.unit), make("span", "soft", question.bounds));
      if (question.na) {
        const none = pick(question, "na", words.na, false);
        none.addEventListener("change", () => { input.value = ""; });
        input.addEventListener("input", () => { none.querySelector("input").checked = false; });
        line.append(none);
      }
      box.append(line);
    } else {
      const area = make("textarea", "input");
      Object.assign(area, { rows: 3, maxLength: 2000, value: answers[question.id]?.words ?? "" });
      area.setAttribute("aria-label", question.text);
      area.addEventListener("input", () => { set(question, { words: area.value }); keepSoon(); });
      area.addEventListener("change", keep);
      box.append(area);
    }
    const error = make("p", "question-error", words.required);
    error.hidden = true;
    box.append(error);
    const more = make("div", "question-more");
    const label = make("label", "", words.note);
    const note = make("textarea", "input");
    Object.assign(note, { rows: 2, maxLength: 500, value: answers[question.id]?.note ?? "" });
    note.addEventListener("input", () => { set(question, { note: note.value }); keepSoon(); });
    note.addEventListener("change", keep);
    label.append(note);
    const camera = make("label", "button");
    const file = make("input", "visually-hidden");
    Object.assign(file, { type: "file", accept: "image/jpeg,image/png,image/webp" });
    file.setAttribute("capture", "environment");
    const list = make("div", "thumbs");
    file.addEventListener("change", async () => {
      try {
        const before = answers[question.id]?.photos ?? [];
        for (const photo of file.files) {
          // Taken into the device's keeping before it is shown as taken.
          const name = await offline.keepFile(photo);
          if (!before.includes(name) && before.length < 5) before.push(name);
        }
        file.value = "";
        set(question, { photos: before });
        await keep();
        await thumbs(question, list);
      } catch (problem) { offline.failed(problem); }
    });
    camera.append(make("span", "", words.addPhoto), file);
    more.append(label, camera, list);
    const open = make("button", "button button-quiet", `${words.note} · ${words.addPhoto}`);
    open.type = "button";
    open.addEventListener("click", () => { cards.get(question.id).opened = true; open.hidden = true; show(); });
    box.append(open, more);
    if (question.cite) box.append(make("p", "cell-note", question.cite));
    cards.set(question.id, { box, legend, question, verdict, error, more, opened: false });
    thumbs(question, list).catch(() => {});
    return box;
  };

  const handIn = async () => {
    const asked = askedNow();
    const missing = asked.filter(wrong);
    const signed = form.querySelector("[data-take-signed]").checked;
    const errors = form.querySelector("[data-take-errors]");
    errors.hidden = !missing.length;
    errors.querySelector("ul").replaceChildren(...missing.map((question) => make("li", "", question.text)));
    for (const question of missing) {
      const card = cards.get(question.id);
      card.box.classList.add("question-wrong");
      card.error.textContent = valueOf(question) ? words.requiredPhoto : words.required;
      card.error.hidden = false;
    }
    if (missing.length) { cards.get(missing[0].id).box.scrollIntoView({ block: "center" }); cards.get(missing[0].id).box.querySelector("input, textarea")?.focus({ preventScroll: true }); return; }
    if (!signed) { form.querySelector("[data-take-signed]").focus(); return; }
    await keep();
    const draft = await offline.draft(id);
    // Only what was asked: an answer whose question went away again stays behind.
    const given = asked.filter((question) => valueOf(question) || answers[question.id]?.note).map((question) => {
      const answer = answers[question.id];
      const entry = { question: question.id };
      if (question.kind === "text") entry.words = valueOf(question); else if (valueOf(question)) entry.value = valueOf(question);
      if (answer.note?.trim()) entry.note = answer.note.trim();
      if (answer.photos?.length) entry.photos = answer.photos.map((file) => ({ file }));
      return entry;
    });
    await offline.finish(id, {
      command: "safety.inspection.submit", form: spec.form, title: `${spec.title} – ${spec.place}`,
      files: [...new Set(given.flatMap((answer) => (answer.photos ?? []).map((photo) => photo.file)))],
      values: { schedule: spec.schedule, template: spec.template, version: spec.version, begun: draft.begun, answers: given, signed: true },
    });
    location.assign(words.next);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    handIn().catch(offline.failed).finally(() => { delete form.dataset.busy; });
  });

  (async () => {
    const draft = await offline.draft(id);
    if (draft) {
      // Begun on another version: it goes on with that one.
      document.querySelector("[data-take-older]").hidden = draft.value.spec.form === spec.form;
      spec = draft.value.spec;
      answers = draft.value.answers;
      keptPlace.textContent = words.kept;
    }
    document.querySelector("[data-take-version]").textContent = spec.version;
    place.replaceChildren(...spec.questions.map(ask));
    show();
    form.dataset.ready = "yes";
  })().catch(offline.failed);
})();
