"use strict";
// One edition's pages as spreads, with areas to click, overlays and comment pins. Two panes show two editions side by side.
(() => {
  const { h, fill, setStyle } = Proof.dom;
  const PIXELS_PER_POINT = 96 / 72;
  const MIN_ZOOM = 0.1;
  const MAX_ZOOM = 16;
  const MARGIN = 28; // pixels around a spread that is fitted into the pane
  const SPOT_TIME = 6000; // milliseconds
  const PRELOAD = "900px"; // pages this near to the visible part are loaded

  class Pane {
    constructor(role) {
      this.role = role; // "main" or "beside"
      this.edition = null;
      this.pages = new Map(); // number → {page, element, sheet, areas, guides, pins}
      this.zoom = Proof.memory.get("zoom", "fit");
      this.scale = 1;
      this.content = h("div", { class: "spreads" });
      this.scroller = h("div", { class: "pane", tabindex: "0", role: "group", onscroll: () => this.onScroll(), onwheel: (event) => this.onWheel(event) }, this.content);
      this.observer = new IntersectionObserver((entries) => this.onVisible(entries), { root: this.scroller, rootMargin: PRELOAD });
      new ResizeObserver(() => this.onResize()).observe(this.scroller);
      for (const name of ["pointerenter", "focusin", "wheel"]) this.scroller.addEventListener(name, () => Proof.emit("drive", this), { passive: true });
    }

    // Show an edition; pages whose version is unchanged keep their drawing.
    show(edition) {
      const anchor = this.edition ? this.anchor() : null;
      const sameEdition = this.edition && this.edition.id === edition.id;
      const before = this.pages;
      const focused = this.focusedArea();
      this.edition = edition;
      this.pages = new Map();
      this.scroller.setAttribute("aria-label", Proof.t("Pages: {edition}", { edition: Proof.findEdition(edition.id).name }));
      const byNumber = new Map(edition.pages.map((page) => [page.number, page]));
      const spreads = edition.spreads.map((numbers, index) => this.makeSpread(numbers, index, byNumber, sameEdition ? before : new Map()));
      this.observer.disconnect();
      fill(this.content, spreads);
      for (const one of this.pages.values()) this.observer.observe(one.element);
      this.applyZoom();
      if (anchor) this.goToAnchor(anchor);
      if (focused) this.focusArea(focused.page, focused.area);
      this.markSelected();
    }

    makeSpread(numbers, index, byNumber, before) {
      const pages = numbers.map((number) => byNumber.get(number)).filter(Boolean);
      const spread = h("div", { class: "spread", "data-spread": index });
      // In the document, pages follow each other in reading order; the style puts them where they are printed.
      const printed = pages.map((page) => page.number);
      for (const page of [...pages].sort((one, other) => one.number - other.number)) {
        const element = this.makePage(page, before.get(page.number));
        setStyle(element.parentElement, { order: printed.indexOf(page.number) });
        spread.append(element.parentElement);
      }
      return spread;
    }

    makePage(page, before) {
      const sheet = before ? before.sheet : h("div", { class: "sheet" });
      const areas = h("div", { class: "areas" });
      const element = h("div", { class: "page", "data-page": page.number, onclick: (event) => this.onPageClick(event, page) }, sheet, areas);
      setStyle(element, { "--w": page.width, "--h": page.height, "--bleed": page.bleed });
      const bar = h("div", { class: "page-bar" });
      const label = Proof.t("Page {number}", { number: page.number });
      h("section", { class: "page-box", "aria-label": label }, element, bar);
      const kept = before && before.page.version === page.version && before.loaded;
      const entry = { page, element, sheet, areas, bar, guides: null, loaded: kept ? before.loaded : "", loading: "" };
      this.pages.set(page.number, entry);
      this.fillAreas(entry);
      this.drawGuides(entry);
      this.fillBar(entry);
      return element;
    }

    // Areas are buttons over the page, in reading order. Larger ones are below smaller ones, and frames below what is in them.
    fillAreas(entry) {
      const { page } = entry;
      const levels = Proof.areas.stack(page);
      fill(entry.areas, [...page.areas, ...page.frames].map((area) => this.makeArea(page, area, levels.get(area.id))));
      this.drawPins(entry);
    }

    makeArea(page, area, level) {
      const button = Proof.areas.make(page, area, level);
      button.addEventListener("click", (event) => this.onAreaClick(event, page, area));
      button.addEventListener("dblclick", () => Proof.emit("edit"));
      return button;
    }

    onAreaClick(event, page, area) {
      if (Proof.state.isPinning) return; // the page's listener adds the comment
      event.stopPropagation();
      if (this.role === "beside") Proof.emit("select-beside", { page, area });
      Proof.select({ key: area.key || null, page: page.number, area: area.id, details: area }, { from: this.role });
      if (event.detail === 0) Proof.emit("edit"); // Enter or Space
    }

    onPageClick(event, page) {
      if (!Proof.state.isPinning) return;
      event.preventDefault();
      event.stopPropagation();
      const box = this.pages.get(page.number).element.getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * page.width;
      const y = ((box.bottom - event.clientY) / box.height) * page.height;
      const button = event.target.closest(".area");
      const key = button ? button.dataset.key || null : null;
      Proof.emit("pin", { edition: this.edition.id, page: page.number, key, at: [round(x), round(y)] });
    }

    drawGuides(entry) {
      const overlay = Proof.overlays.draw(entry.page, Proof.state.overlays);
      if (entry.guides) entry.guides.replaceWith(overlay);
      else entry.areas.before(overlay);
      entry.guides = overlay;
    }

    drawPins(entry) {
      for (const old of entry.areas.querySelectorAll(".pin")) old.remove();
      if (!Proof.state.overlays.pins || this.role !== "main") return;
      for (const pin of Proof.comments.pinsOf(this.edition, entry.page)) entry.areas.append(this.makePin(entry.page, pin));
    }

    makePin(page, pin) {
      const label = Proof.t("Comment {n} by {author}: {text}", { n: pin.number, author: pin.comment.author, text: pin.comment.text });
      const button = h("button", { type: "button", class: "pin", "aria-label": label, title: label, onclick: (event) => {
        event.stopPropagation();
        Proof.emit("show-thread", pin.thread);
      } }, String(pin.number));
      setStyle(button, { left: `${(100 * pin.at[0]) / page.width}%`, bottom: `${(100 * pin.at[1]) / page.height}%` });
      return button;
    }

    // A bar that stays as it is keeps its buttons, so that no click on them is lost.
    fillBar(entry) {
      const bar = h("div", { class: "page-bar" }, h("span", { class: "folio" }, entry.page.label || String(entry.page.number)), this.role === "main" ? Proof.review.pageStatus(entry.page) : null);
      if (!bar.isEqualNode(entry.bar)) entry.bar.replaceChildren(...bar.childNodes);
    }

    refreshOverlays() {
      this.scroller.classList.toggle("show-bleed", Proof.state.overlays.bleed);
      for (const entry of this.pages.values()) {
        this.drawGuides(entry);
        this.drawPins(entry);
      }
    }

    refreshBars() {
      for (const entry of this.pages.values()) Proof.dom.keepFocus(entry.bar, () => this.fillBar(entry));
    }

    onVisible(entries) {
      for (const one of entries) {
        const entry = this.pages.get(Number(one.target.dataset.page));
        if (!entry || entry.element !== one.target) continue;
        entry.isNear = one.isIntersecting;
        if (one.isIntersecting) this.load(entry);
      }
    }

    // Load the drawing of a page for the current view (composite, plate, heat map).
    async load(entry) {
      const view = Proof.state.view;
      const mark = `${entry.page.version} ${view.mode} ${view.ink}`;
      if (entry.loaded === mark || entry.loading === mark) return;
      entry.loading = mark;
      entry.element.classList.add("drawing");
      try {
        await Proof.separations.show(this.edition, entry, view, () => entry.loading === mark);
        if (entry.loading === mark) entry.loaded = mark;
        entry.element.classList.remove("failed");
        Proof.svg.whenComplete(entry.sheet).then(() => entry.loaded === mark && entry.element.classList.remove("drawing"));
      } catch (failure) {
        entry.element.classList.add("failed");
        entry.element.classList.remove("drawing");
        Proof.dialogs.notify(failure.message, "error");
      } finally {
        if (entry.loading === mark) entry.loading = "";
        Proof.emit("page-drawn", { pane: this, number: entry.page.number });
      }
    }

    reload() {
      for (const entry of this.pages.values()) if (entry.isNear) this.load(entry);
    }

    // Replace pages with newer ones (a preview while typing); their SVG is inline.
    async replacePages(pages) {
      const focused = this.focusedArea();
      const loads = [];
      for (const page of pages) {
        const entry = this.pages.get(page.number);
        if (!entry) continue;
        entry.page = page;
        entry.loaded = "";
        if (entry.isNear) loads.push(this.load(entry));
        this.fillAreas(entry);
        this.drawGuides(entry);
      }
      if (focused) this.focusArea(focused.page, focused.area);
      this.markSelected();
      await Promise.all(loads);
    }

    focusedArea() {
      const active = document.activeElement;
      if (!active || !this.content.contains(active) || !active.classList.contains("area")) return null;
      return { page: Number(active.closest(".page").dataset.page), area: active.dataset.area };
    }

    focusArea(page, area) {
      const entry = this.pages.get(page);
      const button = entry && Array.from(entry.areas.children).find((one) => one.dataset.area === area);
      if (button) button.focus({ preventScroll: true });
      return Boolean(button);
    }

    // Mark all areas of the selected message, and the chosen one among them.
    markSelected() {
      const selected = Proof.state.selected;
      for (const button of this.content.querySelectorAll(".area")) {
        const isSame = Boolean(selected) && (selected.key ? button.dataset.key === selected.key : this.role === "main" && button.dataset.area === selected.area);
        button.classList.toggle("selected", isSame);
        button.classList.toggle("current", isSame && this.role === "main" && button.dataset.area === selected.area);
        if (isSame) button.setAttribute("aria-current", "true");
        else button.removeAttribute("aria-current");
      }
    }

    // Return the first place of a message: {page, area}.
    findKey(key, page) {
      const entries = [...this.pages.values()].sort((one, other) => (other.page.number === page) - (one.page.number === page));
      for (const entry of entries) {
        const area = entry.page.areas.find((one) => one.key === key);
        if (area) return { page: entry.page, area };
      }
      return null;
    }

    // Return the place of an area by its name: {page, area}.
    findArea(id) {
      for (const { page } of this.pages.values()) {
        const area = [...page.areas, ...page.frames].find((one) => one.id === id);
        if (area) return { page, area };
      }
      return null;
    }

    // Mark a spot on a page for some seconds, and scroll to it. `at` is in points from the lower left corner of the trim.
    showSpot(number, at) {
      const entry = this.pages.get(number);
      if (!entry) return;
      const { page } = entry;
      const spot = h("div", { class: "spot", "aria-hidden": "true" });
      setStyle(spot, { left: `${(100 * at[0]) / page.width}%`, bottom: `${(100 * at[1]) / page.height}%` });
      for (const old of this.content.querySelectorAll(".spot")) old.remove();
      entry.areas.append(spot);
      setTimeout(() => spot.remove(), SPOT_TIME);
      const [fx, fy] = [at[0] / page.width, 1 - at[1] / page.height];
      this.goToAnchor({ number, fx, fy, x: this.scroller.clientWidth / 2, y: this.scroller.clientHeight / 2 });
    }

    // All areas in reading order, for the next and previous message.
    places() {
      return this.edition.pages.flatMap((page) => page.areas.filter((area) => area.key).map((area) => ({ page, area })));
    }

    // Scroll the selected message into view; if `force` is false, only if it cannot be seen.
    reveal(place, force = false) {
      const entry = this.pages.get(place.page.number);
      const button = entry && Array.from(entry.areas.children).find((one) => one.dataset.area === place.area.id);
      if (!button) return;
      const box = button.getBoundingClientRect();
      const view = this.scroller.getBoundingClientRect();
      const isVisible = box.top >= view.top && box.top < view.bottom - 20 && box.left < view.right - 20 && box.right > view.left + 20;
      if (isVisible && !force) return;
      this.scroller.scrollTop += box.top + Math.min(box.height, view.height) / 2 - (view.top + view.height / 2);
      this.scroller.scrollLeft += box.left + box.width / 2 - (view.left + view.width / 2);
    }

    goToPage(number) {
      const entry = this.pages.get(number);
      if (!entry) return;
      const box = entry.element.getBoundingClientRect();
      const view = this.scroller.getBoundingClientRect();
      this.scroller.scrollTop += box.top - view.top - (box.height < view.height ? (view.height - box.height) / 2 : MARGIN / 2);
      this.scroller.scrollLeft += box.left + box.width / 2 - (view.left + view.width / 2);
    }

    // The spot in the middle of the pane: a page, and the position on it in shares of its size.
    anchor(clientX, clientY) {
      const view = this.scroller.getBoundingClientRect();
      const x = clientX === undefined ? view.left + view.width / 2 : clientX;
      const y = clientY === undefined ? view.top + view.height / 2 : clientY;
      let best = null;
      for (const entry of this.pages.values()) {
        const box = entry.element.getBoundingClientRect();
        const away = Math.max(0, box.top - y, y - box.bottom) + Math.max(0, box.left - x, x - box.right);
        if (!best || away < best.away) best = { away, number: entry.page.number, fx: (x - box.left) / box.width, fy: (y - box.top) / box.height, x: x - view.left, y: y - view.top };
      }
      return best;
    }

    goToAnchor(anchor) {
      const entry = this.pages.get(Math.min(anchor.number, this.edition.pages.length));
      if (!entry) return;
      const view = this.scroller.getBoundingClientRect();
      const box = entry.element.getBoundingClientRect();
      this.scroller.scrollLeft += box.left + anchor.fx * box.width - (view.left + anchor.x);
      this.scroller.scrollTop += box.top + anchor.fy * box.height - (view.top + anchor.y);
    }

    // Follow another pane: show the same spot in the middle.
    follow(other) {
      const anchor = other.anchor();
      const view = this.scroller.getBoundingClientRect();
      if (!anchor) return;
      this.goToAnchor({ ...anchor, x: view.width / 2, y: view.height / 2 });
    }

    onScroll() {
      Proof.emit("scroll", this);
    }

    onWheel(event) {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.setZoom(this.currentZoom() * Math.exp(-event.deltaY / 300), this.anchor(event.clientX, event.clientY));
    }

    onResize() {
      if (!this.edition || typeof this.zoom === "number") return;
      const anchor = this.anchor();
      this.applyZoom();
      if (anchor) this.goToAnchor(anchor);
    }

    currentZoom() {
      return this.scale / PIXELS_PER_POINT;
    }

    // Set the zoom: "fit" (a spread), "width", or a number (1 is the size of the print).
    setZoom(zoom, anchor = this.anchor()) {
      this.zoom = typeof zoom === "number" ? Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom)) : zoom;
      this.applyZoom();
      if (anchor) this.goToAnchor(anchor);
      if (zoom === "fit" && anchor) this.goToPage(anchor.number);
      Proof.emit("zoom", this);
    }

    applyZoom() {
      if (!this.edition) return;
      this.scale = typeof this.zoom === "number" ? this.zoom * PIXELS_PER_POINT : this.fittedScale();
      setStyle(this.content, { "--scale": this.scale });
      this.scroller.classList.toggle("show-bleed", Proof.state.overlays.bleed);
    }

    fittedScale() {
      const byNumber = new Map(this.edition.pages.map((page) => [page.number, page]));
      let [width, height] = [1, 1];
      for (const numbers of this.edition.spreads) {
        const pages = numbers.map((number) => byNumber.get(number)).filter(Boolean);
        width = Math.max(width, pages.reduce((sum, page) => sum + page.width, 0));
        height = Math.max(height, ...pages.map((page) => page.height));
      }
      const roomX = this.scroller.clientWidth - 2 * MARGIN;
      const roomY = this.scroller.clientHeight - 2 * MARGIN - 16;
      const scale = this.zoom === "width" ? roomX / width : Math.min(roomX / width, roomY / height);
      return Math.max(MIN_ZOOM, scale);
    }
  }

  const round = (value) => Math.round(value * 10) / 10;

  Proof.Pane = Pane;
})();
