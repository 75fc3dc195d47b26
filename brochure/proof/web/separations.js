"use strict";
// Separations: each ink's plate, and the total ink as a heat map that is computed from the plates.
(() => {
  const { h, fill, setStyle } = Proof.dom;
  const PIXELS_PER_POINT = 2; // of the heat map
  const MAX_PIXELS = 4000000;
  const DEFAULT_LIMIT = 300; // percent
  const readings = new Map(); // page element → {width, height, plates: Map(ink → Uint8Array)}

  // Draw a page for a view into its sheet. `isWanted` says whether the view is still the one to show.
  async function show(edition, entry, view, isWanted) {
    if (view.mode === "heat") return showHeat(edition, entry, isWanted);
    const text = await Proof.backend.pageSvg(edition.id, entry.page, view.mode, view.ink);
    if (isWanted()) Proof.svg.show(entry.sheet, Proof.svg.parse(text));
    return undefined;
  }

  async function showHeat(edition, entry, isWanted) {
    const plates = await readPlates(edition, entry.page);
    if (!isWanted()) return;
    const canvas = h("canvas", { width: plates.width, height: plates.height });
    const image = new ImageData(plates.width, plates.height);
    paint(image.data, plates, limit());
    canvas.getContext("2d").putImageData(image, 0, 0);
    setStyle(canvas, { width: "100%", height: "100%" });
    Proof.svg.show(entry.sheet, canvas);
    readings.set(entry.element, plates);
    Proof.emit("heat", maximum(plates));
  }

  // Render each ink's plate in a canvas and keep its tints, 0 to 255.
  async function readPlates(edition, page) {
    const [width, height] = [page.width + 2 * page.bleed, page.height + 2 * page.bleed];
    const scale = Math.min(PIXELS_PER_POINT, Math.sqrt(MAX_PIXELS / (width * height)));
    const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
    const plates = new Map();
    for (const ink of edition.inks) {
      const text = await Proof.backend.pageSvg(edition.id, page, "plate", ink);
      plates.set(ink, await rasterize(await embedPictures(text), size));
    }
    return { ...size, plates };
  }

  // An SVG in an <img> loads no other files: replace the addresses of pictures by their data.
  async function embedPictures(text) {
    const root = Proof.svg.parse(text);
    await Promise.all(Array.from(root.querySelectorAll("image"), async (image) => {
      const address = image.getAttribute("href");
      if (address && !address.startsWith("data:")) image.setAttribute("href", await readPicture(address));
    }));
    return new XMLSerializer().serializeToString(root);
  }

  const pictures = new Map(); // address → promise of its data: URL

  function readPicture(address) {
    if (!pictures.has(address)) pictures.set(address, Proof.backend.picture(address));
    return pictures.get(address);
  }

  async function rasterize(text, size) {
    const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    try {
      const image = new Image(size.width, size.height);
      image.src = address;
      await image.decode();
      const canvas = h("canvas", { width: size.width, height: size.height });
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context.fillStyle = "#fff";
      context.fillRect(0, 0, size.width, size.height);
      context.drawImage(image, 0, 0, size.width, size.height);
      const pixels = context.getImageData(0, 0, size.width, size.height).data;
      const tints = new Uint8Array(size.width * size.height);
      for (let i = 0; i < tints.length; i += 1) tints[i] = 255 - pixels[4 * i];
      return tints;
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  function totals(plates) {
    const sums = new Uint16Array(plates.width * plates.height);
    for (const tints of plates.plates.values()) for (let i = 0; i < sums.length; i += 1) sums[i] += tints[i];
    return sums;
  }

  const maximum = (plates) => Math.round((totals(plates).reduce((most, sum) => Math.max(most, sum), 0) * 100) / 255);

  // Colours of the heat map: white, then yellow-green to blue up to the limit; red above it.
  function paint(data, plates, limitPercent) {
    const sums = totals(plates);
    const colours = new Map();
    for (let i = 0; i < sums.length; i += 1) {
      if (!colours.has(sums[i])) colours.set(sums[i], heatColour((sums[i] * 100) / 255, limitPercent));
      const colour = colours.get(sums[i]);
      data[4 * i] = colour[0];
      data[4 * i + 1] = colour[1];
      data[4 * i + 2] = colour[2];
      data[4 * i + 3] = 255;
    }
  }

  const STOPS = [[255, 255, 255], [255, 255, 204], [161, 218, 180], [65, 182, 196], [34, 94, 168], [37, 52, 148]];

  function heatColour(percent, limitPercent) {
    if (percent > limitPercent + 0.5) return [214, 16, 32];
    const place = Math.min(1, percent / limitPercent) * (STOPS.length - 1);
    const index = Math.min(STOPS.length - 2, Math.floor(place));
    return STOPS[index].map((value, channel) => Math.round(value + (STOPS[index + 1][channel] - value) * (place - index)));
  }

  const limit = () => (Proof.state.edition.ink_limit ? Math.round(100 * Proof.state.edition.ink_limit) : DEFAULT_LIMIT);

  const INKS = { cyan: () => Proof.t("Cyan"), magenta: () => Proof.t("Magenta"), yellow: () => Proof.t("Yellow"), black: () => Proof.t("Black") };

  const inkName = (ink) => (INKS[ink] ? INKS[ink]() : ink);

  // Choose what the pages show.
  function setView(mode, ink = "") {
    Proof.state.view = { mode, ink };
    Proof.emit("view");
  }

  function makeChoice(label, mode, ink, swatch) {
    const isChosen = Proof.state.view.mode === mode && Proof.state.view.ink === ink;
    const input = h("input", { type: "radio", name: "view", checked: isChosen, onchange: () => setView(mode, ink) });
    return h("label", { class: "choice" }, input, swatch, h("span", {}, label));
  }

  const SWATCHES = { cyan: "#009ee3", magenta: "#e5007d", yellow: "#ffec00", black: "#1a1a1a" };

  function makeSwatch(ink) {
    const swatch = h("span", { class: "swatch", "aria-hidden": "true" });
    setStyle(swatch, { background: SWATCHES[ink] || "#8a5a9e" });
    return swatch;
  }

  function makeLegend() {
    const percent = limit();
    const strip = h("canvas", { class: "legend", width: 256, height: 12, role: "img", "aria-label": Proof.t("Scale of the heat map: from no ink to more than the limit") });
    const context = strip.getContext("2d");
    for (let x = 0; x < 256; x += 1) {
      context.fillStyle = `rgb(${heatColour((x / 255) * percent * 1.12, percent).join(",")})`;
      context.fillRect(x, 0, 1, 12);
    }
    const scale = h("div", { class: "legend-scale" }, h("span", {}, "0 %"), h("span", {}, `${Math.round(percent / 2)} %`), h("span", {}, Proof.t("limit {percent} %", { percent })));
    return h("div", {}, strip, scale);
  }

  // The panel: the choice of the view, the legend of the heat map, and the inks under the pointer.
  class SeparationsPanel {
    constructor() {
      this.reading = h("table", { class: "reading" });
      this.most = h("p", { class: "quiet" });
      this.element = h("div", { class: "panel-content" });
      Proof.on("view", () => this.render());
      Proof.on("heat", (percent) => this.showMost(percent));
    }

    render() {
      const { inks, condition } = Proof.state.edition;
      this.most.textContent = "";
      this.largest = 0;
      fill(this.element,
        condition ? h("p", { class: "quiet" }, Proof.t("Press: {condition}", { condition })) : null,
        h("fieldset", { class: "choices" }, h("legend", {}, Proof.t("Show")),
          makeChoice(Proof.t("All inks"), "composite", "", null),
          inks.map((ink) => makeChoice(Proof.t("Plate: {ink}", { ink: inkName(ink) }), "plate", ink, makeSwatch(ink))),
          makeChoice(Proof.t("Total ink"), "heat", "", null)),
        Proof.state.view.mode === "heat" ? [makeLegend(), this.most, h("p", { class: "quiet" }, Proof.t("Point at a page to read its inks.")), this.reading] : null);
    }

    showMost(percent) {
      this.largest = Math.max(this.largest || 0, percent);
      this.most.textContent = Proof.t("Highest total ink on the pages shown: {percent} %", { percent: this.largest });
      this.most.classList.toggle("over", this.largest > limit() + 0.5);
    }

    // Show the inks at a position of the window.
    readAt(clientX, clientY) {
      if (Proof.state.view.mode !== "heat") return;
      const under = document.elementFromPoint(clientX, clientY);
      const element = under && under.closest(".page");
      const plates = element && readings.get(element);
      if (!plates) return;
      const box = element.querySelector(".sheet").getBoundingClientRect();
      const x = Math.floor(((clientX - box.left) / box.width) * plates.width);
      const y = Math.floor(((clientY - box.top) / box.height) * plates.height);
      if (x < 0 || y < 0 || x >= plates.width || y >= plates.height) return;
      const values = [...plates.plates].map(([ink, tints]) => [inkName(ink), (tints[y * plates.width + x] * 100) / 255]);
      const total = values.reduce((sum, value) => sum + value[1], 0);
      fill(this.reading, h("tbody", {}, [...values, [Proof.t("Total"), total]].map(([name, value]) =>
        h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, `${Math.round(value)} %`)))));
    }
  }

  Proof.separations = { show, setView, SeparationsPanel };
})();
