"""What geo holds is about places: it says so, because addresses look like something about people."""

from townhall.kernel.privacy.registries import not_personal

not_personal.add("geo.Boundary", "names of areas")
not_personal.add("geo.Street", "names of streets")
not_personal.add("geo.Address", "every property in the area, whoever lives there; nobody is named")
not_personal.add("geo.Place", "names of places")
not_personal.add("geo.Feature", "names of what the map shows")
