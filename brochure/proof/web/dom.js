"use strict";
// Build elements. Text is always inserted as text, never parsed as HTML.
window.Proof = window.Proof || {};

(() => {
  const SVG = "http://www.w3.org/2000/svg";

  // Create an element. `attributes` are attributes, listeners (`onclick`), or `style` (an object, set through the CSSOM,
  // because the Content-Security-Policy forbids style attributes). Children are nodes, strings, arrays or null.
  function h(tag, attributes, ...children) {
    const element = document.createElement(tag);
    setAttributes(element, attributes || {});
    append(element, children);
    return element;
  }

  function setAttributes(element, attributes) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (name === "style") setStyle(element, value);
      else element.setAttribute(name, value === true ? "" : value);
    }
  }

  function setStyle(element, values) {
    for (const [name, value] of Object.entries(values)) element.style.setProperty(name, value);
  }

  function append(element, children) {
    for (const child of children) {
      if (Array.isArray(child)) append(element, child);
      else if (child !== null && child !== undefined && child !== false) element.append(child);
    }
  }

  function svg(tag, attributes, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  // Replace the children of an element.
  function fill(element, ...children) {
    element.textContent = "";
    append(element, children);
    return element;
  }

  const ICONS = {
    thumbnails: "M2.5 3h4v4h-4zM2.5 9h4v4h-4zM9 4.5h5M9 10.5h5",
    sideBySide: "M2 3h5v10H2zM9 3h5v10H9z",
    comment: "M2.5 3h11v8h-6l-3 2.5V11h-2z",
    eye: "M1.5 8s2.5-4.5 6.5-4.5S14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6a2 2 0 100 4 2 2 0 000-4z",
    help: "M5.8 6a2.2 2.2 0 113 2c-.6.3-.8.7-.8 1.4M8 11.8v.6",
    settings: "M2 4.500h7M12 4.500h2M2 11.500h2M7 11.500h7M10.500 3v3M5.500 10v3",
  };

  function icon(name) {
    const path = svg("path", { d: ICONS[name], fill: "none", stroke: "currentColor", "stroke-width": "1.3" });
    path.setAttribute("stroke-linecap", "round");
    path.setAttribute("stroke-linejoin", "round");
    return svg("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true", focusable: "false" }, path);
  }

  // Return a function that calls `action` once, `wait` milliseconds after its last call.
  function debounce(action, wait) {
    let timer = 0;
    return (...values) => {
      clearTimeout(timer);
      timer = setTimeout(() => action(...values), wait);
    };
  }

  const FOCUSABLE = "button, a[href], input, select, textarea, summary, [tabindex]";

  // Draw a part of the window again; if the focus was in it, it goes to the control at the same place.
  function keepFocus(container, draw) {
    const active = document.activeElement;
    const index = container.contains(active) ? [...container.querySelectorAll(FOCUSABLE)].indexOf(active) : -1;
    draw();
    if (index < 0 || container.contains(document.activeElement)) return;
    const controls = [...container.querySelectorAll(FOCUSABLE)].filter((one) => !one.disabled);
    const next = controls[Math.min(index, controls.length - 1)];
    if (next) next.focus({ preventScroll: true });
  }

  Proof.dom = { keepFocus, h, svg, fill, icon, debounce, setStyle };
})();
