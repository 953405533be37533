"""Forms: pages and questions read from a file, and the pure functions that take somebody through them."""
