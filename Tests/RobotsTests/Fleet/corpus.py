"""Messages by the official schemas, sound and spoiled, each with the schemas' verdict: one JSON object a line."""
import copy
import json
import pathlib
import random
import re
import sys

import jsonschema

folder, seed, many = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
chance = random.Random(seed)
checker = jsonschema.FormatChecker(formats=[])
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})")
checker.checks("date-time")(lambda value: not isinstance(value, str) or MOMENT.fullmatch(value) is not None)
# Where the text and the schema of 2.1.0 contradict each other, the text is followed: these members are not played.
DISPUTED = {("2.1.0", "blockingTypes"), ("2.1.0", "description")}


def resolve(schema, root):
    while "$ref" in schema:
        schema = root["definitions"][schema["$ref"].split("/")[-1]]
    return schema


def sound(schema, root, version):
    schema = resolve(schema, root)
    kind = schema.get("type", "object")
    kind = chance.choice(kind) if isinstance(kind, list) else kind
    if "enum" in schema and kind != "array":
        return chance.choice(schema["enum"])
    if kind == "object":
        value = {}
        names = dict(schema.get("properties", {}))
        required = set(schema.get("required", []))
        for name, inner in names.items():
            if (version, name) in DISPUTED and name not in required:
                continue
            if name in required or chance.random() < 0.7:
                value[name] = sound(inner, root, version)
        for rule in schema.get("allOf", []):
            if value.get("zoneType") == rule["if"]["properties"]["zoneType"]["const"]:
                for name, inner in rule["then"]["properties"].items():
                    value[name] = sound(inner, root, version)
        return value
    if kind == "array":
        least = schema.get("minItems", 0)
        return [sound(schema.get("items", {"type": "string"}), root, version) for _ in range(least + chance.randint(0, 2))]
    low, high = schema.get("minimum", -5), schema.get("maximum", 5000)
    if kind == "integer":
        return chance.randint(int(low), int(min(high, 5000)))
    if kind == "number":
        return round(chance.uniform(low, min(high, low + 10)), 3) if chance.random() < 0.8 else low
    if kind == "boolean":
        return chance.random() < 0.5
    if schema.get("format") == "date-time":
        return chance.choice(["2026-11-21T04:05:06.12Z", "2026-11-21T04:05:06Z", "2026-11-21T13:05:06.250+09:00"])
    return chance.choice(["", "a", "노드-1", "urn:x"])


def paths(value, at=()):
    yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from paths(inner, (*at, key))


def spoil(message):
    message = copy.deepcopy(message)
    at = chance.choice([one for one in paths(message) if one] or [()])
    if not at:
        return chance.choice([[], 1, None, "order"])
    holder = message
    for key in at[:-1]:
        holder = holder[key]
    old = holder[at[-1]]
    what = chance.randrange(9)
    if what < 3:
        del holder[at[-1]]
    elif what == 3:
        holder[at[-1]] = chance.choice([None, True, 3, 2.5, "word", [], {}, [1], {"a": 1}])
    elif what == 4 and isinstance(old, (int, float)) and not isinstance(old, bool):
        holder[at[-1]] = chance.choice([-1, -1000, 1e9, old + 0.5, float(int(old)), 7.0])
    elif what == 5 and isinstance(old, str):
        holder[at[-1]] = chance.choice([old.lower() + "x", "NO_SUCH_WORD", "", "2026-11-21", "2026-11-21T04:05:06"])
    elif what == 6 and isinstance(old, dict):
        old["ofTheVendor"] = {"any": [1, None]}
    elif what == 7 and isinstance(old, list):
        holder[at[-1]] = []
    else:
        holder[at[-1]] = str(old) if not isinstance(old, str) else chance.randint(-3, 3)
    return message


for file in sorted(folder.glob("*/*.schema")):
    version, topic = file.parent.name, file.stem
    schema = json.loads(file.read_text())
    judge = jsonschema.Draft202012Validator(schema, format_checker=checker)
    for number in range(many):
        message = sound(schema, schema, version)
        for _ in range(chance.choice([0, 1, 1, 1, 2])):
            message = spoil(message) if isinstance(message, dict) else message
        print(json.dumps({"version": version, "topic": topic, "valid": judge.is_valid(message), "message": message},
                         ensure_ascii=False))
