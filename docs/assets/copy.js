/* Buttons that copy a text or the page's address. */
(() => {
  const make = (name, values) => Object.assign(document.createElement(name), values);
  const said = document.body.appendChild(make("p", { className: "nav-sr", ariaLive: "polite" }));
  const copy = async (button, text, place) => {
    const before = button.textContent;
    let words = _("Copied");
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      if (!place.isConnected) button.after(place);
      place.textContent = text;
      getSelection().selectAllChildren(place);
      if (!document.execCommand("copy")) words = _("Selected: press Ctrl+C");
    }
    said.textContent = button.textContent = words;
    setTimeout(() => ((said.textContent = ""), (button.textContent = before)), 3000);
  };
  for (const code of document.querySelectorAll(".nav-copy > code")) {
    const button = make("button", { type: "button", textContent: _("Copy") });
    button.onclick = () => copy(button, code.textContent, code);
    code.after(button);
  }
  for (const button of document.querySelectorAll("[data-copy=address]")) {
    const place = make("code");
    button.onclick = () => copy(button, location.href, place);
  }
})();
