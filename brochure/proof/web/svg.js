"use strict";
// Put the SVG of a page into the document. Each page has its own shadow root, so ids in one page do not affect another.
(() => {
  const STYLES = ".overprint { mix-blend-mode: multiply; }";

  // The policy forbids style elements; browsers before 2023 have no other styles for shadow roots, and show no overprint.
  function makeStyles() {
    try {
      const styles = new CSSStyleSheet();
      styles.replaceSync(STYLES);
      return [styles];
    } catch {
      return null;
    }
  }

  const styles = makeStyles();

  const FORBIDDEN = "script, foreignObject, iframe, animate, set, handler";

  // Parse the SVG of a page. Nothing in it can run: elements that could are removed, and the page's policy forbids scripts.
  function parse(text) {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    const root = parsed.documentElement;
    if (root.localName !== "svg") throw new Error(Proof.t("The page could not be drawn."));
    for (const element of root.querySelectorAll(FORBIDDEN)) element.remove();
    return document.adoptNode(root);
  }

  function shadowOf(host) {
    if (host.shadowRoot) return host.shadowRoot;
    const shadow = host.attachShadow({ mode: "open" });
    if (styles) shadow.adoptedStyleSheets = styles;
    return shadow;
  }

  // Replace what is shown in `host`, in one step, so that the page does not flicker.
  function show(host, node) {
    node.setAttribute("aria-hidden", "true");
    Proof.dom.setStyle(node, { display: "block", width: "100%", height: "100%" });
    shadowOf(host).replaceChildren(node);
  }

  // Resolve when the pictures of a page that was just put into `host` are there, or cannot be loaded.
  function whenComplete(host) {
    const isOver = (image) => new Promise((resolve) => { for (const name of ["load", "error"]) image.addEventListener(name, resolve, { once: true }); });
    return Promise.all(Array.from(shadowOf(host).querySelectorAll("image"), isOver));
  }

  Proof.svg = { parse, show, shadowOf, whenComplete };
})();
