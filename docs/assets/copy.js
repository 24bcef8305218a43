/* A button beside every text that is there to be copied; without this script the text can be selected. */
(() => {
  const said = document.body.appendChild(document.createElement("p"));
  said.className = "nav-sr";
  said.setAttribute("aria-live", "polite");
  for (const code of document.querySelectorAll(".nav-copy > code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.onclick = async () => {
      let words = "Copied";
      try {
        await navigator.clipboard.writeText(code.textContent);
      } catch {
        getSelection().selectAllChildren(code);
        if (!document.execCommand("copy")) words = "Selected: press Ctrl+C";
      }
      said.textContent = button.textContent = words;
      setTimeout(() => (said.textContent = "", button.textContent = "Copy"), 3000);
    };
    code.after(button);
  }
})();
