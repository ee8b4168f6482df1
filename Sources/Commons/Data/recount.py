#!/usr/bin/env python3
"""Counts a vote again and checks receipts, with nothing but Python: no network, no package, no part of the house's program.

    python3 recount.py result.json ballots.json [receipt.json …] [--key NAME+ID+KEY]

result.json and ballots.json are what the page of a result offers, receipt.json is what a voter was given. It says what is wrong
and ends with 1 where anything is: a ballot that was changed, dropped or added, another winner, a receipt that does not hold.
A receipt of another vote is named and set aside: it says nothing of this count.
`--key` is the key of the Record (/verifier-key), best from where somebody else keeps it; without it the receipt's own is used.
"""
import base64
import hashlib
import json
import sys
from fractions import Fraction


def canonical(value):
    """RFC 8785, for texts and small whole numbers."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


# Ed25519 (RFC 8032), only to verify.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(a, b):
    """The sum of two points in extended coordinates."""
    s, t = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    u, v = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = t - s, v - u, v + u, t + s
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def point(data):
    """A point out of its 32 bytes; None where they are none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(key, message, signature):
    """Whether a signature of a public key is over a message."""
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    left, right = times(s, BASE), add(r, times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# The Record: a Merkle tree (RFC 6962) whose root is signed in a note (C2SP signed-note, tlog-checkpoint).


def root_of(leaf_hash, leaf, size, path):
    """The root to which a leaf's way leads (RFC 9162 §2.1.3.2); None where it leads nowhere."""
    node, last, result = leaf, size - 1, leaf_hash
    for sibling in path:
        if last == 0:
            return None
        if node & 1 or node == last:
            result = hashlib.sha256(b"\1" + sibling + result).digest()
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            result = hashlib.sha256(b"\1" + result + sibling).digest()
        node, last = node >> 1, last >> 1
    return result if last == 0 and leaf < size else None


def note_is_signed(note, key):
    """Whether a checkpoint carries the signature of a verifier key."""
    name, _, packed = key.strip().split("+", 2)
    packed = base64.b64decode(packed)
    identifier = hashlib.sha256(name.encode() + b"\n" + packed).digest()[:4]
    text, _, lines = note.rpartition("\n\n")
    for line in lines.splitlines():
        parts = line.split(" ")
        if len(parts) == 3 and parts[0] == "—" and parts[1] == name:
            signature = base64.b64decode(parts[2])
            if signature[:4] == identifier and is_signed(packed[1:], (text + "\n").encode(), signature[4:]):
                return True
    return False


def check_receipt(file, published, key=None):
    """What is wrong with a receipt: its signature, its place on the Record, or that its ballot is not among those published."""
    wrong, said = [], file["receipt"]
    if not file.get("signature") or not is_signed(
            bytes.fromhex(file["public_key"]), canonical(said), bytes.fromhex(file["signature"])):
        wrong.append("영수증의 서명이 맞지 않습니다 / the receipt's signature is false")
    record = file.get("record")
    if not record:
        wrong.append("영수증에 기록 증명이 아직 없습니다. 다시 받아 주세요 / the receipt carries no proof yet: fetch it again")
    else:
        body = json.loads(record["body"])
        told = body["payload"]
        if (body["id"], told["ballot"], told["commitment"], told["vote"]) != (
                said["event"], said["ballot"], said["commitment"], said["vote"]):
            wrong.append("기록된 사건이 이 투표지의 것이 아닙니다 / the event on the Record is not this ballot's")
        entry = hashlib.sha256(bytes.fromhex(record["salt"]) + record["body"].encode()).digest()
        root = root_of(
            hashlib.sha256(b"\0" + entry).digest(), int(record["leaf"]), int(record["size"]),
            [bytes.fromhex(step) for step in record["path"]])
        lines = record["checkpoint"].split("\n")
        if root is None or lines[1] != str(record["size"]) or lines[2] != base64.b64encode(root).decode():
            wrong.append("체크포인트에 이 사건이 없습니다 / the checkpoint does not contain the ballot's event")
        if not note_is_signed(record["checkpoint"], key or record["key"]):
            wrong.append("체크포인트의 서명이 이 키의 것이 아닙니다 / the checkpoint is not signed by this key")
    if published is not None and published.get(said["ballot"]) != said["commitment"]:
        wrong.append(
            "공개된 투표지에 없거나 내용이 바뀌었습니다 / the ballot is not among those published, or was changed")
    return wrong


# The count.


def check_ballots(ballots, result):
    """What is wrong with the published ballots, and the commitment of each by its number."""
    wrong, seen = [], {}
    for entry in ballots["ballots"]:
        opening = entry["opening"]
        commitment = hashlib.sha256(canonical(opening)).hexdigest()
        if commitment != entry["commitment"]:
            wrong.append(f"투표지가 바뀌었습니다 / ballot {opening['ballot']} was changed")
        if opening["ballot"] in seen:
            wrong.append(f"같은 투표지가 두 번 있습니다 / ballot {opening['ballot']} is there twice")
        seen[opening["ballot"]] = commitment
    digest = hashlib.sha256("".join(f"{c}\n" for c in sorted(seen.values())).encode()).hexdigest()
    if digest != result["closed"]["ballots"] or digest != result["result"]["digest"]:
        wrong.append(
            "마감할 때 투표함에 있던 투표지가 아닙니다 / "
            "these are not the ballots that were in the box when the vote was closed")
    if len(seen) != result["result"]["ballots"]:
        counted = result["result"]["ballots"]
        wrong.append(
            f"공개된 투표지는 {len(seen)}장인데 {counted}장을 셌습니다 / {len(seen)} ballots are published, {counted} were counted")
    return wrong, seen


def greedy(costs, votes, limit, measure, already=()):
    """From the most wanted project down (by gain for money), whatever still fits."""
    def rank(p):
        gain = votes[p] * (costs[p] if measure == "cost" else 1)
        return (0, 0, p) if costs[p] == 0 else (1, -Fraction(gain, costs[p]), p)

    left, chosen = limit - sum(costs[p] for p in already), []
    for p in sorted((p for p in costs if p not in already), key=rank):
        if votes[p] and costs[p] <= left:
            chosen.append(p)
            left -= costs[p]
    return chosen


def equal_shares(costs, groups, share, measure):
    """One count of the Method of Equal Shares, in exact fractions; `groups` are ballots that say the same, with how many do."""
    purse = {ballot: share for ballot in groups}
    backers = {p: [b for b in groups if p in b] for p in costs}
    wanted = [p for p in costs if backers[p]]
    chosen = sorted(p for p in wanted if costs[p] == 0)
    open_ = [p for p in wanted if costs[p]]
    while open_:
        best = None
        for p in open_:
            owed, many = Fraction(costs[p]), sum(groups[b] for b in backers[p])
            for b in sorted(backers[p], key=lambda b: purse[b]):
                if owed <= purse[b] * many:
                    price = owed / many / (costs[p] if measure == "cost" else 1)
                    if best is None or (price, p) < best[:2]:
                        best = (price, p, owed / many)
                    break
                owed, many = owed - purse[b] * groups[b], many - groups[b]
        if best is None:
            return chosen
        for b in backers[best[1]]:
            purse[b] -= min(purse[b], best[2])
        chosen.append(best[1])
        open_.remove(best[1])
    return chosen


# How often each share is raised by 1 % at most: part of the rule.
MOST_RAISES = 1000


def count_budget(vote, rule, said):
    costs = {o["id"]: int(o["cost"]) for o in vote["options"]}
    groups, limit = {}, int(vote["limit"])
    for options in said:
        groups[frozenset(options)] = groups.get(frozenset(options), 0) + 1
    votes = {p: sum(n for b, n in groups.items() if p in b) for p in costs}
    if rule["method"] == "greedy":
        return greedy(costs, votes, limit, rule["measure"])
    if not said:
        return []
    share = Fraction(limit, len(said))

    def paid(times):
        return equal_shares(costs, groups, share * (100 + times) / 100, rule["measure"])

    def is_within(chosen):
        return sum(costs[p] for p in chosen) <= limit

    def is_exhausted(chosen):
        left = limit - sum(costs[p] for p in chosen)
        return all(p in chosen or costs[p] > left for p in costs if votes[p] and costs[p])

    chosen, raised = paid(0), 0
    if rule["filling"].startswith("add-one") and is_within(chosen):
        while raised < MOST_RAISES and not is_exhausted(chosen):
            more = paid(raised + 1)
            if not is_within(more):
                break
            chosen, raised = more, raised + 1
    if rule["filling"].endswith("greedy"):
        chosen = chosen + greedy(costs, votes, limit, rule["measure"], chosen)
    return chosen


def count_most(vote, ballots):
    """The most points, then the most ballots, then the lower identifier; as many as are chosen."""
    points, voters = {}, {}
    for ballot in ballots:
        given = ballot["points"] or [1] * len(ballot["options"])
        for option, number in zip(ballot["options"], given):
            points[option], voters[option] = points.get(option, 0) + number, voters.get(option, 0) + 1
    return sorted(points, key=lambda o: (-points[o], -voters[o], o))[:int(vote["seats"])]


def count_run_off(vote, ballots):
    """The option with the fewest leaves until one has more than half of the ballots that still count."""
    left, rounds = {o["id"] for o in vote["options"]}, []
    while True:
        votes = dict.fromkeys(left, 0)
        for ballot in ballots:
            best = next((o for o in ballot["options"] if o in left), None)
            if best:
                votes[best] += 1
        counted = sum(votes.values())
        if not counted:
            return []
        first = min(votes, key=lambda o: (-votes[o], o))
        if votes[first] * 2 > counted or len(left) == 1:
            return [first]
        last = {o for o in left if votes[o] == min(votes.values())}
        for before in reversed(rounds):
            last = {o for o in last if before[o] == min(before[p] for p in last)}
        rounds.append(votes)
        left.remove(max(last))


def winners(result, ballots):
    """Who is chosen, counted from the published ballots alone."""
    rule, said = result["rule"], [entry["opening"] for entry in ballots["ballots"]]
    if rule["method"] in ("greedy", "shares"):
        return count_budget(result, rule, [ballot["options"] for ballot in said])
    return (count_most if rule["method"] == "most" else count_run_off)(result, said)


def apart(result, receipts):
    """The receipts of this vote, and those of others: these accuse nobody."""
    vote = result["id"]
    return ([r for r in receipts if r["receipt"]["vote"] == vote], [r for r in receipts if r["receipt"]["vote"] != vote])


def check(result, ballots, receipts=(), key=None):
    """Everything that is wrong, in words; and who is chosen by this count."""
    wrong, seen = check_ballots(ballots, result)
    chosen = winners(result, ballots)
    if sorted(chosen) != sorted(result["result"]["chosen"]):
        names = ", ".join(sorted(chosen)) or "–"
        wrong.append(f"다시 세면 뽑히는 것이 다릅니다 / counted again these are chosen: {names}")
    for receipt in receipts:
        wrong += [f"{receipt['receipt']['ballot']}: {what}" for what in check_receipt(receipt, seen, key)]
    return wrong, chosen


def main(words):
    key = None
    if "--key" in words:
        at = words.index("--key")
        key, words = words[at + 1], words[:at] + words[at + 2:]
    if len(words) < 2:
        print(__doc__)
        return 2
    files = []
    for name in words:
        with open(name, encoding="utf-8") as file:
            files.append(json.load(file))
    own, others = apart(files[0], files[2:])
    wrong, chosen = check(files[0], files[1], own, key)
    ballots, names = len(files[1]["ballots"]), ", ".join(sorted(chosen)) or "–"
    print(f"투표지 {ballots}장, 영수증 {len(own)}개, 뽑힌 것: {names}")
    print(f"{ballots} ballots, {len(own)} receipts; chosen: {names}")
    for receipt in others:
        said = receipt["receipt"]
        print(f"– {said['ballot']}: 이 영수증은 다른 투표({said['vote']})의 것입니다 / "
              f"This receipt belongs to another vote ({said['vote']})")
    for what in wrong:
        print(f"✗ {what}")
    print("✗ 센 결과와 다릅니다 / NOT as it was counted" if wrong else "✓ 센 결과와 같습니다 / the same as the house counted")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
