"use strict";
// The window: toolbar, small pages, pages, panel; and what happens when something is chosen or changes.
(() => {
  const { h, fill } = Proof.dom;
  const ZOOM_STEP = 1.25;

  class App {
    constructor() {
      Proof.state.overlays = { ...Proof.state.overlays, ...Proof.memory.get("overlays", {}) };
      this.panes = { main: new Proof.Pane("main"), beside: new Proof.Pane("beside") };
      this.driver = this.panes.main;
      this.toolbar = new Proof.toolbar.Toolbar(this.makeActions());
      this.thumbnails = new Proof.Thumbnails((number) => this.panes.main.goToPage(number));
      this.inspector = new Proof.inspector.Inspector();
      this.panels = {
        message: this.inspector, messages: new Proof.messages.MessagesPanel(), findings: new Proof.FindingsPanel(), comments: new Proof.comments.CommentsPanel(),
        inks: new Proof.separations.SeparationsPanel(), review: new Proof.review.ReviewPanel(),
      };
      this.banner = h("div", { class: "broken", role: "alert", hidden: true });
      this.tabs = h("div", { class: "tabs", role: "tablist", "aria-label": Proof.t("Panels"), onkeydown: (event) => this.onTabKey(event) });
      this.panel = h("div", { class: "panel", role: "tabpanel", id: "panel", tabindex: "-1" });
      this.notices = h("div", { class: "notices", role: "status", "aria-live": "polite" });
      this.tab = "message";
      this.connect();
    }

    mount() {
      const main = h("main", { class: "stage", "aria-label": Proof.t("Pages") }, this.banner, h("div", { class: "panes" }, this.panes.main.scroller, this.panes.beside.scroller), this.notices);
      const aside = h("aside", { class: "side", "aria-label": Proof.t("Panels") }, this.tabs, this.panel);
      const skip = h("button", { type: "button", class: "skip", onclick: () => this.panel.focus() }, Proof.t("Skip to the panel"));
      this.workspace = h("div", { class: "workspace" }, this.thumbnails.element, main, aside);
      fill(document.querySelector("#app"), skip, this.toolbar.element, this.workspace);
      this.panes.beside.scroller.hidden = true;
      this.setThumbnails(Proof.memory.get("thumbnails", true));
      document.title = `${Proof.state.project.title || Proof.state.project.brochure} – ${Proof.t("Proof")}`;
      this.renderTabs();
    }

    connect() {
      Proof.on("select", (event) => this.onSelect(event));
      Proof.on("edit", () => this.edit());
      Proof.on("go", (event) => this.go(event));
      Proof.on("pin", (place) => this.comment(place));
      Proof.on("show-thread", (thread) => {
        this.showTab("comments");
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
      Proof.on("drafts", () => this.renderLists());
      Proof.on("saved", () => this.reload());
      Proof.on("reload", () => this.reload());
      Proof.on("review", () => this.onReview());
      Proof.on("open-edition", ({ id, page }) => this.openEdition(id).then(() => page && this.panes.main.goToPage(page)));
      Proof.on("connection", (isThere) => this.onConnection(isThere));
      Proof.on("preview", ({ milliseconds }) => this.toolbar.setStatus("current", Proof.t("Preview: {n} ms", { n: Math.round(milliseconds) })));
      Proof.on("storage-refused", () => this.panels.review.render());
      document.addEventListener("pointermove", (event) => this.panels.inks.readAt(event.clientX, event.clientY), { passive: true });
      window.addEventListener("beforeunload", (event) => {
        if (!Proof.memory.lasting && (Proof.drafts.count() || Proof.review.isUnsaved())) event.preventDefault();
      });
    }

    visiblePanes() {
      return Proof.state.beside ? [this.panes.main, this.panes.beside] : [this.panes.main];
    }

    makeActions() {
      const overlay = (kind) => () => Proof.overlays.toggle(kind);
      const main = () => this.panes.main;
      return {
        edit: () => this.edit(), nextText: () => this.stepText(1), previousText: () => this.stepText(-1),
        nextMissing: () => Proof.messages.goToNext("missing"), nextOutdated: () => Proof.messages.goToNext("outdated"), nextLong: () => Proof.messages.goToNext("long"),
        search: () => {
          this.showTab("messages");
          this.panels.messages.focusSearch();
        },
        save: () => this.inspector.editor && this.inspector.editor.saveAsIs(), leave: () => this.leave(),
        nextPage: () => this.stepPage(1), previousPage: () => this.stepPage(-1),
        zoomIn: () => main().setZoom(main().currentZoom() * ZOOM_STEP), zoomOut: () => main().setZoom(main().currentZoom() / ZOOM_STEP),
        zoomFit: () => main().setZoom("fit"), zoomWidth: () => main().setZoom("width"), zoomFull: () => main().setZoom(1),
        zoomTo: (value) => main().setZoom(Number(value) || value),
        sideBySide: () => this.toggleBeside(), chooseEdition: () => this.toolbar.edition.focus(),
        openEdition: (id) => this.openEdition(id), openBeside: (id) => this.openBeside(id),
        bleed: overlay("bleed"), grid: overlay("grid"), baseline: overlay("baseline"), frames: overlay("frames"), pins: overlay("pins"),
        inks: () => Proof.backend.live && this.showTab("inks"), findings: () => this.showTab("findings"),
        comment: () => this.commentOnSelected(), approve: () => this.decide("approved"), reject: () => this.decide("rejected"),
        nextRegion: () => this.nextRegion(), help: () => Proof.keyboard.showHelp(),
        togglePinning: () => this.setPinning(!Proof.state.isPinning), toggleThumbnails: () => this.setThumbnails(this.thumbnails.element.hidden),
      };
    }

    async start() {
      const { project } = Proof.state;
      this.mount();
      Proof.keyboard.start(this.makeActions());
      const wanted = decodeURIComponent(window.location.hash.slice(1)) || Proof.memory.get(`edition:${project.brochure}`, "");
      const first = project.editions.find((one) => one.id === wanted) || project.editions[0];
      await this.openEdition(first.id);
      await Proof.dialogs.attempt(() => Proof.review.refresh());
      Proof.backend.listen((event) => this.onServerEvent(event));
      document.documentElement.dataset.ready = "true";
    }

    // Show an edition in the main pane, at the same spot.
    async openEdition(id) {
      this.toolbar.setStatus("building", Proof.t("Setting the pages…"));
      const edition = await Proof.dialogs.attempt(() => Proof.backend.edition(id));
      if (!edition) {
        this.renderBroken();
        return this.toolbar.render();
      }
      Proof.memory.set(`edition:${Proof.state.project.brochure}`, id);
      window.history.replaceState(null, "", `#${id}`);
      this.showEdition(edition);
      const { selected } = Proof.state;
      if (selected && selected.key) {
        const place = this.panes.main.findKey(selected.key, selected.page);
        Proof.select(place ? { key: selected.key, page: place.page.number, area: place.area.id } : { ...selected, area: null }, { from: "edition" });
      } else {
        Proof.select(null);
      }
      return undefined;
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
      const panel = this.panels[this.tab];
      if (panel !== this.inspector && panel.render && !this.isTypingIn(panel)) Proof.dom.keepFocus(this.panel, () => panel.render());
      this.toolbar.renderNext();
      this.renderTabs();
    }

    // A panel in which somebody types is not drawn again.
    isTypingIn(panel) {
      const active = document.activeElement;
      return panel.element.contains(active) && active.tagName === "TEXTAREA";
    }

    renderBroken() {
      const broken = Proof.state.edition ? Proof.state.edition.faults : [];
      this.banner.hidden = !broken.length;
      if (!broken.length) return this.toolbar.setStatus("current", Proof.backend.live ? Proof.t("Up to date") : Proof.t("Exported proof"));
      this.toolbar.setStatus("broken", Proof.t("Errors in the files"));
      return fill(this.banner, h("h2", {}, Proof.t("The files have errors; these are the last good pages.")),
        h("ul", {}, broken.map((one) => h("li", {}, h("span", {}, one.message), one.hint ? h("span", { class: "quiet" }, ` ${one.hint}`) : null, " ", Proof.inspector.filePlace(one.file, one.line, one.column)))));
    }

    async toggleBeside() {
      if (Proof.state.beside) {
        Proof.state.beside = null;
        this.panes.beside.scroller.hidden = true;
        return this.toolbar.render();
      }
      const { project, edition } = Proof.state;
      const isSource = (one) => one.language === project.source_language && !one.office;
      const other = project.editions.find((one) => one.id !== edition.id && isSource(one)) || project.editions.find((one) => one.id !== edition.id);
      return other ? this.openBeside(other.id) : undefined;
    }

    async openBeside(id) {
      const edition = await Proof.dialogs.attempt(() => Proof.backend.edition(id));
      if (!edition) return;
      Proof.state.beside = edition;
      this.panes.beside.scroller.hidden = false;
      this.panes.beside.zoom = this.panes.main.zoom;
      this.panes.beside.show(edition);
      this.panes.main.applyZoom();
      this.panes.beside.follow(this.panes.main);
      this.toolbar.render();
    }

    onScroll(pane) {
      if (pane === this.panes.main) {
        const anchor = pane.anchor();
        if (anchor) this.thumbnails.mark(anchor.number);
      }
      if (!Proof.state.beside || pane !== this.driver) return;
      const other = pane === this.panes.main ? this.panes.beside : this.panes.main;
      other.follow(pane);
    }

    onZoom(pane) {
      Proof.memory.set("zoom", this.panes.main.zoom);
      this.toolbar.renderZoom(this.panes.main);
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
      if (from !== "edition") this.showTab("message");
      if (from !== "beside" || !selected.key) return;
      const place = this.panes.main.findKey(selected.key, selected.page);
      if (place) this.panes.main.reveal(place);
    }

    // Show a message, a page or a position on it.
    go({ key, page, from, edit }) {
      const place = key ? this.panes.main.findKey(key, page) : null;
      if (key) Proof.select({ key, page: place ? place.page.number : page || null, area: place ? place.area.id : null }, { from });
      if (place) this.panes.main.reveal(place);
      else if (page) this.panes.main.goToPage(page);
      if (from === "findings" || from === "comments") this.showTab(from);
      if (edit) this.edit();
    }

    stepText(step) {
      const places = this.panes.main.places();
      if (!places.length) return;
      const { selected } = Proof.state;
      const index = selected ? places.findIndex((one) => one.area.id === selected.area) : -1;
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
      if (target) this.panes.main.goToPage(Math.min(...target));
    }

    // Put the caret into the editor of the selected message, as soon as it is there.
    async edit() {
      this.showTab("message");
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
      this.showTab("comments");
      this.panels.comments.compose({ ...place, words });
    }

    decide(verdict) {
      const anchor = this.panes.main.anchor();
      const number = (Proof.state.selected && Proof.state.selected.page) || (anchor && anchor.number);
      const page = Proof.state.edition.pages.find((one) => one.number === number);
      if (page) Proof.review.decide(page, verdict);
    }

    onReview() {
      for (const pane of this.visiblePanes()) pane.refreshBars();
      this.panes.main.refreshOverlays();
      this.renderTabs();
    }

    // Read the editions again, after files changed or something was saved.
    async reload() {
      const shown = Proof.state.edition;
      const edition = await Proof.dialogs.attempt(() => Proof.backend.edition(shown.id));
      if (!edition || Proof.state.edition.id !== shown.id) return;
      this.showEdition(edition);
      if (Proof.state.beside) {
        const beside = await Proof.dialogs.attempt(() => Proof.backend.edition(Proof.state.beside.id));
        if (beside && Proof.state.beside) {
          Proof.state.beside = beside;
          this.panes.beside.show(beside);
        }
      }
      if (!this.isTypingIn({ element: this.inspector.element }) || this.inspector.editor) this.inspector.refresh();
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

    tabNames() {
      const names = [["message", Proof.t("Text"), 0], ["messages", Proof.t("List"), 0], ["findings", Proof.t("Findings"), this.panels.findings.count()], ["comments", Proof.t("Comments"), this.panels.comments.count()]];
      if (Proof.backend.live && Proof.state.edition && Proof.state.edition.inks.length) names.push(["inks", Proof.t("Inks"), 0]);
      names.push(["review", Proof.t("Review"), 0]);
      return names;
    }

    renderTabs() {
      const focused = this.tabs.contains(document.activeElement);
      fill(this.tabs, this.tabNames().map(([name, label, count]) => h("button", {
        type: "button", role: "tab", id: `tab-${name}`, class: "tab", "aria-selected": String(name === this.tab), "aria-controls": "panel", tabindex: name === this.tab ? "0" : "-1", onclick: () => this.showTab(name),
      }, label, count ? h("span", { class: "number" }, String(count)) : null)));
      if (focused) this.tabs.querySelector(`#tab-${this.tab}`).focus();
      this.panel.setAttribute("aria-labelledby", `tab-${this.tab}`);
    }

    showTab(name) {
      this.tab = name;
      const panel = this.panels[name];
      // The inspector's heading is the key of the message; the lists have theirs for screen readers only.
      const title = panel === this.inspector ? null : h("h2", { class: "unseen" }, this.tabNames().find((one) => one[0] === name)[1]);
      if (panel.element.parentElement !== this.panel) fill(this.panel, title, panel.element);
      if (panel === this.inspector && !Proof.state.selected) this.inspector.showNothing();
      if (panel !== this.inspector && Proof.state.edition) panel.render();
      this.renderTabs();
    }

    onTabKey(event) {
      const names = this.tabNames().map((one) => one[0]);
      const steps = { ArrowRight: 1, ArrowLeft: -1 };
      if (!(event.key in steps)) return;
      event.preventDefault();
      this.showTab(names[(names.indexOf(this.tab) + steps[event.key] + names.length) % names.length]);
      this.tabs.querySelector(`#tab-${this.tab}`).focus();
    }

    setThumbnails(isShown) {
      this.thumbnails.element.hidden = !isShown;
      this.toolbar.thumbnailsButton.setAttribute("aria-pressed", String(isShown));
      Proof.memory.set("thumbnails", isShown);
    }

    // F6: toolbar, small pages, pages, panel.
    nextRegion() {
      const regions = [this.toolbar.element, this.thumbnails.element, this.panes.main.scroller, this.panes.beside.scroller, this.panel].filter((one) => !one.hidden);
      const index = regions.findIndex((one) => one.contains(document.activeElement));
      const next = regions[(index + 1) % regions.length];
      const target = next.hasAttribute("tabindex") ? next : next.querySelector("button, select");
      if (target) target.focus();
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
      app.showTab("message");
      await app.start();
    } catch (failure) {
      fill(document.querySelector("#app"), h("p", { class: "fatal", role: "alert" }, failure.message));
    }
  }

  start();
})();
