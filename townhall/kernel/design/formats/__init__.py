"""How dates are read in forms, by language, where Django's own formats are those of another country."""
