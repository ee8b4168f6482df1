// The talk page: one button, captions of all that is said, and everything also by keyboard and by typing. Without this
// script the page's form sends the same turns. Nobody is ever hurried: no step here has a limit of time.
"use strict";

(() => {
  const page = document.querySelector("[data-voice]");
  if (!page) return;
  document.documentElement.classList.remove("no-js");
  const find = (name) => page.querySelector(`[data-${name}]`);
  const words = document.querySelector("[data-words]").dataset;
  const language = document.documentElement.lang;
  const { Mouth, Ear } = window.SlipwaySound;
  const mouth = new Mouth({ language, house: page.dataset.say === "true" });
  const ear = new Ear({ language, mouth, house: page.dataset.hear === "true" });
  const [button, form, box] = [find("talk"), find("form"), find("text")];
  // Slower than people speak; asked to be slower still, it stays so for this tab.
  const PACE = 0.9;
  // From here on an answer is slow enough to be spoken of, in milliseconds.
  const SLOW = 1500;
  const kept = (name) => { try { return sessionStorage.getItem(`talk-${name}`); } catch { return null; } };
  const keep = (name, value) => {
    try { value == null ? sessionStorage.removeItem(`talk-${name}`) : sessionStorage.setItem(`talk-${name}`, value); } catch { /* a private window keeps nothing */ }
  };
  let [code, turn, state, rate, last] = [kept("code"), Number(kept("turn") ?? 0), "new", 1, ""];
  let [busy, byVoice, fresh] = [false, false, 0];
  if (find("code").value) [code, turn, state] = [find("code").value, Number(find("turn").value), find("state").value];

  // What the button is doing, told by words, by its shape and by its colour.
  function show(what) {
    button.dataset.mode = what;
    find("label").textContent = words[what];
    find("hint").textContent = words[`${what}Hint`] ?? "";
  }

  function note(text) {
    const line = find("note");
    line.hidden = !text;
    line.textContent = text ?? "";
  }

  function listen(isBarge) {
    if (!ear.isThere || !byVoice) return;
    if (!isBarge) show("listening");
    ear.listen({
      onwords: (text) => { find("heard").hidden = false; find("heard-text").textContent = text; },
      onbarge: () => { mouth.stop(); show("listening"); },
      onend: (text, fault) => {
        if (mouth.speaking && !text) return;
        if (text) { mouth.stop(); send({ text }); return; }
        show("idle");
        if (fault === "not-allowed" || fault === "service-not-allowed") { byVoice = false; note(words.denied); box.focus(); return; }
        if (fault === "no-speech" || fault === null) { send({ event: "silence" }); byVoice = false; return; }
        byVoice = false;
        note(words.failed);
      },
    });
  }

  async function speak(text, personal = false) {
    last = text;
    if (!mouth.isThere || !mouth.isOn || !(byVoice || fresh)) { show("idle"); if (byVoice) listen(); return; }
    const mine = ++fresh;
    show("speaking");
    // The house's recogniser hears a whole turn at once, its own voice with it: it waits until the page is silent.
    if (ear.isThere && !ear.house && byVoice) listen(true);
    await mouth.say(text, PACE * rate, personal);
    if (mine !== fresh) return;
    // Whatever was heard while the page spoke may be the page: it listens anew.
    if (button.dataset.mode === "speaking") {
      ear.abort();
      show("idle");
      if (byVoice && state !== "ended") listen();
    }
  }

  function list(name, items, make) {
    const place = find(name);
    place.replaceChildren(...items.map(make));
    (place.closest("section") ?? place).hidden = items.length === 0;
  }

  const element = (tag, more, ...inside) => {
    const made = Object.assign(document.createElement(tag), more);
    made.append(...inside);
    return made;
  };

  function answerButton(text, index) {
    return element("button", { type: "button", className: `voice-answer voice-answer-${index}`, textContent: text,
      onclick: () => say(text) });
  }

  function linkButton({ href, title }) {
    const call = href.startsWith("tel:");
    return element("li", {}, element("a", {
      href, className: "button voice-open", ...(call ? {} : { target: "_blank", rel: "noopener noreferrer" }),
      textContent: `${title} – ${call ? words.call : words.open}`,
    }));
  }

  function render(answer) {
    state = answer.state;
    rate = answer.reply.rate ?? 1;
    keep("speed", { 1: null, 0.8: "slow", 0.65: "slowest" }[rate] ?? null);
    // A number is heard digit by digit and read as it is written; what stands in the read-back is not written twice.
    const pairs = (answer.read_back ?? []).map(({ label, value, written }) => ({ label, value: written ?? value }));
    const twice = pairs.length ? `${pairs.map(({ label, value }) => `${label} ${value}`).join(", ")}.` : null;
    list("said", answer.reply.captions.filter((line) => line && line !== twice), (line) => element("p", { textContent: line }));
    list("pairs", pairs, ({ label, value }) =>
      element("div", {}, element("dt", { textContent: label }), element("dd", { textContent: value })));
    list("choices", answer.choices ?? [], answerButton);
    const emergency = (answer.links ?? []).some((link) => link.href === "tel:119") || state === "emergency";
    find("emergency").hidden = !emergency;
    list("links", (answer.links ?? []).filter((link) => link.href !== "tel:119"), linkButton);
    const number = answer.receipt?.number;
    if (number) { find("number").textContent = number; find("receipt").hidden = false; }
    if (emergency) find("call").focus();
    // What is to be answered stands where it can be seen, without anybody having to look for it: a read-back from its
    // beginning, with its answers below it.
    else if (pairs.length) page.querySelector(".voice-ask").scrollIntoView({ block: "start" });
    else [...page.querySelectorAll("[data-choices] button:last-child, [data-receipt]:not([hidden])")].at(-1)
      ?.scrollIntoView({ block: "nearest" });
    if (state === "handedOver") desk.begin();
    if (state === "ended") { code = null; keep("code", null); keep("turn", null); }
    speak(answer.reply.speech ?? answer.reply.text, Boolean(answer.private) || (answer.read_back ?? []).length > 0);
  }

  async function post(path, body) {
    const answer = await fetch(path, {
      method: "POST", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": page.dataset.csrf },
    });
    const json = await answer.json().catch(() => ({}));
    if (!answer.ok) throw Object.assign(new Error(json.detail ?? json.title ?? ""), { status: answer.status });
    return json;
  }

  // One turn. The same number again, after a lost line, gets the same answer and nothing happens twice.
  async function send(input) {
    if (busy) return;
    busy = true;
    note(null);
    ear.abort();
    show("thinking");
    const slow = setTimeout(() => { if (byVoice) mouth.say(words.thinkingSpoken, PACE * rate); note(words.thinkingSpoken); }, SLOW);
    try {
      if (desk.isOn && input.text) { await desk.tell(input.text); return; }
      const body = { ...input, language, channel: byVoice ? "voice" : "text" };
      if (code) Object.assign(body, { dialogue: code, turn: turn + 1 });
      else {
        if (kept("speed")) body.speed = kept("speed");
        if (find("age").value) body.age_group = find("age").value;
      }
      const answer = await post("/api/v1/agent/turns", body);
      note(null);
      [code, turn] = [answer.dialogue, answer.turn];
      keep("code", code);
      keep("turn", turn);
      clearTimeout(slow);
      render(answer);
    } catch (error) {
      show("idle");
      // A conversation that is over, or that another tab went on with, begins anew with what was just said.
      if ((error.status === 404 || error.status === 409) && code) {
        [code, turn, busy] = [null, 0, false];
        keep("code", null);
        keep("turn", null);
        clearTimeout(slow);
        return send(input);
      }
      note(error.status === 429 ? error.message : words.lost);
      if (byVoice) mouth.say(words.lost, PACE * rate);
    } finally {
      clearTimeout(slow);
      busy = false;
    }
  }

  function say(text) {
    mouth.stop();
    fresh += 1;
    if (!text.trim()) return;
    find("heard").hidden = false;
    find("heard-text").textContent = text;
    send({ text });
  }

  // A person at the desk: how many wait before, what they say, and what is said to them.
  const desk = {
    isOn: false, shown: 0, timer: null,
    begin() {
      if (this.isOn) return;
      this.isOn = true;
      find("desk").hidden = false;
      this.look();
    },
    async look() {
      clearTimeout(this.timer);
      try { this.render(await post("/api/v1/agent/desk", { dialogue: code })); } catch { /* the next look will tell */ }
      if (this.isOn) this.timer = setTimeout(() => this.look(), 3000);
    },
    async tell(text) {
      this.render(await post("/api/v1/agent/desk", { dialogue: code, text, turn: Date.now() }));
      note(null);
      show("idle");
    },
    render(answer) {
      find("desk-state").textContent = answer.text;
      const lines = answer.messages ?? [];
      list("desk-lines", lines, ({ who, name, text }) =>
        element("li", { className: `voice-line voice-${who}` }, element("strong", { textContent: name }), element("span", { textContent: text })));
      find("desk").hidden = false;
      // Danger is answered at once, and stays in view while the person at the desk is on the way.
      if (answer.emergency) {
        find("emergency").hidden = false;
        list("said", [answer.emergency.text], (line) => element("p", { textContent: line }));
        list("links", answer.emergency.links.filter((link) => link.href !== "tel:119"), linkButton);
        find("call").focus();
        speak(answer.emergency.text);
      }
      const newer = lines.slice(this.shown).filter((line) => line.who === "staff");
      this.shown = lines.length;
      if (newer.length) speak(newer.map((line) => line.text).join(" "), true);
      if (answer.state === "finished" || answer.state === "callback") this.end(answer.state === "finished");
    },
    end(isOver) {
      clearTimeout(this.timer);
      this.isOn = false;
      if (isOver) { [code, turn] = [null, 0]; keep("code", null); keep("turn", null); }
    },
  };

  button.addEventListener("click", () => {
    const mode = button.dataset.mode;
    if (mode === "listening") { ear.finish(); return; }
    if (mode === "thinking") return;
    byVoice = ear.isThere;
    if (mode === "speaking") { fresh += 1; mouth.stop(); ear.abort(); if (byVoice) { listen(); } else { show("idle"); } return; }
    fresh += 1;
    if (!ear.isThere) note(words.deaf);
    // The house speaks first: browsers let it only after somebody touched the page.
    if (state === "new") send({ event: "start" });
    else if (byVoice) listen();
    else { show("idle"); box.focus(); }
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const pressed = event.submitter?.name === "say" ? event.submitter.value : null;
    if (pressed === "restart") { restart(); return; }
    const text = pressed ?? box.value;
    if (pressed == null) { byVoice = false; box.value = ""; }
    say(text);
  });

  function restart() {
    desk.end(true);
    desk.shown = 0;
    for (const name of ["desk", "receipt", "emergency", "heard"]) find(name).hidden = true;
    say(words.restart);
  }

  find("sound").addEventListener("click", (event) => {
    mouth.isOn = !mouth.isOn;
    if (!mouth.isOn) mouth.stop();
    event.currentTarget.setAttribute("aria-pressed", String(mouth.isOn));
    event.currentTarget.textContent = mouth.isOn ? words.soundOn : words.soundOff;
  });
  find("print").addEventListener("click", () => print());
  addEventListener("pagehide", () => { mouth.stop(); ear.abort(); });
  addEventListener("offline", () => note(words.lost));
  addEventListener("online", () => note(null));

  show("idle");
  if (!ear.isThere) note(words.deaf);
  if (state === "handedOver") desk.begin();
})();
