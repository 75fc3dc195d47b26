"use strict";
// The window: toolbar, small pages, pages, panel; and what happens when something is chosen or changes.
(() => {
  const { h, fill } = Proof.dom;

  class App {
    constructor() {
      Proof.state.overlays = { ...Proof.state.overlays, ...Proof.memory.get("overlays", {}) };
      this.panes = { main: new Proof.Pane("main"), beside: new Proof.Pane("beside") };
      this.driver = this.panes.main;
      this.toolbar = new Proof.toolbar.Toolbar(Proof.makeActions(this));
      this.thumbnails = new Proof.Thumbnails((number) => {
        this.driver = this.panes.main;
        this.panes.main.goToPage(number);
      });
      this.side = new Proof.SidePanel();
      this.inspector = this.side.inspector;
      this.panels = this.side.panels;
      this.banner = new Proof.FaultsBanner();
      this.notices = h("div", { class: "notices", role: "status", "aria-live": "polite" });
      this.connect();
    }

    mount() {
      const main = h("main", { class: "stage", "aria-label": Proof.t("Pages") }, this.banner.element, h("div", { class: "panes" }, this.panes.main.scroller, this.panes.beside.scroller), this.notices);
      const skip = h("button", { type: "button", class: "skip", onclick: () => this.side.panel.focus() }, Proof.t("Skip to the panel"));
      this.workspace = h("div", { class: "workspace" }, this.thumbnails.element, main, this.side.element);
      fill(document.querySelector("#app"), skip, this.toolbar.element, this.workspace);
      this.panes.beside.scroller.hidden = true;
      this.setThumbnails(Proof.memory.get("thumbnails", true));
      document.title = `${Proof.state.project.title || Proof.state.project.brochure} – ${Proof.t("Proof")}`;
      this.side.renderTabs();
    }

    connect() {
      Proof.on("select", (event) => this.onSelect(event));
      Proof.on("edit", () => this.edit());
      Proof.on("go", (event) => this.go(event));
      Proof.on("pin", (place) => this.comment(place));
      Proof.on("show-thread", (thread) => {
        this.side.showTab("comments");
        this.panels.comments.showThread(thread);
      });
      Proof.on("overlays", () => {
        for (const pane of this.visiblePanes()) pane.refreshOverlays();
        this.toolbar.render();
      });
      Proof.on("view", () => this.visiblePanes().forEach((pane) => pane.reload()));
      Proof.on("drive", (pane) => { this.driver = pane; });
      Proof.on("scroll", (pane) => this.onScroll(pane));
      Proof.on("zoom", (pane) => this.onZoom(pane));
      Proof.on("drafts", () => {
        this.renderLists();
        if (!Proof.state.edition.faults.length) this.renderStatus();
      });
      Proof.on("saved", () => this.reload());
      Proof.on("reload", () => this.reload());
      Proof.on("review", () => this.onReview());
      Proof.on("open-edition", ({ id, page }) => this.openEdition(id).then(() => page && this.panes.main.goToPage(page)));
      Proof.on("connection", (isThere) => this.onConnection(isThere));
      Proof.on("storage-refused", () => this.panels.review.render());
      document.addEventListener("pointermove", (event) => this.panels.inks.readAt(event.clientX, event.clientY), { passive: true });
      window.addEventListener("beforeunload", (event) => {
        if (!Proof.memory.lasting && (Proof.drafts.count() || Proof.review.isUnsaved())) event.preventDefault();
      });
    }

    visiblePanes() {
      return Proof.state.beside ? [this.panes.main, this.panes.beside] : [this.panes.main];
    }

    async start() {
      const { project } = Proof.state;
      this.mount();
      Proof.keyboard.start(Proof.makeActions(this));
      const wanted = decodeURIComponent(window.location.hash.slice(1)) || Proof.memory.get(`edition:${project.brochure}`, "");
      const first = project.editions.find((one) => one.id === wanted) || project.editions[0];
      await this.openEdition(first.id);
      Proof.backend.listen((event) => this.onServerEvent(event));
      document.documentElement.dataset.ready = "true";
      await Proof.dialogs.attempt(() => Proof.review.refresh()); // sets all approved editions, which takes a while
    }

    // Show an edition in the main pane, at the same spot.
    async openEdition(id) {
      this.toolbar.setStatus("building", Proof.t("Setting the pages…"));
      this.wanted = id;
      const edition = await this.loadEdition(id);
      if (!edition) return undefined;
      Proof.memory.set(`edition:${Proof.state.project.brochure}`, id);
      window.history.replaceState(null, "", `#${id}`);
      this.showEdition(edition);
      Proof.drafts.restore(edition);
      const { selected } = Proof.state;
      if (selected && selected.key) {
        const place = this.panes.main.findKey(selected.key, selected.page);
        Proof.select(place ? { key: selected.key, page: place.page.number, area: place.area.id } : { ...selected, area: null }, { from: "edition" });
      } else {
        Proof.select(null);
      }
      return undefined;
    }

    // Return an edition; if it cannot be shown, say why and return undefined.
    async loadEdition(id) {
      try {
        return await Proof.backend.edition(id);
      } catch (failure) {
        this.showFailure(id, failure);
        return undefined;
      }
    }

    showFailure(id, failure) {
      const { edition } = Proof.state;
      this.toolbar.render(edition ? edition.id : id);
      const findings = (failure.body && failure.body.findings) || [];
      if (!findings.length) {
        Proof.dialogs.notify(failure.message || String(failure), "error");
        if (failure.status === 0) return undefined; // the toolbar says that the server has stopped
        return edition ? this.renderBroken() : this.toolbar.setStatus("broken", Proof.t("Errors in the files"));
      }
      return this.showFaults(this.banner.titleFor(id, Boolean(edition)), findings);
    }

    showEdition(edition) {
      Proof.state.edition = edition;
      if (Proof.state.view.ink && !edition.inks.includes(Proof.state.view.ink)) Proof.state.view = { mode: "composite", ink: "" };
      this.panes.main.show(edition);
      this.thumbnails.show(edition);
      this.toolbar.render();
      this.toolbar.renderZoom(this.panes.main);
      this.renderLists();
      this.renderBroken();
      this.onScroll(this.panes.main);
    }

    renderLists() {
      if (!Proof.state.edition) return;
      this.side.render();
      this.toolbar.renderNext();
    }

    renderStatus() {
      const unsaved = Proof.backend.live ? Proof.drafts.count() : 0;
      if (!Proof.backend.live) this.toolbar.setStatus("current", Proof.t("Exported proof"));
      else if (unsaved) this.toolbar.setStatus("unsaved", Proof.tn("{n} text not saved", "{n} texts not saved", unsaved), () => this.showDrafts());
      else this.toolbar.setStatus("current", Proof.t("Up to date"));
    }

    showDrafts() {
      this.panels.messages.filter = "drafts";
      this.side.showTab("messages");
    }

    renderBroken() {
      const broken = Proof.state.edition ? Proof.state.edition.faults : [];
      if (!broken.length) {
        this.banner.hide();
        return this.renderStatus();
      }
      return this.showFaults(Proof.t("The files have errors; these are the last good pages."), broken);
    }

    showFaults(title, faults) {
      this.toolbar.setStatus("broken", Proof.t("Errors in the files"));
      this.banner.show(title, faults);
    }

    async toggleBeside() {
      if (Proof.state.beside) {
        Proof.state.beside = null;
        this.panes.beside.scroller.hidden = true;
        return this.toolbar.render();
      }
      const { project, edition } = Proof.state;
      if (!edition) return undefined;
      const isSource = (one) => one.language === project.source_language && !one.office;
      const other = project.editions.find((one) => one.id !== edition.id && isSource(one)) || project.editions.find((one) => one.id !== edition.id);
      return other ? this.openBeside(other.id) : undefined;
    }

    async openBeside(id) {
      const edition = await Proof.dialogs.attempt(() => Proof.backend.edition(id));
      if (!edition || !Proof.state.edition) return;
      const anchor = this.panes.main.anchor();
      Proof.state.beside = edition;
      this.panes.beside.scroller.hidden = false;
      this.panes.beside.zoom = this.panes.main.zoom;
      this.panes.beside.show(edition);
      this.panes.main.applyZoom();
      this.panes.main.goToAnchor({ ...anchor, x: this.panes.main.scroller.clientWidth / 2 });
      this.panes.beside.follow(this.panes.main);
      this.toolbar.render();
    }

    onScroll(pane) {
      if (pane === this.panes.main) {
        this.markThumbnail();
      }
      if (!Proof.state.beside || pane !== this.driver) return;
      const other = pane === this.panes.main ? this.panes.beside : this.panes.main;
      other.follow(pane);
    }

    // Mark the page in the middle of the window; of a spread, the one with the selection.
    markThumbnail() {
      const anchor = this.panes.main.anchor();
      if (!anchor) return;
      const { edition, selected } = Proof.state;
      const spread = edition.spreads.find((numbers) => numbers.includes(anchor.number)) || [];
      this.thumbnails.mark(selected && spread.includes(selected.page) ? selected.page : anchor.number);
    }

    onZoom(pane) {
      Proof.memory.set("zoom", pane.zoom);
      this.toolbar.renderZoom(pane);
      if (Proof.state.beside) {
        const other = pane === this.panes.main ? this.panes.beside : this.panes.main;
        if (other.zoom !== pane.zoom) {
          other.zoom = pane.zoom;
          other.applyZoom();
        }
        other.follow(pane);
      }
    }

    onSelect({ selected, from }) {
      for (const pane of this.visiblePanes()) pane.markSelected();
      if (!selected) return;
      this.markThumbnail();
      if (from !== "edition") this.side.showTab("message");
      if (from !== "beside" || !selected.key) return;
      const place = this.panes.main.findKey(selected.key, selected.page);
      if (place) this.panes.main.reveal(place);
    }

    // Show a message, a page or a position on it.
    go({ key, page, from, edit, area, at }) {
      this.driver = this.panes.main;
      const place = key ? this.panes.main.findKey(key, page) : this.panes.main.findArea(area);
      if (!key && place) Proof.select({ key: place.area.key || null, page: place.page.number, area, details: place.area }, { from });
      if (key) Proof.select({ key, page: place ? place.page.number : page || null, area: place ? place.area.id : null }, { from });
      if (place) this.panes.main.reveal(place);
      else if (page) this.panes.main.goToPage(page);
      if (at && page) this.panes.main.showSpot(page, at);
      if (from === "findings" || from === "comments") this.side.showTab(from);
      if (edit) this.edit();
    }

    stepText(step) {
      const places = this.panes.main.places();
      if (!places.length) return;
      const { selected } = Proof.state;
      const index = selected ? places.findIndex((one) => one.area.id === selected.area) : -1;
      this.driver = this.panes.main;
      const next = places[index < 0 ? 0 : (index + step + places.length) % places.length];
      Proof.select({ key: next.area.key, page: next.page.number, area: next.area.id }, { from: "step" });
      this.panes.main.reveal(next);
      this.panes.main.focusArea(next.page.number, next.area.id);
    }

    stepPage(step) {
      const anchor = this.panes.main.anchor();
      if (!anchor) return;
      const { spreads } = Proof.state.edition;
      const index = spreads.findIndex((numbers) => numbers.includes(anchor.number));
      const target = spreads[index + step];
      this.driver = this.panes.main;
      if (target) this.panes.main.goToPage(Math.min(...target));
    }

    // Put the caret into the editor of the selected message, as soon as it is there.
    async edit() {
      this.side.showTab("message");
      const { selected } = Proof.state;
      for (let tries = 0; tries < 100; tries += 1) {
        const { editor } = this.inspector;
        if (selected !== Proof.state.selected || !selected || !selected.key) return;
        if (editor && editor.message.key === selected.key && editor.edition.id === Proof.state.edition.id) return editor.focus();
        await new Promise((resolve) => { setTimeout(resolve, 20); });
      }
    }

    // Escape: stop pinning, or go back from the panel to the page.
    leave() {
      if (Proof.state.isPinning) return this.setPinning(false);
      const { selected } = Proof.state;
      if (!selected || !this.panes.main.focusArea(selected.page, selected.area)) this.panes.main.scroller.focus();
      return undefined;
    }

    setPinning(isPinning) {
      Proof.state.isPinning = isPinning;
      document.documentElement.classList.toggle("pinning", isPinning);
      if (isPinning) Proof.dialogs.notify(Proof.t("Click the place on the page. Escape cancels."));
      this.toolbar.render();
    }

    commentOnSelected() {
      if (Proof.state.project.read_only) return;
      const { selected, edition } = Proof.state;
      if (!selected) {
        this.setPinning(!Proof.state.isPinning);
        return;
      }
      this.comment({ edition: edition.id, page: selected.page, key: selected.key, at: null, words: this.inspector.markedWords() });
    }

    comment(place) {
      const words = place.words === undefined && Proof.state.selected && Proof.state.selected.key === place.key ? this.inspector.markedWords() : place.words;
      this.setPinning(false);
      this.side.showTab("comments");
      this.panels.comments.compose({ ...place, words });
    }

    decide(verdict) {
      const anchor = this.panes.main.anchor();
      const number = (Proof.state.selected && Proof.state.selected.page) || (anchor && anchor.number);
      if (!number) return;
      const page = Proof.state.edition.pages.find((one) => one.number === number);
      if (page) Proof.review.decide(page, verdict);
    }

    onReview() {
      for (const pane of this.visiblePanes()) pane.refreshBars();
      this.panes.main.refreshOverlays();
      this.side.renderTabs();
    }

    // Read the editions again, after files changed or something was saved.
    async reload() {
      const shown = Proof.state.edition;
      if (!shown) {
        await this.openEdition(this.wanted);
        return;
      }
      const edition = await this.loadEdition(shown.id);
      if (!edition || Proof.state.edition.id !== shown.id) return;
      this.showEdition(edition);
      if (Proof.state.beside) {
        const beside = await Proof.dialogs.attempt(() => Proof.backend.edition(Proof.state.beside.id));
        if (beside && Proof.state.beside) {
          Proof.state.beside = beside;
          this.panes.beside.show(beside);
        }
      }
      this.inspector.refresh();
    }

    async onServerEvent(event) {
      this.toolbar.setStatus("building", Proof.t("Setting the pages…"));
      await this.reload();
      return Proof.dialogs.attempt(() => Proof.review.refresh());
    }

    onConnection(isThere) {
      if (!isThere) this.toolbar.setStatus("offline", Proof.t("The server has stopped"));
      else if (this.toolbar.status.dataset.state === "offline") this.reload();
    }

    // Show the pages that changed while somebody types.
    showPreview(editionId, { pages, page_count: pageCount }) {
      if (!Proof.state.edition || Proof.state.edition.id !== editionId) return undefined;
      if (pageCount && pageCount !== Proof.state.edition.pages.length) return this.reload();
      const byNumber = new Map(pages.map((page) => [page.number, page]));
      Proof.state.edition.pages = Proof.state.edition.pages.map((page) => byNumber.get(page.number) || page);
      this.thumbnails.replacePages(pages);
      return this.panes.main.replacePages(pages);
    }

    setThumbnails(isShown) {
      this.thumbnails.element.hidden = !isShown;
      this.toolbar.thumbnailsButton.setAttribute("aria-pressed", String(isShown));
      Proof.memory.set("thumbnails", isShown);
    }
  }

  async function start() {
    Proof.toolbar.applyTheme();
    Proof.backend = window.PROOF_DATA ? new Proof.StaticBackend(window.PROOF_DATA) : new Proof.LiveBackend();
    try {
      Proof.state.project = await Proof.backend.project();
      await Proof.i18n.start(Proof.backend);
      const app = new App();
      Proof.showPreview = (edition, answer) => app.showPreview(edition, answer);
      app.side.showTab("message");
      await app.start();
    } catch (failure) {
      fill(document.querySelector("#app"), h("p", { class: "fatal", role: "alert" }, failure.message));
    }
  }

  start();
})();
