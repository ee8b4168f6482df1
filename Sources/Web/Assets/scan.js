// Scanning with the phone's camera: a button beside every input that scanners type into. The browser's own reader of codes is
// used (BarcodeDetector); where there is none, or no camera, no button is shown, and typing and wedge scanners work as before.
// What was read goes into the input exactly as the code has it, and the form is sent, as a wedge scanner does by its Enter.
"use strict";
(async () => {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  const WANTED = ["qr_code", "data_matrix", "code_128", "ean_13", "ean_8", "upc_a", "upc_e", "itf", "code_39"];
  let formats;
  try {
    const known = await BarcodeDetector.getSupportedFormats();
    formats = WANTED.filter((format) => known.includes(format));
  } catch { return; }
  if (!formats.length) return;
  const detector = new BarcodeDetector({ formats });

  const put = (input, code) => {
    if (input.tagName === "TEXTAREA") {
      input.value += (input.value && !input.value.endsWith("\n") ? "\n" : "") + code + "\n";
      input.focus();
      return;
    }
    input.value = code;
    input.form?.requestSubmit();
  };

  // A number of one's own for each look, so that a camera that opens late does not go on for a dialog that was closed.
  let turn = 0;
  const look = async (input, button) => {
    const mine = ++turn;
    const box = document.createElement("dialog");
    box.className = "scan-box";
    box.setAttribute("aria-label", input.dataset.scan);
    const video = document.createElement("video");
    video.playsInline = true;
    video.muted = true;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button pick-button";
    close.textContent = "✕";
    close.setAttribute("aria-label", document.documentElement.lang === "ko" ? "닫기" : "Close");
    const said = document.createElement("p");
    said.setAttribute("role", "status");
    box.append(video, said, close);
    document.body.append(box);
    let stream = null;
    const end = () => {
      if (mine === turn) turn += 1;
      stream?.getTracks().forEach((track) => track.stop());
      box.remove();
      button.focus();
    };
    close.addEventListener("click", () => box.close());
    box.addEventListener("close", end, { once: true });
    box.showModal();
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    } catch {
      said.textContent = document.documentElement.lang === "ko"
        ? "카메라를 쓸 수 없습니다. 번호를 입력하거나 스캐너를 쓰십시오." : "The camera cannot be used. Please type the number, or use a scanner.";
      return;
    }
    if (mine !== turn) { stream.getTracks().forEach((track) => track.stop()); return; }
    video.srcObject = stream;
    // Not waited for: a camera that shows nothing yet must not keep the rest waiting.
    video.play().catch(() => {});
    while (mine === turn) {
      let codes = [];
      try { codes = await detector.detect(video); } catch { /* no picture yet */ }
      const code = codes[0]?.rawValue;
      if (mine === turn && code) {
        navigator.vibrate?.(80);
        box.close();
        put(input, code);
        return;
      }
      await new Promise((resume) => setTimeout(resume, 120));
    }
  };

  for (const input of document.querySelectorAll("[data-scan]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button pick-button scan-button";
    button.textContent = input.dataset.scan;
    button.addEventListener("click", () => look(input, button));
    input.after(button);
  }
})();
