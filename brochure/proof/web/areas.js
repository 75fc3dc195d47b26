"use strict";
// The buttons over a page: texts, pictures, drawings and frames that can be clicked.
(() => {
  const { h, setStyle } = Proof.dom;

  // The button over an area; its parts cover the lines of a text.
  function make(page, area, level) {
    const boxes = joinLines(area.rects.length ? area.rects : [[0, 0, 0, 0]]).map((box) => cut(box, page));
    const left = Math.min(...boxes.map((box) => box[0]));
    const right = Math.max(...boxes.map((box) => box[0] + box[2]));
    const low = Math.min(...boxes.map((box) => box[1]));
    const high = Math.max(...boxes.map((box) => box[1] + box[3]));
    const button = h("button", { type: "button", class: "area", "data-area": area.id, "data-kind": area.kind, "data-key": area.key || null, "aria-label": describeArea(area) },
      boxes.map((box) => placedSpan(box, left, low, right - left, high - low)));
    setStyle(button, {
      left: `${(100 * left) / page.width}%`, bottom: `${(100 * low) / page.height}%`,
      width: `${(100 * (right - left)) / page.width}%`, height: `${(100 * (high - low)) / page.height}%`,
      "z-index": level,
    });
    // The panel of what is in a frame leads to it; the Tab key goes through texts and pictures.
    if (area.kind === "frame") button.tabIndex = -1;
    return button;
  }

  const sizeOf = (area) => area.rects.reduce((sum, rect) => sum + rect[2] * rect[3], 0);

  // The stacking order of a page's areas: larger ones are below smaller ones, and frames below what is in them.
  function stack(page) {
    const sorted = [...page.frames, ...[...page.areas].sort((one, other) => sizeOf(other) - sizeOf(one))];
    return new Map(sorted.map((area, index) => [area.id, index + 1]));
  }

  // Join the rectangles of lines that follow each other in one column.
  function joinLines(rects) {
    const joined = [];
    for (const [x, y, width, height] of rects) {
      const last = joined[joined.length - 1];
      const isBelow = last && y < last[1] && last[1] - (y + height) < height && x < last[0] + last[2] && x + width > last[0];
      if (!isBelow) {
        joined.push([x, y, width, height]);
        continue;
      }
      const [left, top] = [Math.min(x, last[0]), last[1] + last[3]];
      joined[joined.length - 1] = [left, y, Math.max(x + width, last[0] + last[2]) - left, top - y];
    }
    return joined;
  }

  // The part of a box on the page, so that its outline can be seen.
  function cut([x, y, width, height], page) {
    const [left, low] = [Math.max(x, 0), Math.max(y, 0)];
    return [left, low, Math.max(0, Math.min(x + width, page.width) - left), Math.max(0, Math.min(y + height, page.height) - low)];
  }

  function placedSpan(box, left, low, width, height) {
    const span = h("span", { class: "area-box" });
    const share = (value, whole) => `${whole ? (100 * value) / whole : 0}%`;
    setStyle(span, { left: share(box[0] - left, width), bottom: share(box[1] - low, height), width: share(box[2], width), height: share(box[3], height) });
    return span;
  }

  function describeArea(area) {
    const kinds = { text: Proof.t("Text"), picture: Proof.t("Picture"), drawing: Proof.t("Drawing"), frame: Proof.t("Frame") };
    return [kinds[area.kind] || area.kind, area.label || area.key].filter(Boolean).join(": ");
  }

  Proof.areas = { describe: describeArea, make, stack };
})();
