"""The leader of a group answers last."""

import pytest
from faust.assignor.partition_assignor import PartitionAssignor

from streams import faust_mends
from streams.faust_mends import MendedApp, PatientAssignor


def test_a_worker_leads_with_the_patient_assignor() -> None:
    app = MendedApp("test", broker="kafka://127.0.0.1:1", store="memory://", autodiscover=False)
    assert isinstance(app.assignor, PatientAssignor)


def test_the_others_are_let_in_before_the_partitions_are_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[object] = []
    monkeypatch.setattr(PartitionAssignor, "assign", lambda *_: order.append("assigned") or {"one": "all"})
    monkeypatch.setattr(faust_mends.time, "sleep", order.append)
    app = MendedApp("test", broker="kafka://127.0.0.1:1", store="memory://", autodiscover=False)
    assert app.assignor.assign(None, None) == {"one": "all"}
    assert order == ["assigned", faust_mends.FOLLOWERS_FIRST]
