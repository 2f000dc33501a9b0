"""Checks → a report: the questions that are asked, their findings in words and with places, what is accepted."""

from planweave.assessing.accepting import Said, accept_finding, reopen_finding
from planweave.assessing.assess import Assessment, assess, check_suffix, ways
from planweave.assessing.options import Options
from planweave.assessing.plans import BuiltPlans, Plans, RemotePlans
from planweave.assessing.questions import Questions, load_questions
from planweave.assessing.waivers import Waiver, fingerprint, read_waivers, write_waiver

__all__ = [
    "Assessment",
    "BuiltPlans",
    "Options",
    "Plans",
    "Questions",
    "RemotePlans",
    "Said",
    "Waiver",
    "accept_finding",
    "assess",
    "check_suffix",
    "fingerprint",
    "load_questions",
    "read_waivers",
    "reopen_finding",
    "ways",
    "write_waiver",
]
