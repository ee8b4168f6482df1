"""Whether each document, one a line, is valid by the official JSON schema: `true` or `false` a line."""
import json
import sys

import jsonschema_rs

schema = json.load(open(sys.argv[1]))
validator = jsonschema_rs.Draft7Validator(schema, validate_formats=True)
for line in sys.stdin:
    print("true" if validator.is_valid(json.loads(line)) else "false")
