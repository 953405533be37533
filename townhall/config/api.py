"""The API at /api/: every router that a module has added to the registry, under the word it is known by."""

from townhall.kernel.identity.limits import Fair
from townhall.kernel.modules.openapi import Api, Description, descriptions, routers

api = Api(
    title="Townhall",
    version="1",
    description=(
        "What this council publishes, and its cases for those who work on them. Reading what is public needs no key. "
        "A colleague's key does what its person may do, case by case, and sends applications. Errors are problems in "
        "words (RFC 9457). Lists come in pages, the next one in the Link header. Problem reports are also read and "
        "sent with Open311."
    ),
    throttle=[Fair()],
)
for word, router in routers.items():
    api.add_router(f"/{word}/", router, tags=[word])
descriptions.add("townhall", Description("/api/openapi.json", api.get_openapi_schema))
