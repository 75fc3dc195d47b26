"use strict";
// Guides over a page: bleed and trim, margins and columns, baseline grid, frames.
(() => {
  const { svg } = Proof.dom;

  const KINDS = ["bleed", "grid", "baseline", "frames", "pins"];

  function rect(box, name) {
    const [x, y, width, height] = box;
    return svg("rect", { x, y, width, height, class: name });
  }

  function frameBox(frame) {
    const [x, y] = frame.rect;
    const group = svg("g", {}, rect(frame.rect, "frame"));
    // The rectangle of a frame that is turned by a quarter is where it is placed; others turn about their centre.
    if (frame.rotate % 90) group.setAttribute("transform", `rotate(${frame.rotate} ${x + frame.rect[2] / 2} ${y + frame.rect[3] / 2})`);
    return group;
  }

  // The name of a frame; text is drawn upright in spite of the y axis that goes up.
  function frameName(frame, page) {
    const [x, y, , height] = frame.rect;
    const label = svg("text", { x: x + 1, y: -(y + height), transform: "scale(1 -1)", class: "frame-name" });
    label.textContent = frame.name;
    return label;
  }

  // Return the overlay of a page: an SVG in points from the lower left corner of the trim, y up.
  function draw(page, shown) {
    const { width, height, bleed, guides = {} } = page;
    const group = svg("g", { transform: `translate(0 ${height}) scale(1 -1)` });
    if (shown.baseline) for (const y of guides.baselines || []) group.append(svg("line", { x1: 0, x2: width, y1: y, y2: y, class: "baseline" }));
    if (shown.grid) {
      for (const column of guides.columns || []) group.append(rect(column, "column"));
      if (guides.margins) group.append(rect(guides.margins, "margin"));
    }
    if (shown.frames) {
      for (const frame of guides.frames || []) group.append(frameBox(frame));
      for (const frame of guides.frames || []) group.append(frameName(frame, page));
    }
    if (shown.bleed) {
      group.append(rect([-bleed, -bleed, width + 2 * bleed, height + 2 * bleed], "bleed"), rect([0, 0, width, height], "trim"));
    }
    const box = `${-bleed} ${-bleed} ${width + 2 * bleed} ${height + 2 * bleed}`;
    return svg("svg", { class: "guides", viewBox: box, "aria-hidden": "true" }, group);
  }

  // Switch an overlay on or off, in all panes.
  function toggle(kind) {
    Proof.state.overlays[kind] = !Proof.state.overlays[kind];
    Proof.memory.set("overlays", Proof.state.overlays);
    Proof.emit("overlays");
  }

  Proof.overlays = { KINDS, draw, toggle };
})();
