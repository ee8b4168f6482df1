// What a page hears with and speaks with: the browser's own speech engines, or the house's where it has some.
// Nothing is recorded here; whoever reads aloud must never be taken for whoever answers.
"use strict";

(() => {
  // So long nothing new must be heard before somebody has finished, in milliseconds: old people take their time.
  const PAUSE = 2500;
  const tag = (language) => (language === "ko" ? "ko-KR" : "en-US");
  // Somebody who has signed in shows with each call that it comes from this page.
  const proof = () => {
    const csrf = document.querySelector("[data-csrf]")?.dataset.csrf;
    return csrf ? { "X-CSRF-Token": csrf } : {};
  };
  const bare = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

  // Speaks. `say` resolves when it was spoken to the end or was stopped.
  class Mouth {
    constructor({ language, house }) {
      Object.assign(this, { language, house, speaking: "", isOn: true, stopNow: null });
    }

    get isThere() { return Boolean(this.house || window.speechSynthesis); }

    // What repeats somebody's own words is marked: the house's voice may be somebody else's machine.
    async say(text, rate, personal = false) {
      this.stop();
      if (!this.isOn || !this.isThere || !text) return;
      this.speaking = text;
      try {
        await (this.house ? this.byHouse(text, rate, personal) : this.byBrowser(text, rate));
      } finally {
        if (this.speaking === text) this.speaking = "";
      }
    }

    byBrowser(text, rate) {
      return new Promise((done) => {
        const words = new SpeechSynthesisUtterance(text);
        words.lang = tag(this.language);
        words.rate = rate;
        const voices = window.speechSynthesis.getVoices?.() ?? [];
        // A voice of this device keeps what is said on it.
        const own = voices.filter((voice) => voice.lang?.replace("_", "-").startsWith(words.lang.slice(0, 2)));
        const voice = own.find((voice) => voice.localService) ?? own[0];
        if (voice) words.voice = voice;
        // Some browsers never say that they have finished: nobody waits for them longer than the words can take.
        const last = setTimeout(done, 4000 + (text.length * 400) / rate);
        const end = () => { clearTimeout(last); done(); };
        words.onend = end;
        words.onerror = end;
        this.stopNow = () => { window.speechSynthesis.cancel(); end(); };
        window.speechSynthesis.speak(words);
      });
    }

    async byHouse(text, rate, personal) {
      const answer = await fetch("/api/v1/agent/say", {
        method: "POST", headers: { "Content-Type": "application/json", ...proof() },
        body: JSON.stringify({ text, language: this.language, speed: rate, personal }),
      });
      if (this.speaking !== text) return undefined;
      if (!answer.ok) {
        // Words that may not go there are read by the browser; of the rest the house is asked again.
        if (!personal && answer.status !== 503) this.house = false;
        return window.speechSynthesis ? this.byBrowser(text, rate) : undefined;
      }
      const sound = new AudioContext();
      const source = sound.createBufferSource();
      source.buffer = await sound.decodeAudioData(await answer.arrayBuffer());
      source.connect(sound.destination);
      // Stopped meanwhile: then nothing is said late.
      if (this.speaking !== text) return sound.close();
      await new Promise((done) => {
        source.onended = done;
        this.stopNow = () => { source.stop(); done(); };
        source.start();
      });
      return sound.close();
    }

    stop() {
      this.speaking = "";
      this.stopNow?.();
      this.stopNow = null;
    }
  }

  // Listens by the browser's recogniser. `onwords(text, isFinal)` while it hears, `onend(text, fault)` once.
  class Ear {
    constructor({ language, mouth, house }) {
      Object.assign(this, { language, mouth, house, active: null });
    }

    static get browsers() { return window.SpeechRecognition ?? window.webkitSpeechRecognition; }
    get isThere() { return Boolean(Ear.browsers || (this.house && navigator.mediaDevices && window.MediaRecorder)); }

    // What is left of words once the page's own voice, heard by the microphone, is taken off their beginning. A yes that
    // the page may have said itself is taken for nobody's.
    static without(own, text) {
      const words = text.split(/\s+/).filter(Boolean);
      let count = words.length;
      while (count > 0 && !bare(own).includes(bare(words.slice(0, count).join("")))) count -= 1;
      return words.slice(count).join(" ");
    }

    listen(handlers) {
      this.abort();
      return this.house ? this.byHouse(handlers) : this.byBrowser(handlers);
    }

    byBrowser({ onwords, onend, onbarge }) {
      const ear = new Ear.browsers();
      let [text, pause, over, own] = ["", null, false, this.mouth.speaking];
      ear.lang = tag(this.language);
      ear.continuous = true;
      ear.interimResults = true;
      ear.maxAlternatives = 1;
      const end = (fault) => {
        if (over) return;
        over = true;
        clearTimeout(pause);
        if (this.active === mine) this.active = null;
        try { ear.abort(); } catch { /* it had ended by itself */ }
        onend(text.trim(), fault);
      };
      const mine = {
        finish: () => end(null),
        abort: () => { over = true; clearTimeout(pause); try { ear.abort(); } catch { /* it had not begun */ } },
      };
      ear.onresult = (event) => {
        if (over) return;
        own = this.mouth.speaking || own;
        const all = [...event.results].map((result) => result[0].transcript).join(" ").trim();
        const heard = own ? Ear.without(own, all) : all;
        // While the page speaks, only words that it does not say itself stop it.
        if (own && bare(heard).length < 2) return;
        if (this.mouth.speaking) onbarge?.();
        text = heard;
        onwords(heard);
        clearTimeout(pause);
        pause = setTimeout(() => end(null), PAUSE);
      };
      ear.onerror = (event) => { if (event.error !== "aborted") end(event.error ?? "failed"); };
      ear.onend = () => end(text ? null : "no-speech");
      this.active = mine;
      try { ear.start(); } catch { end("failed"); }
    }

    // Sound goes to the house's own recogniser, piece by piece ended by whoever speaks: by the button or by falling silent.
    async byHouse({ onwords, onend }) {
      let [over, sound] = [false, null];
      const mine = { finish: () => sound?.stop(), abort: () => { over = true; sound?.stop(); } };
      this.active = mine;
      try {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true } });
        if (over) { stream.getTracks().forEach((track) => track.stop()); return; }
        sound = new MediaRecorder(stream);
        const pieces = [];
        sound.ondataavailable = (event) => pieces.push(event.data);
        sound.onstop = async () => {
          stream.getTracks().forEach((track) => track.stop());
          quiet.close();
          if (over) return;
          if (this.active === mine) this.active = null;
          try {
            const answer = await fetch(`/api/v1/agent/hear?language=${this.language}`, {
              method: "POST", headers: { "Content-Type": sound.mimeType || "audio/webm", ...proof() }, body: new Blob(pieces),
            });
            if (!answer.ok) { this.house = false; onend("", "network"); return; }
            const { text = "" } = await answer.json();
            if (text) onwords(text);
            onend(text, text ? null : "no-speech");
          } catch { onend("", "network"); }
        };
        const quiet = new Quiet(stream, PAUSE, () => sound.state !== "inactive" && sound.stop());
        sound.start();
      } catch (error) { onend("", error.name === "NotAllowedError" ? "not-allowed" : "audio-capture"); }
    }

    finish() { this.active?.finish(); }

    abort() {
      this.active?.abort();
      this.active = null;
    }
  }

  // Tells when somebody who spoke has fallen silent; whoever has not begun yet has all the time in the world.
  class Quiet {
    constructor(stream, pause, done) {
      this.context = new AudioContext();
      const meter = this.context.createAnalyser();
      this.context.createMediaStreamSource(stream).connect(meter);
      const wave = new Float32Array(meter.fftSize);
      let [spoke, since] = [false, performance.now()];
      this.timer = setInterval(() => {
        meter.getFloatTimeDomainData(wave);
        const loud = Math.sqrt(wave.reduce((sum, value) => sum + value * value, 0) / wave.length) > 0.015;
        if (loud) { spoke = true; since = performance.now(); }
        if (spoke && performance.now() - since > pause) { clearInterval(this.timer); done(); }
      }, 100);
    }

    close() { clearInterval(this.timer); this.context.close(); }
  }

  window.SlipwaySound = { Mouth, Ear };
})();
