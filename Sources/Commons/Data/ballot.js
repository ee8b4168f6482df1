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
  sum();
})();
