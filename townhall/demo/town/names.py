"""Names of streets, wards, villages and places; no name is given twice in one place."""

from dataclasses import dataclass, field

from .chance import Rng

THEMES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "core": (
        ("Saddler", "Fish", "Minster", "Friar", "Malt", "Salt", "Corn", "Silver", "Castle", "Cross", "Finkle", "Hog",
         "Sheep", "Tolbooth", "Bell", "Angel", "Pump", "Maiden", "Cooper", "Glover", "Fuller", "Weaver", "Potter"),
        ("Lane", "Street", "Yard", "Row", "Court", "Wynd"),
    ),
    "terrace": (
        ("Loom", "Bobbin", "Shuttle", "Smith", "Inkerman", "Alma", "Balaclava", "Nelson", "Trafalgar", "Wellington",
         "Waterloo", "Gladstone", "Disraeli", "Albert", "Prince", "Queen", "Clarence", "Cardigan", "Havelock", "Napier",
         "Russell", "Melbourne", "Canning", "Grosvenor", "Belmont", "Provident", "Unity", "Industry", "Temperance",
         "Union", "Mason", "Joiner", "Carter", "Spring", "Summer", "Harvest", "Rose", "Ivy", "Myrtle", "Laurel",
         "Livingstone", "Gordon", "Salisbury", "Arthur", "Edward", "George", "William", "Charles", "Henry", "Frances",
         "Beatrice", "Louisa", "Percy", "Oswald", "Cuthbert", "Wilfrid", "Hartington", "Rosebery", "Kitchener",
         "Ladysmith", "Mafeking", "Pretoria", "Argyle", "Carlton", "Denmark", "Brunswick", "Hanover", "Adelaide"),
        ("Street", "Street", "Street", "Terrace", "Road", "Place"),
    ),
    "semi": (
        ("Grasmere", "Coniston", "Derwent", "Ullswater", "Windermere", "Buttermere", "Ennerdale", "Thirlmere",
         "Kentmere", "Rydal", "Langdale", "Eskdale", "Borrowdale", "Wasdale", "Duddon", "Larch", "Rowan", "Beech",
         "Chestnut", "Sycamore", "Poplar", "Lime", "Maple", "Hawthorn", "Hazel", "Holly", "Elm", "Oak", "Alder",
         "Cedar", "Linden", "Laburnum", "Lilac", "Briar", "Coronation", "Jubilee", "Windsor", "Balmoral", "Sandringham",
         "Kingsway", "Queensway", "Tudor", "Stuart", "York", "Lancaster", "Norfolk", "Suffolk", "Devon", "Cornwall",
         "Dorset", "Somerset", "Kent", "Surrey", "Sussex", "Essex", "Priory", "Meadow", "Orchard", "Park", "Hill"),
        ("Avenue", "Road", "Crescent", "Drive", "Grove", "Gardens", "Rise"),
    ),
    "modern": (
        ("Curlew", "Plover", "Heron", "Lapwing", "Kestrel", "Merlin", "Swift", "Swallow", "Wren", "Linnet", "Dunlin",
         "Teal", "Mallard", "Widgeon", "Redwing", "Fieldfare", "Goldcrest", "Siskin", "Nuthatch", "Kingfisher",
         "Dipper",
         "Sandpiper", "Avocet", "Osprey", "Barley", "Clover", "Cornflower", "Poppy", "Primrose", "Foxglove", "Bluebell",
         "Campion", "Teasel", "Yarrow", "Sorrel", "Speedwell", "Heather", "Bracken", "Fern", "Juniper", "Tamarisk",
         "Millstone", "Ploughman", "Shepherd", "Haymaker", "Threshers", "Saffron", "Lavender", "Marigold", "Larkspur"),
        ("Close", "Drive", "Way", "Court", "Mead", "Croft", "View", "Walk"),
    ),
    "industry": (
        ("Anvil", "Furnace", "Foundry", "Bessemer", "Crucible", "Ingot", "Hammer", "Wheelwright", "Turbine", "Boiler",
         "Forge", "Rivet", "Carding", "Spindle", "Dyeworks", "Brickfield", "Kiln", "Sidings", "Wharf", "Maltings"),
        ("Road", "Way", "Lane", "Street", "Park"),
    ),
    "collector": (
        ("Ashfield", "Broomhill", "Cragside", "Denehurst", "Elmwood", "Fairfield", "Greenbank", "Highfield",
         "Inglewood",
         "Kirkgate", "Longmoor", "Moorside", "Netherby", "Oakfield", "Parkside", "Ravenhill", "Springfield",
         "Thornhill",
         "Underbank", "Westbourne", "Whinfield", "Woodlands", "Beckside", "Birkdale", "Carrfield", "Daleside",
         "Edgemoor",
         "Fernbank", "Glebe", "Hollins", "Lowfield", "Millbrook", "Northfield", "Overdale", "Rosehill", "Southfield"),
        ("Road", "Road", "Road", "Avenue", "Lane", "Drive"),
    ),
    "village": (
        ("Church", "Chapel", "School", "Green", "Pond", "Pump", "Forge", "Hall", "Vicarage", "Manor", "Croft", "Town",
         "Smithy", "Dale", "Beck", "Moor", "Low", "High", "Back", "Glebe", "Orchard", "Paddock", "Toft", "Garth",
         "Mill",
         "Well", "Tithe", "Barn", "Rectory", "Common", "Cross", "Stile", "Ford", "Birch", "Rowan", "Hawthorn"),
        ("Lane", "Lane", "Road", "Row", "Hill", "Close", "Garth"),
    ),
    "rural": (
        ("Fell", "Moss", "Thwaite", "Intake", "Drove", "Carr", "Ings", "Raven", "Hare", "Fox", "Badger", "Cuckoo",
         "Peat", "Quarry", "Lime", "Coach", "Drover", "Packhorse", "Gallows", "Hollow", "Long", "Cold", "Windy",
         "Bleak"),
        ("Lane", "Lane", "Road", "Bank", "Rigg"),
    ),
}  # fmt: skip
PREFIXES = ("", "Upper ", "Lower ", "New ", "Old ", "East ", "West ", "North ", "South ", "Little ", "Great ")
VILLAGES = (
    "Fell End", "Thorpe Merrow", "Ashby Green", "Low Kirkby", "Holmbeck", "Scarside", "Winterfold", "Nether Aske",
    "Birkrigg", "Dunsop Mill", "Aldermoor", "Whitcross", "Hartwith", "Ellerby Moss", "Skelbeck", "Garthwaite",
)  # fmt: skip
WARDS: dict[str, tuple[str, float, float]] = {
    "Castle": ("Y Castell", -0.08, 0.05), "Eastfield": ("Maes y Dwyrain", 0.95, 0.45),
    "Forge": ("Yr Efail", -0.62, 0.62),
    "Mere and Fell End": ("Y Mere a Phen y Fridd", -1.9, 1.1),
    "Mill Lane": ("Lôn y Felin", -0.42, -0.72), "Northgate": ("Porth y Gogledd", 0.15, 0.92),
    "Railside": ("Ymyl y Rheilffordd", 0.52, 0.08), "Southbank": ("Glan y De", 0.5, -0.68),
    "Westmere": ("Llyn y Gorllewin", -0.98, -0.05),
}  # fmt: skip
CITY_WARDS: dict[str, tuple[str, float, float]] = {
    "Abbey": ("Yr Abaty", -0.35, 0.2), "Ashfield": ("Maes yr Onnen", 0.75, 0.7),
    "Broomhill": ("Bryn Banadl", -0.2, 1.0),
    "Cragside": ("Ochr y Graig", 0.5, 0.95), "Highfield": ("Maes Uchel", 0.9, -0.15),
    "Quayside": ("Glan y Cei", 0.55, -0.3), "Ravenhill": ("Bryn y Gigfran", 0.1, -1.0),
    "Thornbeck": ("Nant y Drain", 0.8, -0.65), "Woodlands": ("Y Coed", -0.75, -0.75),
    "Parkside": ("Ymyl y Parc", -0.35, -0.25), "Moorside": ("Ymyl y Rhos", -0.95, 0.35),
}  # fmt: skip
VILLAGE_WARDS = ("Castle", "Northgate", "Southbank")


@dataclass(slots=True)
class Namer:
    """Hands out names by theme; `reserve` keeps those already on the map."""

    rng: Rng
    used: set[str] = field(default_factory=set)
    queues: dict[str, list[str]] = field(default_factory=dict)
    rounds: dict[str, int] = field(default_factory=dict)

    def reserve(self, names: set[str]) -> None:
        self.used |= names

    def street(self, theme: str, *, suffix: str = "") -> str:
        """A name of the theme that the town does not have yet; closes and crescents ask for their suffix."""
        key = f"{theme}/{suffix}"
        while True:
            queue = self.queues.setdefault(key, [])
            if not queue:
                queue.extend(self._round(theme, suffix, key))
            name = queue.pop()
            if name not in self.used:
                self.used.add(name)
                return name

    def _round(self, theme: str, suffix: str, key: str) -> list[str]:
        bases, suffixes = THEMES[theme]
        number = self.rounds.get(key, 0)
        self.rounds[key] = number + 1
        ends = (suffix,) if suffix else suffixes
        turn = number % len(ends)
        prefix = PREFIXES[number // len(ends)] if number // len(ends) < len(PREFIXES) else f"{_ordinal(number)} "
        order = self.rng.permutation(len(bases))
        return [f"{prefix}{bases[i]} {ends[(int(n) + turn) % len(ends)]}" for n, i in enumerate(order)]


def _ordinal(number: int) -> str:
    return ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")[number % 6] + " " + chr(65 + number // 6 % 26)
