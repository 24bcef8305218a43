/* Remember which folds the reader has opened: only those are printed. */
document.addEventListener("click", (event) => {
  const summary = event.target.closest?.("summary");
  if (summary) summary.parentElement.classList.toggle("nav-opened", !summary.parentElement.open);
});
