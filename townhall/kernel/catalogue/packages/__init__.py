"""Services of a council as folders: read whole, checked across their files, and tried by their examples."""
