"""JSON that reads well: what Python's own encoder would write on a line, whatever the text."""

import json
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from earmark.narration.script import Span
from earmark.writers.readable import readable

# Times are whole milliseconds in seconds; nothing else in a record is a float.
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text()
    | st.integers(0, 10**9).map(lambda ms: ms / 1000)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)


@given(VALUES)
def test_a_value_is_written_as_python_writes_it(value: object) -> None:
    line = json.dumps(value, ensure_ascii=False)
    assert readable({"a": value}) == f'{{\n  "a": {line}\n}}\n'.encode()


def test_an_iterator_has_an_item_to_a_line() -> None:
    found = readable({"none": iter(()), "two": iter((1, {"b": [2, 3]}))})
    assert found == b'{\n  "none": [],\n  "two": [\n    1,\n    {"b": [2, 3]}\n  ]\n}\n'


def test_a_dataclass_is_an_object_and_half_a_surrogate_a_question_mark() -> None:
    span = Span("text", 1, 2)
    assert json.loads(readable({"a": [span]})) == {"a": [{"field": "text", "start": 1, "end": 2}]}
    assert readable({"a": ["\ud800é", span]}) == (
        '{\n  "a": ["?é", {"field": "text", "start": 1, "end": 2}]\n}\n'.encode()
    )


def test_the_seal_is_the_sum_of_all_before_it() -> None:
    found = readable({"a": 1}, seal=True)
    before, _, seal = found.partition(b',\n  "sha256": ')
    assert json.loads(seal.partition(b"\n")[0]) == sha256(before).hexdigest()
    assert json.loads(found)["a"] == 1
