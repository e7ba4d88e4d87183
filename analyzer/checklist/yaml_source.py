"""Read YAML into a pydantic model, with errors that name file, line and allowed keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from analyzer.errors import InputError, did_you_mean

M = TypeVar("M", bound=BaseModel)
_PLAIN = {
    "extra_forbidden": "this field is not known here",
    "missing": "this field is missing",
    "invalid_key": "the name of a field must be a word (put it in quotes)",
    "string_type": "this must be text (put it in quotes)",
    "string_pattern_mismatch": (
        "small letters, digits and underscores only, and a letter first (a pack's name may "
        "have hyphens)"
    ),
    "string_too_short": "this text is empty or too short",
    "string_too_long": "this text is too long",
    "int_type": "this must be a whole number",
    "int_parsing": "this must be a whole number",
    "int_from_float": "this must be a whole number",
    "float_type": "this must be a number",
    "float_parsing": "this must be a number",
    "bool_type": "this must be true or false",
    "bool_parsing": "this must be true or false",
    "list_type": "this must be a list (lines starting with '- ')",
    "model_type": "this must be a group of fields",
    "model_attributes_type": "this must be a group of fields",
    "dict_type": "this must be a group of fields",
    "too_short": "this list is empty",
}
_WITH_LIMIT = {
    "greater_than": ("gt", "this must be more than {}"),
    "greater_than_equal": ("ge", "this must be at least {}"),
    "less_than": ("lt", "this must be less than {}"),
    "less_than_equal": ("le", "this must be at most {}"),
    "literal_error": ("expected", "this must be {}"),
}
_NOT_SHOWN = {"missing", "extra_forbidden", "inconsistent", "invalid_key"}
_QUOTES_HELP = (
    "a text that holds ': ' or ' #', or that begins with a sign such as { [ * & ! @ or a quote, "
    "must stand in quotes"
)


def load_model(
    path: Path,
    model: type[M],
    *,
    error: type[InputError],
    next_step: str = "",
    text: str | None = None,
) -> M:
    """Parse ``path`` (or ``text`` standing for it) and validate it as ``model``.

    Raises:
        InputError: of the type ``error``, one line a mistake, with file and line.
    """
    if text is None:
        text = _read(path, error, next_step)
    root, data = _parse(path, text, error, next_step)
    try:
        return model.model_validate(data)
    except ValidationError as invalid:
        lines = dict.fromkeys(_explain(path, root, model, item) for item in invalid.errors())
        raise error("\n".join(lines), next_step=next_step) from invalid


def line_of_field(path: Path, *location: str | int) -> int:
    """The line a field stands on, or the nearest line above it that exists; 1 if unreadable."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        return 1
    return _line_of(root, location)


def _read(path: Path, error: type[InputError], next_step: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as missing:
        raise error(f"{path.name}: there is no such file.", next_step=next_step) from missing
    except IsADirectoryError as folder:
        raise error(
            f"{path.name}: this is a folder, not a YAML file.", next_step=next_step
        ) from folder
    except UnicodeDecodeError as garbled:
        line = garbled.object[: garbled.start].count(b"\n") + 1
        raise error(
            f"{path.name} line {line}: the file cannot be read as UTF-8 text.",
            next_step="Save it again as UTF-8. " + next_step,
        ) from garbled
    except OSError as unreadable:
        raise error(f"{path.name}: the file cannot be read.", next_step=next_step) from unreadable


def _parse(
    path: Path, text: str, error: type[InputError], next_step: str
) -> tuple[Any, dict[Any, Any]]:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as broken:
        raise error(_yaml_message(path, broken), next_step=next_step) from broken
    except RecursionError as deep:
        raise error(f"{path.name}: this is nested too deeply.", next_step=next_step) from deep
    if not isinstance(data, dict):
        raise error(f"{path.name} line 1: this is not a YAML file of fields.", next_step=next_step)
    twice = _repeated_keys(root)
    if twice:
        lines = [f"{path.name} line {line}: {key}: this field stands twice." for key, line in twice]
        raise error("\n".join(lines), next_step=next_step)
    return root, data


def _repeated_keys(node: Any) -> list[tuple[str, int]]:
    if isinstance(node, yaml.SequenceNode):
        return [found for item in node.value for found in _repeated_keys(item)]
    if not isinstance(node, yaml.MappingNode):
        return []
    found: list[tuple[str, int]] = []
    seen: set[str] = set()
    for key, value in node.value:
        name = key.value if isinstance(key.value, str) else ""
        if name in seen:
            found.append((name, key.start_mark.line + 1))
        seen.add(name)
        found += _repeated_keys(value)
    return found


def _yaml_message(path: Path, broken: Exception) -> str:
    mark = getattr(broken, "problem_mark", None)
    where = f" line {mark.line + 1}" if mark is not None else ""
    problem = getattr(broken, "problem", None) or str(broken)
    return f"{path.name}{where}: this is not valid YAML ({problem}); {_QUOTES_HELP}."


def _explain(path: Path, root: Any, model: type[BaseModel], item: Any) -> str:
    kind, context = item["type"], item.get("ctx") or {}
    location = tuple(part for part in item["loc"] if not _is_type_tag(part))
    if kind == "inconsistent":
        location = (*location, context["field"])
    if kind == "invalid_key":
        location = location[:-1]
    line = _line_of(root, location)
    field = _readable(location)
    said = _said(kind, item["msg"], context)
    value = item.get("input")
    if isinstance(value, (str, int, float, bool)) and kind not in _NOT_SHOWN:
        said += f" (found {_short(value)})"
    if kind == "extra_forbidden":
        said += _allowed(model, location)
    return f"{path.name} line {line}: {field}: {said}."


def _said(kind: str, message: str, context: dict[str, Any]) -> str:
    if kind in _WITH_LIMIT:
        key, sentence = _WITH_LIMIT[kind]
        return sentence.format(context[key])
    return _PLAIN.get(kind) or message.removeprefix("Value error, ").removesuffix(".")


def _readable(location: tuple[Any, ...]) -> str:
    """``("patterns", 2, "phrase")`` → ``patterns, number 3, phrase``."""
    parts = [f"number {part + 1}" if isinstance(part, int) else str(part) for part in location]
    return ", ".join(parts) or "the file"


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"


def _allowed(model: type[BaseModel], location: tuple[Any, ...]) -> str:
    keys = _allowed_keys(model, location[:-1])
    if not keys:
        return ""
    meant = did_you_mean(str(location[-1]), keys)
    return f"{f'; {meant}' if meant else ''}; allowed here: {', '.join(keys)}"


def _is_type_tag(part: Any) -> bool:
    # pydantic adds the name of the union member it tried; that is no place in the file
    return isinstance(part, str) and ("[" in part or part.startswith("constrained-"))


def _line_of(node: Any, location: tuple[Any, ...]) -> int:
    line = 1 if node is None else node.start_mark.line + 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    node, line = value, key.start_mark.line + 1
                    break
            else:
                return int(line)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            if part >= len(node.value):
                return int(line)
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            return int(line)
    return int(line)


def _allowed_keys(model: type[BaseModel], location: tuple[Any, ...]) -> list[str]:
    current: type[BaseModel] | None = model
    for part in location:
        if current is None or isinstance(part, int):
            continue
        current = _inner_model(current, str(part))
    if current is None:
        return []
    return sorted(f.alias or name for name, f in current.model_fields.items())


def _inner_model(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    for name, field in model.model_fields.items():
        if key in (name, field.alias):
            return _first_model(field.annotation)
    return None


def _first_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _first_model(inner)
        if found is not None:
            return found
    return None
