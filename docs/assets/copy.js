/* Buttons that copy: one beside every text that is there to be copied, and those that copy the page's address.
   Without this script the text can be selected. */
(() => {
  const said = document.body.appendChild(document.createElement("p"));
  said.className = "nav-sr";
  said.setAttribute("aria-live", "polite");
  const copy = async (button, text, place) => {
    const before = button.textContent;
    let words = "Copied";
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      if (!place.isConnected) button.after(place);
      place.textContent = text;
      getSelection().selectAllChildren(place);
      if (!document.execCommand("copy")) words = "Selected: press Ctrl+C";
    }
    said.textContent = button.textContent = words;
    setTimeout(() => ((said.textContent = ""), (button.textContent = before)), 3000);
  };
  for (const code of document.querySelectorAll(".nav-copy > code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.onclick = () => copy(button, code.textContent, code);
    code.after(button);
  }
  for (const button of document.querySelectorAll("[data-copy=address]")) {
    const place = document.createElement("code");
    button.onclick = () => copy(button, location.href, place);
  }
})();
