"""The product's settings with two more addresses: pages that do nothing, behind the same middleware."""

from indgang.assembly.settings import *  # noqa: F403

ROOT_URLCONF = "_pages_urls"
