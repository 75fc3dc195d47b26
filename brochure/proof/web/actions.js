"use strict";
// The actions of the window, which keys and the toolbar start.
(() => {
  const ZOOM_STEP = 1.25;

  // What keys and the toolbar do, by name.
  function makeActions(app) {
    const overlay = (kind) => () => Proof.overlays.toggle(kind);
    const main = () => app.panes.main;
    return {
      edit: () => app.edit(), nextText: () => app.stepText(1), previousText: () => app.stepText(-1),
      nextMissing: () => Proof.messages.goToNext("missing"), nextOutdated: () => Proof.messages.goToNext("outdated"), nextLong: () => Proof.messages.goToNext("long"),
      search: () => {
        app.side.showTab("messages");
        app.panels.messages.focusSearch();
      },
      save: () => app.inspector.editor && app.inspector.editor.saveAsIs(), leave: () => app.leave(),
      nextPage: () => app.stepPage(1), previousPage: () => app.stepPage(-1),
      zoomIn: () => main().setZoom(main().currentZoom() * ZOOM_STEP), zoomOut: () => main().setZoom(main().currentZoom() / ZOOM_STEP),
      zoomFit: () => main().setZoom("fit"), zoomWidth: () => main().setZoom("width"), zoomFull: () => main().setZoom(1),
      zoomTo: (value) => main().setZoom(Number(value) || value),
      sideBySide: () => app.toggleBeside(), chooseEdition: () => app.toolbar.edition.focus(),
      openEdition: (id) => app.openEdition(id), openBeside: (id) => app.openBeside(id),
      bleed: overlay("bleed"), grid: overlay("grid"), baseline: overlay("baseline"), frames: overlay("frames"), pins: overlay("pins"),
      inks: () => Proof.backend.live && app.side.showTab("inks"), findings: () => app.side.showTab("findings"),
      comment: () => app.commentOnSelected(), approve: () => app.decide("approved"), reject: () => app.decide("rejected"),
      nextRegion: () => goToNextRegion(app), help: () => Proof.keyboard.showHelp(),
      togglePinning: () => app.setPinning(!Proof.state.isPinning), toggleThumbnails: () => app.setThumbnails(app.thumbnails.element.hidden),
    };
  }

  // F6: toolbar, small pages, pages, panel.
  function goToNextRegion(app) {
    const regions = [app.toolbar.element, app.thumbnails.element, app.panes.main.scroller, app.panes.beside.scroller, app.side.panel].filter((one) => !one.hidden);
    const index = regions.findIndex((one) => one.contains(document.activeElement));
    const next = regions[(index + 1) % regions.length];
    const target = next.hasAttribute("tabindex") ? next : next.querySelector("button, select");
    if (target) target.focus();
  }

  Proof.makeActions = makeActions;
})();
