"""What other systems do here, and what we do at other systems."""
