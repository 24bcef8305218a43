/* Warn where the day that a page was calculated for is long past. */
for (const place of document.querySelectorAll("[data-nav-day]"))
  place.lastElementChild.hidden = Date.now() - Date.parse(place.dataset.navDay) < 8 * 864e5;

/* Remember which folds the reader has opened: only those are printed. */
document.addEventListener("click", (event) => {
  const summary = event.target.closest?.("summary");
  if (summary) summary.parentElement.classList.toggle("nav-opened", !summary.parentElement.open);
});
