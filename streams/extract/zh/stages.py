"""What a trigger makes of its figure: the metric of a statistic, the stage of a milestone or of a signing."""

import re

from schemas.event import Metric, Stage

METRICS: dict[str, Metric] = {
    "sign": "projects_signed", "introduced": "projects_introduced", "landed": "projects_introduced",
    "started": "projects_started", "completed": "projects_completed", "operational": "projects_completed",
    "negotiating": "projects_negotiating", "reserved": "projects_reserved", "offered": "projects_reserved",
    "leads": "leads", "visited": "enterprises_visited", "held": "activities_held", "registered": "companies_registered",
}  # fmt: skip
STAGES: dict[str, Stage] = {
    "landed": "landed", "started": "started", "completed": "completed", "operational": "operational",
}  # fmt: skip
SIGNS = re.compile(r"签约(?!率|项目|到|之日|以来|后|的第)|签订|签署|签下|签了|签定|签协议|签合同")
FRAMEWORK = re.compile(r"框架协议|框架合作|战略合作|框架")
INTENTION = re.compile(r"意向|备忘录|谅解|意愿")
NOT_INTENTION = re.compile(r"正式|合同")


def stage_of(sentence: str, clause: str) -> Stage:
    """Contract, framework or intention, from the words of the clause, else of its sentence."""
    for words in (clause, sentence):
        if INTENTION.search(words) and not NOT_INTENTION.search(words):
            return "intention"
        if FRAMEWORK.search(words) and not re.search(r"正式(?:合同|签约)", words):
            return "framework"
    return "contract"
