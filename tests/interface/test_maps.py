"""Maps: a border drawn apart is dashed, the country's own and its neighbours' alike."""

from stabilis.interface import maps


def territory(name: str, *, disputed: bool) -> dict[str, object]:
    square = [[[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]]]
    geometry = {"type": "Polygon", "coordinates": square}
    return {"name": name, "disputed": disputed, "geometry": geometry}


def test_a_border_drawn_apart_is_dashed_on_both_sides() -> None:
    own = maps.features([territory("Own", disputed=False), territory("Part", disputed=True)])
    around = maps.features([territory("Near", disputed=False), territory("Apart", disputed=True)])

    layers = maps.dotted(around=around, own=own, circles=[], unit="deaths")["layer"]

    drawn = {
        shape["properties"]["name"]: "strokeDash" in layer["mark"]
        for layer in layers
        if layer["mark"]["stroke"] != "none"
        for shape in layer["data"]["values"]
    }
    assert drawn == {"Own": False, "Part": True, "Near": False, "Apart": True}
