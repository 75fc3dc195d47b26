"use strict";
// Small pages at the side, as spreads; a click shows the page.
(() => {
  const { h, fill, setStyle, debounce } = Proof.dom;
  const WIDTH = 52; // pixels of a page
  const WAIT = 400; // milliseconds until a changed page is drawn again

  class Thumbnails {
    constructor(goTo) {
      this.goTo = goTo;
      this.list = h("ol", { class: "thumbnails" });
      this.element = h("nav", { class: "thumbnail-bar", "aria-label": Proof.t("Pages") }, this.list);
      this.sheets = new Map();
      this.observer = new IntersectionObserver((entries) => {
        for (const one of entries) if (one.isIntersecting) this.draw(Number(one.target.dataset.page));
      }, { root: this.element, rootMargin: "600px" });
      this.redraw = debounce(() => this.drawChanged(), WAIT);
    }

    show(edition) {
      const sameEdition = this.edition && this.edition.id === edition.id;
      const before = sameEdition ? this.sheets : new Map();
      this.edition = edition;
      this.sheets = new Map();
      this.observer.disconnect();
      const byNumber = new Map(edition.pages.map((page) => [page.number, page]));
      fill(this.list, edition.spreads.map((numbers) => h("li", { class: "thumbnail-spread" },
        numbers.map((number) => byNumber.get(number)).filter(Boolean).map((page) => this.makeThumbnail(page, before.get(page.number))))));
      for (const one of this.sheets.values()) this.observer.observe(one.button);
    }

    makeThumbnail(page, before) {
      const sheet = h("span", { class: "sheet" });
      const button = h("button", { type: "button", class: "thumbnail", "data-page": page.number, "aria-label": Proof.t("Page {number}", { number: page.number }), onclick: () => this.goTo(page.number) },
        h("span", { class: "thumbnail-page" }, sheet), h("span", { class: "thumbnail-number", "aria-hidden": "true" }, page.label || page.number));
      setStyle(button, { "--w": page.width, "--h": page.height, "--bleed": page.bleed, "--scale": WIDTH / page.width });
      this.sheets.set(page.number, { page, button, sheet, drawn: "" });
      if (before && before.page.version === page.version && before.sheet.shadowRoot) {
        sheet.replaceWith(before.sheet);
        this.sheets.get(page.number).sheet = before.sheet;
        this.sheets.get(page.number).drawn = before.drawn;
      }
      return button;
    }

    async draw(number) {
      const one = this.sheets.get(number);
      if (!one || one.drawn === one.page.version) return;
      one.drawn = one.page.version;
      try {
        const text = await Proof.backend.pageSvg(this.edition.id, one.page, "composite", "");
        Proof.svg.show(one.sheet, Proof.svg.parse(text));
      } catch {
        one.drawn = "";
      }
    }

    replacePages(pages) {
      for (const page of pages) {
        const one = this.sheets.get(page.number);
        if (one) one.page = page;
      }
      this.redraw();
    }

    drawChanged() {
      for (const [number, one] of this.sheets) if (one.drawn && one.drawn !== one.page.version) this.draw(number);
    }

    mark(number) {
      for (const [page, one] of this.sheets) {
        if (page === number) one.button.setAttribute("aria-current", "page");
        else one.button.removeAttribute("aria-current");
      }
      const current = this.sheets.get(number);
      if (current && !this.element.contains(document.activeElement)) current.button.scrollIntoView({ block: "nearest" });
    }
  }

  Proof.Thumbnails = Thumbnails;
})();
