"""What a record looks like to an editor: the part of `editor_schemas.py` that knows types of fields, not their words.

An editor reads YAML 1.2, so a field that is always text here is a number or a switch there: `2026`, `true`.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias, get_args

from pydantic import BeforeValidator, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from macros.fields import days
from macros.fields import types as fields
from macros.fields.markers import Within, fields_of, named
from macros.model import editions
from macros.model.status_file import Answer
from macros.model.statuses import WRITTEN
from macros.text.problem import KINDS
from macros.text.slugs import MAX_NAME

Schema: TypeAlias = dict[str, Any]
Vocabulary: TypeAlias = Mapping[Any, str]  # word → what it means


def shape(kind: str, pattern: str, *types: str, **limits: object) -> Schema:
    """Describe a value. Where it does not fit, an editor says the rule behind that kind of problem."""
    rule = KINDS[kind].partition("\n\n")[0].replace("\n", " ")
    return {"type": [*types], "pattern": pattern, **limits, "errorMessage": rule}


def unoffered(kept: str) -> Schema:
    """Allow one type without naming it, or an editor would offer to write `null` or `true`."""
    return {"not": {"type": [name for name in TYPES if name != kept]}}


TYPES = ("array", "boolean", "null", "number", "object", "string")
MONTH = "(19|20)[0-9]{2}-(0[1-9]|1[0-2])"
DAY = "(19|20)[0-9]{2}-((0[1-9]|1[0-2])-(0[1-9]|[12][0-9])|(0[13-9]|1[0-2])-30|(0[13578]|1[02])-31)"
MOMENT = f"^((19|20)[0-9]{{2}}|{MONTH}|{DAY})$"
SHARE = r"^([0-9](\.[0-9]{1,3})?|10)$"
TEXT = shape("missing-text", r"\S", "string", "number", maxLength=fields.MAX_TEXT)

SHAPES: dict[str, tuple[Any, Schema]] = {
    "text": (fields.Line, {"anyOf": [TEXT, unoffered("boolean")]}),
    "name": (
        fields.Word,
        shape("bad-name", "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "string", maxLength=MAX_NAME),
    ),
    "number": (
        fields.Number,
        shape("not-a-number", "^(0|[1-9][0-9]{0,3})$", "integer", "string", minimum=0, maximum=9999),
    ),
    "share": (fields.Share, shape("not-a-share", SHARE, "number", "string", minimum=0, maximum=10)),
    "switch": (fields.Flag, shape("not-yes-or-no", "^(true|false)$", "boolean", "string")),
    "month": (days.MonthText, shape("not-a-month", f"^{MONTH}$", "string")),
    "moment": (days.PartialDateText, shape("not-a-date", MOMENT, "string", "integer", minimum=1900, maximum=2099)),
    "day": (days.Day, shape("not-a-date", f"^{DAY}$", "string")),
    "edition": (fields.Edition, shape("not-an-edition", r"^v[0-9]{4}\.[0-9]{1,2}$", "string")),
}
"""Name of a definition → the type of field, and what an editor finds there."""


def reader(field: Any) -> Any:
    """Find the function that reads a type of field."""
    return next(mark.func for mark in get_args(field) if isinstance(mark, BeforeValidator))


READERS = {reader(field): name for name, (field, _) in SHAPES.items()}
READERS[reader(fields_of(Answer)["status"])] = "status"
NOTHING: Schema = {"x-ref": "nothing"}
(NOT_ASKED,) = (word for word, status in WRITTEN.items() if not status.asked)  # a second one: "enum" below
REASON: Schema = {
    "if": {"properties": {"status": {"const": NOT_ASKED}}, "required": ["status"]},
    "then": {
        "properties": {"because": {"x-ref": "text"}},
        "required": ["because"],
        "errorMessage": f"{NOT_ASKED} needs a reason: add because, and one sentence.",
    },
}


def definition(kind: str) -> str:
    """Name the definition that lists the words of a kind; the form of an edition has its name already."""
    return f"{kind}-known" if kind in SHAPES else kind


def describe(record: Any, words: Mapping[str, Vocabulary]) -> Schema:
    """Make the schema of a record; `x-ref` stands for a `$ref` to one of our own definitions."""
    return _Generator(words).generate(TypeAdapter(record).core_schema)


def closed(names: Mapping[Any, Schema]) -> Schema:
    """Describe a group that holds these names and no others; VS Code finds numbers by a pattern only."""
    numbers = {f"^{name}$": names[name] for name in names if isinstance(name, int)}
    named = {"patternProperties": numbers} if numbers else {"properties": names}
    return {"type": "object", **named, "additionalProperties": False}


class _Generator(GenerateJsonSchema):
    """Makes the schemas of records."""

    def __init__(self, words: Mapping[str, Vocabulary]):
        super().__init__()
        self.words = words

    def sort(self, value: Schema, parent_key: str | None = None) -> Schema:  # noqa: ARG002
        return value  # the order of the records

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False  # a title would only repeat the name

    def default_schema(self, schema: Any) -> Schema:
        return self.generate_inner(schema["schema"])  # an editor would write the default into the file

    def nullable_schema(self, schema: Any) -> Schema:
        return {"anyOf": [self.generate_inner(schema["schema"]), NOTHING]}

    def tuple_schema(self, schema: Any) -> Schema:
        made = super().tuple_schema(schema)  # older editors do not know prefixItems; ours are alike
        return {"items": made.pop("prefixItems")[0], **made} if "prefixItems" in made else made

    def dict_schema(self, schema: Any) -> Schema:
        names, values = self.generate_inner(schema["keys_schema"]), self.generate_inner(schema["values_schema"])
        return {"type": "object", "propertyNames": names, "additionalProperties": values}

    def function_before_schema(self, schema: Any) -> Schema:
        read = schema["function"]["function"]
        if read in READERS:
            return {"x-ref": READERS[read]}
        made = super().function_before_schema(schema)
        if read is editions.short_form:
            return {"anyOf": [{"x-ref": "text"}, made]}
        if read is fields.Group.func:
            return {"anyOf": [made, NOTHING]}
        if read is fields.a_list and "x-ref" in made["items"]:
            return {"anyOf": [made["items"], made]}  # one text stands for a list of one
        return made

    def model_schema(self, schema: Any) -> Schema:
        return self.record(super().model_schema(schema), schema["cls"])

    def dataclass_schema(self, schema: Any) -> Schema:
        return self.record(super().dataclass_schema(schema), schema["cls"])

    def record(self, made: Schema, record: type) -> Schema:
        """Say of a record what its fields alone do not."""
        deepest_first = sorted(named(record), key=lambda found: -len(found[0]))  # a closed group is not reopened
        for (name, *within), kind in deepest_first:
            place, in_values = str(name).replace("_", "-"), within == [Within.VALUE, Within.NAME]
            if kind in self.words and (in_values or within in ([], [Within.ENTRY], [Within.NAME])):
                use = self.use_in_values if in_values else self.use
                made["properties"][place] = use(made["properties"][place], kind)
        extra = REASON if record is Answer else {}
        return {key: value for key, value in made.items() if key not in ("title", "description")} | extra

    def use_in_values(self, made: Schema, kind: str) -> Schema:
        """Let the names of each group within a group be words of a kind."""
        if "anyOf" in made:
            return {**made, "anyOf": [self.use_in_values(choice, kind) for choice in made["anyOf"]]}
        values = made.get("additionalProperties")
        return {**made, "additionalProperties": self.use(values, kind)} if values else made

    def use(self, made: Schema, kind: str) -> Schema:
        """Let a value, the entries of a list or the names of a group be words of a kind."""
        if "anyOf" in made:
            return {**made, "anyOf": [self.use(choice, kind) for choice in made["anyOf"]]}
        if made.get("type") == "array":
            return {**made, "items": {"x-ref": definition(kind)}}
        if made.get("type") == "object":
            values = made["additionalProperties"]
            return closed({word: {"description": text, **values} for word, text in self.words[kind].items()})
        return (
            made
            if made == NOTHING
            else {name: made[name] for name in made if name != "$ref"} | {"x-ref": definition(kind)}
        )
