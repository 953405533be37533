from django.urls import path, register_converter

from townhall.kernel.documents import views


class SizeConverter:
    """The three sizes of a document."""

    regex = "thumb|web|full"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(SizeConverter, "document_size")

app_name = "documents"
urlpatterns = [path("<uuid:document_id>/<document_size:size>", views.document, name="document")]
