"""A stranger's check of an evidence pack by the standards alone: ZIP, SHA-256, C2SP signed-note and cosignature, RFC 6962.

Nothing here knows Slipway; where a pack does not hold, it raises Wrong with what is wrong."""
import base64
import hashlib
import json
import zipfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Wrong(Exception):
    pass


def require(holds, what):
    if not holds:
        raise Wrong(what)


def sha256(data):
    return hashlib.sha256(data).digest()


def signed(note, key):
    """The text of a note, if a key signed it."""
    name, number, rest = key.split("+", 2)
    public = base64.b64decode(rest)
    require(sha256(name.encode() + b"\n" + public)[:4].hex() == number, "the key's identifier is not its own")
    text, _, lines = note.partition("\n\n")
    text += "\n"
    for line in lines.splitlines():
        mark, who, what = line.split(" ")
        require(mark == "—", "no signature line")
        blob = base64.b64decode(what)
        if who != name or blob[:4].hex() != number:
            continue
        message, signature = text, blob[4:]
        if public[0] == 4:
            message, signature = f"cosignature/v1\ntime {int.from_bytes(signature[:8], 'big')}\n{text}", signature[8:]
        try:
            Ed25519PublicKey.from_public_bytes(public[1:]).verify(signature, message.encode())
            return text
        except InvalidSignature:
            raise Wrong(f"the signature of {name} is false") from None
    raise Wrong(f"{name} has not signed")


def root_by(leaf, size, entry, path):
    """RFC 6962 §2.1.1, in the words of RFC 9162 §2.1.3.2."""
    node, at, last = sha256(b"\0" + entry), leaf, size - 1
    require(leaf < size, f"leaf {leaf} is beyond the tree")
    for step in path:
        require(last > 0, f"the path of leaf {leaf} is too long")
        if at & 1 or at == last:
            node = sha256(b"\1" + step + node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = sha256(b"\1" + node + step)
        at, last = at >> 1, last >> 1
    require(last == 0, f"the path of leaf {leaf} is too short")
    return node


def tree(leaves):
    """The root over log entries (RFC 6962 §2.1)."""
    if len(leaves) == 1:
        return sha256(b"\0" + leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\1" + tree(leaves[:split]) + tree(leaves[split:]))


def check_log(get, saved, key):
    """Holds a log's entries, as it serves them (C2SP tlog-tiles), against a checkpoint kept elsewhere."""
    _, size, root = signed(saved, key).splitlines()[:3]
    entries = []
    for index in range(0, int(size), 256):
        width = min(256, int(size) - index)
        answer = get(f"/tile/entries/{index // 256:03d}" + (f".p/{width}" if width < 256 else ""))
        require(answer.status_code == 200, f"the log does not serve entries from {index}")
        bundle = answer.content
        while bundle:
            length = int.from_bytes(bundle[:2], "big")
            entries.append(bundle[2:2 + length])
            bundle = bundle[2 + length:]
    require(len(entries) == int(size), "entries are missing")
    require(base64.b64encode(tree(entries)).decode() == root, "the log is not the one that was signed")


def lines(data):
    return [json.loads(line) for line in data.decode().splitlines()]


def check(file, key, witnesses=(), saved=None):
    """Checks a pack; how many events, streams and documents it proves."""
    with zipfile.ZipFile(file) as archive:
        require(archive.testzip() is None, "the archive is damaged")
        names = archive.namelist()
        require(len(names) == len(set(names)), "a name stands twice")
        files = {name: archive.read(name) for name in names}
    seal = signed(files["manifest.note"].decode(), key)
    require(seal.splitlines()[1] == "sha256:" + sha256(files["manifest.json"]).hex(), "the manifest is another")
    manifest = json.loads(files["manifest.json"])
    named = {entry["name"]: entry["sha256"] for entry in manifest["files"]}
    require(set(named) | {"manifest.json", "manifest.note"} == set(files), "files were added or removed")
    for name, digest in named.items():
        require(sha256(files[name]).hex() == digest, f"{name} was changed")

    origin, size, root = signed(files["checkpoint"].decode(), key).splitlines()[:3]
    size = int(size)
    for witness in witnesses:
        text = signed(files["checkpoint.witnessed"].decode(), witness)
        require(text.splitlines()[:3] == [origin, str(size), root], "the witness signed another checkpoint")
    if saved:
        there = saved.splitlines()[:3]
        if int(there[1]) == size:
            require(there == [origin, str(size), root], "the log was forked or rewritten")

    paths = {int(proof["leaf"]): [base64.b64decode(step) for step in proof["path"]] for proof in lines(files["proofs.jsonl"])}
    streams, hashes, seen = {}, set(), set()
    for event in lines(files["events.jsonl"]):
        leaf = int(event["leaf"])
        require(leaf not in seen, f"leaf {leaf} stands twice")
        seen.add(leaf)
        entry = sha256(bytes.fromhex(event["salt"]) + event["body"].encode())
        require(root_by(leaf, size, entry, paths[leaf]) == base64.b64decode(root), f"leaf {leaf} is not in the tree")
        body = json.loads(event["body"])
        streams.setdefault(body["stream"], []).append((leaf, int(body["streamVersion"])))
        hashes |= set(strings(body["payload"]))
    require(seen == set(paths), "proofs and events are not of the same leaves")
    listed = lines(files["streams.jsonl"])
    require({stream["stream"] for stream in listed} == set(streams), "the streams are not those listed")
    for stream in listed:
        whole = set(range(int(stream["from"]), int(stream["to"]) + 1)) - {int(version) for version in stream["withheld"]}
        found = [version for _, version in sorted(streams[stream["stream"]])]
        require(found == sorted(whole), f"{stream['stream']} has a gap")
    documents = [document for document in manifest["documents"]]
    for document in documents:
        require(sha256(files[document["name"]]).hex() == document["sha256"], f"{document['name']} was changed")
        require(document["sha256"] in hashes, f"no event names {document['name']}")
    return {"events": len(seen), "streams": len(streams), "documents": len(documents), "size": size, "manifest": manifest, "files": files}


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
