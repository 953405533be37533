"""The base map as a drawn picture (SVG): for pages without script, for the hero, for print."""
