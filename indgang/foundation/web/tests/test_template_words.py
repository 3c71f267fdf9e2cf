"""Words written in a template are translated as Django translates them, in each reader's language."""

import pytest
from django.template import Context, Engine
from django.utils.translation import override

OURS = Engine(libraries={"i18n": "indgang.foundation.web.template_words"})
DJANGOS = Engine(libraries={"i18n": "django.templatetags.i18n"})


@pytest.mark.parametrize(
    "written",
    [
        '{% translate "Der er travlt lige nu" %}',
        '{% trans "Der er travlt lige nu" %}',
        '{% translate "100 % sikkert & <b>fedt</b>" %}',
        '{% translate "" %}',
        "{% translate words %}",
        '{% translate "Der er travlt lige nu"|upper %}',
        '{% translate "Der er travlt lige nu" as kept %}{{ kept }}',
        '{% translate "Der er travlt lige nu" noop %}',
        '{% translate "May" context "month" %}',
        "{% blocktranslate %}{{ words }}!{% endblocktranslate %}",
    ],
)
def test_words_are_those_of_django_in_one_language_after_another(written):
    ours, djangos = (engine.from_string("{% load i18n %}" + written) for engine in (OURS, DJANGOS))
    for language in ("da", "en", "da"):
        with override(language):
            facts = {"words": "Der er travlt <lige> nu"}
            assert ours.render(Context(facts)) == djangos.render(Context(facts))
