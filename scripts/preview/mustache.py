"""Renders Mustache the way swift-mustache 2.1 does, as far as our templates use it.

What differs from other renderers: an empty string, a 0 and an empty dictionary count as present; a name with a leading dot
is looked up in the innermost object only; `{{<parent}}` with `{{$block}}` inherits. A variable that is found nowhere is an
error here (the server would print nothing), so that a sample context proves the one written at the head of the template.
"""

import html
import re
from pathlib import Path

TAG = re.compile(r"\{\{(!.*?|[#^/$<>&]?\s*[\w.\-/]+\s*)\}\}", re.S)
MISSING = object()


class TemplateError(Exception):
    """A template that cannot be read or a name that no context has."""


def parse(source, name):
    """Turns a template into a tree: text as strings, tags as (kind, name, children)."""
    root = []
    stack = [("", "", root)]
    position = 0
    for match in TAG.finditer(source):
        start, end = match.span()
        tag = match.group(1).strip()
        kind, key = (tag[0], tag[1:].strip()) if tag[0] in "!#^/$<>&" else ("", tag)
        if kind in "!#^/$<>" and kind:
            line_start = source.rfind("\n", 0, start) + 1
            line_end = source.find("\n", end)
            line_end = len(source) if line_end < 0 else line_end + 1
            alone = not source[line_start:start].strip() and not source[end:line_end].strip()
            if alone and line_start >= position:
                start, end = line_start, line_end
        if start > position:
            stack[-1][2].append(source[position:start])
        position = max(position, end)
        if kind == "!":
            continue
        if kind == "/":
            if stack[-1][1] != key:
                raise TemplateError(f"{name}: {{{{/{key}}}}} closes {{{{{stack[-1][0]}{stack[-1][1]}}}}}")
            stack.pop()
        else:
            node = (kind, key, [])
            stack[-1][2].append(node)
            if kind in ("#", "^", "$", "<"):
                stack.append(node)
    if len(stack) > 1:
        raise TemplateError(f"{name}: {{{{{stack[-1][0]}{stack[-1][1]}}}}} is not closed")
    root.append(source[position:])
    if "{{" in "".join(part for part in flat(root)):
        raise TemplateError(f"{name}: a tag that cannot be read")
    return root


def flat(nodes):
    """All text of a tree."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            yield from flat(node[2])


class Library:
    """The templates of some folders, by file name."""

    def __init__(self, *folders):
        self.templates = {}
        self.folders = {}
        for folder in folders:
            for file in sorted(Path(folder).glob("*.mustache")):
                if file.stem in self.templates:
                    raise TemplateError(f"{file.stem} exists twice")
                self.templates[file.stem] = parse(file.read_text("utf-8"), file.stem)
                self.folders[file.stem] = folder

    def render(self, name, context):
        """The page, escaped."""
        return self._render(self.templates[name], [context], {}, name)

    def _render(self, nodes, stack, blocks, place):
        return "".join(node if isinstance(node, str) else self._tag(node, stack, blocks, place) for node in nodes)

    def _tag(self, node, stack, blocks, place):
        kind, key, children = node
        if kind in ("", "&"):
            value = lookup(key, stack)
            if value is MISSING or value is None:
                raise TemplateError(f"{place}: no {key} in {brief(stack[-1])}")
            return str(value) if kind == "&" else html.escape(str(value), quote=True)
        if kind == ">":
            if key not in self.templates:
                raise TemplateError(f"{place}: no template {key}")
            return self._render(self.templates[key], stack, blocks, f"{place} > {key}")
        if kind == "<":
            own = {child[1]: child[2] for child in children if not isinstance(child, str)}
            return self._render(self.templates[key], stack, {**own, **blocks}, f"{place} < {key}")
        if kind == "$":
            return self._render(blocks.get(key, children), stack, blocks, f"{place} ${key}")
        value = lookup(key, stack)
        absent = value is MISSING or value is None or value is False or value == []
        if kind == "^":
            return self._render(children, stack, blocks, place) if absent else ""
        if absent:
            return ""
        if value is True:
            return self._render(children, stack, blocks, place)
        if isinstance(value, list):
            return "".join(self._render(children, [*stack, item], blocks, f"{place} #{key}") for item in value)
        return self._render(children, [*stack, value], blocks, f"{place} #{key}")


def lookup(key, stack):
    """The value of a dotted name: the first part climbs the stack unless the name begins with a dot."""
    if key == ".":
        return stack[-1]
    parts = key.strip(".").split(".")
    places = [stack[-1]] if key.startswith(".") else reversed(stack)
    for place in places:
        if isinstance(place, dict) and place.get(parts[0]) is not None:
            value = place[parts[0]]
            for part in parts[1:]:
                value = value.get(part, MISSING) if isinstance(value, dict) else MISSING
            return value
    return MISSING


def brief(value):
    """A context in a few words, for messages."""
    return "{" + ", ".join(value) + "}" if isinstance(value, dict) else repr(value)
