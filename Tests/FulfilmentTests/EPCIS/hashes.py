"""The pre-hash text and the hash of each event of a document, by epcis-event-hash-generator: two lines each."""
import json
import logging
import sys

logging.disable(logging.CRITICAL)

from epcis_event_hash_generator.hash_generator import calculate_hashes_from_pre_hashes, derive_prehashes_from_events
from epcis_event_hash_generator.json_to_py import event_list_from_epcis_document_json

document = json.load(sys.stdin)
for event in document["epcisBody"]["eventList"]:
    # The tool takes members in the order in which they stand: type before what it is the type of.
    for name in ("bizTransactionList", "sourceList", "destinationList"):
        for one in event.get(name, []):
            one.update({key: one.pop(key) for key in sorted(one, key=lambda key: key != "type")})
texts = derive_prehashes_from_events(event_list_from_epcis_document_json(document))
for text, code in zip(texts, calculate_hashes_from_pre_hashes(texts)):
    print(text)
    print(code)
