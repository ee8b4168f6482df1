"""Which projects PyPI pabutools pays for, for every .pb file of a folder: one line a count, `file measure rule id id …`.

usage: parity.py FOLDER
"""

import pathlib
import sys

from pabutools.election import Additive_Cardinal_Sat, Cardinality_Sat, Cost_Sat, parse_pabulib
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares

for path in sorted(pathlib.Path(sys.argv[1]).glob("*.pb")):
    instance, profile = parse_pabulib(str(path))
    named = {project.name for ballot in profile for project in ballot}
    if instance.meta["vote_type"] == "approval":
        measures = {"projects": Cardinality_Sat, "cost": Cost_Sat}
    else:
        measures = {"points": Additive_Cardinal_Sat}

    def say(measure, rule, chosen):
        # What nobody names is paid for there where money is left, here never.
        print(path.stem, measure, rule, *sorted(p.name for p in chosen if p.name in named))

    for measure, gain in measures.items():
        say(measure, "greedy", greedy_utilitarian_welfare(instance, profile, sat_class=gain))
        shares = method_of_equal_shares(instance, profile, sat_class=gain)
        say(measure, "shares", shares)
        filled = greedy_utilitarian_welfare(instance, profile, sat_class=gain, initial_budget_allocation=shares)
        say(measure, "filled", filled)
        for more in (1, 7):
            say(measure, f"add{more}", method_of_equal_shares(instance, profile, sat_class=gain, voter_budget_increment=more))
