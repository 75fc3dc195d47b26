"use strict";
// Put the SVG of a page into the document. Each page has its own shadow root, so ids in one page do not affect another.
(() => {
  const styles = new CSSStyleSheet();
  styles.replaceSync(`
    :host { display: block; }
    svg { display: block; width: 100%; height: 100%; }
    .overprint { mix-blend-mode: multiply; }
  `);

  const FORBIDDEN = "script, foreignObject, iframe, animate, set, handler";

  // Parse the SVG of a page. Nothing in it can run: elements that could are removed, and the page's policy forbids scripts.
  function parse(text) {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    const root = parsed.documentElement;
    if (root.localName !== "svg") throw new Error(Proof.t("The page could not be drawn."));
    for (const element of root.querySelectorAll(FORBIDDEN)) element.remove();
    return document.importNode(root, true);
  }

  function shadowOf(host) {
    if (host.shadowRoot) return host.shadowRoot;
    const shadow = host.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [styles];
    return shadow;
  }

  // Replace what is shown in `host`, in one step, so that the page does not flicker.
  function show(host, node) {
    node.setAttribute("aria-hidden", "true");
    shadowOf(host).replaceChildren(node);
  }

  Proof.svg = { parse, show, shadowOf };
})();
