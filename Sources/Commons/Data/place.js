// A place is chosen by two sliders, by pointing at the map, or from the list of what people know. The boxes with degrees
// carry it; without this script they and the list do the same.
(() => {
  const picker = document.querySelector("[data-picker]");
  if (!picker) return;
  const field = picker.closest("[data-place]");
  const [lat, lon] = ["lat", "lon"].map((name) => field.querySelector(`[name='place.${name}']`));
  const [x, y] = ["x", "y"].map((axis) => picker.querySelector(`[data-axis='${axis}']`));
  const near = field.querySelector("[name='place.near']");
  const mark = picker.querySelector("[data-mark]");
  const said = picker.querySelector("[data-said]");
  const svg = picker.querySelector("svg");
  const edge = Object.fromEntries(["west", "east", "south", "north"].map((name) => [name, Number(picker.dataset[name])]));
  const landmarks = [...near.options].filter((option) => option.dataset.lat)
    .map((option) => ({ name: option.textContent.trim(), lat: Number(option.dataset.lat), lon: Number(option.dataset.lon) }));
  const metres = (one, other) => {
    const north = (one.lat - other.lat) * 111195;
    return Math.hypot(north, (one.lon - other.lon) * 111195 * Math.cos(one.lat * Math.PI / 180));
  };
  const tell = () => {
    const isSet = lat.value.trim() !== "" && lon.value.trim() !== "";
    mark.toggleAttribute("hidden", !isSet);
    let text = picker.dataset.none;
    if (isSet) {
      const place = { lat: Number(lat.value), lon: Number(lon.value) };
      x.value = (place.lon - edge.west) / (edge.east - edge.west) * 600;
      y.value = (place.lat - edge.south) / (edge.north - edge.south) * 600;
      mark.setAttribute("transform", `translate(${x.value} ${600 - y.value})`);
      const nearest = landmarks.reduce((best, one) => (metres(one, place) < metres(best, place) ? one : best));
      text = picker.dataset.near.replace("{name}", nearest.name).replace("{metres}", Math.round(metres(nearest, place) / 10) * 10);
    }
    if (said.textContent !== text) said.textContent = text;
    for (const slider of [x, y]) slider.setAttribute("aria-valuetext", text);
  };
  const set = (east, north) => {
    lon.value = (edge.west + east / 600 * (edge.east - edge.west)).toFixed(6);
    lat.value = (edge.south + north / 600 * (edge.north - edge.south)).toFixed(6);
    tell();
  };
  for (const slider of [x, y]) slider.style.width = "100%";
  for (const slider of [x, y]) slider.addEventListener("input", () => { near.value = ""; set(Number(x.value), Number(y.value)); });
  svg.addEventListener("click", (event) => {
    const box = svg.getBoundingClientRect();
    near.value = "";
    set((event.clientX - box.left) / box.width * 600, 600 - (event.clientY - box.top) / box.height * 600);
  });
  near.addEventListener("change", () => {
    const chosen = near.selectedOptions[0];
    if (!chosen.dataset.lat) return;
    lat.value = chosen.dataset.lat;
    lon.value = chosen.dataset.lon;
    tell();
  });
  picker.querySelector("[data-clear]").addEventListener("click", () => { lat.value = ""; lon.value = ""; near.value = ""; tell(); });
  for (const box of [lat, lon]) box.addEventListener("change", tell);
  tell();
})();
