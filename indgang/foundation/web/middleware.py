from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


def observed(get_response: Handler) -> Handler:
    return get_response


def content_security_policy(get_response: Handler) -> Handler:
    return get_response


def database_gone(get_response: Handler) -> Handler:
    return get_response


def domain_errors(get_response: Handler) -> Handler:
    return get_response
