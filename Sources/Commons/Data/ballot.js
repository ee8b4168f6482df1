// Who goes back finds an empty ballot, and no other person's: a page out of the browser's memory is fetched anew.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// The receipt takes the place of the ballot that was read back, so that Back does not ask to send it again. Where this fails the
// form is sent as it is; sent twice it is one ballot.
(() => {
  const form = document.querySelector("[data-cast]");
  if (!form) return;
  let isPlain = false;
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (isPlain || !button || button.value !== "cast") return;
    event.preventDefault();
    const said = new URLSearchParams(new FormData(form));
    said.set(button.name, button.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body: said, credentials: "same-origin" });
      if (answer.redirected) return location.replace(answer.url);
    } catch { /* sent below */ }
    isPlain = true;
    form.requestSubmit(button);
  });
})();

// What is left of a budget or of points while somebody chooses. The page says the same without it, once it is checked.
(() => {
  const form = document.querySelector("[data-ballot]");
  if (!form) return;
  const said = form.querySelector("[data-left]");
  const bar = form.querySelector("[data-bar]");
  const limit = Number(form.dataset.limit || 0);
  const points = Number(form.dataset.points || 0);
  const most = Number(form.dataset.most || 0);
  const won = (number) => form.dataset.won.replace("{n}", Math.abs(number).toLocaleString("ko-KR"));
  const sum = () => {
    let cost = 0, dealt = 0, count = 0;
    for (const box of form.querySelectorAll("[data-option]")) {
      const isChosen = box.type === "checkbox" ? box.checked : Number(box.value || 0) !== 0;
      if (!isChosen) continue;
      count += 1;
      cost += Number(box.dataset.cost || 0);
      if (box.type === "number") dealt += Number(box.value || 0);
    }
    const parts = [form.dataset.count.replace("{n}", count).replace("{most}", most)];
    let isOver = count > most;
    if (limit > 0) {
      parts.push((cost > limit ? form.dataset.over : form.dataset.remains).replace("{n}", won(limit - cost)));
      if (bar) bar.value = Math.min(limit, cost);
      isOver = isOver || cost > limit;
    }
    if (points > 0) {
      parts.push((dealt > points ? form.dataset.overPoints : form.dataset.remainsPoints).replace("{n}", Math.abs(points - dealt)));
      isOver = isOver || dealt > points;
    }
    said.textContent = parts.join(" · ");
    said.parentElement.classList.toggle("notice-warn", isOver);
  };
  form.addEventListener("input", sum);
  window.addEventListener("pageshow", () => { form.reset(); sum(); });
  sum();
})();
