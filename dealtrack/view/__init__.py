"""How things look on a screen: a value in, a renderable out."""
