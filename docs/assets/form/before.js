/* Before the theme's script runs: without its box the search does not fetch its index, which weighs more than this page. */
for (const part of document.querySelectorAll(".md-header .md-search, .md-header [for=__search]")) part.remove();
