"""What is measured on paper: how well each text can be read."""

from __future__ import annotations

PALE = """() => {
  const dot = Object.assign(document.createElement("canvas"), {width: 1, height: 1});
  const canvas = dot.getContext("2d", {willReadFrequently: true});
  const parsed = new Map();
  const rgba = (colour) => {
    if (!parsed.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      parsed.set(colour, [r, g, b, a / 255]);
    }
    return parsed.get(colour);
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
  const light = (colour) => {
    const line = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = colour.map((part) => line(part / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const grounds = new Map([[null, [255, 255, 255]]]);
  const ground = (element) => {
    if (!grounds.has(element)) {
      const style = getComputedStyle(element);
      const printed = style.printColorAdjust === "exact" ? rgba(style.backgroundColor) : [0, 0, 0, 0];
      grounds.set(element, over(printed, ground(element.parentElement)));
    }
    return grounds.get(element);
  };
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = walker.nextNode()); ) {
    const element = text.parentElement;
    const shown = element.checkVisibility({visibilityProperty: true, opacityProperty: true});
    if (!text.data.trim() || !shown || element.closest(".nav-sr, .md-header, .md-tabs")) continue;
    const style = getComputedStyle(element);
    const paper = ground(element);
    const colour = element.closest("svg") && style.fill !== "none" ? style.fill : style.color;
    const [high, low] = [light(over(rgba(colour), paper)), light(paper)].sort((a, b) => b - a);
    const words = text.data.trim().slice(0, 30);
    if (high / low < 7) found.add(`${(high / low).toFixed(1)} ${colour} ${element.tagName} "${words}"`);
  }
  return [...found];
}"""
"""Lists texts with a contrast under 7 to 1 as they would be printed, without backgrounds that browsers leave out."""
