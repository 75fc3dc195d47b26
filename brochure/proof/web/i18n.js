"use strict";
// Translate the interface. English is in the code; interface/LANG.po is served as JSON {"English": "translation"}.
(() => {
  const LANGUAGES = { en: "English", fr: "Français" }; // one for each catalogue, and the language of the code

  let catalogue = {};
  let language = "en";

  function substitute(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? String(values[name]) : whole));
  }

  // Return the translation of `text`, with its {placeholders} filled in.
  function t(text, values) {
    const found = catalogue[text];
    return substitute(typeof found === "string" && found ? found : text, values);
  }

  // As `t`, with plural forms: the catalogue has one text for each form, in the order of the PO file.
  function tn(one, many, count, values) {
    const forms = Array.isArray(catalogue[one]) ? catalogue[one] : [one, many];
    const rules = new Intl.PluralRules(language);
    const categories = rules.resolvedOptions().pluralCategories;
    const order = ["zero", "one", "two", "few", "many", "other"].filter((name) => categories.includes(name));
    const category = rules.select(count);
    const index = forms.length === 2 ? (category === "one" ? 0 : 1) : Math.min(order.indexOf(category), forms.length - 1);
    return substitute(forms[index] || many, { n: formatNumber(count), ...values });
  }

  function formatNumber(value, digits = 0) {
    return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  }

  function formatDate(text) {
    const date = new Date(text);
    if (Number.isNaN(date.getTime())) return text || "";
    return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(date);
  }

  // Return the name of a language in the language of the interface.
  function languageName(tag) {
    try {
      return new Intl.DisplayNames([language], { type: "language" }).of(tag) || tag;
    } catch {
      return tag;
    }
  }

  // Choose the language: the one that was chosen before, or the browser's, if there is a catalogue for it.
  async function start(backend) {
    const preferred = [Proof.memory.get("language", ""), ...(navigator.languages || [])];
    const known = Object.keys(LANGUAGES);
    const chosen = preferred.map((tag) => known.find((one) => tag === one || tag.split("-")[0] === one)).find(Boolean) || "en";
    if (chosen !== "en") {
      try {
        catalogue = await backend.interfaceStrings(chosen);
        language = chosen;
      } catch {
        catalogue = {};
      }
    }
    document.documentElement.lang = language;
  }

  Proof.i18n = { LANGUAGES, t, tn, start, formatNumber, formatDate, languageName, current: () => language };
  Proof.t = t;
  Proof.tn = tn;
})();
