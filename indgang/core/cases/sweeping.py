"""Which stored files the rows of cases name: versions of documents and packages of access requests."""

from collections.abc import Sequence

from indgang.core.cases.models import AccessRequest, DocumentVersion


def named_files(digests: Sequence[str]) -> set[str]:
    """Those of the files some row of a case names; all others are nobody's here."""
    versions = DocumentVersion.objects.filter(digest__in=digests).values_list("digest", flat=True)
    packages = AccessRequest.objects.filter(package__in=digests).values_list("package", flat=True)
    return {*versions, *packages}
