"""Which stored files the rows of cases name: versions of documents, and what access requests show and give."""

from collections.abc import Sequence

from indgang.core.cases.models import AccessItem, AccessRequest, DocumentVersion


def named_files(digests: Sequence[str]) -> set[str]:
    """Those of the files some row of a case names; all others are nobody's here."""
    versions = DocumentVersion.objects.filter(digest__in=digests).values_list("digest", flat=True)
    packages = AccessRequest.objects.filter(package__in=digests).values_list("package", flat=True)
    return {*versions, *packages, *_of_items(digests)}


def _of_items(digests: Sequence[str]) -> set[str]:
    """What is shown and given of the lines of a request, and what lies apart from its pages."""
    sources = AccessItem.objects.filter(source__in=digests).values_list("source", flat=True)
    covered = AccessItem.objects.filter(redacted__in=digests).values_list("redacted", flat=True)
    apart = AccessRequest.objects.exclude(package_files=[]).values_list("package_files", flat=True)
    return {*sources, *covered, *({one["digest"] for files in apart for one in files} & set(digests))}
