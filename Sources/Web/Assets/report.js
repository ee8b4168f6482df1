// A report by QR. Without this script the form is sent as it is; with it the photo's SHA-256 is measured when it is
// taken, before anything is sent, and the report carries a key of this phone's making so that it never counts twice.
"use strict";

document.documentElement.classList.remove("no-js");

for (const form of document.querySelectorAll("form[data-report]")) {
  const find = (name) => form.querySelector(`[data-${name}]`);
  const [key, taken, photo, send, lost] = ["key", "taken", "photo", "send", "lost"].map(find);
  if (key && crypto.randomUUID) key.value = crypto.randomUUID();

  photo?.addEventListener("change", async () => {
    const file = photo.files[0];
    taken.value = "";
    find("chosen").hidden = !file;
    if (!file) return;
    const preview = find("preview");
    if (preview.src) URL.revokeObjectURL(preview.src);
    preview.src = URL.createObjectURL(file);
    find("hash").textContent = "";
    // Only a page that came by HTTPS (or from this machine) may measure; elsewhere the house measures on arrival alone.
    if (!crypto.subtle) return;
    const sum = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    if (photo.files[0] !== file) return;
    taken.value = [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    find("hash").textContent = taken.value.slice(0, 12);
  });

  form.addEventListener("submit", (event) => {
    lost.hidden = navigator.onLine;
    if (!navigator.onLine || send.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      return;
    }
    send.setAttribute("aria-busy", "true");
  });
  // Come back by the browser's own button, the form may be sent again: as the same report.
  addEventListener("pageshow", () => send.removeAttribute("aria-busy"));
  addEventListener("online", () => { lost.hidden = true; });
}
