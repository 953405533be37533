"""Reading open formats into plain rows: GeoJSON boundaries, OpenStreetMap extracts."""
