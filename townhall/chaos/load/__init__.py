"""Those who use the installation meanwhile: other systems, residents, followers, officers."""
