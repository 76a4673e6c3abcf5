"""An article as marked-up elements, shared by the page and the book: `document` renders, `html` and `xhtml` write."""

from earmark.writers.markup.addresses import safe_address
from earmark.writers.markup.document import Document, document, is_furniture
from earmark.writers.markup.labels import Labels, labels_for
from earmark.writers.markup.owners import UNREMARKABLE
from earmark.writers.markup.tongues import direction, language_tag
from earmark.writers.markup.tree import (
    Element,
    Node,
    Printed,
    element,
    elements,
    html,
    html_pieces,
    plain_text,
    xhtml,
    xhtml_pieces,
)

__all__ = [
    "UNREMARKABLE",
    "Document",
    "Element",
    "Labels",
    "Node",
    "Printed",
    "direction",
    "document",
    "element",
    "elements",
    "html",
    "html_pieces",
    "is_furniture",
    "labels_for",
    "language_tag",
    "plain_text",
    "safe_address",
    "xhtml",
    "xhtml_pieces",
]
