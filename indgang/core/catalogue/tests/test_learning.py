"""The learned triage: what it sees of a text, when it is trained, when it is used, and what it keeps of corrections."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zlib import crc32

import pytest

from indgang.core.catalogue import selectors, services
from indgang.core.catalogue.features import BUCKETS, Concepts, features
from indgang.core.catalogue.learned import pack, unpack
from indgang.core.catalogue.model_in_use import judge
from indgang.core.catalogue.models import ConceptWord, Correction, Saying, TriageModel
from indgang.core.catalogue.testing import COLD, TEETH, make_sayings, make_task
from indgang.core.catalogue.training import Example, train

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOTHING_ALIKE = Concepts([])


def test_a_text_of_the_same_words_has_the_same_features_however_it_is_spelt() -> None:
    assert features("Søen er blå", NOTHING_ALIKE) == features("SOEN er blaa", NOTHING_ALIKE)


def test_words_that_mean_the_same_and_ages_of_one_group_share_a_feature() -> None:
    alike = Concepts([("old_relative", "moster"), ("old_relative", "bedste*")])

    shared = features("moster 82", alike).keys() & features("bedstefars 91", alike).keys()

    assert len(shared) >= 2


def test_no_text_at_all_has_no_features() -> None:
    assert features("", NOTHING_ALIKE) == {}
    assert features("!!! 🎄", NOTHING_ALIKE) == {}


def test_a_stored_model_answers_as_the_one_that_was_trained() -> None:
    made = train([Example(code, text) for code, texts in (("A", COLD), ("B", TEETH)) for text in texts], NOTHING_ALIKE)
    assert made is not None

    again = unpack(pack(made.model))

    for text in ("koldt hos mor", "tænder", "intet af det", ""):
        assert again.judge(text, NOTHING_ALIKE) == made.model.judge(text, NOTHING_ALIKE)
        assert sum(again.judge(text, NOTHING_ALIKE).likely.values()) == pytest.approx(1, abs=1e-5)


def test_one_target_alone_cannot_be_learned() -> None:
    assert train([Example("A", "det ene"), Example("A", "det andet")], NOTHING_ALIKE) is None


@pytest.mark.django_db
def test_triage_learns_from_sentences_what_no_word_of_the_catalogue_says() -> None:
    make_sayings()

    made = services.train_if_old(AT)

    assert made is not None
    assert made.used
    assert made.right > made.right_by_words
    found = judge("min far fryser og har ikke mere olie").likely
    assert found["T-121"] > found["T-041"]


@pytest.mark.django_db
def test_nothing_is_trained_again_until_words_or_corrections_change() -> None:
    make_sayings()
    services.train_if_old(AT)

    assert services.train_if_old(AT + timedelta(hours=1)) is None

    make_task("T-022", title="Boligstøtte", words=["husleje"])
    assert services.train_if_old(AT + timedelta(hours=2)) is not None


@pytest.mark.django_db
def test_too_few_texts_teach_nothing() -> None:
    make_task("T-076")

    assert services.train_if_old(AT) is None
    assert judge("jeg flytter").likely == {}


@pytest.mark.django_db
def test_a_model_that_is_not_better_than_the_search_is_not_used() -> None:
    for code, word in (("T-121", "varmetillæg"), ("T-041", "helbredstillæg")):
        make_task(code, title=word, words=[word])
        Saying.objects.bulk_create(Saying(task_id=code, language="da", text=f"{word} {n}") for n in range(120))

    made = services.train_if_old(AT)

    assert made is not None
    assert not made.used
    assert judge("varmetillæg").likely == {}


@pytest.mark.django_db
def test_only_the_newest_models_are_kept() -> None:
    make_sayings()
    for hour in range(5):
        services.rebuild_search(AT + timedelta(hours=hour))
        services.train_if_old(AT + timedelta(hours=hour))

    assert TriageModel.objects.count() == 3


@pytest.mark.django_db
def test_a_correction_is_kept_without_the_words_and_is_learned_from() -> None:
    make_sayings()
    services.train_if_old(AT)
    text = "tandlægen siger at Ulrikke Opdigtet fryser om tænderne"

    later = AT + timedelta(hours=1)
    kept = services.correct(contact=uuid4(), text=text, tasks=["T-121"], suggested=["T-041"], at=later)

    assert kept == 1
    seen = Correction.objects.get().seen
    assert crc32(b"w tandlagen") % BUCKETS in seen
    assert crc32(b"w ulrikke") % BUCKETS not in seen
    assert crc32(b"w ulrikke opdigtet") % BUCKETS not in seen
    assert services.train_if_old(AT + timedelta(days=1)) is not None


@pytest.mark.django_db
def test_corrections_are_deleted_after_two_years() -> None:
    make_sayings()
    services.train_if_old(AT)
    services.correct(contact=uuid4(), text=COLD[0], tasks=["T-121"], suggested=["T-041"], at=AT)

    services.train_if_old(AT + timedelta(days=729))
    assert Correction.objects.exists()

    services.train_if_old(AT + timedelta(days=730))
    assert not Correction.objects.exists()


@pytest.mark.django_db
def test_what_the_triage_put_first_rightly_is_no_correction() -> None:
    make_sayings()
    services.train_if_old(AT)

    assert services.correct(contact=uuid4(), text=COLD[0], tasks=["T-121"], suggested=["T-121"], at=AT) == 0
    assert not Correction.objects.exists()


@pytest.mark.django_db
def test_words_that_mean_the_same_are_the_municipalitys_own() -> None:
    ConceptWord.objects.create(concept="heating", word="brænde*")
    make_sayings()
    services.train_if_old(AT)

    found = judge("braendeovnen").likely

    assert found["T-121"] > found["T-041"]


@pytest.mark.django_db
def test_what_is_no_task_is_asked_about_or_refused_once_it_has_been_learned() -> None:
    make_sayings()
    jokes = ("fortæl en vittighed", "hvem vandt kampen", "skriv et digt om foråret", "hvilken bil er hurtigst")
    Saying.objects.bulk_create(
        Saying(notice="private", language="da", text=f"{joke} {n}") for n in range(30) for joke in jokes
    )
    services.train_if_old(AT)

    assert selectors.triage("kan du fortælle en vittighed", at=AT).decision in ("none", "ask")
    assert selectors.triage("min far fryser og har ikke mere olie", at=AT).suggestions[0].task_id == "T-121"
