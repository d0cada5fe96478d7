#!/usr/bin/env python3
"""Judges YAML files by a JSON Schema, as an editor does: check_schema.py SCHEMA FILE...

One line a file: its path, a tab, and "accepted" or "refused: where: why". Scalars are read as YAML 1.2 has them, like editors and
tocsin do: 22:00, 2026-01-04 and "on" are text. A line "### name.yaml" begins another file within a file.
"""
import json
import re
import sys

import jsonschema
import yaml


class Yaml12(yaml.SafeLoader):
    yaml_implicit_resolvers = {}


for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    Yaml12.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(f"^(?:{pattern})$"), list(first))
Yaml12.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))


def verdict(validator, text):
    for part in re.split(r"(?m)^### .*\n", text):
        try:
            value = yaml.load(part, Yaml12)
        except yaml.YAMLError as error:
            return "refused: no YAML: " + str(error).split("\n")[0]
        for error in validator.iter_errors(value):
            where = "/".join(str(key) for key in error.absolute_path)
            return f"refused: {where}: {error.message}".replace("\n", " ")[:300]
    return "accepted"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            print(path, verdict(validator, file.read()), sep="\t")


main()
