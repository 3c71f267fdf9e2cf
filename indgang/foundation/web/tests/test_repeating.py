"""The same request sent twice does its work once."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from indgang.foundation.web.models import Answer, Count

pytestmark = [pytest.mark.urls("indgang.foundation.web.tests.routes")]


def wish(text: str, key: str | None = "nøgle-1".encode().hex(), **headers):
    if key is not None:
        headers["HTTP_IDEMPOTENCY_KEY"] = key
    return Client().post("/api/v1/wishes", json.dumps({"text": text}), content_type="application/json", **headers)


def done(text: str) -> int:
    return sum(Count.objects.filter(key=text).values_list("count", flat=True))


@pytest.mark.django_db
def test_the_second_answer_is_the_first_one():
    first, second = wish("is"), wish("is")
    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    assert second["Idempotency-Replayed"] == "true"
    assert done("is") == 1


@pytest.mark.django_db
def test_the_same_key_for_another_body_is_refused():
    wish("is")
    assert wish("kage").status_code == 409
    assert done("kage") == 0


@pytest.mark.django_db
def test_two_callers_may_use_the_same_key():
    wish("is")
    assert wish("kage", REMOTE_ADDR="198.51.100.7").status_code == 201


@pytest.mark.django_db
def test_a_refused_request_leaves_nothing_and_may_be_tried_again():
    assert wish("umuligt").status_code == 409
    assert done("umuligt") == 0
    assert not Answer.objects.exists()


@pytest.mark.django_db
def test_a_key_must_be_readable():
    assert wish("is", key="").status_code == 422
    assert wish("is", key="x" * 201).status_code == 422


@pytest.mark.django_db
def test_without_a_key_each_request_counts():
    wish("is", key=None)
    wish("is", key=None)
    assert done("is") == 2


@pytest.mark.kernel
@pytest.mark.django_db(transaction=True)
def test_eight_at_once_do_the_work_once_and_all_get_the_answer():
    def one(_):
        try:
            return wish("is")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sorted(answer.has_header("Idempotency-Replayed") for answer in answers) == [False] + [True] * 7
    assert done("is") == 1
