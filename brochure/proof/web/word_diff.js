"use strict";
// Show the difference of two texts word by word.
(() => {
  const { h } = Proof.dom;
  const MAX_CELLS = 1000000; // of the table of the longest common subsequence

  // Divide a text into words, spaces and punctuation by the rules of its language.
  function splitWords(text, language) {
    try {
      const segmenter = new Intl.Segmenter(language, { granularity: "word" });
      return Array.from(segmenter.segment(text), (one) => one.segment);
    } catch {
      return text.split(/(\s+)/).filter(Boolean);
    }
  }

  // Return [kind, text] pairs; kind is "same", "old" or "new".
  function compare(before, after, language) {
    const old = splitWords(before, language);
    const now = splitWords(after, language);
    let start = 0;
    while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
    let end = 0;
    while (end < old.length - start && end < now.length - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
    const parts = [["same", old.slice(0, start).join("")]];
    parts.push(...compareMiddle(old.slice(start, old.length - end), now.slice(start, now.length - end)));
    parts.push(["same", old.slice(old.length - end).join("")]);
    return joinEqual(parts.filter((part) => part[1]));
  }

  function compareMiddle(old, now) {
    if (old.length * now.length > MAX_CELLS) return [["old", old.join("")], ["new", now.join("")]];
    const width = now.length + 1;
    const lengths = new Uint32Array((old.length + 1) * width);
    for (let i = old.length - 1; i >= 0; i -= 1) {
      for (let j = now.length - 1; j >= 0; j -= 1) {
        lengths[i * width + j] = old[i] === now[j] ? lengths[(i + 1) * width + j + 1] + 1
          : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
      }
    }
    return walk(old, now, lengths, width);
  }

  function walk(old, now, lengths, width) {
    const parts = [];
    let i = 0;
    let j = 0;
    while (i < old.length || j < now.length) {
      if (i < old.length && j < now.length && old[i] === now[j]) {
        parts.push(["same", old[i]]);
        i += 1;
        j += 1;
      } else if (j >= now.length || (i < old.length && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])) {
        parts.push(["old", old[i]]);
        i += 1;
      } else {
        parts.push(["new", now[j]]);
        j += 1;
      }
    }
    return parts;
  }

  function joinEqual(parts) {
    const joined = [];
    for (const [kind, text] of parts) {
      const last = joined[joined.length - 1];
      if (last && last[0] === kind) last[1] += text;
      else joined.push([kind, text]);
    }
    return joined;
  }

  // Return an element with both texts: removed words struck through, added words marked.
  function show(before, after, language, leftToRight) {
    const names = { old: "del", new: "ins" };
    const parts = compare(before, after, language);
    const dir = leftToRight === undefined ? "auto" : leftToRight ? "ltr" : "rtl";
    return h("div", { class: "words diff", lang: language, dir },
      parts.map(([kind, text]) => (kind === "same" ? text : h(names[kind], {}, text))));
  }

  Proof.wordDiff = { compare, show };
})();
