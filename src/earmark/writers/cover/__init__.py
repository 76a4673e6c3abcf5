"""A cover for what has none: its title on a ground of the publication's colour, readable at the size of a thumbnail.

Drawn with one font that lies here, so that every machine draws the same; its licence lies beside it.
"""

from earmark.writers.cover.drawing import COLOURS, SIDE, draw

__all__ = ["COLOURS", "SIDE", "draw"]
