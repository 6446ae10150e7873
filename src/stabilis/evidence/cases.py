"""The four cases of the pack, by alpha-3 code, in the order in which a reader meets them."""

CASES = ("AFG", "MLI", "SOM", "XKX")
